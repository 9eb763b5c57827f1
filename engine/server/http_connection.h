// One connection that speaks HTTP: a request at a time, each answered before the next is read;
// perhaps it goes on as a WebSocket. Inside part of the server.
//
// Nothing is queued for the peer: what it is sent is made when the bytes before have gone out, so
// who reads slowly costs no memory and holds nobody up.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/server/channel.h"
#include "engine/server/event_text.h"
#include "engine/server/feed.h"
#include "engine/server/http_message.h"
#include "engine/server/http_routes.h"
#include "engine/server/peer.h"
#include "engine/server/rate_limit.h"
#include "engine/server/service.h"
#include "engine/server/web_socket.h"

namespace consulta {

/// Lives as long as something of it is under way. Threads: the one for sockets.
class HttpConnection final : public Connection,
                             public std::enable_shared_from_this<HttpConnection> {
 public:
  /// Answers the peer until one of the two has had enough.
  static void start(Service& service, std::unique_ptr<Channel> channel, Peer peer);
  HttpConnection(Service& service, std::unique_ptr<Channel> channel, Peer peer);

  void advanced() override;
  void stop() override;

 private:
  using Steady = std::chrono::steady_clock;
  using Time = Steady::time_point;
  using Request = std::shared_ptr<const HttpRequest>;

  boost::asio::awaitable<void> serving();
  boost::asio::awaitable<void> watching();
  /// None: the connection is over.
  boost::asio::awaitable<Request> nextRequest();
  /// Counts a request, and waits when there were too many.
  boost::asio::awaitable<void> pace();
  boost::asio::awaitable<void> handle(Request request);
  boost::asio::awaitable<void> answer(HttpAnswer answer, bool keepsAlive, bool headOnly = false);
  /// (A list in braces here, awaited, is more than g++ 12 can compile.)
  boost::asio::awaitable<void> refuse(Failures failures, const HttpRequest& request);
  /// As they stand, or as a message of the WebSocket. False: the connection has closed.
  boost::asio::awaitable<bool> write(std::string bytes);
  /// Until something has changed, or that moment.
  boost::asio::awaitable<void> change(Time until = Time::max());
  [[nodiscard]] bool isLate(Time now) const;
  void look();
  void close();
  void count(const Failures& failures);
  /// Whether its peer may ask for what is not for everybody.
  [[nodiscard]] Status admit();

  boost::asio::awaitable<void> enter(Request request);
  boost::asio::awaitable<void> run(Request request, CommandLine line, const HttpRoute& route);
  // http_events.cc
  boost::asio::awaitable<void> follow(Request request);
  boost::asio::awaitable<void> follow(Request request, Feed feed, EventForm form);
  boost::asio::awaitable<void> upgrade(std::string key);
  boost::asio::awaitable<void> listening();
  boost::asio::awaitable<void> leave(WebSocket::Code code, std::string why);

  Service& service_;
  const std::unique_ptr<Channel> channel_;
  const Peer peer_;
  HttpReader reader_;
  RateLimit rate_;
  std::unique_ptr<WebSocket> socket_;  // over the channel, once it was asked for
  boost::asio::steady_timer wake_;     // cancelled when what an answer waits for has changed
  boost::asio::steady_timer watch_;
  bool closed_ = false;
  bool stopping_ = false;
  bool spoken_ = false;   // through the WebSocket, where nothing is to be said
  bool reading_ = false;  // a read, or a write, is under way
  bool writing_ = false;
  Time lastHeard_;
  Time requestBegan_;
  Time writingSince_;
  Time stoppedAt_;
  ActorId actor_;  // none before it was admitted, and of who needs no role
};

}  // namespace consulta
