// What goes on at a server while commands come and go: followers that outlive it, and its figures.
#include <doctest/doctest.h>

#include <csignal>
#include <memory>
#include <sstream>
#include <string>
#include <thread>

#include "tests/cli/desk.h"
#include "tests/engine/http_client.h"
#include "tests/exchange/server_process.h"

namespace consulta::test {

TEST_CASE("who follows the log goes on with the next server where the last one was killed") {
  const Desk desk;
  const auto out = desk.file("followed");
  const auto await = [&](const std::string& id) {
    while (!says(contentOf(out), "\"" + id + "\"")) std::this_thread::yield();
  };
  desk.meeting("MTG-A");
  auto server = std::make_unique<ServerProcess>(desk.data());
  Running follower(
      {"--data", desk.data(), "log", "--follow", "--json", "--filter", "aggregate=meeting"},
      out.string(), desk.file("talk").string());
  await("MTG-A");
  int entered = 1;
  for (const int signal : {SIGKILL, SIGTERM, SIGKILL}) {
    const auto round = std::to_string(entered);
    desk.meeting("MTG-B" + round);
    await("MTG-B" + round);
    server->end(signal);
    desk.meeting("MTG-C" + round);  // while nobody serves
    server = std::make_unique<ServerProcess>(desk.data());
    desk.meeting("MTG-D" + round);
    await("MTG-D" + round);
    entered += 3;
  }
  CHECK(follower.isAlive());
  CHECK(follower.end(SIGINT) == 128 + SIGINT);
  std::istringstream lines(contentOf(out));
  std::uint64_t before = 0;
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto at = boost::json::parse(line).at("position").to_number<std::uint64_t>();
    CHECK(at > before);
    before = at;
  }
  CHECK(count == entered);
}

TEST_CASE("what commands at a server enter, and what they are refused by which rule, is counted") {
  const Desk desk;
  const ServerProcess server(desk.data());
  desk.meeting("MTG-A");
  const auto refused = desk.run({"--json", "meeting", "schedule", "MTG-A", "--kind", "expert-group",
                                 "--title", "en:Expert meeting", "--on", "2006-04-03"});
  CHECK(refused.code == 1);
  const auto error = boost::json::parse(refused.out);
  const std::string rule(error.at("error").at(0).at("rule").as_string());
  CHECK(desk.run({"show", "MTG-NONE"}).code != 0);
  const auto lines =
      desk.run({"import", "-", "--keep-going"},
               R"({"type":"meeting.scheduled","entity":"MTG-B","occurred":"2006-04-06",)"
               R"("data":{"title":{"en":"B"},"kind":"expert-group"}})"
               "\nno json\n");
  CHECK(lines.code == 2);
  const auto figures = HttpClient(desk.data() + "/socket").ask("GET /metrics").body;
  INFO(figures);
  CHECK(says(figures, "consulta_submissions_total 2\n"));
  CHECK(says(figures, "consulta_refused_total{rule=\"" + rule + "\"} 1\n"));
  CHECK(count(figures, "consulta_refused_total{rule=") == 3);
  const auto log = contentOf(desk.data() + "-serve.log");
  CHECK(says(log, "is refused " + rule + ": "));
  CHECK(count(log, "is refused") == 3);
}

}  // namespace consulta::test
