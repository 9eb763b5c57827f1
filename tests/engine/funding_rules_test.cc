#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "projections/rows/funding.h"
#include "tests/support/story.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// A requirement of unknown amount for PROG-1, projects PRJ-1 and PRJ-2, donors ES and PT.
struct Needed : Story {
  Needed() {
    on("2006-01-01");
    for (const std::string party : {"ES", "PT"}) {
      given("party.registered", party, {{"name", "en:" + party}, {"kind", "donor"}});
    }
    given("programme.identified", "PROG-1", {{"title", "en:Regional programme"}});
    for (const std::string project : {"PRJ-1", "PRJ-2"}) {
      given("project.conceived", project, {{"title", "en:Drying"}, {"scope", "national"}});
    }
    given("document.found", "DOC-1",
          {{"title", "en:Agreement"}, {"kind", "other"}, {"state", "issued"}});
    given("funding.requirementSet", "REQ-1", {{"purposes", boost::json::array{"PROG-1"}}});
  }
};

boost::json::object pledge(const std::string& amount) {
  boost::json::object out{{"party", "ES"}, {"requirement", "REQ-1"}};
  if (!amount.empty()) out["amount"] = amount;
  return out;
}

boost::json::object money(const std::string& amount) {
  return {{"amount", amount}};
}

boost::json::object money(const std::string& amount, const std::string& purpose) {
  return {{"amount", amount}, {"purpose", purpose}};
}

struct Announced : Needed {
  Announced() { on("2006-02-01").given("funding.announced", "PL-1", pledge("1000.00 EUR")); }
};

struct Confirmed : Announced {
  Confirmed() {
    on("2006-03-01")
        .given("funding.confirmed", "PL-1", {{"amount", "1000.00 EUR"}, {"agreement", "DOC-1"}});
  }
};

/// In April 2006: instalments of these amounts, each before a session or by 1 May. IDB.31 is held
/// in June, IDB.33 many years later.
struct AgreedOn : Confirmed {
  explicit AgreedOn(const std::vector<std::pair<std::string, std::string>>& instalments) {
    recordedAt("2006-04-10").on("2006-04-10");
    test::listItem(*this, "body", "IDB");
    for (const auto& [number, dates] :
         {std::pair{31, "2006-06-20/2006-06-22"}, {33, "2030-06-20/2030-06-22"}}) {
      given("session.listed", "IDB." + std::to_string(number),
            {{"body", "IDB"}, {"number", number}, {"dates", dates}});
    }
    for (const auto& [amount, session] : instalments) {
      boost::json::value due = "2006-05-01";
      if (!session.empty()) due = boost::json::object{{"beforeSession", session}};
      given("funding.instalmentScheduled", "PL-1", {{"amount", amount}, {"due", due}});
    }
  }
};

/// 400 of 1000 EUR have come in.
struct InPart : Confirmed {
  InPart() { on("2006-04-01").given("funding.received", "PL-1", money("400.00 EUR")); }
};

}  // namespace

TEST_CASE("an amount that is not known is possible and is no zero") {
  Needed story;
  CHECK(story.as<Funding>("REQ-1").amount.currency.empty());
  story.given("funding.announced", "PL-1", pledge(""));
  CHECK(story.as<Funding>("PL-1").amount.currency.empty());
  story.when("funding.announced", "PL-2", pledge("0.00 EUR"));
  CHECK(story.refusedBy("funding.announced.amount"));
  story.when("funding.requirementSet", "REQ-2",
             {{"purposes", boost::json::array{"PROG-1"}}, {"amount", "-1.00 EUR"}});
  CHECK(story.refusedBy("funding.requirementSet.amount"));
}

TEST_CASE("a revision of a requirement leaves alone what it does not mention") {
  Needed story;
  story.when("funding.requirementRevised", "REQ-1");
  CHECK(story.refusedBy("funding.requirementRevised.something"));
  story.when("funding.requirementRevised", "REQ-1", {{"amount", "1.00 EUR"}, {"unknown", true}});
  CHECK(story.refusedBy("funding.requirementRevised.unknown"));
  story.when("funding.requirementRevised", "REQ-1", money("0.00 EUR"));
  CHECK(story.refusedBy("funding.requirementRevised.amount"));
  story.given("funding.requirementRevised", "REQ-1", money("5000.00 EUR"));
  story.given("funding.requirementRevised", "REQ-1", {{"title", "en:Funds"}});
  CHECK(story.as<Funding>("REQ-1").amount == RowMoney{500'000, "EUR"});
  story.given("funding.requirementRevised", "REQ-1", {{"unknown", true}});
  CHECK(story.as<Funding>("REQ-1").amount == RowMoney{});
}

TEST_CASE("a pledge is made towards a requirement that stands") {
  Announced story;
  auto towards = pledge("10.00 EUR");
  towards["requirement"] = "PL-1";
  story.when("funding.announced", "PL-2", towards);
  CHECK(story.refusedBy("funding.announced.requirement"));
  towards["state"] = "announced";
  story.when("funding.found", "PL-2", towards);
  CHECK(story.refusedBy("funding.found.requirement"));
  story.given("funding.withdrawn", "REQ-1", {{"reason", "No need"}});
  story.on("2006-02-02").when("funding.announced", "PL-2", pledge("10.00 EUR"));
  CHECK(story.refusedBy("funding.announced.withdrawn"));
  // Before the withdrawal it was lawful, whenever it is entered.
  story.on("2006-01-15").when("funding.announced", "PL-2", pledge("10.00 EUR"));
  CHECK(story.accepted());
}

TEST_CASE("a pledge is confirmed by an agreement before anything of it comes in") {
  Announced story;
  story.when("funding.received", "PL-1", money("10.00 EUR"));
  CHECK(story.refusedBy("funding.lifecycle"));
  story.when("funding.confirmed", "PL-1", money("1000.00 EUR"));
  CHECK_FALSE(story.accepted());
  story.when("funding.confirmed", "PL-1", {{"amount", "0.00 EUR"}, {"agreement", "DOC-1"}});
  CHECK(story.refusedBy("funding.confirmed.amount"));
  story.given("funding.amountRevised", "PL-1", money("1200.00 EUR"));
  story.when("funding.amountRevised", "PL-1", money("0.00 EUR"));
  CHECK(story.refusedBy("funding.amountRevised.amount"));
  story.given("funding.confirmed", "PL-1", {{"amount", "1000.00 EUR"}, {"agreement", "DOC-1"}});
  CHECK(story.as<Funding>("PL-1").announced == RowMoney{120'000, "EUR"});
  CHECK(story.as<Funding>("PL-1").confirmed == RowMoney{100'000, "EUR"});
}

TEST_CASE("what comes in is counted in the currency of the pledge, to the last unit") {
  InPart story;
  CHECK(story.stateOf("PL-1") == "received-in-part");
  story.when("funding.received", "PL-1", money("100.00 USD"));
  CHECK(story.refusedBy("funding.received.currency"));
  story.when("funding.received", "PL-1", money("0.00 EUR"));
  CHECK(story.refusedBy("funding.received.amount"));
  story.given("funding.received", "PL-1", money("599.99 EUR"));
  CHECK(story.stateOf("PL-1") == "received-in-part");
  story.given("funding.received", "PL-1", money("0.01 EUR"));
  CHECK(story.stateOf("PL-1") == "received");
}

TEST_CASE("allocated never exceeds received") {
  InPart story;
  story.when("funding.allocated", "PL-1", money("400.01 EUR", "PRJ-1"));
  CHECK(story.refusedBy("funding.allocated.received"));
  story.when("funding.allocated", "PL-1", money("1.00 USD", "PRJ-1"));
  CHECK(story.refusedBy("funding.allocated.received"));
  story.when("funding.allocated", "PL-1", money("0.00 EUR", "PRJ-1"));
  CHECK(story.refusedBy("funding.allocated.amount"));
  story.given("funding.allocated", "PL-1", money("300.00 EUR", "PRJ-1"));
  story.given("funding.allocated", "PL-1", money("100.00 EUR", "PRJ-2"));
  story.when("funding.allocated", "PL-1", money("0.01 EUR", "PRJ-2"));
  CHECK(story.refusedBy("funding.allocated.received"));
  story.given("funding.released", "PL-1", money("50.00 EUR", "PRJ-1"));
  story.given("funding.allocated", "PL-1", money("50.00 EUR", "PRJ-2"));
}

TEST_CASE("an allocation entered late is checked against what had come in by then") {
  InPart story;
  story.on("2006-05-01").given("funding.received", "PL-1", money("600.00 EUR"));
  story.on("2006-04-15").when("funding.allocated", "PL-1", money("500.00 EUR", "PRJ-1"));
  CHECK(story.refusedBy("funding.allocated.received"));
  story.given("funding.allocated", "PL-1", money("400.00 EUR", "PRJ-1"));
  // What was allocated afterwards counts too.
  story.on("2006-05-02").given("funding.allocated", "PL-1", money("600.00 EUR", "PRJ-2"));
  story.on("2006-05-01").when("funding.allocated", "PL-1", money("1.00 EUR", "PRJ-1"));
  CHECK(story.refusedBy("funding.allocated.received"));
}

TEST_CASE("a receipt is not corrected to less than what is allocated from it") {
  InPart story;
  const auto position = story.entered().front()->position().value;
  story.given("funding.allocated", "PL-1", money("400.00 EUR", "PRJ-1"));
  story.when("common.corrigendum", "PL-1",
             {{"corrects", position}, {"right", money("399.00 EUR")}, {"reason", "A slip"}});
  CHECK(story.refusedBy("funding.allocated.received"));
  story.when("common.corrigendum", "PL-1",
             {{"corrects", position}, {"right", money("401.00 EUR")}, {"reason", "A slip"}});
  CHECK(story.accepted());
}

TEST_CASE("nothing is allocated to what was given up by then") {
  InPart story;
  story.on("2006-04-10").given("project.cancelled", "PRJ-1", {{"reason", "Given up"}});
  story.on("2006-04-20").when("funding.allocated", "PL-1", money("10.00 EUR", "PRJ-1"));
  CHECK(story.refusedBy("funding.allocated.purpose"));
  story.on("2006-04-05").when("funding.allocated", "PL-1", money("10.00 EUR", "PRJ-1"));
  CHECK(story.accepted());
}

TEST_CASE("only what is allocated to a purpose is released or paid out for it") {
  InPart story;
  story.when("funding.disbursed", "PL-1", money("1.00 EUR", "PRJ-1"));
  CHECK(story.refusedBy("funding.disbursed.allocated"));
  story.when("funding.released", "PL-1", money("1.00 EUR", "PRJ-1"));
  CHECK(story.refusedBy("funding.released.allocated"));
  story.given("funding.allocated", "PL-1", money("300.00 EUR", "PRJ-1"));
  story.when("funding.disbursed", "PL-1", money("1.00 EUR", "PRJ-2"));
  CHECK(story.refusedBy("funding.disbursed.allocated"));
  story.when("funding.disbursed", "PL-1", money("-1.00 EUR", "PRJ-1"));
  CHECK(story.refusedBy("funding.disbursed.amount"));
  story.given("funding.disbursed", "PL-1", money("200.00 EUR", "PRJ-1"));
  story.when("funding.released", "PL-1", money("100.01 EUR", "PRJ-1"));
  CHECK(story.refusedBy("funding.released.allocated"));
  story.when("funding.released", "PL-1", money("100.00 EUR", "PRJ-1"));
  CHECK(story.accepted());
}

TEST_CASE("what came in before a pledge was withdrawn stays to be used") {
  InPart story;
  story.on("2006-05-01").given("funding.withdrawn", "PL-1", {{"reason", "Budget cut"}});
  story.when("funding.received", "PL-1", money("1.00 EUR"));
  CHECK(story.refusedBy("funding.lifecycle"));
  story.given("funding.allocated", "PL-1", money("400.00 EUR", "PRJ-1"));
  story.given("funding.disbursed", "PL-1", money("400.00 EUR", "PRJ-1"));
  Confirmed nothing;
  nothing.given("funding.withdrawn", "PL-1", {{"reason", "Budget cut"}});
  nothing.when("funding.allocated", "PL-1", money("1.00 EUR", "PRJ-1"));
  CHECK(nothing.refusedBy("funding.allocated.withdrawn"));
}

TEST_CASE("a pledge that was received in full is not withdrawn") {
  InPart story;
  story.given("funding.received", "PL-1", money("600.00 EUR"));
  story.when("funding.withdrawn", "PL-1", {{"reason", "Budget cut"}});
  CHECK(story.refusedBy("funding.lifecycle"));
}

TEST_CASE("instalments are in the currency of the pledge and no more than it") {
  Confirmed story;
  const auto instalment = [](const std::string& amount) {
    return boost::json::object{{"amount", amount}, {"due", "2006-10-01"}};
  };
  story.when("funding.instalmentScheduled", "PL-1", instalment("10.00 USD"));
  CHECK(story.refusedBy("funding.instalmentScheduled.currency"));
  story.when("funding.instalmentScheduled", "PL-1", instalment("0.00 EUR"));
  CHECK(story.refusedBy("funding.instalmentScheduled.amount"));
  story.given("funding.instalmentScheduled", "PL-1", instalment("600.00 EUR"));
  story.when("funding.instalmentScheduled", "PL-1", instalment("400.01 EUR"));
  CHECK(story.refusedBy("funding.instalmentScheduled.sum"));
  story.when("funding.instalmentScheduled", "PL-1", instalment("400.00 EUR"));
  CHECK(story.accepted());
}

TEST_CASE("an instalment is overdue once, after its day, and only while it has not come in") {
  Confirmed story;
  const boost::json::object first{{"amount", "400.00 EUR"}, {"due", "2006-10-01"}};
  const boost::json::object overdue{{"number", 1}, {"due", "2006-10-01"}};
  story.when("funding.instalmentOverdue", "PL-1", overdue);
  CHECK(story.refusedBy("funding.instalmentOverdue.scheduled"));
  story.given("funding.instalmentScheduled", "PL-1", first);
  story.on("2006-09-30").when("funding.instalmentOverdue", "PL-1", overdue);
  CHECK(story.refusedBy("funding.instalmentOverdue.due"));
  story.on("2006-10-02");
  for (const auto& [number, due] : {std::pair{1, "2006-10-02"}, {2, "2006-10-01"}}) {
    story.when("funding.instalmentOverdue", "PL-1", {{"number", number}, {"due", due}});
    CHECK(story.refusedBy("funding.instalmentOverdue.scheduled"));
  }
  story.given("funding.instalmentOverdue", "PL-1", overdue);
  story.when("funding.instalmentOverdue", "PL-1", overdue);
  CHECK(story.refusedBy("funding.instalmentOverdue.scheduled"));
  story.given("funding.instalmentScheduled", "PL-1",
              {{"amount", "600.00 EUR"}, {"due", "2006-12-01"}});
  story.on("2006-11-01").given("funding.received", "PL-1", money("999.99 EUR"));
  story.on("2006-12-02")
      .given("funding.instalmentOverdue", "PL-1", {{"number", 2}, {"due", "2006-12-01"}});
  Confirmed paid;
  paid.given("funding.instalmentScheduled", "PL-1", first);
  paid.on("2006-09-01").given("funding.received", "PL-1", money("400.00 EUR"));
  paid.on("2006-10-02").when("funding.instalmentOverdue", "PL-1", overdue);
  CHECK(paid.refusedBy("funding.instalmentOverdue.received"));
}

TEST_CASE("of instalments of the same amount that is overdue whose day has passed") {
  AgreedOn story({{"500.00 EUR", "IDB.33"}, {"500.00 EUR", "IDB.31"}});
  story.recordedAt("2006-07-10").fallDue();
  CHECK(story.enteredTypes() == std::vector<std::string>{"funding.instalmentOverdue"});
  const auto& instalments = story.as<Funding>("PL-1").instalments;
  CHECK_FALSE(instalments[0].overdue);
  CHECK(instalments[1].overdue);
}

TEST_CASE("an instalment before a session is overdue although an earlier one has come in") {
  AgreedOn story({{"400.00 EUR", ""}, {"600.00 EUR", "IDB.31"}});
  story.given("funding.received", "PL-1", money("400.00 EUR"));
  story.recordedAt("2006-07-10").fallDue();
  CHECK(story.enteredTypes() == std::vector<std::string>{"funding.instalmentOverdue"});
  CHECK(story.as<Funding>("PL-1").instalments[1].overdue);
}

TEST_CASE("what is found fits the state it is found in") {
  Needed story;
  const auto found = [&](const boost::json::object& data) {
    story.when("funding.found", "PL-9", data);
  };
  found({{"state", "required"}, {"party", "ES"}});
  CHECK(story.refusedBy("funding.found.party"));
  found({{"state", "confirmed"}});
  CHECK(story.refusedBy("funding.found.party"));
  found({{"state", "withdrawn"}, {"received", "1.00 EUR"}});
  CHECK(story.refusedBy("funding.found.party"));
  found({{"state", "confirmed"}, {"party", "ES"}, {"received", "1.00 EUR"}});
  CHECK(story.refusedBy("funding.found.state"));
  found({{"state", "received"}, {"party", "ES"}, {"received", "1.00 EUR"}, {"amount", "2.00 EUR"}});
  CHECK(story.refusedBy("funding.found.in-full"));
  found({{"state", "received-in-part"},
         {"party", "ES"},
         {"received", "2.00 EUR"},
         {"amount", "2.00 EUR"}});
  CHECK(story.refusedBy("funding.found.in-part"));
  found({{"state", "received"}, {"party", "ES"}, {"received", "2.00 USD"}, {"amount", "2.00 EUR"}});
  CHECK(story.refusedBy("funding.found.currency"));
  found({{"state", "received"}, {"party", "ES"}, {"received", "0.00 EUR"}, {"amount", "0.00 EUR"}});
  CHECK(story.refusedBy("funding.found.amount"));
  CHECK(story.refusedBy("funding.found.received"));
}

TEST_CASE("nothing is allocated of what is not known to have come in") {
  Needed story;
  story.given("funding.found", "PL-9", {{"state", "received-in-part"}, {"party", "ES"}});
  story.when("funding.allocated", "PL-9", money("1.00 EUR", "PRJ-1"));
  CHECK(story.refusedBy("funding.allocated.known"));
  // Found as received in full, all that was pledged has come in.
  story.given("funding.found", "PL-8",
              {{"state", "received"}, {"party", "ES"}, {"amount", "5.00 EUR"}});
  story.given("funding.allocated", "PL-8", money("5.00 EUR", "PRJ-1"));
}

TEST_CASE("sums that cannot be kept are refused") {
  Needed story;
  story.given(
      "funding.found", "PL-9",
      {{"state", "received-in-part"}, {"party", "ES"}, {"received", "90000000000000000.00 EUR"}});
  story.when("funding.received", "PL-9", money("90000000000000000.00 EUR"));
  CHECK_FALSE(story.accepted());
}

TEST_CASE("a project was not given up before funds were allocated to it") {
  InPart story;
  story.on("2006-04-20").given("funding.allocated", "PL-1", money("10.00 EUR", "PRJ-1"));
  story.on("2006-04-10").when("project.cancelled", "PRJ-1", {{"reason", "Given up"}});
  CHECK(story.refusedBy("funding.allocated.purpose"));
  story.on("2006-04-25").given("project.cancelled", "PRJ-1", {{"reason", "Given up"}});
  const auto position = story.entered().front()->position().value;
  const auto correct = [&](const char* day) {
    story.when("common.corrigendum", "PRJ-1",
               {{"corrects", position}, {"occurred", day}, {"reason", "A slip"}});
  };
  correct("2006-04-10");
  CHECK(story.refusedBy("funding.allocated.purpose"));
  correct("2006-04-20");
  CHECK(story.accepted());
}

TEST_CASE("political support is stated by a party") {
  Announced story;
  story.given("funding.supportExpected", "REQ-1", {{"text", "en:Support to find funds"}});
  story.given("funding.supportRecorded", "REQ-1",
              {{"party", "PT"}, {"statement", "Will speak to donors"}});
  CHECK(story.as<Funding>("REQ-1").support.size() == 1);
  CHECK(story.as<Funding>("REQ-1").expectedSupport.size() == 1);
}
