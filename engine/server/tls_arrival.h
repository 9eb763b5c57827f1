// Somebody who has connected over TCP, until it is known who: the handshake of TLS, within its
// time. Inside part of the server.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "engine/server/service.h"
#include "engine/server/spoken.h"
#include "engine/server/tls_channel.h"

namespace consulta {

/// What a connection takes from others as long as it does: a socket until that has closed, and a
/// place among those of whom nothing is known yet.
struct ArrivalPlaces {
  std::shared_ptr<const void> ofSocket;
  std::shared_ptr<const void> ofArrival;
};

/// Hands the connection on with the account of its certificate, or counts and logs why not.
/// Threads: the one for sockets.
class TlsArrival final : public Connection, public std::enable_shared_from_this<TlsArrival> {
 public:
  static void start(Service& service, boost::asio::ip::tcp::socket socket,
                    const TlsContext& context, Spoken spoken, ArrivalPlaces places);
  TlsArrival(Service& service, std::unique_ptr<TlsChannel> channel, std::string where,
             Spoken spoken, std::shared_ptr<const void> place);

  void advanced() override {}
  void stop() override { close(); }

 private:
  boost::asio::awaitable<void> arriving();
  boost::asio::awaitable<void> watching();
  void close();
  void turnAway(std::string_view reason, std::string_view text);

  Service& service_;
  std::unique_ptr<TlsChannel> channel_;  // none once it was handed on
  const std::string where_;
  const Spoken spoken_;
  std::shared_ptr<const void> place_;
  boost::asio::steady_timer late_;
  bool isLate_ = false;
};

}  // namespace consulta
