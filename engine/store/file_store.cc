#include "engine/store/file_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <system_error>

#include "engine/log/crc32c.h"
#include "engine/store/commitment.h"
#include "engine/store/media_type.h"
#include "events/limits.h"

namespace consulta {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "consulta file 1\n";
constexpr std::string_view stream_label = "file";
constexpr std::string_view leftover_start = "new-";
constexpr mode_t for_the_office = 0750;

// --- a file of the user's ---

Failure tooLarge(const fs::path& path) {
  return refused("file.too-large",
                 msg("{path} is too large: a file may have {most} bytes. Divide it, or keep it "
                     "elsewhere and enter where with \"file found\"",
                     arg("path", path.string()), arg("most", limits::file_bytes_max)));
}

/// Gives the whole file in pieces and returns its hash and size; `take` false: errno says why.
struct Passed {
  Digest sha256{};
  std::uint64_t size = 0;
};
Result<Passed> pass(const SourceFile& source, const std::function<bool(std::string_view)>& take) {
  Sha256 hash;
  Passed out;
  while (true) {
    errno = 0;
    const auto piece = source.read(limits::sealed_piece_bytes, out.size);
    if (piece.size() < limits::sealed_piece_bytes && errno != 0) {
      return unreadableSource(source.path, errno);
    }
    hash.add(piece);
    out.size += piece.size();
    if (out.size > limits::file_bytes_max) return tooLarge(source.path);
    if (!piece.empty() && !take(piece)) return fileFailure(source.path, errno);
    if (piece.size() < limits::sealed_piece_bytes) break;
  }
  out.sha256 = hash.finish();
  return out;
}

// --- a stored one ---

std::string headerOf(SubjectId subject) {
  std::string out(magic);
  appendId(out, subject);
  auto sum = crc32c(out);
  for (int i = 0; i < 4; ++i, sum >>= 8U) out.push_back(static_cast<char>(sum & 0xFFU));
  return out;
}

std::optional<SubjectId> subjectOf(std::string_view header) {
  if (header.size() != stored_file_header_bytes) return std::nullopt;
  const SubjectId subject{readU64(header.substr(magic.size(), 8)),
                          readU64(header.substr(magic.size() + 8, 8))};
  if (headerOf(subject) != header) return std::nullopt;
  return subject;
}

Failure damagedFile(Position entry, const fs::path& path, const Message& detail) {
  return damaged(
      "file.damaged",
      msg("The file that entry {position} attached is damaged: {detail} ({path}). "
          "Attach the same file again to put it right, or restore the register from a "
          "backup.",
          arg("position", entry.value), arg("detail", detail), arg("path", path.string())));
}

}  // namespace

Failure unreadableSource(const fs::path& path, int error) {
  return unavailable(
      "file.source",
      msg("{path} cannot be read: {reason}. Name a file that is there and that you "
          "may read",
          arg("path", path.string()), arg("reason", std::generic_category().message(error))));
}

Failure noSource(const fs::path& path) {
  return unavailable("file.source.kind", msg("{path} is not a file of bytes. Copy what it gives "
                                             "into a file and attach that",
                                             arg("path", path.string())));
}

/// Opens it only when it is a regular file: no pipe is waited for, no directory taken for one.
Result<SourceFile> openSource(const fs::path& path) {
  auto file = std::make_shared<const FileHandle>(FileHandle::open(path, O_RDONLY | O_NONBLOCK));
  struct stat about {};
  if (!file->isOpen() || ::fstat(file->descriptor(), &about) != 0) {
    return unreadableSource(path, errno);
  }
  if (S_ISDIR(about.st_mode)) return unreadableSource(path, EISDIR);
  if (!S_ISREG(about.st_mode)) return noSource(path);
  const auto bytes = static_cast<std::uint64_t>(about.st_size);
  if (bytes > limits::file_bytes_max) return tooLarge(path);
  return SourceFile{path, [file](std::size_t count, std::uint64_t offset) {
                      return file->readAt(count, offset);
                    }};
}

Result<FileFacts> factsOfFile(const fs::path& path, std::string mediaType) {
  auto source = openSource(path);
  if (!source) return std::move(source).failures();
  return factsOfFile(*source, std::move(mediaType));
}

Result<FileFacts> factsOfFile(const SourceFile& source, std::string mediaType) {
  const auto& path = source.path;
  std::string beginning;
  auto passed = pass(source, [&](std::string_view piece) {
    if (beginning.empty()) beginning = piece.substr(0, media_type_bytes_seen);
    return true;
  });
  if (!passed) return std::move(passed).failures();
  if (passed->size == 0) {
    return refused("file.empty", msg("{path} is empty, and a file of no bytes says nothing. Name "
                                     "another",
                                     arg("path", path.string())));
  }
  if (mediaType.empty()) mediaType = mediaTypeOf(beginning, path.filename().string());
  return FileFacts{hexOf(passed->sha256), passed->size, std::move(mediaType)};
}

fs::path FileStore::placeOf(const std::string& sha256) {
  return fs::path(sha256.substr(0, 2)) / sha256.substr(2);
}

Status FileStore::prepare() {
  const std::lock_guard lock(preparing_);
  if (prepared_) return Done{};
  if (!makeDirectory(directory_, for_the_office, guard_)) return fileFailure(directory_, errno);
  if (auto synced = syncDirectory(directory_.parent_path(), guard_); !synced) return synced;
  const auto all = listDirectory(directory_);
  if (!all) return all.failures();
  for (const auto& one : *all) {
    const bool isLeft = one.filename().string().starts_with(leftover_start);
    if (isLeft) static_cast<void>(removeFile(one, guard_));  // it is in nobody's way
  }
  prepared_ = true;
  return Done{};
}

bool FileStore::isWhole(const KeyStore& keys, const FileFacts& facts) const {
  std::error_code ignored;
  if (!fs::exists(directory_ / placeOf(facts.sha256), ignored)) return false;
  const auto found = read(&keys, Position{}, facts, [](std::string_view) { return true; });
  return found && *found == StoredBytes::whole;
}

Status FileStore::keep(KeyStore& keys, const SourceFile& source, const FileFacts& facts) {
  if (isWhole(keys, facts)) return Done{};
  if (auto ready = prepare(); !ready) return ready;
  const auto subject = keys.newSubject();
  if (!subject) return subject.failures();
  const auto key = keys.keyOf(*subject);
  if (!key) return key.failures();

  FreshFile to(directory_ / leftover_start, guard_);
  if (!to.handle().isOpen()) return fileFailure(directory_, errno);
  SealedWriter sealed(to.handle(), stored_file_header_bytes, **key, stream_label);
  if (!to.handle().writeAt(headerOf(*subject), 0)) return fileFailure(directory_, errno);
  auto passed = pass(source, [&](std::string_view piece) { return sealed.add(piece); });
  if (!passed) return std::move(passed).failures();
  if (hexOf(passed->sha256) != facts.sha256 || passed->size != facts.size) {
    return refused("file.changed", msg("{path} was changed while it was read. Attach it again when "
                                       "it is finished",
                                       arg("path", source.path.string())));
  }
  if (!sealed.finish()) return fileFailure(directory_, errno);
  // Bytes that are there have a key that is there.
  if (auto kept = keys.commitStaged(); !kept) return kept;
  const auto path = directory_ / placeOf(facts.sha256);
  if (!makeDirectory(path.parent_path(), for_the_office, guard_) || !to.putAt(path)) {
    return fileFailure(path, errno);
  }
  auto synced = syncDirectory(directory_, guard_);
  return synced ? syncDirectory(path.parent_path(), guard_) : synced;
}

Result<StoredBytes> FileStore::read(const KeyStore* keys, Position entry, const FileFacts& facts,
                                    const ClearSink& sink) const {
  const auto path = directory_ / placeOf(facts.sha256);
  const auto file = FileHandle::open(path, O_RDONLY);
  if (!file.isOpen()) {
    if (errno != ENOENT && errno != ENOTDIR) return fileFailure(path, errno);
    return damagedFile(entry, path, msg("it is missing"));
  }
  const auto header = file.readAt(stored_file_header_bytes, 0);
  const auto subject = subjectOf(header);
  if (!subject) return damagedFile(entry, path, msg("it does not begin as a stored file does"));
  if (keys == nullptr) return StoredBytes::closed;
  const auto key = keys->keyOf(*subject);
  if (!key) return key.failures();
  if (!*key) return StoredBytes::closed;

  Sha256 hash;
  std::uint64_t size = 0;
  const auto outcome =
      readSealed(file, stored_file_header_bytes, **key, stream_label, [&](std::string_view clear) {
        hash.add(clear);
        size += clear.size();
        return size <= facts.size && sink(clear);
      });
  switch (outcome) {
    case Unsealing::unreadable:
      return fileFailure(path, errno);
    case Unsealing::damaged:
      return damagedFile(entry, path, msg("its bytes are not those that were stored"));
    case Unsealing::stopped:
      if (size <= facts.size) return StoredBytes::stopped;
      break;
    case Unsealing::whole:
      break;
  }
  if (size != facts.size) return damagedFile(entry, path, msg("its size is not that of the entry"));
  if (hexOf(hash.finish()) != facts.sha256) {
    return damagedFile(entry, path, msg("its hash is not that of the entry"));
  }
  return StoredBytes::whole;
}

Result<std::vector<std::string>> FileStore::kept() const {
  std::vector<std::string> out;
  std::error_code error;
  if (fs::symlink_status(directory_, error).type() == fs::file_type::not_found) return out;
  const auto folders = listDirectory(directory_);
  if (!folders) return folders.failures();
  for (const auto& folder : *folders) {
    const auto kind = fs::status(folder, error).type();
    if (kind == fs::file_type::none) return fileFailure(folder, error.value());
    if (kind != fs::file_type::directory) continue;
    const auto files = listDirectory(folder);
    if (!files) return files.failures();
    for (const auto& file : *files) {
      out.push_back(folder.filename().string() + file.filename().string());
    }
  }
  std::ranges::sort(out);
  return out;
}

Status FileStore::remove(const std::string& sha256) {
  const auto path = directory_ / placeOf(sha256);
  if (!removeFile(path, guard_)) return fileFailure(path, errno);
  return syncDirectory(path.parent_path(), guard_);
}

}  // namespace consulta
