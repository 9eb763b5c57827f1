#include "engine/server/channel.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace consulta {

namespace asio = boost::asio;

namespace {

constexpr auto told = asio::as_tuple(asio::use_awaitable);

class LocalChannel final : public Channel {
 public:
  explicit LocalChannel(asio::local::stream_protocol::socket socket) : socket_(std::move(socket)) {}

  asio::awaitable<std::size_t> read(asio::mutable_buffer into,
                                    boost::system::error_code& error) override {
    const auto [failed, count] = co_await socket_.async_read_some(into, told);
    error = failed;
    co_return count;
  }

  asio::awaitable<void> write(std::vector<asio::const_buffer> bytes,
                              boost::system::error_code& error) override {
    const auto [failed, count] = co_await asio::async_write(socket_, bytes, told);
    error = failed;
  }

  void close() override {
    boost::system::error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_both, ignored);
    socket_.close(ignored);
  }

 private:
  asio::local::stream_protocol::socket socket_;
};

}  // namespace

std::unique_ptr<Channel> channelOver(asio::local::stream_protocol::socket socket) {
  return std::make_unique<LocalChannel>(std::move(socket));
}

}  // namespace consulta
