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

/// "within 10 working days of the end of tabling", "before IDB.31"; empty: none.
[[nodiscard]] Message limitWords(const ProcedureStep& step);
/// "10 working days", "72 hours".
[[nodiscard]] Message durationWords(const Duration& duration);
/// "tabling of a text", "two-thirds majority, quorum 1/2": what is decided in the step, and how.
[[nodiscard]] Message kindWords(const ProcedureStep& step);
/// Of an outcome: "observed".
[[nodiscard]] Message outcomeWords(std::string_view outcome);
[[nodiscard]] Message endWords(ProcedureEnd end);

[[nodiscard]] std::string procedureDot(const ProcedureDefinition& definition,
                                       const StepMarks& marks, const PictureWords& words);

}  // namespace consulta
