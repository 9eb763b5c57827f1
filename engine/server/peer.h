// Who is at the other end of a socket.
#pragma once

#include <string>

namespace consulta {

/// As the operating system or a certificate says it; never as the peer does. A plain value.
struct Peer {
  std::string account;  // "uid:1000": under which the key store knows who acts
  std::string name;     // for people
  std::string where;    // "unix, process 4711", for the log
};

}  // namespace consulta
