// What may be spoken at an address of a server.
#pragma once

namespace consulta {

enum class Spoken {
  both,  // the event protocol and HTTP: the first bytes tell (greeting.h)
  http,  // nothing else
};

}  // namespace consulta
