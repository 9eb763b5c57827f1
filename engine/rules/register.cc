// Rules of the register itself: one in a directory, actors by their ids, and always somebody who
// can grant roles.
#include "projections/rows/register.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "engine/rules/roles.h"
#include "engine/rules/rule_values.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"

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
                arg("actor", ActorArg{actor})));
}

void checkEnrolled(const Case& on, const RegisterRow& row, schema::RegisterActorEnrolled::Reader e,
                   Refusals& no) {
  const std::string actor = e.getActor().cStr();
  checkId<ActorId>("register.actor.form", actor, no);
  if (isEnrolled(row, actor)) {
    no.refuse(
        "register.enrolled.once",
        msg("actor {actor} is enrolled already; change the name with \"register rename-actor\"",
            arg("actor", ActorArg{actor})));
  }
  needsStanding(on, "register.enrolled.person", EntityId(e.getPerson()), no);
}

void checkActorRenamed(const RegisterRow& row, schema::RegisterActorRenamed::Reader e,
                       Refusals& no) {
  needsActor(row, e.getActor().cStr(), no);
  if (e.hasName() || e.hasCredential()) return;
  no.needs("name", "register.renamed-actor.something",
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
                  arg("actor", ActorArg{actor})));
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
                  arg("actor", ActorArg{actor})));
  }
  // Somebody must stay who can grant roles.
  if (isOfTheWhole(e) && administratorsOf(row) == std::set<std::string>{actor}) {
    no.refuse("register.role.last-administrator",
              msg("{actor} is the last administrator of the whole register; grant the role to "
                  "somebody else first, without --office and --programme",
                  arg("actor", ActorArg{actor})));
  }
}

// --- delegations ---

void checkKinds(const Case& on, capnp::List<capnp::Text>::Reader kinds, Refusals& no) {
  checkDistinct("register.delegated.kinds-distinct", "kinds", kinds, no);
  std::vector<std::string> names;
  for (const auto& one : on.state.catalogue().aggregates()) {
    if (one.tag != on.act.aggregate) names.push_back(one.name);
  }
  for (const auto kind : kinds) {
    const std::string written = kind.cStr();
    if (std::ranges::find(names, written) != names.end()) continue;
    if (written == on.state.catalogue().aggregate(on.act.aggregate).name) {
      no.refuse("register.delegated.register",
                msg("roles and delegations are not delegated; leave out --kinds {kind}",
                    arg("kind", written)));
      continue;
    }
    const auto near = nearest(written, names);
    no.refuse("register.delegated.kinds",
              near ? msg("--kinds: there is no \"{kind}\". Did you mean {near}?",
                         arg("kind", excerpt(written)), arg("near", *near))
                   : msg("--kinds: there is no \"{kind}\"; \"consulta --help\" lists the kinds",
                         arg("kind", excerpt(written))));
  }
}

void checkDelegated(const Case& on, const RegisterRow& row, schema::RegisterDelegated::Reader e,
                    Refusals& no) {
  const std::string from = e.getFrom().cStr();
  const std::string to = e.getTo().cStr();
  needsActor(row, from, no);
  if (to != from) needsActor(row, to, no);
  if (from == to) {
    no.refuse("register.delegated.other",
              msg("everybody enters in their own name anyway; name another with --to"));
  }
  const std::string begins = e.getBegins().getEdtf().cStr();
  if (certainlyBefore(e.getEnds().getEdtf().cStr(), begins)) {
    no.refuse("register.delegated.ends",
              msg("it would end on {ends}, before it begins on {begins}; give a later --ends",
                  arg("ends", e.getEnds().getEdtf().cStr()), arg("begins", begins)));
  }
  checkKinds(on, e.getKinds(), no);
  needsStanding(on, "register.delegated.office", EntityId(e.getOffice()), no);
  const auto same = std::ranges::find_if(row.delegations, [&](const Delegation& one) {
    return one.ended.edtf.empty() && one.from == from && one.to == to &&
           one.office == EntityId(e.getOffice()) && one.programme == EntityId(e.getProgramme()) &&
           !certainlyBefore(one.ends.edtf, begins) &&
           !certainlyBefore(e.getEnds().getEdtf().cStr(), one.begins.edtf);
  });
  if (same == row.delegations.end()) return;
  no.refuse("register.delegated.once",
            msg("there is a delegation like it from {begins} on; enter \"register "
                "end-delegation\" first to change it",
                arg("begins", same->begins.edtf)));
}

void checkDelegationEnded(const RegisterRow& row, schema::RegisterDelegationEnded::Reader e,
                          Refusals& no) {
  if (std::ranges::any_of(row.delegations,
                          [&](const Delegation& one) { return isMeant(one, e); })) {
    return;
  }
  no.refuse("register.delegation-ended.given",
            msg("there is no such delegation that has not been ended; \"consulta show REG\" lists "
                "them, with --office and --programme as they were delegated"));
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
  } else if (event.isDelegated()) {
    checkDelegated(on, row, event.getDelegated(), no);
  } else if (event.isDelegationEnded()) {
    checkDelegationEnded(row, event.getDelegationEnded(), no);
  }
}

}  // namespace

const Rules& rulesOfRegister() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
