// What a backup and a restore both ask of a log: that it is whole, and that nothing is missing
// which it speaks of.
#pragma once

#include <filesystem>
#include <functional>

#include "engine/log/log.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// What is said of a stored file that is not at its place; the entry has attached it.
using MissingFile = std::function<Failure(Position entry, const std::filesystem::path& file)>;

/// That every entry of the log can be read, and that the files they attached are in the directory
/// `files`. Whether the bytes of those are right is not asked: see FileStore::read.
[[nodiscard]] Status checkEntries(const Log& log, const std::filesystem::path& files,
                                  const MissingFile& missing);

}  // namespace consulta
