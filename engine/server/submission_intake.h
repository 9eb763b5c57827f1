// The way of a submission from a peer to the register.
#pragma once

#include <functional>
#include <string>

#include "engine/runtime/register.h"
#include "engine/server/service.h"
#include "events/ids.h"

namespace consulta {

/// As it came: the entries in JSON. Who acts is what the socket says.
struct IncomingSubmission {
  SubmissionId id;
  ActorId actor;
  ActorId onBehalfOf;
  std::string language;  // of texts that do not name theirs; empty: English
  std::string entries;
  bool dryRun = false;
};

/// Checks it, reads it (a long one in a thread of its own: others wait for the one for sockets) and
/// submits it. `answer` is called once, by the thread of sockets, later; what was begun is finished
/// whatever becomes of the peer. Threads: that of sockets.
void submit(Service& service, IncomingSubmission incoming,
            std::function<void(const Result<Receipt>&)> answer);

}  // namespace consulta
