// What a backup and a restore both ask of a log: that it is whole, and that nothing is missing
// which it speaks of.
#pragma once

#include <functional>

#include "engine/log/log.h"
#include "engine/store/file_store.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// Asked of each file whose bytes are stored; the entry has attached it.
using FileCheck = std::function<Status(Position entry, const FileFacts& facts)>;

/// That every entry of the log can be read, and that `check` finds nothing wrong with the files
/// they attached.
[[nodiscard]] Status checkEntries(const Log& log, const FileCheck& check);

/// A check: ok when the file is at its place in the directory `files`, whatever its bytes.
/// Otherwise `missing` says so, given that place.
using MissingFile = std::function<Failure(Position entry, const std::filesystem::path& file)>;
[[nodiscard]] Status checkIsThere(Position entry, const FileFacts& facts,
                                  const std::filesystem::path& files, const MissingFile& missing);

}  // namespace consulta
