#include "cli/last_words.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <utility>

namespace consulta {

namespace {

// Set while no abort is looked for, read only by the handler.
std::string last_words;  // NOLINT(cert-err58-cpp): empty, which cannot fail
int last_descriptor = STDERR_FILENO;
int last_code = 0;

void speakAndEnd(int /*signal*/) {
  // Only what may be called in a handler: nothing here takes memory or a lock.
  while (::write(last_descriptor, last_words.data(), last_words.size()) < 0 && errno == EINTR) {
  }
  ::_exit(last_code);
}

}  // namespace

void sayWhenAborted(int to, std::string text, int code) {
  forgetLastWords();
  last_words = std::move(text);
  last_descriptor = to;
  last_code = code;
  std::signal(SIGABRT, speakAndEnd);
}

void forgetLastWords() {
  std::signal(SIGABRT, SIG_DFL);
}

}  // namespace consulta
