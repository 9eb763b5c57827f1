#include "engine/server/tls_ports.h"

#include <spdlog/logger.h>
#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>

#include "engine/server/tls_arrival.h"

namespace consulta {

namespace asio = boost::asio;

namespace {

constexpr auto told = asio::as_tuple(asio::use_awaitable);

Failure cannotListen(const std::string& where, const boost::system::error_code& why) {
  return unavailable("socket.listen", msg("no socket can be opened at {path}: {why}",
                                          arg("path", where), arg("why", why.message())));
}

/// Of IPv6 the first half: the rest is the peer's to choose.
std::string networkOf(const asio::ip::address& address) {
  if (address.is_v4()) return address.to_string();
  const auto bytes = address.to_v6().to_bytes();
  return {bytes.begin(), bytes.begin() + bytes.size() / 2};
}

}  // namespace

Status TlsPorts::use(const TlsFiles& files) {
  auto context = TlsContext::ofServer(files);
  if (!context) return std::move(context).failures();
  files_ = files;
  context_ = std::move(*context);
  if (context_->hasExpired()) {
    service_.log.error(
        "the certificate has expired, and whoever connects over TLS will refuse it: "
        "{}",
        context_->certificateText());
  }
  return Done{};
}

void TlsPorts::readAgain() {
  auto context = TlsContext::ofServer(files_);
  if (!context) {
    service_.log.error("the certificates are used as they were read before: {}",
                       inEnglish(context.failures().front().text));
  } else if (context->hasExpired()) {
    service_.log.error("the certificates are used as they were read before: {} has expired: {}",
                       files_.certificate.string(), context->certificateText());
  } else {
    context_ = std::move(*context);
    service_.log.info("the certificates were read again: {}", context_->certificateText());
  }
}

Result<std::vector<std::string>> TlsPorts::listen(const TcpAddress& address, Spoken spoken) {
  const auto asked = tcpAddressText(address.host, address.port);
  boost::system::error_code error;
  Tcp::resolver resolver(service_.io);
  const auto found =
      resolver.resolve(address.host, std::to_string(address.port),
                       Tcp::resolver::passive | Tcp::resolver::numeric_service, error);
  if (error) return cannotListen(asked, error);
  std::vector<std::string> out;
  for (const auto& one : found) {
    const auto endpoint = one.endpoint();
    Tcp::acceptor acceptor(service_.io);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
    // [::] is IPv6 only, so that it and 0.0.0.0 may both be asked for, on any system.
    if (!error && endpoint.address().is_v6()) {
      acceptor.set_option(asio::ip::v6_only(true), error);
    }
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    Tcp::endpoint bound;
    if (!error) bound = acceptor.local_endpoint(error);
    if (error) return cannotListen(asked, error);
    out.push_back(tcpAddressText(bound.address().to_string(), bound.port()));
    accept(std::move(acceptor), spoken);
  }
  return out;
}

Status TlsPorts::listenAt(int descriptor) {
  boost::system::error_code error;
  Tcp::acceptor acceptor(service_.io);
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  acceptor.assign(address.ss_family == AF_INET6 ? Tcp::v6() : Tcp::v4(), descriptor, error);
  if (error) return cannotListen("descriptor " + std::to_string(descriptor), error);
  accept(std::move(acceptor), Spoken::both);
  return Done{};
}

void TlsPorts::accept(Tcp::acceptor acceptor, Spoken spoken) {
  ports_.push_back(std::make_unique<Port>(Port{std::move(acceptor), spoken}));
  asio::co_spawn(service_.io, accepting(*ports_.back()), asio::detached);
}

/// Of whom nothing is known there are never so many that they take the places of the others.
bool TlsPorts::hasRoom() const {
  const auto& limits = service_.limits;
  const auto sockets = static_cast<std::size_t>(place_.use_count() - 1);
  return service_.connections() < limits.connections_max && sockets < limits.connections_max &&
         service_.figures.arriving < limits.arrivals_max;
}

std::shared_ptr<const void> TlsPorts::placeFor(const asio::ip::address& from) {
  std::erase_if(arriving_, [](const auto& one) { return one.second.expired(); });
  auto& known = arriving_[networkOf(from)];
  auto place = known.lock();
  if (!place) {
    place = std::make_shared<const int>();
    known = place;
  }
  const auto others = static_cast<std::size_t>(place.use_count() - 1);
  return others < service_.limits.arrivals_of_address_max ? place : nullptr;
}

asio::awaitable<void> TlsPorts::accepting(Port& port) {
  while (port.acceptor.is_open()) {
    auto [error, socket] = co_await port.acceptor.async_accept(told);
    if (error == asio::error::operation_aborted) co_return;
    if (error) {
      service_.log.warn("nobody can be let in: {}", error.message());
      asio::steady_timer pause(service_.io, std::chrono::milliseconds(100));
      co_await pause.async_wait(told);
      continue;
    }
    if (!hasRoom()) {
      ++service_.figures.turnedAway;
      service_.log.warn(
          "{} peers are connected, {} of them are about to show who they are; another "
          "one is turned away",
          service_.connections(), service_.figures.arriving);
      continue;
    }
    boost::system::error_code gone;
    const auto from = socket.remote_endpoint(gone).address();
    if (gone) continue;
    auto place = placeFor(from);
    if (!place) {
      ++service_.figures.turnedAway;
      service_.log.warn(
          "{} of those who are about to show who they are come from {}; another one "
          "is turned away",
          service_.limits.arrivals_of_address_max, from.to_string());
      continue;
    }
    TlsArrival::start(service_, std::move(socket), *context_, port.spoken,
                      {place_, std::move(place)});
  }
}

void TlsPorts::close() {
  boost::system::error_code ignored;
  for (const auto& one : ports_) one->acceptor.close(ignored);
}

}  // namespace consulta
