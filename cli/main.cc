// The program: everything is made here and handed on; nothing stands by itself.
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <clocale>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "cli/dispatch.h"
#include "cli/locations.h"
#include "cli/remote.h"
#include "cli/session.h"
#include "events/catalogue.h"

namespace {

std::int64_t nowNs() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
}

/// The language of the environment, by the rules of POSIX.
consulta::Lang languageOfEnvironment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return consulta::langOf(value).value_or(consulta::Lang::en);
  }
  return consulta::Lang::en;
}

/// A descriptor that the caller has closed would be given to the next file that is opened, and the
/// answer be written into the register's own database. Reading is all the stand-in allows, so an
/// answer that nobody can get is still a failure.
void holdStandardStreams() {
  while (true) {
    const int held = ::open("/dev/null", O_RDONLY);
    if (held > STDERR_FILENO) {
      ::close(held);
      return;
    }
    if (held < 0) return;
  }
}

}  // namespace

int main(int argc, char** argv) {
  holdStandardStreams();
  std::ios::sync_with_stdio(false);
  // A reader that has seen enough ("consulta log | head") is no failure, unless of what enters
  // (cli/dispatch.cc).
  std::signal(SIGPIPE, SIG_DFL);
  const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  const consulta::Catalogue catalogue;
  consulta::Session session(catalogue, {std::cin, std::cout, std::cerr}, consulta::terminalFacts(),
                            nowNs, consulta::translationsDirectory(argc > 0 ? argv[0] : ""));
  session.speak(languageOfEnvironment());
  session.onCarryThrough = [] { std::signal(SIGPIPE, SIG_IGN); };
  session.elsewhere = consulta::runElsewhere;
  const int code = consulta::dispatch(session, words);
  std::cout.flush();
  if (code != 0 || std::cout) return code;
  return session.fail(consulta::unavailable(
      "output.lost", consulta::msg("the answer could not be written: standard output is closed or "
                                   "full. What was entered stays entered")));
}
