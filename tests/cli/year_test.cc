// A year of expert consultation, by the script of the examples: as it was typed day by day in 2006,
// and as it is caught up with today.
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "cli/reference.h"
#include "engine/runtime/register.h"
#include "events/entry.h"
#include "tests/cli/clocked_desk.h"
#include "tests/cli/desk.h"

namespace consulta::test {

namespace json = boost::json;

namespace {

using Words = std::vector<std::string>;

/// The words of each command that a script of the examples gives, none of which it runs: the
/// program in its path only notes what it is called with.
std::vector<Words> commandsOf(const std::string& script) {
  const TempDir directory;
  const auto noted = (directory.path() / "noted").string();
  const auto program = (directory.path() / "consulta").string();
  std::ofstream(program) << "#!/bin/bash\n{ printf '%s\\037' \"$@\"; printf '\\036'; } >>'" << noted
                         << "'\n";
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  const auto command = "PATH='" + directory.path().string() +
                       "':$PATH bash '" CONSULTA_SOURCE_DIR "/cli/examples/" + script + "'";
  REQUIRE(std::system(command.c_str()) == 0);  // NOLINT: the script is a shell's
  std::vector<Words> out;
  std::ifstream in(noted);
  for (std::string line; std::getline(in, line, '\036');) {
    std::istringstream words(line);
    out.emplace_back();
    for (std::string word; std::getline(words, word, '\037');) out.back().push_back(word);
  }
  return out;
}

/// The day that a command gives as the one on which it took place.
std::string dayOf(const Words& words) {
  const auto at = std::ranges::find(words, "--on");
  return at == words.end() ? std::string() : *std::next(at);
}

/// A new register on that day, with the reference data that there was by then: a later one knows
/// the goals of 2015.
void foundOn(const std::string& day, const std::filesystem::path& directory) {
  static const Catalogue catalogue;
  auto nowNs = dateBounds(day).value().earliestNs;
  RegisterOptions options;
  options.directory = directory;
  options.command = "test";
  options.clock = [&] { return ++nowNs; };
  const auto reg = std::move(Register::create(catalogue, options)).value();
  const auto account = ownAccount();
  const auto actor = reg->actorFor(account.id, account.name).value();
  const auto enter = [&](const std::vector<json::object>& entries) {
    Submission submission;
    submission.id = randomId<SubmissionId>();
    submission.actor = actor;
    for (const auto& entry : entries) {
      submission.entries.push_back(readEntry(catalogue, entry, EntryDefaults{}).value());
    }
    const auto receipt = reg->submit(std::move(submission));
    INFO((receipt ? std::string() : inEnglish(receipt.failures().front().text)));
    REQUIRE(receipt);
  };
  for (const auto& group : referenceGroups()) {
    std::vector<json::object> entries;
    for (const auto text : group.entries) {
      auto entry = json::parse(text).as_object();
      const auto bounds = dateBounds(entry.at("occurred").as_string());
      if (!bounds || bounds->earliestNs <= nowNs) entries.push_back(std::move(entry));
    }
    enter(entries);
  }
  enter({{{"type", "calendar.adopted"},
          {"entity", "WORKING-DAYS"},
          {"occurred", day},
          {"data", {{"title", {{"en", "Working days"}}}, {"timeZone", "Europe/Vienna"}}}}});
  enter({{{"type", "register.opened"},
          {"entity", "register:REG"},
          {"occurred", day},
          {"data",
           {{"organization", {{"en", "Test"}}},
            {"registerId", toText(reg->id())},
            {"timeZone", "Europe/Vienna"},
            {"languages", {"en", "fr", "es"}}}}},
         {{"type", "register.actorEnrolled"},
          {"entity", "register:REG"},
          {"occurred", day},
          {"data", {{"actor", toText(actor)}, {"name", account.name}}}},
         {{"type", "register.roleGranted"},
          {"entity", "register:REG"},
          {"occurred", day},
          {"data", {{"actor", toText(actor)}, {"role", "administrator"}}}}});
  REQUIRE(reg->complete());
}

/// The year, entered up to a day.
class Year {
 public:
  enum class Kept { dayByDay, caughtUpWith };

  explicit Year(Kept kept) : kept_(kept), desk(ClockedDesk::WithoutRegister{}) {
    const std::string first = kept == Kept::dayByDay ? "2006-04-09" : "2026-11-01";
    foundOn(first, desk.registerPath());
    desk.at(first + "T06:00:00Z");
    for (const auto& words : commandsOf("programme-regional-lac.sh")) desk.enter(words);
    begun = log().size();
    commands_ = commandsOf("consultation-2006.sh");
    REQUIRE(commands_.size() > 80);
  }

  /// What is entered on days up to this one; the clock then stands at noon of it.
  void until(const std::string& day) {
    for (; next_ < commands_.size() && dayOf(commands_[next_]) <= day; ++next_) {
      const auto& words = commands_[next_];
      // What came by its day has taken effect by the clock.
      const bool byClock =
          kept_ == Kept::dayByDay && std::ranges::find(words, "release-deadlines") != words.end();
      if (byClock) continue;
      toNoonOf(dayOf(words));
      desk.enter(words);
    }
    toNoonOf(day);
  }

 private:
  Kept kept_;
  std::vector<Words> commands_;
  std::size_t next_ = 0;

  void toNoonOf(const std::string& day) {
    if (kept_ == Kept::dayByDay) desk.at(day + "T12:00:00Z");
  }

 public:
  ClockedDesk desk;
  std::size_t begun = 0;  // entries that were there before

  std::vector<std::string> log() {
    std::istringstream lines(desk.enter({"--json", "log"}).out);
    std::vector<std::string> out;
    for (std::string line; std::getline(lines, line);) out.push_back(line);
    return out;
  }
  json::object fields(const std::string& id) {
    return desk.answer({"show", id}).at("fields").as_object();
  }
  /// The last of a list in a consultation.
  json::object last(const std::string& list) {
    return fields("CON-EXPERT-2006").at(list).as_array().back().as_object();
  }
  std::string tasks() { return desk.enter({"--json", "tasks"}).out; }
  /// "accepted, implemented" and the like.
  std::string statesOf(const std::string& id) {
    const auto shown = desk.answer({"show", id});
    return std::string(shown.at("acceptance").as_string()) + ", " +
           std::string(shown.at("implementation").as_string());
  }
};

std::size_t seats(const json::object& consultation, const char* standing) {
  return static_cast<std::size_t>(std::ranges::count_if(
      consultation.at("roll").as_array(),
      [&](const json::value& seat) { return seat.at("standing") == standing; }));
}

void theTextIsAdopted(Year& year) {
  year.until("2006-04-18");
  CHECK(seats(year.fields("CON-EXPERT-2006"), "eligible") == 33);
  CHECK(seats(year.fields("CON-EXPERT-2006"), "observer") == 1);
  CHECK(year.last("steps").at("step") == "contributions");
  CHECK(says(year.tasks(), "2006-05-18"));

  year.until("2006-05-22");
  CHECK(year.last("steps").at("step") == "meeting");
  CHECK(year.fields("CON-EXPERT-2006").at("contributions").as_array().size() == 3);

  year.until("2006-07-05");
  CHECK(says(year.tasks(), "2006-07-14T16:00:00Z"));
  CHECK(year.last("texts").at("standing") == "under-silence");

  year.until("2006-07-12");
  const auto objection = year.last("objections");
  CHECK(objection.at("party") == "party:AR");
  CHECK(says(json::serialize(objection.at("reason")), "who pays for the laboratories"));
  CHECK(year.last("silences").at("state") == "broken");
  CHECK(year.last("steps").at("step") == "revision");
  CHECK(says(year.tasks(), "2006-07-26"));
  const auto drawn = year.desk.enter({"procedure", "show", "CON-EXPERT-2006"}).out;
  CHECK(says(drawn, "revision"));

  year.until("2006-07-27");
  CHECK(year.last("texts").at("revision") == 2);
  CHECK(year.last("texts").at("standing") == "under-silence");
  CHECK(year.last("objections").at("state") == "standing");  // to the first text, for ever
  CHECK(says(year.tasks(), "2006-07-28T16:00:00Z"));
}

void theRecommendationsAreFollowed(Year& year) {
  year.until("2006-08-01");
  CHECK(year.fields("CON-EXPERT-2006").at("outcome") == "adopted");
  CHECK(year.last("texts").at("standing") == "silence-observed");
  CHECK(year.last("confirmations").at("by") == "correspondence:COR-ADOPTION-2006");
  const auto history = year.desk.enter({"history", "CON-EXPERT-2006"}).out;
  for (const char* act : {"invited", "contributed", "silence broken", "silence observed",
                          "position explained", "adoption confirmed"}) {
    INFO(act);
    CHECK(says(history, act));
  }
  CHECK(count(history, "step started") == 7);
  CHECK(year.statesOf("REC-2006-01") == "recorded, not-started");

  year.until("2006-10-20");
  CHECK(says(year.tasks(), "REC-2006-05"));
  CHECK(year.statesOf("REC-2006-10") == "accepted, implemented");

  year.until("2007-01-22");
  CHECK(year.last("notings").at("by") == "meeting:MTG-FOLLOW-UP-2006");
  const std::vector<std::string> states{
      "accepted, implemented", "accepted, in-progress",   "partially-accepted, in-progress",
      "rejected, not-started", "accepted, not-started",   "under-consideration, not-started",
      "recorded, not-started", "superseded, not-started", "accepted, in-progress",
      "accepted, in-progress"};
  for (std::size_t i = 0; i < states.size(); ++i) {
    const auto id = (i < 9 ? "REC-2006-0" : "REC-2006-") + std::to_string(i + 1);
    INFO(id);
    CHECK(year.statesOf(id) == states[i]);
  }
  CHECK(year.fields("REC-2006-05").at("overdueSince") == "2006-12-15");
  CHECK(says(year.desk.enter({"why", "REC-2006-10", "due"}).out, "reopened"));
}

void theNextCycleGoesOn(Year& year) {
  const auto next = year.fields("CON-EXPERT-2007");
  CHECK(next.at("previous") == "consultation:CON-EXPERT-2006");
  CHECK(next.at("cycle") == "2007");
  CHECK(next.at("title").at("en") == "Expert consultation 2007 (exercise)");
  CHECK(seats(next, "eligible") == 33);
  CHECK(seats(next, "observer") == 1);
  const auto followed = json::serialize(next.at("openFollowUps"));
  for (const char* open :
       {"REC-2006-02", "REC-2006-03", "REC-2006-05", "REC-2006-09", "REC-2006-10", "LIA-BB-2006"}) {
    INFO(open);
    CHECK(says(followed, open));
  }
  CHECK_FALSE(says(followed, "REC-2006-01"));
  CHECK_FALSE(says(followed, "LIA-UY-2006"));
  const auto pending = json::serialize(next.at("pendingRecommendations"));
  CHECK(says(pending, "REC-2006-06"));
  CHECK(says(pending, "REC-2006-07"));
  CHECK_FALSE(says(pending, "REC-2006-04"));
  CHECK(next.at("steps").as_array().back().at("step") == "invitation");
  CHECK(says(year.desk.enter({"next", "CON-EXPERT-2007"}).out, "REC-2006-06"));

  const auto trail = year.desk.answer({"show", "REC-2006-09", "--trail"});
  const auto from = json::serialize(trail.at("origins"));
  CHECK(says(from, "CON-EXPERT-2006"));
  CHECK(says(from, "REC-2006-08"));
  CHECK(says(json::serialize(trail.at("consequences")), "PRJ-EXERCISE-2006"));
}

/// Without what differs by when it was entered.
json::value asTold(json::value value) {
  if (auto* list = value.if_array()) {
    for (auto& one : *list) one = asTold(one);
  }
  if (auto* object = value.if_object()) {
    for (const char* own : {"position", "revision", "changed", "startedBy", "lateSeconds",
                            "overdueLateSeconds", "actor"}) {
      object->erase(own);
    }
    for (auto& member : *object) member.value() = asTold(member.value());
  }
  return value;
}

}  // namespace

TEST_CASE("a year of expert consultation goes from the invitation to the opening of the next") {
  Year year(Year::Kept::dayByDay);
  theTextIsAdopted(year);
  theRecommendationsAreFollowed(year);
  theNextCycleGoesOn(year);

  // Caught up with today, it reads the same.
  Year later(Year::Kept::caughtUpWith);
  later.until("2007-01-22");
  Words ids{"CON-EXPERT-2006", "CON-EXPERT-2007", "MTG-EXPERT-2006", "LIA-UY-2006"};
  for (int i = 1; i <= 10; ++i)
    ids.push_back((i < 10 ? "REC-2006-0" : "REC-2006-") + std::to_string(i));
  for (const auto& id : ids) {
    INFO(id);
    CHECK(asTold(later.desk.answer({"show", id})) == asTold(year.desk.answer({"show", id})));
  }
  // And every entry of it says that it is none of the history.
  const auto log = year.log();
  std::size_t exercise = 0;
  for (auto i = year.begun; i < log.size(); ++i) {
    if (!says(log[i], "\"sources\"")) continue;  // the register's own
    INFO(log[i]);
    CHECK(says(log[i], "Exercise"));
    ++exercise;
  }
  CHECK(exercise > 100);
}

}  // namespace consulta::test
