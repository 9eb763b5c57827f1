// Random procedures, run by random entries as the days go by: what stands is what a fold from the
// beginning gives, each deadline takes effect once, and there is always a way on.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "engine/rules/decide.h"
#include "events/procedure/definition.h"
#include "events/values/calendar.h"
#include "tests/engine/running_procedure.h"
#include "tests/support/seed.h"

namespace consulta::test {

namespace {

namespace json = boost::json;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }
  template <typename T>
  const T& oneOf(const std::vector<T>& all) {
    return all[below(all.size())];
  }

 private:
  std::mt19937_64 random_;
};

/// Steps one after the other, now and then two at once that meet in the next one. Each goes on by
/// the first outcome of its kind; by others it goes back, passes steps over or comes to an end.
class RandomProcedure {
 public:
  explicit RandomProcedure(Dice& dice) : dice_(dice) {
    const auto count = 3 + dice_.below(5);
    for (std::size_t i = 0; i < count;) {
      count_ = count;
      const bool fork = i != 0 && i + 3 < count && dice_.below(3) == 0;
      if (!fork) {
        step(i, "\"" + nameOr("adopted", i + 1, count) + "\"", joins_);
        joins_.clear();
        before_.push_back(i);
        ++i;
        continue;
      }
      // The step before leads to both.
      const auto both = fmt::format("[\"s{}\", \"s{}\"]", i, i + 1);
      const auto single = fmt::format("\"s{}\"", i);
      for (auto at = out_.find(single + "\n"); at != out_.npos; at = out_.find(single + "\n", at)) {
        out_.replace(at, single.size(), both);
        at += both.size();
      }
      const auto meeting = fmt::format("\"s{}\"", i + 2);
      step(i, meeting, {});
      step(i + 1, meeting, {});
      joins_ = fmt::format("waits-for = [\"s{}\", \"s{}\"]\n", i, i + 1);
      i += 2;
    }
  }

  [[nodiscard]] const std::string& text() const { return out_; }

 private:
  static std::string nameOr(const char* end, std::size_t i, std::size_t count) {
    return i == count ? end : "s" + std::to_string(i);
  }

  std::string elsewhere() {
    if (!before_.empty() && dice_.below(2) == 0) {
      return "s" + std::to_string(dice_.oneOf(before_));
    }
    // Into parallel steps that meet this would not do, which the check of a procedure finds.
    if (dice_.below(4) == 0) return "s" + std::to_string(dice_.below(count_));
    return dice_.below(4) == 0 ? "withdrawn" : "not-adopted";
  }

  void step(std::size_t number, const std::string& next, const std::string& joins) {
    // A text comes first, for a silence needs one.
    const auto kind = number == 0 ? StepKind::tabling : static_cast<StepKind>(dice_.below(9));
    out_ += fmt::format("[[step]]\nname = \"s{}\"\nkind = \"{}\"\ntitle = \"S\"\n{}", number,
                        nameOf(kind), joins);
    if (kind == StepKind::silence) out_ += "period = \"PT72H\"\n";
    if (kind == StepKind::vote) out_ += "majority = \"simple\"\nquorum = 1\n";
    const bool limited =
        kind == StepKind::contributions || (kind != StepKind::silence && kind != StepKind::vote);
    if (limited) {
      out_ += fmt::format("within = \"P{}{}\"\n", 3 + dice_.below(20),
                          dice_.below(2) == 0 ? "BD" : "D");
      if (dice_.below(2) == 0) out_ += "remind = [\"P2D\", \"P1D\"]\n";
    }
    bool first = true;
    for (const auto& outcome : outcomesOf(kind)) {
      const bool on = first || (kind == StepKind::contributions && outcome.name == "closed");
      if (!first && !outcome.required && dice_.below(3) == 0) continue;
      if (outcome.name == "overdue" && !limited) continue;
      out_ += fmt::format("on.{} = {}\n", outcome.name, on ? next : "\"" + elsewhere() + "\"");
      first = false;
    }
  }

  Dice& dice_;
  std::string out_ = "name = \"P-1\"\ntitle = \"P\"\ncalendar = \"WORKING-DAYS\"\n";
  std::string joins_;
  std::size_t count_ = 0;
  std::vector<std::size_t> before_;  // steps that can be led back to
};

std::string dayText(std::int64_t number) {
  return Edtf::day(dayFromNumber(number)).text();
}

/// What somebody might enter who has to bring the consultation on.
class Secretariat {
 public:
  Secretariat(Dice& dice, ProcedureDefinition definition, std::vector<std::string> everybody)
      : dice_(dice), definition_(std::move(definition)), parties_(std::move(everybody)) {}

  void enter(PlannedProcedure& story, std::int64_t today) {
    story.on(dayText(today));
    if (story.stateOf("CON-1") == "suspended") return whileSuspended(story);
    if (story.stateOf("CON-1") == "concluded") return reopen(story);
    if (story.row().adoptedRevision != 0 && dice_.below(12) == 0) return reopen(story);
    switch (dice_.below(24)) {
      case 0:
        return story.when("consultation.suspended", "CON-1", {{"reason", "Elections"}});
      case 1:
        return story.when("calendar.holidaysAdded", "WORKING-DAYS",
                          {{"days", {dayText(today + 1 + static_cast<int>(dice_.below(20)))}}});
      case 2:
        return table(story);
      case 3:
        return correct(story, today);
      default:
        break;
    }
    std::vector<ConsultationStep> running;
    for (const auto& run : story.row().steps) {
      if (run.state != StepState::completed) running.push_back(run);
    }
    if (running.empty()) return;
    const auto run = dice_.oneOf(running);
    bringOn(story, run, today);
    if (!story.accepted() && dice_.below(2) == 0) table(story);
  }

 private:
  /// It lasts some days, and what comes meanwhile is entered.
  void whileSuspended(PlannedProcedure& story) {
    switch (dice_.below(6)) {
      case 0:
        return story.when("consultation.objected", "CON-1",
                          {{"party", party()}, {"reason", "Too far"}});
      case 1:
      case 2:
        return story.when("consultation.resumed", "CON-1");
      default:
        return;
    }
  }

  void reopen(PlannedProcedure& story) {
    story.when("consultation.reopened", "CON-1",
               {{"authority", "en:Presiding officer"}, {"reason", "Something was overlooked"}});
  }

  static std::uint32_t newest(PlannedProcedure& story) {
    return revisionUnderDiscussion(story.row());
  }

  void table(PlannedProcedure& story) { story.table(newest(story) + 1); }

  void report(PlannedProcedure& story, const ConsultationStep& run) {
    const auto& branches = stepOf(definition_, run.step)->branches;
    story.when("consultation.stepReported", "CON-1",
               {{"step", run.step}, {"outcome", dice_.oneOf(branches).outcome}});
  }

  void bringOn(PlannedProcedure& story, const ConsultationStep& run, std::int64_t today) {
    switch (stepOf(definition_, run.step)->kind) {
      case StepKind::invitation:
      case StepKind::meeting:
      case StepKind::signature:
      case StepKind::decision:
        return report(story, run);
      case StepKind::contributions:
        return story.when("consultation.contributed", "CON-1",
                          {{"party", party()}, {"contribution", "We support it"}});
      case StepKind::tabling:
        return table(story);
      case StepKind::silence:
        if (runningSilence(story.row()) == nullptr) {
          return story.silence(newest(story), dayText(today + 4));
        }
        if (dice_.below(4) != 0) return;
        return story.when("consultation.objected", "CON-1",
                          {{"party", party()}, {"reason", "Too far"}});
      case StepKind::consensus:
        if (dice_.below(3) == 0) {
          story.when("consultation.objectionWithdrawn", "CON-1", {{"party", party()}});
        }
        return story.when("consultation.consensusDeclared", "CON-1", {{"revision", newest(story)}});
      case StepKind::vote:
        return vote(story, today);
    }
  }

  void vote(PlannedProcedure& story, std::int64_t today) {
    const auto& votes = story.row().votes;
    if (openVote(story.row()) == nullptr) {
      return story.when("consultation.voteOpened", "CON-1",
                        {{"round", votes.size() + 1},
                         {"majority", "simple"},
                         {"quorum", 1},
                         {"closes", dayText(today + 3) + "T18:00 Europe/Vienna"}});
    }
    story.when("consultation.voteCast", "CON-1",
               {{"round", votes.size()},
                {"party", party()},
                {"vote", dice_.below(3) == 0 ? "against" : "in-favour"}});
  }

  /// A date or a vote that was wrong; sometimes somebody has ordered that it be put right.
  void correct(PlannedProcedure& story, std::int64_t today) {
    const auto steps = story.state().timeline(story.id("CON-1")).steps();
    const auto& step = steps[dice_.below(steps.size())];
    const auto* act = actOf(Story::catalogue(), step.fold().event);
    if (act->verb.empty()) return;
    if (dice_.below(2) == 0) story.with("authority", "en:Presiding officer");
    json::object data{{"corrects", step.position().value}, {"reason", "A slip"}};
    if (act->type == "consultation.voteCast") {
      data["right"] = json::object{{"vote", "abstains"}};
    } else {
      data["occurred"] = dayText(today - static_cast<std::int64_t>(dice_.below(5)));
    }
    story.when("common.corrigendum", "CON-1", data);
  }

  std::string party() { return dice_.oneOf(parties_); }

  Dice& dice_;
  ProcedureDefinition definition_;
  std::vector<std::string> parties_;
};

/// What came about by the clock: what it is, because of which entry, on which day; and its
/// position.
using Fired = std::map<std::string, Position>;

void noteFired(const Story& story, Fired& fired) {
  for (const auto& record : story.entered()) {
    const auto* act = actOf(Story::catalogue(), record->get().getEvent());
    const bool isTimer =
        act->type == "consultation.stepOverdue" || act->type == "consultation.reminderDue" ||
        act->type == "consultation.silenceObserved" || act->type == "consultation.voteClosed";
    if (!isTimer) continue;
    const auto name = fmt::format("{} because of {} on {}", act->type, record->get().getCause(),
                                  record->get().getOccurred().getEdtf().cStr());
    INFO(name);
    const auto before = fired.find(name);
    const bool twice =
        before != fired.end() &&
        !story.state().timeline(record->entity()).withdrawn().contains(before->second);
    CHECK_FALSE(twice);
    fired.insert_or_assign(name, record->position());
  }
}

/// Two to six parties that are counted.
std::vector<std::string> manyParties(PlannedProcedure& story, Dice& dice) {
  std::vector<std::string> out{"AR", "UY"};
  for (auto more = dice.below(5); more != 0; --more) {
    out.push_back("P" + std::to_string(more));
    story.given("party.registered", out.back(), {{"name", "en:P"}, {"kind", "institution"}});
    story.given("consultation.invited", "CON-1", {{"party", out.back()}, {"standing", "eligible"}});
  }
  return out;
}

void checkState(PlannedProcedure& story) {
  const auto row = story.Story::row("CON-1");
  REQUIRE(row->equals(*story.state().timeline(row->head.id).fold(Story::catalogue())));
  const auto state = story.stateOf("CON-1");
  const bool isOpen = state == "open";
  if (!isOpen) {
    const std::string back = state == "suspended" ? "resume" : "reopen";
    const auto acts = possibleActs(story.state(), *row, 0);
    REQUIRE(std::ranges::any_of(
        acts, [&](const Possible& one) { return one.act->verb == back && one.inTheWay.empty(); }));
    return;
  }
  bool way = false;
  for (const auto& due : row->head.dues) way = way || due.kind == DueKind::step;
  REQUIRE(way);
}

/// A silence or a vote whose hour has come has its outcome: by the clock, or, where a correction
/// has put the hour into the past, as soon as somebody lets it take effect.
void checkRounds(PlannedProcedure& story, const std::string& today, std::int64_t nowNs) {
  if (story.stateOf("CON-1") != "open") return;
  const auto* silence = runningSilence(story.row());
  const auto* vote = openVote(story.row());
  const bool waits = (silence != nullptr && silence->deadline.utcNs < nowNs) ||
                     (vote != nullptr && vote->closes.utcNs < nowNs);
  if (!waits) return;
  story.on(today).with("authority", "en:Presiding officer");
  story.when("common.deadlinesReleased", "consultation:CON-1");
  INFO(story.why());
  REQUIRE(story.accepted());
}

void checkRefusals(const Story& story) {
  for (const auto& one : story.failures()) {
    REQUIRE_FALSE(one.rule.empty());
    REQUIRE_FALSE(inEnglish(one.text).empty());
  }
}

}  // namespace

TEST_CASE(
    "random procedures run to an end, each deadline takes effect once, and nothing is stuck") {
  const auto first = seedOr(74544);
  std::map<std::string, int> ends;
  std::map<std::string, int> accepted;
  int refused = 0;
  for (std::uint64_t seed = first; seed < first + 80; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    const RandomProcedure procedure(dice);
    INFO(procedure.text());
    auto definition = readProcedure(procedure.text());
    if (!definition) {
      const auto why = inEnglish(definition.failures().front().text);
      INFO(why);
      REQUIRE(why.find("would never begin") != std::string::npos);
      ++refused;
      continue;
    }
    PlannedProcedure story(procedure.text(), "P-1");
    const auto everybody = manyParties(story, dice);
    story.given("consultation.opened", "CON-1");
    Secretariat secretariat(dice, std::move(definition).value(), everybody);
    std::size_t reopenings = dice.below(3);
    Fired fired;
    auto today = dayNumber({2006, 5, 2});
    for (int i = 0; i < 250; ++i) {
      if (story.stateOf("CON-1") == "concluded" && reopenings-- == 0) break;
      secretariat.enter(story, today);
      checkRefusals(story);
      checkState(story);
      for (const auto& type : story.enteredTypes()) ++accepted[type];
      if (dice.below(2) == 0) continue;
      ++today;
      story.recordedAt(dayText(today)).fallDue();
      noteFired(story, fired);
      checkState(story);
      checkRounds(story, dayText(today), dayStartNs(dayFromNumber(today)));
      for (const auto& type : story.enteredTypes()) ++accepted[type];
    }
    ++ends[story.stateOf("CON-1")];
    ++ends[fmt::format("{}", static_cast<int>(story.row().outcome))];
  }
  // A check that lets nothing through would prove nothing.
  CHECK(refused < 30);
  CHECK(ends["concluded"] > 35);
  CHECK(ends[std::to_string(static_cast<int>(schema::ConsultationOutcome::ADOPTED))] > 5);
  CHECK(ends[std::to_string(static_cast<int>(schema::ConsultationOutcome::NOT_ADOPTED))] > 5);
  for (const std::string type : {"stepOverdue", "reminderDue", "silenceObserved", "silenceBroken",
                                 "voteClosed", "stepMoved", "reopened", "silenceExtended"}) {
    INFO(type);
    CHECK(accepted["consultation." + type] > 0);
  }
}

}  // namespace consulta::test
