// A procedure as people see it: its steps in words, and as a graph.
//
// Pure: texts come in the reader's language through `Words`. The graph is in the DOT language,
// which Graphviz lays out.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "events/message.h"
#include "events/procedure/definition.h"

namespace consulta {

/// How texts come into the reader's language; references live as long as the call.
struct PictureWords {
  std::string language;                            // of titles: "fr"
  std::function<std::string(const Message&)> say;  // a message, put into words
};

/// Where a consultation stands, by the names of the steps; the others have not begun.
enum class StepMark : std::uint8_t { done, current, overdue };
using StepMarks = std::map<std::string, StepMark, std::less<>>;

/// What is asked of a step, in the order in which it is told: what is decided in it and how
/// ("two-thirds majority, quorum 1/2"), by whom, until when ("within 10 working days of the end of
/// tabling"), in which languages, who is reminded when and to whom it is passed on, which steps
/// meet in it. Other steps are called as `called` says.
using StepNames = std::function<std::string(const std::string& step)>;
[[nodiscard]] std::vector<Message> termWords(const ProcedureStep& step, const StepNames& called);
/// Of an outcome: "observed".
[[nodiscard]] Message outcomeWords(std::string_view outcome);
[[nodiscard]] Message endWords(ProcedureEnd end);

[[nodiscard]] std::string procedureDot(const ProcedureDefinition& definition,
                                       const StepMarks& marks, const PictureWords& words);

}  // namespace consulta
