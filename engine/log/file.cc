#include "engine/log/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <random>
#include <system_error>

namespace consulta {
namespace {

/// Makes the call unless the guard has its outcome. As calls do: false, and errno says why.
template <typename Call>
bool guarded(const FileGuard& guard, const FileCall& what, Call call) {
  const auto stated = guard ? guard(what) : std::nullopt;
  if (!stated) return call();
  errno = *stated;
  return *stated == 0;
}

bool renameFile(const std::string& from, const std::string& to, const FileGuard& guard) {
  return guarded(guard, {.kind = FileCall::Kind::rename, .path = from, .target = to},
                 [&] { return ::rename(from.c_str(), to.c_str()) == 0; });
}

std::string parentOf(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path().string() : ".";
}

}  // namespace

void FileHandle::swap(FileHandle& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  path_.swap(other.path_);
  guard_.swap(other.guard_);
}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  swap(other);
  return *this;
}

FileHandle::~FileHandle() {
  if (isOpen()) ::close(descriptor_);
}

FileHandle FileHandle::open(const std::filesystem::path& path, int flags, FileGuard guard,
                            mode_t rights) {
  FileHandle file;
  file.path_ = path.string();
  file.guard_ = std::move(guard);
  const auto passes = [&](FileCall::Kind kind) {
    return guarded(file.guard_, {.kind = kind, .path = file.path_}, [] { return true; });
  };
  if ((flags & O_CREAT) != 0 && !passes(FileCall::Kind::create)) return file;
  if ((flags & O_TRUNC) != 0 && !passes(FileCall::Kind::resize)) return file;
  file.descriptor_ = ::open(file.path_.c_str(), flags | O_CLOEXEC, rights);
  return file;
}

bool FileHandle::writeAt(std::string_view bytes, std::uint64_t offset) const {
  const FileCall what{
      .kind = FileCall::Kind::write, .path = path_, .offset = offset, .bytes = bytes};
  return guarded(guard_, what, [&] {
    while (!bytes.empty()) {
      const ssize_t written =
          ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
      offset += static_cast<std::uint64_t>(written);
    }
    return true;
  });
}

std::string FileHandle::readAt(std::size_t bytes, std::uint64_t offset) const {
  std::string text(bytes, '\0');
  std::size_t done = 0;
  while (done < bytes) {
    const ssize_t count =
        ::pread(descriptor_, text.data() + done, bytes - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  text.resize(done);
  return text;
}

bool FileHandle::resize(std::uint64_t bytes) const {
  return guarded(guard_, {.kind = FileCall::Kind::resize, .path = path_, .offset = bytes},
                 [&] { return ::ftruncate(descriptor_, static_cast<off_t>(bytes)) == 0; });
}

bool FileHandle::sync() const {
  return guarded(guard_, {.kind = FileCall::Kind::sync, .path = path_},
                 [&] { return ::fdatasync(descriptor_) == 0; });
}

FreshFile::FreshFile(const std::filesystem::path& start, FileGuard guard)
    : name_(start.string()), guard_(std::move(guard)) {
  std::random_device chance;
  for (int i = 0; i < 12; ++i) name_ += "0123456789abcdef"[chance() % 16];
  file_ = FileHandle::open(name_, O_RDWR | O_CREAT | O_EXCL, guard_, FileHandle::for_the_owner);
  isBeside_ = file_.isOpen();
}

FreshFile::~FreshFile() {
  if (isBeside_) static_cast<void>(removeFile(name_, guard_));
}

bool FreshFile::putAt(const std::filesystem::path& path) {
  if (!file_.sync() || !renameFile(name_, path.string(), guard_)) return false;
  isBeside_ = false;
  return true;
}

Failure fileFailure(const std::filesystem::path& path, int error) {
  const std::string detail = std::generic_category().message(error);
  if (error == EACCES || error == EPERM || error == EROFS) {
    return unavailable("file.rights",
                       msg("{path} cannot be used: {detail}. Ask whoever looks after this machine "
                           "for the right to read and write it.",
                           arg("path", path.string()), arg("detail", detail)));
  }
  if (error == ENOSPC || error == EDQUOT) {
    return unavailable("file.full", msg("{path} cannot be written: the disk is full. Free some "
                                        "space, then try again.",
                                        arg("path", path.string())));
  }
  return unavailable("file.io", msg("{path} cannot be used: {detail}. Check the disk, then try "
                                    "again.",
                                    arg("path", path.string()), arg("detail", detail)));
}

Status syncDirectory(const std::filesystem::path& directory, const FileGuard& guard) {
  const std::string path = directory.string();
  const bool synced = guarded(guard, {.kind = FileCall::Kind::syncDirectory, .path = path}, [&] {
    const FileHandle file = FileHandle::open(directory, O_RDONLY | O_DIRECTORY);
    return file.isOpen() && ::fsync(file.descriptor()) == 0;
  });
  if (!synced) return fileFailure(directory, errno);
  return Done{};
}

bool makeDirectory(const std::filesystem::path& path, mode_t rights, const FileGuard& guard) {
  const std::string name = path.string();
  const bool made = guarded(guard, {.kind = FileCall::Kind::makeDirectory, .path = name},
                            [&] { return ::mkdir(name.c_str(), rights) == 0; });
  return made || errno == EEXIST;
}

bool removeFile(const std::filesystem::path& path, const FileGuard& guard) {
  const std::string name = path.string();
  const bool removed = guarded(guard, {.kind = FileCall::Kind::remove, .path = name},
                               [&] { return ::unlink(name.c_str()) == 0; });
  return removed || errno == ENOENT;
}

bool liesWithin(const std::filesystem::path& path, const std::filesystem::path& directory) {
  namespace fs = std::filesystem;
  const auto resolved = [](const fs::path& one) {
    std::error_code error;
    const auto full = fs::absolute(one, error);
    auto out = fs::weakly_canonical(full, error);
    if (error) out = full.lexically_normal();
    return out.has_filename() ? out : out.parent_path();
  };
  const auto above = resolved(directory);
  const auto below = resolved(path);
  return std::ranges::mismatch(above, below).in1 == above.end();
}

Result<std::vector<std::filesystem::path>> listDirectory(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> out;
  std::error_code error;
  for (std::filesystem::directory_iterator one(directory, error), end; !error && one != end;
       one.increment(error)) {
    out.push_back(one->path());
  }
  if (error) return fileFailure(directory, error.value());
  std::ranges::sort(out);
  return out;
}

Status replaceFile(const std::filesystem::path& path, std::string_view bytes,
                   const FileGuard& guard) {
  const std::string name = path.string();
  const std::string fresh = name + ".new";
  const FileHandle file = FileHandle::open(fresh, O_WRONLY | O_CREAT | O_TRUNC, guard);
  if (!file.isOpen() || !file.writeAt(bytes, 0) || !file.sync()) return fileFailure(path, errno);
  if (!renameFile(fresh, name, guard)) return fileFailure(path, errno);
  return syncDirectory(parentOf(path), guard);
}

}  // namespace consulta
