// One connection that speaks the event protocol (protocol.capnp). Inside part of the server.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>

#include "engine/server/channel.h"
#include "engine/server/frame.h"
#include "engine/server/native_command.h"
#include "engine/server/native_subscription.h"
#include "engine/server/outbox.h"
#include "engine/server/peer.h"
#include "engine/server/rate_limit.h"
#include "engine/server/service.h"
#include "engine/server/wire.h"

namespace consulta {

/// Lives as long as something of it is under way. Threads: the one for sockets.
class NativeConnection final : public Connection,
                               public std::enable_shared_from_this<NativeConnection> {
 public:
  /// Speaks with the peer until one of the two has had enough.
  static void start(Service& service, std::unique_ptr<Channel> channel, Peer peer);
  NativeConnection(Service& service, std::unique_ptr<Channel> channel, Peer peer);

  void advanced() override;
  void stop() override;

  /// For its parts: what is to be sent. After the connection has closed it goes nowhere.
  void send(SharedBytes bytes, std::function<void()> sent = {});
  [[nodiscard]] bool hasRoom() const;
  [[nodiscard]] Service& service() const { return service_; }
  [[nodiscard]] const Peer& peer() const { return peer_; }
  void commandEnded(std::uint32_t request);

 private:
  using Time = std::chrono::steady_clock::time_point;

  boost::asio::awaitable<void> receiving();
  boost::asio::awaitable<void> sending();
  boost::asio::awaitable<void> watching();
  /// Handles what has come. True: it stopped because too much is unsent or unanswered,
  /// or was asked in too short a time.
  [[nodiscard]] bool handleAll();
  [[nodiscard]] bool takesMore() const;
  void look();
  void close();
  /// Says why, and closes once that has been sent.
  void end(const Failures& failures);
  void closeWhenDone();
  void pumpAll();

  // native_requests.cc
  void handle(wire::ToServer::Reader message);
  void hello(std::uint32_t request, wire::Hello::Reader hello);
  void submit(std::uint32_t request, wire::Submit::Reader submit);
  void forgetSubmission(std::uint32_t request);
  void submitted(std::uint32_t request, const Result<Receipt>& receipt, bool dry);
  void subscribe(std::uint32_t request, wire::Subscribe::Reader subscribe);
  void hold(std::uint32_t request, Position position, const Hold& how);
  void pong(std::uint32_t request);
  /// Takes what a consumer says of what it was sent: `say` tells its subscription.
  void handled(std::uint32_t request, const std::function<Status(NativeSubscription&)>& say);
  void run(std::uint32_t request, wire::Run::Reader run);
  void cancel(std::uint32_t request);
  void refuse(std::uint32_t request, const Failures& failures);
  [[nodiscard]] bool isOpen(std::uint32_t request) const;
  [[nodiscard]] std::size_t openRequests() const;
  [[nodiscard]] LogPlace lastPlace() const;

  Service& service_;
  const std::unique_ptr<Channel> channel_;
  const Peer peer_;
  FrameReader frames_;
  RateLimit rate_;
  Outbox outbox_;
  boost::asio::steady_timer toSend_;  // cancelled when there is something to send
  boost::asio::steady_timer room_;    // ... when there is room again, or ends when a pause does
  boost::asio::steady_timer watch_;
  bool closed_ = false;
  bool ending_ = false;  // nothing more is read; it closes once all is sent
  bool stopping_ = false;
  bool pumping_ = false;  // posted, not begun
  bool reading_ = false;  // a read is under way
  const Time began_;
  Time lastHeard_;
  Time frameBegan_;  // of the frame that is not whole: when its first bytes came, or could come
  Time stoppedAt_;
  Time writingSince_;  // of the write that is under way
  bool writing_ = false;

  ActorId actor_;                                     // none before hello
  std::map<std::uint32_t, std::size_t> submissions_;  // the bytes of each
  std::size_t submittedBytes_ = 0;                    // of all that are not answered
  std::map<std::uint32_t, NativeSubscription> subscriptions_;
  std::map<std::uint32_t, std::shared_ptr<NativeCommand>> commands_;
};

}  // namespace consulta
