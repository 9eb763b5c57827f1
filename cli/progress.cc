#include "cli/progress.h"

#include <algorithm>
#include <ostream>

namespace consulta {

namespace {

constexpr std::int64_t secondNs = 1'000'000'000;
constexpr std::int64_t pauseNs = secondNs / 10;
constexpr std::uint64_t cells = 30;

}  // namespace

Progress::Progress(std::ostream& talk, bool shown, std::string what,
                   std::function<std::int64_t()> clock)
    : talk_(talk),
      shown_(shown),
      what_(std::move(what)),
      clock_(std::move(clock)),
      began_(shown ? clock_() : 0) {}

Progress::~Progress() {
  if (drawn_ != 0) talk_ << "\r\x1b[K" << std::flush;
}

void Progress::at(std::uint64_t done, std::uint64_t total) {
  if (!shown_) return;
  const auto now = clock_();
  if (now - began_ < secondNs || (drawn_ != 0 && now - drawn_ < pauseNs)) return;
  drawn_ = now;
  talk_ << '\r' << what_ << ' ';
  if (total == 0) {
    talk_ << done;
  } else {
    const auto capped = std::min(done, total);
    const auto share = static_cast<double>(capped) / static_cast<double>(total);
    const auto full = static_cast<std::size_t>(share * static_cast<double>(cells));
    talk_ << '[' << std::string(full, '#') << std::string(cells - full, '.') << "] "
          << static_cast<int>(share * 100) << "% (" << done << '/' << total << ')';
  }
  talk_ << "\x1b[K" << std::flush;
}

}  // namespace consulta
