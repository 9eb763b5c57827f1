// What a server answers over HTTP, beside what the command line says.
#include <doctest/doctest.h>

#include <csignal>
#include <string>
#include <vector>

#include "tests/cli/desk.h"
#include "tests/engine/http_client.h"
#include "tests/exchange/server_process.h"

namespace consulta::test {

TEST_CASE("what is asked over HTTP is answered as a command answers with --json") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.meeting("MTG-2");
  desk.enter({"meeting", "invite", "MTG-1", "--party", "UY", "--reply-by", "2006-05-02", "--on",
              "2006-04-10"});
  const ServerProcess server(desk.data());
  HttpClient client(desk.data() + "/socket");
  const auto same = [&](const std::string& path, std::vector<std::string> words, int status) {
    CAPTURE(path);
    const auto answer = client.ask("GET " + path);
    words.insert(words.begin(), "--json");
    const auto printed = desk.run(words).out;
    CHECK(answer.whole);
    CHECK(answer.status == status);
    if (status == 200) {
      CHECK(answer.body == printed);
    } else {
      CHECK(answer.json().at("errors") == boost::json::parse(printed).at("error"));
    }
  };
  same("/v1/entities/MTG-1", {"show", "MTG-1"}, 200);
  same("/v1/entities/MTG-1?as-of=2006-04-05", {"show", "MTG-1", "--as-of", "2006-04-05"}, 200);
  same("/v1/entities/meeting:MTG-1/history", {"history", "MTG-1"}, 200);
  same("/v1/entities?aggregate=meeting", {"list", "meeting"}, 200);
  same("/v1/entities?aggregate=meeting&where=id%3DMTG-2",
       {"list", "meeting", "--where", "id=MTG-2"}, 200);
  same("/v1/status", {"status"}, 200);
  same("/v1/tasks", {"tasks"}, 200);
  same("/v1/tasks?due=2006-04-20", {"tasks", "--due", "2006-04-20"}, 200);
  same("/v1/catalogue", {"catalogue"}, 200);
  same("/v1/entities/MTG-99", {"show", "MTG-99"}, 404);
  same("/v1/tasks?office=NONE", {"tasks", "--office", "NONE"}, 422);
  same("/v1/entities/MTG-1?as-of=2006-02-30", {"show", "MTG-1", "--as-of", "2006-02-30"}, 400);
  same("/v1/entities?aggregate=metings", {"list", "metings"}, 400);
}

TEST_CASE("who is killed and started again is followed on from where one was") {
  const Desk desk;
  std::string last;
  {
    ServerProcess server(desk.data());
    EventReader events(desk.data() + "/socket", "?filter=aggregate%3Dmeeting");
    desk.meeting("MTG-1");
    EventReader::Event event;
    while (events.next(event) && event.data.as_object()["subject"] != "meeting:MTG-1") {
    }
    last = event.id;
    CHECK_FALSE(last.empty());
    CHECK(server.end(SIGKILL) == 128 + SIGKILL);
    CHECK_FALSE(events.next(event));
  }
  const ServerProcess server(desk.data());
  desk.meeting("MTG-2");
  EventReader events(desk.data() + "/socket", "?filter=aggregate%3Dmeeting",
                     "Last-Event-ID: " + last + "\r\n");
  EventReader::Event event;
  REQUIRE(events.next(event));
  CHECK(event.data.at("subject") == "meeting:MTG-2");
  CHECK(event.data.at("data").at("data").at("kind") == "expert-group");
}

TEST_CASE("an actor's name stands in no event, only the commitment to it") {
  const Desk desk;
  desk.meeting("MTG-1");
  const ServerProcess server(desk.data());
  HttpClient client(desk.data() + "/socket");
  const auto all = client.ask("GET /v1/events?to=last", "Accept: application/x-ndjson\r\n");
  CHECK(all.status == 200);
  CHECK(says(all.body, "commitment"));
  const auto clear = desk.run({"log", "--json"});
  CHECK_FALSE(says(clear.out, "\"commitment\""));
}

}  // namespace consulta::test
