#include "engine/log/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace consulta {

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileHandle::~FileHandle() {
  if (isOpen()) ::close(descriptor_);
}

FileHandle FileHandle::open(const std::filesystem::path& path, int flags) {
  constexpr mode_t rights = 0640;
  return FileHandle(::open(path.c_str(), flags | O_CLOEXEC, rights));
}

bool FileHandle::writeAt(std::string_view bytes, std::int64_t offset) const {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor_, bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += written;
  }
  return true;
}

std::string FileHandle::readAt(std::size_t bytes, std::int64_t offset) const {
  std::string text(bytes, '\0');
  std::size_t done = 0;
  while (done < bytes) {
    const ssize_t count = ::pread(descriptor_, text.data() + done, bytes - done,
                                  offset + static_cast<std::int64_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  text.resize(done);
  return text;
}

bool FileHandle::sync() const {
  return ::fdatasync(descriptor_) == 0;
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

Status syncDirectory(const std::filesystem::path& directory) {
  const FileHandle file = FileHandle::open(directory, O_RDONLY | O_DIRECTORY);
  if (!file.isOpen() || ::fsync(file.descriptor()) != 0) return fileFailure(directory, errno);
  return Done{};
}

Status replaceFile(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::path fresh = path;
  fresh += ".new";
  const FileHandle file = FileHandle::open(fresh, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file.isOpen() || !file.writeAt(bytes, 0) || ::fsync(file.descriptor()) != 0 ||
      ::rename(fresh.c_str(), path.c_str()) != 0) {
    return fileFailure(path, errno);
  }
  return syncDirectory(path.has_parent_path() ? path.parent_path() : ".");
}

}  // namespace consulta
