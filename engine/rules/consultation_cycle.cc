#include "engine/rules/consultation_cycle.h"

#include <algorithm>
#include <set>

#include "engine/rules/other_entity.h"
#include "engine/rules/rule_values.h"
#include "events/limits.h"
#include "projections/open_matter.h"
#include "projections/rows/liaison.h"
#include "projections/rows/meeting.h"
#include "projections/rows/party.h"
#include "projections/rows/recommendation.h"

namespace consulta {

namespace {

using schema::ConsultationState;

bool contains(const std::vector<EntityId>& all, EntityId id) {
  return std::ranges::find(all, id) != all.end();
}

// --- what is still open, as of the opening ---

/// Whether an entry of working relations is about what the consultation was: its mechanism, or a
/// programme that it was on.
bool isAbout(const Liaison& contact, const Consultation& previous) {
  return (previous.mechanism && contact.mechanism == previous.mechanism) ||
         (contact.programme && contains(previous.subjects, contact.programme));
}

/// All that came of the previous consultation or of its meetings, what had come over to it, and the
/// contacts about the same; whether open or not.
std::set<EntityId> mattersOf(const State& state, EntityId id, const Consultation& previous) {
  std::set<EntityId> out(previous.pendingRecommendations.begin(),
                         previous.pendingRecommendations.end());
  out.insert(previous.openFollowUps.begin(), previous.openFollowUps.end());
  const auto addMadeBy = [&](EntityId origin) {
    for (const auto one : state.linkedTo(origin)) {
      const auto row = state.row(one);
      const auto* made = tryAs<Recommendation>(row.get());
      if (made != nullptr && made->origin == origin) out.insert(one);
    }
  };
  addMadeBy(id);
  for (const auto one : state.linkedTo(id)) {
    const auto row = state.row(one);
    const auto* meeting = tryAs<Meeting>(row.get());
    if (meeting != nullptr && meeting->consultation == id) addMadeBy(one);
  }
  auto about = previous.subjects;
  if (previous.mechanism) about.push_back(previous.mechanism);
  for (const auto subject : about) {
    for (const auto one : state.linkedTo(subject)) {
      const auto row = state.row(one);
      const auto* contact = tryAs<Liaison>(row.get());
      if (contact != nullptr && isAbout(*contact, previous)) out.insert(one);
    }
  }
  return out;
}

bool takesPart(const State& state, EntityId party, std::int64_t orderNs) {
  const auto row = state.rowAt(party, orderNs);
  return row && stateOf<schema::PartyState>(row->head) != schema::PartyState::DISSOLVED;
}

// --- as one entry ---

struct Over {
  std::vector<EntityId> eligible;
  std::vector<EntityId> observers;
  std::vector<EntityId> pending;
  std::vector<EntityId> followUps;

  [[nodiscard]] bool empty() const {
    return eligible.empty() && observers.empty() && pending.empty() && followUps.empty();
  }
};

/// What has not come over yet, as much of each as one entry holds.
Over comingOver(const State& state, const Consultation& row, const FoldStep& entry) {
  Over out;
  const auto add = [](std::vector<EntityId>& list, EntityId id) {
    if (list.size() < limits::list_items_max) list.push_back(id);
  };
  const auto previousRow = state.rowAt(row.previous, entry.orderNs);
  const auto* previous = tryAs<Consultation>(previousRow.get());
  if (previous == nullptr) return out;
  for (const auto& seat : previous->roll) {
    if (seatOf(row, seat.party) != nullptr || !takesPart(state, seat.party, entry.orderNs)) {
      continue;
    }
    add(seat.standing == schema::Standing::OBSERVER ? out.observers : out.eligible, seat.party);
  }
  for (const auto id : mattersOf(state, row.previous, *previous)) {
    const auto matter = state.rowAt(id, entry.orderNs);
    const auto open = matter ? openMatterOf(*matter) : OpenMatter::none;
    if (open == OpenMatter::pending && !contains(row.pendingRecommendations, id))
      add(out.pending, id);
    if (open == OpenMatter::followUp && !contains(row.openFollowUps, id)) add(out.followUps, id);
  }
  return out;
}

void put(boost::json::object& data, const char* name, const std::vector<EntityId>& ids) {
  if (ids.empty()) return;
  boost::json::array all;
  for (const auto id : ids) all.emplace_back(entryText(id));
  data[name] = std::move(all);
}

/// Whether the consultation has begun after the other one; by opening or, as found, long ago.
bool hasFollowed(const Row& row, EntityId previous) {
  const auto* one = tryAs<Consultation>(&row);
  return one != nullptr && one->previous == previous &&
         stateOf<ConsultationState>(row.head) != ConsultationState::PLANNED &&
         !(one->openedOn.edtf.empty() && !row.head.found);
}

}  // namespace

void checkAfter(const Case& on, const Consultation& row, EntityId previous, Refusals& no) {
  if (!previous) return;
  if (previous == on.entity) {
    return no.refuse("consultation.opened.after-itself",
                     msg("{entity} does not follow itself; name the consultation of the last cycle "
                         "with --after",
                         arg("entity", on.self())));
  }
  if (row.previous && row.previous != previous) {
    no.refuse("consultation.opened.after-planned",
              msg("{entity} was planned to continue {planned}; give --after {planned}, or correct "
                  "the plan",
                  arg("entity", on.self()), arg("planned", on.name(row.previous))));
  }
  const auto before = otherByThen(on, previous);
  if (before && stateOf<ConsultationState>(before->head) != ConsultationState::CONCLUDED) {
    no.refuse("consultation.opened.after-concluded",
              msg("{previous} was {state} by then, and the next cycle begins after the last one "
                  "has ended; enter \"consultation conclude\" or \"consultation withdraw\" on it "
                  "first, or open {entity} without --after",
                  arg("previous", on.name(previous)), arg("state", stateName(on, *before)),
                  arg("entity", on.self())));
  }
  for (const auto other : on.state.linkedTo(previous)) {
    const auto one = on.state.row(other);
    if (other == on.entity || !one || !hasFollowed(*one, previous)) continue;
    no.refuse("consultation.opened.after-once",
              msg("{other} has followed {previous} already; open {entity} after that one, or "
                  "without --after",
                  arg("other", on.name(other)), arg("previous", on.name(previous)),
                  arg("entity", on.self())));
  }
}

std::vector<Consequence> followCycle(const State& state, const Row& after, const FoldStep& entry) {
  if (!entry.event.isConsultation()) return {};
  const auto event = entry.event.getConsultation();
  const bool opens = event.isOpened() && event.getOpened().getAfter() != 0;
  if (!opens && !event.isCarriedOver()) return {};
  const auto& row = as<Consultation>(after);
  const auto over = comingOver(state, row, entry);
  if (over.empty()) return {};
  boost::json::object data{{"previous", entryText(row.previous)}};
  put(data, "eligible", over.eligible);
  put(data, "observers", over.observers);
  put(data, "pending", over.pending);
  put(data, "followUps", over.followUps);
  return {Consequence{"consultation.carriedOver", std::move(data)}};
}

}  // namespace consulta
