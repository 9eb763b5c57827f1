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
  void quote(const std::string& name, const std::string& base, const std::string& to,
             const std::string& rate) {
    for (const auto& code : {base, to}) {
      when("reference.listed", "currency/" + code,
           {{"list", "currency"}, {"code", code}, {"names", "en:" + code}, {"decimals", 2}});
    }
    given("rate.quoted", name, {{"base", base}, {"quote", to}, {"rate", rate}});
  }
  [[nodiscard]] FundsSummary funds(std::string_view totalsIn = {},
                                   const std::string& day = "2010-01-01") const {
    const auto programme = row("PROG-1")->head.id;
    return summarize(state(), programme, dateBounds(day).value().latestNs, totalsIn).funds;
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

TEST_CASE("totals are in one currency at the latest rate of the day, and the gap is too") {
  Needed story;
  story.announce("PL-1", "300.00 USD");
  story.confirm("PL-1", "300.00 USD");
  story.quote("R-1", "USD", "EUR", "0.8");
  story.on("2006-06-01");
  story.quote("R-2", "EUR", "USD", "1.2143");
  const auto before = story.funds("EUR", "2006-05-31");
  CHECK(before.confirmed.known == Amounts{{30'000, "USD"}});
  CHECK(before.confirmed.total == RowMoney{24'000, "EUR"});
  CHECK(before.required.total == RowMoney{});  // it is in euros as it stands
  CHECK_FALSE(before.gapUnknown);
  CHECK(before.gap == Amounts{{76'000, "EUR"}});
  REQUIRE(before.rates.size() == 1);
  CHECK(before.rates.front().base == "USD");
  // 300 / 1.2143 = 247.0559...: a rate is quoted one way round and serves both.
  const auto after = story.funds("EUR", "2006-06-01");
  CHECK(after.gap == Amounts{{75'294, "EUR"}});
  CHECK(after.rates.front().since.edtf == "2006-06-01");
  story.given("rate.withdrawn", "R-2");
  CHECK(story.funds("EUR", "2006-06-01").gap == Amounts{{76'000, "EUR"}});
}

TEST_CASE(
    "without a rate there is no total but the sums by currency, and the missing pair is named") {
  Needed story;
  story.announce("PL-1", "300.00 USD");
  story.confirm("PL-1", "300.00 USD");
  story.announce("PL-2", "5.00 EUR");
  story.confirm("PL-2", "5.00 EUR");
  story.on("2006-06-01");
  story.quote("R-1", "USD", "CHF", "1.2");
  const auto funds = story.funds("EUR");
  CHECK(funds.gapUnknown);
  CHECK(funds.confirmed.known == Amounts{{30'000, "USD"}, {500, "EUR"}});
  CHECK(funds.confirmed.total == RowMoney{});
  CHECK(funds.rates.empty());
  CHECK(funds.rateless == std::vector<std::string>{"USD"});
  CHECK(story.funds().rateless.empty());  // no currency of totals: none is looked for
}

TEST_CASE("a rate at which no total could be reckoned is not told of") {
  Needed story;
  story.announce("PL-1", "300.00 USD");
  story.confirm("PL-1", "300.00 USD");
  story.announce("PL-2", "5.00 CHF");
  story.confirm("PL-2", "5.00 CHF");
  story.quote("R-1", "USD", "EUR", "0.8");
  const auto funds = story.funds("EUR");
  CHECK(funds.confirmed.total == RowMoney{});
  CHECK(funds.rates.empty());
  CHECK(funds.rateless == std::vector<std::string>{"CHF"});
  story.given("funding.withdrawn", "PL-2", {{"reason", "Budget cut"}});
  CHECK(story.funds("EUR").rates.size() == 1);
}

TEST_CASE("a sum or a total that cannot be kept is said to be too large, and not unknown") {
  Needed story;
  story.announce("PL-1", "50000000000000000.00 USD");
  story.confirm("PL-1", "50000000000000000.00 USD");
  story.quote("R-1", "USD", "EUR", "2");
  const auto total = story.funds("EUR");
  CHECK(total.confirmed.tooLarge);
  CHECK(total.confirmed.total == RowMoney{});
  CHECK(total.rates.empty());
  CHECK(total.gapUnknown);
  story.require("REQ-2", "50000000000000000.00 EUR");
  CHECK_FALSE(story.funds().required.tooLarge);
  story.require("REQ-3", "50000000000000000.00 EUR");
  const auto sum = story.funds();
  CHECK(sum.required.tooLarge);
  CHECK(sum.required.unknown == 0);
  CHECK(sum.gapUnknown);
}
