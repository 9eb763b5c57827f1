// A new register in a directory of its own, and the real program on it. All of a process are copies
// of one, with its id and its keys.
#pragma once

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"

namespace consulta::test {

/// What "init" makes, made once a process: it takes as long as many other commands.
class NewRegister {
 public:
  NewRegister() {
    const auto made = runProgram({"--data", path().string(), "init", "--organization", "en:Test",
                                  "--time-zone", "Europe/Vienna"});
    INFO(made.err);
    REQUIRE(made.code == 0);
  }
  std::filesystem::path path() const { return directory_.path() / "register"; }

 private:
  TempDir directory_;
};

class Desk {
 public:
  Desk() : data_((directory_.path() / "register").string()) {
    static const NewRegister made;
    std::filesystem::copy(made.path(), data_, std::filesystem::copy_options::recursive);
  }

  ProgramRun run(std::vector<std::string> words, const std::string& input = {},
                 const std::function<void(Start&)>& prepare = {}) const {
    words.insert(words.begin(), {"--data", data_});
    return runProgram(words, input, prepare);
  }
  /// Words that must be accepted.
  ProgramRun enter(const std::vector<std::string>& words) const {
    auto done = run(words);
    INFO(done.err);
    REQUIRE(done.code == 0);
    return done;
  }
  /// What such words print on a terminal that is wide enough to break no line.
  std::string wide(const std::vector<std::string>& words) const {
    auto done = run(words, {}, [](Start& start) { start.set("COLUMNS", "300"); });
    INFO(done.err);
    REQUIRE(done.code == 0);
    return done.out;
  }
  boost::json::value answer(std::vector<std::string> words) const {
    words.insert(words.begin(), "--json");
    return boost::json::parse(enter(words).out);
  }
  /// Words that enter one entry; its position.
  std::string position(const std::vector<std::string>& words) const {
    const auto entries = answer(words).at("entries");
    return std::to_string(entries.at(0).at("position").to_number<std::uint64_t>());
  }
  void meeting(const std::string& id) const {
    enter({"meeting", "schedule", id, "--kind", "expert-group", "--title", "en:Expert meeting",
           "--on", "2006-04-03"});
  }
  /// A memorandum of two companies that nobody has signed yet.
  void agreedMemorandum(const std::string& id, const std::string& one,
                        const std::string& other) const {
    for (const auto& party : {one, other}) {
      enter({"party", "register", party, "--kind", "company", "--name", "en:A company", "--on",
             "2006-01-01"});
    }
    enter({"mou", "propose", id, "--title", "en:Memorandum", "--parties", one, "--parties", other,
           "--on", "2006-02-01"});
    enter({"mou", "draft", id, "--on", "2006-02-10"});
    enter({"mou", "clear", id, "--on", "2006-03-01"});
    enter({"mou", "agree", id, "--on", "2006-03-15"});
  }

  const std::string& data() const { return data_; }
  std::filesystem::path file(const std::string& name) const { return directory_.path() / name; }

 private:
  TempDir directory_;
  std::string data_;
};

inline bool says(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

/// How often it says so.
inline std::size_t count(const std::string& text, const std::string& part) {
  std::size_t out = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++out;
  return out;
}

}  // namespace consulta::test
