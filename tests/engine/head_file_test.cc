#include "engine/log/head_file.h"

#include <doctest/doctest.h>

#include <random>

#include "tests/engine/log_fixture.h"

namespace consulta::testing {
namespace {

Head headAt(std::uint64_t position) {
  return {RocksHarness::identity(), Position(position), recordHash(bytesOf(position))};
}

std::unique_ptr<HeadFile> opened(const std::filesystem::path& path) {
  auto file = HeadFile::open(path);
  REQUIRE(file.ok());
  return std::move(file).value();
}

void spoilSlot(const std::filesystem::path& path, std::size_t slot) {
  std::string bytes = readFile(path);
  char& byte = bytes[slot * head_slot_stride_bytes + head_slot_bytes / 2];
  byte = static_cast<char>(byte ^ 1);
  writeFile(path, bytes);
}

TEST_CASE("a head that was written is there after an opening") {
  const TempDir directory;
  const auto path = directory / "head";
  REQUIRE(HeadFile::create(path, headAt(0)).ok());
  for (std::uint64_t position = 1; position < 50; ++position) {
    auto file = opened(path);
    CHECK(file->head() == headAt(position - 1));
    REQUIRE(file->write(Position(position), recordHash(bytesOf(position))).ok());
    if (position % 3 == 0) CHECK(file->sync().ok());
    CHECK(file->head() == headAt(position));
  }
  CHECK(opened(path)->head() == headAt(49));
}

TEST_CASE("heads that come faster than syncs are all accepted, and the newest stays") {
  const TempDir directory;
  const auto path = directory / "head";
  REQUIRE(HeadFile::create(path, headAt(0)).ok());
  {
    auto file = opened(path);
    for (std::uint64_t position = 1; position <= 2'000; ++position) {
      REQUIRE(file->write(Position(position), recordHash(bytesOf(position))).ok());
    }
  }
  CHECK(opened(path)->head() == headAt(2'000));
}

TEST_CASE("a torn write of the newest slot leaves the durable head before it") {
  const std::uint64_t seed = std::random_device()();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  const TempDir directory;
  const auto path = directory / "head";
  REQUIRE(HeadFile::create(path, headAt(1)).ok());
  std::uint64_t next = 2;
  for (int round = 0; round < 20; ++round) {
    const std::string before = readFile(path);
    REQUIRE(opened(path)->write(Position(next), recordHash(bytesOf(next))).ok());
    const std::string whole = readFile(path);
    std::size_t slot = 0;
    while (slot < head_slots && whole.substr(slot * head_slot_stride_bytes, head_slot_bytes) ==
                                    before.substr(slot * head_slot_stride_bytes, head_slot_bytes)) {
      ++slot;
    }
    REQUIRE(slot < head_slots);
    std::string torn = before;
    const std::size_t kept = 1 + random() % (head_slot_bytes - 1);
    torn.replace(slot * head_slot_stride_bytes, kept, whole, slot * head_slot_stride_bytes, kept);
    writeFile(path, torn);
    const Position found = opened(path)->head().position;
    CHECK((found == Position(next - 1) || found == Position(next)));
    CHECK(opened(path)->head() == headAt(found.value));
    writeFile(path, whole);
    ++next;
  }
}

TEST_CASE("any one spoilt slot leaves a head, the newest or one before it") {
  const TempDir directory;
  const auto path = directory / "head";
  REQUIRE(HeadFile::create(path, headAt(0)).ok());
  {
    auto file = opened(path);
    for (std::uint64_t position = 1; position <= 5; ++position) {
      REQUIRE(file->write(Position(position), recordHash(bytesOf(position))).ok());
      REQUIRE(file->sync().ok());
    }
  }
  const std::string whole = readFile(path);
  for (std::size_t slot = 0; slot < head_slots; ++slot) {
    spoilSlot(path, slot);
    CHECK(opened(path)->head().position >= Position(4));
    writeFile(path, whole);
  }
}

TEST_CASE("a head file without a slot that can be read is damage") {
  const TempDir directory;
  const auto path = directory / "head";
  SUBCASE("missing") {}
  SUBCASE("empty") {
    writeFile(path, "");
  }
  SUBCASE("zeros") {
    writeFile(path, std::string(head_slots * head_slot_stride_bytes, '\0'));
  }
  SUBCASE("spoilt") {
    REQUIRE(HeadFile::create(path, headAt(3)).ok());
    for (std::size_t slot = 0; slot < head_slots; ++slot) spoilSlot(path, slot);
  }
  CHECK(faultOf(HeadFile::open(path)) == Fault::damaged);
}

}  // namespace
}  // namespace consulta::testing
