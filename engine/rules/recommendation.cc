// Rules of recommendations beyond their two lifecycles: where they come from, and who verifies.
#include "projections/rows/recommendation.h"

#include <algorithm>

#include "engine/rules/delegation.h"
#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "engine/rules/other_entity.h"
#include "engine/rules/rule_values.h"
#include "projections/rows/consultation.h"
#include "projections/rows/meeting.h"

namespace consulta {

namespace {

using E = schema::RecommendationEvent;

/// Two pairs of eyes: the one who entered that it is done does not confirm it.
void guardVerified(const Case& on, const Recommendation& recommendation, Refusals& no) {
  const auto& done = recommendation.implemented;
  if (!sharesHands(on, done.actor, done.onBehalfOf)) return;
  no.refuse("recommendation.verified.other-actor",
            msg("whoever says that {entity} is implemented does not verify it. You entered that, "
                "or you and whoever entered it act for one another; somebody else has to enter "
                "\"recommendation verify\"",
                arg("entity", on.self())));
}

void guard(const Case& on, Refusals& no) {
  const auto* recommendation = tryAs<Recommendation>(on.row);
  if (recommendation == nullptr) return;
  if (on.act.tag == E::VERIFIED) guardVerified(on, *recommendation, no);
}

// --- opening ---

void checkMeeting(const Case& on, EntityId id, const Row& meeting, Refusals& no) {
  if (wasConvened(stateOf<schema::MeetingState>(meeting.head))) return;
  no.refuse("recommendation.recorded.convened",
            msg("{meeting} had not been convened by then, so it can have made no recommendation; "
                "enter \"meeting convene\" first, or give the day the recommendation was made with "
                "--on",
                arg("meeting", on.name(id))));
}

void checkOrigin(const Case& on, EntityId id, Refusals& no) {
  const auto row = otherByThen(on, id);
  if (tryAs<Meeting>(row.get()) != nullptr) return checkMeeting(on, id, *row, no);
  if (tryAs<Consultation>(row.get()) == nullptr ||
      stateOf<schema::ConsultationState>(row->head) != schema::ConsultationState::PLANNED) {
    return;
  }
  no.refuse(
      "recommendation.recorded.opened",
      msg("{consultation} had not been opened by then, so it can have made no recommendation; "
          "enter \"consultation open\" first, or give the day the recommendation was made "
          "with --on",
          arg("consultation", on.name(id))));
}

void checkDue(std::string_view recorded, schema::Deadline::Reader due, Refusals& no) {
  const std::string day = due.getDate().getEdtf().cStr();
  if (!certainlyBefore(day, recorded)) return;
  no.refuse("recommendation.due.after-recording",
            msg("a due date of {due} lies before the recommendation was made on {date}; give a "
                "later --due",
                arg("due", day), arg("date", recorded)));
}

template <typename Opening>
void checkNames(const Case& on, Opening e, Refusals& no) {
  checkDistinct(on, "recommendation.addressees.distinct", "addressees", e.getAddressees(), no);
  checkDistinct("recommendation.areas.distinct", "areas", e.getAreas(), no);
}

/// Nobody needs to be there any more for what has been answered, or done.
void checkFoundStanding(const Case& on, schema::RecommendationFound::Reader e, Refusals& no) {
  using Acceptance = schema::RecommendationAcceptance;
  using Implementation = schema::RecommendationImplementation;
  const auto acceptance = e.getAcceptance();
  const auto implementation = e.getImplementation();
  if (acceptance == Acceptance::RECORDED || acceptance == Acceptance::UNDER_CONSIDERATION) {
    needsStanding(on, "recommendation.addressees.standing", e.getAddressees(), no);
  }
  if (acceptance != Acceptance::REJECTED && acceptance != Acceptance::SUPERSEDED &&
      implementation != Implementation::IMPLEMENTED && implementation != Implementation::VERIFIED) {
    needsStanding(on, "recommendation.office.standing", EntityId(e.getOffice()), no);
  }
}

/// Only what was accepted is implemented, though something later may since have replaced it.
void checkFound(schema::RecommendationFound::Reader e, Refusals& no) {
  using Acceptance = schema::RecommendationAcceptance;
  const auto acceptance = e.getAcceptance();
  if (e.getImplementation() == schema::RecommendationImplementation::NOT_STARTED ||
      acceptance == Acceptance::ACCEPTED || acceptance == Acceptance::PARTIALLY_ACCEPTED ||
      acceptance == Acceptance::SUPERSEDED) {
    return;
  }
  no.refuse("recommendation.found.accepted",
            msg("only a recommendation that was accepted is implemented; give --acceptance "
                "accepted or partially-accepted, or --implementation not-started"));
}

// --- follow-up ---

/// Of one found the register does not know when it was made.
void checkDueOf(const Case& on, schema::Deadline::Reader due, Refusals& no) {
  if (!on.row->head.found) checkDue(on.row->head.opened.edtf, due, no);
}

void checkReworded(const Case& on, schema::RecommendationReworded::Reader e, Refusals& no) {
  if (e.hasText() || e.hasTitle()) return;
  no.needs("text", "recommendation.reworded.something",
           msg("the new wording of {entity} is missing; give it with --text, or a title with "
               "--title",
               arg("entity", on.self())));
}

void checkVerified(const Case& on, EntityId office, const Recommendation& recommendation,
                   Refusals& no) {
  const auto implementing = recommendation.implemented.office ? recommendation.implemented.office
                                                              : recommendation.implementingOffice;
  if (!office || office != implementing) return;
  no.refuse("recommendation.verified.other-office",
            msg("{office} implemented {entity}, and another office has to verify it; name that "
                "one with --office",
                arg("office", on.name(office)), arg("entity", on.self())));
}

void checkSuperseded(const Case& on, EntityId by, Refusals& no) {
  if (by == on.row->head.id) {
    no.refuse("recommendation.superseded.itself",
              msg("{entity} cannot replace itself; name what replaces it with --by",
                  arg("entity", on.self())));
    return;
  }
  const auto row = otherByThen(on, by);
  const auto* later = tryAs<Recommendation>(row.get());
  if (later == nullptr || later->supersededBy != on.row->head.id) return;
  no.refuse("recommendation.superseded.circle",
            msg("{by} was itself replaced by {entity}; name what holds now with --by",
                arg("by", on.name(by)), arg("entity", on.self())));
}

/// The party or office that takes it up, or decides on it.
void checkDeciding(const Case& on, E::Reader event, Refusals& no) {
  const auto* rule = "recommendation.by.standing";
  if (event.isConsidered()) {
    needsStanding(on, rule, EntityId(event.getConsidered().getBy()), no);
  } else if (event.isAccepted()) {
    needsStanding(on, rule, EntityId(event.getAccepted().getBy()), no);
  } else if (event.isPartiallyAccepted()) {
    needsStanding(on, rule, EntityId(event.getPartiallyAccepted().getBy()), no);
  } else if (event.isRejected()) {
    needsStanding(on, rule, EntityId(event.getRejected().getBy()), no);
  }
}

/// The office that follows it up, does it, or verifies that it is done; and what shows it.
void checkFollowUp(const Case& on, E::Reader event, Refusals& no) {
  const auto* office = "recommendation.office.standing";
  const auto* evidence = "recommendation.evidence.distinct";
  if (event.isAssigned()) {
    needsStanding(on, office, EntityId(event.getAssigned().getOffice()), no);
  } else if (event.isStarted()) {
    needsStanding(on, office, EntityId(event.getStarted().getOffice()), no);
  } else if (event.isProgressReported()) {
    checkDistinct(on, evidence, "evidence", event.getProgressReported().getEvidence(), no);
  } else if (event.isImplemented()) {
    needsStanding(on, office, EntityId(event.getImplemented().getOffice()), no);
    checkDistinct(on, evidence, "evidence", event.getImplemented().getEvidence(), no);
  } else if (event.isVerified()) {
    needsStanding(on, office, EntityId(event.getVerified().getOffice()), no);
    checkDistinct(on, evidence, "evidence", event.getVerified().getEvidence(), no);
  }
}

void checkLinked(const Case& on, EntityId consequence, const Recommendation& recommendation,
                 Refusals& no) {
  if (std::ranges::find(recommendation.consequences, consequence,
                        &RecommendationConsequence::consequence) ==
      recommendation.consequences.end()) {
    return;
  }
  no.refuse("recommendation.consequenceLinked.once",
            msg("{consequence} is named already as what came of {entity}; nothing needs to be "
                "entered",
                arg("consequence", on.name(consequence)), arg("entity", on.self())));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getRecommendation();
  if (event.isRecorded()) {
    const auto e = event.getRecorded();
    checkOrigin(on, EntityId(e.getOrigin()), no);
    checkNames(on, e, no);
    needsStanding(on, "recommendation.addressees.standing", e.getAddressees(), no);
    needsStanding(on, "recommendation.office.standing", EntityId(e.getOffice()), no);
    return checkDue(on.occurred, e.getDue(), no);
  }
  if (event.isFound()) {
    checkNames(on, event.getFound(), no);
    checkFoundStanding(on, event.getFound(), no);
    return checkFound(event.getFound(), no);
  }
  const auto& recommendation = as<Recommendation>(*on.row);
  checkDeciding(on, event, no);
  checkFollowUp(on, event, no);
  if (event.isOverdue() && canStillBeKept(on, as<Recommendation>(*on.row).due)) {
    no.refuse("recommendation.overdue.due",
              msg("{entity} is still in time on that day and not overdue before its day has passed",
                  arg("entity", on.self())));
  }
  if (event.isReworded()) return checkReworded(on, event.getReworded(), no);
  if (event.isDueSet()) return checkDueOf(on, event.getDueSet().getDue(), no);
  if (event.isReopened()) return checkDueOf(on, event.getReopened().getDue(), no);
  if (event.isProgressReported() && event.getProgressReported().hasPercent()) {
    checkPercentage("recommendation.progressReported.percent",
                    event.getProgressReported().getPercent(), no);
  } else if (event.isVerified()) {
    checkVerified(on, EntityId(event.getVerified().getOffice()), recommendation, no);
  } else if (event.isSuperseded()) {
    checkSuperseded(on, EntityId(event.getSuperseded().getBy()), no);
  } else if (event.isConsequenceLinked()) {
    checkLinked(on, EntityId(event.getConsequenceLinked().getConsequence()), recommendation, no);
  }
}

}  // namespace

const Rules& rulesOfRecommendation() {
  static const Rules rules{&guard, &check, nullptr};
  return rules;
}

}  // namespace consulta
