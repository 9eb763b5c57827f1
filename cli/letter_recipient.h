// Who a letter to a party goes to, and in which language.
#pragma once

#include <string>

#include "cli/looking.h"
#include "projections/documents/mail.h"

namespace consulta {

struct LetterRecipient {
  EntityId party;
  Lang language = Lang::en;
  std::string name;     // of the person at the party; empty: none is known, or it may not be opened
  std::string address;  // likewise
  EntityId person;      // the focal point; none: there is none
};

/// The focal point of the party for the programme (which may be none), or for everything; without
/// one its permanent mission. The language is the party's own, else the first of the person's in
/// which we write, else that of the newest letter from or to the party, else the first one of the
/// register.
[[nodiscard]] LetterRecipient recipientOf(const Looking& at, EntityId party, EntityId programme);

/// The text in that language, else in English, else in the first one there is.
[[nodiscard]] std::string inLanguage(const RowTexts& texts, Lang lang);

}  // namespace consulta
