// A socket of a server that says whatever the test wants.
#pragma once

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>

namespace consulta::test {

/// For one thread.
class RawPeer {
 public:
  explicit RawPeer(const std::filesystem::path& socket)
      : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket.c_str(), sizeof address.sun_path - 1);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  }
  ~RawPeer() { ::close(socket_); }
  RawPeer(const RawPeer&) = delete;
  RawPeer& operator=(const RawPeer&) = delete;

  /// False: the other end has closed.
  bool send(std::string_view bytes) const {
    return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == std::ssize(bytes);
  }
  /// Sends the same byte now and then until the other end closes.
  void drip(char byte) const {
    while (send({&byte, 1})) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  /// Everything until the other end closes.
  [[nodiscard]] std::string readAll() const {
    std::string out;
    std::array<char, 4'096> piece{};
    while (true) {
      const auto got = ::recv(socket_, piece.data(), piece.size(), 0);
      if (got <= 0) return out;
      out.append(piece.data(), static_cast<std::size_t>(got));
    }
  }

 private:
  int socket_;
};

}  // namespace consulta::test
