// Rules of offices.
#include "projections/rows/office.h"

#include <algorithm>
#include <set>

#include "engine/rules/guard.h"

namespace consulta {

namespace {

/// An office is not part of itself, however far up. Corrigenda may have made a circle elsewhere:
/// the way up ends there too.
void checkAttached(const Case& on, EntityId parent, Refusals& no) {
  std::set<EntityId> passed;
  for (auto at = parent; at && passed.insert(at).second;) {
    if (at == on.row->head.id) {
      return no.refuse(
          "office.attached.circle",
          msg("{office} would be part of itself; name another --parent", arg("office", on.self())));
    }
    const auto row = on.state.row(at);
    const auto* office = tryAs<Office>(row.get());
    at = office == nullptr ? EntityId{} : office->parent;
  }
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getOffice();
  const auto* row = tryAs<Office>(on.row);
  if (row == nullptr) return;
  const auto covers = [&](std::uint64_t party) {
    return std::ranges::find(row->covers, EntityId(party)) != row->covers.end();
  };
  if (event.isAttached()) {
    checkAttached(on, EntityId(event.getAttached().getParent()), no);
  } else if (event.isPartyCovered() && covers(event.getPartyCovered().getParty())) {
    no.refuse("office.covered.once",
              msg("{office} looks after it already", arg("office", on.self())));
  } else if (event.isPartyReleased() && !covers(event.getPartyReleased().getParty())) {
    no.refuse("office.released.covered",
              msg("{office} does not look after it", arg("office", on.self())));
  } else if (event.isClosed() && EntityId(event.getClosed().getSuccessor()) == on.row->head.id) {
    no.refuse("office.closed.successor", msg("an office is not its own successor"));
  }
}

}  // namespace

const Rules& rulesOfOffice() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
