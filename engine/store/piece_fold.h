// Folds some entities, one after the other, into tables of their own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/log/database.h"
#include "engine/log/log.h"
#include "engine/store/gathered.h"
#include "engine/store/row_tables.h"
#include "engine/store/sorted_keys.h"
#include "events/record.h"
#include "projections/row.h"
#include "projections/state.h"

namespace consulta {

/// What all pieces of a rebuild work with; they only read it. `state` reads `tables`, in which
/// stands what was folded of the whiles before.
struct RebuildSource {
  Database& database;
  const Log& log;
  const State& state;
  const RowTables& tables;
};

/// For one thread at a time. Damage throws Broken.
class PieceFold {
 public:
  /// `number` tells pieces that are folded at the same time from each other.
  PieceFold(const RebuildSource& source, unsigned number);

  /// Called once. Both are read meanwhile.
  void run(const Gathered& records, Gathered::Run run);

  /// After run(), what came of it: the tables, to be put into the database; what of index keys
  /// came and went; the entities whose days hang on sessions, and so their keys on other rows.
  [[nodiscard]] std::vector<std::unique_ptr<NewTable>> takeTables();
  [[nodiscard]] const RangesOfKeys& keys() const { return keys_; }
  [[nodiscard]] const std::vector<EntityId>& waiting() const { return waiting_; }

 private:
  struct Entity;
  void readBack(Entity& entity) const;
  void step(Entity& entity, Position position, std::string_view bytes);
  void refold(Entity& entity, Gathered::Run run);
  void keepFormerKeys(const Timeline& timeline);
  void write(const Entity& entity, Gathered::Run run);
  void changeKeys(const Entity& entity);
  [[nodiscard]] std::vector<std::string> keysOf(const Row& row) const;

  const RebuildSource& source_;
  std::unique_ptr<NewTable> rows_;
  std::unique_ptr<NewTable> entries_;
  RangesOfKeys keys_;
  std::vector<EntityId> waiting_;
  RecordScan scan_;
};

/// What is due depends on sessions too, so keys of that are made when all rows stand.
[[nodiscard]] bool hangsOnSession(const Row& row);

/// What is said of a record that passed its checksum and is no message.
[[nodiscard]] Failure noMessage(Position position, const kj::Exception& exception);

}  // namespace consulta
