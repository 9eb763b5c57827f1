#include "engine/store/key_copy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "engine/log/file.h"
#include "engine/store/crypto.h"
#include "engine/store/keys.h"

namespace consulta {

namespace {

namespace fs = std::filesystem;

/// The files of a key store beside its database; each is small. The head comes with them before the
/// database does: it may say that less was written than there is, never more.
constexpr std::array key_files{"master.key", "backup.key", "head"};
constexpr std::size_t key_file_bytes_max = 4096;
constexpr mode_t for_the_owner = 0600;

Status copyKeyFile(const fs::path& from, const fs::path& to) {
  const auto in = FileHandle::open(from, O_RDONLY);
  if (!in.isOpen()) return errno == ENOENT ? Status(Done{}) : fileFailure(from, errno);
  auto bytes = in.readAt(key_file_bytes_max, 0);
  const FileHandle out(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, for_the_owner));
  const bool written = out.isOpen() && out.writeAt(bytes, 0) && ::fsync(out.descriptor()) == 0;
  wipe(bytes);
  if (!written) return fileFailure(to, errno);
  return Done{};
}

Status syncAll(const fs::path& directory) {
  std::error_code error;
  for (const auto& one : fs::directory_iterator(directory, error)) {
    const auto file = FileHandle::open(one.path(), O_RDONLY);
    if (!file.isOpen() || !file.sync()) return fileFailure(one.path(), errno);
  }
  if (error) return fileFailure(directory, error.value());
  return syncDirectory(directory);
}

fs::path beside(const fs::path& path, const char* ending) {
  auto out = path;
  out += ending;
  return out;
}

Status makeCopy(const KeyRows& rows, const fs::path& from, const fs::path& fresh) {
  if (::mkdir(fresh.c_str(), 0700) != 0) return fileFailure(fresh, errno);
  for (const char* name : key_files) {
    if (auto copied = copyKeyFile(from / name, fresh / name); !copied) return copied;
  }
  if (auto copied = rows.copyTo(fresh / "db"); !copied) return copied;
  auto synced = syncAll(fresh / "db");
  return synced ? syncDirectory(fresh) : synced;
}

}  // namespace

Status copyKeyStore(const KeyRows& rows, const fs::path& from, const fs::path& to) {
  std::error_code error;
  const bool isThere = fs::exists(to, error);
  if (isThere && !KeyStore::isThere(to) && !fs::is_empty(to, error)) {
    return refused("keys.copy.occupied",
                   msg("{path} holds something else than a copy of keys. Name an empty directory, "
                       "or one that does not exist yet",
                       arg("path", to.string())));
  }
  if (fs::equivalent(from, to, error)) {
    return refused("keys.copy.itself", msg("{path} is the key store itself. Name another directory "
                                           "for its copy, on another disk",
                                           arg("path", to.string())));
  }
  const auto fresh = beside(to, ".new");
  const auto old = beside(to, ".old");
  fs::remove_all(fresh, error);
  fs::remove_all(old, error);
  if (auto made = makeCopy(rows, from, fresh); !made) {
    fs::remove_all(fresh, error);
    return made;
  }
  if (isThere && ::rename(to.c_str(), old.c_str()) != 0) return fileFailure(to, errno);
  if (::rename(fresh.c_str(), to.c_str()) != 0) {
    const int why = errno;
    fs::rename(old, to, error);
    return fileFailure(to, why);
  }
  fs::remove_all(old, error);
  return syncDirectory(to.has_parent_path() ? to.parent_path() : ".");
}

}  // namespace consulta
