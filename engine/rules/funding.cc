// Rules of requirements and pledges beyond their lifecycle: amounts are compared in one currency,
// and nothing is given out that has not come in.
#include "projections/rows/funding.h"

#include <algorithm>
#include <string>

#include "engine/rules/other_entity.h"
#include "engine/rules/rule_values.h"
#include "projections/rows/programme.h"
#include "projections/rows/project.h"

namespace consulta {

namespace {

using E = schema::FundingEvent;
using schema::FundingState;

bool isStated(schema::Money::Reader money) {
  return money.getCurrency().size() != 0;
}

/// A pledge is made towards a requirement, never towards another pledge.
void needsRequirement(const Case& on, EntityId id, std::string_view rule, Refusals& no) {
  const auto other = otherByThen(on, id);
  const auto* requirement = tryAs<Funding>(other.get());
  if (requirement == nullptr || !requirement->party) return;
  no.refuse(rule, msg("{requirement} is a pledge, and a pledge is made towards a requirement; name "
                      "one with --requirement, or enter it with \"funding require\"",
                      arg("requirement", on.name(id))));
}

void checkAnnounced(const Case& on, E::Reader event, Refusals& no) {
  const auto e = event.getAnnounced();
  checkPositive("funding.announced.amount", e.getAmount(), no);
  const auto id = EntityId(e.getRequirement());
  needsRequirement(on, id, "funding.announced.requirement", no);
  const auto other = otherBeforehand(on, id);
  const auto* requirement = tryAs<Funding>(other.get());
  if (requirement == nullptr || requirement->party) return;
  if (stateOf<FundingState>(other->head) == FundingState::WITHDRAWN) {
    no.refuse("funding.announced.withdrawn",
              msg("{requirement} is withdrawn; name another --requirement, or leave it out",
                  arg("requirement", on.name(id))));
  }
}

/// What has been received of a pledge found, against its state and its amount.
void checkFoundReceived(schema::FundingFound::Reader e, Refusals& no) {
  const auto state = e.getState();
  if (state == FundingState::REQUIRED || state == FundingState::ANNOUNCED ||
      state == FundingState::CONFIRMED) {
    no.refuse("funding.found.state",
              msg("something has been received; give --state received-in-part or received, or "
                  "leave out --received"));
  }
  if (state == FundingState::WITHDRAWN && e.getParty() == 0) {
    no.needs("party", "funding.found.party",
             msg("a requirement receives nothing, a pledge does; name who pledged with --party, or "
                 "leave out --received"));
  }
  if (!isStated(e.getAmount())) return;
  const auto received = moneyOf(e.getReceived());
  const auto amount = moneyOf(e.getAmount());
  if (received.currency != amount.currency) {
    no.refuse("funding.found.currency",
              msg("the pledge is in {currency}, and amounts in two currencies are not compared; "
                  "give --received in it",
                  arg("currency", amount.currency)));
  } else if (state == FundingState::RECEIVED && received.minor < amount.minor) {
    no.refuse("funding.found.in-full",
              msg("{received} is less than the {amount} pledged; give --state received-in-part",
                  arg("received", toText(received)), arg("amount", toText(amount))));
  } else if (state == FundingState::RECEIVED_IN_PART && received.minor >= amount.minor) {
    no.refuse("funding.found.in-part",
              msg("{received} is all of the {amount} pledged; give --state received",
                  arg("received", toText(received)), arg("amount", toText(amount))));
  }
}

void checkFound(const Case& on, E::Reader event, Refusals& no) {
  const auto e = event.getFound();
  const auto state = e.getState();
  needsRequirement(on, EntityId(e.getRequirement()), "funding.found.requirement", no);
  checkPositive("funding.found.amount", e.getAmount(), no);
  checkPositive("funding.found.received", e.getReceived(), no);
  if (state == FundingState::REQUIRED && e.getParty() != 0) {
    no.refuse("funding.found.party",
              msg("a requirement is nobody's pledge; leave out --party, or give the state of the "
                  "pledge with --state"));
  } else if (state != FundingState::REQUIRED && state != FundingState::WITHDRAWN &&
             e.getParty() == 0) {
    no.needs("party", "funding.found.party",
             msg("a pledge is somebody's; name who pledged with --party, "
                 "or give --state required"));
  }
  if (isStated(e.getReceived())) checkFoundReceived(e, no);
}

/// An amount that is set and said to be unknown, or nothing at all, is no revision.
void checkRevised(const Case& on, E::Reader event, Refusals& no) {
  const auto e = event.getRequirementRevised();
  checkPositive("funding.requirementRevised.amount", e.getAmount(), no);
  if (isStated(e.getAmount()) && e.getUnknown()) {
    no.refuse("funding.requirementRevised.unknown",
              msg("the amount of {entity} is either given or not known; leave out --amount or "
                  "--unknown",
                  arg("entity", on.self())));
  }
  if (isStated(e.getAmount()) || e.getUnknown() || e.hasTitle() || e.hasPeriod()) return;
  no.needs("amount", "funding.requirementRevised.something",
           msg("nothing new is said of {entity}; give --amount, --unknown, --title or --period",
               arg("entity", on.self())));
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

/// What is to have come in by the day on which an instalment is due, with that one.
Money dueWith(const Funding& row, const FundingInstalment& instalment, const std::string& due) {
  std::vector<RowMoney> amounts;
  for (const auto& one : row.instalments) {
    const bool later = one.due.date.edtf.empty() || certainlyBefore(due, one.due.date.edtf);
    if (&one == &instalment || !later) amounts.push_back(one.amount);
  }
  return sumIn(instalment.amount.currency, amounts);
}

/// The instalment that is meant, where it is due on that day; one before a session has many.
const FundingInstalment* instalmentMeant(const Funding& row, std::uint32_t number,
                                         std::string_view due) {
  if (number == 0 || number > row.instalments.size()) return nullptr;
  const auto& one = row.instalments[number - 1];
  return one.due.beforeSession || one.due.date.edtf == due ? &one : nullptr;
}

/// Noted once of each instalment that has not come in by its day.
void checkOverdue(const Case& on, E::Reader event, const Funding& row, Refusals& no) {
  const auto e = event.getInstalmentOverdue();
  const std::string due = e.getDue().getEdtf().cStr();
  const auto* one = instalmentMeant(row, e.getNumber(), due);
  if (one == nullptr || one->overdue) {
    return no.refuse("funding.instalmentOverdue.scheduled",
                     msg("{entity} has no instalment {number} that is due on {due} and not yet "
                         "noted as overdue; enter \"funding schedule\" first",
                         arg("entity", on.self()), arg("number", e.getNumber()), arg("due", due)));
  }
  if (certainlyAfter(due, on.nowNs) || certainlyBefore(on.occurred, due) ||
      canStillBeKept(on, one->due)) {
    no.refuse("funding.instalmentOverdue.due",
              msg("the instalment of {entity} is due on {due} and not overdue before",
                  arg("entity", on.self()), arg("due", due)));
  }
  const auto needed = dueWith(row, *one, due);
  if (receivedIn(row, needed.currency).minor >= needed.minor) {
    no.refuse(
        "funding.instalmentOverdue.received",
        msg("the {needed} of {entity} that were due by {due} have come in; nothing is overdue",
            arg("needed", toText(needed)), arg("entity", on.self()), arg("due", due)));
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

/// Nothing is allocated to what was given up or closed by then.
void checkPurpose(const Case& on, EntityId id, Refusals& no) {
  const auto row = otherBeforehand(on, id);
  if (!row) return;
  bool ended = false;
  if (tryAs<Project>(row.get()) != nullptr) {
    const auto state = stateOf<schema::ProjectState>(row->head);
    ended = state == schema::ProjectState::REJECTED || state == schema::ProjectState::CANCELLED ||
            state == schema::ProjectState::FINANCIALLY_CLOSED;
  } else if (tryAs<Programme>(row.get()) != nullptr) {
    ended = stateOf<schema::ProgrammeState>(row->head) == schema::ProgrammeState::CANCELLED;
  }
  if (!ended) return;
  no.refuse("funding.allocated.purpose",
            msg("{purpose} was given up or closed by then and takes no more funds; name another "
                "--purpose",
                arg("purpose", on.name(id))));
}

void checkAllocated(const Case& on, E::Reader event, const Funding& row, Refusals& no) {
  const auto e = event.getAllocated();
  checkPurpose(on, EntityId(e.getPurpose()), no);
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
  if (on.act.tag == E::ALLOCATED && row->receipts.empty() &&
      stateOf<FundingState>(on.row->head) == FundingState::WITHDRAWN) {
    no.refuse("funding.allocated.withdrawn",
              msg("{entity} is withdrawn and nothing of it has been received; allocate from "
                  "another pledge",
                  arg("entity", on.self())));
  } else if (on.act.tag == E::ALLOCATED && row->receipts.empty()) {
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
  if (event.isFound()) return checkFound(on, event, no);
  if (on.row == nullptr) return;
  const auto& row = as<Funding>(*on.row);
  if (event.isRequirementRevised()) return checkRevised(on, event, no);
  if (event.isAmountRevised()) {
    return checkPositive("funding.amountRevised.amount", event.getAmountRevised().getAmount(), no);
  }
  if (event.isConfirmed()) {
    return checkPositive("funding.confirmed.amount", event.getConfirmed().getAmount(), no);
  }
  if (event.isInstalmentScheduled()) return checkInstalment(on, event, row, no);
  if (event.isInstalmentOverdue()) return checkOverdue(on, event, row, no);
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
