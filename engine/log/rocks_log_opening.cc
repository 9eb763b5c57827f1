#include "engine/log/rocks_log_opening.h"

#include "engine/log/stored_form.h"

namespace consulta {

Failure positionsLost(Position from, Position to) {
  return damaged("log.lost",
                 msg("The register is damaged: the entries at positions {from} to {to} were "
                     "acknowledged and are missing. Stop using this directory, keep it as it is, "
                     "and restore the register from a backup.",
                     arg("from", from.value), arg("to", to.value)));
}

Failure recordDamaged(Position position, const Message& detail) {
  return damaged("log.record.damaged",
                 msg("The register is damaged: the entry at position {position} is not what was "
                     "written ({detail}). Stop using this directory, keep it as it is, and restore "
                     "the register from a backup.",
                     arg("position", position.value), arg("detail", detail)));
}

Failure unreadable(Position position, const Failure& why) {
  if (why.fault != Fault::damaged) return why;
  return damaged("log.record.damaged", msg("The entry at position {position} cannot be read. {why}",
                                           arg("position", position.value), arg("why", why.text)));
}

namespace {

Failure foreignKey() {
  return damaged("log.key",
                 msg("The register is damaged: its log holds something that is not an entry. Stop "
                     "using this directory, keep it as it is, and restore the register from a "
                     "backup."));
}

/// The last position that the tables cover, when they follow each other without a gap from 1.
Result<Position> lastInTables(const Database& database, Family records) {
  Position covered;
  for (const Database::TableRange& table : database.tables(records)) {
    const auto first = positionOfKey(table.first);
    const auto last = positionOfKey(table.last);
    if (!first || !last || *first <= covered || *last < *first) return foreignKey();
    if (first->value != covered.value + 1) {
      return positionsLost(Position(covered.value + 1), Position(first->value - 1));
    }
    covered = *last;
  }
  return covered;
}

}  // namespace

Result<Position> lastOfDense(const Database& database) {
  const Family records = database.family(records_family);
  auto covered = lastInTables(database, records);
  if (!covered) return covered;
  Position expected(covered->value + 1);
  Cursor cursor = database.cursor(records);
  for (cursor.seek(PositionKey(expected).view()); cursor.valid(); cursor.next()) {
    const auto found = positionOfKey(cursor.key());
    if (!found || *found < expected) return foreignKey();
    if (*found != expected) return positionsLost(expected, Position(found->value - 1));
    ++expected.value;
  }
  auto status = cursor.status();
  if (!status) return unreadable(expected, status.failures().front());
  return Position(expected.value - 1);
}

Status checkHead(const Database& database, Position last, const Head& head) {
  if (last < head.position) return positionsLost(Position(last.value + 1), head.position);
  if (!head.position) return Done{};
  auto record = storedRecord(database, head.position);
  if (!record) return std::move(record).failures();
  if (recordHash(*record) != head.hash) {
    return recordDamaged(head.position, msg("it differs from what the head file remembers"));
  }
  return Done{};
}

Result<std::string> storedRecord(const Database& database, Position position) {
  const PositionKey key(position);
  auto value = database.get(database.family(records_family), key.view());
  if (!value) return unreadable(position, value.failures().front());
  if (!value->has_value()) return positionsLost(position, position);
  const auto bytes = checkedBytes(key.view(), **value);
  if (!bytes) return recordDamaged(position, msg("its checksum is wrong"));
  const std::size_t size = bytes->size();
  std::string record = std::move(**value);
  record.resize(size);
  return record;
}

}  // namespace consulta
