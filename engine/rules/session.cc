// Rules of sessions: named by body and number, so that "before IDB.31" finds them.
#include "projections/rows/session.h"

#include <string>

#include "engine/rules/guard.h"
#include "engine/rules/rule_values.h"

namespace consulta {

namespace {

template <typename Opening>
void checkName(const Case& on, Opening e, Refusals& no) {
  const auto name = std::string(e.getBody().cStr()) + "." + std::to_string(e.getNumber());
  if (on.symbol == name) return;
  no.refuse("session.name", msg("a session is named by its body and number; write {name} as its id",
                                arg("name", name)));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getSession();
  if (event.isListed()) return checkName(on, event.getListed(), no);
  if (event.isFound()) return checkName(on, event.getFound(), no);
  const auto& row = as<SessionRow>(*on.row);
  if (event.isClosed() && certainlyBefore(on.occurred, row.began.edtf)) {
    no.refuse("session.closed.after-opening",
              msg("{entity} began on {began}, after that day; give the day it ended with --on",
                  arg("entity", on.self()), arg("began", row.began.edtf)));
  }
}

}  // namespace

const Rules& rulesOfSession() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
