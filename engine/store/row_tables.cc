#include "engine/store/row_tables.h"

#include "projections/describe.h"
#include "projections/key_bytes.h"
#include "projections/rows.h"

namespace consulta {

namespace {

/// Raised when keys or values of the tables change; the rows have an edition of their own.
constexpr std::uint64_t tables_version = 1;

constexpr std::size_t generation_bytes = 4;
constexpr std::size_t entity_bytes = 8;

std::string big(std::uint64_t number, std::size_t bytes) {
  std::string out;
  putBig(out, number, bytes);
  return out;
}

}  // namespace

std::uint64_t RowsMeta::currentVersion() {
  return (tables_version << 16U) | rows_version;
}

std::string RowsMeta::encode() const {
  return big(version, 4) + big(generation, 4) + big(folded.value, 8);
}

std::optional<RowsMeta> RowsMeta::decode(std::string_view bytes) {
  if (bytes.size() != 16) return std::nullopt;
  return RowsMeta{readBig(bytes.substr(0, 4)), readBig(bytes.substr(4, 4)),
                  Position(readBig(bytes.substr(8)))};
}

std::vector<FamilySpec> RowTables::families() {
  return {{"rows", FamilyUse::keyed},
          {"entries", FamilyUse::prefixed},
          {"index", FamilyUse::prefixed},
          {"submissions", FamilyUse::random},
          {"meta", FamilyUse::keyed}};
}

RowTables::RowTables(const Database& database, std::uint64_t generation)
    : rows(database.family("rows")),
      entries(database.family("entries")),
      index(database.family("index")),
      submissions(database.family("submissions")),
      meta(database.family("meta")),
      generation_(big(generation, generation_bytes)) {}

std::string RowTables::rowKey(EntityId id) const {
  auto out = generation_;
  putBig(out, id.value, entity_bytes);
  return out;
}

std::string RowTables::entriesKey(EntityId id) const {
  return rowKey(id);
}

std::string RowTables::entriesKey(EntityId id, Position first) const {
  auto out = rowKey(id);
  putBig(out, first.value, 8);
  return out;
}

std::string RowTables::indexKey(std::string_view name) const {
  auto out = generation_;
  out += name;
  return out;
}

std::string RowTables::submissionKey(SubmissionId id) const {
  std::string out;
  out.reserve(generation_bytes + 16);
  out += generation_;
  putBig(out, id.high, 8);
  putBig(out, id.low, 8);
  return out;
}

std::string_view RowTables::nameOfIndexKey(std::string_view key) {
  return key.substr(generation_bytes);
}

Status RowTables::drop(Database& database, std::uint64_t first, std::uint64_t end) {
  for (const auto* name : {"rows", "entries", "index", "submissions"}) {
    auto done = database.drop(database.family(name), big(first, generation_bytes),
                              big(end, generation_bytes));
    if (!done) return done;
  }
  return Done{};
}

Failure damagedRow(EntityId id) {
  return damaged("rows.readable", msg("the row of entity #{id} cannot be read; the history itself "
                                      "is not concerned: run \"consulta rebuild\"",
                                      arg("id", id.value)));
}

std::string behindPrefix(std::string prefix) {
  while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xFF) prefix.pop_back();
  if (!prefix.empty()) prefix.back() = static_cast<char>(prefix.back() + 1);
  return prefix;
}

std::string generationValue(std::uint64_t generation) {
  return big(generation, generation_bytes);
}

std::uint64_t generationOf(std::string_view value) {
  return readBig(value);
}

std::string submissionValue(Position begin) {
  return big(begin.value, 8);
}

Position submissionBegin(std::string_view value) {
  return Position(readBig(value));
}

std::vector<Position> positionsOf(const Database& database, const RowTables& tables, EntityId id,
                                  const Snapshot* at) {
  std::vector<Position> out;
  const auto prefix = tables.entriesKey(id);
  auto cursor = database.cursor(tables.entries, behindPrefix(prefix), CursorUse::lookUp, at);
  for (cursor.seek(prefix); cursor.valid(); cursor.next()) {
    unpack(cursor.key(), cursor.value(), out);
  }
  orBroken(cursor.status());
  return out;
}

std::string packBehind(std::span<const Position> positions) {
  std::string out;
  for (std::size_t i = 1; i < positions.size(); ++i) {
    described::putNumber(out, positions[i].value - positions[i - 1].value);
  }
  return out;
}

void unpack(std::string_view key, std::string_view value, std::vector<Position>& out) {
  key.remove_prefix(generation_bytes);
  Position at(readBig(key.substr(entity_bytes)));
  out.push_back(at);
  for (described::Source from{value}; !from.rest.empty(); out.push_back(at)) {
    at.value += from.number();
    if (from.broken) throw Broken(damagedRow(EntityId(readBig(key.substr(0, entity_bytes)))));
  }
}

}  // namespace consulta
