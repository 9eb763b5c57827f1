// A directory that lives as long as a test.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace consulta::testing {

/// Makes an empty directory of its own and removes it, with all it holds, at the end.
class TempDir {
 public:
  explicit TempDir(const std::filesystem::path& above = std::filesystem::temp_directory_path()) {
    std::string form = (above / "consulta-XXXXXX").string();
    if (::mkdtemp(form.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = form;
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir() {
    std::error_code ignored;  // a test may have taken the rights away; nothing hangs on it
    std::filesystem::remove_all(path_, ignored);
  }

  /// Above what is made and removed thousands of times: in memory, where the machine has such a
  /// place.
  [[nodiscard]] static std::filesystem::path inMemory() {
    const std::filesystem::path memory = "/dev/shm";
    return ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::filesystem::path& name) const {
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace consulta::testing
