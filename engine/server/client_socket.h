// The bytes between a client and its server, whatever they run over. Inside part of client.h.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "engine/server/tcp_address.h"
#include "engine/server/tls_context.h"
#include "events/result.h"

namespace consulta {

/// For one thread; every call blocks. Unavailable, with the rule "server.lost", once the server has
/// gone.
class ClientSocket {
 public:
  ClientSocket() = default;
  ClientSocket(const ClientSocket&) = delete;
  ClientSocket& operator=(const ClientSocket&) = delete;
  virtual ~ClientSocket() = default;

  /// All of it.
  [[nodiscard]] virtual Status send(std::string_view bytes) = 0;
  /// At least one byte.
  [[nodiscard]] virtual Result<std::size_t> receive(std::span<char> into) = 0;

  /// Unavailable, with the rule "server.absent", when nobody serves there.
  [[nodiscard]] static Result<std::unique_ptr<ClientSocket>> connect(
      const std::filesystem::path& socket);
  /// Likewise over TCP with TLS: the server must show a certificate for that very host of one of
  /// the authorities, and is shown ours. A network that is silent is given up after some seconds.
  [[nodiscard]] static Result<std::unique_ptr<ClientSocket>> connect(const TcpAddress& address,
                                                                     const TlsFiles& files);
};

/// What becomes of requests when a server has gone; `why` may be an errno's.
[[nodiscard]] Failure serverLost(std::string_view why);
[[nodiscard]] Failure serverAbsent(std::string_view where, std::string_view why);

}  // namespace consulta
