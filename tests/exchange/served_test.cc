// The same words say the same whether a server has the register or they open it themselves.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/cli/desk.h"
#include "tests/exchange/server_process.h"

namespace consulta::test {

namespace {

/// What is random or depends on the hour, made the same.
std::string plain(std::string text, const Desk& desk) {
  const auto replace = [&](const char* what, const char* by) {
    text = std::regex_replace(text, std::regex(what), by);
  };
  for (auto at = text.find(desk.data()); at != text.npos; at = text.find(desk.data())) {
    text.replace(at, desk.data().size(), "DATA");
  }
  replace("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID");
  replace("20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9:.]+Z?", "TIME");
  return text;
}

/// The history of the regional programme, by the shell script that enters it.
std::string enterHistory(const Desk& desk) {
  const auto folder = std::filesystem::path(CONSULTA_PROGRAM).parent_path().string();
  const auto out = desk.file("history").string();
  const auto command = "CONSULTA_DATA='" + desk.data() + "' LC_ALL=C.UTF-8 TZ=UTC PATH='" + folder +
                       "':$PATH bash '" CONSULTA_SOURCE_DIR
                       "/cli/examples/programme-regional-lac.sh' >'" +
                       out + "' 2>&1";
  REQUIRE(std::system(command.c_str()) == 0);  // NOLINT: the script is a shell's
  return contentOf(out);
}

const std::vector<std::vector<std::string>>& looks() {
  static const std::vector<std::vector<std::string>> all{
      {"status"},
      {"status", "PROG-LAC", "--lang", "fr"},
      {"status", "--as-of", "2006-06-30", "--lang", "es"},
      {"tasks"},
      {"tasks", "--json"},
      {"list", "meeting"},
      {"list", "party", "--where", "kind=group", "--json"},
      {"show", "MTG-EXPERT-2006"},
      {"show", "MTG-EXPERT-2006", "--lang", "fr"},
      {"show", "GC.11/Res.1", "--trail"},
      {"history", "PROG-LAC"},
      {"log", "--filter", "programme=PROG-LAC"},
      {"log", "--json", "--from", "600"},
      {"changes"},
      {"changes", "--from", "1:600", "--publishable"},
      {"changes", "--from", "2:600"},
      {"next", "MTG-EXPERT-2006", "--lang", "es"},
      {"why", "PROG-LAC", "title"},
      {"find", "latine"},
      {"today"},
      {"diff", "--from", "2006-01-01", "--to", "2007-01-01"},
      {"procedure", "show", "silence-72"},
      {"complete", "--", "show", "MTG"},
      // And what is refused.
      {"show", "MTG-EXPRT-2006"},
      {"show", "NO-SUCH", "--lang", "fr", "--json"},
      {"list", "metings"},
      {"shwo", "X"},
      {"meeting", "schedule", "MTG-NEW", "--kind", "expert-group", "--on", "2006-13-01"},
      {"meeting", "schedule", "MTG-EXPERT-2006", "--kind", "expert-group", "--title", "en:X"},
      {"mou", "sign", "MOU-SEGIB-2006", "--party", "UNIDO", "--dry-run"},
      {"import", "/no/such/file"},
      {"log", "--from", "x"},
      {"init", "--organization", "en:X", "--time-zone", "UTC"},
  };
  return all;
}

}  // namespace

TEST_CASE("every command says the same through a server as without one") {
  const Desk alone;
  const Desk served;
  const ServerProcess server(served.data());
  CHECK(plain(enterHistory(served), served) == plain(enterHistory(alone), alone));
  for (const auto& words : looks()) {
    std::string shown;
    for (const auto& word : words) shown += word + " ";
    INFO(shown);
    const auto here = alone.run(words);
    const auto there = served.run(words);
    CHECK(there.code == here.code);
    CHECK(plain(there.out, served) == plain(here.out, alone));
    CHECK(plain(there.err, served) == plain(here.err, alone));
  }
}

TEST_CASE("files go to and from a server as if they were read where they are named") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto note = desk.file("note.txt");
  std::string content;
  for (int i = 0; i < 20'000; ++i) content += "line " + std::to_string(i) + "\n";
  std::ofstream(note) << content;
  const auto entries = desk.file("entries.ndjson");
  {
    std::ofstream out(entries);
    for (int i = 0; i < 1'500; ++i) {
      out << R"({"type":"meeting.agendaItemAdded","entity":"MTG-1","occurred":"2006-04-05","data":)"
          << R"({"number":")" << i << R"(","title":{"en":"A title of some length, as they are"}}})"
          << '\n';
    }
  }
  const ServerProcess server(desk.data());
  desk.enter({"attach", "MTG-1", note.string(), "--kind", "text", "--lang", "en", "--id", "F-1"});
  const auto back = desk.file("back.txt");
  desk.enter({"file", "save", "F-1", back.string()});
  CHECK(contentOf(back) == content);
  const auto twice = desk.run({"file", "save", "F-1", back.string()});
  CHECK(twice.code == 1);
  CHECK(desk.run({"attach", "MTG-1", "/no/such/file", "--kind", "text", "--lang", "en"}).code == 5);
  CHECK(desk.run({"attach", "MTG-1", "/tmp", "--kind", "text", "--lang", "en"}).code == 5);
  desk.enter({"import", entries.string()});
  const auto again = desk.run({"import", "-"}, contentOf(entries));
  CHECK(again.code == 0);
  CHECK(says(again.out + again.err, "1500"));
}

TEST_CASE(
    "what a server acknowledged is there after it was killed, and its socket is in nobody's way") {
  const Desk desk;
  {
    ServerProcess server(desk.data());
    for (int i = 0; i < 5; ++i) desk.meeting("MTG-" + std::to_string(i));
    CHECK(server.end(SIGKILL) == 128 + SIGKILL);
  }
  CHECK(std::filesystem::exists(desk.data() + "/socket"));
  CHECK(says(desk.enter({"list", "meeting"}).out, "MTG-4"));
  ServerProcess server(desk.data());
  CHECK(says(desk.enter({"list", "meeting"}).out, "MTG-4"));
  CHECK(server.end(SIGTERM) == 0);
  CHECK_FALSE(std::filesystem::exists(desk.data() + "/socket"));
}

TEST_CASE("a server is asked by its socket where the directory does not tell") {
  const Desk desk;
  desk.meeting("MTG-1");
  const ServerProcess server(desk.data());
  const auto socket = "unix:" + desk.data() + "/socket";
  const auto there = runProgram({"--connect", socket, "list", "meeting"});
  CHECK(there.code == 0);
  CHECK(says(there.out, "MTG-1"));
  CHECK(runProgram({"--connect", "unix:/no/such/socket", "list", "meeting"}).code == 5);
  CHECK(runProgram({"--connect", "carrier-pigeon:7", "list", "meeting"}).code == 2);
  const auto second = desk.run({"serve"});
  CHECK(second.code == 5);
  CHECK(says(second.err, "serve"));
}

TEST_CASE(
    "what is of the server's machine is asked for there, and what needs the directory is refused") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto socket = desk.file("elsewhere").string();
  Running server({"--data", desk.data(), "serve", "--socket", socket}, desk.file("o").string(),
                 desk.file("e").string());
  while (!Client::connect(socket, "test")) {
    REQUIRE(server.isAlive());
    std::this_thread::yield();
  }
  const auto there = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"--connect", "unix:" + socket});
    return runProgram(words);
  };
  CHECK(there({"list", "meeting"}).code == 0);
  CHECK(there({"rebuild"}).code == 0);
  CHECK(there({"rebuild", "--dry-run"}).code == 0);
  CHECK(there({"--confirm-clock", "list", "meeting"}).code == 2);
  const auto nearby = there({"backup", "backups"});
  CHECK(nearby.code == 2);
  CHECK(says(nearby.err, "whole path"));
  CHECK(there({"backup", desk.file("backups").string()}).code == 0);
  CHECK(std::filesystem::is_directory(desk.file("backups")));
  CHECK(server.end(SIGTERM) == 0);
}

TEST_CASE("the log is followed through a server as entries come") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto alone = desk.run({"log", "--follow"});
  CHECK(alone.code == 2);
  CHECK(says(alone.err, "serve"));
  const ServerProcess server(desk.data());
  const auto out = desk.file("followed");
  Running follower(
      {"--data", desk.data(), "log", "--follow", "--json", "--filter", "aggregate=meeting"},
      out.string(), desk.file("talk").string());
  for (int i = 2; i < 8; ++i) desk.meeting("MTG-" + std::to_string(i));
  while (!says(contentOf(out), "MTG-7")) std::this_thread::yield();
  CHECK(follower.end(SIGINT) == 128 + SIGINT);
  CHECK(count(contentOf(out), "\n") == 7);
}

}  // namespace consulta::test
