// What could be meant by the beginning of an id or a code: for completion, and for questions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/looking.h"
#include "events/limits.h"

namespace consulta {

/// A word that may be written, and what it means in one line.
struct Candidate {
  std::string text;
  std::string help;
};

/// Entities of these aggregates ("*" alone: any) whose symbol begins with `written`, case apart, in
/// the order of their symbols; when there is none, those whose title in any language begins so. An
/// entity whose symbol is used twice, or one asked for as "meeting:...", is given in full. Items of
/// reference lists drown everything else: "*" means them only from a "/" on. There are at most
/// `most`; when there are more, the last of them is among those given, so that what all have in
/// common is what the first and the last have. At most `rowsMax` rows are read for their titles;
/// the rest of a very large register is not seen.
[[nodiscard]] std::vector<Candidate> entitiesLike(const Looking& at,
                                                  const std::vector<std::string>& kinds,
                                                  std::string_view written, std::size_t most,
                                                  std::size_t rowsMax = limits::names_scanned_max);

/// Groups of parties, likewise.
[[nodiscard]] std::vector<Candidate> groupsLike(const Looking& at, std::string_view written,
                                                std::size_t most);

/// Codes of a reference list that begin with `written`, or, when none does, those of items whose
/// name in any language begins so.
[[nodiscard]] std::vector<Candidate> codesLike(const Looking& at, std::string_view list,
                                               std::string_view written, std::size_t most);

}  // namespace consulta
