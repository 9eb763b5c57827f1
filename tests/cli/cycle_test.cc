// The next yearly cycle, opened from the last one by the real program.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/desk.h"

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
  CHECK(says(desk.wide({"status"}), "from CON-2006 1 recommendations wait"));
  const auto next = desk.wide({"next", "CON-2007"});
  CHECK(says(next, "What came over from CON-2006"));
  CHECK(says(next, "REC-1"));
  CHECK(desk.answer({"next", "CON-2006"}).at("continuedBy") == "consultation:CON-2007");
  desk.enter({"recommendation", "consider", "REC-1", "--on", "2007-03-01"});
  desk.enter({"recommendation", "reject", "REC-1", "--reason", "Not ours", "--on", "2007-03-02"});
  CHECK_FALSE(says(desk.wide({"next", "CON-2007"}), "What came over"));
  CHECK_FALSE(says(desk.wide({"status"}), "wait for a decision"));
}

}  // namespace consulta::test
