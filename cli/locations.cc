#include "cli/locations.h"

#include <filesystem>
#include <system_error>

namespace consulta {

namespace fs = std::filesystem;

namespace {

/// `name` beside the program, or else `installed` below the prefix it was installed under.
std::string besideOf(const fs::path& program, const char* name, const char* installed) {
  std::error_code ignored;  // what cannot be looked at is not there
  const auto beside = program.parent_path() / name;
  if (fs::is_directory(beside, ignored)) return beside.string();
  return (program.parent_path().parent_path() / installed).string();
}

fs::path self() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored);
}

}  // namespace

std::string translationsDirectory(const std::string& program) {
  const auto running = self();  // without /proc the name it was called by has to do
  return besideOf(running.empty() ? fs::path(program) : running, "locale", CONSULTA_LOCALE_DIR);
}

std::string lettersDirectory() {
  return besideOf(self(), "letters", CONSULTA_LETTERS_DIR);
}

}  // namespace consulta
