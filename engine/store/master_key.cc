#include "engine/store/master_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace consulta {

namespace {

std::string reasonOf(int error) {
  return std::generic_category().message(error);
}

Failure cannotWrite(const std::filesystem::path& path, int error) {
  return unavailable("keys.write",
                     msg("cannot write {path}: {reason}; check the disk and the permissions of the "
                         "directory, then try again",
                         arg("path", path.string()), arg("reason", reasonOf(error))));
}

Failure cannotRead(const std::filesystem::path& file, int error) {
  return unavailable(
      "keys.master.unreadable",
      msg("the key file {path} cannot be read: {reason}; check that it is a file and "
          "that it belongs to the account that runs this program",
          arg("path", file.string()), arg("reason", reasonOf(error))));
}

/// How many bytes were read, or -1. Fewer than asked for means the file ended.
ssize_t readUpTo(int descriptor, std::span<std::uint8_t> out) {
  std::size_t filled = 0;
  while (filled < out.size()) {
    const auto got = ::read(descriptor, out.data() + filled, out.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return static_cast<ssize_t>(filled);
}

}  // namespace

MasterKeys deriveMasterKeys(Crypto& crypto, const Secret& master) {
  const auto extracted = crypto.extract({}, master.bytes());
  const auto id = crypto.expand(extracted, "master id");
  return {std::string(id.bytes().substr(0, 8)), crypto.expand(extracted, "master subjects"),
          crypto.expand(extracted, "master accounts"),
          crypto.expand(extracted, "master account names")};
}

Result<Secret> createMasterKeyFile(const std::filesystem::path& file, const FileGuard& guard) {
  const FileHandle out =
      FileHandle::open(file, O_WRONLY | O_CREAT | O_EXCL, guard, FileHandle::for_the_owner);
  if (!out.isOpen()) return cannotWrite(file, errno);
  auto master = Secret::filledBy([](Secret::Bytes bytes) { fillRandom(bytes); });
  // The mask of the process may have taken rights away that the owner needs.
  if (::fchmod(out.descriptor(), FileHandle::for_the_owner) != 0 ||
      !out.writeAt(master.bytes(), 0) || !out.sync()) {
    return cannotWrite(file, errno);
  }
  return master;
}

Result<Secret> readMasterKeyFile(const std::filesystem::path& file) {
  const FileHandle in = FileHandle::open(file, O_RDONLY | O_NONBLOCK);
  if (!in.isOpen()) {
    if (errno != ENOENT && errno != ENOTDIR) return cannotRead(file, errno);
    return unavailable("keys.master.missing",
                       msg("the key file {path} is missing; restore it from where you keep it "
                           "apart: without it no personal value can be read",
                           arg("path", file.string())));
  }
  struct stat about {};
  if (::fstat(in.descriptor(), &about) != 0) return cannotRead(file, errno);
  if (!S_ISREG(about.st_mode)) return cannotRead(file, EINVAL);
  if ((about.st_mode & 077U) != 0) {
    return refused("keys.master.open-to-others",
                   msg("the key file {path} is open to other accounts of this machine; take their "
                       "permissions away with \"chmod 600\", and ask yourself who may have read it",
                       arg("path", file.string())));
  }
  ssize_t got = 0;
  auto master =
      Secret::filledBy([&](Secret::Bytes bytes) { got = readUpTo(in.descriptor(), bytes); });
  if (got < 0) return cannotRead(file, errno);
  if (about.st_size != static_cast<off_t>(Secret::size) || got != about.st_size) {
    return damaged(
        "keys.master.length",
        msgs("the key file {path} has {count} byte instead of 32; restore it from where "
             "you keep it apart",
             "the key file {path} has {count} bytes instead of 32; restore it from where "
             "you keep it apart",
             about.st_size, arg("path", file.string())));
  }
  return master;
}

}  // namespace consulta
