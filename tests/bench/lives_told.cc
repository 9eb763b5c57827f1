// What happens in each kind of life, act by act.
#include <fmt/format.h>

#include <array>
#include <set>

#include "tests/bench/lives.h"

namespace consulta::bench {

namespace json = boost::json;

namespace {

constexpr std::array places{"Vienna", "Montevideo", "Brasilia", "Bogota", "Quito", "Lima"};
constexpr std::array countries{"AT", "UY", "BR", "CO", "EC", "PE"};

/// The person who speaks for a party: they have the same number.
std::string speakerOf(const std::string& party) {
  return "person:PER" + party.substr(party.find('-'));
}

}  // namespace

/// A party, and the person who speaks for it.
void Lives::party(Script& script) {
  const auto name = numbered("P", ++parties_);
  static constexpr std::array kinds{"ngo", "institution", "company", "donor"};
  script.act("party.registered", name, {{"name", texts(3)}, {"kind", kinds[below(kinds.size())]}});
  script.act("person.registered", numbered("PER", parties_),
             {{"name", words(2)}, {"function", words(2)}, {"party", "party:" + name}});
}

void Lives::meeting(Script& script) {
  const auto name = meetingName(++meetings_);
  static constexpr std::array kinds{"expert-group", "ministerial", "technical", "coordination"};
  const auto where = below(places.size());
  script.act("meeting.scheduled", name,
             {{"title", texts(7)},
              {"kind", kinds[below(kinds.size())]},
              {"dates", script.day(90)},
              {"programme", programme}});
  script.passDays(5);
  for (int item = 1; item <= 3; ++item) {
    script.act("meeting.agendaItemAdded", name,
               {{"number", std::to_string(item)}, {"title", texts(6)}});
  }
  script.passDays(20);
  const auto coming = invitations(script, name);
  script.passDays(10);
  script.act("meeting.confirmed", name,
             {{"dates", script.day(20)}, {"place", places[where]}, {"country", countries[where]}});
  script.passDays(20);
  script.act("meeting.convened", name);
  for (const auto& one : coming) {
    script.act("meeting.registered", name,
               {{"party", one}, {"person", speakerOf(one)}, {"capacity", "member"}});
  }
  for (auto left = 1 + below(3); left > 0; --left) {
    script.act("meeting.outcomeRecorded", name,
               {{"kind", "conclusion"}, {"text", texts(16)}, {"number", std::to_string(left)}});
  }
  script.passDays(3);
  script.act("meeting.closed", name, {{"summary", words(12)}});
  for (auto left = below(4); left > 0; --left) recommendation(script, "meeting:" + name);
}

/// Invites some parties; those that accept.
std::vector<std::string> Lives::invitations(Script& script, const std::string& meeting) {
  std::set<std::string> invited;
  for (auto left = 4 + below(9); left > 0; --left) invited.insert(anyParty());
  std::vector<json::object> letters;
  letters.reserve(invited.size());
  for (const auto& one : invited) {
    letters.push_back(
        script.entry("meeting.invited", meeting, {{"party", one}, {"replyBy", script.day(40)}}));
  }
  script.together(std::move(letters));
  std::vector<std::string> coming;
  for (const auto& one : invited) {
    script.passDays(2);
    if (chance(15)) continue;  // no reply
    const bool comes = chance(80);
    script.act("meeting.answered", meeting,
               {{"party", one}, {"answer", comes ? "accepted" : "declined"}});
    if (!comes) continue;
    script.act("meeting.representativeNamed", meeting,
               {{"party", one}, {"person", speakerOf(one)}});
    coming.push_back(one);
  }
  return coming;
}

void Lives::recommendation(Script& script, const std::string& origin) {
  const auto name = numbered("REC", ++recommendations_);
  script.act("recommendation.recorded", name,
             {{"text", texts(18)},
              {"origin", origin},
              {"office", anyOffice()},
              {"due", script.day(300)},
              {"programme", programme}});
  script.passDays(10);
  script.act("recommendation.considered", name, {{"by", anyOffice()}});
  script.passDays(15);
  if (chance(15)) {
    script.act("recommendation.rejected", name, {{"reason", words(8)}});
    return;
  }
  script.act("recommendation.accepted", name, {{"by", anyOffice()}});
  followUp(script, name);
}

void Lives::followUp(Script& script, const std::string& recommendation) {
  script.passDays(10);
  script.act("recommendation.started", recommendation, {{"office", anyOffice()}});
  for (std::size_t report = 1; report <= 2; ++report) {
    script.passDays(30);
    script.act("recommendation.progressReported", recommendation,
               {{"report", words(12)}, {"percent", std::to_string(report * 40)}});
  }
  script.passDays(20);
  script.act("recommendation.implemented", recommendation, {{"evidence", json::array{programme}}});
  script.passDays(5);
  script.act("recommendation.verified", recommendation, {}, 1);
}

void Lives::memorandum(Script& script) {
  const auto name = numbered("MOU", ++memoranda_);
  const auto one = anyParty();
  auto other = anyParty();
  while (other == one) other = anyParty();
  script.act(
      "mou.proposed", name,
      {{"title", texts(7)}, {"parties", {one, other}}, {"supports", json::array{programme}}});
  script.passDays(10);
  script.act("mou.drafted", name, {{"revision", 1}});
  for (int clause = 1; clause <= 4; ++clause) {
    script.act("mou.clauseAdded", name, {{"number", std::to_string(clause)}, {"text", texts(18)}});
  }
  script.act("mou.noticeSet", name, {{"days", 90}, {"clause", "4"}});
  script.passDays(20);
  script.act("mou.cleared", name, {{"office", anyOffice()}});
  script.passDays(10);
  script.act("mou.agreed", name);
  for (const auto& signatory : {one, other}) {
    script.passDays(5);
    script.act("mou.signed", name,
               {{"party", signatory}, {"signatory", words(2)}, {"place", "Vienna"}});
  }
}

void Lives::project(Script& script) {
  const auto name = numbered("PRJ", ++projects_);
  const auto whole = "project:" + name;
  script.act("project.conceived", name,
             {{"title", texts(7)},
              {"scope", "regional"},
              {"programme", programme},
              {"countries", {"UY", "BR"}},
              {"objective", texts(14)}});
  script.passDays(10);
  for (const auto* role : {"implementing", "beneficiary"}) {
    script.act("project.partyAdded", name, {{"party", anyParty()}, {"role", role}});
  }
  script.act("project.budgeted", name, {{"amount", money()}});
  script.passDays(20);
  script.act("project.formulated", name, {{"objective", texts(14)}});
  const auto funds = pledge(script, whole);
  script.act("project.appraised", name, {{"office", anyOffice()}, {"appraisal", words(10)}});
  script.passDays(15);
  script.act("project.approved", name, {{"securedShare", "60"}, {"funds", json::array{funds}}});
  script.passDays(10);
  script.act("project.executionStarted", name);
  for (auto left = 2 + below(5); left > 0; --left) {
    script.passDays(15);
    script.act("project.spent", name,
               {{"amount", money()}, {"purpose", texts(5)}, {"party", anyParty()}});
  }
  script.act("project.operationallyCompleted", name);
}

/// A pledge for the project, confirmed by a letter and received; its name.
std::string Lives::pledge(Script& script, const std::string& project) {
  const auto name = numbered("FUND", ++pledges_);
  const auto letter = numbered("COR", ++letters_);
  const auto donor = anyParty();
  script.act("funding.announced", name,
             {{"party", donor}, {"amount", "200000.00 EUR"}, {"purposes", json::array{project}}});
  script.passDays(10);
  script.act("correspondence.registered", letter,
             {{"kind", "letter"},
              {"direction", "incoming"},
              {"sender", donor},
              {"subject", words(6)},
              {"received", script.day()},
              {"about", json::array{"funding:" + name}}});
  script.act("funding.confirmed", name,
             {{"amount", "200000.00 EUR"}, {"agreement", "correspondence:" + letter}});
  for (int half = 0; half < 2; ++half) {
    script.passDays(10);
    script.act("funding.received", name, {{"amount", "100000.00 EUR"}});
  }
  script.act("funding.allocated", name, {{"amount", "150000.00 EUR"}, {"purpose", project}});
  return "funding:" + name;
}

/// A note that comes in, and the letter that answers it.
void Lives::letters(Script& script) {
  const auto asked = numbered("COR", ++letters_);
  const auto answer = numbered("COR", ++letters_);
  const auto sender = anyParty();
  const auto office = anyOffice();
  script.act("correspondence.registered", asked,
             {{"kind", "note-verbale"},
              {"direction", "incoming"},
              {"sender", sender},
              {"addressees", json::array{office}},
              {"theirReference", fmt::format("{}/{}", letters_, below(1'000))},
              {"subject", words(6)},
              {"written", script.day(-4)},
              {"received", script.day()},
              {"about", json::array{programme}}});
  script.act("correspondence.replyAsked", asked, {{"by", script.day(30)}, {"office", office}});
  script.passDays(12);
  script.act("correspondence.registered", answer,
             {{"kind", "letter"},
              {"direction", "outgoing"},
              {"sender", office},
              {"addressees", json::array{sender}},
              {"ourReference", answer},
              {"written", script.day()},
              {"inReplyTo", "correspondence:" + asked}});
  script.passDays(1);
  script.act("correspondence.sent", answer, {{"sent", script.day()}});
  script.act("correspondence.answered", asked, {{"reply", "correspondence:" + answer}});
  script.passDays(10);
  script.act("correspondence.filed", asked);
}

void Lives::contact(Script& script) {
  const auto name = numbered("LIA", ++contacts_);
  static constexpr std::array channels{"call", "visit"};
  script.act("liaison.logged", name,
             {{"office", anyOffice()},
              {"party", anyParty()},
              {"channel", channels[below(channels.size())]},
              {"subject", words(5)},
              {"programme", programme}});
  script.act("liaison.followUpAsked", name, {{"what", words(6)}, {"due", script.day(30)}});
  script.passDays(15);
  script.act("liaison.followUpDone", name, {{"result", words(5)}});
}

}  // namespace consulta::bench
