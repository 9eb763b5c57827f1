#include "engine/server/server.h"

#include <spdlog/logger.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <csignal>
#include <optional>
#include <utility>
#include <vector>

#include "engine/server/channel.h"
#include "engine/server/due_clock.h"
#include "engine/server/greeting.h"
#include "engine/server/log_bell.h"
#include "engine/server/service.h"
#include "engine/server/tls_ports.h"
#include "engine/server/unix_address.h"
#include "engine/server/user_account.h"

namespace consulta {

namespace asio = boost::asio;
using Local = asio::local::stream_protocol;

namespace {

constexpr auto told = asio::as_tuple(asio::use_awaitable);

/// The owner and the group of the directory may connect.
constexpr mode_t socket_rights = 0660;

/// Nothing when the system does not say who it is.
std::optional<Peer> peerOf(int socket) {
  ucred who{};
  socklen_t size = sizeof who;
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) return std::nullopt;
  auto account = accountOf(who.uid);
  return Peer{std::move(account.id), std::move(account.name), "process " + std::to_string(who.pid)};
}

/// AF_UNSPEC: it is no socket.
int familyOf(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return address.ss_family;
}

Failure cannotListen(const std::filesystem::path& path, const boost::system::error_code& why) {
  return unavailable("socket.listen", msg("no socket can be opened at {path}: {why}",
                                          arg("path", path.string()), arg("why", why.message())));
}

}  // namespace

std::filesystem::path socketOf(const std::filesystem::path& directory) {
  return directory / "socket";
}

class Server::Impl {
 public:
  Impl(Register& reg, CommandHost& host, spdlog::logger& log, const ServerLimits& limits)
      : service_(reg, host, limits, log, io_),
        signals_(io_),
        again_(io_),
        tls_(service_),
        bell_(reg, [this] { asio::post(io_, [this] { advanced(); }); }),
        due_(reg, log) {}

  ~Impl() {
    // Answers of the writer and commands that still run post here: they end first.
    stop();
    run(false);
  }

  Status listen(const std::filesystem::path& path) {
    auto address = UnixAddress::of(path);
    if (!address) return std::move(address).failures();
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    boost::system::error_code error;
    Local::acceptor acceptor(io_);
    acceptor.open(Local(), error);
    if (!error) acceptor.bind(Local::endpoint(address->text()), error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return cannotListen(path, error);
    if (::chmod(address->text().c_str(), socket_rights) != 0) {
      return cannotListen(path, {errno, boost::system::system_category()});
    }
    socket_ = path;
    accept(std::move(acceptor));
    return Done{};
  }

  TlsPorts& tls() { return tls_; }

  Status listenAt(int descriptor) {
    // Who is at a TCP socket the system does not say: only a certificate does.
    const int family = familyOf(descriptor);
    if (family != AF_UNIX && family != AF_UNSPEC) {
      if (tls_.areUsed()) return tls_.listenAt(descriptor);
      return usage("socket.family",
                   msg("a socket was handed over that is no Unix socket, and over a network TLS is "
                       "spoken: say with which --certificate, --key and --peers"));
    }
    boost::system::error_code error;
    Local::acceptor acceptor(io_);
    acceptor.assign(Local(), descriptor, error);
    if (error) return cannotListen("descriptor " + std::to_string(descriptor), error);
    accept(std::move(acceptor));
    return Done{};
  }

  void allowOrigins(std::vector<std::string> origins) { service_.origins = std::move(origins); }

  void run(bool signals) {
    if (signals) {
      signals_.add(SIGTERM);
      signals_.add(SIGINT);
      signals_.async_wait([this](const boost::system::error_code& error, int signal) {
        if (error) return;
        service_.log.info("signal {}: stopping", signal);
        stopNow();
      });
      if (tls_.areUsed()) {
        again_.add(SIGHUP);
        readAtSignal();
      }
    }
    io_.restart();
    io_.run();
  }

  void stop() {
    asio::post(io_, [this] { stopNow(); });
  }

  void readAgain() {
    asio::post(io_, [this] { tls_.readAgain(); });
  }

 private:
  void accept(Local::acceptor acceptor) {
    acceptors_.push_back(std::make_unique<Local::acceptor>(std::move(acceptor)));
    asio::co_spawn(io_, accepting(*acceptors_.back()), asio::detached);
  }

  asio::awaitable<void> accepting(Local::acceptor& acceptor) {
    while (acceptor.is_open()) {
      auto [error, socket] = co_await acceptor.async_accept(told);
      if (error == asio::error::operation_aborted) co_return;
      if (error) {
        // No descriptors are left, most likely: those that close free some.
        service_.log.warn("nobody can be let in: {}", error.message());
        asio::steady_timer pause(io_, std::chrono::milliseconds(100));
        co_await pause.async_wait(told);
        continue;
      }
      if (service_.connections() >= service_.limits.connections_max) {
        ++service_.figures.turnedAway;
        service_.log.warn("{} peers are connected; another one is turned away",
                          service_.connections());
        continue;
      }
      auto peer = peerOf(socket.native_handle());
      if (!peer) {
        ++service_.figures.turnedAway;
        service_.log.warn("somebody is turned away: the system does not say who they are");
        continue;
      }
      Greeting::start(service_, channelOver(std::move(socket)), std::move(*peer));
    }
  }

  void readAtSignal() {
    again_.async_wait([this](const boost::system::error_code& error, int) {
      if (error) return;
      tls_.readAgain();
      readAtSignal();
    });
  }

  void advanced() {
    bell_.heard();
    service_.advanced();
  }

  void stopNow() {
    signals_.cancel();
    again_.cancel();
    tls_.close();
    boost::system::error_code ignored;
    for (const auto& one : acceptors_) one->close(ignored);
    if (!socket_.empty()) {
      std::error_code nothing;
      std::filesystem::remove(socket_, nothing);
      socket_.clear();
    }
    service_.stop();
  }

  asio::io_context io_;
  Service service_;
  asio::signal_set signals_;  // which end it
  asio::signal_set again_;    // which have certificates read again
  TlsPorts tls_;
  LogBell bell_;
  DueClock due_;
  std::vector<std::unique_ptr<Local::acceptor>> acceptors_;
  std::filesystem::path socket_;
};

Server::Server(Register& reg, CommandHost& host, spdlog::logger& log, const ServerLimits& limits)
    : impl_(std::make_unique<Impl>(reg, host, log, limits)) {}

Server::~Server() = default;

Status Server::listen(const std::filesystem::path& path) {
  return impl_->listen(path);
}

Status Server::useTls(const TlsFiles& files) {
  return impl_->tls().use(files);
}

Result<std::vector<std::string>> Server::listen(const TcpAddress& address, Spoken spoken) {
  return impl_->tls().listen(address, spoken);
}

Status Server::listenAt(int descriptor) {
  return impl_->listenAt(descriptor);
}

void Server::allowOrigins(std::vector<std::string> origins) {
  impl_->allowOrigins(std::move(origins));
}

void Server::run(bool signals) {
  impl_->run(signals);
}

void Server::readCertificatesAgain() {
  impl_->readAgain();
}

void Server::stop() {
  impl_->stop();
}

}  // namespace consulta
