#include "engine/server/web_socket.h"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <exception>
#include <tuple>
#include <utility>
#include <vector>

namespace consulta {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace {

using boost::system::error_code;
using Steady = std::chrono::steady_clock;

constexpr auto told = asio::as_tuple(asio::use_awaitable);
/// No message is wanted, so none has to be longer than what is said beside messages.
constexpr std::size_t message_bytes_max = 125;

/// What came of reading or writing.
struct Moved {
  error_code error;
  std::size_t bytes = 0;
};

/// A channel as Beast wants a stream to be. What is under way at the channel is a coroutine of its
/// own, which ends with what Beast waits for.
// NOLINTBEGIN(readability-identifier-naming): the names are Asio's and Beast's.
class ChannelStream {
 public:
  using executor_type = asio::any_io_executor;

  ChannelStream(executor_type executor, Channel& channel, RateLimit& rate)
      : executor_(std::move(executor)), channel_(channel), rate_(rate) {}

  [[nodiscard]] executor_type get_executor() const { return executor_; }
  void close() { channel_.close(); }

  template <typename Buffers, typename Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    // One buffer will do: some is what is asked for.
    asio::mutable_buffer into;
    for (auto one = asio::buffer_sequence_begin(buffers);
         into.size() == 0 && one != asio::buffer_sequence_end(buffers); ++one) {
      into = *one;
    }
    return moved(std::forward<Token>(token), [this, into] { return reading(into); });
  }

  template <typename Buffers, typename Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    std::vector<asio::const_buffer> bytes(asio::buffer_sequence_begin(buffers),
                                          asio::buffer_sequence_end(buffers));
    return moved(std::forward<Token>(token),
                 [this, bytes = std::move(bytes)] { return writing(bytes); });
  }

 private:
  template <typename Token, typename Move>
  auto moved(Token&& token, Move move) {
    return asio::async_initiate<Token, void(error_code, std::size_t)>(
        [executor = executor_](auto handler, Move how) {
          asio::co_spawn(executor, how(),
                         [handler = std::move(handler)](const std::exception_ptr& broken,
                                                        Moved how_far) mutable {
                           if (broken) std::rethrow_exception(broken);
                           std::move(handler)(how_far.error, how_far.bytes);
                         });
        },
        token, std::move(move));
  }

  asio::awaitable<Moved> reading(asio::mutable_buffer into) {
    Moved out;
    rate_.count(Steady::now());
    if (rate_.until() > Steady::now()) {
      asio::steady_timer pause(executor_, rate_.until());
      co_await pause.async_wait(told);
    }
    if (into.size() > 0) out.bytes = co_await channel_.read(into, out.error);
    co_return out;
  }

  asio::awaitable<Moved> writing(std::vector<asio::const_buffer> bytes) {
    Moved out;
    out.bytes = asio::buffer_size(bytes);
    co_await channel_.write(std::move(bytes), out.error);
    if (out.error) out.bytes = 0;
    co_return out;
  }

  executor_type executor_;
  Channel& channel_;
  RateLimit& rate_;
};

// How Beast closes a stream.

template <typename Handler>
void async_teardown(beast::role_type, ChannelStream& stream, Handler&& handler) {
  stream.close();
  asio::post(stream.get_executor(), [handler = std::forward<Handler>(handler)]() mutable {
    std::move(handler)(error_code());
  });
}

void beast_close_socket(ChannelStream& stream) {
  stream.close();
}
// NOLINTEND(readability-identifier-naming)

}  // namespace

struct WebSocket::Parts {
  Parts(const asio::any_io_executor& executor, Channel& channel, RateLimit& rate)
      : stream(executor, channel, rate) {}

  beast::websocket::stream<ChannelStream, false> stream;  // nothing is compressed
};

WebSocket::WebSocket(const asio::any_io_executor& executor, Channel& channel, RateLimit& rate)
    : parts_(std::make_unique<Parts>(executor, channel, rate)) {
  auto& stream = parts_->stream;
  stream.text(true);
  stream.auto_fragment(false);
  stream.read_message_max(message_bytes_max);
  stream.control_callback(
      [&rate](beast::websocket::frame_type, beast::string_view) { rate.count(Steady::now()); });
  stream.set_option(
      beast::websocket::stream_base::decorator([](beast::websocket::response_type& answer) {
        answer.set(http::field::server, "consulta");
      }));
}

WebSocket::~WebSocket() = default;

asio::awaitable<void> WebSocket::accept(std::string key, error_code& error) {
  // What else the request said has been looked at.
  http::request<http::empty_body> request(http::verb::get, "/", 11);
  request.set(http::field::host, "consulta");
  request.set(http::field::connection, "upgrade");
  request.set(http::field::upgrade, "websocket");
  request.set(http::field::sec_websocket_version, "13");
  request.set(http::field::sec_websocket_key, key);
  std::tie(error) = co_await parts_->stream.async_accept(request, told);
}

asio::awaitable<void> WebSocket::write(std::string message, error_code& error) {
  const auto [failed, count] = co_await parts_->stream.async_write(asio::buffer(message), told);
  error = failed;
}

asio::awaitable<void> WebSocket::close(Code code, std::string reason) {
  static constexpr std::size_t reason_bytes_max = 123;
  reason.resize(std::min(reason.size(), reason_bytes_max));
  const beast::websocket::close_reason why(static_cast<beast::websocket::close_code>(code), reason);
  co_await parts_->stream.async_close(why, told);
}

asio::awaitable<bool> WebSocket::listen() {
  std::array<char, 1> first{};
  const auto [error, count] = co_await parts_->stream.async_read_some(asio::buffer(first), told);
  co_return !error;
}

}  // namespace consulta
