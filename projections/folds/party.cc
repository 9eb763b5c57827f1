#include "projections/rows/party.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

template <typename Opening>
void describe(Party& row, Opening e) {
  take(row.name, e.getName());
  row.kind = e.getKind();
  take(row.country, e.getCountry());
  take(row.acronym, e.getAcronym());
  take(row.region, e.getRegion());
  take(row.identifier, e.getIdentifier());
  take(row.language, e.getLanguage());
}

void foldReclassified(Party& row, schema::PartyReclassified::Reader e) {
  row.kind = e.getKind();
  take(row.country, e.getCountry());
  take(row.region, e.getRegion());
}

void foldMission(Party& row, schema::PartyMissionOpened::Reader e, const FoldStep& step) {
  auto& mission = row.missions.emplace_back();
  take(mission.name, e.getName());
  take(mission.place, e.getPlace());
  take(mission.contact, e.getContact(), step.valuesAt, "contact");
}

/// Once in a list, at its end.
void putLast(std::vector<EntityId>& list, std::uint64_t id) {
  std::erase(list, EntityId(id));
  list.emplace_back(id);
}

void releaseFocalPoint(Party& row, schema::PartyFocalPointReleased::Reader e) {
  std::erase_if(row.focalPoints, [&](const FocalPoint& one) {
    return one == FocalPoint{EntityId(e.getPerson()), EntityId(e.getProgramme())};
  });
}

}  // namespace

void fold(Party& row, RowHead&, schema::PartyEvent::Reader event, const FoldStep& step) {
  using E = schema::PartyEvent;
  switch (event.which()) {
    case E::REGISTERED:
      return describe(row, event.getRegistered());
    case E::FOUND:
      describe(row, event.getFound());
      take(row.groups, event.getFound().getGroups());
      return take(row.represents, event.getFound().getRepresents());
    case E::RENAMED:
      take(row.name, event.getRenamed().getName());
      return take(row.acronym, event.getRenamed().getAcronym());
    case E::RECLASSIFIED:
      return foldReclassified(row, event.getReclassified());
    case E::GROUP_JOINED:
      return putLast(row.groups, event.getGroupJoined().getGroup());
    case E::GROUP_LEFT:
      std::erase(row.groups, EntityId(event.getGroupLeft().getGroup()));
      return;
    case E::REPRESENTATION_TAKEN:
      return putLast(row.represents, event.getRepresentationTaken().getRepresented());
    case E::REPRESENTATION_ENDED:
      std::erase(row.represents, EntityId(event.getRepresentationEnded().getRepresented()));
      return;
    case E::FOCAL_POINT_NAMED: {
      const auto e = event.getFocalPointNamed();
      row.focalPoints.push_back(FocalPoint{EntityId(e.getPerson()), EntityId(e.getProgramme())});
      return;
    }
    case E::FOCAL_POINT_RELEASED:
      return releaseFocalPoint(row, event.getFocalPointReleased());
    case E::MISSION_OPENED:
      return foldMission(row, event.getMissionOpened(), step);
    case E::MISSION_CLOSED:
      std::erase_if(row.missions, [&](const PermanentMission& one) {
        return one.place == event.getMissionClosed().getPlace().cStr();
      });
      return;
    case E::DISSOLVED:
      return take(row.successors, event.getDissolved().getSuccessors());
    case E::LANGUAGE_CHOSEN:
      return take(row.language, event.getLanguageChosen().getLanguage());
  }
  throw std::logic_error("an event of a party without a fold");
}

std::unique_ptr<Row> newPartyRow() {
  return std::make_unique<RowOf<Party, &schema::Event::Reader::getParty>>();
}

}  // namespace consulta
