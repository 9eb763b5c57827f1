#include "engine/rules/mou_terms.h"

#include <algorithm>

#include "engine/rules/naming.h"
#include "engine/rules/other_entity.h"
#include "engine/rules/rule_values.h"
#include "events/values/calendar.h"
#include "events/values/edtf.h"
#include "projections/rows/party.h"

namespace consulta {

namespace {

std::string edtfOf(schema::Date::Reader date) {
  return date.getEdtf().cStr();
}

/// A term cannot run out before it begins.
void checkEnd(const Case& on, std::string_view rule, schema::Date::Reader end, const Mou& mou,
              Refusals& no) {
  for (const auto& start : {mou.agreedOn, mou.inForceOn}) {
    if (!certainlyBefore(edtfOf(end), start.edtf)) continue;
    no.refuse(rule,
              msg("{entity} would end on {end}, before it began on {start}; give a later "
                  "--ends-on",
                  arg("entity", on.self()), arg("end", edtfOf(end)), arg("start", start.edtf)));
    return;
  }
}

void checkRenewed(schema::MouRenewed::Reader e, const Mou& mou, Refusals& no) {
  for (const auto& end : {mou.endsOn, mou.expiredOn}) {
    if (!certainlyBefore(edtfOf(e.getEndsOn()), end.edtf)) continue;
    no.refuse("mou.renewed.longer",
              msg("a renewal until {new} would end before the term it renews, which runs until "
                  "{old}; give a later --ends-on, or enter \"mou amend\"",
                  arg("new", edtfOf(e.getEndsOn())), arg("old", end.edtf)));
    return;
  }
}

/// The first moment at which a notice of that date, which needs to be stated, can take effect: on
/// the last day that a date may name, where its days reach beyond. Counted in days, since the
/// nanoseconds between the first and the last moment are more than 64 bits hold.
std::int64_t earliestEnd(const std::string& given, std::uint32_t days) {
  const auto fromNs = orBroken(dateBounds(given)).earliestNs;
  const auto day = dayAt(fromNs);
  const auto last = dayNumber(dayAt(wholeTime().latestNs));
  const auto end = dayFromNumber(std::min(dayNumber(day) + std::int64_t{days}, last));
  return dayStartNs(end) + (fromNs - dayStartNs(day));
}

/// A State that took the place of a signatory took over what that one had signed.
bool succeedsSignatory(const Case& on, EntityId party, const Mou& mou) {
  return std::ranges::any_of(signatoriesOf(mou), [&](EntityId signatory) {
    const auto row = otherByThen(on, signatory);
    const auto* before = tryAs<Party>(row.get());
    return before != nullptr &&
           std::ranges::find(before->successors, party) != before->successors.end();
  });
}

void checkNotice(const Case& on, schema::MouNoticeGiven::Reader e, const Mou& mou, Refusals& no) {
  const auto party = EntityId(e.getParty());
  needsStanding(on, "mou.noticeGiven.standing", party, no);
  if (!succeedsSignatory(on, party, mou)) {
    needsSignatory(on, "mou.noticeGiven.signatory", party, mou, no);
  }
  if (std::ranges::find(mou.notices, party, &MouNotice::party) != mou.notices.end()) {
    no.refuse("mou.noticeGiven.once",
              msg("{party} has given notice of {entity} already; enter \"mou terminate --by "
                  "{party}\" when it takes effect",
                  arg("party", on.name(party)), arg("entity", on.self())));
  }
  if (!e.hasEffective() || on.occurred.empty()) return;
  if (!certainlyBefore(edtfOf(e.getEffective()), earliestEnd(on.occurred, mou.noticeDays))) return;
  no.refuse(
      "mou.noticeGiven.period",
      msgs("a notice of {date} cannot take effect on {effective}: {entity} asks for {count} day "
           "of notice; give a later --effective, or enter what it says with \"mou set-notice\"",
           "a notice of {date} cannot take effect on {effective}: {entity} asks for {count} days "
           "of notice; give a later --effective, or enter what it says with \"mou set-notice\"",
           mou.noticeDays, arg("date", on.occurred), arg("effective", edtfOf(e.getEffective())),
           arg("entity", on.self())));
}

void checkTerminated(const Case& on, schema::MouTerminated::Reader e, const Mou& mou,
                     Refusals& no) {
  if (e.getReplacement() == on.row->head.id.value) {
    no.refuse(
        "mou.terminated.replacement",
        msg("{entity} cannot replace itself; name the memorandum that does with --replacement",
            arg("entity", on.self())));
  }
  const auto by = EntityId(e.getBy());
  if (!by) return;
  const auto notice = std::ranges::find(mou.notices, by, &MouNotice::party);
  if (notice == mou.notices.end()) {
    no.refuse("mou.terminated.needs-notice",
              msg("{party} has given no notice of {entity}; enter \"mou give-notice\" first, or "
                  "leave out --by when the parties agreed to end it",
                  arg("party", on.name(by)), arg("entity", on.self())));
  } else if (certainlyBefore(on.occurred, notice->effective.edtf)) {
    no.refuse("mou.terminated.notice-runs",
              msg("the notice of {party} takes effect on {date}; {entity} cannot end by it before. "
                  "Give the day it did end with --on, or leave out --by when the parties agreed to "
                  "end it",
                  arg("party", on.name(by)), arg("date", notice->effective.edtf),
                  arg("entity", on.self())));
  }
}

/// As its clauses say, and on the day that they name.
void checkEnteredIntoForce(const Case& on, schema::MouEnteredIntoForce::Reader e, const Mou& mou,
                           Refusals& no) {
  const bool isOnDate = e.getEntry() == schema::EntryIntoForce::ON_DATE;
  const bool isItsDay = !isOnDate || !certainlyBefore(edtfOf(e.getDate()), mou.entryDate.edtf);
  if (e.getEntry() == mou.entryIntoForce && isItsDay) return;
  no.refuse("mou.enteredIntoForce.clause",
            msg("the clauses of {entity} do not let it enter into force so, on {date}; see "
                "\"consulta show {entity}\" for what they say",
                arg("entity", on.self()), arg("date", edtfOf(e.getDate()))));
}

/// After the last day of its term, and never while it renews itself.
void checkExpired(const Case& on, const Mou& mou, Refusals& no) {
  if (!mou.tacitRenewal && !certainlyBefore(on.occurred, mou.endsOn.edtf)) return;
  no.refuse("mou.expired.term",
            mou.tacitRenewal
                ? msg("{entity} renews itself and does not expire; enter \"mou terminate\" if it "
                      "has ended",
                      arg("entity", on.self()))
                : msg("the term of {entity} runs until {end}; it does not expire before",
                      arg("entity", on.self()), arg("end", mou.endsOn.edtf)));
}

}  // namespace

void needsSignatory(const Case& on, std::string_view rule, EntityId party, const Mou& mou,
                    Refusals& no) {
  if (isNamed(mou, party, schema::MouPartyRole::SIGNATORY)) return;
  no.refuse(rule, msg("{party} is not a signatory of {entity}; only a signatory can do this. See "
                      "\"consulta show {entity}\" for who is",
                      arg("party", on.name(party)), arg("entity", on.self())));
}

void checkMouTerms(const Case& on, schema::MouEvent::Reader event, const Mou& mou, Refusals& no) {
  if (event.isTermSet()) {
    checkEnd(on, "mou.term.order", event.getTermSet().getEndsOn(), mou, no);
  } else if (event.isAmended()) {
    checkEnd(on, "mou.term.order", event.getAmended().getEndsOn(), mou, no);
    needsStanding(on, "mou.text.retired", EntityId(event.getAmended().getDocument()), no);
  } else if (event.isRenewed()) {
    needsStanding(on, "mou.text.retired", EntityId(event.getRenewed().getDocument()), no);
    checkRenewed(event.getRenewed(), mou, no);
  } else if (event.isNoticeGiven()) {
    checkNotice(on, event.getNoticeGiven(), mou, no);
  } else if (event.isTerminated()) {
    checkTerminated(on, event.getTerminated(), mou, no);
  } else if (event.isEnteredIntoForce()) {
    checkEnteredIntoForce(on, event.getEnteredIntoForce(), mou, no);
  } else if (event.isExpired()) {
    checkExpired(on, mou, no);
  }
}

}  // namespace consulta
