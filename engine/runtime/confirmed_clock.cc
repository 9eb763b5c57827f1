#include "engine/runtime/confirmed_clock.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <charconv>

#include "events/limits.h"

namespace consulta {

namespace {

constexpr std::size_t file_bytes_max = 100;

std::string startOf(std::int64_t newestNs) {
  return fmt::format("consulta clock 1\n{} ", newestNs);
}

}  // namespace

bool ConfirmedClock::isConfirmed(std::int64_t nowNs, std::int64_t newestNs) const {
  const auto file = FileHandle::open(file_, O_RDONLY);
  if (!file.isOpen()) return false;
  const auto text = file.readAt(file_bytes_max, 0);
  const auto start = startOf(newestNs);
  if (!text.starts_with(start)) return false;
  std::int64_t confirmedNs = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, wrong] = std::from_chars(text.data() + start.size(), end, confirmedNs);
  if (wrong != std::errc{} || std::string_view(rest, end) != "\n") return false;
  return nowNs >= confirmedNs - limits::clock_back_ns_max;
}

Status ConfirmedClock::confirm(std::int64_t nowNs, std::int64_t newestNs) const {
  return replaceFile(file_, fmt::format("{}{}\n", startOf(newestNs), nowNs), guard_);
}

}  // namespace consulta
