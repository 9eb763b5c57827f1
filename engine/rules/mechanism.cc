// Rules of mechanisms of consultation beyond their lifecycle.
#include "projections/rows/mechanism.h"

#include <algorithm>
#include <set>
#include <string>

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "engine/rules/other_entity.h"
#include "projections/rows/party.h"

namespace consulta {

namespace {

using E = schema::MechanismEvent;

std::string circleName(schema::Circle circle) {
  switch (circle) {
    case schema::Circle::MEMBER_STATES:
      return "member-states";
    case schema::Circle::REGIONAL_GROUP:
      return "regional-group";
    case schema::Circle::COUNTRIES_AND_STAKEHOLDERS:
      return "countries-and-stakeholders";
  }
  return "unknown";
}

void checkFound(const Case& on, schema::MechanismFound::Reader e, Refusals& no) {
  checkDistinct(on, "mechanism.programmes.distinct", "programmes", e.getProgrammes(), no);
  if (e.getState() != schema::MechanismState::ENDED) {
    needsStanding(on, "mechanism.office.standing", EntityId(e.getOffice()), no);
  }
  if (e.getState() != schema::MechanismState::BEING_ELABORATED || !e.hasOperatingSince()) return;
  no.refuse("mechanism.found.operating-since",
            msg("a mechanism that is being elaborated is not in operation yet; leave out "
                "--operating-since, or give --state in-operation"));
}

void checkCircle(const Case& on, schema::MechanismCircleDefined::Reader e, Refusals& no) {
  const auto group = EntityId(e.getGroup());
  needsStanding(on, "mechanism.circleDefined.standing", group, no);
  const auto row = otherByThen(on, group);
  const auto* party = tryAs<Party>(row.get());
  if (party != nullptr && party->kind != schema::PartyKind::GROUP) {
    no.refuse("mechanism.circleDefined.group",
              msg("{party} is not a group, so it cannot make up the circle {circle}; name a group, "
                  "or admit the party by itself with \"mechanism admit\"",
                  arg("party", on.name(group)), arg("circle", circleName(e.getCircle()))));
  }
  if (e.getGroup() != 0 || e.hasRegion() || e.hasInvolvement()) return;
  no.needs("group", "mechanism.circleDefined.something",
           msg("the entry says nothing of the circle {circle}; give --group, --region or "
               "--involvement, or admit its parties one by one with \"mechanism admit\"",
               arg("circle", circleName(e.getCircle()))));
}

void checkJoined(const Case& on, schema::MechanismCircleJoined::Reader e,
                 const Mechanism& mechanism, Refusals& no) {
  const auto party = EntityId(e.getParty());
  needsStanding(on, "mechanism.circleJoined.standing", party, no);
  const auto row = otherByThen(on, party);
  const auto* joining = tryAs<Party>(row.get());
  if (e.getCircle() == schema::Circle::MEMBER_STATES && joining != nullptr &&
      joining->kind != schema::PartyKind::MEMBER_STATE) {
    no.refuse("mechanism.circleJoined.member-state",
              msg("{party} is not a Member State; admit it to another --circle, as "
                  "countries-and-stakeholders",
                  arg("party", on.name(party))));
  }
  const auto* circle = circleOf(mechanism, e.getCircle());
  if (circle == nullptr || !isMember(*circle, party)) return;
  no.refuse("mechanism.circleJoined.once",
            msg("{party} belongs to the circle {circle} of {entity} already; enter \"mechanism "
                "release\" if it has left meanwhile",
                arg("party", on.name(party)), arg("circle", circleName(e.getCircle())),
                arg("entity", on.self())));
}

void checkLeft(const Case& on, schema::MechanismCircleLeft::Reader e, const Mechanism& mechanism,
               Refusals& no) {
  const auto party = EntityId(e.getParty());
  const auto* circle = circleOf(mechanism, e.getCircle());
  if (circle != nullptr && isMember(*circle, party)) return;
  no.refuse("mechanism.circleLeft.member",
            msg("{party} was not admitted to the circle {circle} of {entity}; choose the --circle "
                "it belongs to, or enter \"mechanism admit\" first",
                arg("party", on.name(party)), arg("circle", circleName(e.getCircle())),
                arg("entity", on.self())));
}

void checkSeries(schema::MechanismSeriesProvided::Reader e, Refusals& no) {
  if (e.getFrequency() != schema::Frequency::ONCE) return;
  no.refuse("mechanism.seriesProvided.frequency",
            msg("a meeting that is held once is no series; enter \"meeting schedule\" for it, or "
                "give another --frequency"));
}

void checkRelations(schema::MechanismRelationsProvided::Reader e, Refusals& no) {
  std::set<schema::RelationSide> sides;
  for (auto side : e.getBetween()) sides.insert(side);
  if (sides.size() >= 2 && sides.size() == e.getBetween().size()) return;
  no.refuse("mechanism.relationsProvided.sides",
            msg("relations are between two or more different sides; give --between once for each, "
                "as --between secretariat --between permanent-missions"));
}

void checkCovered(const Case& on, EntityId programme, const Mechanism& mechanism, Refusals& no) {
  if (std::ranges::find(mechanism.programmes, programme) == mechanism.programmes.end()) return;
  no.refuse("mechanism.programmeCovered.once",
            msg("{programme} is consulted on under {entity} already; name another programme",
                arg("programme", on.name(programme)), arg("entity", on.self())));
}

void checkRevised(schema::MechanismRevised::Reader e, Refusals& no) {
  if (e.hasTitle() || e.hasPurpose() || e.hasRegion() || e.getDocument() != 0 ||
      e.getFrequency() != schema::Frequency::NOT_STATED) {
    return;
  }
  no.needs("title", "mechanism.revised.something",
           msg("the entry changes nothing; give what is new with --title, --purpose, --region, "
               "--frequency or --document"));
}

void checkEnded(const Case& on, schema::MechanismEnded::Reader e, Refusals& no) {
  if (EntityId(e.getReplacement()) != on.row->head.id) return;
  no.refuse("mechanism.ended.itself",
            msg("{entity} cannot replace itself; name another mechanism with --replacement, or "
                "leave it out",
                arg("entity", on.self())));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getMechanism();
  if (event.isElaborationStarted()) {
    const auto e = event.getElaborationStarted();
    checkDistinct(on, "mechanism.programmes.distinct", "programmes", e.getProgrammes(), no);
    return needsStanding(on, "mechanism.office.standing", EntityId(e.getOffice()), no);
  }
  if (event.isFound()) return checkFound(on, event.getFound(), no);
  const auto& mechanism = as<Mechanism>(*on.row);
  if (event.isCircleDefined()) return checkCircle(on, event.getCircleDefined(), no);
  if (event.isCircleJoined()) return checkJoined(on, event.getCircleJoined(), mechanism, no);
  if (event.isCircleLeft()) return checkLeft(on, event.getCircleLeft(), mechanism, no);
  if (event.isSeriesProvided()) return checkSeries(event.getSeriesProvided(), no);
  if (event.isRelationsProvided()) return checkRelations(event.getRelationsProvided(), no);
  if (event.isProgrammeCovered()) {
    return checkCovered(on, EntityId(event.getProgrammeCovered().getProgramme()), mechanism, no);
  }
  if (event.isPurposeStated()) {
    checkDistinct("mechanism.areas.distinct", "areas", event.getPurposeStated().getAreas(), no);
  } else if (event.isOfficeAssigned()) {
    needsStanding(on, "mechanism.office.standing", EntityId(event.getOfficeAssigned().getOffice()),
                  no);
  }
  if (event.isRevised()) return checkRevised(event.getRevised(), no);
  if (event.isEnded()) return checkEnded(on, event.getEnded(), no);
}

}  // namespace

const Rules& rulesOfMechanism() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
