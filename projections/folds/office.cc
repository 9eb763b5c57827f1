#include "projections/rows/office.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

template <typename Opening>
void describe(Office& row, Opening e) {
  take(row.name, e.getName());
  row.kind = e.getKind();
  take(row.place, e.getPlace());
  take(row.country, e.getCountry());
  take(row.parent, e.getParent());
  take(row.timeZone, e.getTimeZone());
}

void foldRelocated(Office& row, schema::OfficeRelocated::Reader e) {
  take(row.place, e.getPlace());
  take(row.country, e.getCountry());
  take(row.timeZone, e.getTimeZone());
}

}  // namespace

void fold(Office& row, RowHead&, schema::OfficeEvent::Reader event, const FoldStep&) {
  using E = schema::OfficeEvent;
  switch (event.which()) {
    case E::ESTABLISHED:
      return describe(row, event.getEstablished());
    case E::FOUND:
      describe(row, event.getFound());
      return take(row.covers, event.getFound().getCovers());
    case E::RENAMED:
      return take(row.name, event.getRenamed().getName());
    case E::RELOCATED:
      return foldRelocated(row, event.getRelocated());
    case E::ATTACHED:
      return take(row.parent, event.getAttached().getParent());
    case E::PARTY_COVERED:
      std::erase(row.covers, EntityId(event.getPartyCovered().getParty()));
      row.covers.emplace_back(event.getPartyCovered().getParty());
      return;
    case E::PARTY_RELEASED:
      std::erase(row.covers, EntityId(event.getPartyReleased().getParty()));
      return;
    case E::HEAD_NAMED:
      return take(row.officeHead, event.getHeadNamed().getPerson());
    case E::CLOSED:
      return take(row.successor, event.getClosed().getSuccessor());
    case E::REOPENED:
      row.successor = EntityId{};
      return take(row.place, event.getReopened().getPlace());
  }
  throw std::logic_error("an event of an office without a fold");
}

std::unique_ptr<Row> newOfficeRow() {
  return std::make_unique<RowOf<Office, &schema::Event::Reader::getOffice>>();
}

}  // namespace consulta
