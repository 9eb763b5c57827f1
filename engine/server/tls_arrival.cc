#include "engine/server/tls_arrival.h"

#include <netinet/tcp.h>
#include <spdlog/logger.h>
#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>

#include "engine/server/greeting.h"
#include "engine/server/tcp_address.h"
#include "events/values/utf8.h"

namespace consulta {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

namespace {

constexpr auto told = asio::as_tuple(asio::use_awaitable);

/// A peer whose machine or network has gone says nothing of it: after so long without a word it is
/// asked, and given up after a few questions.
constexpr int silent_s = 60;
constexpr int asked_every_s = 10;
constexpr int questions = 3;

void setOption(int socket, int level, int option, int value) {
  ::setsockopt(socket, level, option, &value, sizeof value);  // without it all works, less well
}

/// What is sent goes out at once, and who takes nothing of it is given up, a while after the
/// connection itself should have noticed.
void prepare(Tcp::socket& socket, std::chrono::milliseconds stall) {
  const int it = socket.native_handle();
  setOption(it, IPPROTO_TCP, TCP_NODELAY, 1);
  setOption(it, SOL_SOCKET, SO_KEEPALIVE, 1);
  setOption(it, IPPROTO_TCP, TCP_KEEPIDLE, silent_s);
  setOption(it, IPPROTO_TCP, TCP_KEEPINTVL, asked_every_s);
  setOption(it, IPPROTO_TCP, TCP_KEEPCNT, questions);
  setOption(it, IPPROTO_TCP, TCP_USER_TIMEOUT, static_cast<int>(2 * stall.count()));
}

std::string whereIs(const Tcp::socket& socket) {
  boost::system::error_code gone;
  const auto there = socket.remote_endpoint(gone);
  return "tls " + (gone ? "somewhere" : tcpAddressText(there.address().to_string(), there.port()));
}

}  // namespace

void TlsArrival::start(Service& service, Tcp::socket socket, const TlsContext& context,
                       Spoken spoken, ArrivalPlaces places) {
  prepare(socket, service.limits.stall);
  auto where = whereIs(socket);
  const auto made = std::make_shared<TlsArrival>(
      service, tlsChannelOver(std::move(socket), context, std::move(places.ofSocket)),
      std::move(where), spoken, std::move(places.ofArrival));
  ++service.figures.arriving;
  service.enter(made);
  asio::co_spawn(service.io, made->arriving(), asio::detached);
  asio::co_spawn(service.io, made->watching(), asio::detached);
}

TlsArrival::TlsArrival(Service& service, std::unique_ptr<TlsChannel> channel, std::string where,
                       Spoken spoken, std::shared_ptr<const void> place)
    : service_(service),
      channel_(std::move(channel)),
      where_(std::move(where)),
      spoken_(spoken),
      place_(std::move(place)),
      late_(service.io, service.limits.hello) {}

void TlsArrival::close() {
  if (channel_) channel_->close();
}

void TlsArrival::turnAway(std::string_view reason, std::string_view text) {
  ++service_.figures.handshakesFailed[std::string(reason)];
  service_.log.warn("{} is not let in: {}", where_, forTerminal(text));
  close();
}

asio::awaitable<void> TlsArrival::arriving() {
  const auto self = shared_from_this();
  const auto shaken = co_await channel_->shakeHands();
  --service_.figures.arriving;
  place_.reset();
  service_.leave(self);
  late_.cancel();
  if (service_.stopping()) {
    close();
  } else if (isLate_) {
    turnAway("late", "it did not finish the handshake in time");
  } else if (!shaken.holder) {
    turnAway(shaken.reason, shaken.text);
  } else {
    Peer peer{shaken.holder->account, shaken.holder->name, where_, true};
    Greeting::start(service_, std::move(channel_), std::move(peer), spoken_);
  }
}

asio::awaitable<void> TlsArrival::watching() {
  const auto self = shared_from_this();
  const auto [cancelled] = co_await late_.async_wait(told);
  if (cancelled) co_return;
  isLate_ = true;
  close();
}

}  // namespace consulta
