// A procedure of one's own, from its first draft to consultations that end by it, as somebody new
// to the program would go about it.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/cli/clocked_desk.h"
#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

/// Contributions, a text, silence, and a vote where that is broken.
const std::string own_procedure =
    "name = \"EXPERT-ROUND\"\n"
    "title = \"Experts agree\"\n"
    "calendar = \"WORKING-DAYS\"\n"
    "\n"
    "[[step]]\n"
    "name = \"views\"\n"
    "kind = \"contributions\"\n"
    "title = \"Views are asked for\"\n"
    "by = \"eligible\"\n"
    "within = \"P10D\"\n"
    "on.received = \"text\"\n"
    "on.closed = \"text\"\n"
    "\n"
    "[[step]]\n"
    "name = \"text\"\n"
    "kind = \"tabling\"\n"
    "title = \"A text is tabled\"\n"
    "within = \"P10BD\"\n"
    "on.tabled = \"silence\"\n"
    "\n"
    "[[step]]\n"
    "name = \"silence\"\n"
    "kind = \"silence\"\n"
    "title = \"The text is under silence\"\n"
    "period = \"P4D\"\n"
    "languages = [\"en\"]\n"
    "on.observed = \"adopted\"\n"
    "on.broken = \"vote\"\n"
    "\n"
    "[[step]]\n"
    "name = \"vote\"\n"
    "kind = \"vote\"\n"
    "title = \"The text is voted on\"\n"
    "majority = \"two-thirds\"\n"
    "quorum = \"2/3\"\n"
    "on.carried = \"adopted\"\n"
    "on.not-carried = \"not-adopted\"\n"
    "on.no-quorum = \"not-adopted\"\n";

std::string with(std::string text, const std::string& part, const std::string& other) {
  const auto found = text.find(part);
  REQUIRE(found != text.npos);
  return text.replace(found, part.size(), other);
}

ProgramRun add(ClockedDesk& desk, const std::string& text) {
  const auto file = desk.file("round.toml");
  std::ofstream(file, std::ios::binary) << text;
  return desk.run({"procedure", "add", file.string(), "--dry-run"});
}

/// Open since 4 May by the procedure, with three parties that are counted.
void open(ClockedDesk& desk, const std::string& id) {
  desk.enter({"consultation", "plan", id, "--title", "en:C", "--procedure", "EXPERT-ROUND"});
  for (const std::string party : {"AR", "BR", "UY"}) {
    desk.enter({"consultation", "invite", id, "--party", party, "--standing", "eligible"});
  }
  desk.enter({"consultation", "open", id});
}

void contribute(ClockedDesk& desk, const std::string& id) {
  for (const std::string party : {"AR", "BR", "UY"}) {
    desk.enter({"consultation", "contribute", id, "--party", party, "--contribution", "We agree"});
  }
}

void putUnderSilence(ClockedDesk& desk, const std::string& id) {
  desk.enter({"consultation", "table", id, "--revision", "1", "--text", "en:We agree"});
  desk.enter({"consultation", "put-under-silence", id, "--revision", "1", "--deadline",
              "2026-05-15T18:00 Europe/Vienna", "--languages", "en"});
}

struct Newcomer : ClockedDesk {
  Newcomer() : ClockedDesk("2026-05-04") {
    REQUIRE(add(*this, own_procedure).code == 0);
    enter({"procedure", "add", file("round.toml").string()});
  }
};

}  // namespace

TEST_CASE("each fault of a procedure is named with the line on which it is mended") {
  ClockedDesk desk("2026-05-04");
  const struct {
    std::string part;
    std::string wrong;
    std::string line;
    std::string why;
  } faults[] = {
      {"calendar = ", "calender = ", "line 3:", "Did you mean calendar?"},
      {"\"WORKING-DAYS\"", "\"NO-DAYS\"", "line 3:", "there is no calendar \"NO-DAYS\""},
      {"\"contributions\"", "\"contribution\"", "line 7:", "Did you mean contributions?"},
      {"by = \"eligible\"", "by = \"elegible\"", "line 9:", "Did you mean eligible?"},
      {"by = \"eligible\"", "by = [\"eligible\", \"ATLANTIS\"]", "line 9:", "no party or office"},
      {"\"P10D\"", "\"10 days\"", "line 10:", "days as P10D"},
      {"on.received = \"text\"", "on.received = \"txt\"", "line 11:", "Did you mean text?"},
      {"\"P10BD\"\n", "\"P10BD\"\nescalate-to = \"NOBODY\"\n", "line 19:", "no office \"NOBODY\""},
      {"\"P4D\"", "\"PT24H\"", "line 25:", "less than the minimum"},
      {"[\"en\"]", "[\"en\", \"xx\"]", "line 26:", "xx"},
      {"on.broken = \"vote\"", "", "line 27:", "broken = "},
      {"\"two-thirds\"", "\"two thirds\"", "line 34:", "Did you mean two-thirds?"},
      {"\"2/3\"", "\"half\"", "line 35:", "quorum = \"1/2\""},
      {"on.no-quorum = \"not-adopted\"", "on.no-quorum = \"failed\"", "line 38:", "failed"},
  };
  for (const auto& fault : faults) {
    const auto run = add(desk, with(own_procedure, fault.part, fault.wrong));
    CAPTURE(fault.wrong);
    INFO(run.err);
    CHECK(run.code == 1);
    CHECK(says(run.err, fault.line));
    CHECK(says(run.err, fault.why));
    CHECK(count(run.err, "line ") == 1);
  }
  const auto two =
      add(desk, with(with(own_procedure, "\"P10D\"", "\"10 days\""), "calendar = ", "calender = "));
  CHECK(two.err.find("line 3:") < two.err.find("line 10:"));
}

TEST_CASE("a consultation by it ends in adoption, and history and why say because of what") {
  Newcomer desk;
  open(desk, "CON-1");
  desk.at("2026-05-08");
  contribute(desk, "CON-1");
  putUnderSilence(desk, "CON-1");
  desk.at("2026-05-16");
  desk.enter({"consultation", "plan", "CON-2", "--title", "en:Next"});
  const auto fields = desk.answer({"show", "CON-1"}).at("fields").as_object();
  CHECK(fields.at("outcome").as_string() == "adopted");
  desk.width = 300;  // no line is broken
  CHECK(says(desk.enter({"history", "CON-1"}).out, "the register, because of entry"));
  const auto why = desk.enter({"why", "CON-1", "outcome"}).out;
  CHECK(says(why, "concluded"));
  CHECK(says(why, "because of entry"));
  const auto steps = desk.enter({"why", "CON-1", "steps"}).out;
  CHECK(count(steps, "views") == 3);  // told where something of it has changed, and no more
}

TEST_CASE("a vote is held by the majority and the quorum of its procedure, and can fail") {
  Newcomer desk;
  open(desk, "CON-1");
  desk.at("2026-05-08");
  contribute(desk, "CON-1");
  putUnderSilence(desk, "CON-1");
  desk.at("2026-05-12");
  desk.enter({"consultation", "object", "CON-1", "--party", "AR", "--reason", "Too far"});
  std::vector<std::string> vote{"consultation",
                                "open-vote",
                                "CON-1",
                                "--round",
                                "1",
                                "--revision",
                                "1",
                                "--closes",
                                "2026-05-20T18:00 Europe/Vienna",
                                "--majority"};
  auto simple = vote;
  simple.insert(simple.end(), {"simple"});
  const auto refused = desk.run(simple);
  CHECK(refused.code == 1);
  CHECK(says(refused.err, "give --majority two-thirds"));
  CHECK(says(refused.err, "give --quorum 2"));
  vote.insert(vote.end(), {"two-thirds", "--quorum", "2"});
  desk.enter(vote);
  for (const auto& [party, how] :
       {std::pair{"UY", "in-favour"}, std::pair{"BR", "in-favour"}, std::pair{"AR", "against"}}) {
    desk.enter({"consultation", "vote", "CON-1", "--round", "1", "--party", party, "--vote", how});
  }
  const auto wrong = std::to_string(desk.answer({"consultation", "vote", "CON-1", "--round", "1",
                                                 "--party", "BR", "--vote", "abstains"})
                                        .at("entries")
                                        .at(0)
                                        .at("position")
                                        .to_number<std::uint64_t>());
  desk.at("2026-05-21");
  desk.enter({"consultation", "plan", "CON-2", "--title", "en:Next"});
  const auto outcome = [&] {
    return std::string(desk.answer({"show", "CON-1"}).at("fields").at("outcome").as_string());
  };
  CHECK(outcome() == "not-adopted");
  // The letter from Brazil had been misread.
  std::vector<std::string> right{"correct", wrong, "--vote", "in-favour", "--reason", "Misread"};
  const auto listed = desk.run(right);
  CHECK(listed.code == 1);
  for (const std::string type : {"voteClosed", "stepCompleted", "concluded"}) {
    CHECK(says(listed.err, "consultation." + type));
  }
  right.insert(right.end(), {"--authority", "en:Presiding officer"});
  desk.enter(right);
  CHECK(outcome() == "adopted");
}

TEST_CASE("where a limit has moved, the answer to why names what moved it") {
  Newcomer desk;
  open(desk, "CON-1");
  desk.at("2026-05-08");
  contribute(desk, "CON-1");
  desk.enter({"calendar", "add-holidays", "WORKING-DAYS", "--days", "2026-05-14"});
  desk.width = 300;  // no line is broken
  const auto why = desk.enter({"why", "CON-1", "steps.due"}).out;
  CHECK(says(why, "step moved"));
  CHECK(says(why, "WORKING-DAYS"));
}

TEST_CASE("a procedure that is not in force yet is said to be so, and since when it is") {
  Newcomer desk;
  desk.enter({"consultation", "plan", "CON-1", "--title", "en:C", "--procedure", "EXPERT-ROUND"});
  desk.enter({"consultation", "invite", "CON-1", "--party", "AR", "--standing", "eligible"});
  const auto run = desk.run({"consultation", "plan", "CON-2", "--title", "en:C", "--procedure",
                             "EXPERT-ROUND", "--on", "2026-01-05"});
  REQUIRE(run.code == 0);
  const auto opened = desk.run({"consultation", "open", "CON-2", "--on", "2026-01-07"});
  CHECK(opened.code == 1);
  CHECK(says(opened.err, "since 2026-05-04"));
}

TEST_CASE("whoever may only read is told by name who may enter") {
  ClockedDesk desk("2026-05-04");
  const auto own =
      desk.answer({"show", "REG"}).at("fields").at("actors").at(0).at("id").as_string();
  const std::string other = "00000000-0000-0000-0000-000000000007";
  desk.enter({"register", "enrol", "REG", "--actor", other, "--name", "B. Director"});
  desk.enter({"register", "grant", "REG", "--actor", other, "--role", "administrator"});
  desk.enter({"register", "grant", "REG", "--actor", std::string(own), "--role", "auditor"});
  desk.enter(
      {"register", "withdraw", "REG", "--actor", std::string(own), "--role", "administrator"});
  const auto run = desk.run({"consultation", "plan", "CON-1", "--title", "en:C"});
  CHECK(run.code == 1);
  CHECK(says(run.err, "B. Director"));
  CHECK_FALSE(says(run.err, other));
}

TEST_CASE("whoever a refusal is about is called by name, whichever rule it is") {
  ClockedDesk desk("2026-05-04");
  const std::string other = "00000000-0000-0000-0000-000000000007";
  desk.enter({"register", "enrol", "REG", "--actor", other, "--name", "B. Director"});
  const std::vector<std::string> grant{"register", "grant",  "REG",          "--actor",
                                       other,      "--role", "administrator"};
  desk.enter(grant);
  const auto again = desk.run(grant);
  CHECK(again.code == 1);
  CHECK(says(again.err, "B. Director has that role already"));
}

}  // namespace consulta::test
