// Silence on a text, and objections to it.
#include <algorithm>
#include <string>
#include <utility>

#include "engine/rules/consultation_rounds.h"
#include "engine/rules/consultation_terms.h"
#include "engine/rules/rule_values.h"

namespace consulta {

namespace {

using E = schema::ConsultationEvent;

/// A silence lasts at least three days, unless a decision that is named sets another time.
constexpr std::int64_t silence_ns_min = 72LL * 3'600 * 1'000'000'000;
constexpr std::int64_t second_ns = 1'000'000'000;

// --- silence ---

void checkPutUnderSilence(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  if (row.texts.empty()) return;  // the guard has said so
  const auto e = event.getPutUnderSilence();
  needsOpenText(on, row, e.getRevision(), "consultation.putUnderSilence.text", no);
  noObjection(on, row, e.getRevision(), "consultation.putUnderSilence.objections", no);
  const auto deadlineNs = e.getDeadline().getUtcNs();
  if (certainlyAfter(on.occurred, deadlineNs)) {
    no.refuse("consultation.putUnderSilence.deadline",
              msg("the deadline {deadline} lies before the text was circulated; give a later one "
                  "with --deadline",
                  arg("deadline", e.getDeadline().getLocal().cStr())));
  } else if (on.grounds.empty() && certainlyAfter(on.occurred, deadlineNs - silence_ns_min)) {
    no.refuse("consultation.putUnderSilence.hours",
              msg("a silence lasts at least 72 hours; give a later --deadline, or name with "
                  "--ground the decision that sets a shorter time"));
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
  if (certainlyAfter(on.occurred, silence->deadline.utcNs)) {
    no.refuse("consultation.silenceExtended.in-time",
              msg("the silence ended on {deadline}; only one that still runs can be extended. Put "
                  "the text under silence again with \"consultation put-under-silence\"",
                  arg("deadline", entryText(silence->deadline))));
  }
}

void checkBroken(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getSilenceBroken();
  const auto* silence = runningSilence(row);
  if (silence == nullptr || silence->revision != e.getRevision() ||
      standingObjection(row, EntityId(e.getParty()), e.getRevision()) == nullptr) {
    no.refuse("consultation.silenceBroken.objection",
              msg("no silence on revision {revision} of {entity} runs that {party} objects to; "
                  "enter \"consultation object\" first",
                  arg("revision", e.getRevision()), arg("entity", on.self()),
                  arg("party", on.name(EntityId(e.getParty())))));
  }
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
  if (on.nowNs < silence->deadline.utcNs || certainlyBefore(on.occurred, silence->deadline.utcNs)) {
    no.refuse("consultation.silenceObserved.deadline",
              msg("the silence on {entity} runs until {deadline}; it cannot be observed before",
                  arg("entity", on.self()), arg("deadline", entryText(silence->deadline))));
  }
  noObjection(on, row, e.getRevision(), "consultation.silenceObserved.objections", no);
}

// --- objections ---

/// The round of silence that an objection is measured against.
const ConsultationSilence* measuring(const Consultation& row, std::uint32_t revision) {
  const auto* silence = lastSilence(row, revision);
  const bool counts = silence != nullptr && (silence->state == SilenceState::running ||
                                             silence->state == SilenceState::observed);
  return counts ? silence : nullptr;
}

void checkObjector(const Case& on, const Consultation& row, EntityId party,
                   const ConsultationSilence* silence, Refusals& no) {
  if (isAmong(silence != nullptr ? silence->eligible : eligibleParties(row), party)) return;
  const auto* seat = seatOf(row, party);
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

void checkObjected(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getObjected();
  if (e.getRevision() != 0 && textOf(row, e.getRevision()) == nullptr) {
    return no.refuse("consultation.objected.text",
                     msg("revision {revision} of {entity} has not been tabled; give one that was, "
                         "or leave out --revision",
                         arg("revision", e.getRevision()), arg("entity", on.self())));
  }
  const auto revision = revisionMeant(row, e.getRevision());
  const auto* silence = measuring(row, revision);
  checkObjector(on, row, EntityId(e.getParty()), silence, no);
  checkReceipt(on, e.getReceivedAt(), no);
  if (silence == nullptr) {
    if (stateOf<schema::ConsultationState>(on.row->head) == schema::ConsultationState::CONCLUDED) {
      no.refuse("consultation.objected.concluded",
                msg("{entity} is concluded and no silence was observed on it; enter "
                    "\"consultation reopen\" before an objection",
                    arg("entity", on.self())));
    }
    return;
  }
  RowZonedTime received;
  take(received, e.getReceivedAt());
  if (arrivalOf(received, on.occurred, silence->deadline.utcNs) == Arrival::untold) {
    no.refuse("consultation.objected.received-at",
              msg("the silence ends on {deadline}, and {date} does not tell whether the objection "
                  "came in time; give the hour of receipt with --received-at",
                  arg("deadline", entryText(silence->deadline)), arg("date", on.occurred)));
  }
}

void checkObjectionWithdrawn(const Case& on, E::Reader event, const Consultation& row,
                             Refusals& no) {
  if (std::ranges::count(row.objections, ObjectionState::standing, &ConsultationObjection::state) ==
      0) {
    return;  // the guard has said so
  }
  const auto e = event.getObjectionWithdrawn();
  const auto party = EntityId(e.getParty());
  const auto revision = revisionMeant(row, e.getRevision());
  if (standingObjection(row, party, revision) != nullptr) return;
  no.refuse("consultation.objectionWithdrawn.standing",
            msg("no objection of {party} to revision {revision} of {entity} stands; give the "
                "revision it objected to with --revision",
                arg("party", on.name(party)), arg("revision", revision), arg("entity", on.self())));
}

void checkLateObjection(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getLateObjectionRecorded();
  const auto party = EntityId(e.getParty());
  if (standingObjection(row, party, revisionMeant(row, e.getRevision())) != nullptr) return;
  no.refuse("consultation.lateObjectionRecorded.objection",
            msg("{party} has no objection to {entity} that could be late; enter \"consultation "
                "object\" first",
                arg("party", on.name(party)), arg("entity", on.self())));
}

std::vector<Consequence> breaking(const Row& after, const ConsultationObjection& objection) {
  const auto& row = as<Consultation>(after);
  const auto* silence = runningSilence(row);
  if (silence == nullptr || silence->revision != objection.revision ||
      stateOf<schema::ConsultationState>(after.head) != schema::ConsultationState::OPEN) {
    return {};
  }
  return {Consequence{"consultation.silenceBroken",
                      {{"revision", std::to_string(silence->revision)},
                       {"party", entryText(objection.party)},
                       {"deadline", entryText(silence->deadline)}}}};
}

Consequence recordingLate(const ConsultationObjection& objection,
                          const ConsultationSilence& silence) {
  Consequence late{"consultation.lateObjectionRecorded",
                   {{"party", entryText(objection.party)},
                    {"deadline", entryText(silence.deadline)},
                    {"revision", std::to_string(objection.revision)}}};
  if (!objection.receivedAt.local.empty()) {
    const auto lateNs = objection.receivedAt.utcNs - silence.deadline.utcNs;
    late.data.emplace_back("receivedAt", entryText(objection.receivedAt));
    late.data.emplace_back("lateSeconds", std::to_string(lateNs / second_ns));
  }
  return late;
}

std::vector<Consequence> followObjection(const Row& after, const FoldStep& entry) {
  const auto& row = as<Consultation>(after);
  const auto found =
      std::ranges::find(row.objections, entry.valuesAt,
                        [](const ConsultationObjection& one) { return one.reason.at; });
  if (found == row.objections.end() || found->state != ObjectionState::standing) return {};
  const auto* silence = measuring(row, found->revision);
  if (silence == nullptr) return {};
  if (arrivalOf(found->receivedAt, found->raised.edtf, silence->deadline.utcNs) == Arrival::late) {
    return {recordingLate(*found, *silence)};
  }
  // One entered out of order may lie in a suspension, in which a silence is not broken but
  // afterwards.
  const bool outOfOrder = entry.orderNs < after.head.lastOrderNs;
  if (outOfOrder && row.suspensions != 0) return {};
  return breaking(after, *found);
}

}  // namespace

void guardSilence(const Case& on, const Consultation& row, Refusals& no) {
  if (on.act.tag == E::PUT_UNDER_SILENCE) {
    needsText(on, row, "consultation.putUnderSilence.text", no);
    needsEligible(on, row, "consultation.putUnderSilence.roll", no);
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
  const auto event = entry.event.getConsultation();
  if (event.isObjected()) return followObjection(after, entry);
  if (!event.isResumed()) return {};
  // An objection in time may have come while the consultation was suspended.
  const auto& row = as<Consultation>(after);
  const auto* silence = runningSilence(row);
  if (silence == nullptr) return {};
  const auto standing = standingObjections(row, silence->revision);
  return standing.empty() ? std::vector<Consequence>{} : breaking(after, *standing.front());
}

}  // namespace consulta
