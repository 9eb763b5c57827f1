// Reading the log on for one subscriber: where it is, and what it wants to see.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/runtime/register.h"
#include "events/ids.h"
#include "events/result.h"
#include "projections/record_filter.h"

namespace consulta {

/// What somebody asks for who wants to follow the log.
struct FeedRequest {
  std::optional<Position> position;    // the first one; without it and a time the beginning
  std::optional<std::int64_t> timeNs;  // ... or the first that was recorded then or later
  bool now = false;                    // ... or what is entered from now on
  std::uint64_t epoch = 0;             // in which the position counts; 0: the one there is
  Position to;                         // the last one; none: for ever
  std::string filter;                  // as "consulta log --filter" takes it; empty: all
};

/// A whole number as a request has it, and nothing else.
[[nodiscard]] std::optional<std::uint64_t> wholeNumber(std::string_view text);

/// "EPOCH:POSITION", as everybody who follows is told it; `position` is what they have.
struct FeedPlace {
  std::uint64_t epoch = 0;
  Position position;
};
[[nodiscard]] std::optional<FeedPlace> readPlace(std::string_view text);

/// Where somebody wants to begin, as people write it: a position, a day, an instant, "beginning" or
/// "now"; fills in `out`. A failure names `option`.
[[nodiscard]] Status readBegin(const std::string& option, const std::string& text,
                               FeedRequest& out);

/// A plain value. It holds nothing of the log and pins nothing: events are read when they are to be
/// sent, and who reads slowly costs no more than who reads fast.
class Feed {
 public:
  /// From `from` (1 or later) to `to`, both included; `to` none: for ever.
  Feed(Position from, Position to, RecordFilter filter, bool wantsAll)
      : next_(from), to_(to), filter_(std::move(filter)), wantsAll_(wantsAll) {}

  /// Where that begins in this register now, or why it cannot be had.
  [[nodiscard]] static Result<Feed> of(const Register& reg, const FeedRequest& request);

  /// What comes next, in order, until about `bytes_max` have been visited, the end of the log is
  /// reached, or many records were looked at in vain. The bytes are those of the log; valid until
  /// the visitor returns.
  [[nodiscard]] Status read(const Register& reg, std::size_t bytes_max,
                            const std::function<void(std::string_view)>& visit);

  /// Whether a record is asked for, given that its entity is.
  [[nodiscard]] bool wantsActOf(const State& state, const Record& record) const {
    return wantsAll_ || filter_.wantsActOf(state, record);
  }

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
