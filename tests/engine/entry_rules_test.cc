// What holds of every entry, whatever it is about.
#include <doctest/doctest.h>

#include <string>

#include "tests/support/story_steps.h"

namespace consulta::test {

namespace {

/// A meeting and a programme that have the same symbol, and a meeting that has its own.
struct Named : Story {
  Named() {
    on("2006-04-06").by(7);
    given("meeting.scheduled", "LAC", {{"kind", "expert-group"}, {"title", "en:Energy"}});
    given("programme.identified", "LAC", {{"title", "en:Region"}});
    given("meeting.scheduled", "MTG-1", {{"kind", "expert-group"}, {"title", "en:Water"}});
  }
};

}  // namespace

TEST_CASE("nothing is a submission of nothing") {
  Story story;
  story.submitTogether({});
  CHECK(story.refusedBy("submission.empty"));
}

TEST_CASE("an entry says what has happened, also when its date is corrected") {
  Named story;
  story.on("2011-01-01").when("meeting.retitled", "MTG-1", {{"title", "en:Later"}});
  CHECK(story.refusedBy("entry.occurred.past"));
  correctDate(story.on("2006-04-07"), "MTG-1", newest(story), "2011-01-01");
  CHECK(story.refusedBy("entry.occurred.past"));
}

TEST_CASE("an entry that expects an entity as it no longer is is refused") {
  Named story;
  story.with("expect", 7).when("meeting.retitled", "MTG-1", {{"title", "en:Air"}});
  CHECK(story.refusedBy("entity.revision"));
  story.with("expect", 1).when("meeting.retitled", "MTG-1", {{"title", "en:Air"}});
  CHECK(story.accepted());
}

TEST_CASE("a name is of the kind that is asked for, and means one entity") {
  Named story;
  story.when("meeting.scheduled", "programme:NEW", {{"kind", "expert-group"}, {"title", "en:N"}});
  CHECK(story.refusedBy("entity.kind"));
  boost::json::object link{{"text", "en:Meet"}, {"origin", "#2"}};
  story.when("recommendation.recorded", "REC-1", link);
  CHECK(story.refusedBy("reference.kind"));
  story.given("consultation.planned", "LAC", {{"title", "en:On the region"}});
  link["origin"] = "LAC";
  story.when("recommendation.recorded", "REC-1", link);
  CHECK(story.refusedBy("reference.ambiguous"));
}

TEST_CASE(
    "a corrigendum changes an entry of its entity, leaves what is required and has a reason") {
  Named story;
  const auto opening = newest(story);
  correctEntry(story, "MTG-1", opening - 1, {{"title", "en:Air"}});
  CHECK(story.refusedBy("corrigendum.target"));
  correctEntry(story, "MTG-1", opening, {{"title", "en:Water"}});
  CHECK(story.refusedBy("corrigendum.changes"));
  correctEntry(story, "MTG-1", opening, {{"title", nullptr}});
  CHECK(story.refusedBy("corrigendum.required"));
  story.when("common.corrigendum", "MTG-1",
             {{"corrects", opening}, {"right", {{"title", "en:Air"}}}});
  CHECK(story.refusedBy("corrigendum.reason"));
}

TEST_CASE("what opens an entity is not refiled to another one") {
  Named story;
  story.when("common.retraction", "MTG-1",
             {{"retracts", newest(story)}, {"refiledTo", "meeting:LAC"}, {"reason", "Elsewhere"}});
  CHECK(story.refusedBy("retraction.refiled-entry"));
}

TEST_CASE("lists of areas and goals name each once") {
  Story story;
  listItem(story, "area", "energy");
  listItem(story, "goal", "MDG1");
  story.when("programme.identified", "PROG-1", {{"title", "en:P"}, {"goals", {"MDG1", "MDG1"}}});
  CHECK(story.refusedBy("programme.goals.distinct"));
  story.given("mechanism.found", "MEC-1", {{"title", "en:M"}, {"state", "in-operation"}});
  story.when("mechanism.purposeStated", "MEC-1",
             {{"function", "updating"}, {"areas", {"energy", "energy"}}});
  CHECK(story.refusedBy("mechanism.areas.distinct"));
}

TEST_CASE("a language that a party has chosen is not chosen again") {
  Story story;
  listItem(story, "language", "es");
  story.given("party.registered", "ACME", {{"name", "en:Acme"}, {"kind", "company"}});
  story.given("party.languageChosen", "ACME", {{"language", "es"}});
  story.when("party.languageChosen", "ACME", {{"language", "es"}});
  CHECK(story.refusedBy("party.languageChosen.changes"));
}

}  // namespace consulta::test
