// The choices of a field, by their names and in the words of a language.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/speech.h"
#include "events/catalogue.h"
#include "events/result.h"

namespace consulta {

/// What there is to choose: all names but that of what was not stated.
[[nodiscard]] std::vector<std::string> choiceNames(const FieldInfo& field);

/// "accepted (accepté), declined (décliné)": the names, each with the words of the language where
/// those are others.
[[nodiscard]] std::string choicesShown(const Speech& speech, const std::vector<std::string>& names);

/// The name of the choice that was written: by its name, or in the words of the language, without
/// regard to accents and to the gender and number in which words agree ("acceptées"). What no
/// choice is called is refused where the language has words of its own; else it is given back as
/// written, and the register refuses it with the entry.
[[nodiscard]] Result<std::string> readChoice(const Speech& speech, const FieldInfo& field,
                                             const std::string& written);

}  // namespace consulta
