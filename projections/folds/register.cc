#include "projections/rows/register.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"
#include "projections/rows.h"

namespace consulta {

namespace {

bool sameGrant(const GrantedRole& a, const GrantedRole& b) {
  return a.actor == b.actor && a.role == b.role && a.office == b.office &&
         a.programme == b.programme;
}

Actor& actorOf(RegisterRow& row, capnp::Text::Reader id) {
  const auto found = std::ranges::find(row.actors, std::string(id.cStr()), &Actor::id);
  if (found != row.actors.end()) return *found;
  row.actors.emplace_back().id = id.cStr();
  return row.actors.back();
}

template <typename Entry>
GrantedRole grantOf(Entry e) {
  GrantedRole out;
  out.actor = e.getActor().cStr();
  out.role = e.getRole();
  out.office = EntityId(e.getOffice());
  out.programme = EntityId(e.getProgramme());
  return out;
}

void foldOpened(RegisterRow& row, schema::RegisterOpened::Reader e) {
  take(row.organization, e.getOrganization());
  take(row.registerId, e.getRegisterId());
  take(row.timeZone, e.getTimeZone());
  take(row.languages, e.getLanguages());
  take(row.currency, e.getCurrency());
}

void foldEnrolled(RegisterRow& row, schema::RegisterActorEnrolled::Reader e, const FoldStep& step) {
  auto& actor = actorOf(row, e.getActor());
  take(actor.name, e.getName(), step.valuesAt, "name");
  take(actor.credential, e.getCredential(), step.valuesAt, "credential");
  take(actor.person, e.getPerson());
}

void foldRenamed(RegisterRow& row, schema::RegisterActorRenamed::Reader e, const FoldStep& step) {
  auto& actor = actorOf(row, e.getActor());
  take(actor.name, e.getName(), step.valuesAt, "name");
  take(actor.credential, e.getCredential(), step.valuesAt, "credential");
}

void foldGranted(RegisterRow& row, schema::RegisterRoleGranted::Reader e) {
  auto grant = grantOf(e);
  std::erase_if(row.roles, [&](const GrantedRole& one) { return sameGrant(one, grant); });
  grant.personalValues = e.getPersonalValues();
  row.roles.push_back(std::move(grant));
}

void foldDelegated(RegisterRow& row, schema::RegisterDelegated::Reader e, const FoldStep& step) {
  auto& one = row.delegations.emplace_back();
  take(one.from, e.getFrom());
  take(one.to, e.getTo());
  take(one.begins, e.getBegins());
  take(one.ends, e.getEnds());
  take(one.office, e.getOffice());
  take(one.programme, e.getProgramme());
  take(one.kinds, e.getKinds());
  for (const auto ground : step.record.getGrounds()) one.grounds.emplace_back(ground);
}

/// The last one like it that has not been ended.
void foldDelegationEnded(RegisterRow& row, schema::RegisterDelegationEnded::Reader e,
                         const FoldStep& step) {
  const auto found = std::find_if(row.delegations.rbegin(), row.delegations.rend(),
                                  [&](const Delegation& one) { return isMeant(one, e); });
  if (found == row.delegations.rend()) return;
  found->ended = step.date();
  take(found->reason, e.getReason(), step.valuesAt, "reason");
}

void foldEpoch(RegisterRow& row, schema::RegisterEpochOpened::Reader e) {
  row.epochs.push_back(Epoch{e.getEpoch(), e.getLostFrom(), e.getLostTo(), e.getCheckpoint(),
                             e.getCheckpointHash().cStr()});
}

}  // namespace

RowPtr registerRow(const State& state) {
  EntityId id;
  state.scan(aggregateKeys(static_cast<std::uint16_t>(RegisterRow::aggregate)),
             [&](std::string_view key) {
               id = keyedId(key);  // a directory holds one
               return true;
             });
  return id ? state.row(id) : nullptr;
}

bool isMeant(const Delegation& one, schema::RegisterDelegationEnded::Reader entry) {
  return one.ended.edtf.empty() && one.from == entry.getFrom().cStr() &&
         one.to == entry.getTo().cStr() && one.office == EntityId(entry.getOffice()) &&
         one.programme == EntityId(entry.getProgramme());
}

void fold(RegisterRow& row, RowHead&, schema::RegisterEvent::Reader event, const FoldStep& step) {
  using E = schema::RegisterEvent;
  switch (event.which()) {
    case E::OPENED:
      return foldOpened(row, event.getOpened());
    case E::RENAMED:
      return take(row.organization, event.getRenamed().getOrganization());
    case E::TIME_ZONE_SET:
      return take(row.timeZone, event.getTimeZoneSet().getTimeZone());
    case E::LANGUAGES_SET:
      return take(row.languages, event.getLanguagesSet().getLanguages());
    case E::ACTOR_ENROLLED:
      return foldEnrolled(row, event.getActorEnrolled(), step);
    case E::ACTOR_RENAMED:
      return foldRenamed(row, event.getActorRenamed(), step);
    case E::ROLE_GRANTED:
      return foldGranted(row, event.getRoleGranted());
    case E::ROLE_WITHDRAWN: {
      const auto grant = grantOf(event.getRoleWithdrawn());
      std::erase_if(row.roles, [&](const GrantedRole& one) { return sameGrant(one, grant); });
      return;
    }
    case E::EPOCH_OPENED:
      return foldEpoch(row, event.getEpochOpened());
    case E::DELEGATED:
      return foldDelegated(row, event.getDelegated(), step);
    case E::DELEGATION_ENDED:
      return foldDelegationEnded(row, event.getDelegationEnded(), step);
  }
  throw std::logic_error("an event of a register without a fold");
}

std::unique_ptr<Row> newRegisterRow() {
  return std::make_unique<RowOf<RegisterRow, &schema::Event::Reader::getRegister>>();
}

}  // namespace consulta
