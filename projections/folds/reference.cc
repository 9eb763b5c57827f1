#include "projections/rows/reference.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

void foldListed(Reference& row, schema::ReferenceListed::Reader e) {
  row.list = e.getList();
  take(row.code, e.getCode());
  take(row.names, e.getNames());
  take(row.parent, e.getParent());
  take(row.scheme, e.getScheme());
  take(row.numeric, e.getNumeric());
  take(row.alpha3, e.getAlpha3());
  if (e.getList() == schema::ReferenceList::CURRENCY) row.decimals = e.getDecimals();
  take(row.validFrom, e.getValidFrom());
  take(row.validTo, e.getValidTo());
}

}  // namespace

void fold(Reference& row, RowHead&, schema::ReferenceEvent::Reader event, const FoldStep&) {
  using E = schema::ReferenceEvent;
  switch (event.which()) {
    case E::LISTED:
      return foldListed(row, event.getListed());
    case E::RENAMED:
      return take(row.names, event.getRenamed().getNames());
    case E::RETIRED:
      row.retired = true;
      take(row.replacedBy, event.getRetired().getReplacedBy());
      return take(row.validTo, event.getRetired().getValidTo());
  }
  throw std::logic_error("an event of a reference without a fold");
}

std::unique_ptr<Row> newReferenceRow() {
  return std::make_unique<RowOf<Reference, &schema::Event::Reader::getReference>>();
}

}  // namespace consulta
