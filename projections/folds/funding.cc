#include "projections/rows/funding.h"

#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

void foldRequirement(Funding& row, schema::FundingRequirementSet::Reader e) {
  take(row.purposes, e.getPurposes());
  take(row.amount, e.getAmount());
  take(row.title, e.getTitle());
  take(row.period, e.getPeriod());
}

void foldAnnounced(Funding& row, schema::FundingAnnounced::Reader e, const FoldStep& step) {
  take(row.party, e.getParty());
  take(row.amount, e.getAmount());
  row.announced = row.amount;
  row.announcedOn = step.date();
  take(row.requirement, e.getRequirement());
  take(row.purposes, e.getPurposes());
  row.kind = e.getKind();
  take(row.conditions, e.getConditions(), step.valuesAt, "conditions");
  take(row.forum, e.getForum());
}

/// A sum that was received before the register began counts as one receipt, on no known day.
void foldFound(Funding& row, schema::FundingFound::Reader e) {
  take(row.party, e.getParty());
  take(row.amount, e.getAmount());
  take(row.requirement, e.getRequirement());
  take(row.purposes, e.getPurposes());
  take(row.title, e.getTitle());
  take(row.period, e.getPeriod());
  row.kind = e.getKind();
  const auto state = e.getState();
  if (state == schema::FundingState::CONFIRMED || state == schema::FundingState::RECEIVED ||
      state == schema::FundingState::RECEIVED_IN_PART) {
    row.confirmed = row.amount;
  } else if (state == schema::FundingState::ANNOUNCED) {
    row.announced = row.amount;
  }
  if (e.getReceived().getCurrency().size() != 0) {
    take(row.receipts.emplace_back().amount, e.getReceived());
  } else if (state == schema::FundingState::RECEIVED && !row.amount.currency.empty()) {
    row.receipts.emplace_back().amount = row.amount;  // all of it, as the state says
  }
}

void foldRequirementRevised(Funding& row, schema::FundingRequirementRevised::Reader e,
                            const FoldStep& step) {
  if (e.getUnknown()) row.amount = RowMoney{};
  take(row.amount, e.getAmount());
  take(row.title, e.getTitle());
  take(row.period, e.getPeriod());
  take(row.reason, e.getReason(), step.valuesAt, "reason");
}

void foldConfirmed(Funding& row, schema::FundingConfirmed::Reader e, const FoldStep& step) {
  take(row.amount, e.getAmount());
  row.confirmed = row.amount;
  row.confirmedOn = step.date();
  take(row.agreement, e.getAgreement());
}

void foldInstalment(Funding& row, schema::FundingInstalmentScheduled::Reader e) {
  auto& one = row.instalments.emplace_back();
  take(one.amount, e.getAmount());
  take(one.due, e.getDue());
}

void foldOverdue(Funding& row, schema::FundingInstalmentOverdue::Reader e) {
  if (e.getNumber() == 0 || e.getNumber() > row.instalments.size()) return;
  auto& one = row.instalments[e.getNumber() - 1];
  one.overdue = true;
  one.lateSeconds = e.getLateSeconds();
}

/// Received in full once what came in, in the currency of the pledge, reaches it.
void foldReceived(Funding& row, RowHead& head, schema::FundingReceived::Reader e,
                  const FoldStep& step) {
  auto& one = row.receipts.emplace_back();
  take(one.amount, e.getAmount());
  one.date = step.date();
  take(one.reference, e.getReference(), step.valuesAt, "reference");
  const bool full = !row.amount.currency.empty() &&
                    receivedIn(row, row.amount.currency).minor >= row.amount.minor;
  const auto now = static_cast<std::uint16_t>(full ? schema::FundingState::RECEIVED
                                                   : schema::FundingState::RECEIVED_IN_PART);
  if (head.states[0] == now) return;
  head.before[0] = head.states[0];
  head.states[0] = now;
}

FundingAllocation& addAllocation(Funding& row, std::uint64_t purpose, schema::Money::Reader amount,
                                 const FoldStep& step) {
  auto& one = row.allocations.emplace_back();
  take(one.purpose, purpose);
  take(one.amount, amount);
  one.date = step.date();
  return one;
}

void foldReleased(Funding& row, schema::FundingReleased::Reader e, const FoldStep& step) {
  auto& one = addAllocation(row, e.getPurpose(), e.getAmount(), step);
  one.amount.minor = -one.amount.minor;
  take(one.reason, e.getReason(), step.valuesAt, "reason");
}

void foldDisbursed(Funding& row, schema::FundingDisbursed::Reader e, const FoldStep& step) {
  auto& one = row.disbursements.emplace_back();
  take(one.purpose, e.getPurpose());
  take(one.amount, e.getAmount());
  take(one.recipient, e.getRecipient());
  one.date = step.date();
}

void foldSupport(Funding& row, schema::FundingSupportRecorded::Reader e, const FoldStep& step) {
  auto& one = row.support.emplace_back();
  take(one.party, e.getParty());
  take(one.statement, e.getStatement(), step.valuesAt, "statement");
  take(one.forum, e.getForum());
  one.date = step.date();
}

void foldExpectedSupport(Funding& row, schema::FundingSupportExpected::Reader e) {
  auto& one = row.expectedSupport.emplace_back();
  take(one.text, e.getText());
  take(one.forum, e.getForum());
}

template <typename List>
Money sumOf(const List& list, std::string_view currency, std::optional<EntityId> purpose) {
  Money sum{0, std::string(currency)};
  for (const auto& one : list) {
    if (one.amount.currency != currency || (purpose && one.purpose != *purpose)) continue;
    sum = orBroken(add(sum, Money{one.amount.minor, one.amount.currency}));
  }
  return sum;
}

}  // namespace

Money receivedIn(const Funding& row, std::string_view currency) {
  Money sum{0, std::string(currency)};
  for (const auto& one : row.receipts) {
    if (one.amount.currency != currency) continue;
    sum = orBroken(add(sum, Money{one.amount.minor, one.amount.currency}));
  }
  return sum;
}

Money allocatedIn(const Funding& row, std::string_view currency, std::optional<EntityId> purpose) {
  return sumOf(row.allocations, currency, purpose);
}

Money disbursedIn(const Funding& row, std::string_view currency, std::optional<EntityId> purpose) {
  return sumOf(row.disbursements, currency, purpose);
}

void fold(Funding& row, RowHead& head, schema::FundingEvent::Reader event, const FoldStep& step) {
  using E = schema::FundingEvent;
  switch (event.which()) {
    case E::REQUIREMENT_SET:
      return foldRequirement(row, event.getRequirementSet());
    case E::ANNOUNCED:
      return foldAnnounced(row, event.getAnnounced(), step);
    case E::FOUND:
      return foldFound(row, event.getFound());
    case E::REQUIREMENT_REVISED:
      return foldRequirementRevised(row, event.getRequirementRevised(), step);
    case E::AMOUNT_REVISED:
      take(row.amount, event.getAmountRevised().getAmount());
      row.announced = row.amount;
      return take(row.reason, event.getAmountRevised().getReason(), step.valuesAt, "reason");
    case E::CONFIRMED:
      return foldConfirmed(row, event.getConfirmed(), step);
    case E::INSTALMENT_SCHEDULED:
      return foldInstalment(row, event.getInstalmentScheduled());
    case E::INSTALMENT_OVERDUE:
      return foldOverdue(row, event.getInstalmentOverdue());
    case E::RECEIVED:
      return foldReceived(row, head, event.getReceived(), step);
    case E::WITHDRAWN:
      row.withdrawnOn = step.date();
      return take(row.reason, event.getWithdrawn().getReason(), step.valuesAt, "reason");
    case E::ALLOCATED:
      addAllocation(row, event.getAllocated().getPurpose(), event.getAllocated().getAmount(), step);
      return;
    case E::RELEASED:
      return foldReleased(row, event.getReleased(), step);
    case E::DISBURSED:
      return foldDisbursed(row, event.getDisbursed(), step);
    case E::SUPPORT_EXPECTED:
      return foldExpectedSupport(row, event.getSupportExpected());
    case E::SUPPORT_RECORDED:
      return foldSupport(row, event.getSupportRecorded(), step);
  }
  throw std::logic_error("a funding's event without a fold");
}

std::unique_ptr<Row> newFundingRow() {
  return std::make_unique<RowOf<Funding, &schema::Event::Reader::getFunding>>();
}

}  // namespace consulta
