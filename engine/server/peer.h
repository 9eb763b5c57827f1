// Who is at the other end of a socket.
#pragma once

#include <string>

namespace consulta {

/// As the operating system or a certificate says it; never as the peer does. A plain value.
struct Peer {
  std::string account;     // "uid:1000": under which the key store knows who acts
  std::string name;        // for people
  std::string where;       // "process 4711" or "tls 192.0.2.7:41234", for the log
  bool needsRole = false;  // it comes over a network: nothing is its due without a role
};

}  // namespace consulta
