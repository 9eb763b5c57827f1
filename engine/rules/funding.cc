// Rules of requirements and pledges beyond their lifecycle: amounts are compared in one currency,
// and nothing is given out that has not come in.
#include "projections/rows/funding.h"

#include "engine/rules/rule_values.h"

namespace consulta {

namespace {

using E = schema::FundingEvent;
using schema::FundingState;

bool isStated(schema::Money::Reader money) {
  return money.getCurrency().size() != 0;
}

void checkAnnounced(const Case& on, E::Reader event, Refusals& no) {
  const auto e = event.getAnnounced();
  checkPositive("funding.announced.amount", e.getAmount(), no);
  const auto id = EntityId(e.getRequirement());
  const auto other = id ? on.other(id) : nullptr;
  const auto* requirement = tryAs<Funding>(other.get());
  if (requirement == nullptr) return;
  if (requirement->party) {
    no.refuse("funding.announced.requirement",
              msg("{requirement} is a pledge, and a pledge is made towards a requirement; name one "
                  "with --requirement, or enter it with \"funding require\"",
                  arg("requirement", on.name(id))));
  } else if (stateOf<FundingState>(other->head) == FundingState::WITHDRAWN) {
    no.refuse("funding.announced.withdrawn",
              msg("{requirement} is withdrawn; name another --requirement, or leave it out",
                  arg("requirement", on.name(id))));
  }
}

void checkFound(E::Reader event, Refusals& no) {
  const auto e = event.getFound();
  const auto state = e.getState();
  checkPositive("funding.found.amount", e.getAmount(), no);
  checkPositive("funding.found.received", e.getReceived(), no);
  if (state == FundingState::REQUIRED && e.getParty() != 0) {
    no.refuse("funding.found.party",
              msg("a requirement is nobody's pledge; leave out --party, or give the state of the "
                  "pledge with --state"));
  } else if (state != FundingState::REQUIRED && state != FundingState::WITHDRAWN &&
             e.getParty() == 0) {
    no.refuse("funding.found.party", msg("a pledge is somebody's; name who pledged with --party, "
                                         "or give --state required"));
  }
  if (!isStated(e.getReceived())) return;
  if (state == FundingState::REQUIRED || state == FundingState::ANNOUNCED ||
      state == FundingState::CONFIRMED) {
    no.refuse("funding.found.state",
              msg("something has been received; give --state received-in-part or received, or "
                  "leave out --received"));
  }
  const auto received = moneyOf(e.getReceived());
  const auto amount = moneyOf(e.getAmount());
  if (state == FundingState::RECEIVED && received.currency == amount.currency &&
      received.minor < amount.minor) {
    no.refuse("funding.found.in-full",
              msg("{received} is less than the {amount} pledged; give --state received-in-part",
                  arg("received", toText(received)), arg("amount", toText(amount))));
  }
}

void checkInstalment(const Case& on, E::Reader event, const Funding& row, Refusals& no) {
  const auto e = event.getInstalmentScheduled();
  checkPositive("funding.instalmentScheduled.amount", e.getAmount(), no);
  if (row.amount.currency.empty()) return;
  auto sum = moneyOf(e.getAmount());
  if (sum.currency != row.amount.currency) {
    return no.refuse("funding.instalmentScheduled.currency",
                     msg("{entity} is a pledge in {currency}; give the instalment in it",
                         arg("entity", on.self()), arg("currency", row.amount.currency)));
  }
  for (const auto& one : row.instalments) {
    if (one.amount.currency != sum.currency) continue;
    auto next = add(sum, moneyOf(one.amount));
    if (!next) return no.add(std::move(next).failures());
    sum = *next;
  }
  if (sum.minor > row.amount.minor) {
    no.refuse("funding.instalmentScheduled.sum",
              msg("the instalments of {entity} would come to {sum}, more than the {amount} "
                  "pledged; give a smaller --amount",
                  arg("entity", on.self()), arg("sum", toText(sum)),
                  arg("amount", toText(moneyOf(row.amount)))));
  }
}

void checkReceived(const Case& on, E::Reader event, const Funding& row, Refusals& no) {
  const auto amount = moneyOf(event.getReceived().getAmount());
  checkPositive("funding.received.amount", event.getReceived().getAmount(), no);
  if (!row.amount.currency.empty() && amount.currency != row.amount.currency) {
    return no.refuse("funding.received.currency",
                     msg("{entity} is a pledge in {currency}, and amounts in two currencies are "
                         "not compared; give the amount in {currency} as the agreement counts it",
                         arg("entity", on.self()), arg("currency", row.amount.currency)));
  }
  if (auto sum = add(receivedIn(row, amount.currency), amount); !sum) {
    no.add(std::move(sum).failures());
  }
}

void checkAllocated(const Case& on, E::Reader event, const Funding& row, Refusals& no) {
  const auto e = event.getAllocated();
  checkPositive("funding.allocated.amount", e.getAmount(), no);
  const auto amount = moneyOf(e.getAmount());
  const auto received = receivedIn(row, amount.currency);
  const auto free = received.minor - allocatedIn(row, amount.currency).minor;
  if (amount.minor <= free) return;
  no.refuse("funding.allocated.received",
            msg("{amount} cannot be allocated: of the {received} that {entity} has received "
                "{free} are free. Give a smaller --amount, enter what came in with \"funding "
                "receive\", or take back an allocation with \"funding release\"",
                arg("amount", toText(amount)), arg("received", toText(received)),
                arg("entity", on.self()), arg("free", toText(Money{free, amount.currency}))));
}

/// What is allocated to a purpose and neither released nor paid out bounds both.
void checkFromAllocation(const Case& on, const Funding& row, std::uint64_t purposeId,
                         schema::Money::Reader money, std::string_view act, Refusals& no) {
  const auto rule = "funding." + std::string(act);
  checkPositive(rule + ".amount", money, no);
  if (row.allocations.empty()) return;  // the guard has said so
  const auto amount = moneyOf(money);
  const auto purpose = EntityId(purposeId);
  const auto free = allocatedIn(row, amount.currency, purpose).minor -
                    disbursedIn(row, amount.currency, purpose).minor;
  if (amount.minor <= free) return;
  no.refuse(rule + ".allocated",
            msg("{amount} is more than the {free} of {entity} that are allocated to {purpose} and "
                "not paid out; give a smaller --amount, or enter \"funding allocate\" first",
                arg("amount", toText(amount)), arg("free", toText(Money{free, amount.currency})),
                arg("entity", on.self()), arg("purpose", on.name(purpose))));
}

void guard(const Case& on, Refusals& no) {
  const auto* row = tryAs<Funding>(on.row);
  if (row == nullptr) return;
  if (on.act.tag == E::ALLOCATED && row->receipts.empty()) {
    no.refuse("funding.allocated.known",
              msg("it is not known how much {entity} has received; correct its opening entry with "
                  "--received first",
                  arg("entity", on.self())));
  }
  const bool fromAllocation = on.act.tag == E::RELEASED || on.act.tag == E::DISBURSED;
  if (fromAllocation && row->allocations.empty()) {
    no.refuse(
        on.act.tag == E::RELEASED ? "funding.released.allocated" : "funding.disbursed.allocated",
        msg("nothing of {entity} is allocated; enter \"funding allocate\" first",
            arg("entity", on.self())));
  }
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getFunding();
  if (event.isRequirementSet()) {
    return checkPositive("funding.requirementSet.amount", event.getRequirementSet().getAmount(),
                         no);
  }
  if (event.isAnnounced()) return checkAnnounced(on, event, no);
  if (event.isFound()) return checkFound(event, no);
  if (on.row == nullptr) return;
  const auto& row = as<Funding>(*on.row);
  if (event.isRequirementRevised()) {
    return checkPositive("funding.requirementRevised.amount",
                         event.getRequirementRevised().getAmount(), no);
  }
  if (event.isAmountRevised()) {
    return checkPositive("funding.amountRevised.amount", event.getAmountRevised().getAmount(), no);
  }
  if (event.isConfirmed()) {
    return checkPositive("funding.confirmed.amount", event.getConfirmed().getAmount(), no);
  }
  if (event.isInstalmentScheduled()) return checkInstalment(on, event, row, no);
  if (event.isReceived()) return checkReceived(on, event, row, no);
  if (event.isAllocated() && !row.receipts.empty()) return checkAllocated(on, event, row, no);
  if (event.isReleased()) {
    const auto e = event.getReleased();
    return checkFromAllocation(on, row, e.getPurpose(), e.getAmount(), "released", no);
  }
  if (event.isDisbursed()) {
    const auto e = event.getDisbursed();
    return checkFromAllocation(on, row, e.getPurpose(), e.getAmount(), "disbursed", no);
  }
}

}  // namespace

const Rules& rulesOfFunding() {
  static const Rules rules{&guard, &check, nullptr};
  return rules;
}

}  // namespace consulta
