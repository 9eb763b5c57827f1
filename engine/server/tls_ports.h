// The TCP addresses at which a register is served over TLS, and what is shown and believed there.
// Inside part of the server.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/server/service.h"
#include "engine/server/spoken.h"
#include "engine/server/tcp_address.h"
#include "engine/server/tls_context.h"

namespace consulta {

/// Threads: the one for sockets, or before it runs.
class TlsPorts {
 public:
  /// It must outlive this.
  explicit TlsPorts(Service& service) : service_(service) {}

  /// With what connections are made from now on. Before it nobody can listen.
  [[nodiscard]] Status use(const TlsFiles& files);
  /// Reads the same files again, for those who connect from now on. When they are wrong what was
  /// read before stays in use, and the log says so.
  void readAgain();
  [[nodiscard]] bool areUsed() const { return context_.has_value(); }

  /// Listens wherever the name leads to; the addresses, with the ports that were picked where 0 was
  /// asked for.
  [[nodiscard]] Result<std::vector<std::string>> listen(const TcpAddress& address, Spoken spoken);
  /// At a socket that is open already.
  [[nodiscard]] Status listenAt(int descriptor);
  void close();

 private:
  using Tcp = boost::asio::ip::tcp;
  struct Port {
    Tcp::acceptor acceptor;
    Spoken spoken;
  };
  void accept(Tcp::acceptor acceptor, Spoken spoken);
  boost::asio::awaitable<void> accepting(Port& port);
  [[nodiscard]] bool hasRoom() const;
  /// A place among those who arrive from there; none when that many do already.
  [[nodiscard]] std::shared_ptr<const void> placeFor(const boost::asio::ip::address& from);

  Service& service_;
  TlsFiles files_;
  std::optional<TlsContext> context_;
  std::vector<std::unique_ptr<Port>> ports_;
  // Each socket has a copy as long as it is open: those too that are about to close, which are no
  // connections of the service any more.
  const std::shared_ptr<const int> place_ = std::make_shared<const int>();
  // By address, or network: each of those who arrive from there holds it until it is known who
  // they are.
  std::map<std::string, std::weak_ptr<const int>> arriving_;
};

}  // namespace consulta
