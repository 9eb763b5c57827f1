// What comes about by the clock, by commands that are given at the hours of then.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/clocked_desk.h"
#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

void roll(ClockedDesk& desk, const std::string& consultation) {
  for (const std::string party : {"AR", "BR", "UY"}) {
    desk.enter(
        {"consultation", "invite", consultation, "--party", party, "--standing", "eligible"});
  }
  desk.enter({"consultation", "open", consultation});
  desk.enter({"consultation", "table", consultation, "--revision", "1", "--text", "en:We agree"});
}

/// CON-1 runs by the silence procedure and its text is adopted; CON-2 ends with a vote; CON-3 has a
/// revision whose days are moved by a holiday, and which does not come.
void aSummer(ClockedDesk& desk) {
  desk.enter({"consultation", "plan", "CON-1", "--title", "en:C", "--procedure", "SILENCE-72"});
  desk.enter({"consultation", "plan", "CON-2", "--title", "en:D"});
  desk.enter({"consultation", "plan", "CON-3", "--title", "en:E", "--procedure", "SILENCE-72"});
  for (const std::string one : {"CON-1", "CON-2", "CON-3"}) roll(desk, one);
  for (const std::string one : {"CON-1", "CON-3"}) {
    desk.enter({"consultation", "put-under-silence", one, "--revision", "1", "--deadline",
                "2026-05-15T18:00 Europe/Vienna", "--languages", "en", "--languages", "fr",
                "--languages", "es"});
  }
  desk.enter({"consultation", "open-vote", "CON-2", "--round", "1", "--majority", "simple",
              "--quorum", "2", "--revision", "1", "--closes", "2026-05-20T18:00 Europe/Vienna"});
  desk.at("2026-05-12");
  desk.enter({"consultation", "object", "CON-3", "--party", "AR", "--reason", "Too far"});
  desk.enter(
      {"consultation", "vote", "CON-2", "--round", "1", "--party", "AR", "--vote", "in-favour"});
  desk.enter(
      {"consultation", "vote", "CON-2", "--round", "1", "--party", "UY", "--vote", "in-favour"});
  desk.at("2026-05-18");
  desk.enter({"calendar", "add-holidays", "WORKING-DAYS", "--days", "2026-05-25"});
  desk.at("2026-05-21");
  desk.enter({"consultation", "conclude", "CON-2", "--outcome", "adopted", "--revision", "1"});
  desk.at("2026-06-20");
  desk.enter({"consultation", "plan", "CON-4", "--title", "en:The end"});
}

/// What a reader sees of them, without what is each register's own: positions, and how late
/// something was entered.
std::string asSeen(ClockedDesk& desk) {
  desk.width = 400;  // no line is broken
  std::string out = desk.enter({"tasks"}).out;
  for (const std::string id : {"CON-1", "CON-2", "CON-3", "CON-4"}) {
    for (const auto& line : {desk.enter({"next", id}).out, desk.enter({"show", id}).out}) {
      std::istringstream lines(line);
      for (std::string text; std::getline(lines, text);) {
        const bool own = says(text, "late by") || says(text, "moved by");
        if (!own) out += text + "\n";
      }
    }
  }
  return out;
}

/// The yearly consultation of experts, from its invitation to the draft recommendations.
void expertsMeet(ClockedDesk& desk, const std::string& id) {
  desk.enter({"consultation", "plan", id, "--title", "en:Experts", "--procedure",
              "EXPERT-CONSULTATION", "--cycle", "2026"});
  for (const std::string party : {"AR", "BR", "UY"}) {
    desk.enter({"consultation", "invite", id, "--party", party, "--standing", "eligible"});
  }
  desk.enter({"consultation", "open", id});
  desk.at("2026-01-20");
  desk.enter({"consultation", "report-step", id, "--step", "invitation", "--outcome", "sent"});
  desk.enter({"consultation", "contribute", id, "--party", "AR", "--contribution", "We agree"});
  desk.at("2026-02-06");  // a first reminder was due
  desk.enter({"consultation", "contribute", id, "--party", "BR", "--contribution", "So do we"});
  desk.at("2026-02-17");  // and the second
  desk.enter({"consultation", "contribute", id, "--party", "BR", "--contribution", "So we do"});
  desk.at("2026-03-01");  // the time limit of 30 days has passed
  desk.enter({"consultation", "report-step", id, "--step", "meeting", "--outcome", "held"});
  desk.at("2026-03-10");
  desk.enter({"consultation", "table", id, "--revision", "1", "--text", "en:Recommendations"});
}

/// What came about in CON-1, and when.
std::vector<std::string> courseOf(ClockedDesk& desk) {
  std::vector<std::string> out;
  std::istringstream log(desk.enter({"--json", "log", "--filter", "entity=CON-1"}).out);
  for (std::string line; std::getline(log, line);) {
    const auto entry = boost::json::parse(line);
    out.push_back(std::string(entry.at("type").as_string()) + " " +
                  std::string(entry.at("occurred").as_string()));
  }
  return out;
}

}  // namespace

TEST_CASE("a printed log in which deadlines took effect enters the same into a new register") {
  ClockedDesk desk("2026-05-04");
  aSummer(desk);
  const auto seen = asSeen(desk);
  CHECK(says(seen, "adopted"));
  CHECK(says(seen, "not adopted"));
  const auto log = desk.enter({"--json", "log"}).out;
  for (const std::string type :
       {"silenceObserved", "voteClosed", "stepOverdue", "reminderDue", "stepMoved"}) {
    INFO(type);
    CHECK(says(log, "consultation." + type));
  }
  for (const std::string how : {"--keep-going", "--atomic"}) {
    CAPTURE(how);
    ClockedDesk copy("2026-05-04");
    copy.at("2026-11-01");
    const auto done = copy.run({"import", how, "-"}, log);
    INFO(done.err);
    REQUIRE(done.code == 0);
    CHECK(asSeen(copy) == seen);
  }
}

TEST_CASE("a holiday moves the deadlines that count working days, and every command says why") {
  ClockedDesk desk("2026-05-04");
  desk.enter({"consultation", "plan", "CON-3", "--title", "en:E", "--procedure", "SILENCE-72"});
  roll(desk, "CON-3");
  desk.enter({"consultation", "put-under-silence", "CON-3", "--revision", "1", "--deadline",
              "2026-05-15T18:00 Europe/Vienna", "--languages", "en", "--languages", "fr",
              "--languages", "es"});
  desk.at("2026-05-12");
  desk.enter({"consultation", "object", "CON-3", "--party", "AR", "--reason", "Too far"});
  desk.at("2026-05-18");
  const auto moved =
      desk.enter({"calendar", "add-holidays", "WORKING-DAYS", "--days", "2026-05-25"});
  CHECK(says(moved.out, "CON-3, step moved"));
  CHECK(says(desk.enter({"tasks"}).out, "moved from"));
  CHECK(says(desk.enter({"--json", "tasks"}).out, "\"movedFrom\":\"2026-05-26\""));
  CHECK(says(desk.enter({"why", "CON-3", "steps.due"}).out, "step moved"));
  const auto history = desk.enter({"history", "CON-3"}).out;
  CHECK(says(history, "step moved"));
  CHECK(says(history, "WORKING-DAYS"));
  desk.at("2026-05-18T12:00:00Z");
  desk.enter({"undo", "--yes"});
  CHECK(says(desk.enter({"--json", "tasks"}).out, "\"movedFrom\":\"2026-05-27\""));
}

TEST_CASE("past deadlines of a history are released in order by whoever keeps the register") {
  ClockedDesk desk("2026-11-01");
  desk.enter({"consultation", "plan", "CON-1", "--title", "en:C", "--on", "2026-05-04"});
  for (const std::string party : {"AR", "BR", "UY"}) {
    desk.enter({"consultation", "invite", "CON-1", "--party", party, "--standing", "eligible",
                "--on", "2026-05-04"});
  }
  desk.enter({"consultation", "open", "CON-1", "--on", "2026-05-04"});
  desk.enter({"consultation", "table", "CON-1", "--revision", "1", "--text", "en:We agree", "--on",
              "2026-05-04"});
  desk.enter({"consultation", "put-under-silence", "CON-1", "--revision", "1", "--deadline",
              "2026-05-15T18:00 Europe/Vienna", "--on", "2026-05-04"});
  CHECK(says(desk.enter({"tasks"}).out, "outcome to be entered"));
  CHECK(says(desk.enter({"next", "CON-1"}).out, "release-deadlines"));
  const auto done = desk.enter({"consultation", "release-deadlines", "CON-1"});
  CHECK(says(done.out, "silence observed"));
  CHECK_FALSE(says(desk.enter({"next", "CON-1"}).out, "release-deadlines"));
  CHECK(desk.run({"consultation", "release-deadlines", "CON-1"}).code == 1);
}

TEST_CASE("a year of expert consultations ends in adoption, or in failure, as the days go by") {
  for (const bool agreed : {true, false}) {
    CAPTURE(agreed);
    ClockedDesk desk("2026-01-05");
    expertsMeet(desk, "CON-1");
    if (agreed) {
      desk.at("2026-03-20");
      const auto done =
          desk.enter({"consultation", "declare-consensus", "CON-1", "--revision", "1"});
      CHECK(says(done.out, "consultation conclude"));
    } else {
      desk.at("2026-12-20");
      CHECK(says(desk.enter({"--json", "tasks"}).out, "\"standing\":\"comesFirst\""));
      desk.enter({"consultation", "plan", "CON-2", "--title", "en:The next one"});
    }
    const auto fields = desk.answer({"show", "CON-1"}).at("fields").as_object();
    CHECK(fields.at("outcome").as_string() == (agreed ? "adopted" : "not-adopted"));
    const auto log = desk.enter({"--json", "log"}).out;
    CHECK(count(log, "consultation.stepOverdue") == (agreed ? 1 : 2));
    CHECK(count(log, "consultation.reminderDue") == (agreed ? 2 : 3));
    CHECK(count(log, "consultation.concluded") == 1);
    CHECK_FALSE(says(desk.enter({"tasks"}).out, "CON-1"));
  }
}

TEST_CASE("what fell due while nobody entered anything comes as it would have day by day") {
  std::vector<std::vector<std::string>> courses;
  for (const bool daily : {true, false}) {
    ClockedDesk desk("2026-01-05");
    desk.enter({"consultation", "plan", "CON-1", "--title", "en:Experts", "--procedure",
                "EXPERT-CONSULTATION"});
    desk.enter({"consultation", "invite", "CON-1", "--party", "AR", "--standing", "eligible"});
    desk.enter({"consultation", "open", "CON-1"});
    desk.at("2026-01-20");
    desk.enter(
        {"consultation", "report-step", "CON-1", "--step", "invitation", "--outcome", "sent"});
    int next = 2;
    const auto enterSomething = [&](const std::string& day) {
      desk.at(day);
      desk.enter({"consultation", "plan", "CON-" + std::to_string(next++), "--title", "en:Next"});
    };
    if (daily) {
      for (int day = 1; day <= 28; ++day) enterSomething(fmt::format("2026-02-{:02}", day));
    }
    enterSomething("2026-07-01");
    courses.push_back(courseOf(desk));
  }
  CHECK(courses[0] == courses[1]);
  CHECK(std::ranges::count(courses[1], "consultation.reminderDue 2026-02-05") == 1);
  CHECK(std::ranges::count(courses[1], "consultation.reminderDue 2026-02-16") == 1);
  CHECK(std::ranges::count_if(courses[1], [](const std::string& one) {
          return one.starts_with("consultation.stepOverdue");
        }) == 2);
}

TEST_CASE("a wrong vote that was counted is put right on authority, and the vote counted again") {
  ClockedDesk desk("2026-05-04");
  desk.enter({"consultation", "plan", "CON-2", "--title", "en:D"});
  roll(desk, "CON-2");
  desk.enter({"consultation", "open-vote", "CON-2", "--round", "1", "--majority", "simple",
              "--closes", "2026-05-20T18:00 Europe/Vienna"});
  const auto cast = desk.answer(
      {"consultation", "vote", "CON-2", "--round", "1", "--party", "AR", "--vote", "in-favour"});
  const auto wrong =
      std::to_string(cast.at("entries").at(0).at("position").to_number<std::uint64_t>());
  desk.at("2026-05-21");
  desk.enter({"consultation", "retitle", "CON-2", "--title", "en:E"});
  CHECK(says(desk.enter({"--json", "log"}).out, "consultation.voteClosed"));
  const std::vector<std::string> words{"correct", wrong,      "--vote",
                                       "against", "--reason", "Misheard"};
  const auto refused = desk.run(words);
  CHECK(refused.code == 1);
  CHECK(says(refused.err, "consultation.voteClosed"));
  CHECK(says(refused.err, "--authority"));
  auto ordered = words;
  ordered.insert(ordered.end(), {"--authority", "en:Presiding officer"});
  const auto done = desk.enter(ordered);
  CHECK(says(done.out, "vote closed"));
  const auto vote = desk.answer({"show", "CON-2"}).at("fields").at("votes").at(0);
  CHECK(vote.at("carried").as_bool() == false);
  CHECK(says(desk.enter({"--json", "log"}).out, "\"authority\":{\"en\":\"Presiding officer\"}"));
}

TEST_CASE(
    "a clock that is far ahead lets no deadline take effect, and once right needs no asking") {
  ClockedDesk desk("2026-05-04");
  desk.enter({"consultation", "plan", "CON-1", "--title", "en:C"});
  roll(desk, "CON-1");
  desk.enter({"consultation", "put-under-silence", "CON-1", "--revision", "1", "--deadline",
              "2026-05-30T18:00 Europe/Vienna", "--languages", "en", "--languages", "fr",
              "--languages", "es"});
  desk.isClockConfirmed = false;
  desk.at("2026-07-03");
  const std::vector<std::string> plan = {"consultation", "plan", "CON-2", "--title", "en:D"};
  const auto asked = desk.run(plan);
  CHECK(asked.code == 5);
  CHECK(says(asked.err, "confirm that once with --confirm-clock"));
  const auto tookEffect = [&] {
    return says(desk.enter({"--json", "log"}).out, "consultation.silenceObserved");
  };
  CHECK_FALSE(tookEffect());

  auto confirmed = plan;
  confirmed.insert(confirmed.begin(), "--confirm-clock");
  desk.enter(confirmed);  // by mistake
  CHECK(tookEffect());
  desk.at("2026-05-05");
  CHECK(desk.run({"consultation", "plan", "CON-3", "--title", "en:E"}).code == 5);
  const auto notice =
      desk.enter({"--confirm-clock", "consultation", "plan", "CON-3", "--title", "en:E"});
  CHECK(says(notice.out + notice.err, "is taken as right and not asked about again"));
  const auto later = desk.enter({"consultation", "plan", "CON-4", "--title", "en:F"});
  CHECK_FALSE(says(later.out + later.err, "not asked about again"));
}

TEST_CASE("what is only tried enters nothing of what has fallen due meanwhile") {
  ClockedDesk desk("2026-05-04");
  desk.enter({"consultation", "plan", "CON-1", "--title", "en:C"});
  roll(desk, "CON-1");
  desk.enter({"consultation", "put-under-silence", "CON-1", "--revision", "1", "--deadline",
              "2026-05-15T18:00 Europe/Vienna"});
  desk.at("2026-05-16");
  const auto before = desk.enter({"--json", "log"}).out;
  const std::vector<std::string> plan{"consultation", "plan", "CON-2", "--title", "en:D"};
  auto tried = plan;
  tried.insert(tried.begin(), "--dry-run");
  CHECK(says(desk.enter(tried).out, "would be entered"));
  // It is tried on what there will be: the silence is over then.
  CHECK(desk.run({"--dry-run", "consultation", "extend-silence", "CON-1", "--deadline",
                  "2026-05-20T18:00 Europe/Vienna", "--authority", "en:Presiding officer",
                  "--reason", "It came late"})
            .code == 1);
  CHECK(desk.enter({"--json", "log"}).out == before);
  desk.enter(plan);
  CHECK(count(desk.enter({"--json", "log"}).out, "consultation.silenceObserved") == 1);
}

}  // namespace consulta::test
