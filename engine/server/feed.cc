#include "engine/server/feed.h"

#include <optional>

#include "events/limits.h"
#include "events/record.h"

namespace consulta {

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
  const auto to = to_ ? to_ : reg.last();
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
