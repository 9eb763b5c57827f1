#include "engine/backup/backup_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

namespace consulta {

namespace {

constexpr std::string_view start = "consulta backup key 1\n";
constexpr std::size_t digits = 2 * Secret::size;

std::optional<Secret> readDigits(std::string_view text) {
  bool whole = false;
  auto secret = Secret::filledBy([&](Secret::Bytes out) { whole = readHex(text, out); });
  if (!whole) return std::nullopt;
  return secret;
}

std::string textOf(const Secret& key) {
  Digest bytes{};
  std::ranges::copy(key.bytes(), bytes.begin());
  auto text = std::string(start) + hexOf(bytes) + "\n";
  bytes.fill(0);
  return text;
}

}  // namespace

Result<Secret> createBackupKey(const std::filesystem::path& file, const FileGuard& guard) {
  const auto out =
      FileHandle::open(file, O_WRONLY | O_CREAT | O_EXCL, guard, FileHandle::for_the_owner);
  if (!out.isOpen()) return fileFailure(file, errno);
  auto key = Secret::filledBy([](Secret::Bytes bytes) { fillRandom(bytes); });
  auto text = textOf(key);
  const bool written = out.writeAt(text, 0) && out.sync();
  const int why = errno;
  wipe(text);
  if (!written) {
    // Half a key would be taken for a damaged one ever after.
    static_cast<void>(removeFile(file, guard));
    return fileFailure(file, why);
  }
  if (auto synced = syncDirectory(file.has_parent_path() ? file.parent_path() : ".", guard);
      !synced) {
    return std::move(synced).failures();
  }
  return key;
}

Result<Secret> readBackupKey(const std::filesystem::path& file) {
  const auto in = FileHandle::open(file, O_RDONLY | O_NONBLOCK);
  if (!in.isOpen() && (errno == ENOENT || errno == ENOTDIR)) {
    return unavailable(
        "backup.key.missing",
        msg("there is no key file {path}. Name the one that the backup was made with "
            "by --key-file; without it nobody can read the backup",
            arg("path", file.string())));
  }
  struct stat about {};
  if (!in.isOpen() || ::fstat(in.descriptor(), &about) != 0) return fileFailure(file, errno);
  if (S_ISDIR(about.st_mode)) return fileFailure(file, EISDIR);
  if ((about.st_mode & 077U) != 0) {
    return refused("backup.key.open-to-others",
                   msg("the key file {path} is open to other accounts of this machine; take their "
                       "permissions away with \"chmod 600\", and ask yourself who may have read it",
                       arg("path", file.string())));
  }
  auto text = in.readAt(start.size() + digits + 2, 0);
  std::string_view rest = text;
  const bool begins = rest.starts_with(start);
  if (begins) rest.remove_prefix(start.size());
  if (rest.ends_with('\n')) rest.remove_suffix(1);
  auto key = begins ? readDigits(rest) : std::nullopt;
  wipe(text);
  if (key) return std::move(*key);
  return damaged("backup.key.form",
                 msg("{path} is not a key file of backups. Name the right one with --key-file, or "
                     "restore it from where you keep it apart",
                     arg("path", file.string())));
}

std::string backupKeyId(const Secret& key) {
  Crypto crypto;
  const auto id = crypto.hkdf(key, "backup id");
  Digest bytes{};
  std::ranges::copy(id.bytes(), bytes.begin());
  return hexOf(bytes).substr(0, 16);
}

}  // namespace consulta
