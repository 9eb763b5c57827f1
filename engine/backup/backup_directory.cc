#include "engine/backup/backup_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <system_error>
#include <unordered_set>

#include "engine/backup/backup_key.h"
#include "engine/log/file.h"

namespace consulta {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view format_start = "consulta backup format ";
constexpr std::string_view format_known = "consulta backup format 1\nkey ";
constexpr std::string_view leftover_start = "new-";
constexpr std::size_t format_bytes_max = 100;
constexpr mode_t for_the_owner = 0700;

std::string fileOf(std::uint64_t number) {
  return fmt::format("{:06}", number);
}

std::string listLabel(std::uint64_t number) {
  return "backup list " + fileOf(number);
}

fs::path objectPlace(const std::string& object) {
  return fs::path("objects") / object.substr(0, 2) / object.substr(2);
}

Failure damagedBackup(const fs::path& file, const std::string& what) {
  return damaged("backup.damaged",
                 msg("the backup is damaged: {file}, which holds {what}, is not what was written "
                     "there. Restore an older one with --number, or use another copy of the "
                     "backup",
                     arg("file", file.string()), arg("what", what)));
}

/// Why nothing was removed. What went wrong otherwise, as a disk that cannot be read, says enough.
Failures unknownContent(const Failures& failures, const fs::path& list) {
  if (failures.front().fault != Fault::damaged) return failures;
  return {damaged("backup.remove.damaged",
                  msg("no older backup was removed: {file}, the list of a newer one, is not what "
                      "was written there, so nobody knows what that one holds. Put the file back "
                      "from another copy of the backups, or remove it, and make another backup",
                      arg("file", list.string())))};
}

Failure foreign(const fs::path& path) {
  return refused("backup.foreign",
                 msg("{path} holds no backups. Name the directory that they are made in; a new one "
                     "is empty or not there yet",
                     arg("path", path.string())));
}

Failure noPlace(const fs::path& path) {
  const auto above = path.has_parent_path() ? path.parent_path() : fs::path(".");
  return unavailable("backup.place",
                     msg("there is no directory {above} to make {name} in. If it is on a disk of "
                         "its own, see that the disk is there; else make it, or name another "
                         "directory for the backups",
                         arg("above", above.string()), arg("name", path.filename().string())));
}

/// Ok when `path` holds backups that this key opens.
Status checkFormat(const fs::path& path, const Secret& key) {
  const auto file = FileHandle::open(path / "FORMAT", O_RDONLY);
  if (!file.isOpen()) {
    return errno == ENOENT || errno == ENOTDIR ? foreign(path) : fileFailure(path, errno);
  }
  const auto text = file.readAt(format_bytes_max, 0);
  if (text == std::string(format_known) + backupKeyId(key) + "\n") return Done{};
  if (text.starts_with(format_known)) {
    return refused("backup.key.other",
                   msg("the backups in {path} were made with another key. Name the right key file "
                       "with --key-file",
                       arg("path", path.string())));
  }
  if (!text.starts_with(format_start)) return damagedBackup(path / "FORMAT", "the format");
  return unavailable("backup.newer", msg("the backup was made by a newer version of the program; "
                                         "use that version, or a later one"));
}

}  // namespace

BackupDirectory::BackupDirectory(fs::path path, Secret key, FileGuard guard)
    : path_(std::move(path)),
      key_(std::move(key)),
      names_([this] {
        Crypto crypto;
        return crypto.hkdf(key_, "backup names");
      }()),
      guard_(std::move(guard)) {}

bool BackupDirectory::isThere(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path / "FORMAT", ignored);
}

Result<BackupDirectory> BackupDirectory::forReading(const fs::path& path, Secret key) {
  if (auto checked = checkFormat(path, key); !checked) return std::move(checked).failures();
  return BackupDirectory(path, std::move(key));
}

Result<BackupDirectory> BackupDirectory::forBackup(const fs::path& path, Secret key,
                                                   const Owner& owner, FileGuard guard) {
  if (!makeDirectory(path, for_the_owner, guard)) {
    return errno == ENOENT ? noPlace(path) : fileFailure(path, errno);
  }
  if (!isThere(path)) {
    const auto all = listDirectory(path);
    if (!all) return all.failures();
    const auto isOurs = [](const fs::path& one) { return one.filename() == "FORMAT.new"; };
    if (!std::ranges::all_of(*all, isOurs)) return foreign(path);  // else a crash has left it
    auto made =
        replaceFile(path / "FORMAT", std::string(format_known) + backupKeyId(key) + "\n", guard);
    if (!made) return std::move(made).failures();
  }
  if (auto checked = checkFormat(path, key); !checked) return std::move(checked).failures();
  auto lock = OwnerLock::take(path / "owner", owner, limits::owner_wait_ms, guard);
  if (!lock) return std::move(lock).failures();
  BackupDirectory out(path, std::move(key), std::move(guard));
  out.lock_ = std::make_unique<OwnerLock>(std::move(*lock));
  if (auto ready = out.prepare(); !ready) return std::move(ready).failures();
  return out;
}

Status BackupDirectory::prepare() {
  for (const char* name : {"objects", "backups"}) {
    if (auto made = makeFolder(path_ / name); !made) return made;
  }
  const auto all = listDirectory(path_);
  if (!all) return all.failures();
  for (const auto& one : *all) {
    const bool isLeft = one.filename().string().starts_with(leftover_start);
    if (isLeft) static_cast<void>(removeFile(one, guard_));  // it is in nobody's way
  }
  return syncDirectory(path_, guard_);
}

Status BackupDirectory::makeFolder(const fs::path& path) const {
  if (makeDirectory(path, for_the_owner, guard_)) return Done{};
  return fileFailure(path, errno);
}

fs::path BackupDirectory::listFile(std::uint64_t number) const {
  return path_ / "backups" / fileOf(number);
}

Result<std::vector<std::uint64_t>> BackupDirectory::numbers() const {
  std::vector<std::uint64_t> out;
  const auto all = listDirectory(path_ / "backups");
  if (!all) return all.failures();
  for (const auto& one : *all) {
    const auto name = one.filename().string();
    std::uint64_t number = 0;
    const auto [rest, wrong] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (wrong == std::errc{} && fileOf(number) == name) out.push_back(number);
  }
  std::ranges::sort(out);
  return out;
}

Result<BackupList> BackupDirectory::list(std::uint64_t number) const {
  const auto path = listFile(number);
  const auto file = FileHandle::open(path, O_RDONLY);
  if (!file.isOpen()) return fileFailure(path, errno);
  BackupListReader reader;
  const auto outcome = readSealed(file, 0, key_, listLabel(number),
                                  [&](std::string_view piece) { return reader.add(piece); });
  if (outcome == Unsealing::unreadable) return fileFailure(path, errno);
  if (outcome == Unsealing::damaged) return damagedBackup(path, "the list of its files");
  return reader.finish();
}

std::string BackupDirectory::nameOf(std::string_view identity) const {
  Crypto crypto;
  return hexOf(crypto.hmac(names_.bytes(), identity));
}

bool BackupDirectory::holds(const std::string& object, std::uint64_t clearBytes) const {
  std::error_code error;
  const auto bytes = fs::file_size(path_ / objectPlace(object), error);
  return !error && bytes == sealedBytes(clearBytes);
}

Status BackupDirectory::read(const BackedUpFile& wanted, const ClearSink& sink) const {
  const auto path = path_ / objectPlace(wanted.object);
  const auto file = FileHandle::open(path, O_RDONLY);
  if (!file.isOpen() && errno == ENOENT) return damagedBackup(path, wanted.path);
  if (!file.isOpen()) return fileFailure(path, errno);
  Sha256 hash;
  std::uint64_t size = 0;
  const auto outcome =
      readSealed(file, 0, key_, "backup object " + wanted.object, [&](std::string_view clear) {
        hash.add(clear);
        size += clear.size();
        return sink(clear);
      });
  if (outcome == Unsealing::unreadable) return fileFailure(path, errno);
  if (outcome == Unsealing::whole && size == wanted.size && hexOf(hash.finish()) == wanted.sha256) {
    return Done{};
  }
  if (outcome == Unsealing::stopped) return fileFailure(wanted.path, errno);
  return damagedBackup(path, wanted.path);
}

Status BackupDirectory::writeSealed(const fs::path& path, const std::string& label,
                                    const std::function<Status(SealedWriter&)>& fill) {
  FreshFile fresh(path_ / leftover_start, guard_);
  if (!fresh.handle().isOpen()) return fileFailure(path_, errno);
  SealedWriter sealed(fresh.handle(), 0, key_, label);
  if (auto filled = fill(sealed); !filled) return filled;
  if (!sealed.finish() || !fresh.putAt(path)) return fileFailure(path, errno);
  unsynced_.insert(path.parent_path());
  return Done{};
}

Status BackupDirectory::addObject(const std::string& object,
                                  const std::function<Status(SealedWriter&)>& fill) {
  const auto path = path_ / objectPlace(object);
  if (auto made = makeFolder(path.parent_path()); !made) return made;
  unsynced_.insert(path_ / "objects");
  return writeSealed(path, "backup object " + object, fill);
}

Status BackupDirectory::addList(std::uint64_t number, const BackupList& list) {
  // All that it names is durable before it is there itself.
  for (const auto& directory : unsynced_) {
    if (auto synced = syncDirectory(directory, guard_); !synced) return synced;
  }
  unsynced_.clear();
  const auto path = listFile(number);
  auto written = writeSealed(path, listLabel(number), [&](SealedWriter& out) -> Status {
    if (writeBackupList(list, [&](std::string_view line) { return out.add(line); })) return Done{};
    return fileFailure(path, errno);
  });
  return written ? syncDirectory(path_ / "backups", guard_) : written;
}

Status BackupDirectory::removeAllBut(std::size_t keep) {
  const auto all = numbers();
  if (!all) return all.failures();
  if (all->size() <= keep) return Done{};
  std::unordered_set<std::string> held;
  for (auto at = all->size() - keep; at < all->size(); ++at) {
    const auto kept = list((*all)[at]);
    if (!kept) return unknownContent(kept.failures(), listFile((*all)[at]));
    for (const auto& file : kept->files) held.insert(file.object);
  }
  // The lists first: a backup whose objects are gone must not be taken for one.
  for (std::size_t at = 0; at + keep < all->size(); ++at) {
    const auto path = listFile((*all)[at]);
    if (!removeFile(path, guard_)) return fileFailure(path, errno);
  }
  if (auto synced = syncDirectory(path_ / "backups", guard_); !synced) return synced;
  const auto folders = listDirectory(path_ / "objects");
  if (!folders) return folders.failures();
  for (const auto& folder : *folders) {
    std::error_code error;
    const auto kind = fs::status(folder, error).type();
    if (kind == fs::file_type::none) return fileFailure(folder, error.value());
    if (kind != fs::file_type::directory) continue;
    const auto objects = listDirectory(folder);
    if (!objects) return objects.failures();
    for (const auto& one : *objects) {
      if (held.contains(folder.filename().string() + one.filename().string())) continue;
      if (!removeFile(one, guard_)) return fileFailure(one, errno);
    }
  }
  return Done{};
}

}  // namespace consulta
