// The first bytes of a connection: they show which protocol it speaks, so that one socket has both.
// Inside part of the server.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>

#include "engine/server/channel.h"
#include "engine/server/peer.h"
#include "engine/server/service.h"
#include "engine/server/spoken.h"

namespace consulta {

/// Waits for them and hands the connection on. Threads: the one for sockets.
class Greeting final : public Connection, public std::enable_shared_from_this<Greeting> {
 public:
  static void start(Service& service, std::unique_ptr<Channel> channel, Peer peer,
                    Spoken spoken = Spoken::both);
  Greeting(Service& service, std::unique_ptr<Channel> channel, Peer peer, Spoken spoken);

  void advanced() override {}
  void stop() override { close(); }

 private:
  boost::asio::awaitable<void> receiving();
  boost::asio::awaitable<void> watching();
  /// Says why nothing more is read, and closes.
  boost::asio::awaitable<void> refuse(Failure why);
  void close();

  Service& service_;
  std::unique_ptr<Channel> channel_;  // none once it was handed on
  Peer peer_;
  const Spoken spoken_;
  boost::asio::steady_timer late_;
  bool over_ = false;  // it is told that it is late, whatever comes meanwhile
};

}  // namespace consulta
