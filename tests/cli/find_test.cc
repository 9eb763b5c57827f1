// Finding by words, what was entered today, and who answered an invitation.
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/desk.h"

namespace consulta::test {

namespace json = boost::json;

namespace {

std::vector<json::value> lines(const std::string& text) {
  std::vector<json::value> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(json::parse(line));
  return out;
}

/// A meeting with three invitations.
void invite(const Desk& desk) {
  desk.enter({"meeting", "schedule", "MTG-1", "--kind", "ministerial", "--title",
              "fr:Réunion sur l’énergie", "--title", "es:Reunión sobre energía", "--on",
              "2006-04-03"});
  for (const char* party : {"URUGUAY", "CHILE", "PERU"}) {
    desk.enter({"party", "register", party, "--kind", "institution", "--name",
                std::string("en:Ministry of ") + party, "--on", "2006-01-01"});
    desk.enter({"meeting", "invite", "MTG-1", "--party", party, "--reply-by", "2006-05-31", "--on",
                "2006-04-10"});
  }
  desk.enter({"meeting", "answer", "MTG-1", "--party", "CHILE", "--answer", "accepted", "--on",
              "2006-05-02"});
  desk.enter({"meeting", "answer", "MTG-1", "--party", "PERU", "--answer", "declined", "--on",
              "2006-05-03"});
}

}  // namespace

TEST_CASE("find looks into every language, ignores accents and puts the best first") {
  const Desk desk;
  invite(desk);
  desk.enter({"meeting", "schedule", "ENERGIA", "--kind", "expert-group", "--title", "en:Experts",
              "--on", "2006-04-03"});
  const auto text = desk.enter({"find", "energia"}).out;
  CHECK(text.find("ENERGIA") < text.find("MTG-1"));
  CHECK(says(text, "sobre *energía*"));
  const auto found = lines(desk.enter({"--json", "find", "energi", "reunion"}).out);
  REQUIRE(found.size() == 1);
  CHECK(found[0].at("id") == "meeting:MTG-1");
  CHECK(found[0].at("fit") == "word-start");
  CHECK(found[0].at("matches").at(0).at("field") == "title");
  const auto nothing = desk.enter({"find", "energia", "solar"});
  CHECK(nothing.out.empty());
  CHECK(says(nothing.err, "nothing"));
  CHECK_FALSE(says(desk.enter({"find", "energia", "--aggregate", "mou"}).out, "MTG-1"));
  CHECK(says(desk.run({"find", "energia", "--aggregate", "meetign"}).err, "meeting"));
  CHECK(desk.run({"find"}).code == 2);
}

TEST_CASE("find keeps to its limit and says how much more there is") {
  const Desk desk;
  invite(desk);
  const auto some = desk.enter({"--json", "find", "ministry", "--limit", "2"});
  CHECK(lines(some.out).size() == 2);
  CHECK(says(some.err, "1 more"));
  CHECK(desk.run({"find", "ministry", "--limit", "0"}).code == 2);
}

TEST_CASE("find answers of the past, and marks what is personal") {
  const Desk desk;
  invite(desk);
  desk.enter({"meeting", "retitle", "MTG-1", "--title", "en:Solar power", "--on", "2006-06-01"});
  CHECK(says(desk.enter({"find", "solar"}).out, "MTG-1"));
  CHECK_FALSE(says(desk.enter({"find", "solar", "--as-of", "2006-05-01"}).out, "MTG-1"));
  CHECK(says(desk.enter({"find", "energia", "--as-of", "2006-05-01"}).out, "MTG-1"));
  desk.enter({"person", "register", "P-1", "--name", "José Ibáñez", "--on", "2006-01-01"});
  const auto person = lines(desk.enter({"--json", "find", "ibanez"}).out);
  REQUIRE(person.size() == 1);
  CHECK(person[0].at("id") == "person:P-1");
  CHECK(person[0].at("matches").at(0).at("personal") == true);
}

TEST_CASE("replies shows every invitee, the days left, and totals that are the roll") {
  const Desk desk;
  invite(desk);
  const auto answer = desk.answer({"replies", "MTG-1", "--as-of", "2006-05-21"});
  CHECK(answer.at("roll") == 3);
  CHECK(answer.at("totals") == json::value({{"sent", 1}, {"accepted", 1}, {"declined", 1}}));
  const auto& first = answer.at("replies").at(0);
  CHECK(first.at("party") == "party:URUGUAY");
  CHECK(first.at("state") == "sent");
  CHECK(first.at("daysLeft") == 10);
  CHECK_FALSE(answer.at("replies").at(1).as_object().contains("daysLeft"));
  CHECK(answer.at("replies").at(1).at("answered") == "2006-05-02");
  const auto late = desk.answer({"replies", "MTG-1", "--as-of", "2006-06-02"});
  CHECK(late.at("replies").at(0).at("daysLeft") == -2);
  CHECK(late.at("overdue") == 1);
  const auto before = desk.answer({"replies", "MTG-1", "--as-of", "2006-05-02"});
  CHECK(before.at("totals") == json::value({{"sent", 2}, {"accepted", 1}}));
  const auto text = desk.enter({"replies", "MTG-1", "--as-of", "2006-06-02"}).out;
  CHECK(says(text, "3 on the roll of invitations = "));
  CHECK(says(text, "-2"));
  CHECK(desk.run({"replies", "URUGUAY"}).code == 1);
  desk.meeting("MTG-2");
  CHECK(says(desk.enter({"replies", "MTG-2"}).out, "nobody"));
}

TEST_CASE("replies gives an invitee one line of a usual terminal while there are no letters") {
  const Desk desk;
  desk.meeting("MTG-1");
  for (const char* party : {"UY", "AR"}) {
    desk.enter({"meeting", "invite", "MTG-1", "--party", party, "--reply-by", "2006-09-30", "--on",
                "2006-04-10"});
  }
  desk.enter({"meeting", "answer", "MTG-1", "--party", "UY", "--answer", "accepted", "--on",
              "2006-04-12"});
  const auto run =
      desk.run({"replies", "MTG-1"}, {}, [](Start& start) { start.set("COLUMNS", "80"); });
  CHECK_FALSE(says(run.out, "letter"));
  CHECK_FALSE(says(run.out, "representative"));
  // The title, a blank, the headings, the two, a blank and the totals.
  CHECK(says(run.out, "\n\nparty"));
  const auto table = run.out.substr(run.out.find("party"));
  CHECK(count(table.substr(0, table.find("\n\n")), "\n") == 2);
}

TEST_CASE("why shows of a list only the element that an entry has changed, by its name") {
  const Desk desk;
  desk.meeting("MTG-1");
  for (const char* party : {"UY", "CL", "PE"}) {
    desk.enter({"meeting", "invite", "MTG-1", "--party", party, "--on", "2006-04-10"});
  }
  for (const char* party : {"CL", "PE"}) {
    desk.enter({"meeting", "answer", "MTG-1", "--party", party, "--answer", "declined", "--on",
                "2006-05-02"});
  }
  for (const char* field : {"invitations", "invitations.state"}) {
    const auto text = desk.wide({"why", "MTG-1", field});
    INFO(text);
    std::string last;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) last = line;
    CHECK(says(last, "PE, sent"));
    CHECK(says(last, "PE, declined"));
    CHECK_FALSE(says(last, "CL"));
    CHECK(count(text, "CL, ") == 3);  // invited; before and after its answer
  }
}

TEST_CASE("replies names the letter by its reference and who represents a party") {
  const Desk desk;
  invite(desk);
  desk.enter({"correspondence", "register", "L-1", "--kind", "letter", "--direction", "outgoing",
              "--our-reference", "NV-06/12", "--on", "2006-04-10"});
  desk.enter({"party", "register", "BRAZIL", "--kind", "institution", "--name", "en:Ministry",
              "--on", "2006-01-01"});
  desk.enter({"meeting", "invite", "MTG-1", "--party", "BRAZIL", "--invitation", "L-1", "--on",
              "2006-04-10"});
  desk.enter({"person", "register", "P-1", "--name", "José Ibáñez", "--on", "2006-01-01"});
  desk.enter({"meeting", "answer", "MTG-1", "--party", "BRAZIL", "--answer", "accepted", "--on",
              "2006-05-02"});
  desk.enter({"meeting", "name-representative", "MTG-1", "--party", "BRAZIL", "--person", "P-1",
              "--head", "--on", "2006-05-03"});
  const auto text = desk.enter({"replies", "MTG-1"}).out;
  CHECK(says(text, "NV-06/12"));
  CHECK(says(text, "José Ibáñez"));
  const auto last = desk.answer({"replies", "MTG-1"}).at("replies").at(3);
  CHECK(last.at("letterReference") == "NV-06/12");
  CHECK(last.at("representatives").at(0) ==
        json::value({{"person", "person:P-1"}, {"head", true}}));
}

TEST_CASE("today shows what was entered, by entity, and whose it is") {
  const Desk desk;
  desk.enter({"office", "establish", "ROLAC", "--kind", "field-office", "--name", "en:Field office",
              "--on", "2006-01-01"});
  desk.meeting("MTG-1");
  desk.enter({"programme", "identify", "PROG-1", "--title", "en:Programme", "--office", "ROLAC",
              "--on", "2006-01-02"});
  desk.enter({"meeting", "relocate", "MTG-1", "--place", "Vienna", "--on", "2006-04-04"});
  const auto text = desk.enter({"today"}).out;
  CHECK(text.find("MTG-1") < text.find("PROG-1"));
  CHECK(says(text, "Vienna"));
  CHECK(says(text, "--filter aggregate=reference"));  // the code lists do not bury the day
  CHECK_FALSE(says(text, "region/419"));
  const auto entities = lines(desk.enter({"--json", "today"}).out);
  const auto meeting = std::ranges::find_if(
      entities, [](const json::value& one) { return one.at("id") == "meeting:MTG-1"; });
  REQUIRE(meeting != entities.end());
  REQUIRE(meeting->at("entries").as_array().size() == 2);
  CHECK(meeting->at("entries").at(1).at("type") == "meeting.relocated");
  const auto by = std::string(meeting->at("entries").at(0).at("by").as_string());
  CHECK(says(desk.enter({"today", "--by", by}).out, "MTG-1"));
  const auto nobody = desk.run({"today", "--by", by + "x"});
  CHECK(nobody.code == 2);
  CHECK(says(nobody.err, by));
  const auto office = desk.enter({"today", "--office", "ROLAC"}).out;
  CHECK(says(office, "PROG-1"));
  CHECK_FALSE(says(office, "MTG-1"));
  CHECK(says(desk.enter({"today", "--since", "2006-01-01"}).out, "MTG-1"));
  const auto none = desk.enter({"today", "--since", "2100-01-01"});
  CHECK(none.out.empty());
  CHECK(says(none.err, "nothing was entered"));
}

TEST_CASE("nobody is waited for by the day once the meeting has begun") {
  const Desk desk;
  invite(desk);
  desk.enter({"meeting", "confirm", "MTG-1", "--dates", "2006-06-26", "--place", "Vienna", "--on",
              "2006-06-01"});
  desk.enter({"meeting", "convene", "MTG-1", "--on", "2006-06-26"});
  const auto answer = desk.answer({"replies", "MTG-1"});
  CHECK_FALSE(answer.at("replies").at(0).as_object().contains("daysLeft"));
  CHECK(answer.at("overdue") == 1);
}

}  // namespace consulta::test
