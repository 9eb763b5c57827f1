// Rules of the register itself: one in a directory, actors by their ids, and always somebody who
// can grant roles.
#include "projections/rows/register.h"

#include <algorithm>
#include <set>

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "engine/rules/roles.h"

namespace consulta {

namespace {

// --- the register ---

/// There is one register in a register: a second opening has nothing to open.
void checkOnlyOne(const Case& on, Refusals& no) {
  on.state.each(on.act.aggregate, [&](const RowPtr& other) {
    if (other->head.id == on.entity) return true;
    no.refuse("register.opened.once", msg("{entity} is open already; this directory holds one "
                                          "register, make another with \"consulta init\"",
                                          arg("entity", on.name(other->head.id))));
    return false;
  });
}

/// Ids are compared as they are written, so there is one way to write them.
template <typename Wide>
void checkId(std::string_view rule, const std::string& written, Refusals& no) {
  auto id = readWideId<Wide>(written);
  if (!id) return no.add(std::move(id).failures());
  if (toText(*id) == written) return;
  no.refuse(rule, msg("{written} is not how the id is kept; write {id}", arg("written", written),
                      arg("id", toText(*id))));
}

/// The id stands in cursors and checkpoints that others hold.
void checkIdStays(const Case& on, const std::string& written, Refusals& no) {
  const auto row = on.state.row(on.entity);
  const auto* before = tryAs<RegisterRow>(row.get());
  if (before == nullptr || before->registerId == written) return;
  no.refuse("register.id.stays",
            msg("the id of a register never changes, for others hold it in their cursors; leave "
                "out --register-id, which stays {id}",
                arg("id", before->registerId)));
}

void checkOpened(const Case& on, schema::RegisterOpened::Reader e, Refusals& no) {
  checkOnlyOne(on, no);
  checkId<RegisterId>("register.id.form", e.getRegisterId().cStr(), no);
  checkIdStays(on, e.getRegisterId().cStr(), no);
  checkTimeZone("register.time-zone", e.getTimeZone().cStr(), no);
  checkDistinct("register.languages.distinct", "languages", e.getLanguages(), no);
}

// --- actors ---

bool isEnrolled(const RegisterRow& row, const std::string& actor) {
  return std::ranges::find(row.actors, actor, &Actor::id) != row.actors.end();
}

void needsActor(const RegisterRow& row, const std::string& actor, Refusals& no) {
  if (isEnrolled(row, actor)) return;
  no.refuse("register.actor.enrolled",
            msg("the register knows no actor {actor}; enter \"register enrol\" first",
                arg("actor", actor)));
}

void checkEnrolled(const Case& on, const RegisterRow& row, schema::RegisterActorEnrolled::Reader e,
                   Refusals& no) {
  const std::string actor = e.getActor().cStr();
  checkId<ActorId>("register.actor.form", actor, no);
  if (isEnrolled(row, actor)) {
    no.refuse(
        "register.enrolled.once",
        msg("actor {actor} is enrolled already; change the name with \"register rename-actor\"",
            arg("actor", actor)));
  }
  needsStanding(on, "register.enrolled.person", EntityId(e.getPerson()), no);
}

void checkActorRenamed(const RegisterRow& row, schema::RegisterActorRenamed::Reader e,
                       Refusals& no) {
  needsActor(row, e.getActor().cStr(), no);
  if (e.hasName() || e.hasCredential()) return;
  no.refuse("register.renamed-actor.something",
            msg("say what is new of the actor: --name, --credential or both"));
}

// --- roles ---

template <typename Entry>
auto findGrant(const RegisterRow& row, Entry e) {
  return std::ranges::find_if(row.roles, [&](const GrantedRole& one) {
    return one.actor == e.getActor().cStr() && one.role == e.getRole() &&
           one.office == EntityId(e.getOffice()) && one.programme == EntityId(e.getProgramme());
  });
}

template <typename Entry>
bool isOfTheWhole(Entry e) {
  return e.getRole() == schema::Role::ADMINISTRATOR && e.getOffice() == 0 && e.getProgramme() == 0;
}

void checkGranted(const Case& on, const RegisterRow& row, schema::RegisterRoleGranted::Reader e,
                  Refusals& no) {
  const std::string actor = e.getActor().cStr();
  needsActor(row, actor, no);
  if (findGrant(row, e) != row.roles.end()) {
    no.refuse("register.granted.once",
              msg("{actor} has that role already; to change --personal-values enter \"register "
                  "withdraw\" first, then grant it again",
                  arg("actor", actor)));
  }
  if (administratorsOf(row).empty() && !isOfTheWhole(e)) {
    no.refuse("register.granted.administrator-first",
              msg("nobody would be there to grant roles; the first one granted is --role "
                  "administrator, without --office and --programme"));
  }
  if (e.getPersonalValues() && e.getRole() != schema::Role::INTEGRATOR) {
    no.refuse("register.granted.personal-values",
              msg("--personal-values is granted to an integrator; leave it out, or grant --role "
                  "integrator"));
  }
  needsStanding(on, "register.granted.office", EntityId(e.getOffice()), no);
}

void checkWithdrawn(const RegisterRow& row, schema::RegisterRoleWithdrawn::Reader e, Refusals& no) {
  const std::string actor = e.getActor().cStr();
  needsActor(row, actor, no);
  if (findGrant(row, e) == row.roles.end()) {
    no.refuse("register.role.granted",
              msg("that role was not granted to {actor}; \"consulta show REG\" lists what was, "
                  "with --office and --programme as they were granted",
                  arg("actor", actor)));
  }
  // Somebody must stay who can grant roles.
  if (isOfTheWhole(e) && administratorsOf(row) == std::set<std::string>{actor}) {
    no.refuse("register.role.last-administrator",
              msg("{actor} is the last administrator of the whole register; grant the role to "
                  "somebody else first, without --office and --programme",
                  arg("actor", actor)));
  }
}

// --- restores ---

void checkEpoch(const RegisterRow& row, schema::RegisterEpochOpened::Reader e, Refusals& no) {
  const auto before = row.epochs.empty() ? 1 : row.epochs.back().number;
  if (e.getEpoch() <= before) {
    no.refuse("register.epoch.next",
              msg("the register is in epoch {epoch} already; the next one has a higher number",
                  arg("epoch", before)));
  }
  if (e.getLostTo() == 0 ||
      (e.getLostTo() >= e.getLostFrom() && e.getLostTo() == e.getCheckpoint()))
    return;
  no.refuse("register.epoch.lost",
            msg("what is lost ends at the checkpoint, and begins before it or there; give "
                "--lost-from, --lost-to and --checkpoint so"));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getRegister();
  if (event.isOpened()) return checkOpened(on, event.getOpened(), no);
  const auto& row = as<RegisterRow>(*on.row);
  if (event.isTimeZoneSet()) {
    checkTimeZone("register.time-zone", event.getTimeZoneSet().getTimeZone().cStr(), no);
  } else if (event.isLanguagesSet()) {
    checkDistinct("register.languages.distinct", "languages",
                  event.getLanguagesSet().getLanguages(), no);
  } else if (event.isActorEnrolled()) {
    checkEnrolled(on, row, event.getActorEnrolled(), no);
  } else if (event.isActorRenamed()) {
    checkActorRenamed(row, event.getActorRenamed(), no);
  } else if (event.isRoleGranted()) {
    checkGranted(on, row, event.getRoleGranted(), no);
  } else if (event.isRoleWithdrawn()) {
    checkWithdrawn(row, event.getRoleWithdrawn(), no);
  } else if (event.isEpochOpened()) {
    checkEpoch(row, event.getEpochOpened(), no);
  }
}

}  // namespace

const Rules& rulesOfRegister() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
