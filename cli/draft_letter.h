// Letters to the parties that a meeting invites: to whom, in which language, from which template.
#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/letter_recipient.h"
#include "cli/looking.h"

namespace consulta {

enum class LetterKind { invitation, reminder, regret };
[[nodiscard]] const char* nameOf(LetterKind kind);

/// One letter, ready to be written.
struct Draft {
  LetterRecipient to;
  std::string file;  // its name, without a directory
  std::string mark;  // the template: "invitation.es; version=1; sha256=..."
  std::string text;  // the whole message
};

struct Drafts {
  EntityId meeting;
  std::vector<Draft> letters;  // in the order of the invitations
};

/// The letters that --party, --unanswered, --from and --templates ask for, to those whom the kind
/// concerns. Reads templates; writes nothing.
[[nodiscard]] Result<Drafts> draftLetters(const Looking& at, LetterKind kind,
                                          const Arguments& arguments);

/// The name of an entity as a name of a file: what may stand in one everywhere, and of a directory
/// nothing.
[[nodiscard]] std::string fileNameOf(const std::string& symbol);

}  // namespace consulta
