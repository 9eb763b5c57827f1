// Putting an entry right by questions: which entry, which of its values, what they should be.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "cli/questions.h"
#include "cli/right_values.h"

namespace consulta {

/// Lists the entries of an entity, numbered, and asks for one. Nothing when the input has ended;
/// an entity that is not there is a failure.
[[nodiscard]] Result<std::optional<Position>> chooseMistake(Session& session, Questions& questions,
                                                            const std::string& id);

/// Lists what the entry says, numbered, and asks which values are wrong and what is right, until
/// there is no more. Fills "right" and "occurred" of the corrigendum's data. False when the input
/// has ended.
[[nodiscard]] Result<bool> askRightValues(Session& session, Questions& questions,
                                          const Mistake& mistake, boost::json::object& data);

}  // namespace consulta
