#include "projections/rows/person.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

/// Where to reach the person; several entries have these fields.
template <typename Entry>
void takeContact(Person& row, Entry e, Position at) {
  take(row.email, e.getEmail(), at, "email");
  take(row.telephone, e.getTelephone(), at, "telephone");
  take(row.address, e.getAddress(), at, "address");
  take(row.languages, e.getLanguages());
}

/// What the person does, and for whom. A new function says anew for whom.
template <typename Entry>
void takeFunction(Person& row, Entry e, Position at) {
  take(row.function, e.getFunction(), at, "function");
  if (e.getParty() == 0 && e.getOffice() == 0) return;
  row.party = EntityId(e.getParty());
  row.office = EntityId(e.getOffice());
}

template <typename Opening>
void describe(Person& row, Opening e, Position at) {
  take(row.name, e.getName(), at, "name");
  takeFunction(row, e, at);
  takeContact(row, e, at);
}

}  // namespace

void fold(Person& row, RowHead&, schema::PersonEvent::Reader event, const FoldStep& step) {
  using E = schema::PersonEvent;
  switch (event.which()) {
    case E::REGISTERED:
      return describe(row, event.getRegistered(), step.valuesAt);
    case E::FOUND:
      return describe(row, event.getFound(), step.valuesAt);
    case E::RENAMED:
      return take(row.name, event.getRenamed().getName(), step.valuesAt, "name");
    case E::APPOINTED:
      return takeFunction(row, event.getAppointed(), step.valuesAt);
    case E::CONTACT_CHANGED:
      return takeContact(row, event.getContactChanged(), step.valuesAt);
    case E::DEPARTED:
      return take(row.successor, event.getDeparted().getSuccessor());
    case E::RETURNED:
      row.successor = EntityId{};
      return takeFunction(row, event.getReturned(), step.valuesAt);
  }
  throw std::logic_error("an event of a person without a fold");
}

std::unique_ptr<Row> newPersonRow() {
  return std::make_unique<RowOf<Person, &schema::Event::Reader::getPerson>>();
}

}  // namespace consulta
