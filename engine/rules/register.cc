// Rules of the register itself.
#include "projections/rows/register.h"

#include <algorithm>

#include "engine/rules/guard.h"

namespace consulta {

namespace {

using E = schema::RegisterEvent;

/// There is one register in a register: a second opening has nothing to open.
void checkOpened(const Case& on, const std::string& registerId, Refusals& no) {
  on.state.each(on.act.aggregate, [&](const RowPtr& other) {
    no.refuse("register.opened.once", msg("{entity} is open already; this directory holds one "
                                          "register, make another with \"consulta init\"",
                                          arg("entity", on.name(other->head.id))));
    return false;
  });
  auto id = readWideId<RegisterId>(registerId);
  if (!id) no.add(std::move(id).failures());
}

void checkActorId(const std::string& text, Refusals& no) {
  auto id = readWideId<ActorId>(text);
  if (!id) no.add(std::move(id).failures());
}

void needsActor(const RegisterRow& row, const std::string& actor, Refusals& no) {
  if (std::ranges::find(row.actors, actor, &Actor::id) != row.actors.end()) return;
  no.refuse("register.actor.enrolled",
            msg("the register knows no actor {actor}; enter \"register enrol\" first",
                arg("actor", actor)));
}

void checkEnrolled(const RegisterRow& row, const std::string& actor, Refusals& no) {
  checkActorId(actor, no);
  if (std::ranges::find(row.actors, actor, &Actor::id) == row.actors.end()) return;
  no.refuse("register.enrolled.once",
            msg("actor {actor} is enrolled already; change the name with \"register rename-actor\"",
                arg("actor", actor)));
}

template <typename Entry>
bool isGranted(const RegisterRow& row, Entry e) {
  return std::ranges::any_of(row.roles, [&](const GrantedRole& one) {
    return one.actor == e.getActor().cStr() && one.role == e.getRole() &&
           one.office == EntityId(e.getOffice()) && one.programme == EntityId(e.getProgramme());
  });
}

void checkWithdrawn(const RegisterRow& row, schema::RegisterRoleWithdrawn::Reader e, Refusals& no) {
  needsActor(row, e.getActor().cStr(), no);
  if (!isGranted(row, e)) {
    no.refuse("register.role.granted",
              msg("that role was not granted to {actor}; \"consulta show REG\" lists what was",
                  arg("actor", e.getActor().cStr())));
  }
  // Somebody must stay who can grant roles.
  const auto administrators =
      std::ranges::count(row.roles, schema::Role::ADMINISTRATOR, &GrantedRole::role);
  if (e.getRole() == schema::Role::ADMINISTRATOR && administrators <= 1) {
    no.refuse("register.role.last-administrator",
              msg("this is the last administrator; grant the role to somebody else first"));
  }
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getRegister();
  if (event.isOpened()) {
    return checkOpened(on, event.getOpened().getRegisterId().cStr(), no);
  }
  const auto& row = as<RegisterRow>(*on.row);
  if (event.isActorEnrolled()) {
    checkEnrolled(row, event.getActorEnrolled().getActor().cStr(), no);
  } else if (event.isActorRenamed()) {
    needsActor(row, event.getActorRenamed().getActor().cStr(), no);
  } else if (event.isRoleGranted()) {
    needsActor(row, event.getRoleGranted().getActor().cStr(), no);
    if (isGranted(row, event.getRoleGranted())) {
      no.refuse("register.granted.once", msg("that role is granted already"));
    }
  } else if (event.isRoleWithdrawn()) {
    checkWithdrawn(row, event.getRoleWithdrawn(), no);
  }
}

}  // namespace

const Rules& rulesOfRegister() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
