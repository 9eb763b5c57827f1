// The program in this process, at the hour that the test says: years pass in a moment.
#pragma once

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "cli/dispatch.h"
#include "cli/session.h"
#include "events/values/edtf.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"

namespace consulta::test {

/// A new register. Each command is a session of its own, as if the program had been started anew.
class ClockedDesk {
 public:
  explicit ClockedDesk(const std::string& now) {
    at(now);
    enter({"init", "--organization", "en:Test", "--time-zone", "Europe/Vienna"});
  }

  /// With a register that the test makes at registerPath(), in a year in which init would know of
  /// what has not come yet.
  struct WithoutRegister {};
  explicit ClockedDesk(WithoutRegister) {}

  /// A test moves the clock because it wants to.
  bool isClockConfirmed = true;
  /// Of the terminal.
  std::size_t width = 80;

  /// The beginning of that day, or that instant, UTC.
  void at(const std::string& now) { nowNs_ = dateBounds(now).value().earliestNs; }

  ProgramRun run(std::vector<std::string> words, const std::string& input = {}) {
    if (isClockConfirmed) words.insert(words.begin(), "--confirm-clock");
    words.insert(words.begin(), {"--data", data_.string()});
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    Session session(
        catalogue_, {in, out, err}, Terminal{.width = width}, [this] { return ++nowNs_; }, "");
    ProgramRun run;
    run.code = dispatch(session, words);
    run.out = out.str();
    run.err = err.str();
    return run;
  }
  /// Words that must be accepted.
  ProgramRun enter(const std::vector<std::string>& words) {
    auto done = run(words);
    INFO(done.out << done.err);
    REQUIRE(done.code == 0);
    return done;
  }
  boost::json::value answer(std::vector<std::string> words) {
    words.insert(words.begin(), "--json");
    return boost::json::parse(enter(words).out);
  }

  [[nodiscard]] const std::filesystem::path& registerPath() const { return data_; }
  [[nodiscard]] std::filesystem::path file(const std::string& name) const {
    return directory_.path() / name;
  }

 private:
  const Catalogue catalogue_;
  TempDir directory_;
  std::filesystem::path data_ = directory_.path() / "register";
  std::int64_t nowNs_ = 0;
};

}  // namespace consulta::test
