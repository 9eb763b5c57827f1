// Text messages to a peer that asked for a WebSocket (RFC 6455) in a request of HTTP. Inside part
// of the server.
//
// Boost.Beast does it, behind this header because its own take long to read.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "engine/server/channel.h"
#include "engine/server/rate_limit.h"

namespace consulta {

/// Threads: the one for sockets. Nothing is kept for the peer, and nothing of what it says.
class WebSocket {
 public:
  /// Why one is closed, by the numbers of the protocol.
  enum class Code : std::uint16_t {
    done = 1000,
    goingAway = 1001,
    unwanted = 1003,  // what the peer has said
    refused = 1008,   // what it asked for
    failed = 1011,
  };

  /// Over the channel that the request came through. What comes of the peer is counted in
  /// `rate`. Both must outlive it.
  WebSocket(const boost::asio::any_io_executor& executor, Channel& channel, RateLimit& rate);
  ~WebSocket();
  WebSocket(const WebSocket&) = delete;
  WebSocket& operator=(const WebSocket&) = delete;

  /// Answers a handshake with that key. This, write() and close() are for one at a time.
  boost::asio::awaitable<void> accept(std::string key, boost::system::error_code& error);
  boost::asio::awaitable<void> write(std::string message, boost::system::error_code& error);
  /// Tells the peer why, and waits for its answer. The reason has at most 123 bytes; what is longer
  /// is cut off.
  boost::asio::awaitable<void> close(Code code, std::string reason);

  /// Answers pings, meanwhile. False: the channel is closed, as the peer has said good-bye, is gone
  /// or broke the protocol, of which it was told. True: the peer begins to say something.
  boost::asio::awaitable<bool> listen();

 private:
  struct Parts;
  const std::unique_ptr<Parts> parts_;
};

}  // namespace consulta
