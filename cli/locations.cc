#include "cli/locations.h"

#include <filesystem>
#include <system_error>

namespace consulta {

std::string translationsDirectory(const std::string& program) {
  namespace fs = std::filesystem;
  std::error_code ignored;  // without /proc the name it was called by has to do
  auto self = fs::read_symlink("/proc/self/exe", ignored);
  if (self.empty()) self = program;
  const auto beside = self.parent_path() / "locale";
  if (fs::is_directory(beside, ignored)) return beside.string();
  const auto installed = self.parent_path().parent_path() / CONSULTA_LOCALE_DIR;
  return installed.string();
}

}  // namespace consulta
