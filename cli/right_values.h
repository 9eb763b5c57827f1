// The right values of a corrigendum, from what was written and from what the entry says today.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/session.h"
#include "engine/runtime/register.h"

namespace consulta {

/// An entry that is to be put right.
struct Mistake {
  RecordPtr record;
  const EventInfo* act = nullptr;
};

/// The position that a text states; nothing when it is no number, and so an id.
[[nodiscard]] std::optional<Position> positionIn(const std::string& text);

/// The entry at that position; a corrigendum is refused, because what it corrects is corrected
/// again instead.
[[nodiscard]] Result<Mistake> mistakeAt(const Register& reg, Position position);

/// The value that a corrigendum states for a field when this was written, one text each option:
/// null when the field is to be left out, written as one empty text. A text in several languages
/// keeps those that were not given; an empty text in a language ("fr:") removes that language.
[[nodiscard]] Result<boost::json::value> rightValue(Session& session, const Register& reg,
                                                    const Mistake& mistake, const FieldInfo& field,
                                                    const std::vector<std::string>& written);

}  // namespace consulta
