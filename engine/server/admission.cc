#include "engine/server/admission.h"

#include <string>
#include <utility>

#include "engine/rules/roles.h"
#include "projections/rows/register.h"

namespace consulta {

Admission::Standing Admission::standingOf(ActorId actor) {
  if (const auto last = reg_.published(); last != at_) {
    at_ = Position();  // if it cannot be read, nothing of before counts
    const auto known = std::exchange(row_, Position());
    reg_.read([&](const State& state) {
      const auto whole = registerRow(state);
      const auto* row = tryAs<RegisterRow>(whole.get());
      row_ = row == nullptr ? Position() : whole->head.last;
      if (row_ && row_ == known) return;  // most entries are of other entities
      administered_ = false;
      actors_.clear();
      if (row == nullptr) return;
      administered_ = !administratorsOf(*row).empty();
      for (const auto& one : row->actors) {
        if (const auto id = readWideId<ActorId>(one.id)) actors_[*id].enrolled = true;
      }
      for (const auto& one : row->roles) {
        if (const auto id = readWideId<ActorId>(one.actor)) actors_[*id].granted = true;
      }
    });
    at_ = last;
  }
  const auto known = actors_.find(actor);
  return known == actors_.end() ? Standing{} : known->second;
}

Status Admission::check(const Peer& peer, ActorId actor) try {
  if (!peer.needsRole) return Done{};
  const auto standing = standingOf(actor);
  if (!administered_) {
    return refused("account.role",
                   msg("nobody administers this register, so everybody beside it may do all, and "
                       "nobody is let in over a network. Beside it: \"consulta register grant REG "
                       "--actor YOU --role administrator\""));
  }
  if (standing.granted) return Done{};
  const auto account = arg("account", peer.account);
  const auto id = arg("actor", toText(actor));
  if (standing.enrolled) {
    return refused("account.role",
                   msg("{account} has no role in this register, and whoever comes over a network "
                       "needs one. An administrator grants it: \"consulta register grant REG "
                       "--actor {actor} --role clerk\", or auditor, integrator, administrator",
                       account, id));
  }
  return refused(
      "account.role",
      msg("{account} is not known to this register, and whoever comes over a network "
          "needs a role in it. An administrator lets it in: \"consulta register enrol "
          "REG --actor {actor} --name NAME\", then \"consulta register grant REG --actor "
          "{actor} --role clerk\", or auditor, integrator, administrator",
          account, id));
} catch (const Broken& broken) {
  return broken.failure();
}

Result<ActorId> Admission::admit(const Peer& peer) try {
  auto actor = reg_.actorFor(peer.account, peer.name);
  if (!actor) return actor;
  if (auto may = check(peer, *actor); !may) return std::move(may).failures();
  return actor;
} catch (const Broken& broken) {
  return broken.failure();
}

}  // namespace consulta
