// Silence on a text, and objections to it.
#include <algorithm>
#include <string>
#include <utility>

#include "engine/rules/consultation_course.h"
#include "engine/rules/consultation_rounds.h"
#include "engine/rules/consultation_terms.h"
#include "engine/rules/rule_values.h"
#include "events/values/calendar.h"
#include "events/values/edtf.h"
#include "events/values/zoned_time.h"
#include "projections/rows/consultation_asked.h"

namespace consulta {

namespace {

using E = schema::ConsultationEvent;

/// A silence lasts at least three days, unless a decision that is named sets another time.
constexpr std::int64_t silence_ns_min = 72LL * 3'600 * 1'000'000'000;
constexpr std::int64_t second_ns = 1'000'000'000;

// --- silence ---

/// A procedure says how long the silence lasts at least, and in which languages the text goes
/// round.
void checkByProcedure(const Case& on, schema::ConsultationPutUnderSilence::Reader e,
                      const ProcedureStep& step, Refusals& no) {
  const auto leastNs = static_cast<std::int64_t>(step.period->secondsAtLeast()) * second_ns;
  if (certainlyAfter(on.occurred, e.getDeadline().getUtcNs() - leastNs)) {
    no.refuse("consultation.putUnderSilence.period",
              msg("by its procedure the silence of {entity} lasts at least {period}; give a later "
                  "--deadline",
                  arg("entity", on.self()), arg("period", toText(*step.period))));
  }
  for (const auto& language : step.languages) {
    bool named = false;
    for (auto one : e.getLanguages()) named = named || language == one.cStr();
    if (named) continue;
    no.needs("languages", "consultation.putUnderSilence.languages",
             msg("by its procedure the text goes round in {language} too; give --languages "
                 "{language} when it does",
                 arg("language", language)));
  }
}

void checkPutUnderSilence(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  if (row.texts.empty()) return;  // the guard has said so
  const auto e = event.getPutUnderSilence();
  needsOpenText(on, row, e.getRevision(), "consultation.putUnderSilence.text", no);
  noObjection(on, row, e.getRevision(), "consultation.putUnderSilence.objections", no);
  const auto deadlineNs = e.getDeadline().getUtcNs();
  const auto period = stepUnderWay(on.state, row, StepKind::silence);
  if (certainlyAfter(on.occurred, deadlineNs)) {
    no.refuse("consultation.putUnderSilence.deadline",
              msg("the deadline {deadline} lies before the text was circulated; give a later one "
                  "with --deadline",
                  arg("deadline", e.getDeadline().getLocal().cStr())));
  } else if (period) {
    checkByProcedure(on, e, *period, no);
  } else if (on.grounds.empty() && certainlyAfter(on.occurred, deadlineNs - silence_ns_min)) {
    no.refuse("consultation.putUnderSilence.hours",
              msg("a silence lasts at least 72 hours; give a later --deadline, or name with "
                  "--ground the decision that sets a shorter time"));
  }
}

/// What was recorded as late must not come to be in time unnoticed.
void noLateObjection(const Case& on, const Consultation& row, const ConsultationSilence& silence,
                     std::int64_t deadlineNs, Refusals& no) {
  for (const auto& one : row.objections) {
    if (one.state != ObjectionState::late || one.receivedAt.local.empty() ||
        one.deadline != silence.deadline || one.revision != silence.revision ||
        one.receivedAt.utcNs > deadlineNs) {
      continue;
    }
    no.refuse("consultation.silenceExtended.late-objection",
              msg("the objection of {party}, received on {received}, is recorded as late and would "
                  "come to be in time; extend until an hour before that, or put the text under "
                  "silence again with \"consultation put-under-silence\" once the outcome of this "
                  "one is entered",
                  arg("party", on.name(one.party)), arg("received", entryText(one.receivedAt))));
  }
}

void checkExtended(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getSilenceExtended();
  const auto* silence = runningSilence(row);
  if (silence == nullptr) return;  // the guard has said so
  if (e.getRevision() != 0 && e.getRevision() != silence->revision) {
    no.refuse("consultation.silenceExtended.revision",
              msg("revision {running} of {entity} is under silence, not {revision}; leave out "
                  "--revision or give that one",
                  arg("running", silence->revision), arg("revision", e.getRevision()),
                  arg("entity", on.self())));
  }
  noObjection(on, row, silence->revision, "consultation.silenceExtended.objections", no);
  if (e.getDeadline().getUtcNs() <= silence->deadline.utcNs) {
    no.refuse("consultation.silenceExtended.later",
              msg("the silence runs until {deadline} already; give a later --deadline",
                  arg("deadline", entryText(silence->deadline))));
  }
  const auto order = arrivalOf(RowZonedTime{}, on.occurred, silence->deadline.utcNs);
  const bool stoodStill = !silence->suspendedSince.edtf.empty();
  if (stoodStill && on.isEngines) return;
  if (order == Arrival::late) {
    no.refuse("consultation.silenceExtended.in-time",
              msg("the silence ended on {deadline}; only one that still runs can be extended. Put "
                  "the text under silence again with \"consultation put-under-silence\" once its "
                  "outcome is entered",
                  arg("deadline", entryText(silence->deadline))));
  } else if (order == Arrival::untold) {
    no.refuse("consultation.silenceExtended.hour",
              msg("the silence ends on {deadline}, and {date} does not tell whether it was "
                  "extended before; give the hour of the extension with --on, as "
                  "\"2006-07-14T15:00+02:00\"",
                  arg("deadline", entryText(silence->deadline)), arg("date", on.occurred)));
  }
  noLateObjection(on, row, *silence, e.getDeadline().getUtcNs(), no);
}

void checkBroken(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getSilenceBroken();
  const auto party = EntityId(e.getParty());
  const auto* silence = runningSilence(row);
  const auto* objection = standingObjection(row, party, e.getRevision());
  if (silence == nullptr || silence->revision != e.getRevision() || objection == nullptr) {
    return no.refuse("consultation.silenceBroken.objection",
                     msg("no silence on revision {revision} of {entity} runs that {party} objects "
                         "to; enter \"consultation object\" first",
                         arg("revision", e.getRevision()), arg("entity", on.self()),
                         arg("party", on.name(party))));
  }
  if (arrivalOf(*objection) != Arrival::late) return;
  no.refuse("consultation.silenceBroken.in-time",
            msg("the objection of {party} would come after the deadline {deadline} and could not "
                "have broken the silence on {entity}; put the text under silence again with "
                "\"consultation put-under-silence\" once the objection is withdrawn",
                arg("party", on.name(party)), arg("deadline", entryText(objection->deadline)),
                arg("entity", on.self())));
}

void checkObserved(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getSilenceObserved();
  const auto* silence = runningSilence(row);
  if (silence == nullptr || silence->revision != e.getRevision()) {
    return no.refuse("consultation.silenceObserved.running",
                     msg("revision {revision} of {entity} is not under silence; enter "
                         "\"consultation put-under-silence\" first",
                         arg("revision", e.getRevision()), arg("entity", on.self())));
  }
  if (on.nowNs < silence->deadline.utcNs || canBeBefore(on.occurred, silence->deadline.utcNs)) {
    no.refuse("consultation.silenceObserved.deadline",
              msg("the silence on {entity} runs until {deadline}; it cannot be observed before",
                  arg("entity", on.self()), arg("deadline", entryText(silence->deadline))));
  }
  const auto inTheWay = objectionsInTheWay(row, e.getRevision());
  if (inTheWay.empty()) return;
  no.refuse("consultation.silenceObserved.objections",
            msg("{parties} object to revision {revision} of {entity}, in time. An objection that "
                "was overlooked until the silence was observed is entered as of the day on which "
                "it was found (--on) with its hour of receipt (--received-at), after "
                "\"consultation reopen\" with the authority for it",
                arg("parties", namesOf(on, inTheWay)), arg("revision", e.getRevision()),
                arg("entity", on.self())));
}

// --- objections ---

void checkObjector(const Case& on, const Consultation& row, EntityId party,
                   const ConsultationSilence* silence, Refusals& no) {
  if (isAmong(silence != nullptr ? silence->eligible : eligibleParties(row), party)) return;
  const auto* seat = seatOf(row, party);
  if (const auto* others = stepNotAsking(row, "silence", party)) {
    return no.refuse(
        "consultation.objected.asked",
        msg("step {step} of {entity} asks others whether they object, not {party}; "
            "enter what it says with \"consultation explain\", or see \"consulta "
            "procedure show {entity}\" for whom it asks",
            arg("step", others->step), arg("entity", on.self()), arg("party", on.name(party))));
  }
  if (seat != nullptr && seat->standing == schema::Standing::OBSERVER) {
    return no.refuse("consultation.objected.observer",
                     msg("{party} is an observer of {entity} and is not counted; enter what it "
                         "says with \"consultation explain\"",
                         arg("party", on.name(party)), arg("entity", on.self())));
  }
  no.refuse("consultation.objected.eligible",
            msg("{party} was not on the roll of {entity} when the round began; the roll of later "
                "rounds is changed with \"consultation enrol\"",
                arg("party", on.name(party)), arg("entity", on.self())));
}

/// Without a silence to be measured against, an objection comes before the text is agreed on.
void checkNotAgreed(const Case& on, const Consultation& row, std::uint32_t revision, Refusals& no) {
  if (stateOf<schema::ConsultationState>(on.row->head) == schema::ConsultationState::CONCLUDED) {
    // The one for which it was reopened, where its procedure has ended again by that.
    const auto* silence = lastSilence(row, revision);
    if (silence != nullptr && silence->state == SilenceState::overtaken) return;
    return no.refuse("consultation.objected.concluded",
                     msg("{entity} is concluded and no silence was observed on it; enter "
                         "\"consultation reopen\" before an objection",
                         arg("entity", on.self())));
  }
  if (row.adoptedRevision == 0 || revision != row.adoptedRevision) return;
  no.refuse("consultation.objected.adopted",
            msg("revision {revision} of {entity} stands adopted; enter what the party says with "
                "\"consultation explain\", or \"consultation reopen\" with the authority for it "
                "before an objection",
                arg("revision", revision), arg("entity", on.self())));
}

/// An objection in time to what was adopted by silence does not stand beside the adoption: it
/// undoes it, on authority, or it is not entered.
void checkArrival(const Case& on, E::Reader event, const Consultation& row,
                  const ConsultationSilence& silence, Refusals& no) {
  if (!silence.suspendedSince.edtf.empty()) return;  // it stands still: nothing comes too late
  const auto e = event.getObjected();
  RowZonedTime received;
  take(received, e.getReceivedAt());
  const auto arrival = arrivalOf(received, on.occurred, silence.deadline.utcNs);
  if (arrival == Arrival::untold) {
    no.needs("receivedAt", "consultation.objected.received-at",
             msg("the silence ends on {deadline}, and {date} does not tell whether the objection "
                 "came in time; give the hour of receipt with --received-at",
                 arg("deadline", entryText(silence.deadline)), arg("date", on.occurred)));
  } else if (arrival == Arrival::inTime && silence.state == SilenceState::observed &&
             row.adoptedRevision == silence.revision) {
    no.refuse("consultation.objected.reopen",
              msg("the objection of {party} came before the deadline {deadline}, and the silence "
                  "on {entity} was observed without it; enter \"consultation reopen\" first, with "
                  "the authority, --party and --received-at, and then this",
                  arg("party", on.name(EntityId(e.getParty()))),
                  arg("deadline", entryText(silence.deadline)), arg("entity", on.self())));
  }
}

void checkObjected(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getObjected();
  if (e.getRevision() != 0 && textOf(row, e.getRevision()) == nullptr) {
    return no.refuse("consultation.objected.text",
                     msg("revision {revision} of {entity} has not been tabled; give one that was, "
                         "or leave out --revision",
                         arg("revision", e.getRevision()), arg("entity", on.self())));
  }
  const auto revision = revisionMeant(row, e.getRevision());
  const auto* silence = measuringSilence(row, revision);
  checkObjector(on, row, EntityId(e.getParty()), silence, no);
  checkReceipt(on, e.getReceivedAt(), no);
  if (silence == nullptr) return checkNotAgreed(on, row, revision, no);
  checkArrival(on, event, row, *silence, no);
}

void checkObjectionWithdrawn(const Case& on, E::Reader event, const Consultation& row,
                             Refusals& no) {
  if (std::ranges::count(row.objections, ObjectionState::standing, &ConsultationObjection::state) ==
      0) {
    return;  // the guard has said so
  }
  const auto e = event.getObjectionWithdrawn();
  const auto party = EntityId(e.getParty());
  if (objectionMeant(row, party, e.getRevision()) != nullptr) return;
  no.needs("revision", "consultation.objectionWithdrawn.standing",
           msg("no objection of {party} to revision {revision} of {entity} stands; give the "
               "revision it objected to with --revision",
               arg("party", on.name(party)), arg("revision", revisionMeant(row, e.getRevision())),
               arg("entity", on.self())));
}

void checkLateObjection(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getLateObjectionRecorded();
  const auto party = EntityId(e.getParty());
  const auto* objection = standingObjection(row, party, revisionMeant(row, e.getRevision()));
  if (objection == nullptr) {
    return no.refuse("consultation.lateObjectionRecorded.objection",
                     msg("{party} has no objection to {entity} that could be late; enter "
                         "\"consultation object\" first",
                         arg("party", on.name(party)), arg("entity", on.self())));
  }
  // Where an earlier objection is entered afterwards, no silence may be left to measure this one
  // by; it was late all the same.
  auto measured = *objection;
  if (measured.deadline.local.empty()) take(measured.deadline, e.getDeadline());
  if (arrivalOf(measured) == Arrival::late) return;
  no.refuse("consultation.lateObjectionRecorded.late",
            msg("the objection of {party} to {entity} would be in time and not late; enter it anew "
                "with \"consultation object\" and its right hour of receipt, after "
                "\"consultation reopen\" when the silence was observed meanwhile",
                arg("party", on.name(party)), arg("entity", on.self())));
}

// --- what follows ---

Consequence breaking(const ConsultationObjection& objection, const ConsultationSilence& silence) {
  return Consequence{"consultation.silenceBroken",
                     {{"revision", std::to_string(objection.revision)},
                      {"party", entryText(objection.party)},
                      {"deadline", entryText(silence.deadline)}}};
}

Consequence recordingLate(const ConsultationObjection& objection) {
  Consequence late{"consultation.lateObjectionRecorded",
                   {{"party", entryText(objection.party)},
                    {"deadline", entryText(objection.deadline)},
                    {"revision", std::to_string(objection.revision)}}};
  if (!objection.receivedAt.local.empty()) {
    late.data["receivedAt"] = entryText(objection.receivedAt);
    late.data["lateSeconds"] = secondsBetween(objection.deadline.utcNs, objection.receivedAt.utcNs);
  }
  return late;
}

std::vector<Consequence> followObjection(const Consultation& row, const FoldStep& entry) {
  // Its reason stands where it was entered, or in the corrigendum that put that right.
  const Position entered(entry.record.getPosition());
  const auto found = std::ranges::find_if(row.objections, [&](const ConsultationObjection& one) {
    return one.reason.at == entry.valuesAt || one.reason.at == entered;
  });
  if (found == row.objections.end() || found->state != ObjectionState::standing) return {};
  if (found->silence == 0) return {};
  if (arrivalOf(*found) == Arrival::late) return {recordingLate(*found)};
  // One entered out of order may find that another one broke the silence after it.
  const auto& silence = row.silences[found->silence - 1];
  if (silence.state != SilenceState::running && silence.state != SilenceState::abandoned) return {};
  return {breaking(*found, silence)};
}

/// What objections to the running silence bring about that has not been entered: all that is late,
/// until one in time breaks it. Each rests on its objection.
std::vector<Consequence> followUnnoted(const Consultation& row) {
  const auto* silence = runningSilence(row);
  if (silence == nullptr) return {};
  std::vector<Consequence> out;
  const auto round = static_cast<std::uint32_t>(silence - row.silences.data()) + 1;
  for (const auto& one : row.objections) {
    if (one.silence != round || one.state != ObjectionState::standing) continue;
    const bool late = arrivalOf(one) == Arrival::late;
    out.push_back(late ? recordingLate(one) : breaking(one, *silence));
    out.back().restsOn = one.raised.edtf;
    if (!late) break;
  }
  return out;
}

/// The same hour so many days later by the clocks of its zone; where they do not show it, as much
/// later in UTC.
std::string daysLater(const RowZonedTime& time, std::int64_t days) {
  const auto day = readEdtf(time.local.substr(0, time.local.find('T')))->bounds().earliestNs;
  const auto later = Edtf::day(dayFromNumber(dayNumber(dayAt(day)) + days)).text();
  const auto written = later + time.local.substr(time.local.find('T'), 9) + " " +
                       (time.zone.empty() ? "UTC" : time.zone);
  if (readZonedTime(written)) return written;
  return instantDate(time.utcNs + days * nsPerDay).edtf.substr(0, 19) + " UTC";
}

/// A silence stands still while the consultation is suspended: its deadline comes later by the days
/// of that, the first and the last one among them, so that nobody has less time than before.
std::vector<Consequence> followResumption(const Row& after, const FoldStep& entry) {
  if (stateOf<schema::ConsultationState>(after.head) != schema::ConsultationState::OPEN) return {};
  const auto* silence = runningSilence(as<Consultation>(after));
  if (silence == nullptr || silence->suspendedSince.edtf.empty()) return {};
  const auto from = orBroken(dateBounds(silence->suspendedSince.edtf)).earliestNs;
  const auto to = orBroken(dateBounds(entry.occurred.getEdtf().cStr())).latestNs;
  const bool isKnown = from > wholeTime().earliestNs && to < wholeTime().latestNs;
  const auto days =
      isKnown ? dayNumber(dayAt(to)) - dayNumber(dayAt(from)) + 1
              : std::max<std::int64_t>(1, (entry.orderNs - silence->deadline.utcNs) / nsPerDay + 1);
  const auto deadline = daysLater(silence->deadline, days);
  return {
      Consequence{"consultation.silenceExtended",
                  {{"revision", std::to_string(silence->revision)},
                   {"deadline", deadline},
                   {"authority",
                    {{"en", "Resumption of the consultation"},
                     {"fr", "Reprise de la consultation"},
                     {"es", "Reanudación de la consulta"}}},
                   {"reason", "The silence stood still with the consultation from " +
                                  silence->suspendedSince.edtf + " to " +
                                  entry.occurred.getEdtf().cStr() + ": the deadline moves from " +
                                  entryText(silence->deadline) + " to " + deadline}}}};
}

}  // namespace

void guardSilence(const Case& on, const Consultation& row, Refusals& no) {
  if (on.act.tag == E::PUT_UNDER_SILENCE) {
    needsText(on, row, "consultation.putUnderSilence.text", no);
    needsEligible(on, row, "silence", "consultation.putUnderSilence.roll", no);
    noVote(on, row, "consultation.putUnderSilence.vote", no);
    noSilence(on, row, "consultation.putUnderSilence.once", no);
  } else if (on.act.tag == E::SILENCE_EXTENDED && runningSilence(row) == nullptr) {
    no.refuse("consultation.silenceExtended.running",
              msg("no text of {entity} is under silence; enter \"consultation put-under-silence\" "
                  "first",
                  arg("entity", on.self())));
  } else if (on.act.tag == E::OBJECTION_WITHDRAWN &&
             std::ranges::count(row.objections, ObjectionState::standing,
                                &ConsultationObjection::state) == 0) {
    no.refuse("consultation.objectionWithdrawn.standing",
              msg("no objection to {entity} stands; enter \"consultation object\" if there was one",
                  arg("entity", on.self())));
  }
}

void checkSilence(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  if (event.isPutUnderSilence()) return checkPutUnderSilence(on, event, row, no);
  if (event.isSilenceExtended()) return checkExtended(on, event, row, no);
  if (event.isSilenceBroken()) return checkBroken(on, event, row, no);
  if (event.isSilenceObserved()) return checkObserved(on, event, row, no);
  if (event.isObjected()) return checkObjected(on, event, row, no);
  if (event.isObjectionWithdrawn()) return checkObjectionWithdrawn(on, event, row, no);
  if (event.isLateObjectionRecorded()) return checkLateObjection(on, event, row, no);
}

std::vector<Consequence> followSilence(const Row& after, const FoldStep& entry) {
  const auto& row = as<Consultation>(after);
  const bool isOwn = entry.event.isConsultation();  // and no act that any entity can have
  if (isOwn && entry.event.getConsultation().isObjected()) {
    if (auto out = followObjection(row, entry); !out.empty()) return out;
  }
  // A silence that is entered out of order may find objections that came after its beginning, and
  // one may have been corrected since the last entry.
  const bool isLast = entry.orderNs >= after.head.lastOrderNs;
  const bool begins = isOwn && entry.event.getConsultation().isPutUnderSilence();
  const bool resumes = isOwn && entry.event.getConsultation().isResumed();
  if (resumes || isLast) {
    if (auto out = followResumption(after, entry); !out.empty()) return out;
  }
  return begins || isLast ? followUnnoted(row) : std::vector<Consequence>{};
}

}  // namespace consulta
