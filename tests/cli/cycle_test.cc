// The next yearly cycle, opened from the last one by the real program.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/desk.h"
#include "tests/cli/on_terminal.h"

namespace consulta::test {

namespace {

/// The consultation of 2006 with two of the countries, and a recommendation that waits.
void enterLastYear(const Desk& desk) {
  desk.enter({"consultation", "plan", "CON-2006", "--title", "en:Annual consultation 2006",
              "--cycle", "2006", "--on", "2006-05-01"});
  for (const auto* party : {"UY", "AR"}) {
    desk.enter({"consultation", "invite", "CON-2006", "--party", party, "--standing", "eligible",
                "--on", "2006-05-02"});
  }
  desk.enter({"consultation", "open", "CON-2006", "--on", "2006-06-01"});
  desk.enter({"recommendation", "record", "REC-1", "--text", "en:Dry fruit", "--origin", "CON-2006",
              "--on", "2006-06-28"});
}

}  // namespace

TEST_CASE("consultation open --after opens the next year with what is still open in the last") {
  const Desk desk;
  enterLastYear(desk);
  const std::vector<std::string> open{"consultation", "open", "CON-2007",  "--after",
                                      "CON-2006",     "--on", "2007-02-01"};
  const auto early = desk.run(open);
  CHECK(early.code == 1);
  CHECK(says(early.err, "consultation conclude"));
  desk.enter(
      {"consultation", "conclude", "CON-2006", "--outcome", "not-adopted", "--on", "2006-12-15"});
  CHECK(says(desk.wide({"next", "CON-2006"}), "--after CON-2006"));
  const auto opened = desk.enter(open);
  CHECK(says(opened.err, "consultation retitle"));
  CHECK(says(opened.out, "carried over"));
  const auto fields = desk.answer({"show", "CON-2007"}).at("fields");
  CHECK(fields.at("previous") == "consultation:CON-2006");
  CHECK(fields.at("cycle") == "2007");
  CHECK(fields.at("title").at("en") == "Annual consultation 2007");
  CHECK(fields.at("roll").as_array().size() == 2);
  CHECK(fields.at("pendingRecommendations").at(0) == "recommendation:REC-1");
  CHECK(says(desk.wide({"show", "REC-1"}), "CON-2007"));
  CHECK(says(desk.wide({"status"}), "from CON-2006 1 recommendation waits"));
  const auto next = desk.wide({"next", "CON-2007"});
  CHECK(says(next, "What came over from CON-2006"));
  CHECK(says(next, "REC-1"));
  CHECK(desk.answer({"next", "CON-2006"}).at("continuedBy") == "consultation:CON-2007");
  desk.enter({"recommendation", "consider", "REC-1", "--on", "2007-03-01"});
  desk.enter({"recommendation", "reject", "REC-1", "--reason", "Not ours", "--on", "2007-03-02"});
  CHECK_FALSE(says(desk.wide({"next", "CON-2007"}), "What came over"));
  CHECK_FALSE(says(desk.wide({"status"}), "wait for a decision"));
}

TEST_CASE("the next cycle sent again under its submission is answered as the first time") {
  const Desk desk;
  enterLastYear(desk);
  desk.enter(
      {"consultation", "conclude", "CON-2006", "--outcome", "not-adopted", "--on", "2006-12-15"});
  std::vector<std::string> open{
      "consultation", "open",         "CON-2007",
      "--after",      "CON-2006",     "--on",
      "2007-02-01",   "--submission", "0190a5e2-7c41-4d0e-9b1f-3a5c8e2f6d47"};
  const auto first = desk.answer(open);
  const auto again = desk.answer(open);
  CHECK(first.at("repeated") == false);
  CHECK(again.at("repeated") == true);
  const auto& entries = first.at("entries").as_array();
  CHECK(entries.at(0).at("type") == "consultation.planned");
  REQUIRE(again.at("entries").as_array().size() == entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    CHECK(again.at("entries").at(i).at("position") == entries[i].at("position"));
  }
  CHECK_FALSE(says(desk.enter(open).err, "is planned first"));
  open.back().back() = '8';
  CHECK(desk.run(open).code == 1);
}

TEST_CASE("on a terminal the plan of the next year is told of once") {
  const Desk desk;
  enterLastYear(desk);
  desk.enter(
      {"consultation", "conclude", "CON-2006", "--outcome", "not-adopted", "--on", "2006-12-15"});
  OnTerminal clerk({"--data", desk.data(), "consultation", "open", "CON-2007", "--after",
                    "CON-2006", "--on", "2007-02-01"});
  CHECK(clerk.end() == 0);
  CHECK(count(clerk.shown(), "is planned first") == 1);
}

}  // namespace consulta::test
