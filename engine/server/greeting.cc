#include "engine/server/greeting.h"

#include <spdlog/logger.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>
#include <vector>

#include "engine/server/frame.h"
#include "engine/server/http_connection.h"
#include "engine/server/native_connection.h"
#include "engine/server/wire.h"

namespace consulta {

namespace asio = boost::asio;

namespace {

constexpr auto told = asio::as_tuple(asio::use_awaitable);

/// A frame begins with its length, the highest byte last; a request of HTTP with a method, in
/// letters. As a length these would be half a gigabyte, which is beyond any bound.
bool isHttp(const std::string& first) {
  static_assert(limits::frame_bytes_max < std::size_t{' '} << 24U);
  return std::ranges::all_of(first,
                             [](char one) { return one == ' ' || (one >= 'A' && one <= 'Z'); });
}

}  // namespace

void Greeting::start(Service& service, std::unique_ptr<Channel> channel, Peer peer, Spoken spoken) {
  const auto made =
      std::make_shared<Greeting>(service, std::move(channel), std::move(peer), spoken);
  service.enter(made);
  asio::co_spawn(service.io, made->receiving(), asio::detached);
  asio::co_spawn(service.io, made->watching(), asio::detached);
}

Greeting::Greeting(Service& service, std::unique_ptr<Channel> channel, Peer peer, Spoken spoken)
    : service_(service),
      channel_(std::move(channel)),
      peer_(std::move(peer)),
      spoken_(spoken),
      late_(service.io, service.limits.hello) {}

void Greeting::close() {
  if (channel_) channel_->close();
  late_.cancel();
}

asio::awaitable<void> Greeting::receiving() {
  const auto self = shared_from_this();
  std::string begun;
  boost::system::error_code error;
  while (begun.size() < frame_length_bytes && !error) {
    std::array<char, frame_length_bytes> bytes{};
    const auto count = co_await channel_->read(
        asio::buffer(bytes.data(), frame_length_bytes - begun.size()), error);
    if (!error) begun.append(bytes.data(), count);
  }
  service_.leave(self);
  late_.cancel();
  if (error || over_ || service_.stopping()) {
    channel_->close();
    co_return;
  }
  const bool http = isHttp(begun);
  if (!http && spoken_ == Spoken::http) {
    co_return co_await refuse(usage("port.http", msg("at this address HTTP is spoken, and not the "
                                                     "event protocol; ask for the other one")));
  }
  auto rest = channelThatBegan(std::move(channel_), std::move(begun));
  if (http) {
    HttpConnection::start(service_, std::move(rest), std::move(peer_));
  } else {
    NativeConnection::start(service_, std::move(rest), std::move(peer_));
  }
}

asio::awaitable<void> Greeting::watching() {
  const auto self = shared_from_this();
  const auto [cancelled] = co_await late_.async_wait(told);
  if (cancelled || !channel_) co_return;
  over_ = true;
  co_await refuse(usage("hello.late", msg("nothing was said for too long. Begin with hello")));
}

asio::awaitable<void> Greeting::refuse(Failure why) {
  service_.countRefusal(peer_, Failures(1, why));
  const auto bytes = refusal(service_.reg.id(), 0, Failures(1, std::move(why)));
  const std::vector<asio::const_buffer> all{asio::buffer(*bytes)};
  boost::system::error_code error;
  co_await channel_->write(all, error);
  channel_->close();
}

}  // namespace consulta
