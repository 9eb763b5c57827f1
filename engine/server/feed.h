// Reading the log on for one subscriber: where it is, and what it wants to see.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "engine/runtime/register.h"
#include "events/ids.h"
#include "events/result.h"
#include "projections/record_filter.h"

namespace consulta {

/// A plain value. It holds nothing of the log and pins nothing: events are read when they are to be
/// sent, and who reads slowly costs no more than who reads fast.
class Feed {
 public:
  /// From `from` (1 or later) to `to`, both included; `to` none: for ever.
  Feed(Position from, Position to, RecordFilter filter, bool wantsAll)
      : next_(from), to_(to), filter_(std::move(filter)), wantsAll_(wantsAll) {}

  /// What comes next, in order, until about `bytes_max` have been visited, the end of the log is
  /// reached, or many records were looked at in vain. The bytes are those of the log; valid until
  /// the visitor returns.
  [[nodiscard]] Status read(const Register& reg, std::size_t bytes_max,
                            const std::function<void(std::string_view)>& visit);

  /// Everything wanted before it has been visited.
  [[nodiscard]] Position next() const { return next_; }
  /// Whether there is something to look at up to `last`.
  [[nodiscard]] bool behind(Position last) const { return next_ <= last && !complete(); }
  /// Whether all that was asked for has been visited.
  [[nodiscard]] bool complete() const { return to_ && next_ > to_; }

 private:
  Position next_;
  Position to_;
  RecordFilter filter_;
  bool wantsAll_;
};

}  // namespace consulta
