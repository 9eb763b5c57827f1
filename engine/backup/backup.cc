#include "engine/backup/backup.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <system_error>
#include <unordered_map>

#include "engine/backup/entries_check.h"
#include "engine/log/file.h"
#include "engine/log/rocks_log.h"
#include "engine/store/file_store.h"
#include "events/limits.h"

namespace consulta {

namespace {

namespace fs = std::filesystem;

/// A file that an entry attached.
struct Attached {
  Position entry;
  FileFacts facts;
};
using AttachedFiles = std::unordered_map<std::string, Attached>;  // by SHA-256

/// One file that is to be in the backup.
struct Wanted {
  std::string path;  // below the data directory
  fs::path file;
  std::uint64_t size = 0;
  std::string sha256 = {};  // of a stored file: that of its clear bytes
};

Result<std::vector<Wanted>> wantedFiles(const fs::path& copy, const fs::path& storedFiles) {
  std::vector<Wanted> out;
  std::error_code error;
  out.push_back({"head", copy / "head", fs::file_size(copy / "head", error)});
  for (fs::directory_iterator one(copy / "log", error), end; !error && one != end;
       one.increment(error)) {
    const auto name = one->path().filename().string();
    if (name == "LOCK" || name == "LOG") continue;
    out.push_back({"log/" + name, one->path(), one->file_size(error)});
  }
  if (error) return fileFailure(copy, error.value());
  // Listed after the copy was made: what an entry in it names is there.
  const FileStore store(storedFiles);
  const auto kept = store.kept();
  if (!kept) return kept.failures();
  for (const auto& sha256 : *kept) {
    const auto place = FileStore::placeOf(sha256);
    const auto file = storedFiles / place;
    out.push_back({(fs::path("files") / place).string(), file, fs::file_size(file, error), sha256});
    if (error) return fileFailure(file, error.value());
  }
  return out;
}

/// Gives the bytes of a file, as many as it had when it was listed, in pieces.
Status passFile(const Wanted& wanted, const std::function<bool(std::string_view)>& take) {
  const auto file = FileHandle::open(wanted.file, O_RDONLY);
  if (!file.isOpen()) return fileFailure(wanted.file, errno);
  for (std::uint64_t at = 0; at < wanted.size;) {
    const auto bytes = std::min<std::uint64_t>(wanted.size - at, limits::sealed_piece_bytes);
    errno = 0;
    const auto piece = file.readAt(bytes, at);
    if (piece.size() != bytes) return fileFailure(wanted.file, errno == 0 ? EIO : errno);
    if (!take(piece)) return fileFailure(wanted.path, errno);
    at += bytes;
  }
  return Done{};
}

Failure missingFile(Position entry, const fs::path& file) {
  return damaged("backup.file",
                 msg("there is no backup of a register that is not whole: the file that entry "
                     "{position} attached is missing ({path}). Attach the same file again to put "
                     "it right, or take it from an older backup",
                     arg("position", entry.value), arg("path", file.string())));
}

Failure damagedFile(Position entry, const fs::path& file) {
  return damaged("backup.file.damaged",
                 msg("there is no backup of a register that is not whole: the file that entry "
                     "{position} attached is damaged ({path}). Attach the same file again to put "
                     "it right, or take it from an older backup",
                     arg("position", entry.value), arg("path", file.string())));
}

class Making {
 public:
  Making(const BackupSource& source, const AttachedFiles& attached, BackupDirectory& to,
         const BackupProgress& progress, std::uint64_t allBytes)
      : source_(source), attached_(attached), to_(to), progress_(progress), allBytes_(allBytes) {}

  /// Learns what is there from the newest list that is whole. One that is damaged says nothing of
  /// the others: it is named, and what only that one has listed is copied anew.
  Status knowsNewest(const RegisterId& reg) {
    const auto numbers = to_.numbers();
    if (!numbers) return numbers.failures();
    made.number = numbers->empty() ? 1 : numbers->back() + 1;
    for (auto number = numbers->rbegin(); number != numbers->rend(); ++number) {
      const auto before = to_.list(*number);
      if (before) return knows(*before, reg);
      if (before.failures().front().fault != Fault::damaged) return before.failures();
      made.damaged.emplace_back(*number, to_.listFile(*number));
    }
    return Done{};
  }

  Status add(const Wanted& wanted) {
    auto identity = identityOf(wanted);
    if (!identity) return std::move(identity).failures();
    const auto object = to_.nameOf(*identity);
    const auto known = before_.find(object);
    if (known != before_.end() && known->second.size == wanted.size &&
        to_.holds(object, wanted.size)) {
      list.files.push_back({wanted.path, wanted.size, known->second.sha256, object});
    } else if (auto added = addNew(wanted, object); !added) {
      return added;
    }
    ++made.files;
    made.bytes += wanted.size;
    progress_(made.bytes, allBytes_);
    return Done{};
  }

  BackupList list;
  BackupMade made;

 private:
  Status knows(const BackupList& before, const RegisterId& reg) {
    if (before.identity.registerId != reg) {
      return refused("backup.other-register",
                     msg("{path} holds backups of another register. Give each register a directory "
                         "of its own",
                         arg("path", to_.path().string())));
    }
    for (const auto& file : before.files) before_.emplace(file.object, file);
    return Done{};
  }

  Result<std::string> identityOf(const Wanted& wanted) {
    Sha256 hash;
    auto passed = passFile(wanted, [&](std::string_view piece) {
      hash.add(piece);
      return true;
    });
    if (!passed) return std::move(passed).failures();
    return "content " + hexOf(hash.finish());
  }

  /// Opens a stored file that an entry names, if its key is there: what is damaged must be found
  /// while the older backups still hold it whole.
  Status checkWhole(const Wanted& wanted) const {
    const auto named = attached_.find(wanted.sha256);
    if (named == attached_.end()) return Done{};
    const auto& [entry, facts] = named->second;
    const auto read =
        FileStore(source_.files).read(source_.keys, entry, facts, [](std::string_view) {
          return true;
        });
    if (read) return Done{};
    if (read.failures().front().fault != Fault::damaged) return read.failures();
    return damagedFile(entry, wanted.file);
  }

  Status addNew(const Wanted& wanted, const std::string& object) {
    if (auto whole = checkWhole(wanted); !whole) return whole;
    Sha256 hash;
    auto added = to_.addObject(object, [&](SealedWriter& out) {
      return passFile(wanted, [&](std::string_view piece) {
        hash.add(piece);
        return out.add(piece);
      });
    });
    if (!added) return added;
    list.files.push_back({wanted.path, wanted.size, hexOf(hash.finish()), object});
    before_.emplace(object, list.files.back());
    ++made.filesNew;
    made.bytesNew += wanted.size;
    return Done{};
  }

  const BackupSource& source_;
  const AttachedFiles& attached_;
  BackupDirectory& to_;
  const BackupProgress& progress_;
  const std::uint64_t allBytes_;
  std::unordered_map<std::string, BackedUpFile> before_;  // by object
};

/// Opens the copy by itself, with a head of its own, and reads every entry: it is what a restore
/// will ask of it, at a time when what is missing can still be put right. Fills in what was
/// attached.
Result<Head> checkCopy(const BackupSource& source, const fs::path& copy, AttachedFiles& attached) {
  Database::Options options;
  options.path = copy / "log";
  options.families = source.database.families();
  options.readOnly = true;
  auto database = Database::open(options);
  if (!database) return std::move(database).failures();
  auto made = RocksLog::createHead(**database, copy / "head", source.identity);
  if (!made) return std::move(made).failures();
  auto log = RocksLog::open(**database, copy / "head");
  if (!log) return std::move(log).failures();
  auto read = checkEntries(**log, [&](Position entry, const FileFacts& facts) {
    attached.try_emplace(facts.sha256, Attached{entry, facts});
    return checkIsThere(entry, facts, source.files, missingFile);
  });
  if (!read) return std::move(read).failures();
  log->reset();
  return HeadFile::read(copy / "head");
}

/// The copy of the database, gone when this goes.
class Copy {
 public:
  explicit Copy(fs::path path) : path_(std::move(path)) {}
  ~Copy() { clear(); }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  Status make(const Database& database) {
    clear();  // what a crash has left
    std::error_code error;
    fs::create_directory(path_, error);
    if (error) return fileFailure(path_, error.value());
    return database.checkpoint(path_ / "log");
  }
  const fs::path& path() const { return path_; }

 private:
  void clear() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }

  const fs::path path_;
};

}  // namespace

Result<BackupMade> makeBackup(const BackupSource& source, BackupDirectory& to,
                              const BackupProgress& progress) {
  Copy copy(source.scratch);
  if (auto made = copy.make(source.database); !made) return std::move(made).failures();
  AttachedFiles attached;
  const auto head = checkCopy(source, copy.path(), attached);
  if (!head) return head.failures();
  auto wanted = wantedFiles(copy.path(), source.files);
  if (!wanted) return std::move(wanted).failures();
  std::uint64_t allBytes = 0;
  for (const auto& file : *wanted) allBytes += file.size;

  Making making(source, attached, to, progress, allBytes);
  if (auto known = making.knowsNewest(source.identity.registerId); !known) {
    return std::move(known).failures();
  }
  for (const auto& file : *wanted) {
    if (auto added = making.add(file); !added) return std::move(added).failures();
  }
  making.made.last = head->position;
  making.made.lastHash = hexOf(head->hash);
  making.list.identity = source.identity;
  making.list.last = head->position;
  making.list.lastHash = making.made.lastHash;
  making.list.madeAtNs = source.nowNs;
  if (auto added = to.addList(making.made.number, making.list); !added) {
    return std::move(added).failures();
  }
  return making.made;
}

}  // namespace consulta
