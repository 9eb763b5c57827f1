#include "engine/store/key_copy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "engine/log/file.h"
#include "engine/log/head_file.h"
#include "engine/store/crypto.h"
#include "engine/store/keys.h"
#include "events/limits.h"

namespace consulta {

namespace {

namespace fs = std::filesystem;

/// The files of a key store beside its database; each is small. The head comes with them before the
/// database does: it may say that less was written than there is, never more.
constexpr std::array key_files{"master.key", "backup.key", "head"};
constexpr std::size_t key_file_bytes_max = head_slots * head_slot_stride_bytes;
constexpr mode_t for_the_owner_to_enter = 0700;

/// Copies a regular file of at most `most` bytes, which are then fewer by its own; in pieces, that
/// are wiped. It may be missing.
Status copyFile(const fs::path& from, const fs::path& to, std::uint64_t& most) {
  const auto in = FileHandle::open(from, O_RDONLY | O_NONBLOCK);  // no pipe is waited for
  if (!in.isOpen()) return errno == ENOENT ? Status(Done{}) : fileFailure(from, errno);
  struct stat about {};
  if (::fstat(in.descriptor(), &about) != 0) return fileFailure(from, errno);
  const auto bytes = static_cast<std::uint64_t>(about.st_size);
  if (!S_ISREG(about.st_mode) || bytes > most) {
    return fileFailure(from, S_ISREG(about.st_mode) ? EFBIG : EINVAL);
  }
  most -= bytes;
  const auto out = FileHandle::open(to, O_WRONLY | O_CREAT | O_EXCL, {}, FileHandle::for_the_owner);
  if (!out.isOpen()) return fileFailure(to, errno);
  for (std::uint64_t at = 0; at < bytes;) {
    errno = 0;
    auto piece = in.readAt(std::min<std::uint64_t>(bytes - at, limits::sealed_piece_bytes), at);
    if (piece.empty()) return fileFailure(from, errno == 0 ? EIO : errno);
    const bool written = out.writeAt(piece, at);
    at += piece.size();
    wipe(piece);
    if (!written) return fileFailure(to, errno);
  }
  if (!out.sync()) return fileFailure(to, errno);
  return Done{};
}

Status copyKeyFiles(const fs::path& from, const fs::path& to) {
  for (const char* name : key_files) {
    std::uint64_t most = key_file_bytes_max;
    if (auto copied = copyFile(from / name, to / name, most); !copied) return copied;
  }
  return Done{};
}

Status syncAll(const fs::path& directory) {
  const auto all = listDirectory(directory);
  if (!all) return all.failures();
  for (const auto& one : *all) {
    const auto file = FileHandle::open(one, O_RDONLY);
    if (!file.isOpen() || !file.sync()) return fileFailure(one, errno);
  }
  return syncDirectory(directory);
}

/// The directory beside a copy in which it is made. A crash leaves it behind, and the next copying
/// to the same place clears it away: keys must not lie about.
class Workplace {
 public:
  explicit Workplace(fs::path to) : path_(std::move(to)) { path_ += ".copying"; }
  ~Workplace() { clear(); }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  /// Refused when a directory of that name holds what no copying has made.
  Status make(const fs::path& to) {
    if (auto kept = takeBack(to); !kept) return kept;
    clear();
    if (::mkdir(path_.c_str(), for_the_owner_to_enter) != 0) return fileFailure(path_, errno);
    made_ = true;
    return Done{};
  }
  /// Puts the fresh copy in the place of an older one.
  Status replace(const fs::path& to, bool isThere) {
    if (isThere && ::rename(to.c_str(), old().c_str()) != 0) return fileFailure(to, errno);
    if (::rename(fresh().c_str(), to.c_str()) == 0) return Done{};
    const int why = errno;
    // An older copy that cannot be put back is left where it is: it may be the only one.
    if (isThere && ::rename(old().c_str(), to.c_str()) != 0) keepsOld_ = true;
    return fileFailure(to, why);
  }
  fs::path fresh() const { return path_ / "new"; }

 private:
  fs::path old() const { return path_ / "old"; }

  Status takeBack(const fs::path& to) {
    std::error_code error;
    if (fs::symlink_status(path_, error).type() == fs::file_type::not_found) return Done{};
    const auto all = listDirectory(path_);
    if (!all) return all.failures();
    for (const auto& one : *all) {
      if (one == fresh() || one == old()) continue;
      return refused("keys.copy.occupied",
                     msg("{path} holds something else than a copy of keys. Name an empty "
                         "directory, or one that does not exist yet",
                         arg("path", path_.string())));
    }
    made_ = true;
    if (fs::exists(old(), error) && !fs::exists(to, error)) {
      if (::rename(old().c_str(), to.c_str()) != 0) {
        keepsOld_ = true;
        return fileFailure(to, errno);
      }
    }
    return Done{};
  }
  void clear() {
    if (!made_) return;
    std::error_code ignored;
    fs::remove_all(fresh(), ignored);
    if (!keepsOld_) fs::remove_all(old(), ignored);
    fs::remove(path_, ignored);
  }

  fs::path path_;
  bool made_ = false;      // what is in it is a copying's
  bool keepsOld_ = false;  // the older copy could not be put back
};

Status makeCopy(const KeyRows& rows, const fs::path& from, const fs::path& fresh) {
  if (::mkdir(fresh.c_str(), for_the_owner_to_enter) != 0) return fileFailure(fresh, errno);
  if (auto copied = copyKeyFiles(from, fresh); !copied) return copied;
  if (auto copied = rows.copyTo(fresh / "db"); !copied) return copied;
  auto synced = syncAll(fresh / "db");
  return synced ? syncDirectory(fresh) : synced;
}

}  // namespace

Status copyKeyStore(const KeyRows& rows, const fs::path& from, const fs::path& named) {
  const auto to = named.has_filename() ? named : named.parent_path();  // "keys/" is "keys"
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
  {
    Workplace work(to);
    if (auto made = work.make(to); !made) return made;
    if (auto made = makeCopy(rows, from, work.fresh()); !made) return made;
    if (auto replaced = work.replace(to, fs::exists(to, error)); !replaced) return replaced;
  }
  return syncDirectory(to.has_parent_path() ? to.parent_path() : ".");
}

Status checkKeyCopy(const fs::path& from, const fs::path& apart) {
  if (liesWithin(from, apart) || liesWithin(apart, from)) {
    return refused("restore.keys.within",
                   msg("one of {path} and {directory} lies in the other. Name a directory that "
                       "holds nothing but a copy of the directory \"keys\" of the register",
                       arg("path", from.string()), arg("directory", apart.string())));
  }
  for (const char* name : {"master.key", "head", "db/CURRENT"}) {
    std::error_code error;
    const auto kind = fs::status(from / name, error).type();
    if (kind == fs::file_type::regular) continue;
    if (kind == fs::file_type::none) return fileFailure(from / name, error.value());
    return refused("restore.keys",
                   msg("{path} is no copy of a key store: {file} is not in it. Name a copy of the "
                       "directory \"keys\" of the register, which holds master.key, head and db",
                       arg("path", from.string()), arg("file", name)));
  }
  return Done{};
}

Status takeKeyCopy(const fs::path& from, const fs::path& to) {
  if (auto copied = copyKeyFiles(from, to); !copied) return copied;
  const auto rows = to / "db";
  if (::mkdir(rows.c_str(), for_the_owner_to_enter) != 0) return fileFailure(rows, errno);
  const auto all = listDirectory(from / "db");
  if (!all) return all.failures();
  auto most = limits::key_rows_bytes_max;
  for (const auto& one : *all) {
    std::error_code error;
    if (!fs::is_regular_file(one, error) && !error) continue;
    if (auto copied = copyFile(one, rows / one.filename(), most); !copied) return copied;
  }
  auto synced = syncDirectory(rows);
  return synced ? syncDirectory(to) : synced;
}

}  // namespace consulta
