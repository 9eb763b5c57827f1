#include "events/record.h"

#include <capnp/message.h>
#include <doctest/doctest.h>

#include <string>

#include "events/limits.h"

namespace consulta::test {

namespace {

RecordPtr built(const std::string& symbol) {
  capnp::MallocMessageBuilder message;
  auto record = message.initRoot<schema::Record>();
  record.setPosition(7);
  record.setEntity(3);
  record.initEvent().initSymbolGiven().setSymbol(symbol);
  return Record::of(record);
}

}  // namespace

TEST_CASE("a record that was built is the one that is read from its bytes") {
  const auto record = built("IDB.31/10");
  const auto read = Record::read(Position(7), record->bytes());
  REQUIRE(read.ok());
  CHECK((*read)->bytes() == record->bytes());
  CHECK((*read)->entity() == EntityId(3));
  CHECK((*read)->get().getEvent().getSymbolGiven().getSymbol() == "IDB.31/10");
  CHECK(encode(record->get()) == record->bytes());
}

TEST_CASE("a record is read as often as somebody looks, however long it is") {
  const auto record = built(std::string(limits::text_bytes_max, 'x'));
  const auto read = Record::read(Position(7), record->bytes());
  REQUIRE(read.ok());
  std::size_t bytes = 0;
  for (int i = 0; i < 10'000; ++i) {
    bytes += record->get().getEvent().getSymbolGiven().getSymbol().size();
    bytes += (*read)->get().getEvent().getSymbolGiven().getSymbol().size();
  }
  CHECK(bytes == 20'000 * limits::text_bytes_max);
}

TEST_CASE("bytes that lead out of the record, or stop within it, are not read") {
  const auto record = built("IDB.31/10");
  const std::string whole(record->bytes());
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
    CAPTURE(bytes);
    CHECK_FALSE(Record::read(Position(7), std::string_view(whole).substr(0, bytes)).ok());
  }
  CHECK_FALSE(Record::read(Position(8), whole).ok());
  int accepted = 0;
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    auto flipped = whole;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    const auto read = Record::read(Position(7), flipped);
    if (!read) continue;
    ++accepted;  // another value, within the same bounds
    CHECK((*read)->bytes() == flipped);
    CHECK((*read)->get().totalSize().wordCount + 1 == flipped.size() / 8);
  }
  CHECK(accepted > 0);
}

}  // namespace consulta::test
