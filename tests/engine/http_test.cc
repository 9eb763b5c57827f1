#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/engine/http_client.h"
#include "tests/engine/server_fixture.h"

namespace consulta::test {

namespace {

std::string key(SubmissionId id = randomId<SubmissionId>()) {
  return "Idempotency-Key: " + toText(id) + "\r\n";
}

std::string ruleOf(const HttpReply& reply) {
  return std::string(reply.json().at("errors").at(0).at("rule").as_string());
}

/// The positions in lines of events.
std::vector<std::uint64_t> positionsIn(const std::string& lines) {
  std::vector<std::uint64_t> out;
  std::istringstream text(lines);
  for (std::string line; std::getline(text, line);) {
    out.push_back(boost::json::parse(line).at("data").at("position").to_number<std::uint64_t>());
  }
  return out;
}

std::vector<std::uint64_t> through(std::uint64_t from, std::uint64_t to) {
  std::vector<std::uint64_t> out;
  for (auto at = from; at <= to; ++at) out.push_back(at);
  return out;
}

constexpr auto* lines_wanted = "Accept: application/x-ndjson\r\n";

}  // namespace

TEST_CASE("an entry that is posted is in the register, and its answer holds it as an event") {
  const Served served;
  HttpClient client(served.socket());
  const auto id = randomId<SubmissionId>();
  const auto entered = client.ask("POST /v1/submissions", key(id), Served::meeting("MTG-1"));
  CAPTURE(entered.body);
  REQUIRE(entered.status == 201);
  CHECK(entered.whole);
  const auto event = entered.json().at("events").at(0);
  CHECK(event.at("type") == "meeting.scheduled");
  CHECK(event.at("subject") == "meeting:MTG-1");
  CHECK(event.at("specversion") == "1.0");
  CHECK(event.at("time") == "2006-03-01T00:00:00.000000000Z");
  CHECK(event.at("sequence").as_string().size() == 20);
  CHECK(event.at("data").at("data").at("kind") == "expert-group");
  const auto last = served.reg->last();
  CHECK(event.at("id").as_string() == std::to_string(last.value));

  SUBCASE("the same key again is answered and enters nothing") {
    const auto again = client.ask("POST /v1/submissions", key(id), Served::meeting("MTG-1"));
    CHECK(again.status == 200);
    CHECK(again.json().at("repeated") == true);
    CHECK(again.json().at("events").at(0).at("data") == event.at("data"));
    CHECK(served.reg->last() == last);
  }
  SUBCASE("the same key with other content is a conflict") {
    const auto other = client.ask("POST /v1/submissions", key(id), Served::meeting("MTG-2"));
    CHECK(other.status == 409);
    CHECK(ruleOf(other) == "submission.reused");
  }
  SUBCASE("a dry run enters nothing") {
    const auto dry =
        client.ask("POST /v1/submissions?dry-run=true", key(), Served::meeting("MTG-2"));
    CHECK(dry.status == 200);
    CHECK(dry.json().at("dryRun") == true);
    CHECK(served.reg->last() == last);
  }
  SUBCASE("what expects another revision than there is is a conflict") {
    auto moved = boost::json::object{{"type", "meeting.relocated"},
                                     {"entity", "MTG-1"},
                                     {"occurred", "2006-03-02"},
                                     {"expect", 2},
                                     {"data", {{"place", "Vienna"}}}};
    const auto late = client.ask("POST /v1/submissions", key(), boost::json::serialize(moved));
    CHECK(late.status == 409);
    CHECK(served.reg->last() == last);
    moved["expect"] = 1;
    const auto fits = client.ask("POST /v1/submissions", key(), boost::json::serialize(moved));
    CHECK(fits.status == 201);
  }
  SUBCASE("what the rules refuse is told with the name of the rule") {
    const auto twice = client.ask("POST /v1/submissions", key(), Served::meeting("MTG-1"));
    CHECK(twice.status == 422);
    CHECK(twice.headers.at("Content-Type") == "application/problem+json");
    CHECK_FALSE(ruleOf(twice).empty());
  }
}

TEST_CASE("a post that is no submission is refused with the reason, and nothing is entered") {
  const Served served;
  const auto before = served.reg->last();
  HttpClient client(served.socket());
  const auto refused = [&](int status, const std::string& rule, const std::string& query,
                           const std::string& headers, const std::string& body) {
    CAPTURE(query);
    CAPTURE(headers);
    const auto answer = client.ask("POST /v1/submissions" + query, headers, body);
    CAPTURE(answer.body);
    CHECK(answer.status == status);
    CHECK(ruleOf(answer) == rule);
  };
  const auto good = Served::meeting("MTG-1");
  refused(400, "submission.id", "", "", good);
  refused(400, "submission.id", "", "Idempotency-Key: 17\r\n", good);
  refused(400, "submission.id", "", "Idempotency-Key: 00000000-0000-0000-0000-000000000000\r\n",
          good);
  refused(400, "submission.on-behalf-of", "?on-behalf-of=me", key(), good);
  refused(400, "submission.language", "?lang=de", key(), good);
  refused(400, "http.parameter", "?dry-run=perhaps", key(), good);
  refused(415, "http.type", "", key() + "Content-Type: text/xml\r\n", good);
  refused(400, "json.form", "", key(), "{");
  refused(400, "submission.entry", "", key(), "17");
  CHECK(served.reg->last() == before);
}

TEST_CASE("entries come as events, each once and in order, from where one wants") {
  Served served;
  served.enter(300);
  const auto last = served.reg->last().value;
  HttpClient client(served.socket());
  const auto positions = [&](const std::string& query) {
    const auto answer = client.ask("GET /v1/events?to=last" + query, lines_wanted);
    CAPTURE(answer.body.substr(0, 300));
    CHECK(answer.status == 200);
    CHECK(answer.headers.at("Content-Type") == "application/x-ndjson");
    CHECK(answer.whole);
    return positionsIn(answer.body);
  };
  CHECK(positions("") == through(1, last));
  CHECK(positions("&from=100") == through(100, last));
  CHECK(positions("&from=1990-01-01") == through(1, last));
  CHECK(positions("&from=2090-01-01").empty());
  CHECK(positions("&filter=entity%3DMTG-7").size() == 1);
  CHECK(positions("&epoch=1&from=" + std::to_string(last)) == through(last, last));
  const auto some = client.ask("GET /v1/events?from=5&to=9", lines_wanted);
  CHECK(positionsIn(some.body) == through(5, 9));
  CHECK(boost::json::parse(some.body.substr(0, some.body.find('\n'))).at("replayed") == true);
}

TEST_CASE("a follower is told when it has caught up, and what is new comes at once") {
  Served served;
  served.enter(3);
  const auto last = served.reg->last().value;
  EventReader events(served.socket());
  CHECK(events.head.status == 200);
  CHECK(events.head.headers.at("Content-Type") == "text/event-stream");
  EventReader::Event event;
  std::uint64_t seen = 0;
  while (events.next(event) && event.name.empty()) {
    ++seen;
    CHECK(event.id == "1:" + std::to_string(seen));
    CHECK(event.data.at("replayed") == true);
  }
  CHECK(seen == last);
  CHECK(event.name == "caughtUp");
  CHECK(event.data.at("position") == last);

  served.enter(1);
  REQUIRE(events.next(event));
  CHECK(event.name.empty());
  CHECK(event.data.at("replayed") == false);
  CHECK(event.id == "1:" + std::to_string(last + 1));

  SUBCASE("the server says where to go on when it stops, and there it goes on") {
    served.stop();
    REQUIRE(events.next(event));
    CHECK(event.name == "ended");
    CHECK(event.data.at("reason") == "stopping");
    CHECK_FALSE(events.next(event));
    served.start();
    served.enter(1);
    EventReader again(served.socket(), "?from=now", "Last-Event-ID: " + event.id + "\r\n");
    REQUIRE(again.next(event));
    CHECK(event.id == "1:" + std::to_string(last + 2));
  }
  SUBCASE("who follows from now on is told nothing of before") {
    EventReader fresh(served.socket(), "?from=now");
    REQUIRE(fresh.next(event));
    CHECK(event.name == "caughtUp");
    served.enter(1);
    REQUIRE(fresh.next(event));
    CHECK(event.id == "1:" + std::to_string(last + 2));
  }
}

TEST_CASE("a follower to whom nothing happens is shown that all is well") {
  ServerLimits limits;
  limits.heartbeat = std::chrono::milliseconds(20);
  const Served served(limits);
  EventReader events(served.socket(), "?from=now");
  EventReader::Event event;
  for (const auto* name : {"caughtUp", "heartbeat", "heartbeat"}) {
    REQUIRE(events.next(event));
    CHECK(event.name == name);
    CHECK(event.data.at("position") == served.reg->last().value);
    CHECK(event.data.as_object().contains("recordedtime"));
  }
}

TEST_CASE("an entry that names what is not there is refused by a rule, and its path was right") {
  const Served served;
  HttpClient client(served.socket());
  const auto answer = client.ask("POST /v1/submissions", key(),
                                 R"({"type":"meeting.invited","entity":"MTG-9","occurred":"2006",)"
                                 R"("data":{"party":"party:NONE"}})");
  CHECK(answer.status == 422);
  CHECK(ruleOf(answer) == "reference.exists");
}

TEST_CASE("what cannot be followed is refused with what there is") {
  const Served served;
  HttpClient client(served.socket());
  const auto refused = [&](int status, const std::string& rule, const std::string& query,
                           const std::string& headers = {}) {
    CAPTURE(query);
    CAPTURE(headers);
    const auto answer = client.ask("GET /v1/events" + query, headers);
    CHECK(answer.status == status);
    CHECK(ruleOf(answer) == rule);
  };
  refused(400, "cursor.ahead", "?from=1000000");
  refused(409, "cursor.epoch", "?from=1&epoch=2");
  refused(409, "cursor.epoch", "", "Last-Event-ID: 7:1\r\n");
  refused(400, "http.last-event-id", "", "Last-Event-ID: 17\r\n");
  refused(400, "cursor.begin", "?from=yesterday");
  refused(400, "cursor.begin", "?from=2006-13-01");
  refused(400, "http.parameter", "?to=x");
  refused(400, "http.parameter", "?since=1");
  refused(400, "http.parameter", "?from=1&from=2");
  refused(400, "http.accept", "", "Accept: image/png\r\n");
  CHECK(client.ask("GET /v1/events?filter=colour%3Dred").status == 400);
}

TEST_CASE("what a command prints is the answer, and its refusal has a status") {
  const Served served;
  HttpClient client(served.socket());
  const auto shown =
      client.ask("GET /v1/entities/mandate:GC.11%2FRes.1?as-of=2006-07-01&known-at=%2D%2Dyes");
  CHECK(shown.status == 200);
  CHECK(shown.headers.at("Content-Type") == "application/json");
  CHECK(shown.json() == boost::json::array{"show", "mandate:GC.11/Res.1", "--as-of=2006-07-01",
                                           "--known-at=--yes", "--json"});

  const auto refused = client.ask("GET /v1/catalogue", "Accept-Language: de, fr-FR;q=0.9, en\r\n");
  CHECK(refused.status == 422);
  CHECK(ruleOf(refused) == "some.rule");
  CHECK(refused.json().at("detail") == "fr");

  // It said its words, which are no answer in JSON, and ended with 3.
  const auto broken = client.ask("GET /v1/status");
  CHECK(broken.status == 500);
  // Whatever stands in the place of a name is no option.
  CHECK(client.ask("GET /v1/entities/--help").status == 404);
  CHECK(client.ask("GET /v1/entities/").status == 404);
}

TEST_CASE("a long answer is sent while it is printed, and one that breaks off is not whole") {
  const Served served;
  HttpClient client(served.socket());
  const auto whole = client.ask("GET /v1/tasks");
  CHECK(whole.status == 200);
  CHECK(whole.whole);
  CHECK(whole.body.size() == 100 * 100'001);
  const auto broken = client.ask("GET /v1/entities/MTG-1/history");
  CHECK(broken.status == 200);
  CHECK_FALSE(broken.whole);

  SUBCASE("when its reader has gone the command ends") {
    {
      HttpClient leaving(served.socket());
      leaving.send(HttpClient::requestText("GET /v1/tasks"));
      CHECK(leaving.head().status == 200);
    }
    while (served.host.ended < 3) std::this_thread::yield();
  }
  SUBCASE("to a peer of HTTP/1.0 it ends where the connection ends") {
    HttpClient old(served.socket());
    old.send("GET /v1/tasks HTTP/1.0\r\n\r\n");
    CHECK(old.reply().body.size() == 100 * 100'001);
  }
}

TEST_CASE("paths, methods and parameters that do not exist are told with what there is") {
  const Served served;
  HttpClient client(served.socket());
  CHECK(client.ask("GET /").status == 404);
  CHECK(client.ask("GET /v2/status").status == 404);
  const auto method = client.ask("DELETE /v1/events");
  CHECK(method.status == 405);
  CHECK(method.body.find("GET") != std::string::npos);
  const auto parameter = client.ask("GET /v1/tasks?colour=red");
  CHECK(parameter.status == 400);
  CHECK(parameter.body.find("office") != std::string::npos);
  CHECK(client.ask("HEAD /v1/events").status == 405);
  const auto head = client.ask("HEAD /healthz");
  CHECK(head.status == 200);
  CHECK(head.headers.at("Content-Length") == "3");
  CHECK(client.ask("GET /healthz").body == "ok\n");
  CHECK(client.ask("GET /readyz").body == "ready\n");
}

TEST_CASE("a server counts what it does, in a form that Prometheus reads") {
  Served served;
  served.enter(7);
  HttpClient client(served.socket());
  client.ask("GET /v1/events?to=last", lines_wanted);
  client.ask("POST /v1/submissions", {}, "{}");
  const auto figures = client.ask("GET /metrics");
  CHECK(figures.status == 200);
  std::istringstream text(figures.body);
  std::map<std::string, std::string> values;
  std::set<std::string> typed;
  for (std::string line; std::getline(text, line);) {
    CAPTURE(line);
    const auto blank = line.rfind(' ');
    if (line.starts_with("# TYPE ")) {
      CHECK(typed.insert(line.substr(7, blank - 7)).second);
    } else if (!line.starts_with('#')) {
      CHECK(values.emplace(line.substr(0, blank), line.substr(blank + 1)).second);
    }
  }
  const auto last = std::to_string(served.reg->last().value);
  CHECK(values.at("consulta_position") == last);
  CHECK(values.at("consulta_ready") == "1");
  CHECK(values.at("consulta_entries_total") == last);
  CHECK(values.at("consulta_submissions_total") == "1");
  CHECK(values.at("consulta_events_sent_total") == last);
  CHECK(values.at("consulta_refused_total{rule=\"submission.id\"}") == "1");
  CHECK(values.at("consulta_http_answers_total{status=\"400\"}") == "1");
  CHECK(values.at("consulta_connections_total{protocol=\"http\"}") == "1");
  CHECK(values.at("consulta_sync_seconds_bucket{le=\"+Inf\"}") ==
        values.at("consulta_sync_seconds_count"));
  CHECK(values.at("consulta_commit_seconds_count") == values.at("consulta_sync_seconds_count"));
}

TEST_CASE(
    "the description of the interface names every act and refers to nothing that is missing") {
  const Served served;
  HttpClient client(served.socket());
  const auto description = client.ask("GET /v1/openapi.json").json();
  const auto& schemas = description.at("components").at("schemas").as_object();
  for (const auto& aggregate : Story::catalogue().aggregates()) {
    for (const auto& act : aggregate.events) {
      CHECK(schemas.contains(act.type) != Story::catalogue().isEngines(act));
    }
  }
  CHECK(description.at("paths").at("/v1/entities/{id}").as_object().contains("get"));
  const auto text = boost::json::serialize(description);
  const std::string sign = "\"$ref\":\"#/components/schemas/";
  for (auto at = text.find(sign); at != text.npos; at = text.find(sign, at)) {
    at += sign.size();
    const auto name = text.substr(at, text.find('"', at) - at);
    CAPTURE(name);
    CHECK(schemas.contains(name));
  }
}

}  // namespace consulta::test
