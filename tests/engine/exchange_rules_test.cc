#include <doctest/doctest.h>

#include <string>

#include "projections/rows/exchange.h"
#include "tests/support/story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

struct Proposed : Story {
  Proposed() {
    on("XXXX");
    for (const std::string code : {"419", "002"}) {
      given("reference.listed", "region/" + code,
            {{"list", "region"}, {"code", code}, {"names", {{"en", code}}}});
    }
    on("2006-01-01");
    for (const std::string party : {"BR", "UY"}) {
      given("party.registered", party, {{"name", "en:" + party}, {"kind", "institution"}});
    }
    given("exchange.proposed", "EXC-1", {{"subject", "en:Hydropower"}, {"reach", "within-region"}});
  }
};

struct Named : Proposed {
  Named() {
    given("exchange.providerNamed", "EXC-1", {{"party", "BR"}});
    given("exchange.recipientNamed", "EXC-1", {{"party", "UY"}});
  }
};

}  // namespace

TEST_CASE("an exchange within a region has one region, one across regions may have several") {
  Proposed story;
  boost::json::object two{{"subject", "en:Hydropower"},
                          {"reach", "within-region"},
                          {"network", "en:UNIDO"},
                          {"regions", boost::json::array{"419", "002"}}};
  story.when("exchange.proposed", "EXC-2", two);
  CHECK(story.refusedBy("exchange.proposed.region"));
  two["state"] = "agreed";
  story.when("exchange.found", "EXC-2", two);
  CHECK(story.refusedBy("exchange.found.region"));
  two["reach"] = "across-regions";
  story.when("exchange.found", "EXC-2", two);
  CHECK(story.accepted());
}

TEST_CASE("an exchange is agreed between a provider and a recipient") {
  Proposed story;
  story.when("exchange.agreed", "EXC-1");
  CHECK(story.refusedBy("exchange.agreed.provider"));
  CHECK(story.refusedBy("exchange.agreed.recipient"));
  story.given("exchange.providerNamed", "EXC-1", {{"party", "BR"}});
  story.given("exchange.recipientNamed", "EXC-1", {{"party", "BR"}});
  story.when("exchange.agreed", "EXC-1");
  CHECK(story.refusedBy("exchange.agreed.another"));
  story.given("exchange.recipientNamed", "EXC-1", {{"party", "UY"}});
  story.given("exchange.agreed", "EXC-1");
}

TEST_CASE("a party is named once on each side") {
  Named story;
  story.when("exchange.providerNamed", "EXC-1", {{"party", "BR"}});
  CHECK(story.refusedBy("exchange.providerNamed.once"));
  story.when("exchange.recipientNamed", "EXC-1", {{"party", "UY"}});
  CHECK(story.refusedBy("exchange.recipientNamed.once"));
  story.given("exchange.proposed", "EXC-2",
              {{"subject", "en:Hydropower"},
               {"reach", "within-region"},
               {"providers", boost::json::array{"BR", "BR"}}});
  CHECK(story.as<Exchange>("EXC-2").providers.size() == 1);
}

TEST_CASE("naming a party late does not name it twice") {
  Named story;
  story.on("2006-02-01").given("exchange.recipientNamed", "EXC-1", {{"party", "BR"}});
  story.on("2006-01-15").when("exchange.recipientNamed", "EXC-1", {{"party", "BR"}});
  CHECK(story.refusedBy("exchange.recipientNamed.once"));
}

TEST_CASE("an exchange runs from its agreement to its completion") {
  Named story;
  story.when("exchange.started", "EXC-1");
  CHECK(story.refusedBy("exchange.lifecycle"));
  story.on("2006-02-01").given("exchange.agreed", "EXC-1");
  story.when("exchange.resubjected", "EXC-1", {{"subject", "en:Biomass"}});
  CHECK(story.refusedBy("exchange.lifecycle"));
  story.on("2006-03-01").when("exchange.started", "EXC-1", {{"until", "2006-02"}});
  CHECK(story.refusedBy("exchange.started.until"));
  story.given("exchange.started", "EXC-1", {{"until", "2006"}});
  story.given("exchange.completed", "EXC-1", {{"result", "en:Twelve engineers trained"}});
  story.when("exchange.cancelled", "EXC-1", {{"reason", "No funds"}});
  CHECK(story.refusedBy("exchange.lifecycle"));
}
