#include "engine/server/client_socket.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "engine/server/unix_address.h"

namespace consulta {

Failure serverLost(std::string_view why) {
  return unavailable("server.lost", msg("the server is gone: {why}. What it had answered is "
                                        "entered; anything else may be, and can be sent again "
                                        "under its submission id",
                                        arg("why", why)));
}

Failure serverAbsent(std::string_view where, std::string_view why) {
  return unavailable("server.absent", msg("no server answers at {path}: {why}", arg("path", where),
                                          arg("why", why)));
}

namespace {

class LocalSocket final : public ClientSocket {
 public:
  explicit LocalSocket(FileHandle handle) : handle_(std::move(handle)) {}

  Status send(std::string_view bytes) override {
    while (!bytes.empty()) {
      const auto sent = ::send(handle_.descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent < 0) return serverLost(std::strerror(errno));
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return Done{};
  }

  Result<std::size_t> receive(std::span<char> into) override {
    while (true) {
      const auto got = ::recv(handle_.descriptor(), into.data(), into.size(), 0);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return serverLost(std::strerror(errno));
      if (got == 0) return serverLost("it closed the connection");
      return static_cast<std::size_t>(got);
    }
  }

 private:
  FileHandle handle_;
};

}  // namespace

Result<std::unique_ptr<ClientSocket>> ClientSocket::connect(const std::filesystem::path& socket) {
  auto path = UnixAddress::of(socket);
  if (!path) return std::move(path).failures();
  FileHandle handle(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto& text = path->text();
  if (text.size() >= sizeof address.sun_path) {
    return usage("socket.name", msg("\"{path}\" is too long a name for a socket",
                                    arg("path", socket.filename().string())));
  }
  std::memcpy(address.sun_path, text.data(), text.size());
  if (!handle.isOpen() ||
      ::connect(handle.descriptor(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    return serverAbsent(socket.string(), std::strerror(errno));
  }
  return std::unique_ptr<ClientSocket>(std::make_unique<LocalSocket>(std::move(handle)));
}

}  // namespace consulta
