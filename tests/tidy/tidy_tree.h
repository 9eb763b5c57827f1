// Reads the project's files from the disk, for the checks.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/tidy/tidy_checks.h"

namespace consulta::tidy {

/// The whole of a file as it stands. Throws std::runtime_error when it cannot be read.
std::string readWhole(const std::filesystem::path& path);

/// The project's code, scripts and Markdown below `root`, sorted by path. Left out are the build
/// folder and whatever else is no text of ours: data and golden files of tests are not looked at.
/// Throws when `root` cannot be read.
std::vector<SourceFile> readTree(const std::filesystem::path& root);

}  // namespace consulta::tidy
