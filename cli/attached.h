// The files of an entity: what is attached to it, originals with their translations.
#pragma once

#include <boost/json/array.hpp>
#include <optional>
#include <vector>

#include "cli/looking.h"
#include "engine/runtime/stored_files.h"

namespace consulta {

/// An original and what was translated from it.
struct AttachedFile {
  RowPtr file;
  std::vector<RowPtr> translations;
};

/// The files that are attached to the entity, oldest first. A translation stands with its original,
/// when that is attached to the entity too, and else alone.
[[nodiscard]] std::vector<AttachedFile> attachedTo(const Looking& at, EntityId id);

/// As a table, under a heading; nothing when there are none.
void printAttached(const Looking& at, const std::vector<AttachedFile>& files);
/// [{"file", "kind", "language", "authenticity", "size", "mediaType", "name", "state",
///   "translations": [...]}]
[[nodiscard]] boost::json::array attachedJson(const Looking& at,
                                              const std::vector<AttachedFile>& files);

/// Whether its bytes are stored here; nothing of what is no file, or lies on paper only.
[[nodiscard]] std::optional<bool> isStoredHere(const Looking& at, const Row& row);

/// What the row of a file says of its bytes.
[[nodiscard]] FileFacts factsOf(const Row& row);

/// How much it is: "512 bytes", "12.3 kB", "1,5 MB" in languages with a decimal comma.
[[nodiscard]] std::string bytesText(const Speech& speech, std::uint64_t bytes);

}  // namespace consulta
