// Backing a register up, and making one of a backup.
#include <algorithm>
#include <boost/json.hpp>
#include <system_error>
#include <utility>

#include "engine/backup/backup_key.h"
#include "engine/backup/entries_check.h"
#include "engine/log/file.h"
#include "engine/runtime/register_impl.h"
#include "engine/store/key_copy.h"
#include "events/values/calendar.h"
#include "events/values/edtf.h"
#include "projections/rows/register.h"

namespace consulta {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

/// A key is made once: where there are backups, theirs is needed.
Result<Secret> keyFor(const fs::path& keyFile, const fs::path& backups, const FileGuard& guard) {
  std::error_code ignored;
  const bool isThere = fs::exists(fs::symlink_status(keyFile, ignored));
  if (isThere || BackupDirectory::isThere(backups)) return readBackupKey(keyFile);
  return createBackupKey(keyFile, guard);
}

/// The key beside what it opens keeps nothing closed.
Status checkKeyIsApart(const fs::path& key, const fs::path& backups) {
  if (liesWithin(key, backups)) {
    return refused("backup.key.beside",
                   msg("{path} would lie among the backups that it opens. Keep keys elsewhere",
                       arg("path", key.string())));
  }
  return Done{};
}

/// What is lost with the register is no backup of it.
Status checkBackupIsApart(const fs::path& backups, const fs::path& data) {
  if (liesWithin(backups, data)) {
    return refused("backup.within",
                   msg("{path} lies in the directory of the register, and would be lost with it. "
                       "Name a directory elsewhere, on another disk",
                       arg("path", backups.string())));
  }
  return Done{};
}

Result<std::pair<BackupDirectory, BackupList>> openBackup(const RestoreRequest& request,
                                                          Restored& what) {
  auto key = readBackupKey(request.keyFile);
  if (!key) return std::move(key).failures();
  auto from = BackupDirectory::forReading(request.backup, std::move(*key));
  if (!from) return std::move(from).failures();
  const auto numbers = from->numbers();
  if (!numbers) return numbers.failures();
  const auto wanted = request.number != 0 || numbers->empty() ? request.number : numbers->back();
  if (std::ranges::find(*numbers, wanted) == numbers->end()) {
    return refused(
        "restore.number",
        numbers->empty()
            ? msg("{path} holds no backup that was finished", arg("path", request.backup.string()))
            : msg("{path} holds no backup {number}; it holds {first} to {last}",
                  arg("path", request.backup.string()), arg("number", wanted),
                  arg("first", numbers->front()), arg("last", numbers->back())));
  }
  auto list = from->list(wanted);
  if (!list) return std::move(list).failures();
  what.number = wanted;
  what.last = list->last;
  what.files = list->files.size();
  what.madeAtNs = list->madeAtNs;
  for (const auto& file : list->files) what.bytes += file.size;
  return std::pair(std::move(*from), std::move(*list));
}

Status takeKeys(const fs::path& from, const fs::path& to) {
  if (auto taken = takeKeyCopy(from, to); !taken) return taken;
  const auto opened = KeyStore::open(to);
  if (!opened) return opened.failures();
  return Done{};
}

/// That every entry can be read, that the files they attached are there, and that it is all of it.
Status checkRestored(const Log& log, const fs::path& files, const BackupList& list) {
  const auto missing = [](Position entry, const fs::path&) {
    return damaged("restore.file", msg("the backup lacks the file that entry {position} attached. "
                                       "Restore an older one with --number",
                                       arg("position", entry.value)));
  };
  auto read = checkEntries(log, [&](Position entry, const FileFacts& facts) {
    return checkIsThere(entry, facts, files, missing);
  });
  if (!read) return read;
  const auto last = log.last();
  const auto record = last ? orBroken(log.at(last)) : std::string();
  if (last == list.last && (!last || hexOf(recordHash(record)) == list.lastHash)) return Done{};
  return damaged("restore.end", msg("the backup ends at position {position}, or with another entry "
                                    "than it says. Restore an older one with --number",
                                    arg("position", last.value)));
}

/// That the key store opens something of the register, if there is anything to open.
Status checkKeys(const Log& log, const KeyStore& keys, const fs::path& from) {
  Failures failures;
  SubjectId tried;
  bool opens = false;
  auto read = log.read(Position(1), log.last(), [&](const StoredRecord& stored) {
    const auto record = Record::read(stored.position, stored.bytes);
    if (!record) {
      failures = record.failures();
      return false;
    }
    SubjectId now;
    now.high = (*record)->get().getSubjectHigh();
    now.low = (*record)->get().getSubjectLow();
    if (!now || now == tried) return true;
    tried = now;
    const auto key = keys.keyOf(now);
    if (!key) failures = key.failures();
    opens = key && key->has_value();
    return key && !opens;
  });
  if (!failures.empty()) return failures;
  if (!read || opens || !tried) return read;
  return refused("restore.keys.other",
                 msg("the keys in {path} open nothing of this backup: they are those of another "
                     "register, or older than its entries. Name the newest copy of the directory "
                     "\"keys\" of this register",
                     arg("path", from.string())));
}

/// That each stored file is what its entry says, as far as the keys open it.
Status checkFiles(const Log& log, const StoredFiles& files) {
  return checkEntries(log, [&](Position entry, const FileFacts& facts) -> Status {
    const auto read = files.read(entry, facts, [](std::string_view) { return true; });
    if (read) return Done{};
    if (read.failures().front().fault != Fault::damaged) return read.failures();
    return damaged("restore.file.damaged",
                   msg("the file that entry {position} attached was damaged already when the "
                       "backup was made. Restore an older one with --number, or leave --keys out "
                       "to have all but this file, and put the keys in place afterwards",
                       arg("position", entry.value)));
  });
}

/// Empties the directory again unless it is kept.
class Undo {
 public:
  explicit Undo(fs::path path) : path_(std::move(path)) {
    std::error_code ignored;
    existed_ = fs::exists(path_, ignored);
  }
  ~Undo() {
    if (kept_) return;
    std::error_code ignored;
    if (const auto all = listDirectory(path_)) {
      for (const auto& one : *all) fs::remove_all(one, ignored);
    }
    if (!existed_) fs::remove(path_, ignored);
  }
  Undo(const Undo&) = delete;
  Undo& operator=(const Undo&) = delete;
  void keep() { kept_ = true; }

 private:
  const fs::path path_;
  bool existed_ = false;
  bool kept_ = false;
};

/// The first entry of a new epoch.
Result<Submission> epochEntry(const Register& reg, const EpochChoice& choice,
                              const std::optional<KnownHead>& behind) {
  std::string name;
  reg.read([&](const State& state) {
    if (const auto row = registerRow(state)) name = state.nameOf(row->head.id);
  });
  json::object data{{"epoch", choice.epoch}, {"lostFrom", choice.lostFrom}};
  if (choice.lostTo != 0) data["lostTo"] = choice.lostTo;
  if (behind) {
    data["checkpoint"] = behind->position.value;
    data["checkpointHash"] = hexOf(behind->hash);
  }
  const auto today = Edtf::day(dayAt(reg.now()));
  auto proposal = readEntry(reg.catalogue(),
                            json::object{{"type", "register.epochOpened"},
                                         {"entity", name},
                                         {"occurred", today.text()},
                                         {"data", std::move(data)}},
                            EntryDefaults{});
  if (!proposal) return std::move(proposal).failures();
  Submission out;
  out.id = randomId<SubmissionId>();
  out.entries.push_back(std::move(*proposal));
  return out;
}

}  // namespace

Result<EpochChoice> Register::Impl::examineRestored(const BackupList& list,
                                                    const std::optional<KnownHead>& behind) {
  auto opened = Database::open(databaseOptions(false));
  if (!opened) return std::move(opened).failures();
  auto log = RocksLog::open(**opened, directory.head());
  if (!log) return std::move(log).failures();
  if (auto whole = checkRestored(**log, directory.files(), list); !whole) {
    return std::move(whole).failures();
  }
  const auto identity = (*log)->identity();
  auto choice = chooseEpoch(**log, identity, behind, options.clock());
  log->reset();
  if (!choice || !choice->isNew) return choice;
  auto begun = RocksLog::createHead(**opened, directory.head(),
                                    LogIdentity{identity.registerId, choice->epoch});
  if (!begun) return std::move(begun).failures();
  return choice;
}

Result<BackupMade> Register::backup(const fs::path& directory, const fs::path& keyFile,
                                    std::size_t keep, const BackupProgress& progress) {
  const std::lock_guard one(impl_->backingUp);
  auto apart = checkBackupIsApart(directory, impl_->directory.path());
  if (apart) apart = checkKeyIsApart(keyFile, directory);
  if (!apart) return std::move(apart).failures();
  const auto& guard = impl_->options.disk.files;
  auto key = keyFor(keyFile, directory, guard);
  if (!key) return std::move(key).failures();
  auto to =
      BackupDirectory::forBackup(directory, std::move(*key), Impl::ownerOf(impl_->options), guard);
  if (!to) return std::move(to).failures();
  const BackupSource source{.database = *impl_->database,
                            .identity = impl_->records->identity(),
                            .files = impl_->directory.files(),
                            .keys = impl_->secrets->keysIfThere(),
                            .scratch = impl_->directory.path() / "copy",
                            .nowNs = now()};
  auto made = makeBackup(source, *to, progress);
  if (!made || keep == 0) return made;
  if (auto removed = to->removeAllBut(keep); !removed) return std::move(removed).failures();
  return made;
}

Status Register::copyKeys(const fs::path& directory, const fs::path& backups) const {
  if (auto apart = checkKeyIsApart(directory, backups); !apart) return apart;
  return impl_->secrets->keys().copyTo(directory);
}

fs::path Register::keysDirectory() const {
  return impl_->directory.keys();
}

Status Register::checkRestore(const RestoreRequest& request, const BackupProgress& progress,
                              Restored& what) {
  const auto from = openBackup(request, what);
  if (!from) return from.failures();
  return checkBackup(from->first, from->second, progress);
}

Result<std::unique_ptr<Register>> Register::restore(const Catalogue& catalogue,
                                                    const RegisterOptions& options,
                                                    const RestoreRequest& request,
                                                    const BackupProgress& progress,
                                                    Restored& what) {
  if (!request.keys.empty()) {
    auto sound = checkKeyCopy(request.keys, options.directory);
    if (!sound) return std::move(sound).failures();
  }
  const auto from = openBackup(request, what);
  if (!from) return from.failures();
  const auto& list = from->second;
  Undo undo(options.directory);
  auto directory = Directory::create(options.directory, Impl::ownerOf(options));
  if (!directory) {
    undo.keep();  // nothing was made, and what is there is somebody's
    return std::move(directory).failures();
  }
  auto impl = std::make_unique<Impl>(catalogue, options, std::move(directory).value());
  auto done = unpackBackup(from->first, list, impl->directory.path(), progress);
  if (done && !request.keys.empty()) done = takeKeys(request.keys, impl->directory.keys());
  if (!done) return std::move(done).failures();
  what.keys = KeyStore::isThere(impl->directory.keys());
  auto epoch = impl->examineRestored(list, request.behind);
  if (!epoch) return std::move(epoch).failures();
  what.epoch = *epoch;
  if (auto opened = impl->openParts(false); !opened) return std::move(opened).failures();
  if (!request.keys.empty()) {
    auto right = checkKeys(*impl->records, impl->secrets->keys(), request.keys);
    if (right) right = checkFiles(*impl->records, *impl->files);
    if (!right) return std::move(right).failures();
  }
  auto restored = std::unique_ptr<Register>(new Register(std::move(impl)));
  if (what.epoch.isNew) {
    auto entry = epochEntry(*restored, what.epoch, request.behind);
    if (!entry) return std::move(entry).failures();
    auto entered = restored->submit(std::move(*entry));
    if (!entered) return std::move(entered).failures();
  }
  undo.keep();
  return restored;
}

}  // namespace consulta
