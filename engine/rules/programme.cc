// Rules of programmes beyond their lifecycle.
#include "projections/rows/programme.h"

#include <algorithm>

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "engine/rules/other_entity.h"
#include "engine/rules/rule_values.h"
#include "projections/rows/consultation.h"
#include "projections/rows/document.h"

namespace consulta {

namespace {

using E = schema::ProgrammeEvent;
using States = schema::ProgrammeState;

/// Shares are added up in units of 10^-12 per cent; what is smaller is left out, so that a sum is
/// never taken for more than it is.
constexpr int share_digits = 12;
constexpr std::int64_t whole_share = 100'000'000'000'000;

std::int64_t shareOf(const Decimal& share) {
  auto units = share.unscaled;
  for (int scale = share.scale; scale > share_digits; --scale) units /= 10;
  for (int scale = share.scale; scale < share_digits; ++scale) units *= 10;
  return units;
}

std::int64_t shareOf(const RowDecimal& share) {
  return share.stated ? shareOf(decimalOf(share)) : 0;
}

void checkSum(const Case& on, std::string_view rule, std::string_view verb, std::int64_t others,
              schema::Decimal::Reader share, Refusals& no) {
  if (others + shareOf(decimalOf(share)) <= whole_share) return;
  no.refuse(
      rule,
      msg("with {share} per cent the shares of {entity} would come to more than 100; "
          "give a smaller --share, or lower another one first with \"programme {verb}\"",
          arg("share", toText(decimalOf(share))), arg("entity", on.self()), arg("verb", verb)));
}

void checkCountry(const Case& on, schema::ProgrammeCountryCovered::Reader e,
                  const Programme& programme, Refusals& no) {
  if (!e.hasShare()) return;
  Refusals share;
  checkPercentage("programme.countryCovered.share", e.getShare(), share);
  if (!share.empty()) return no.add(share.take());
  std::int64_t others = 0;
  for (const auto& one : programme.countries) {
    if (one.country != e.getCountry().cStr()) others += shareOf(one.share);
  }
  checkSum(on, "programme.countryCovered.sum", "cover", others, e.getShare(), no);
}

void checkSector(const Case& on, schema::ProgrammeSectorAssigned::Reader e,
                 const Programme& programme, Refusals& no) {
  if (!e.hasShare()) return;
  Refusals share;
  checkPercentage("programme.sectorAssigned.share", e.getShare(), share);
  if (!share.empty()) return no.add(share.take());
  std::int64_t others = 0;
  for (const auto& one : programme.sectors) {
    if (one.sector != e.getSector().cStr()) others += shareOf(one.share);
  }
  checkSum(on, "programme.sectorAssigned.sum", "assign-sector", others, e.getShare(), no);
}

void checkAreaDropped(const Case& on, schema::ProgrammeAreaDropped::Reader e,
                      const Programme& programme, Refusals& no) {
  const auto isIt = [&](const ProgrammeArea& one) { return one.area == e.getArea().cStr(); };
  if (std::ranges::any_of(programme.areas, isIt)) return;
  no.refuse("programme.areaDropped.exists",
            msg("{area} is not a priority area of {entity}; \"consulta show {entity}\" lists those "
                "that are",
                arg("area", e.getArea().cStr()), arg("entity", on.self())));
}

/// A consultation on the programme itself, or on the document that describes it. One whose subjects
/// are not stated is taken at its word.
bool isAbout(const Case& on, const Programme& programme, EntityId id,
             const Consultation& consultation) {
  const auto& subjects = consultation.subjects;
  return subjects.empty() || std::ranges::find(subjects, on.row->head.id) != subjects.end() ||
         std::ranges::find(programme.consultations, id) != programme.consultations.end() ||
         (programme.document && std::ranges::find(subjects, programme.document) != subjects.end());
}

bool hasAdopted(const Row& row) {
  return stateOf<schema::ConsultationState>(row.head) == schema::ConsultationState::CONCLUDED &&
         as<Consultation>(row).outcome == schema::ConsultationOutcome::ADOPTED;
}

void checkConsulted(const Case& on, EntityId id, const Programme& programme, Refusals& no) {
  if (std::ranges::find(programme.consultations, id) != programme.consultations.end()) {
    no.refuse("programme.consulted.once",
              msg("{entity} is already put to {consultation}; name another consultation, or "
                  "continue with \"consulta next {consultation}\"",
                  arg("entity", on.self()), arg("consultation", on.name(id))));
    return;
  }
  const auto row = otherByThen(on, id);
  const auto* consultation = tryAs<Consultation>(row.get());
  if (consultation == nullptr || isAbout(on, programme, id, *consultation)) return;
  no.refuse("programme.consulted.subject",
            msg("{consultation} is on other subjects than {entity}; open one on it with "
                "\"consultation plan\" and --subjects {entity}",
                arg("consultation", on.name(id)), arg("entity", on.self())));
}

/// The consultation that an approval names has to be concluded, adopted, and about the programme.
void checkAdoption(const Case& on, EntityId id, const Programme& programme, Refusals& no) {
  const auto row = otherByThen(on, id);
  const auto* consultation = tryAs<Consultation>(row.get());
  if (consultation == nullptr) return;
  if (!hasAdopted(*row)) {
    no.refuse("programme.approved.adopted",
              msg("{consultation} has not adopted {entity}; enter \"consultation conclude\" with "
                  "--outcome adopted first, or name the --decision that approved it",
                  arg("consultation", on.name(id)), arg("entity", on.self())));
  }
  if (!isAbout(on, programme, id, *consultation)) {
    no.refuse("programme.approved.subject",
              msg("{consultation} was on other subjects than {entity}; name the consultation that "
                  "adopted it, or the --decision that approved it",
                  arg("consultation", on.name(id)), arg("entity", on.self())));
  }
}

/// What is only proposed is not decided, and to take note is not to approve. Of a document that is
/// itself a resolution or a decision, none need have been recorded.
bool canApprove(const Document& document) {
  if (document.decisions.empty()) {
    return document.kind == schema::DocumentKind::RESOLUTION ||
           document.kind == schema::DocumentKind::DECISION;
  }
  return std::ranges::any_of(document.decisions, [](const TakenDecision& one) {
    return one.kind != schema::DecisionKind::TAKES_NOTE &&
           one.kind != schema::DecisionKind::DECLINES;
  });
}

void checkDecision(const Case& on, EntityId id, Refusals& no) {
  const auto row = otherByThen(on, id);
  const auto* document = tryAs<Document>(row.get());
  if (document == nullptr || canApprove(*document)) return;
  no.refuse("programme.approved.decision",
            msg("no decision on {document} that approves {entity} is in the register; enter "
                "\"document decide\" first, or name what did approve it with --decision or "
                "--consultation",
                arg("document", on.name(id)), arg("entity", on.self())));
}

/// Whether something that is cited as a ground can carry an approval.
bool carriesApproval(const Case& on, const Programme& programme, EntityId id) {
  const auto row = otherByThen(on, id);
  if (!row) return false;
  if (const auto* consultation = tryAs<Consultation>(row.get())) {
    return hasAdopted(*row) && isAbout(on, programme, id, *consultation);
  }
  if (const auto* document = tryAs<Document>(row.get())) return canApprove(*document);
  return row->aggregate() == static_cast<std::uint16_t>(schema::Event::MANDATE);
}

void checkApproved(const Case& on, schema::ProgrammeApproved::Reader e, const Programme& programme,
                   Refusals& no) {
  if (e.getConsultation() != 0) checkAdoption(on, EntityId(e.getConsultation()), programme, no);
  if (e.getDecision() != 0) checkDecision(on, EntityId(e.getDecision()), no);
  if (e.getConsultation() != 0 || e.getDecision() != 0) return;
  const auto carries = [&](EntityId id) { return carriesApproval(on, programme, id); };
  if (std::ranges::any_of(on.grounds, carries) ||
      std::ranges::any_of(programme.consultations, carries)) {
    return;
  }
  no.needs("consultation", "programme.approved.needs-adoption",
           msg("{entity} can be approved by a concluded consultation that adopted it, or by a "
               "decision; name it with --consultation or --decision",
               arg("entity", on.self())));
}

void checkUntil(const Case& on, schema::Date::Reader until, Refusals& no) {
  if (!certainlyBefore(until.getEdtf().cStr(), on.occurred)) return;
  no.refuse("programme.suspended.until",
            msg("{until} lies before the suspension itself; give a later --until, or leave it out",
                arg("until", until.getEdtf().cStr())));
}

template <typename Opening>
void checkLists(Opening e, Refusals& no) {
  checkDistinct("programme.countries.distinct", "countries", e.getCountries(), no);
  checkDistinct("programme.areas.distinct", "areas", e.getAreas(), no);
  checkDistinct("programme.goals.distinct", "goals", e.getGoals(), no);
}

void checkFound(const Case& on, schema::ProgrammeFound::Reader e, Refusals& no) {
  const auto state = e.getState();
  checkLists(e, no);
  needsStanding(on, "programme.document.retired", EntityId(e.getDocument()), no);
  if (state != States::COMPLETED && state != States::CANCELLED) {
    needsStanding(on, "programme.office.standing", EntityId(e.getOffice()), no);
  }
  const bool before = state == States::IDENTIFIED || state == States::FORMULATED ||
                      state == States::IN_CONSULTATION;
  if (!before || !e.hasApprovedOn()) return;
  no.refuse("programme.found.approved-on",
            msg("a programme that is not yet approved has no day of approval; leave out "
                "--approved-on, or give --state approved or a later one"));
}

/// Whoever and whatever the entry names has to be there still.
void checkNamed(const Case& on, E::Reader event, Refusals& no) {
  const auto* document = "programme.document.retired";
  if (event.isPartnerAdded()) {
    needsStanding(on, "programme.partnerAdded.standing",
                  EntityId(event.getPartnerAdded().getParty()), no);
  } else if (event.isOfficeAssigned()) {
    needsStanding(on, "programme.office.standing", EntityId(event.getOfficeAssigned().getOffice()),
                  no);
  } else if (event.isApproachStated()) {
    checkDistinct("programme.areas.distinct", "areas", event.getApproachStated().getAreas(), no);
  } else if (event.isFormulated()) {
    needsStanding(on, document, EntityId(event.getFormulated().getDocument()), no);
  } else if (event.isReformulated()) {
    needsStanding(on, document, EntityId(event.getReformulated().getDocument()), no);
  } else if (event.isRevised()) {
    needsStanding(on, document, EntityId(event.getRevised().getDocument()), no);
  }
}

void needsSomething(std::string_view rule, bool something, Refusals& no) {
  if (something) return;
  no.needs("title", rule,
           msg("the entry changes nothing; give what is new with --title, --objective, "
               "--period, --region or --document"));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getProgramme();
  if (event.isIdentified()) {
    checkLists(event.getIdentified(), no);
    return needsStanding(on, "programme.office.standing",
                         EntityId(event.getIdentified().getOffice()), no);
  }
  if (event.isFound()) return checkFound(on, event.getFound(), no);
  const auto& programme = as<Programme>(*on.row);
  checkNamed(on, event, no);
  if (event.isCountryCovered()) return checkCountry(on, event.getCountryCovered(), programme, no);
  if (event.isSectorAssigned()) return checkSector(on, event.getSectorAssigned(), programme, no);
  if (event.isAreaDropped()) return checkAreaDropped(on, event.getAreaDropped(), programme, no);
  if (event.isApproved()) return checkApproved(on, event.getApproved(), programme, no);
  if (event.isConsulted()) {
    return checkConsulted(on, EntityId(event.getConsulted().getConsultation()), programme, no);
  }
  if (event.isSuspended()) return checkUntil(on, event.getSuspended().getUntil(), no);
  if (event.isStepPlanned() && event.getStepPlanned().getNumber() == 0) {
    return no.refuse("programme.stepPlanned.number",
                     msg("steps are numbered from 1; give --number 1 for the first step"));
  }
  if (event.isReformulated()) {
    const auto e = event.getReformulated();
    return needsSomething(
        "programme.reformulated.something",
        e.hasTitle() || e.hasObjective() || e.hasPeriod() || e.hasRegion() || e.getDocument() != 0,
        no);
  }
  if (event.isRevised()) {
    const auto e = event.getRevised();
    return needsSomething(
        "programme.revised.something",
        e.hasTitle() || e.hasObjective() || e.hasPeriod() || e.hasRegion() || e.getDocument() != 0,
        no);
  }
}

}  // namespace

const Rules& rulesOfProgramme() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
