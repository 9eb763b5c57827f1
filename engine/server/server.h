// A register served over sockets: one thread for all of them, the register's writer, and a thread
// for each command that runs.
//
// Nothing is queued for a peer without a bound: events are read from the log when they can be sent
// (feed.h), and who does not read is left behind and told where to go on.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/runtime/register.h"
#include "engine/server/command_host.h"
#include "engine/server/server_limits.h"
#include "engine/server/spoken.h"
#include "engine/server/tcp_address.h"
#include "engine/server/tls_context.h"
#include "events/result.h"

namespace spdlog {
class logger;
}

namespace consulta {

/// The socket of a register that is served, in its directory.
[[nodiscard]] std::filesystem::path socketOf(const std::filesystem::path& directory);

class Server {
 public:
  /// All of these must outlive it. What has fallen due by the clock is entered while it lives.
  Server(Register& reg, CommandHost& host, spdlog::logger& log, const ServerLimits& limits = {});
  /// Stops.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Listens at a Unix socket; whatever is at `path` is taken for what a server left behind, so the
  /// caller owns the directory. Who may connect is a matter of its permissions.
  [[nodiscard]] Status listen(const std::filesystem::path& path);
  /// With what TLS is spoken: before anybody listens over TCP. They are read again at a SIGHUP, for
  /// whoever connects after it; when they are wrong then, those of before stay in use.
  [[nodiscard]] Status useTls(const TlsFiles& files);
  /// Listens at TCP addresses, all that the host's name has; port 0 is a free one. Returns where.
  /// Whoever connects must show a certificate of one of the authorities, and have a role in the
  /// register.
  [[nodiscard]] Result<std::vector<std::string>> listen(const TcpAddress& address, Spoken spoken);
  /// At a socket that is open already, handed over by a service manager: a Unix socket, or one of
  /// TCP where TLS is used.
  [[nodiscard]] Status listenAt(int descriptor);

  /// Pages of these other sites, each as in "https://intranet.example.org", may open a WebSocket;
  /// without it those of none. Before run().
  void allowOrigins(std::vector<std::string> origins);

  /// Serves until stop(), or a signal that asks for it when `signals`: then nobody else is let in,
  /// subscribers are told where to go on, and what is under way is finished.
  void run(bool signals);
  /// What a SIGHUP does. Threads: any.
  void readCertificatesAgain();
  /// Threads: any.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace consulta
