#include "projections/rows/exchange.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

void addParty(std::vector<EntityId>& parties, std::uint64_t party) {
  if (std::ranges::count(parties, EntityId(party)) == 0) parties.emplace_back(party);
}

/// Opening and found entries describe an exchange by the same fields.
template <typename Opening>
void describe(Exchange& row, Opening e) {
  take(row.subject, e.getSubject());
  row.reach = e.getReach();
  for (auto party : e.getProviders()) addParty(row.providers, party);
  for (auto party : e.getRecipients()) addParty(row.recipients, party);
  take(row.network, e.getNetwork());
  take(row.regions, e.getRegions());
  take(row.programme, e.getProgramme());
  take(row.areas, e.getAreas());
}

}  // namespace

void fold(Exchange& row, RowHead&, schema::ExchangeEvent::Reader event, const FoldStep& step) {
  using E = schema::ExchangeEvent;
  switch (event.which()) {
    case E::PROPOSED:
      return describe(row, event.getProposed());
    case E::FOUND:
      return describe(row, event.getFound());
    case E::PROVIDER_NAMED:
      return addParty(row.providers, event.getProviderNamed().getParty());
    case E::RECIPIENT_NAMED:
      return addParty(row.recipients, event.getRecipientNamed().getParty());
    case E::RESUBJECTED:
      return take(row.subject, event.getResubjected().getSubject());
    case E::AGREED:
      row.agreedOn = step.date();
      return take(row.agreement, event.getAgreed().getAgreement());
    case E::STARTED:
      row.startedOn = step.date();
      return take(row.until, event.getStarted().getUntil());
    case E::COMPLETED:
      row.completedOn = step.date();
      take(row.result, event.getCompleted().getResult());
      return take(row.document, event.getCompleted().getDocument());
    case E::CANCELLED:
      row.cancelledOn = step.date();
      return take(row.reason, event.getCancelled().getReason(), step.valuesAt, "reason");
  }
  throw std::logic_error("an exchange's event without a fold");
}

std::unique_ptr<Row> newExchangeRow() {
  return std::make_unique<RowOf<Exchange, &schema::Event::Reader::getExchange>>();
}

}  // namespace consulta
