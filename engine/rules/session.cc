// Rules of sessions: named by body and number, so that "before IDB.31" finds them; what is known of
// their dates does not contradict the days they began and ended on, for deadlines hang on both.
#include "projections/rows/session.h"

#include <string>

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "engine/rules/rule_values.h"

namespace consulta {

namespace {

template <typename Opening>
void checkName(const Case& on, Opening e, Refusals& no) {
  if (e.getNumber() == 0) {
    no.needs("number", "session.number",
             msg("sessions are numbered from 1; give the --number it is called "
                 "by"));
  }
  const auto name = std::string(e.getBody().cStr()) + "." + std::to_string(e.getNumber());
  if (on.symbol == name) return;
  if (on.state.row(on.entity)) {
    no.refuse("session.name",
              msg("{symbol} keeps its body and number, for deadlines name it by them; enter the "
                  "session that was meant with \"session add {name}\"",
                  arg("symbol", on.symbol), arg("name", name)));
    return;
  }
  no.refuse("session.name", msg("a session is named by its body and number; write {name} as its id",
                                arg("name", name)));
}

/// New dates hold the days that are known already.
void checkDates(const Case& on, const SessionRow& row, const std::string& dates, Refusals& no) {
  for (const auto& day : {row.began, row.ended}) {
    if (!certainlyBefore(day.edtf, dates) && !certainlyBefore(dates, day.edtf)) continue;
    no.refuse("session.dated.held",
              msg("{entity} was held on {day}, which is not within {dates}; give --dates that hold "
                  "it, or correct the entry of that day",
                  arg("entity", on.self()), arg("day", day.edtf), arg("dates", dates)));
    return;
  }
}

void checkOpened(const Case& on, const SessionRow& row, Refusals& no) {
  const auto& dates = row.dates.edtf;
  if (!certainlyBefore(on.occurred, dates) && !certainlyBefore(dates, on.occurred)) return;
  no.refuse("session.opened.dates",
            msg("{entity} is to be held on {dates}; give the day it began with --on, or enter its "
                "new dates with \"session date\" first",
                arg("entity", on.self()), arg("dates", dates)));
}

void checkClosed(const Case& on, const SessionRow& row, Refusals& no) {
  const auto& began = row.began.edtf.empty() ? row.dates : row.began;
  if (certainlyBefore(on.occurred, began.edtf)) {
    no.refuse("session.closed.after-opening",
              msg("{entity} began on {began}, after that day; give the day it ended with --on",
                  arg("entity", on.self()), arg("began", began.edtf)));
  } else if (certainlyBefore(row.dates.edtf, on.occurred)) {
    no.refuse("session.closed.dates",
              msg("{entity} was to end by {dates}; give the day it ended with --on, or enter its "
                  "new dates with \"session date\" first",
                  arg("entity", on.self()), arg("dates", row.dates.edtf)));
  }
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getSession();
  if (event.isListed()) return checkName(on, event.getListed(), no);
  if (event.isFound()) return checkName(on, event.getFound(), no);
  const auto& row = as<SessionRow>(*on.row);
  if (event.isDated()) {
    checkDates(on, row, event.getDated().getDates().getEdtf().cStr(), no);
  } else if (event.isRetitled() && !event.getRetitled().hasTitle() &&
             !event.getRetitled().hasPlace()) {
    no.needs("title", "session.retitled.something",
             msg("say what is new: --title, --place or both"));
  } else if (event.isOpened()) {
    checkOpened(on, row, no);
    needsStanding(on, "session.opened.president", EntityId(event.getOpened().getPresident()), no);
  } else if (event.isClosed()) {
    checkClosed(on, row, no);
  }
}

}  // namespace

const Rules& rulesOfSession() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
