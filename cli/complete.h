// What may be written next: for the completion of a shell, from the same description that the words
// are parsed by, and from the register.
//
// It enters nothing, waits for nobody and reports no failure: a register that is missing or in use
// offers no ids, and that is all.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/candidates.h"
#include "cli/session.h"

namespace consulta {

struct Completion {
  std::vector<Candidate> candidates;
  bool files = false;        // names of files, which a shell knows better
  std::string ending;        // of the files that are wanted: "csv"; empty: any
  bool directories = false;  // likewise
};

/// What may stand in place of the last word, which may be empty, after those before it. The words
/// are without the program's name, and as they were typed: quotes around one are ignored.
[[nodiscard]] Completion complete(Session& session, std::span<const std::string> words);

/// "consulta complete -- WORD ...": a line each, the word, a tab and what it means. A line that
/// begins with a tab names what the shell is to offer itself: files, of one ending if another tab
/// and the ending follow, or directories. A word that ends in "=" or ":" goes on without a blank.
void printCompletion(Session& session, std::span<const std::string> words);

}  // namespace consulta
