// What the fuzz targets have in common: what must be true of every answer.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "events/message.h"
#include "events/result.h"
#include "events/values/utf8.h"

namespace consulta::test {

class BrokenPromise : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

inline void promise(bool kept, const char* what) {
  if (!kept) throw BrokenPromise(what);
}

inline std::string_view textOf(std::span<const std::byte> input) {
  return {reinterpret_cast<const char*>(input.data()), input.size()};
}

/// A failure has a name and a text, and the text is one that a terminal shows as it stands,
/// whatever was quoted in it.
inline void promiseSaid(const Failures& failures) {
  promise(!failures.empty(), "a failure is stated");
  for (const auto& one : failures) {
    promise(!one.rule.empty(), "a failure has a rule");
    const std::string text = inEnglish(one.text);
    promise(!text.empty(), "a failure has a text");
    promise(isUtf8(text), "the text of a failure is UTF-8");
    promise(forTerminal(text) == text, "the text of a failure is harmless on a terminal");
  }
}

/// What was read and is printed reads back as the same value.
template <typename Value, typename Read>
void promiseReadsBack(const Result<Value>& value, Read read) {
  if (!value) return promiseSaid(value.failures());
  const Result<Value> again = read(std::string_view(toText(*value)));
  promise(again.ok(), "what is printed can be read");
  promise(*again == *value, "what is printed reads back as the same");
}

}  // namespace consulta::test
