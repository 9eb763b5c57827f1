// A field of an act as an option of a command, and what may be written for it.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/choices.h"
#include "cli/session.h"
#include "events/catalogue.h"

namespace consulta {

/// What stands for a value of the field in help: "DATE", "LANG:TEXT"; empty for a flag.
[[nodiscard]] std::string valueForm(const FieldInfo& field);
[[nodiscard]] Parameter optionOf(const FieldInfo& field);

/// The values of a field as they were written, as an entry's "data" holds them. Dates are read, and
/// the reading is said.
[[nodiscard]] Result<boost::json::value> fieldValue(Session& session, const FieldInfo& field,
                                                    const std::vector<std::string>& written);

/// What is wrong with a value that fieldValue() made, as far as it can be known before the entry is
/// complete: its form, the entities and the codes that it names.
[[nodiscard]] Failures faultsOf(Session& session, const State& state, const EventInfo& act,
                                const FieldInfo& field, const boost::json::value& value);

/// Of a failure of a field only why, for where the field is named already.
[[nodiscard]] std::string reasonOf(const Speech& speech, const Failure& failure);

/// A value of an entry's "data" for people, on one line.
[[nodiscard]] std::string shownValue(const boost::json::value& value);

}  // namespace consulta
