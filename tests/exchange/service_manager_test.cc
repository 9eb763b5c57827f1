// A server that a service manager starts: with sockets that are open already, and telling it how
// things stand.
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/cli/desk.h"
#include "tests/exchange/server_process.h"

namespace consulta::test {

namespace {

/// A Unix socket at a path of its own.
class OwnSocket {
 public:
  OwnSocket(int kind, const std::string& path)
      : socket_(::socket(AF_UNIX, kind | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    REQUIRE(path.size() < sizeof address.sun_path);
    std::memcpy(address.sun_path, path.data(), path.size());
    REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    if (kind == SOCK_STREAM) REQUIRE(::listen(socket_, 16) == 0);
  }
  ~OwnSocket() { ::close(socket_); }
  OwnSocket(const OwnSocket&) = delete;
  OwnSocket& operator=(const OwnSocket&) = delete;

  [[nodiscard]] int descriptor() const { return socket_; }
  [[nodiscard]] std::string received() const {
    std::array<char, 256> bytes{};
    const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    return {bytes.data(), count < 0 ? 0 : static_cast<std::size_t>(count)};
  }

 private:
  int socket_;
};

}  // namespace

TEST_CASE("a service manager hands a server its socket, and is told when it is ready and stops") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto path = desk.data() + "/socket";
  const OwnSocket listening(SOCK_STREAM, path);
  const auto manager = desk.file("manager").string();
  const OwnSocket told(SOCK_DGRAM, manager);
  const auto talk = desk.file("talk").string();
  Running server({"--data", desk.data(), "serve"}, desk.file("out").string(), talk,
                 [&](Start& start) {
                   start.hand(3, listening.descriptor());
                   start.set("LISTEN_FDS", "1");
                   start.set("NOTIFY_SOCKET", manager);
                   start.through("LISTEN_PID=$$ exec \"$0\" \"$@\"");
                 });
  CHECK(told.received() == "READY=1");
  CHECK(says(contentOf(talk), "handed over"));
  desk.meeting("MTG-2");
  CHECK(says(desk.enter({"list", "meeting"}).out, "MTG-2"));
  CHECK(server.end(SIGTERM) == 0);
  CHECK(told.received() == "STOPPING=1");
  // It is not the server's to remove: the next one is handed the same.
  CHECK(std::filesystem::exists(path));
}

TEST_CASE("sockets that were handed to another process are none of a server's") {
  const Desk desk;
  const auto talk = desk.file("talk").string();
  Running server({"--data", desk.data(), "serve"}, desk.file("out").string(), talk,
                 [](Start& start) {
                   start.set("LISTEN_FDS", "1");
                   start.set("LISTEN_PID", "1");
                 });
  while (!Client::connect(desk.data() + "/socket", "test")) {
    REQUIRE(server.isAlive());
    std::this_thread::yield();
  }
  CHECK(server.end(SIGTERM) == 0);
}

}  // namespace consulta::test
