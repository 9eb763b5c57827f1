#include "engine/log/rocks_log.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "engine/log/acknowledged.h"
#include "engine/log/append_check.h"
#include "engine/log/rocks_log_opening.h"
#include "engine/log/stored_form.h"

namespace consulta {

struct RocksLog::State {
  State(Database& openDatabase, std::unique_ptr<HeadFile> openHead, Position last)
      : database(openDatabase),
        records(openDatabase.family(records_family)),
        besides(openDatabase.family(beside_family)),
        head(std::move(openHead)),
        identity(head->head().identity),
        acknowledged(last) {}

  Database& database;
  Family records;
  Family besides;
  std::unique_ptr<HeadFile> head;
  LogIdentity identity;
  Acknowledged acknowledged;
  Batch batch;  // the appending thread's; kept for its memory

  void put(Family family, std::string_view key, std::string_view bytes);
};

void RocksLog::State::put(Family family, std::string_view key, std::string_view bytes) {
  const auto checksum = checksumOf(key, bytes);
  const std::array parts{bytes, std::string_view(checksum.data(), checksum.size())};
  batch.put(family, key, parts);
}

std::vector<FamilySpec> RocksLog::families() {
  return {{std::string(records_family), FamilyUse::sequential},
          {std::string(beside_family), FamilyUse::sequential}};
}

Status RocksLog::createHead(const Database& database, const std::filesystem::path& headPath,
                            const LogIdentity& identity, const FileGuard& guard) {
  auto last = lastOfDense(database);
  if (!last) return std::move(last).failures();
  Head head{identity, *last, {}};
  if (*last) {
    auto record = storedRecord(database, *last);
    if (!record) return std::move(record).failures();
    head.hash = recordHash(*record);
  }
  return HeadFile::create(headPath, head, guard);
}

Result<std::unique_ptr<RocksLog>> RocksLog::open(Database& database,
                                                 const std::filesystem::path& headPath,
                                                 const FileGuard& guard) {
  auto head = HeadFile::open(headPath, guard);
  if (!head) return std::move(head).failures();
  auto last = lastOfDense(database);
  if (!last) return std::move(last).failures();
  auto whole = checkHead(database, *last, (*head)->head());
  if (!whole) return std::move(whole).failures();
  if (*last > (*head)->head().position) {
    auto record = storedRecord(database, *last);
    if (!record) return std::move(record).failures();
    auto forward = (*head)->write(*last, recordHash(*record));
    if (forward) forward = (*head)->sync();
    if (!forward) return std::move(forward).failures();
  }
  auto state = std::make_unique<State>(database, std::move(head).value(), *last);
  return std::unique_ptr<RocksLog>(new RocksLog(std::move(state)));
}

RocksLog::RocksLog(std::unique_ptr<State> state) : state_(std::move(state)) {}
RocksLog::~RocksLog() = default;

const LogIdentity& RocksLog::identity() const {
  return state_->identity;
}
Status RocksLog::syncHead() {
  return state_->head->sync();
}
Position RocksLog::last() const {
  return state_->acknowledged.last();
}

bool RocksLog::broken() const {
  return state_->acknowledged.broken() || state_->head->failed() || state_->database.broken();
}

Position RocksLog::wait(Position after, std::uint32_t timeout_ms) const {
  return state_->acknowledged.wait(after, timeout_ms);
}

Result<Position> RocksLog::append(Position at, std::span<const NewRecord> batch) {
  auto checked = checkAppend(last(), broken(), at, batch);
  if (!checked) return std::move(checked).failures();
  state_->batch.clear();
  Position position = at;
  for (const NewRecord& record : batch) {
    state_->put(state_->records, PositionKey(position).view(), record.bytes);
    for (const Beside& value : record.beside) {
      state_->put(state_->besides, besideKey(position, value.key), value.bytes);
    }
    ++position.value;
  }
  const Position newLast(position.value - 1);
  auto written = state_->database.write(state_->batch, Durability::synced);
  if (written) written = state_->head->write(newLast, recordHash(batch.back().bytes));
  if (!written) {
    state_->acknowledged.breakForGood();
    return std::move(written).failures();
  }
  state_->acknowledged.advance(newLast);
  return newLast;
}

Status RocksLog::read(Position from, Position to, const Visitor& visit) const {
  assert(from);
  const Position end = std::min(to, last());
  if (from > end) return Done{};
  const PositionKey behind(Position(end.value + 1));
  Cursor cursor = state_->database.cursor(state_->records, behind.view());
  cursor.seek(PositionKey(from).view());
  for (Position expected = from; expected <= end; ++expected.value) {
    if (!cursor.valid()) {
      auto status = cursor.status();
      if (status) return positionsLost(expected, end);
      return unreadable(expected, status.failures().front());
    }
    const std::string_view key = cursor.key();
    if (key != PositionKey(expected).view()) {
      const auto found = positionOfKey(key);
      if (!found || *found < expected) return recordDamaged(expected, msg("its key is wrong"));
      return positionsLost(expected, Position(found->value - 1));
    }
    const auto bytes = checkedBytes(key, cursor.value());
    if (!bytes) return recordDamaged(expected, msg("its checksum is wrong"));
    if (!visit(StoredRecord{expected, *bytes})) break;
    cursor.next();
  }
  return Done{};
}

Result<std::string> RocksLog::at(Position position) const {
  assert(position && position <= last());
  return storedRecord(state_->database, position);
}

Result<std::optional<std::string>> RocksLog::beside(Position position, std::string_view key) const {
  assert(position && position <= last());
  const std::string wholeKey = besideKey(position, key);
  auto value = state_->database.get(state_->besides, wholeKey);
  if (!value || !value->has_value()) return value;
  const auto bytes = checkedBytes(wholeKey, **value);
  if (!bytes) return recordDamaged(position, msg("the value beside it has a wrong checksum"));
  return std::optional<std::string>(*bytes);
}

}  // namespace consulta
