#include "engine/log/owner_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <string_view>
#include <thread>

namespace consulta {
namespace {

constexpr std::size_t owner_text_bytes_max = 400;

std::string utcText(std::int64_t ns) {
  const std::time_t seconds = ns / 1'000'000'000;
  std::tm parts{};
  if (::gmtime_r(&seconds, &parts) == nullptr) return "unknown";
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC", parts.tm_year + 1900,
                     parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string ownerText(const Owner& owner) {
  return fmt::format("pid {}\ncommand {}\nstarted {}\n", ::getpid(), owner.command,
                     utcText(owner.startedAt_ns))
      .substr(0, owner_text_bytes_max);
}

/// The rest of the line that begins so, without anything that a terminal would obey.
std::string lineOf(std::string_view text, std::string_view name) {
  const auto at = text.find(name);
  if (at == text.npos) return "?";
  auto rest = text.substr(at + name.size());
  rest = rest.substr(0, rest.find('\n'));
  std::string out;
  for (const char c : rest) {
    out.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c);
  }
  return out;
}

/// What another process wrote of itself.
Message holder(const FileHandle& file) {
  const std::string text = file.readAt(owner_text_bytes_max, 0);
  if (text.empty()) return msg("a process that has not said who it is");
  return msg("{command}, process {pid}, since {time}", arg("command", lineOf(text, "command ")),
             arg("pid", lineOf(text, "pid ")), arg("time", lineOf(text, "started ")));
}

/// Only an interrupted or a refused attempt is worth another.
bool tryLock(const FileHandle& file, std::chrono::milliseconds wait) {
  constexpr std::chrono::milliseconds pause(20);
  const auto until = std::chrono::steady_clock::now() + wait;
  while (::flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return false;
    const auto left = until - std::chrono::steady_clock::now();
    if (left <= left.zero()) {
      errno = EWOULDBLOCK;
      return false;
    }
    std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(left, pause));
  }
  return true;
}

}  // namespace

Result<OwnerLock> OwnerLock::take(const std::filesystem::path& path, const Owner& owner,
                                  std::uint32_t wait_ms, const FileGuard& guard) {
  FileHandle file = FileHandle::open(path, O_RDWR | O_CREAT, guard);
  if (!file.isOpen()) return fileFailure(path, errno);
  if (!tryLock(file, std::chrono::milliseconds(wait_ms))) {
    if (errno != EWOULDBLOCK) return fileFailure(path, errno);
    return unavailable("directory.owned",
                       msg("The register in {path} is in use by another process ({holder}). Wait "
                           "until it has ended, or stop it, then try again.",
                           arg("path", path.parent_path().string()), arg("holder", holder(file))));
  }
  if (!file.resize(0) || !file.writeAt(ownerText(owner), 0)) {
    return fileFailure(path, errno);
  }
  return OwnerLock(std::move(file));
}

}  // namespace consulta
