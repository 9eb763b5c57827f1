// The funds of a programme as its status shows them: by currency, and never a gap that is not
// known.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "projections/summary.h"
#include "tests/support/story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// A programme that needs 1000 EUR, and two donors.
struct Needed : Story {
  Needed() {
    on("2006-01-01");
    for (const std::string party : {"ES", "PT"}) {
      given("party.registered", party, {{"name", "en:" + party}, {"kind", "donor"}});
    }
    given("programme.identified", "PROG-1", {{"title", "en:Regional programme"}});
    given("document.found", "DOC-1",
          {{"title", "en:Agreement"}, {"kind", "agreement"}, {"state", "issued"}});
    require("REQ-1", "1000.00 EUR");
  }

  void require(const std::string& name, const std::string& amount) {
    boost::json::object data{{"purposes", boost::json::array{"PROG-1"}}};
    if (!amount.empty()) data["amount"] = amount;
    given("funding.requirementSet", name, data);
  }
  void announce(const std::string& name, const std::string& amount) {
    boost::json::object data{{"party", "ES"}, {"requirement", "REQ-1"}};
    if (!amount.empty()) data["amount"] = amount;
    given("funding.announced", name, data);
  }
  void confirm(const std::string& name, const std::string& amount) {
    given("funding.confirmed", name, {{"amount", amount}, {"agreement", "DOC-1"}});
  }
  [[nodiscard]] FundsSummary funds() const {
    const auto programme = row("PROG-1")->head.id;
    return summarize(state(), programme, dateBounds("2010-01-01").value().earliestNs).funds;
  }
};

using Amounts = std::vector<RowMoney>;

}  // namespace

TEST_CASE("the gap is what is required less what is confirmed, to the last unit") {
  Needed story;
  story.announce("PL-1", "300.01 EUR");
  CHECK_FALSE(story.funds().gapUnknown);
  CHECK(story.funds().gap == Amounts{{100'000, "EUR"}});
  CHECK(story.funds().pledged.known == Amounts{{30'001, "EUR"}});
  story.confirm("PL-1", "250.01 EUR");
  CHECK(story.funds().gap == Amounts{{74'999, "EUR"}});
}

TEST_CASE("a gap is unknown while something required or confirmed is, and never nothing") {
  Needed story;
  story.require("REQ-2", "");
  CHECK(story.funds().gapUnknown);
  CHECK(story.funds().gap.empty());
  story.given("funding.requirementRevised", "REQ-2", {{"amount", "1.00 EUR"}});
  CHECK(story.funds().gap == Amounts{{100'100, "EUR"}});
  // An announcement is not counted on, so that its amount may be unknown.
  story.announce("PL-1", "");
  CHECK_FALSE(story.funds().gapUnknown);
  CHECK(story.funds().pledged.unknown == 1);
  story.given("funding.found", "PL-2",
              {{"state", "confirmed"}, {"party", "PT"}, {"requirement", "REQ-1"}});
  CHECK(story.funds().gapUnknown);
}

TEST_CASE("a gap is unknown where nothing is required or the currencies differ") {
  Needed story;
  story.announce("PL-1", "300.00 USD");
  story.confirm("PL-1", "300.00 USD");
  CHECK(story.funds().gapUnknown);
  CHECK(story.funds().confirmed.known == Amounts{{30'000, "USD"}});
  Needed none;
  none.given("funding.withdrawn", "REQ-1", {{"reason", "No need"}});
  CHECK(none.funds().gapUnknown);
}

TEST_CASE("of a pledge that is withdrawn what had come in is counted, and no more") {
  Needed story;
  story.announce("PL-1", "300.00 EUR");
  story.confirm("PL-1", "300.00 EUR");
  story.given("funding.received", "PL-1", {{"amount", "100.00 EUR"}});
  CHECK(story.funds().gap == Amounts{{70'000, "EUR"}});
  story.given("funding.withdrawn", "PL-1", {{"reason", "Budget cut"}});
  CHECK(story.funds().gap == Amounts{{90'000, "EUR"}});
  CHECK(story.funds().pledged.known == Amounts{{10'000, "EUR"}});
  CHECK(story.funds().received.known == Amounts{{10'000, "EUR"}});
  story.announce("PL-2", "50.00 EUR");
  story.given("funding.withdrawn", "PL-2", {{"reason", "Budget cut"}});
  CHECK(story.funds().gap == Amounts{{90'000, "EUR"}});
}
