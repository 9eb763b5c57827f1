#include "engine/log/directory.h"

#include <fcntl.h>

#include <cerrno>
#include <charconv>
#include <string>
#include <string_view>
#include <system_error>

#include "engine/log/file.h"

namespace consulta {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view format_start = "consulta register format ";
constexpr std::size_t format_bytes_max = 100;

fs::path formatFile(const fs::path& directory) {
  return directory / "FORMAT";
}
fs::path ownerFile(const fs::path& directory) {
  return directory / "owner";
}

Failure missing(const fs::path& path) {
  return unavailable("directory.missing",
                     msg("There is no directory {path}. Name the directory of the register with "
                         "--data, or make a new register with 'consulta init'.",
                         arg("path", path.string())));
}

Failure notADirectory(const fs::path& path) {
  return unavailable("directory.kind", msg("{path} is not a directory. Name the directory of the "
                                           "register with --data.",
                                           arg("path", path.string())));
}

Failure notARegister(const fs::path& path) {
  return unavailable("directory.foreign",
                     msg("The directory {path} does not hold a register (it has no file FORMAT). "
                         "Name another with --data, or make a new register in an empty one with "
                         "'consulta init'.",
                         arg("path", path.string())));
}

Status readFormat(const fs::path& path) {
  const FileHandle file = FileHandle::open(formatFile(path), O_RDONLY);
  if (!file.isOpen()) return errno == ENOENT ? notARegister(path) : fileFailure(path, errno);
  const std::string text = file.readAt(format_bytes_max, 0);
  std::uint64_t format = 0;
  const char* const end = text.data() + text.size();
  if (text.starts_with(format_start)) {
    const auto [rest, error] = std::from_chars(text.data() + format_start.size(), end, format);
    if (error != std::errc{} || std::string_view(rest, end) != "\n") format = 0;
  }
  if (format == 0) {
    return damaged("directory.format",
                   msg("The file FORMAT in {path} cannot be read. Restore the register from a "
                       "backup.",
                       arg("path", path.string())));
  }
  if (format > directory_format) {
    return unavailable(
        "directory.newer",
        msg("The register in {path} has format {format}, but this version of the "
            "program reads formats up to {known}. Use a newer version.",
            arg("path", path.string()), arg("format", format), arg("known", directory_format)));
  }
  return Done{};
}

/// Ok when nothing at `path` stands in the way of a new register.
Status checkFree(const fs::path& path) {
  std::error_code error;
  const auto kind = fs::status(path, error).type();
  if (kind == fs::file_type::not_found) return Done{};
  if (kind == fs::file_type::none) return fileFailure(path, error.value());
  if (kind != fs::file_type::directory) return notADirectory(path);
  const bool empty = fs::is_empty(path, error);
  if (error) return fileFailure(path, error.value());
  if (empty) return Done{};
  if (fs::exists(formatFile(path), error)) {
    return refused("directory.register",
                   msg("There is a register in {path} already. Use it as it is, or choose another "
                       "directory for a new one.",
                       arg("path", path.string())));
  }
  return refused("directory.occupied",
                 msg("The directory {path} is not empty and does not hold a register. Choose an "
                     "empty directory, or one that does not exist yet.",
                     arg("path", path.string())));
}

Status makePart(const fs::path& path, mode_t rights, const FileGuard& guard) {
  if (makeDirectory(path, rights, guard)) return Done{};
  if (errno == ENOENT) return missing(path.parent_path());
  return fileFailure(path, errno);
}

}  // namespace

Status Directory::check(const fs::path& path) {
  std::error_code error;
  const auto kind = fs::status(path, error).type();
  if (kind == fs::file_type::not_found) return missing(path);
  if (kind == fs::file_type::none) return fileFailure(path, error.value());
  if (kind != fs::file_type::directory) return notADirectory(path);
  return readFormat(path);
}

Result<Directory> Directory::create(const fs::path& path, const Owner& owner,
                                    const FileGuard& guard) {
  constexpr mode_t for_the_office = 0750;
  constexpr mode_t for_the_owner = 0700;
  auto made = checkFree(path);
  if (made) made = makePart(path, for_the_office, guard);
  if (!made) return std::move(made).failures();
  auto lock = OwnerLock::take(ownerFile(path), owner, 0, guard);
  if (!lock) return std::move(lock).failures();
  Directory directory(path, std::move(lock).value(), guard);
  made = makePart(directory.database(), for_the_office, guard);
  if (made) made = makePart(directory.keys(), for_the_owner, guard);
  if (made) made = syncDirectory(path, guard);
  if (made) made = syncDirectory(path.has_parent_path() ? path.parent_path() : ".", guard);
  if (!made) return std::move(made).failures();
  return directory;
}

Status Directory::complete() const {
  return replaceFile(formatFile(path_),
                     std::string(format_start) + std::to_string(directory_format) + "\n", guard_);
}

Result<Directory> Directory::open(const fs::path& path, const Owner& owner, std::uint32_t wait_ms,
                                  FileGuard guard) {
  auto checked = check(path);
  if (!checked) return std::move(checked).failures();
  auto lock = OwnerLock::take(ownerFile(path), owner, wait_ms, guard);
  if (!lock) return std::move(lock).failures();
  return Directory(path, std::move(lock).value(), std::move(guard));
}

}  // namespace consulta
