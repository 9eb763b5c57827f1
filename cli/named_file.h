// Files that are named on the command line: read within bounds, written whole.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <istream>
#include <optional>
#include <string>

#include "engine/log/file.h"

namespace consulta {

/// All that comes; of what is longer than `bytes_max` that much and one byte more, which tells.
/// Nothing when it cannot be read. However long it is, no more of it is kept.
[[nodiscard]] std::optional<std::string> readBounded(std::istream& in, std::size_t bytes_max);
[[nodiscard]] std::optional<std::string> readBounded(const std::filesystem::path& path,
                                                     std::size_t bytes_max);

/// Writes the content. False: errno says why, unless the caller knows better.
using FillFile = std::function<bool(const FileHandle&)>;

/// Makes a file of its owner's under another name beside its place and puts it there once it is
/// whole, so that after a failure what was there still is. Unless it `replaces`, something that is
/// there stays, and is EEXIST. Returns an errno, 0 when it is done.
[[nodiscard]] int writeBeside(const std::filesystem::path& path, bool replaces,
                              const FillFile& fill);

}  // namespace consulta
