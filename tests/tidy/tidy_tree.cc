#include "tests/tidy/tidy_tree.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>

namespace consulta::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 7> extensions = {".h",   ".cc", ".capnp", ".cmake",
                                                        ".txt", ".md", ".sh"};

/// Scripts such as tests/run have no extension and begin with "#!".
bool looksLikeScript(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  std::array<char, 2> start{};
  return file.read(start.data(), start.size()) && start == std::array{'#', '!'};
}

bool isOurs(const fs::path& path) {
  const auto extension = path.extension().string();
  if (extension.empty()) return looksLikeScript(path);
  if (extension == ".txt") return path.filename() == "CMakeLists.txt";
  return std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
}

bool isSkipped(const fs::path& relative) {
  return relative == "build" || relative == ".git" || relative == ".cache";
}

}  // namespace

std::string readWhole(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  std::string text{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
  if (!file.is_open() || file.bad()) throw std::runtime_error{"cannot read " + path.string()};
  return text;
}

std::vector<SourceFile> readTree(const fs::path& root) {
  std::vector<SourceFile> files;
  fs::recursive_directory_iterator entry{root};
  for (; entry != fs::recursive_directory_iterator{}; ++entry) {
    const auto relative = entry->path().lexically_relative(root);
    if (isSkipped(relative)) {
      if (entry->is_directory()) entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file() || !isOurs(entry->path())) continue;
    files.push_back({relative.generic_string(), readWhole(entry->path())});
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace consulta::tidy
