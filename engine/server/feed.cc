#include "engine/server/feed.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>
#include <utility>

#include "events/limits.h"
#include "events/record.h"
#include "events/values/edtf.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

Failure outOfRange(Position from, Position last) {
  return usage("cursor.ahead",
               msg("the log ends at {last}, so it cannot be read from {from} on. "
                   "Begin at {next} at the latest",
                   arg("last", last.value), arg("from", from.value), arg("next", last.value + 1)));
}

Result<RecordFilter> filterOf(const Register& reg, const std::string& text) {
  RecordFilter filter;
  Failures failures;
  reg.read([&](const State& state) {
    auto read = RecordFilter::read(state, text);
    if (read) {
      filter = std::move(read).value();
    } else {
      failures = std::move(read).failures();
    }
  });
  if (!failures.empty()) return failures;
  return filter;
}

}  // namespace

std::optional<std::uint64_t> wholeNumber(std::string_view text) {
  std::uint64_t out = 0;
  const auto* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, out);
  const bool fits = std::in_range<std::int64_t>(out);  // so that one behind it is a number too
  if (error != std::errc() || at != end || !fits) return std::nullopt;
  return out;
}

std::optional<FeedPlace> readPlace(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == text.npos) return std::nullopt;
  const auto epoch = wholeNumber(text.substr(0, colon));
  const auto position = wholeNumber(text.substr(colon + 1));
  if (!epoch || !position) return std::nullopt;
  return FeedPlace{*epoch, Position(*position)};
}

Status readBegin(const std::string& option, const std::string& text, FeedRequest& out) {
  const auto number = wholeNumber(text);
  if (text == "now") {
    out.now = true;
  } else if (number && *number > 0) {
    out.position = Position(*number);
  } else if (const auto day = readEdtf(text); day && (day->isExact() || day->isInstant())) {
    out.timeNs = day->bounds().earliestNs;
  } else if (text != "beginning") {
    return usage("cursor.begin", msg("{option} is a position, a day, an instant, \"beginning\" or "
                                     "\"now\", not \"{text}\"",
                                     arg("option", option), arg("text", excerpt(text))));
  }
  return Done{};
}

Result<Feed> Feed::of(const Register& reg, const FeedRequest& request) {
  const auto last = reg.last();
  if (request.epoch != 0 && request.epoch != reg.epoch()) {
    return conflict("cursor.epoch",
                    msg("the position is of epoch {other}, and the register has gone on from an "
                        "older state in epoch {epoch}: the entries since then are others. Read "
                        "from the beginning, or from before the last register.epochOpened",
                        arg("other", request.epoch), arg("epoch", reg.epoch())));
  }
  Position from(1);
  if (request.now) {
    from = Position(last.value + 1);
  } else if (request.position) {
    from = Position(std::max<std::uint64_t>(request.position->value, 1));
  } else if (request.timeNs && *request.timeNs != std::numeric_limits<std::int64_t>::min()) {
    // Those recorded up to the moment before; before the first moment there is none.
    from = Position(reg.knownAt(*request.timeNs - 1).value + 1);
  }
  if (from.value > last.value + 1) return outOfRange(from, last);
  if (request.filter.empty()) return Feed(from, request.to, RecordFilter(), true);
  auto filter = filterOf(reg, request.filter);
  if (!filter) return std::move(filter).failures();
  return Feed(from, request.to, std::move(*filter), false);
}

Status Feed::read(const Register& reg, std::size_t bytes_max,
                  const std::function<void(std::string_view)>& visit) {
  std::size_t bytes = 0;
  std::size_t looked = 0;
  Failures failures;
  const auto each = [&](const StoredRecord& stored, const State* state) {
    bool wanted = true;
    if (state != nullptr) {
      auto record = Record::read(stored.position, stored.bytes);
      if (!record) {
        failures = std::move(record).failures();
        return false;
      }
      wanted = filter_.matches(*state, **record);
    }
    if (wanted) {
      visit(stored.bytes);
      bytes += stored.bytes.size();
    }
    next_ = Position(stored.position.value + 1);
    return bytes < bytes_max && ++looked < limits::feed_records_at_once;
  };
  // Those that may be looked at: what they name is there with them.
  const auto there = reg.published();
  const auto to = to_ ? std::min(to_, there) : there;
  Status read = Done{};
  if (wantsAll_) {
    read = reg.stored(next_, to, [&](const StoredRecord& one) { return each(one, nullptr); });
  } else {
    reg.read([&](const State& state) {
      read = reg.stored(next_, to, [&](const StoredRecord& one) { return each(one, &state); });
    });
  }
  if (!failures.empty()) return failures;
  return read;
}

}  // namespace consulta
