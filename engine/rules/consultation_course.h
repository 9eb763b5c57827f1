// How far the procedure of a consultation has come: what follows from an entry by its steps.
//
// Pure: reads the consultation, the procedure in the version that it began with, and the calendar.
// One thing follows at a time, and then the question is asked again; so the order is always the
// same: what outcomes have led to begins first, then steps end whose outcome is there.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/rules/guard.h"
#include "events/procedure/definition.h"
#include "projections/rows/consultation.h"

namespace consulta {

[[nodiscard]] std::vector<Consequence> followCourse(const State& state, const Row& after,
                                                    const FoldStep& entry);

/// The definition it runs by: in the version it began with, or before that in the one in force;
/// null of a consultation that runs by none.
[[nodiscard]] std::shared_ptr<const ProcedureDefinition> procedureOf(const State& state,
                                                                     const Consultation& row);

/// The step of that kind of its procedure which is under way; nothing when there is none.
[[nodiscard]] std::optional<ProcedureStep> stepUnderWay(const State& state, const Consultation& row,
                                                        StepKind kind);

/// The outcome that a run of a step has come to by itself; empty while it has not. What cannot be
/// seen in the consultation is reported, see ConsultationStepReported.
[[nodiscard]] std::string outcomeOf(const ProcedureStep& step, const ConsultationStep& run,
                                    const Consultation& row);

/// When a step that begins, or began, on a date is due, is reminded of and passed on, as an entry's
/// data states it, and by which calendar, session and end of another step. Dates that are not known
/// give no time limit. `run` is the run that began, one of the row's; null of one that begins now.
[[nodiscard]] boost::json::object timesOf(const State& state, const ProcedureDefinition& definition,
                                          const ProcedureStep& step, const Consultation& row,
                                          std::string_view began, const ConsultationStep* run);

/// What the entry says by which a run gets other times: from when it moves, the times, and the day
/// of each reminder, which of one that was given stays what it was.
[[nodiscard]] boost::json::object movedTo(const ConsultationStep& run,
                                          const boost::json::object& times);

/// The last moment at which a run is in time, in nanoseconds since 1970 UTC; the end of time where
/// no day is set for it, and where only the session is known that it is due before.
[[nodiscard]] std::int64_t lastMomentNs(const ConsultationStep& run);
/// The same of times.
[[nodiscard]] std::int64_t lastMomentNs(const boost::json::object& times);

}  // namespace consulta
