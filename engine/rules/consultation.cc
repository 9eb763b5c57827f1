// Rules of consultations beyond their lifecycle: the roll, and what they can end with. What is
// decided on a text has its rules in consultation_silence.cc and consultation_votes.cc, the steps
// of its procedure in consultation_steps.cc.
#include "projections/rows/consultation.h"

#include <algorithm>
#include <string_view>

#include "engine/rules/consultation_course.h"
#include "engine/rules/consultation_cycle.h"
#include "engine/rules/consultation_rounds.h"
#include "engine/rules/consultation_terms.h"
#include "engine/rules/naming.h"
#include "engine/rules/rule_values.h"
#include "events/procedure/definition.h"
#include "projections/rows/procedure.h"

namespace consulta {

namespace {

using E = schema::ConsultationEvent;
using schema::ConsultationOutcome;
using schema::ConsultationState;

void checkFound(E::Reader event, Refusals& no) {
  const auto e = event.getFound();
  if (e.getOutcome() != ConsultationOutcome::NOT_STATED &&
      e.getState() != ConsultationState::CONCLUDED) {
    no.refuse("consultation.found.outcome",
              msg("only a concluded consultation has an outcome; give --state concluded, or leave "
                  "out --outcome"));
  }
}

// --- the roll ---

void checkInvited(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getInvited();
  const auto party = EntityId(e.getParty());
  const auto* seat = seatOf(row, party);
  const std::string_view replyBy = e.getReplyBy().getEdtf().cStr();
  const bool saysMore = seat == nullptr || seat->standing != e.getStanding() ||
                        (e.getInvitation() != 0 && !seat->invitation) ||
                        (!replyBy.empty() && replyBy != seat->replyBy.edtf);
  if (!saysMore) {
    return no.refuse("consultation.invited.once",
                     msg("{party} is already on the roll of {entity} like that; give the letter "
                         "with --invitation or another --reply-by, or enter what it submits with "
                         "\"consultation contribute\"",
                         arg("party", on.name(party)), arg("entity", on.self())));
  }
  if (stateOf<ConsultationState>(on.row->head) != ConsultationState::OPEN) return;
  const auto wasEligible = seat != nullptr && seat->standing == schema::Standing::ELIGIBLE;
  if (wasEligible != (e.getStanding() == schema::Standing::ELIGIBLE)) {
    no.refuse("consultation.invited.roll",
              msg("{entity} is open and its roll of those who are counted is fixed; change it with "
                  "\"consultation enrol\" and the reason",
                  arg("entity", on.self())));
  }
}

void checkRollChanged(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getRollChanged();
  const auto party = EntityId(e.getParty());
  const auto* seat = seatOf(row, party);
  if (seat == nullptr || seat->standing != e.getStanding()) return;
  no.refuse("consultation.rollChanged.changes",
            msg("{party} already has that standing on the roll of {entity}; give another "
                "--standing, or take it off with \"consultation strike-off\"",
                arg("party", on.name(party)), arg("entity", on.self())));
}

void needsSeat(const Case& on, const Consultation& row, std::uint64_t id, std::string_view rule,
               Refusals& no) {
  const auto party = EntityId(id);
  if (seatOf(row, party) != nullptr) return;
  const auto open = stateOf<ConsultationState>(on.row->head) != ConsultationState::PLANNED;
  no.refuse(rule, open ? msg("{party} is not on the roll of {entity}; enter \"consultation enrol\" "
                             "first",
                             arg("party", on.name(party)), arg("entity", on.self()))
                       : msg("{party} is not on the roll of {entity}; enter \"consultation "
                             "invite\" first",
                             arg("party", on.name(party)), arg("entity", on.self())));
}

// --- its course ---

/// A consultation begins by a procedure that is in force, within the period it is valid for.
void checkProcedure(const Case& on, EntityId id, Refusals& no) {
  if (!id) return;
  const auto row = on.other(id);
  const auto* procedure = tryAs<Procedure>(row.get());
  if (procedure == nullptr || procedure->versions.empty()) {
    const auto now = on.state.row(id);
    const auto* later = tryAs<Procedure>(now.get());
    const bool isKnown = later != nullptr && !later->versions.empty();
    return no.refuse("consultation.procedure.in-force",
                     msg("{procedure} was not in force by then, but since {since}; name another "
                         "--procedure, give a later --on, or correct the day of its adoption "
                         "(\"consulta history {procedure}\" says which entry it is)",
                         arg("procedure", on.name(id)),
                         arg("since", isKnown ? later->versions.front().since.edtf : "XXXX")));
  }
  if (stateOf<schema::ProcedureState>(row->head) == schema::ProcedureState::RETIRED) {
    no.refuse("consultation.procedure.in-force",
              msg("{procedure} was retired by then; name another --procedure",
                  arg("procedure", on.name(id))));
  }
  const auto definition = on.state.procedure(procedure->versions.back().definition);
  if (!definition->valid) return;
  const auto& period = definition->valid->text();
  if (!certainlyBefore(on.occurred, period) && !certainlyBefore(period, on.occurred)) return;
  no.refuse("consultation.procedure.valid",
            msg("{procedure} is valid {period}, not on {date}; name another --procedure",
                arg("procedure", on.name(id)), arg("period", period), arg("date", on.occurred)));
}

void checkOpened(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto named = EntityId(event.getOpened().getProcedure());
  checkProcedure(on, named ? named : row.procedure, no);
  checkAfter(on, row, EntityId(event.getOpened().getAfter()), no);
  const auto closes = event.getOpened().getCloses().getDate().getEdtf();
  if (!certainlyBefore(closes.cStr(), on.occurred)) return;
  no.refuse("consultation.opened.closes",
            msg("it would close on {closes}, before it opens; give a later --closes",
                arg("closes", closes.cStr())));
}

void checkRetitled(const Case& on, E::Reader event, Refusals& no) {
  const auto e = event.getRetitled();
  if (e.hasTitle() || e.hasQuestion()) return;
  no.needs(
      "title", "consultation.retitled.something",
      msg("nothing new is said of {entity}; give --title or --question", arg("entity", on.self())));
}

void checkTabled(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getTabled();
  std::uint32_t newest = 0;
  for (const auto& text : row.texts) newest = std::max(newest, text.revision);
  if (e.getRevision() <= newest) {
    no.refuse("consultation.tabled.revision",
              msg("revision {revision} of {entity} is tabled already; the next one is {next}",
                  arg("revision", newest), arg("entity", on.self()), arg("next", newest + 1)));
  }
  if (e.getDocument() == 0 && e.getText().getPhrases().size() == 0) {
    no.needs("text", "consultation.tabled.text",
             msg("nothing says what is tabled; give the text with --text or the document with "
                 "--document"));
  }
}

void checkSuspended(const Case& on, E::Reader event, Refusals& no) {
  const auto until = event.getSuspended().getUntil().getEdtf();
  if (!certainlyBefore(until.cStr(), on.occurred)) return;
  no.refuse("consultation.suspended.until",
            msg("{until} lies before the suspension; give a later --until, or leave it out",
                arg("until", until.cStr())));
}

// --- its end ---

void checkAdopted(const Case& on, const Consultation& row, std::uint32_t named, Refusals& no) {
  const auto revision =
      named != 0 ? named
                 : (row.adoptedRevision != 0 ? row.adoptedRevision : revisionUnderDiscussion(row));
  const auto* text = textOf(row, revision);
  if (named != 0 && text == nullptr) {
    return no.refuse("consultation.concluded.text",
                     msg("revision {revision} of {entity} has not been tabled; give the one that "
                         "was adopted with --revision",
                         arg("revision", named), arg("entity", on.self())));
  }
  if (row.adoptedRevision != 0 && revision != row.adoptedRevision) {
    no.refuse("consultation.concluded.revision",
              msg("revision {adopted} of {entity} was adopted, not {revision}; give --revision "
                  "{adopted}",
                  arg("adopted", row.adoptedRevision), arg("revision", revision),
                  arg("entity", on.self())));
  }
  if (text != nullptr && (text->standing == TextStanding::silenceBroken ||
                          text->standing == TextStanding::notCarried)) {
    no.refuse("consultation.concluded.agreed",
              msg("revision {revision} of {entity} was not agreed to; put it under silence or to "
                  "the vote again, enter \"consultation declare-consensus\", or conclude with "
                  "--outcome not-adopted",
                  arg("revision", revision), arg("entity", on.self())));
  }
  // What was adopted before the conclusion was so by its own rules; a vote carries over objections.
  if (row.adoptedRevision == 0) {
    noObjection(on, row, revision, "consultation.concluded.objections", no);
  }
}

void checkConcluded(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getConcluded();
  switch (e.getOutcome()) {
    case ConsultationOutcome::NOT_STATED:
      return no.needs("outcome", "consultation.concluded.outcome",
                      msg("{entity} is concluded with an outcome; give --outcome adopted or "
                          "not-adopted",
                          arg("entity", on.self())));
    case ConsultationOutcome::WITHDRAWN:
      return no.refuse("consultation.concluded.withdrawn",
                       msg("{entity} is given up with \"consultation withdraw\" and the reason",
                           arg("entity", on.self())));
    case ConsultationOutcome::ADOPTED:
      return checkAdopted(on, row, e.getRevision(), no);
    case ConsultationOutcome::NOT_ADOPTED:
      if (row.adoptedRevision != 0) {
        no.refuse("consultation.concluded.stands",
                  msg("revision {revision} of {entity} stands adopted; conclude with --outcome "
                      "adopted, or undo the adoption on authority with \"consultation reopen\" "
                      "first",
                      arg("revision", row.adoptedRevision), arg("entity", on.self())));
      }
      return;
  }
}

void guardAcknowledged(const Case& on, const Consultation& row, std::string_view rule,
                       Refusals& no) {
  if (row.adoptedRevision != 0 || row.outcome == ConsultationOutcome::ADOPTED) return;
  no.refuse(rule, msg("nothing has been adopted in {entity} yet; enter \"consultation "
                      "declare-consensus\" or \"consultation conclude\" first",
                      arg("entity", on.self())));
}

void checkAcknowledged(const Case& on, const Consultation& row, std::uint32_t revision,
                       std::string_view rule, Refusals& no) {
  if (revision == 0 || row.adoptedRevision == 0 || revision == row.adoptedRevision) return;
  no.refuse(rule, msg("revision {adopted} of {entity} was adopted, not {revision}; leave out "
                      "--revision or give that one",
                      arg("adopted", row.adoptedRevision), arg("revision", revision),
                      arg("entity", on.self())));
}

void checkReopened(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getReopened();
  checkReceipt(on, e.getReceivedAt(), no);
  const auto* silence = measuringSilence(row, row.adoptedRevision);
  if (silence == nullptr || e.getParty() == 0) return;
  const auto party = EntityId(e.getParty());
  if (!isAmong(silence->eligible, party)) {
    no.refuse("consultation.reopened.eligible",
              msg("{party} was not counted when the silence on {entity} began; an objection of it "
                  "does not reopen it. Leave out --party if something else does",
                  arg("party", on.name(party)), arg("entity", on.self())));
  }
  if (e.getReceivedAt().getLocal().size() == 0) {
    no.needs("receivedAt", "consultation.reopened.received-at",
             msg("the silence ended on {deadline}, and nothing tells whether the objection of "
                 "{party} came in time; give the hour of receipt with --received-at",
                 arg("deadline", entryText(silence->deadline)), arg("party", on.name(party))));
  } else if (e.getReceivedAt().getUtcNs() > silence->deadline.utcNs) {
    no.refuse("consultation.reopened.in-time",
              msg("the silence ended on {deadline}, before the objection of {party} was received; "
                  "enter it with \"consultation object\", which records it as late",
                  arg("deadline", entryText(silence->deadline)), arg("party", on.name(party))));
  }
}

/// An open consultation is reopened when something in it stands adopted; one that was given up
/// before it opened has no round to go back to.
void guardReopened(const Case& on, const Consultation& row, Refusals& no) {
  const auto state = stateOf<ConsultationState>(on.row->head);
  if (state == ConsultationState::OPEN && row.adoptedRevision == 0) {
    no.refuse("consultation.reopened.adopted",
              msg("{entity} is open and nothing in it stands adopted; it needs no reopening",
                  arg("entity", on.self())));
  } else if (row.outcome == ConsultationOutcome::WITHDRAWN && row.openedOn.edtf.empty() &&
             !on.row->head.found) {
    no.refuse("consultation.reopened.opened",
              msg("{entity} was given up before it opened; enter \"consultation plan\" with "
                  "--previous {entity} for a new one",
                  arg("entity", on.self())));
  }
}

void guard(const Case& on, Refusals& no) {
  const auto* row = tryAs<Consultation>(on.row);
  if (row == nullptr) return;
  guardProcedure(on, *row, no);
  guardSilence(on, *row, no);
  guardVotes(on, *row, no);
  if (on.act.tag == E::CONCLUDED) {
    noVote(on, *row, "consultation.concluded.vote", no);
    noSilence(on, *row, "consultation.concluded.silence", no);
  } else if (on.act.tag == E::ADOPTION_CONFIRMED) {
    guardAcknowledged(on, *row, "consultation.adoptionConfirmed.adopted", no);
  } else if (on.act.tag == E::ADOPTION_NOTED) {
    guardAcknowledged(on, *row, "consultation.adoptionNoted.adopted", no);
  } else if (on.act.tag == E::REOPENED) {
    guardReopened(on, *row, no);
  }
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getConsultation();
  if (event.isFound()) return checkFound(event, no);
  if (on.row == nullptr) return;
  const auto& row = as<Consultation>(*on.row);
  checkSilence(on, event, row, no);
  checkVotes(on, event, row, no);
  checkSteps(on, event, row, no);
  checkProcedureEnd(on, event, row, no);
  if (event.isInvited()) return checkInvited(on, event, row, no);
  if (event.isRollChanged()) return checkRollChanged(on, event, row, no);
  if (event.isStruckOff()) {
    return needsSeat(on, row, event.getStruckOff().getParty(), "consultation.struckOff.roll", no);
  }
  if (event.isContributed()) {
    needsSeat(on, row, event.getContributed().getParty(), "consultation.contributed.roll", no);
    return checkReceipt(on, event.getContributed().getReceivedAt(), no);
  }
  if (event.isPositionExplained()) {
    return needsSeat(on, row, event.getPositionExplained().getParty(),
                     "consultation.positionExplained.roll", no);
  }
  if (event.isRetitled()) return checkRetitled(on, event, no);
  if (event.isOpened()) return checkOpened(on, event, row, no);
  if (event.isAssigned()) {
    return needsStanding(on, "consultation.assigned.office",
                         EntityId(event.getAssigned().getOffice()), no);
  }
  if (event.isTabled()) return checkTabled(on, event, row, no);
  if (event.isSuspended()) return checkSuspended(on, event, no);
  if (event.isConcluded()) return checkConcluded(on, event, row, no);
  if (event.isAdoptionConfirmed()) {
    return checkAcknowledged(on, row, event.getAdoptionConfirmed().getRevision(),
                             "consultation.adoptionConfirmed.revision", no);
  }
  if (event.isAdoptionNoted()) {
    return checkAcknowledged(on, row, event.getAdoptionNoted().getRevision(),
                             "consultation.adoptionNoted.revision", no);
  }
  if (event.isReopened()) return checkReopened(on, event, row, no);
}

/// What comes over from the last cycle, and what was said on a text, first; then how far the
/// procedure has come by it.
std::vector<Consequence> follow(const State& state, const Row& after, const FoldStep& entry) {
  auto out = followCycle(state, after, entry);
  if (out.empty()) out = followSilence(after, entry);
  return out.empty() ? followCourse(state, after, entry) : out;
}

}  // namespace

const Rules& rulesOfConsultation() {
  static const Rules rules{&guard, &check, &follow};
  return rules;
}

}  // namespace consulta
