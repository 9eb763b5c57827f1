// What a server has done since it began, counted.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace consulta {

class Service;

/// For the thread of sockets.
struct ServerFigures {
  std::uint64_t nativePeers = 0;  // connections that spoke the event protocol, and HTTP
  std::uint64_t httpPeers = 0;
  std::uint64_t turnedAway = 0;  // connections
  std::uint64_t arriving = 0;    // over TCP, those who have not shown yet who they are
  std::uint64_t events = 0;      // sent to subscribers
  std::uint64_t fellBehind = 0;  // subscribers that were told so, and that were given up
  std::uint64_t stalled = 0;
  std::uint64_t slowed = 0;     // times that a peer was not read from, as it had asked too much
  std::uint64_t followers = 0;  // subscribers that there are now
  std::uint64_t submissions = 0;
  std::map<std::string, std::uint64_t, std::less<>> refused;           // by rule
  std::map<unsigned, std::uint64_t> httpAnswers;                       // by status
  std::map<std::string, std::uint64_t, std::less<>> handshakesFailed;  // by why
};

/// All that is counted, and where the register stands, in the text form of Prometheus.
[[nodiscard]] std::string figuresText(const Service& service);

}  // namespace consulta
