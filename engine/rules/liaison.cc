// Rules of working relations.
#include "projections/rows/liaison.h"

#include "engine/rules/guard.h"
#include "engine/rules/rule_values.h"

namespace consulta {

namespace {

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getLiaison();
  if (!event.isFollowUpAsked()) return;
  const auto due = event.getFollowUpAsked().getDue().getEdtf();
  if (certainlyBefore(due.cStr(), on.occurred)) {
    no.refuse("liaison.follow-up.due",
              msg("it would be due on {due}, before it is asked for; give a later --due",
                  arg("due", due.cStr())));
  }
}

}  // namespace

const Rules& rulesOfLiaison() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
