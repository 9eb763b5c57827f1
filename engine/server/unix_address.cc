#include "engine/server/unix_address.h"

#include <fcntl.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace consulta {

Result<UnixAddress> UnixAddress::of(const std::filesystem::path& path) {
  const auto parent = path.parent_path();
  auto directory = FileHandle::open(parent.empty() ? "." : parent, O_PATH | O_DIRECTORY);
  if (!directory.isOpen()) {
    return unavailable("socket.directory",
                       msg("the directory of the socket {path} cannot be opened: {why}",
                           arg("path", path.string()), arg("why", std::strerror(errno))));
  }
  auto text =
      "/proc/self/fd/" + std::to_string(directory.descriptor()) + "/" + path.filename().string();
  return UnixAddress(std::move(directory), std::move(text));
}

}  // namespace consulta
