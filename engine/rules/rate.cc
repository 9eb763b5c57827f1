// Rules of exchange rates: of one day and one publisher there is one for each pair.
#include "projections/rows/rate.h"

#include <string>

#include "engine/rules/guard.h"
#include "engine/rules/rule_values.h"
#include "projections/rows.h"

namespace consulta {

namespace {

/// Codes are found in any case.
bool isSame(const std::string& code, capnp::Text::Reader other) {
  return foldSymbol(code) == foldSymbol(other.cStr());
}

/// Two rates of one pair and day would leave open which one amounts are converted at.
void checkOncePerDay(const Case& on, schema::RateQuoted::Reader e, Refusals& no) {
  on.state.each(on.act.aggregate, [&](const RowPtr& other) {
    const auto& rate = as<Rate>(*other);
    if (other->head.id == on.entity || rate.withdrawn || other->head.opened.edtf != on.occurred ||
        !isSame(rate.base, e.getBase()) || !isSame(rate.quote, e.getQuote()) ||
        rate.quotedBy != e.getQuotedBy().cStr()) {
      return true;
    }
    no.refuse("rate.quoted.once",
              msg("{other} is the rate of {base} in {quote} of {date} already; correct it with "
                  "\"consulta correct\", or enter \"rate withdraw\" on it first",
                  arg("other", on.name(other->head.id)), arg("base", rate.base),
                  arg("quote", rate.quote), arg("date", on.occurred)));
    return false;
  });
}

void checkQuoted(const Case& on, schema::RateQuoted::Reader e, Refusals& no) {
  if (isSame(e.getBase().cStr(), e.getQuote())) {
    no.refuse("rate.quoted.pair",
              msg("a rate is between two different currencies; give another --base than {quote}, "
                  "or another --quote",
                  arg("quote", e.getQuote().cStr())));
  }
  if (e.getRate().getUnscaled() <= 0) {
    no.refuse("rate.quoted.positive",
              msg("{rate} is not above zero; give with --rate how many {quote} one {base} is worth",
                  arg("rate", toText(decimalOf(e.getRate()))), arg("quote", e.getQuote().cStr()),
                  arg("base", e.getBase().cStr())));
  }
  checkOncePerDay(on, e, no);
}

void guard(const Case& on, Refusals& no) {
  const auto* rate = tryAs<Rate>(on.row);
  if (rate == nullptr || !rate->withdrawn) return;
  no.refuse("rate.withdrawn.once",
            msg("{entity} is withdrawn already; enter the rate that holds with \"rate quote\"",
                arg("entity", on.self())));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  if (all.getRate().isQuoted()) checkQuoted(on, all.getRate().getQuoted(), no);
}

}  // namespace

const Rules& rulesOfRate() {
  static const Rules rules{&guard, &check, nullptr};
  return rules;
}

}  // namespace consulta
