// Rules of people. What is known of them is personal, and rules never look at a personal value:
// only at whom they act for, and who comes after them.
#include "projections/rows/person.h"

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"

namespace consulta {

namespace {

/// Nobody acts for a party that is dissolved, or works in an office that is closed.
template <typename Entry>
void checkActsFor(const Case& on, Entry e, Refusals& no) {
  needsStanding(on, "person.acts-for.party", EntityId(e.getParty()), no);
  needsStanding(on, "person.acts-for.office", EntityId(e.getOffice()), no);
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getPerson();
  if (event.isRegistered()) {
    checkActsFor(on, event.getRegistered(), no);
  } else if (event.isAppointed()) {
    checkActsFor(on, event.getAppointed(), no);
  } else if (event.isReturned()) {
    checkActsFor(on, event.getReturned(), no);
  } else if (event.isContactChanged()) {
    const auto e = event.getContactChanged();
    if (e.hasEmail() || e.hasTelephone() || e.hasAddress() || e.getLanguages().size() != 0) return;
    no.needs("email", "person.contact.something",
             msg("say what has changed: --email, --telephone, --address or --languages"));
  } else if (event.isDeparted()) {
    const auto successor = EntityId(event.getDeparted().getSuccessor());
    if (successor == on.entity) {
      no.refuse("person.departed.successor",
                msg("{person} does not succeed themselves; name somebody else with --successor, or "
                    "leave it out",
                    arg("person", on.self())));
    }
    needsStanding(on, "person.departed.successor-left", successor, no);
  }
}

}  // namespace

const Rules& rulesOfPerson() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
