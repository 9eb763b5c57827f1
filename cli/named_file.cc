#include "cli/named_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace consulta {

namespace {

/// The errno of a call that has failed.
int failed() {
  return errno != 0 ? errno : EIO;
}

int replace(const std::filesystem::path& path, const FillFile& fill) {
  FreshFile fresh(path.string() + ".");
  if (!fresh.handle().isOpen()) return failed();
  return fill(fresh.handle()) && fresh.putAt(path) ? 0 : failed();
}

}  // namespace

std::optional<std::string> readBounded(std::istream& in, std::size_t bytes_max) {
  std::string out(bytes_max + 1, '\0');
  in.read(out.data(), static_cast<std::streamsize>(out.size()));
  if (in.bad() || (in.fail() && !in.eof())) return std::nullopt;
  out.resize(static_cast<std::size_t>(in.gcount()));
  return out;
}

std::optional<std::string> readBounded(const std::filesystem::path& path, std::size_t bytes_max) {
  std::ifstream file(path, std::ios::binary);
  return file ? readBounded(file, bytes_max) : std::nullopt;
}

int writeBeside(const std::filesystem::path& path, bool replaces, const FillFile& fill) {
  if (replaces) return replace(path, fill);
  // The name is taken first, so that what somebody else puts there meanwhile is not lost.
  const auto taken = FileHandle::open(path, O_WRONLY | O_CREAT | O_EXCL);
  if (!taken.isOpen()) return failed();
  const int why = replace(path, fill);
  if (why != 0) ::unlink(path.c_str());
  return why;
}

}  // namespace consulta
