#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "projections/rows/mou.h"
#include "tests/support/story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

using Types = std::vector<std::string>;

/// A memorandum between UNIDO and SEGIB, proposed on 1 March 2006; MX is named in no role.
struct Proposed : Story {
  Proposed() {
    on("2006-03-01");
    for (const std::string party : {"UNIDO", "SEGIB", "MX"}) {
      given("party.registered", party,
            {{"name", "en:" + party}, {"kind", "international-organization"}});
    }
    given("mou.proposed", "MOU-1", {{"title", "en:Cooperation"}, {"parties", {"UNIDO", "SEGIB"}}});
  }
};

struct Cleared : Proposed {
  Cleared() {
    given("mou.drafted", "MOU-1", {{"revision", 1}});
    on("2006-03-10").given("mou.cleared", "MOU-1");
  }
};

/// `entry` is what it says about its entry into force; "" says nothing.
struct Agreed : Cleared {
  explicit Agreed(const std::string& entry = "") {
    if (!entry.empty()) given("mou.entryIntoForceSet", "MOU-1", {{"entry", entry}});
    on("2006-03-20").given("mou.agreed", "MOU-1");
  }
};

struct SignedByUnido : Agreed {
  explicit SignedByUnido(const std::string& entry = "") : Agreed(entry) {
    on("2006-04-05").given("mou.signed", "MOU-1", {{"party", "UNIDO"}});
  }
};

struct InForce : SignedByUnido {
  InForce() : SignedByUnido("on-last-signature") {
    on("2006-04-06").given("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  }
};

boost::json::object found(const std::string& state) {
  return {{"title", "en:Cooperation"}, {"state", state}, {"parties", {"UNIDO", "SEGIB"}}};
}

}  // namespace

TEST_CASE("a party is named once as a signatory of a memorandum that is opened") {
  Proposed story;
  story.when("mou.proposed", "MOU-2", {{"title", "en:Twice"}, {"parties", {"UNIDO", "UNIDO"}}});
  CHECK(story.refusedBy("mou.parties.distinct"));
}

TEST_CASE("a memorandum found before any signature carries none") {
  Proposed story;
  auto data = found("agreed");
  data["signedOn"] = "2006-04-06";
  story.when("mou.found", "MOU-2", data);
  CHECK(story.refusedBy("mou.found.not-signed"));
}

TEST_CASE("only a party that is named is found as having signed") {
  Proposed story;
  auto data = found("signed-by-some");
  data["signedBy"] = boost::json::array{"MX"};
  story.when("mou.found", "MOU-2", data);
  CHECK(story.refusedBy("mou.found.signed-by-party"));
}

TEST_CASE("a memorandum that every party has signed is not found as signed by some") {
  Proposed story;
  auto data = found("signed-by-some");
  data["signedBy"] = boost::json::array{"UNIDO", "SEGIB"};
  story.when("mou.found", "MOU-2", data);
  CHECK(story.refusedBy("mou.found.all-signed"));
}

TEST_CASE("what is in force by its own clause is not found as merely signed") {
  Proposed story;
  auto data = found("signed-by-all");
  data["entryIntoForce"] = "on-last-signature";
  story.when("mou.found", "MOU-2", data);
  CHECK(story.refusedBy("mou.found.in-force"));
}

TEST_CASE("a term does not end before it begins") {
  Proposed story;
  auto data = found("in-force");
  data["inForceOn"] = "2006-04-06";
  data["endsOn"] = "2006-03";
  story.when("mou.found", "MOU-2", data);
  CHECK(story.refusedBy("mou.term.order"));
  data["endsOn"] = "2006-04";
  story.when("mou.found", "MOU-2", data);
  CHECK(story.accepted());
}

TEST_CASE("a memorandum found as signed keeps its day and invents no entry into force") {
  Proposed story;
  auto data = found("signed-by-all");
  data["signedOn"] = "2006-04-06";
  story.given("mou.found", "MOU-2", data);
  CHECK(story.enteredTypes() == Types{"mou.found"});
  const auto& mou = story.as<Mou>("MOU-2");
  CHECK(mou.signedOn.edtf == "2006-04-06");
  CHECK(mou.inForceOn.edtf.empty());
  CHECK(mou.signatureComplete);
  CHECK(story.stateOf("MOU-2") == "signed-by-all");
}

TEST_CASE("a party is named once in a role, and is not signatory and observer at once") {
  Proposed story;
  story.when("mou.partyNamed", "MOU-1", {{"party", "SEGIB"}, {"role", "signatory"}});
  CHECK(story.refusedBy("mou.partyNamed.once"));
  story.when("mou.partyNamed", "MOU-1", {{"party", "SEGIB"}, {"role", "observer"}});
  CHECK(story.refusedBy("mou.partyNamed.role"));
  story.when("mou.partyNamed", "MOU-1", {{"party", "SEGIB"}, {"role", "depositary"}});
  CHECK(story.accepted());
}

TEST_CASE("drafts of a memorandum are numbered upwards") {
  Cleared story;
  story.when("mou.drafted", "MOU-1", {{"revision", 1}});
  CHECK(story.refusedBy("mou.drafted.revision"));
  story.when("mou.drafted", "MOU-1", {{"revision", 2}});
  CHECK(story.accepted());
  CHECK(story.stateOf("MOU-1") == "drafted");
}

TEST_CASE("a memorandum is in support of the same thing once") {
  Proposed story;
  story.given("programme.identified", "PROG-1", {{"title", "en:Regional programme"}});
  story.given("mou.supportStated", "MOU-1", {{"supported", "PROG-1"}});
  story.when("mou.supportStated", "MOU-1", {{"supported", "PROG-1"}});
  CHECK(story.refusedBy("mou.supportStated.once"));
}

TEST_CASE("a date of entry into force is stated when, and only when, it is on a date") {
  Proposed story;
  story.when("mou.entryIntoForceSet", "MOU-1", {{"entry", "on-date"}});
  CHECK(story.refusedBy("mou.entryIntoForceSet.date"));
  story.when("mou.entryIntoForceSet", "MOU-1",
             {{"entry", "on-last-signature"}, {"date", "2006-05-01"}});
  CHECK(story.refusedBy("mou.entryIntoForceSet.date"));
  story.when("mou.entryIntoForceSet", "MOU-1", {{"entry", "on-date"}, {"date", "2006-05-01"}});
  CHECK(story.accepted());
}

TEST_CASE("a clause entered again has its new wording, in its old place") {
  Proposed story;
  story.given("mou.clauseAdded", "MOU-1", {{"number", "1"}, {"text", "en:Purpose"}});
  story.given("mou.clauseAdded", "MOU-1", {{"number", "2"}, {"text", "en:Means"}});
  story.given("mou.clauseAdded", "MOU-1", {{"number", "1"}, {"text", "en:Aim"}});
  const auto& mou = story.as<Mou>("MOU-1");
  REQUIRE(mou.clauses.size() == 2);
  CHECK(mou.clauses[0].text.phrases[0].text == "Aim");
}

TEST_CASE("a text is agreed between at least two signatories") {
  Proposed story;
  story.given("mou.proposed", "MOU-2",
              {{"title", "en:Alone"}, {"parties", boost::json::array{"UNIDO"}}});
  story.given("mou.drafted", "MOU-2");
  story.given("mou.cleared", "MOU-2");
  story.when("mou.agreed", "MOU-2");
  CHECK(story.refusedBy("mou.agreed.needs-parties"));
  story.given("mou.partyNamed", "MOU-2", {{"party", "MX"}, {"role", "observer"}});
  story.when("mou.agreed", "MOU-2");
  CHECK(story.refusedBy("mou.agreed.needs-parties"));
}

TEST_CASE("a text that is not agreed is not signed") {
  Cleared story;
  story.when("mou.signed", "MOU-1", {{"party", "UNIDO"}});
  CHECK(story.refusedBy("mou.lifecycle"));
}

TEST_CASE("only a party that is named signs") {
  Agreed story;
  story.when("mou.signed", "MOU-1", {{"party", "MX"}});
  CHECK(story.refusedBy("mou.signed.party-named"));
}

TEST_CASE("a party signs once") {
  SignedByUnido story;
  CHECK(story.stateOf("MOU-1") == "signed-by-some");
  story.when("mou.signed", "MOU-1", {{"party", "UNIDO"}});
  CHECK(story.refusedBy("mou.signed.party-signs-once"));
}

TEST_CASE("the last signature is noted, and nothing is inferred of an entry into force") {
  SignedByUnido story;
  story.on("2006-04-06").when("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  CHECK(story.enteredTypes() == Types{"mou.signed", "mou.signedByAll"});
  CHECK(story.stateOf("MOU-1") == "signed-by-all");
  CHECK(story.as<Mou>("MOU-1").signedOn.edtf == "2006-04-06");
}

TEST_CASE("a memorandum enters into force on the last signature when it says so") {
  SignedByUnido story("on-last-signature");
  story.on("2006-04-06").when("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  CHECK(story.enteredTypes() == Types{"mou.signed", "mou.signedByAll", "mou.enteredIntoForce"});
  CHECK(story.stateOf("MOU-1") == "in-force");
  CHECK(story.as<Mou>("MOU-1").inForceOn.edtf == "2006-04-06");
}

TEST_CASE("a clause on entry into force that is entered after the last signature takes effect") {
  SignedByUnido story;
  story.on("2006-04-06").given("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  story.on("2006-05-01").when("mou.entryIntoForceSet", "MOU-1", {{"entry", "on-last-signature"}});
  CHECK(story.enteredTypes() == Types{"mou.entryIntoForceSet", "mou.enteredIntoForce"});
  CHECK(story.as<Mou>("MOU-1").inForceOn.edtf == "2006-04-06");
}

TEST_CASE("a signature ad referendum counts once it is confirmed") {
  SignedByUnido story;
  story.on("2006-04-06").given("mou.signed", "MOU-1", {{"party", "SEGIB"}, {"adReferendum", true}});
  CHECK(story.enteredTypes() == Types{"mou.signed"});
  CHECK(story.stateOf("MOU-1") == "signed-by-some");
  story.when("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  CHECK(story.refusedBy("mou.signed.nobody-left"));
  story.when("mou.signatureConfirmed", "MOU-1", {{"party", "UNIDO"}});
  CHECK(story.refusedBy("mou.signatureConfirmed.pending"));
  story.on("2006-05-02").when("mou.signatureConfirmed", "MOU-1", {{"party", "SEGIB"}});
  CHECK(story.enteredTypes() == Types{"mou.signatureConfirmed", "mou.signedByAll"});
  CHECK(story.as<Mou>("MOU-1").signedOn.edtf == "2006-05-02");
}

TEST_CASE("where no signature is subject to confirmation none is confirmed") {
  SignedByUnido story;
  story.when("mou.signatureConfirmed", "MOU-1", {{"party", "UNIDO"}});
  CHECK(story.refusedBy("mou.signatureConfirmed.none-pending"));
}

TEST_CASE("that all have signed is not noted before they have") {
  SignedByUnido story;
  story.when("mou.signedByAll", "MOU-1", {{"lastSignature", "2006-04-06"}});
  CHECK(story.refusedBy("mou.signedByAll.signatures"));
}

TEST_CASE("each signatory notifies once, and the last notification brings it into force") {
  SignedByUnido story("on-notification");
  story.on("2006-04-06").given("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  CHECK(story.stateOf("MOU-1") == "signed-by-all");
  story.on("2006-05-01");
  story.when("mou.notified", "MOU-1", {{"party", "MX"}});
  CHECK(story.refusedBy("mou.notified.signatory"));
  story.given("mou.notified", "MOU-1", {{"party", "UNIDO"}});
  story.when("mou.notified", "MOU-1", {{"party", "UNIDO"}});
  CHECK(story.refusedBy("mou.notified.once"));
  story.on("2006-05-09").when("mou.notified", "MOU-1", {{"party", "SEGIB"}});
  CHECK(story.enteredTypes() == Types{"mou.notified", "mou.enteredIntoForce"});
  CHECK(story.as<Mou>("MOU-1").inForceOn.edtf == "2006-05-09");
}

TEST_CASE("a renewal runs longer than the term it renews") {
  InForce story;
  story.given("mou.termSet", "MOU-1", {{"endsOn", "2008-04-05"}});
  story.on("2007-01-10");
  story.when("mou.renewed", "MOU-1", {{"endsOn", "2008-03"}});
  CHECK(story.refusedBy("mou.renewed.longer"));
  story.when("mou.renewed", "MOU-1", {{"endsOn", "2010-04-05"}});
  CHECK(story.accepted());
  CHECK(story.as<Mou>("MOU-1").endsOn.edtf == "2010-04-05");
}

TEST_CASE("an amendment changes the term and the notice it names, and nothing else") {
  InForce story;
  story.given("mou.termSet", "MOU-1", {{"endsOn", "2008-04-05"}});
  story.given("mou.noticeSet", "MOU-1", {{"days", 90}});
  story.on("2007-01-10")
      .given("mou.amended", "MOU-1", {{"text", "en:Clause 4 changes"}, {"noticeDays", 30}});
  const auto& mou = story.as<Mou>("MOU-1");
  CHECK(mou.noticeDays == 30);
  CHECK(mou.endsOn.edtf == "2008-04-05");
  CHECK(mou.amendments.size() == 1);
}

TEST_CASE("a notice is given once, by a signatory, and leaves the time the memorandum asks for") {
  InForce story;
  story.given("mou.noticeSet", "MOU-1", {{"days", 90}});
  story.on("2007-01-01");
  story.when("mou.noticeGiven", "MOU-1", {{"party", "MX"}});
  CHECK(story.refusedBy("mou.noticeGiven.signatory"));
  story.when("mou.noticeGiven", "MOU-1", {{"party", "SEGIB"}, {"effective", "2007-03-31"}});
  CHECK(story.refusedBy("mou.noticeGiven.period"));
  story.when("mou.noticeGiven", "MOU-1", {{"party", "SEGIB"}, {"effective", "2007-04-01"}});
  CHECK(story.accepted());
  story.when("mou.noticeGiven", "MOU-1", {{"party", "SEGIB"}, {"effective", "2007-06-01"}});
  CHECK(story.refusedBy("mou.noticeGiven.once"));
}

TEST_CASE("a notice is counted from the first day that a date may name to the last one") {
  Proposed story;
  story.on("1700-01-01").given("mou.found", "MOU-2", found("in-force"));
  story.given("mou.noticeSet", "MOU-2", {{"days", 90}});
  story.when("mou.noticeGiven", "MOU-2", {{"party", "SEGIB"}, {"effective", "1700-03-31"}});
  CHECK(story.refusedBy("mou.noticeGiven.period"));
  story.when("mou.noticeGiven", "MOU-2", {{"party", "SEGIB"}, {"effective", "1700-04-01"}});
  CHECK(story.accepted());
  story.given("mou.noticeSet", "MOU-2", {{"days", 4'000'000'000}});
  story.when("mou.noticeGiven", "MOU-2", {{"party", "UNIDO"}, {"effective", "2199-12-30"}});
  CHECK(story.refusedBy("mou.noticeGiven.period"));
  story.when("mou.noticeGiven", "MOU-2", {{"party", "UNIDO"}, {"effective", "2199-12-31"}});
  CHECK(story.accepted());
}

TEST_CASE("a party ends a memorandum by notice, once the notice takes effect") {
  InForce story;
  story.on("2007-01-01");
  story.when("mou.terminated", "MOU-1", {{"reason", "Unused"}, {"by", "SEGIB"}});
  CHECK(story.refusedBy("mou.terminated.needs-notice"));
  story.given("mou.noticeGiven", "MOU-1", {{"party", "SEGIB"}, {"effective", "2007-04-01"}});
  story.on("2007-03-31").when("mou.terminated", "MOU-1", {{"reason", "Unused"}, {"by", "SEGIB"}});
  CHECK(story.refusedBy("mou.terminated.notice-runs"));
  story.on("2007-04-01").when("mou.terminated", "MOU-1", {{"reason", "Unused"}, {"by", "SEGIB"}});
  CHECK(story.accepted());
  CHECK(story.stateOf("MOU-1") == "terminated");
}

TEST_CASE("a memorandum does not replace itself") {
  InForce story;
  story.when("mou.terminated", "MOU-1", {{"reason", "Wider one"}, {"replacement", "MOU-1"}});
  CHECK(story.refusedBy("mou.terminated.replacement"));
}

TEST_CASE("a first signature entered after the last one takes its place before it") {
  Agreed story("on-last-signature");
  story.on("2006-04-06").given("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  story.on("2006-04-05").when("mou.signed", "MOU-1", {{"party", "UNIDO"}});
  REQUIRE(story.accepted());
  CHECK(story.as<Mou>("MOU-1").signedOn.edtf == "2006-04-06");
  CHECK(story.stateOf("MOU-1") == "in-force");
}

TEST_CASE("a party that was dissolved neither is named nor signs, and its successor gives notice") {
  Agreed story;
  story.on("2006-04-01")
      .given("party.dissolved", "MX", {{"successors", boost::json::array{"UNIDO"}}});
  story.on("2006-04-02");
  boost::json::object proposal{{"title", "en:Other"}, {"parties", {"MX", "SEGIB"}}};
  story.when("mou.proposed", "MOU-2", proposal);
  CHECK(story.refusedBy("mou.parties.standing"));
  CHECK(story.why().find("name party:UNIDO in its place") != std::string::npos);
  proposal["parties"] = boost::json::array{"UNIDO", "SEGIB"};
  story.given("mou.proposed", "MOU-2", proposal);
  story.when("mou.partyNamed", "MOU-2", {{"party", "MX"}, {"role", "observer"}});
  CHECK(story.refusedBy("mou.parties.standing"));
  story.given("party.dissolved", "SEGIB");
  story.on("2006-04-03").when("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  CHECK(story.refusedBy("mou.signed.party-standing"));
  story.on("2006-03-31").when("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  CHECK(story.accepted());  // signed before, entered late
}

TEST_CASE("the successor of a signatory gives notice in its place") {
  InForce story;
  story.on("2007-01-01");
  story.given("party.dissolved", "SEGIB", {{"successors", boost::json::array{"MX"}}});
  story.on("2007-02-01").when("mou.noticeGiven", "MOU-1", {{"party", "SEGIB"}});
  CHECK(story.refusedBy("mou.noticeGiven.standing"));
  story.given("mou.noticeGiven", "MOU-1", {{"party", "MX"}, {"effective", "2007-04-01"}});
  story.on("2007-04-01").when("mou.terminated", "MOU-1", {{"reason", "Unused"}, {"by", "MX"}});
  CHECK(story.accepted());
}

TEST_CASE("a memorandum of parties that are no more is found, unless they have still to sign") {
  Proposed story;
  story.given("party.dissolved", "SEGIB");
  story.on("2006-03-02");
  for (const std::string state : {"agreed", "signed-by-some"}) {
    story.when("mou.found", "MOU-2", found(state));
    CHECK(story.refusedBy("mou.parties.standing"));
  }
  auto some = found("signed-by-some");
  some["signedBy"] = boost::json::array{"SEGIB"};
  story.when("mou.found", "MOU-2", some);
  CHECK(story.accepted());
  story.when("mou.found", "MOU-3", found("expired"));
  CHECK(story.accepted());
}

TEST_CASE("a closed office clears no text, and a retired file carries neither text nor powers") {
  Proposed story;
  story.given("office.established", "LEGAL", {{"name", "en:Legal"}, {"kind", "headquarters-unit"}});
  story.given("file.attached", "FILE-1",
              {{"kind", "text"},
               {"sha256", std::string(64, 'a')},
               {"size", 9},
               {"mediaType", "application/pdf"}});
  story.given("person.registered", "PER-1", {{"name", "A"}});
  story.given("office.closed", "LEGAL");
  story.given("file.retired", "FILE-1", {{"reason", "In error"}});
  story.given("person.departed", "PER-1");
  story.on("2006-03-02");
  story.when("mou.drafted", "MOU-1", {{"file", "FILE-1"}});
  CHECK(story.refusedBy("mou.text.retired"));
  story.given("mou.drafted", "MOU-1");
  story.when("mou.cleared", "MOU-1", {{"office", "LEGAL"}});
  CHECK(story.refusedBy("mou.cleared.office"));
  story.given("mou.cleared", "MOU-1");
  story.when("mou.agreed", "MOU-1", {{"file", "FILE-1"}});
  CHECK(story.refusedBy("mou.text.retired"));
  story.given("mou.agreed", "MOU-1");
  story.when("mou.signed", "MOU-1",
             {{"party", "UNIDO"}, {"fullPowers", "FILE-1"}, {"person", "PER-1"}});
  CHECK(story.refusedBy("mou.signed.full-powers"));
  CHECK(story.refusedBy("mou.signed.person"));
}
