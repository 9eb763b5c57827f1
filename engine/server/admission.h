// Who may come in over a network: those to whom a role was granted in the register, and nobody
// else; nor they while nobody administers it, for then the rules ask nobody for a role to grant
// one. Inside part of the server.
#pragma once

#include <map>

#include "engine/runtime/register.h"
#include "engine/server/peer.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// Threads: the one for sockets.
class Admission {
 public:
  /// It must outlive this.
  explicit Admission(Register& reg) : reg_(reg) {}

  /// As whom a peer acts; its account is made known when it is new, so that a role can be granted
  /// to it. Refused when it needs a role and has none, with what an administrator is to enter.
  [[nodiscard]] Result<ActorId> admit(const Peer& peer);
  /// Whether one who was admitted still is.
  [[nodiscard]] Status check(const Peer& peer, ActorId actor);

 private:
  struct Standing {
    bool enrolled = false;
    bool granted = false;  // some role
  };
  [[nodiscard]] Standing standingOf(ActorId actor);

  Register& reg_;
  Position at_;                         // as of which entry what follows was read; none: never
  Position row_;                        // the newest entry of the register's row then
  bool administered_ = false;           // by somebody
  std::map<ActorId, Standing> actors_;  // of the register's own row
};

}  // namespace consulta
