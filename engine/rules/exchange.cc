// Rules of exchanges beyond their lifecycle.
#include "projections/rows/exchange.h"

#include <algorithm>

#include "engine/rules/guard.h"
#include "engine/rules/rule_values.h"

namespace consulta {

namespace {

using E = schema::ExchangeEvent;

void checkReach(schema::ExchangeReach reach, std::size_t regions, std::string_view rule,
                Refusals& no) {
  if (reach != schema::ExchangeReach::WITHIN_REGION || regions <= 1) return;
  no.refuse(rule, msg("an exchange within a region has one region; leave out the others, or give "
                      "--reach across-regions"));
}

void checkNamed(const Case& on, const std::vector<EntityId>& parties, std::uint64_t id,
                std::string_view rule, Refusals& no) {
  const auto party = EntityId(id);
  if (std::ranges::count(parties, party) == 0) return;
  no.refuse(rule, msg("{party} is already named in {entity}; name another --party",
                      arg("party", on.name(party)), arg("entity", on.self())));
}

/// Nobody can agree who is not known.
void guard(const Case& on, Refusals& no) {
  const auto* row = tryAs<Exchange>(on.row);
  if (row == nullptr || on.act.tag != E::AGREED) return;
  if (row->providers.empty()) {
    no.refuse("exchange.agreed.provider",
              msg("nobody is named who gives in {entity}; enter \"exchange name-provider\" first",
                  arg("entity", on.self())));
  }
  if (row->recipients.empty()) {
    no.refuse("exchange.agreed.recipient",
              msg("nobody is named who receives in {entity}; enter \"exchange name-recipient\" "
                  "first",
                  arg("entity", on.self())));
  }
  if (row->providers.size() == 1 && row->recipients == row->providers) {
    no.refuse("exchange.agreed.another",
              msg("{party} is the only one named in {entity}, and nobody gives to itself; enter "
                  "\"exchange name-recipient\" or \"exchange name-provider\" first",
                  arg("party", on.name(row->providers.front())), arg("entity", on.self())));
  }
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getExchange();
  if (event.isProposed()) {
    const auto e = event.getProposed();
    return checkReach(e.getReach(), e.getRegions().size(), "exchange.proposed.region", no);
  }
  if (event.isFound()) {
    const auto e = event.getFound();
    return checkReach(e.getReach(), e.getRegions().size(), "exchange.found.region", no);
  }
  if (on.row == nullptr) return;
  const auto& row = as<Exchange>(*on.row);
  if (event.isProviderNamed()) {
    return checkNamed(on, row.providers, event.getProviderNamed().getParty(),
                      "exchange.providerNamed.once", no);
  }
  if (event.isRecipientNamed()) {
    return checkNamed(on, row.recipients, event.getRecipientNamed().getParty(),
                      "exchange.recipientNamed.once", no);
  }
  const auto until = event.isStarted() ? event.getStarted().getUntil().getEdtf() : "";
  if (certainlyBefore(until.cStr(), on.occurred)) {
    no.refuse("exchange.started.until",
              msg("{until} lies before the exchange began; give a later --until, or leave it out",
                  arg("until", until.cStr())));
  }
}

}  // namespace

const Rules& rulesOfExchange() {
  static const Rules rules{&guard, &check, nullptr};
  return rules;
}

}  // namespace consulta
