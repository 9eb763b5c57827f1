// Which days an entity waits for, read off its row; and the keys by which they are found in time.
// Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/row_due.h"
#include "projections/state.h"

namespace consulta {

/// Brings the dues in the row's head up to date after a step: all that waits for a day, in the
/// order of the row; a life that has ended owes nothing. A day that was set before keeps the entry
/// that set it.
void noteDues(Row& row, const FoldStep& step);

/// Whether an entry belongs to a submission that began because a day had come: the engine's own,
/// whose entries are marked as one piece of work (engine/rules/submission.cc).
[[nodiscard]] bool begunByClock(schema::Record::Reader record);

/// Notes at a due what an entry of the engine says of it: that it moved with its session.
void noteMoved(Row& row, const FoldStep& step);

/// Whether the engine enters by itself that a day has come on entities of this aggregate.
[[nodiscard]] bool hasTimers(std::uint16_t aggregate);

/// The last moment at which it is not yet due: of a day its end, of an hour that instant; what
/// takes effect on a day does so at its beginning. The end of time when nothing is known of the
/// day.
[[nodiscard]] std::int64_t lastMomentBefore(const State& state, const RowDue& due);

/// Whether the engine enters by the clock that the day has come: it is not noted yet, and the day
/// was still ahead when it was set, and when the session that it hangs on was dated.
[[nodiscard]] bool firesByClock(const State& state, const RowDue& due);

// Index keys. They depend on the row and on the sessions that its deadlines hang on:
//   'd' earliest(8) id(8)   what waits for a day, by the earliest that the day can mean
//   't' moment(8) id(8)     what the engine enters, by the last moment before it is due
[[nodiscard]] std::vector<std::string> dueKeys(const State& state, const Row& row);
/// One by one; a key is valid during the call.
void forEachDueKey(const State& state, const Row& row,
                   const std::function<void(std::string_view)>& visit);
constexpr std::string_view due_keys = "d";
constexpr std::string_view timer_keys = "t";
/// The moment in such a key.
[[nodiscard]] std::int64_t keyedMoment(std::string_view key);

}  // namespace consulta
