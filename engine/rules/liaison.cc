// Rules of working relations: contacts are between who is there, and a follow-up is due after it
// was asked for.
#include "projections/rows/liaison.h"

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "engine/rules/rule_values.h"

namespace consulta {

namespace {

using E = schema::LiaisonEvent;

void guard(const Case& on, Refusals& no) {
  const auto* row = tryAs<Liaison>(on.row);
  if (row == nullptr || on.act.tag != E::OVERDUE) return;
  if (row->due.edtf.empty()) {
    no.refuse("liaison.overdue.due",
              msg("it is not known by when {entity} was to be followed up; correct the entry that "
                  "asked for it, or enter \"liaison complete\"",
                  arg("entity", on.self())));
  } else if (row->overdue) {
    no.refuse("liaison.overdue.once",
              msg("that {entity} is overdue is noted already; enter \"liaison complete\" when it "
                  "is done",
                  arg("entity", on.self())));
  }
}

void checkLogged(const Case& on, schema::LiaisonLogged::Reader e, Refusals& no) {
  needsStanding(on, "liaison.logged.office", EntityId(e.getOffice()), no);
  needsStanding(on, "liaison.logged.party", EntityId(e.getParty()), no);
  checkDistinct(on, "liaison.persons.distinct", "persons", e.getPersons(), no);
}

void checkFound(const Case& on, schema::LiaisonFound::Reader e, Refusals& no) {
  checkDistinct(on, "liaison.offices.distinct", "offices", e.getOffices(), no);
  checkDistinct(on, "liaison.parties.distinct", "parties", e.getParties(), no);
  needsStanding(on, "liaison.found.office", e.getOffices(), no);
  needsStanding(on, "liaison.found.party", e.getParties(), no);
}

void checkAsked(const Case& on, schema::LiaisonFollowUpAsked::Reader e, Refusals& no) {
  needsStanding(on, "liaison.follow-up.office", EntityId(e.getOffice()), no);
  const auto due = e.getDue().getEdtf();
  if (!certainlyBefore(due.cStr(), on.occurred)) return;
  no.refuse("liaison.follow-up.due",
            msg("it would be due on {due}, before it is asked for on {date}; give a later --due, "
                "or the day it was asked for with --on",
                arg("due", due.cStr()), arg("date", on.occurred)));
}

/// Of the day that is set now, and not before it has come.
void checkOverdue(const Case& on, const Liaison& row, schema::LiaisonOverdue::Reader e,
                  Refusals& no) {
  const std::string due = e.getDue().getEdtf().cStr();
  if (row.due.edtf.empty()) return;  // the guard
  if (due != row.due.edtf) {
    no.refuse("liaison.overdue.day",
              msg("{entity} is due on {set}, not on {due}; note that day when it is over",
                  arg("entity", on.self()), arg("set", row.due.edtf), arg("due", due)));
  } else if (certainlyBefore(on.occurred, due)) {
    no.refuse("liaison.overdue.passed",
              msg("{due} had not come on {date}; note it when the day is over", arg("due", due),
                  arg("date", on.occurred)));
  }
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getLiaison();
  if (event.isLogged()) {
    checkLogged(on, event.getLogged(), no);
  } else if (event.isFound()) {
    checkFound(on, event.getFound(), no);
  } else if (event.isFollowUpAsked()) {
    checkAsked(on, event.getFollowUpAsked(), no);
  } else if (event.isFollowUpAssigned()) {
    needsStanding(on, "liaison.follow-up.office", EntityId(event.getFollowUpAssigned().getOffice()),
                  no);
  } else if (event.isOverdue()) {
    checkOverdue(on, as<Liaison>(*on.row), event.getOverdue(), no);
  }
}

}  // namespace

const Rules& rulesOfLiaison() {
  static const Rules rules{&guard, &check, nullptr};
  return rules;
}

}  // namespace consulta
