// A register is backed up, lost, and restored, on the real program.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

namespace fs = std::filesystem;

struct Backups {
  Desk desk;
  std::string backups = desk.file("backups").string();
  std::string key = desk.file("backup.key").string();
  std::string target = desk.file("restored").string();

  Backups() {
    desk.meeting("MTG-1");
    std::ofstream(desk.file("acta.txt")) << "the minutes";
    desk.enter(
        {"attach", "MTG-1", desk.file("acta.txt").string(), "--kind", "minutes", "--id", "FILE-1"});
  }
  boost::json::value backup() const { return desk.answer({"backup", backups, "--key-file", key}); }
  ProgramRun restore(std::vector<std::string> more) const {
    std::vector<std::string> words{"--data", target, "restore", backups, "--key-file", key};
    words.insert(words.end(), more.begin(), more.end());
    return runProgram(words);
  }
  ProgramRun restored(std::vector<std::string> words) const {
    words.insert(words.begin(), {"--data", target});
    return runProgram(words);
  }
  std::string keys() const { return (fs::path(desk.data()) / "keys").string(); }
};

std::uint64_t number(const boost::json::value& object, std::string_view name) {
  return object.at(name).to_number<std::uint64_t>();
}

}  // namespace

TEST_CASE("a restored register prints the same log and gives the same files back") {
  const Backups all;
  const auto first = all.backup();
  CHECK(number(first, "bytesNew") == number(first, "bytes"));
  const auto second = all.backup();
  CHECK(number(second, "bytesNew") < number(second, "bytes"));
  const auto run = all.restore({"--keys", all.keys(), "--behind", all.desk.data()});
  INFO(run.err);
  REQUIRE(run.code == 0);
  CHECK(says(run.out, "nothing that was acknowledged is lost: epoch 1 goes on"));
  CHECK(all.restored({"--json", "log"}).out == all.desk.enter({"--json", "log"}).out);
  CHECK(all.restored({"file", "save", "FILE-1", "-"}).out == "the minutes");
  CHECK(all.restored({"meeting", "relocate", "MTG-1", "--place", "Vienna"}).code == 0);
}

TEST_CASE("entries after the backup are named as lost, and the register goes on in a new epoch") {
  const Backups all;
  const auto last = number(all.backup(), "position");
  all.desk.enter({"meeting", "relocate", "MTG-1", "--place", "Rome"});
  const auto run = all.restore({"--keys", all.keys(), "--behind", all.desk.data()});
  INFO(run.err);
  REQUIRE(run.code == 0);
  const auto lost = std::to_string(last + 1);
  CHECK(says(run.out, "entry " + lost + " of before is lost"));
  CHECK(says(all.restored({"log"}).out, "register.epochOpened"));
  CHECK(says(all.restored({"show", "register:REG"}).out, "lost from: " + lost));
  const Desk other;
  std::ofstream(other.file("log")) << all.restored({"--json", "log"}).out;
  CHECK(other.run({"import", other.file("log").string()}).code == 0);
}

TEST_CASE("without its keys a restored register is closed where it is personal, and not damaged") {
  const Backups all;
  all.desk.enter({"meeting", "relocate", "MTG-1", "--place", "Vienna", "--note", "a secret"});
  all.backup();
  const auto run = all.restore({"--behind", all.desk.data()});
  INFO(run.err);
  REQUIRE(run.code == 0);
  CHECK(says(run.err, "put the newest copy of the key store"));
  const auto shown = all.restored({"show", "MTG-1"});
  CHECK(shown.code == 0);
  CHECK(says(shown.out, "closed"));
  CHECK(all.restored({"history", "MTG-1"}).code == 0);
  CHECK(says(all.restored({"file", "check"}).out, "1 is closed"));
  const auto saved = all.restored({"file", "save", "FILE-1", "-"});
  CHECK(saved.code == 5);
  CHECK(says(saved.err, "its key is not in the key store"));
  const auto entering = all.restored({"meeting", "relocate", "MTG-1", "--place", "Rome"});
  CHECK(entering.code == 5);
  CHECK(says(entering.err, "restore it from where you keep it apart"));
  fs::copy(all.keys(), fs::path(all.target) / "keys",
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  CHECK(all.restored({"file", "save", "FILE-1", "-"}).out == "the minutes");
}

TEST_CASE("a backup whose list is damaged is named by the next one, which is whole") {
  const Backups all;
  all.backup();
  all.desk.enter({"meeting", "relocate", "MTG-1", "--place", "Vienna"});
  all.backup();
  const auto list = fs::path(all.backups) / "backups/000002";
  std::fstream file(list, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(40);
  const auto changed = static_cast<char>(file.get() ^ 1);
  file.seekp(40).put(changed);
  file.close();
  const auto made = all.desk.enter({"--quiet", "backup", all.backups, "--key-file", all.key});
  CHECK(says(made.err, "backup 2 is damaged: " + list.string()));
  CHECK(says(made.err, "Backup 3 is whole without it"));
  CHECK(all.backup().at("damaged") == boost::json::array{});
  const auto run = all.restore({"--keys", all.keys(), "--behind", all.desk.data()});
  INFO(run.err);
  CHECK(run.code == 0);
}

TEST_CASE("a restore refuses a wrong key, a damaged backup and a place that is not empty") {
  const Backups all;
  all.backup();
  const Backups other;
  other.backup();
  const auto wrong =
      runProgram({"--data", all.target, "restore", all.backups, "--key-file", other.key});
  CHECK(wrong.code == 1);
  CHECK(says(wrong.err, "made with another key"));
  CHECK(runProgram({"--data", all.target, "restore", all.backups}).code == 2);
  const auto onto =
      runProgram({"--data", all.desk.data(), "restore", all.backups, "--key-file", all.key});
  CHECK(onto.code == 1);
  CHECK(says(onto.err, "There is a register in"));
  CHECK(says(all.restore({"--dry-run"}).out, "is whole"));
  fs::path object;
  for (const auto& one : fs::recursive_directory_iterator(fs::path(all.backups) / "objects")) {
    if (one.is_regular_file()) object = one.path();
  }
  std::fstream(object, std::ios::in | std::ios::out | std::ios::binary).put('\0').put('\1');
  for (const auto& more : {std::vector<std::string>{}, std::vector<std::string>{"--dry-run"}}) {
    const auto damaged = all.restore(more);
    CHECK(damaged.code == 4);
    CHECK(says(damaged.err, object.string()));
    CHECK_FALSE(fs::exists(all.target));
  }
}

TEST_CASE("a backup says what it did and what is to be kept apart") {
  const Backups all;
  const auto run = all.desk.enter({"backup", all.backups});
  CHECK(says(run.out, "backup 1 in "));
  CHECK(says(run.out, "--behind"));
  CHECK(says(run.err, "backup.key"));
  CHECK(says(run.err, "it holds no keys of personal values"));
  const auto keys = all.desk.file("keys copied");
  for (int round = 0; round < 2; ++round) {
    const auto copied = all.desk.enter({"backup", all.backups, "--keys-copy", keys.string()});
    CHECK(says(copied.err, "are copied to " + keys.string()));
  }
  CHECK((fs::status(keys).permissions() & fs::perms::others_all) == fs::perms::none);
  CHECK_FALSE(fs::exists(keys.string() + ".new"));
  CHECK_FALSE(fs::exists(keys.string() + ".old"));
  const auto refused = [&](const std::string& copy, const std::string& part) {
    const auto wrong = all.desk.run({"backup", all.backups, "--keys-copy", copy});
    CHECK(wrong.code == 1);
    CHECK(says(wrong.err, part));
  };
  refused(all.backups + "/keys", "among the backups");
  refused(all.keys(), "the key store itself");
  refused(all.desk.data(), "something else");
  const auto restored =
      runProgram({"--data", all.target, "restore", all.backups, "--keys", keys.string()});
  INFO(restored.err);
  CHECK(restored.code == 0);
  CHECK(says(restored.out, "if anything was"));
  CHECK(all.restored({"file", "save", "FILE-1", "-"}).out == "the minutes");
}

}  // namespace consulta::test
