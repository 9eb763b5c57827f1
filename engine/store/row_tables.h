// How rows and indexes stand in the database: keys, and what they are folded to.
//
//   rows         generation(4) entity(8)              -> the row (Row::encode)
//   entries      generation(4) entity(8) position(8)  -> which records an entity has: this one, and
//                                                        those behind it as distances from each
//                                                        other
//   index        generation(4) key                    -> nothing (indexKeys)
//   submissions  generation(4) submission(16)         -> position(8) at which its entries begin
//   meta         "rows"                               -> version(4) generation(4) folded(8)
//   meta         "begun"                              -> generation(4): the last that a rebuild
//                                                        began
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/log/database.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// Which generation of the tables counts, and how far it is folded.
struct RowsMeta {
  std::uint64_t version = 0;
  std::uint64_t generation = 1;
  Position folded;

  /// The edition of the tables and of what stands in them that this program writes.
  [[nodiscard]] static std::uint64_t currentVersion();
  [[nodiscard]] std::string encode() const;
  [[nodiscard]] static std::optional<RowsMeta> decode(std::string_view bytes);
};

/// The tables of one generation. A value that copies, valid as long as the database.
class RowTables {
 public:
  [[nodiscard]] static std::vector<FamilySpec> families();
  RowTables(const Database& database, std::uint64_t generation);

  Family rows;
  Family entries;
  Family index;
  Family submissions;
  Family meta;

  [[nodiscard]] std::string rowKey(EntityId id) const;
  /// What the keys of all entries of the entity begin with.
  [[nodiscard]] std::string entriesKey(EntityId id) const;
  [[nodiscard]] std::string entriesKey(EntityId id, Position first) const;
  [[nodiscard]] std::string indexKey(std::string_view name) const;
  [[nodiscard]] std::string submissionKey(SubmissionId id) const;
  /// What indexKey() was given. Valid as long as the key.
  [[nodiscard]] static std::string_view nameOfIndexKey(std::string_view key);

  /// Gives up all generations from `first` up to but without `end`, as Database::drop() does.
  [[nodiscard]] static Status drop(Database& database, std::uint64_t first, std::uint64_t end);

 private:
  std::string generation_;
};

[[nodiscard]] Failure damagedRow(EntityId id);

/// What comes right after all keys that begin with `prefix`.
[[nodiscard]] std::string behindPrefix(std::string prefix);

[[nodiscard]] std::string generationValue(std::uint64_t generation);
[[nodiscard]] std::uint64_t generationOf(std::string_view value);
[[nodiscard]] std::string submissionValue(Position begin);
[[nodiscard]] Position submissionBegin(std::string_view value);

/// The positions of all entries of an entity, in order.
[[nodiscard]] std::vector<Position> positionsOf(const Database& database, const RowTables& tables,
                                                EntityId id, const Snapshot* at = nullptr);

/// Positions of records of one entity, in order: the first stands in the key, the others in the
/// value. Damaged bytes throw Broken.
[[nodiscard]] std::string packBehind(std::span<const Position> positions);
void unpack(std::string_view key, std::string_view value, std::vector<Position>& out);

}  // namespace consulta
