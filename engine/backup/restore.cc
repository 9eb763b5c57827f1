#include "engine/backup/restore.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <set>
#include <system_error>

#include "engine/log/file.h"
#include "engine/store/crypto.h"

namespace consulta {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t ns_per_second = 1'000'000'000;

std::optional<RecordHash> readHash(std::string_view text) {
  RecordHash hash{};
  if (!readHex(text, hash)) return std::nullopt;
  return hash;
}

Status writeFile(const BackupDirectory& from, const BackedUpFile& file, const fs::path& path) {
  const auto out = FileHandle::open(path, O_WRONLY | O_CREAT | O_EXCL);
  if (!out.isOpen()) return fileFailure(path, errno);
  std::uint64_t offset = 0;
  auto done = from.read(file, [&](std::string_view piece) {
    const bool written = out.writeAt(piece, offset);
    offset += piece.size();
    return written;
  });
  if (done && ::fsync(out.descriptor()) != 0) return fileFailure(path, errno);
  return done;
}

std::uint64_t bytesOf(const BackupList& list) {
  std::uint64_t out = 0;
  for (const auto& file : list.files) out += file.size;
  return out;
}

Failure otherHistory(const KnownHead& known) {
  return refused("restore.behind.other",
                 msg("the entry at position {position} of the backup is not the one that --behind "
                     "gives, so the backup is of another history. Restore a newer backup, or leave "
                     "--behind out to go on from this one",
                     arg("position", known.position.value)));
}

}  // namespace

Result<KnownHead> readKnownHead(const std::string& written) {
  const auto colon = written.find(':');
  if (colon != written.npos) {
    KnownHead out;
    const char* const end = written.data() + colon;
    const auto [rest, error] = std::from_chars(written.data(), end, out.position.value);
    const auto hash = readHash(std::string_view(written).substr(colon + 1));
    if (error == std::errc{} && rest == end && hash) {
      out.hash = *hash;
      return out;
    }
  }
  std::error_code ignored;
  const auto path =
      fs::is_directory(written, ignored) ? fs::path(written) / "head" : fs::path(written);
  if (!fs::exists(path, ignored)) {
    return usage(
        "restore.behind",
        msg("--behind is POSITION:HASH, a head file, or the directory of a register; there "
            "is no {path}",
            arg("path", path.string())));
  }
  const auto head = HeadFile::read(path);
  if (!head) return head.failures();
  return KnownHead{head->identity, head->position, head->hash};
}

Status checkBackup(const BackupDirectory& from, const BackupList& list,
                   const BackupProgress& progress) {
  const auto all = bytesOf(list);
  std::uint64_t done = 0;
  for (const auto& file : list.files) {
    auto read = from.read(file, [](std::string_view) { return true; });
    if (!read) return read;
    done += file.size;
    progress(done, all);
  }
  return Done{};
}

Status unpackBackup(const BackupDirectory& from, const BackupList& list, const fs::path& directory,
                    const BackupProgress& progress) {
  const auto all = bytesOf(list);
  std::uint64_t done = 0;
  std::set<fs::path> touched{directory};
  std::error_code error;
  for (const auto& file : list.files) {
    const auto path = directory / file.path;
    for (auto above = path.parent_path(); above != directory; above = above.parent_path()) {
      touched.insert(above);
    }
    fs::create_directories(path.parent_path(), error);
    if (error) return fileFailure(path.parent_path(), error.value());
    if (auto written = writeFile(from, file, path); !written) return written;
    done += file.size;
    progress(done, all);
  }
  for (const auto& one : touched) {
    if (auto synced = syncDirectory(one); !synced) return synced;
  }
  return Done{};
}

Result<EpochChoice> chooseEpoch(const Log& log, const LogIdentity& identity,
                                const std::optional<KnownHead>& known, std::int64_t nowNs) {
  if (known && known->identity && known->identity->registerId != identity.registerId) {
    return refused(
        "restore.behind.register",
        msg("--behind gives the head of another register than the backup is of. Name the "
            "right one"));
  }
  const auto last = log.last();
  if (known && known->position && known->position <= last) {
    const auto record = log.at(known->position);
    if (!record) return record.failures();
    if (recordHash(*record) != known->hash) return otherHistory(*known);
  }
  EpochChoice out{identity.epoch, false, 0, 0};
  if (known && known->position <= last) return out;
  const auto before =
      std::max(identity.epoch, known && known->identity ? known->identity->epoch : 0);
  out.epoch = std::max(
      before + 1, static_cast<std::uint64_t>(std::max<std::int64_t>(nowNs / ns_per_second, 0)));
  out.isNew = true;
  out.lostFrom = last.value + 1;
  out.lostTo = known ? known->position.value : 0;
  return out;
}

}  // namespace consulta
