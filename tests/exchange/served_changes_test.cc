// Changes as other programs read them: lines of the program, and of HTTP.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <csignal>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/cli/desk.h"
#include "tests/engine/http_client.h"
#include "tests/exchange/server_process.h"

namespace consulta::test {

namespace {

using Lines = std::vector<boost::json::object>;

Lines linesOf(const std::string& text) {
  Lines out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) out.push_back(boost::json::parse(line).as_object());
  }
  return out;
}

/// A copy of a register as another program keeps it.
struct Copy {
  std::map<std::uint64_t, boost::json::value> rows;
  std::string cursor;

  void apply(const Lines& lines) {
    for (const auto& line : lines) {
      cursor = line.at("cursor").as_string().c_str();
      const auto& op = line.at("op").as_string();
      if (op == "upsert") rows[line.at("entity").to_number<std::uint64_t>()] = line.at("row");
      if (op == "withdraw") rows.erase(line.at("entity").to_number<std::uint64_t>());
    }
  }
};

Lines changes(const Desk& desk, std::vector<std::string> words = {}) {
  words.insert(words.begin(), "changes");
  return linesOf(desk.enter(words).out);
}

std::string newest(const Desk& desk) {
  return changes(desk).back().at("cursor").as_string().c_str();
}

}  // namespace

TEST_CASE("a copy is kept by the cursor of its last line") {
  const Desk desk;
  desk.meeting("MTG-1");
  Copy copy;
  const auto whole = changes(desk);
  copy.apply(whole);
  CHECK(whole.front().at("op") == "begin");
  CHECK(whole.front().at("register").as_string().size() == 36);
  CHECK(whole.back().at("op") == "caughtUp");
  CHECK(whole.at(1).at("replayed") == true);
  CHECK(changes(desk, {"--from", copy.cursor}).size() == 2);

  desk.enter({"meeting", "relocate", "MTG-1", "--place", "Vienna", "--on", "2006-04-20", "--note",
              "Told by telephone"});
  desk.meeting("MTG-2");
  desk.enter({"undo", "--yes"});
  const auto since = changes(desk, {"--from", copy.cursor});
  copy.apply(since);
  REQUIRE(since.size() == 3);
  CHECK(since.at(1).at("row").at("fields").at("place") == "Vienna");
  // What is personal is not in a copy that no erasure would reach.
  CHECK(since.at(1).at("row").at("notes").at(0) == boost::json::object{{"closed", true}});

  Copy anew;
  anew.apply(changes(desk));
  CHECK(anew.rows == copy.rows);
  CHECK(anew.cursor == copy.cursor);
}

TEST_CASE("what was undone is withdrawn from a copy") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto cursor = newest(desk);
  desk.enter({"undo", "--yes"});
  const auto since = changes(desk, {"--from", cursor});
  REQUIRE(since.size() == 3);
  CHECK(since.at(1).at("op") == "withdraw");
  CHECK(since.at(1).at("aggregate") == "meeting");
  CHECK_FALSE(since.at(1).contains("row"));
}

TEST_CASE("the rows are those that list prints, and as they were known at a position") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto cursor = newest(desk);
  desk.enter({"meeting", "relocate", "MTG-1", "--place", "Vienna", "--on", "2006-04-20"});
  const auto of = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--filter", "aggregate=meeting"});
    return changes(desk, words).at(1).at("row");
  };
  const auto listed = desk.enter({"list", "meeting", "--json"}).out;
  CHECK(boost::json::serialize(of({})) + "\n" == listed);
  const auto then = of({"--to", cursor.substr(cursor.find(':') + 1)});
  CHECK_FALSE(then.at("fields").as_object().contains("place"));
  CHECK(then.at("revision") == 1);
}

TEST_CASE("a cursor of another epoch, or of no such place, is refused") {
  const Desk desk;
  const auto refused = [&](std::vector<std::string> words, const char* rule, int code) {
    words.insert(words.begin(), {"--json", "changes"});
    const auto done = desk.run(words);
    CHECK(done.code == code);
    CHECK(says(done.out, rule));
  };
  refused({"--from", "2:1"}, "cursor.epoch", 3);
  refused({"--from", "1:999999"}, "cursor.ahead", 2);
  refused({"--from", "yesterday"}, "changes.from", 2);
  refused({"--from", "1:-1"}, "changes.from", 2);
  refused({"--filter", "programme=X"}, "filter.value", 2);
  refused({"--filter", "type=meeting.scheduled"}, "changes.filter", 2);
  refused({"--as-of", "2006-01-01"}, "changes.as-of", 2);
  refused({"--follow"}, "log.follow", 2);
}

TEST_CASE("a public feed has neither persons nor what is not declared publishable") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"person", "register", "PER-1", "--name", "Jane Roe", "--on", "2006-01-01"});
  const auto all = changes(desk);
  const auto open = changes(desk, {"--publishable"});
  const auto names = [](const Lines& lines, const char* aggregate) {
    std::size_t out = 0;
    for (const auto& line : lines) {
      if (line.contains("aggregate") && line.at("aggregate") == aggregate) ++out;
    }
    return out;
  };
  CHECK(names(all, "person") == 1);
  CHECK(names(open, "person") == 0);
  CHECK(names(open, "meeting") == 1);
  for (const auto& line : open) {
    CHECK_FALSE(line.contains("recordedAt"));
    if (!line.contains("row")) continue;
    CHECK_FALSE(line.at("row").as_object().contains("notes"));
    CHECK_FALSE(line.at("row").as_object().contains("changed"));
  }
}

TEST_CASE("the catalogue says of every field what it holds and who may have it") {
  const Desk desk;
  std::size_t fields = 0;
  const std::function<void(const boost::json::value&)> check = [&](const auto& list) {
    for (const auto& field : list.as_array()) {
      const auto& one = field.as_object();
      for (const auto* name : {"name", "kind", "nullable", "personal", "publishable"}) {
        CHECK(one.contains(name));
      }
      CHECK_FALSE((one.at("personal").as_bool() && one.at("publishable").as_bool()));
      if (const auto* parts = one.if_contains("fields")) check(*parts);
      ++fields;
    }
  };
  const auto catalogue = desk.answer({"catalogue"});
  for (const auto& aggregate : catalogue.at("aggregates").as_array()) {
    for (const auto& act : aggregate.at("acts").as_array()) check(act.at("fields"));
    CHECK(aggregate.at("row").as_object().contains("publishable"));
    check(aggregate.at("row").at("head"));
    check(aggregate.at("row").at("fields"));
  }
  CHECK(fields > 1'000);
}

TEST_CASE("changes are answered over HTTP as the command prints them, and refused likewise") {
  const Desk desk;
  desk.meeting("MTG-1");
  const ServerProcess server(desk.data());
  HttpClient client(desk.data() + "/socket");
  const auto same = [&](const std::string& query, const std::vector<std::string>& words) {
    CAPTURE(query);
    const auto answer = client.ask("GET /v1/changes" + query);
    CHECK(answer.status == 200);
    CHECK(answer.whole);
    CHECK(linesOf(answer.body) == changes(desk, words));
  };
  same("", {});
  same("?from=1:3", {"--from", "1:3"});
  same("?from=3&to=40&publishable=true", {"--from", "3", "--to", "40", "--publishable"});
  same("?filter=aggregate%3Dmeeting&publishable=false", {"--filter", "aggregate=meeting"});
  CHECK(client.ask("GET /v1/changes?from=2:1").status == 409);
  CHECK(client.ask("GET /v1/changes?from=2:1&follow=true").status == 409);
  CHECK(client.ask("GET /v1/changes?publishable=perhaps").status == 400);
}

TEST_CASE("changes are followed through a server as they come, by the program and over HTTP") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto cursor = newest(desk);
  ServerProcess server(desk.data());
  const auto out = desk.file("followed");
  Running follower({"--data", desk.data(), "changes", "--follow", "--from", cursor}, out.string(),
                   desk.file("talk").string());
  HttpClient client(desk.data() + "/socket");
  client.send(HttpClient::requestText("GET /v1/changes?follow=true&from=" + cursor));
  CHECK(client.head().status == 200);
  std::string over;
  while (!says(over, "caughtUp")) REQUIRE(client.piece(over));
  while (!says(contentOf(out), "caughtUp")) std::this_thread::yield();
  desk.meeting("MTG-2");
  while (!says(over, "MTG-2")) REQUIRE(client.piece(over));
  while (!says(contentOf(out), "MTG-2")) std::this_thread::yield();
  CHECK(server.end(SIGTERM) == 0);  // and so both end
  while (client.piece(over)) {
  }
  CHECK(follower.end(0) == 0);
  CHECK(linesOf(over) == linesOf(contentOf(out)));
  const auto lines = linesOf(over);
  REQUIRE(lines.size() == 4);
  CHECK(lines.at(2).at("replayed") == false);
  CHECK(lines.at(3).at("op") == "caughtUp");
}

}  // namespace consulta::test
