// Random consultations: what is entered on one consultation in any order, with dates before, on and
// after its deadlines and with corrections. What stands is always what a fold from the beginning
// gives and what a naive count of the entries gives.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>
#include <random>
#include <set>

#include "engine/rules/tally.h"
#include "projections/rows.h"
#include "projections/rows/consultation.h"
#include "tests/support/seed.h"
#include "tests/support/story.h"

namespace consulta::test {

namespace {

namespace json = boost::json;

const std::vector<std::string> parties{"AR", "BR", "CL", "MX", "PE", "UY"};

/// Entries on CON-1, most of them lawful or nearly so.
class Acts {
 public:
  explicit Acts(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }

  void enter(Story& story) {
    now_ = std::min(now_ + below(9), hours_max);
    const auto& row = story.as<Consultation>("CON-1");
    if (below(10) == 0) story.with("authority", "en:Presiding officer");
    if (below(8) == 0) return correct(story);
    story.on(date());
    if (story.stateOf("CON-1") != "open" && below(2) == 0) return back(story);
    if (consulta::openVote(row) != nullptr && below(3) != 0) return castVote(story, row);
    switch (below(18)) {
      case 0:
        return story.when("consultation.rollChanged", "CON-1",
                          {{"party", party()}, {"standing", standing()}, {"reason", "Change"}});
      case 1:
        return story.when("consultation.struckOff", "CON-1",
                          {{"party", party()}, {"reason", "Left"}});
      case 2:
        return story.when("consultation.tabled", "CON-1",
                          {{"revision", number(row.texts.size() + 1)}, {"text", "en:A text"}});
      case 3:
        story.with("grounds", json::array{"party:AR"});  // which sets a shorter time
        return story.when("consultation.putUnderSilence", "CON-1",
                          {{"revision", number(newest(row))}, {"deadline", ahead()}});
      case 4:
      case 5:
        return story.when("consultation.objected", "CON-1", objection());
      case 6:
        return story.when("consultation.objectionWithdrawn", "CON-1", {{"party", party()}});
      case 7:
        return openVote(story, row);
      case 8:
      case 9:
      case 10:
        return castVote(story, row);
      case 11:
        return story.when("consultation.consensusDeclared", "CON-1",
                          {{"revision", number(newest(row))}});
      case 12:
      case 13:
      case 14:
        return endRound(story, row);
      case 15:
        return below(2) == 0 ? conclude(story) : back(story);
      default:
        return pause(story);
    }
  }

 private:
  std::string party() { return parties[below(parties.size())]; }
  std::string standing() { return below(3) == 0 ? "observer" : "eligible"; }
  std::string vote() {
    static const char* const votes[] = {"in-favour", "against", "abstains"};
    return votes[below(3)];
  }
  /// Mostly now; but what comes late, and what is not known to the day, comes too.
  std::string date() {
    switch (below(8)) {
      case 0:
        return "2006-07";
      case 1:
        return fmt::format("2006-07-{:02}", 1 + below(now_ / 24));
      case 2:
        return instant(below(now_));
      default:
        return instant(now_);
    }
  }
  static std::string instant(std::size_t hour) {
    return fmt::format("2006-07-{:02}T{:02}:00:00Z", hour / 24 + 1, hour % 24);
  }
  static std::string zoned(std::size_t hour) {
    return fmt::format("2006-07-{:02}T{:02}:00 UTC", hour / 24 + 1, hour % 24);
  }
  /// Of a deadline: some days ahead.
  std::string ahead() { return zoned(std::min(now_ + 4 + below(80), hours_max)); }
  /// Of a receipt: on one of the last days.
  std::string lately() { return zoned(now_ - below(std::min<std::size_t>(now_, 48))); }
  static std::int64_t number(std::size_t value) { return static_cast<std::int64_t>(value); }

  json::object objection() {
    json::object out{{"party", party()}, {"reason", "Paragraph 3"}};
    if (below(3) != 0) out["receivedAt"] = lately();
    if (below(4) == 0) out["revision"] = number(1 + below(3));
    return out;
  }

  void openVote(Story& story, const Consultation& row) {
    static const char* const majorities[] = {"simple", "two-thirds", "four-fifths"};
    story.when("consultation.voteOpened", "CON-1",
               {{"round", number(row.votes.size() + 1)},
                {"majority", majorities[below(3)]},
                {"quorum", number(below(5))},
                {"closes", ahead()}});
  }

  void castVote(Story& story, const Consultation& row) {
    json::object ballot{{"round", number(std::max<std::size_t>(1, row.votes.size()))},
                        {"party", party()},
                        {"vote", vote()}};
    if (below(2) == 0) ballot["receivedAt"] = lately();
    story.when("consultation.voteCast", "CON-1", ballot);
  }

  /// What the engine will enter, at the hour or a little later; now and then with a wrong tally.
  void endRound(Story& story, const Consultation& row) {
    if (const auto* silence = runningSilence(row)) {
      passBy(silence->deadline.utcNs);
      story.on(below(3) == 0 ? date() : instant(now_));
      return story.when("consultation.silenceObserved", "CON-1",
                        {{"revision", number(silence->revision)},
                         {"deadline", silence->deadline.local + " " + silence->deadline.zone}});
    }
    const auto* round = consulta::openVote(row);
    if (round == nullptr) return;
    const auto tally = tallyOf(*round);
    passBy(round->closes.utcNs);
    story.on(below(3) == 0 ? date() : instant(now_));
    story.when("consultation.voteClosed", "CON-1",
               {{"round", number(round->round)},
                {"eligible", number(tally.eligible)},
                {"inFavour", number(tally.inFavour + (below(6) == 0 ? 1 : 0))},
                {"against", number(tally.against)},
                {"abstained", number(tally.abstained)},
                {"notVoting", number(tally.notVoting)},
                {"quorumReached", tally.quorumReached},
                {"carried", tally.carried}});
  }

  void conclude(Story& story) {
    story.when("consultation.concluded", "CON-1",
               {{"outcome", below(2) == 0 ? "adopted" : "not-adopted"}});
  }

  /// To an open consultation, or to one in which nothing stands adopted.
  void back(Story& story) {
    if (story.stateOf("CON-1") == "suspended") return story.when("consultation.resumed", "CON-1");
    json::object order{{"authority", "en:Presiding officer"}, {"reason", "Overlooked"}};
    if (below(2) == 0) {
      order["party"] = party();
      order["receivedAt"] = lately();
    }
    story.when("consultation.reopened", "CON-1", order);
  }

  void pause(Story& story) {
    if (below(3) == 0) {
      return story.when("consultation.suspended", "CON-1", {{"reason", "Elections"}});
    }
    story.when("consultation.silenceExtended", "CON-1",
               {{"deadline", ahead()},
                {"authority", "en:Presiding officer"},
                {"reason", "The text came late"}});
  }

  void correct(Story& story) {
    const auto steps = story.state().timeline(story.row("CON-1")->head.id).steps();
    const auto& step = steps[below(steps.size())];
    const auto* act = actOf(Story::catalogue(), step.fold().event);
    if (act->verb.empty()) return;  // what the engine enters stands as it is
    const auto& type = act->type;
    json::object data{{"corrects", step.position().value}, {"reason", "A slip"}};
    if (type == "consultation.voteCast") {
      data["right"] = json::object{{"vote", vote()}};
    } else if (type == "consultation.objected") {
      data["right"] = json::object{{"receivedAt", lately()}};
    } else if (type == "consultation.putUnderSilence") {
      data["right"] = json::object{{"deadline", ahead()}};
    } else {
      data["occurred"] = date();
    }
    story.when("common.corrigendum", "CON-1", data);
  }

  /// Time goes on until a deadline has passed.
  void passBy(std::int64_t momentNs) {
    const auto begin = dateBounds("2006-07-01").value().earliestNs;
    now_ = std::max(now_, static_cast<std::size_t>((momentNs - begin) / 3'600'000'000'000));
  }
  static std::size_t newest(const Consultation& row) { return row.texts.size(); }

  static constexpr std::size_t hours_max = 31 * 24 - 1;  // in July

  std::mt19937_64 random_;
  std::size_t now_ = 26;  // in hours from the first of July
};

/// One round of a vote, counted from the entries themselves: the roll when it opened, and of each
/// party on it the vote that came last.
struct NaiveCount {
  std::set<std::uint64_t> eligible;
  std::map<std::uint64_t, schema::ConsultationVoteCast::Reader> votes;
  std::map<std::uint64_t, std::string> days;

  void cast(schema::ConsultationVoteCast::Reader vote, const std::string& day) {
    const auto party = vote.getParty();
    const auto before = votes.find(party);
    const bool sameDay = before != votes.end() && days[party] == day;
    if (sameDay && vote.getReceivedAt().getLocal().size() != 0 &&
        before->second.getReceivedAt().getLocal().size() != 0 &&
        vote.getReceivedAt().getUtcNs() < before->second.getReceivedAt().getUtcNs()) {
      return;
    }
    votes.insert_or_assign(party, vote);
    days[party] = day;
  }

  [[nodiscard]] std::uint32_t count(schema::Vote wanted) const {
    std::uint32_t out = 0;
    for (const auto& [party, vote] : votes) {
      if (eligible.contains(party) && vote.getVote() == wanted) ++out;
    }
    return out;
  }
};

std::map<std::uint32_t, NaiveCount> countNaively(const std::vector<Timeline::Step>& steps) {
  std::set<std::uint64_t> roll;
  std::map<std::uint32_t, NaiveCount> rounds;
  for (const auto& step : steps) {
    const auto fold = step.fold();
    if (!fold.event.isConsultation()) continue;
    const auto event = fold.event.getConsultation();
    const auto place = [&](std::uint64_t party, schema::Standing standing) {
      if (standing == schema::Standing::ELIGIBLE) {
        roll.insert(party);
      } else {
        roll.erase(party);
      }
    };
    if (event.isInvited()) place(event.getInvited().getParty(), event.getInvited().getStanding());
    if (event.isRollChanged()) {
      place(event.getRollChanged().getParty(), event.getRollChanged().getStanding());
    }
    if (event.isStruckOff()) roll.erase(event.getStruckOff().getParty());
    if (event.isVoteOpened()) rounds[event.getVoteOpened().getRound()].eligible = roll;
    if (event.isVoteCast()) {
      rounds[event.getVoteCast().getRound()].cast(event.getVoteCast(),
                                                  fold.occurred.getEdtf().cStr());
    }
  }
  return rounds;
}

bool carries(const ConsultationVoteRound& round, std::uint32_t inFavour, std::uint32_t against) {
  const double share = 1.0 * inFavour / std::max<std::uint32_t>(1, inFavour + against);
  switch (round.majority) {
    case schema::Majority::TWO_THIRDS:
      return share > 0.66666;
    case schema::Majority::FOUR_FIFTHS:
      return share > 0.79999;
    default:
      return share > 0.50001;
  }
}

void checkTallies(const Consultation& row, const std::vector<Timeline::Step>& steps) {
  const auto naive = countNaively(steps);
  REQUIRE(row.votes.size() == naive.size());
  for (const auto& round : row.votes) {
    const auto& count = naive.at(round.round);
    const auto inFavour = count.count(schema::Vote::IN_FAVOUR);
    const auto against = count.count(schema::Vote::AGAINST);
    const auto abstained = count.count(schema::Vote::ABSTAINS);
    const auto tally = tallyOf(round);
    REQUIRE(tally.eligible == count.eligible.size());
    REQUIRE(tally.inFavour == inFavour);
    REQUIRE(tally.against == against);
    REQUIRE(tally.abstained == abstained);
    REQUIRE(tally.notVoting == count.eligible.size() - inFavour - against - abstained);
    REQUIRE(tally.quorumReached == (inFavour + against + abstained >= round.quorum));
    REQUIRE(tally.carried == (tally.quorumReached && carries(round, inFavour, against)));
    if (round.open) continue;
    REQUIRE(round.inFavour == tally.inFavour);
    REQUIRE(round.carried == tally.carried);
  }
}

bool isLate(const ConsultationObjection& one) {
  if (!one.receivedAt.local.empty()) return one.receivedAt.utcNs > one.deadline.utcNs;
  return dateBounds(one.raised.edtf).value().earliestNs > one.deadline.utcNs;
}

/// An objection that came in time breaks its silence, and nothing is adopted against it; one that
/// is recorded as late was late.
void checkSilences(const Consultation& row) {
  for (const auto& objection : row.objections) {
    if (objection.silence == 0) continue;
    const auto& silence = row.silences.at(objection.silence - 1);
    if (objection.state == ObjectionState::late) REQUIRE(isLate(objection));
    if (objection.state != ObjectionState::standing || isLate(objection)) continue;
    REQUIRE(silence.state != SilenceState::running);
    REQUIRE((silence.state != SilenceState::observed || row.adoptedRevision != silence.revision));
  }
}

void plan(Story& story) {
  story.on("2006-05-01");
  for (const auto& party : parties) {
    story.given("party.registered", party, {{"name", "en:" + party}, {"kind", "institution"}});
  }
  story.given("consultation.planned", "CON-1", {{"title", "en:On the programme"}});
  for (const auto& party : parties) {
    story.given("consultation.invited", "CON-1",
                {{"party", party}, {"standing", party == "PE" ? "observer" : "eligible"}});
  }
  story.on("2006-07-01").given("consultation.opened", "CON-1");
  story.given("consultation.tabled", "CON-1", {{"revision", 1}, {"text", "en:A text"}});
}

}  // namespace

TEST_CASE("after every entry of random consultations the counts equal a naive recount") {
  const auto first = seedOr(19);
  std::map<std::string, int> accepted;
  for (std::uint64_t seed = first; seed < first + 60; ++seed) {
    CAPTURE(seed);
    Story story;
    plan(story);
    Acts acts(seed);
    for (int i = 0; i < 150; ++i) {
      acts.enter(story);
      if (!story.accepted()) continue;
      for (const auto& type : story.enteredTypes()) ++accepted[type];
      const auto row = story.row("CON-1");
      const auto timeline = story.state().timeline(row->head.id);
      const auto again = timeline.fold(Story::catalogue());
      REQUIRE(row->equals(*again));
      checkTallies(as<Consultation>(*row), timeline.steps());
      checkSilences(as<Consultation>(*row));
    }
  }
  // A check that lets nothing through would prove nothing.
  for (const std::string type :
       {"silenceBroken", "silenceObserved", "lateObjectionRecorded", "voteCast", "voteClosed",
        "consensusDeclared", "reopened", "silenceExtended", "objectionWithdrawn", "concluded",
        "suspended", "resumed"}) {
    INFO(type);
    CHECK(accepted["consultation." + type] > 0);
  }
  CHECK(accepted["common.corrigendum"] > 0);
  CHECK(accepted["consultation.voteCast"] > accepted["consultation.voteClosed"]);
}

}  // namespace consulta::test
