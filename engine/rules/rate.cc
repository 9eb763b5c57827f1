// Rules of exchange rates.
#include "projections/rows/rate.h"

#include <string>

#include "engine/rules/guard.h"

namespace consulta {

namespace {

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  if (!all.getRate().isQuoted()) {
    if (as<Rate>(*on.row).withdrawn) {
      no.refuse("rate.withdrawn.once",
                msg("{entity} is withdrawn already", arg("entity", on.self())));
    }
    return;
  }
  const auto e = all.getRate().getQuoted();
  if (std::string(e.getBase().cStr()) == e.getQuote().cStr()) {
    no.refuse("rate.quoted.pair", msg("a rate is between two different currencies"));
  }
  if (e.getRate().getUnscaled() <= 0) {
    no.refuse("rate.quoted.positive", msg("a rate is more than zero"));
  }
}

}  // namespace

const Rules& rulesOfRate() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
