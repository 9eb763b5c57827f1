#include "cli/named_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

namespace consulta {

namespace {

/// The errno of a call that has failed.
int failed() {
  return errno != 0 ? errno : EIO;
}

}  // namespace

std::optional<std::string> readBounded(std::istream& in, std::size_t bytes_max) {
  std::string out(bytes_max + 1, '\0');
  in.read(out.data(), static_cast<std::streamsize>(out.size()));
  if (in.bad() || (in.fail() && !in.eof())) return std::nullopt;
  out.resize(static_cast<std::size_t>(in.gcount()));
  return out;
}

std::optional<std::string> NamedFiles::readBounded(const std::filesystem::path& path,
                                                   std::size_t bytes_max) {
  const auto file = open(path);
  return file ? consulta::readBounded(*file, bytes_max) : std::nullopt;
}

PathFacts LocalFiles::look(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  PathFacts out;
  using Type = std::filesystem::file_type;
  if (status.type() == Type::not_found) return out;
  if (error) {
    out.error = error.value();
  } else if (status.type() == Type::regular) {
    out.kind = PathFacts::Kind::file;
    out.size = std::filesystem::file_size(path, error);
    if (error) out.size = 0;
  } else {
    out.kind =
        status.type() == Type::directory ? PathFacts::Kind::directory : PathFacts::Kind::other;
  }
  return out;
}

std::unique_ptr<std::istream> LocalFiles::open(const std::filesystem::path& path) {
  auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*file) return nullptr;
  return file;
}

Result<SourceFile> LocalFiles::source(const std::filesystem::path& path) {
  return openSource(path);
}

int LocalFiles::makeDirectory(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  return error.value();
}

int LocalFiles::write(const std::filesystem::path& path, bool replaces, const FillFile& fill) {
  FileBeside file(path, replaces);
  if (file.error() != 0) return file.error();
  if (!fill([&](std::string_view bytes) { return file.put(bytes); })) return failed();
  return file.finish();
}

FileBeside::FileBeside(std::filesystem::path path, bool replaces) : path_(std::move(path)) {
  if (!replaces) {
    // The name is taken first, so that what somebody else puts there meanwhile is not lost.
    taken_ = FileHandle::open(path_, O_WRONLY | O_CREAT | O_EXCL);
    if (!taken_.isOpen()) {
      error_ = failed();
      return;
    }
  }
  fresh_.emplace(path_.string() + ".");
  if (!fresh_->handle().isOpen()) error_ = failed();
}

FileBeside::~FileBeside() {
  if (taken_.isOpen() && !finished_) ::unlink(path_.c_str());
}

bool FileBeside::put(std::string_view bytes) {
  const bool done = fresh_->handle().writeAt(bytes, written_);
  written_ += bytes.size();
  return done;
}

int FileBeside::finish() {
  if (!fresh_->putAt(path_)) return failed();
  finished_ = true;
  return 0;
}

}  // namespace consulta
