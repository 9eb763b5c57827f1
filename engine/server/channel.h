// A stream of bytes to a peer, whatever it runs over. Inside part of the server.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace consulta {

/// Threads: the one for sockets. Reading and writing may be under way at the same time.
class Channel {
 public:
  Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  virtual ~Channel() = default;

  /// At least one byte, or an error. The memory must live until then.
  virtual boost::asio::awaitable<std::size_t> read(boost::asio::mutable_buffer into,
                                                   boost::system::error_code& error) = 0;
  /// All of them, or an error. Likewise.
  virtual boost::asio::awaitable<void> write(std::vector<boost::asio::const_buffer> bytes,
                                             boost::system::error_code& error) = 0;
  /// What is under way ends with an error.
  virtual void close() = 0;
};

[[nodiscard]] std::unique_ptr<Channel> channelOver(
    boost::asio::local::stream_protocol::socket socket);

/// The same one, of which these bytes have been read already: they are read first.
[[nodiscard]] std::unique_ptr<Channel> channelThatBegan(std::unique_ptr<Channel> channel,
                                                        std::string begun);

}  // namespace consulta
