#include "cli/follow.h"

#include <cstdint>
#include <ostream>

namespace consulta {

namespace {

/// How long a follower sleeps at most before it looks whether it is to end.
constexpr std::uint32_t follow_wait_ms = 200;

}  // namespace

Status checkFollow(const Session& session, const Arguments& arguments) {
  if (!session.isLent()) {
    return usage("log.follow", msg("while this command has the register nobody enters anything. "
                                   "Start \"consulta serve\", and follow the log then"));
  }
  if (session.options.asOf || session.options.knownAt || arguments.has("to")) {
    return usage("log.follow", msg("--follow goes on with what is new; leave out --to, --as-of and "
                                   "--known-at"));
  }
  return Done{};
}

int follow(Session& session, const Position& next, const std::function<int(const Looking&)>& more) {
  while (session.out().flush() && !session.over()) {
    const auto reg = session.reg();
    if (!reg) return session.fail(reg.failures());
    static_cast<void>((*reg)->wait(Position(next.value - 1), follow_wait_ms));
    if ((*reg)->published() < next) continue;
    if (const int code = look(session, more); code != 0) return code;
  }
  return 0;
}

}  // namespace consulta
