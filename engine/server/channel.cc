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

class BegunChannel final : public Channel {
 public:
  BegunChannel(std::unique_ptr<Channel> channel, std::string begun)
      : channel_(std::move(channel)), begun_(std::move(begun)) {}

  asio::awaitable<std::size_t> read(asio::mutable_buffer into,
                                    boost::system::error_code& error) override {
    if (begun_.empty()) co_return co_await channel_->read(into, error);
    const auto count = asio::buffer_copy(into, asio::buffer(begun_));
    begun_.erase(0, count);
    error.clear();
    co_return count;
  }

  asio::awaitable<void> write(std::vector<asio::const_buffer> bytes,
                              boost::system::error_code& error) override {
    return channel_->write(std::move(bytes), error);
  }

  void close() override { channel_->close(); }

 private:
  const std::unique_ptr<Channel> channel_;
  std::string begun_;
};

}  // namespace

std::unique_ptr<Channel> channelThatBegan(std::unique_ptr<Channel> channel, std::string begun) {
  return std::make_unique<BegunChannel>(std::move(channel), std::move(begun));
}

std::unique_ptr<Channel> channelOver(asio::local::stream_protocol::socket socket) {
  return std::make_unique<LocalChannel>(std::move(socket));
}

}  // namespace consulta
