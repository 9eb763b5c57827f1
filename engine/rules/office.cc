// Rules of offices: none is part of itself, and what is closed or dissolved takes no further part.
#include "projections/rows/office.h"

#include <algorithm>
#include <string>

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"

namespace consulta {

namespace {

std::vector<EntityId> parentOf(const Row& row) {
  const auto* office = tryAs<Office>(&row);
  return office == nullptr ? std::vector<EntityId>{} : std::vector<EntityId>{office->parent};
}

/// Whether no entry of the office names a parent after this one: it is then the parent of today.
bool isParentOfToday(const Case& on) {
  const bool opens = on.row == nullptr;
  return std::ranges::none_of(on.state.timeline(on.entity).steps(), [&](const auto& step) {
    const auto event = step.fold().event;
    const bool later = opens ? step.orderNs >= on.orderNs : step.orderNs > on.orderNs;
    return later && event.isOffice() && event.getOffice().isAttached();
  });
}

/// An office is not part of itself, however far up: not on the day of the act, and not today, when
/// offices above it may have been attached since.
void checkParent(const Case& on, EntityId parent, Refusals& no) {
  if (!parent) return;
  needsStanding(on, "office.parent.open", parent, no);
  const bool circle = leadsBack(on, parent, AsOf::theAct, &parentOf) ||
                      (isParentOfToday(on) && leadsBack(on, parent, AsOf::today, &parentOf));
  if (!circle) return;
  no.refuse("office.parent.circle",
            msg("{parent} is {office} itself or a part of it, so {office} would be part of itself; "
                "name another --parent, or attach {parent} elsewhere first",
                arg("office", on.name(on.entity)), arg("parent", on.name(parent))));
}

template <typename Opening>
void checkOpening(const Case& on, Opening e, Refusals& no) {
  checkParent(on, EntityId(e.getParent()), no);
  checkTimeZone("office.time-zone", e.getTimeZone().cStr(), no);
}

void checkFound(const Case& on, schema::OfficeFound::Reader e, Refusals& no) {
  checkOpening(on, e, no);
  checkDistinct(on, "office.covers.distinct", "covers", e.getCovers(), no);
  needsStanding(on, "office.covers.party", e.getCovers(), no);
}

bool covers(const Office& row, EntityId party) {
  return std::ranges::find(row.covers, party) != row.covers.end();
}

void checkCovered(const Case& on, const Office& row, EntityId party, Refusals& no) {
  needsStanding(on, "office.covers.party", party, no);
  if (!covers(row, party)) return;
  no.refuse("office.covered.once",
            msg("{office} looks after {party} already; name another --party, or enter \"office "
                "release\" if it no longer does",
                arg("office", on.self()), arg("party", on.name(party))));
}

void checkReleased(const Case& on, const Office& row, EntityId party, Refusals& no) {
  if (covers(row, party)) return;
  no.refuse("office.released.covered",
            msg("{office} does not look after {party}; enter \"office cover\" with an earlier --on "
                "first if it did",
                arg("office", on.self()), arg("party", on.name(party))));
}

void checkClosed(const Case& on, EntityId successor, Refusals& no) {
  needsStanding(on, "office.closed.successor-open", successor, no);
  if (successor != on.entity) return;
  no.refuse("office.closed.successor",
            msg("{office} does not take over its own work; name another office with --successor, "
                "or leave it out",
                arg("office", on.self())));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getOffice();
  if (event.isEstablished()) return checkOpening(on, event.getEstablished(), no);
  if (event.isFound()) return checkFound(on, event.getFound(), no);
  const auto& row = as<Office>(*on.row);
  if (event.isAttached()) {
    checkParent(on, EntityId(event.getAttached().getParent()), no);
  } else if (event.isRelocated()) {
    checkTimeZone("office.time-zone", event.getRelocated().getTimeZone().cStr(), no);
  } else if (event.isPartyCovered()) {
    checkCovered(on, row, EntityId(event.getPartyCovered().getParty()), no);
  } else if (event.isPartyReleased()) {
    checkReleased(on, row, EntityId(event.getPartyReleased().getParty()), no);
  } else if (event.isHeadNamed()) {
    needsStanding(on, "office.head.active", EntityId(event.getHeadNamed().getPerson()), no);
  } else if (event.isClosed()) {
    checkClosed(on, EntityId(event.getClosed().getSuccessor()), no);
  }
}

}  // namespace

const Rules& rulesOfOffice() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
