// What every log checks before it writes a batch, so that no two logs differ in what they take.
#pragma once

#include <cstddef>
#include <span>

#include "engine/log/log.h"
#include "events/limits.h"

namespace consulta {

/// The largest batch: one submission may be larger than what the writer would put together itself.
constexpr std::size_t log_batch_records_max =
    limits::submission_entries_max > limits::batch_entries_max ? limits::submission_entries_max
                                                               : limits::batch_entries_max;

/// Ok when `batch` may be appended at `at` behind `last` to a log that is `broken` or not. The
/// failures: unavailable (broken), conflict (another position), refused (bounds).
[[nodiscard]] Status checkAppend(Position last, bool broken, Position at,
                                 std::span<const NewRecord> batch);

/// What an append answers once the log is broken.
[[nodiscard]] Failure logIsBroken();

}  // namespace consulta
