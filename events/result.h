// A value, or the reasons why there is none. Refusals are values; exceptions are for bugs and
// broken resources only.
#pragma once

#include <cassert>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "events/message.h"

namespace consulta {

/// What kind of "no" it is. The numbers are the program's exit codes.
enum class Fault : int {
  refused = 1,      // a rule says no; something else may be lawful
  usage = 2,        // what was written could not be understood
  conflict = 3,     // somebody else was faster, or the submission id was used before
  damaged = 4,      // the register's files are not what was written
  unavailable = 5,  // the disk, the directory or the server cannot be reached
};

/// One failing check. `rule` is a stable dotted name ("mou.signed.party-signs-once", "value.date")
/// that programs and translations can rely on; `text` says what is wrong and what to do next.
struct Failure {
  Fault fault = Fault::refused;
  std::string rule;
  Message text;
  std::string field{};  // of the act: a value of it would mend what is wrong; empty: none would

  bool operator==(const Failure&) const = default;
};

/// All the checks that failed, never only the first.
using Failures = std::vector<Failure>;

/// A T, or one or more failures. Failures are never empty. T is never Failures.
template <typename T>
class [[nodiscard]] Result {
 public:
  using Value = T;

  Result(T value) : state_(std::move(value)) {}  // NOLINT: implicit, so that `return value;` reads
  Result(Failure failure) : state_(Failures{std::move(failure)}) {}  // NOLINT: likewise
  Result(Failures failures) : state_(std::move(failures)) {          // NOLINT: likewise
    assert(!std::get<Failures>(state_).empty());
  }

  [[nodiscard]] bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }

  /// Only when ok(). The reference lives as long as this result.
  [[nodiscard]] T& value() & { return std::get<T>(state_); }
  [[nodiscard]] const T& value() const& { return std::get<T>(state_); }
  [[nodiscard]] T value() && { return std::get<T>(std::move(state_)); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T operator*() && { return std::move(*this).value(); }

  /// Only when not ok().
  [[nodiscard]] const Failures& failures() const& { return std::get<Failures>(state_); }
  [[nodiscard]] Failures failures() && { return std::get<Failures>(std::move(state_)); }

 private:
  std::variant<T, Failures> state_;
};

/// Success without a value.
struct Done {
  bool operator==(const Done&) const = default;
};
using Status = Result<Done>;

inline Failure refused(std::string rule, Message text) {
  return Failure{Fault::refused, std::move(rule), std::move(text)};
}
inline Failure usage(std::string rule, Message text) {
  return Failure{Fault::usage, std::move(rule), std::move(text)};
}
inline Failure conflict(std::string rule, Message text) {
  return Failure{Fault::conflict, std::move(rule), std::move(text)};
}
inline Failure damaged(std::string rule, Message text) {
  return Failure{Fault::damaged, std::move(rule), std::move(text)};
}
inline Failure unavailable(std::string rule, Message text) {
  return Failure{Fault::unavailable, std::move(rule), std::move(text)};
}

/// A resource that broke under us: damaged bytes where bytes were checked before, a disk that fails
/// while reading. Thrown where a failure has no meaning to the caller; caught only where a command
/// or a request ends, and shown there as the failure it carries.
class Broken : public std::runtime_error {
 public:
  explicit Broken(Failure failure)
      : std::runtime_error(inEnglish(failure.text)), failure_(std::move(failure)) {}
  [[nodiscard]] const Failure& failure() const { return failure_; }

 private:
  Failure failure_;
};

/// The value, or Broken with the first failure: for reads that can fail only by damage.
template <typename T>
T orBroken(Result<T> result) {
  if (!result) throw Broken(result.failures().front());
  return std::move(result).value();
}

}  // namespace consulta
