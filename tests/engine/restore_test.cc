#include "engine/backup/restore.h"

#include <doctest/doctest.h>

#include <string>

#include "projections/rows/register.h"
#include "tests/engine/backup_fixture.h"

namespace consulta::test {

namespace {

Epoch epochOf(const Register& reg) {
  Epoch out;
  reg.read([&](const State& state) {
    state.each(RegisterRow::aggregate, [&](const RowPtr& row) {
      const auto& epochs = as<RegisterRow>(*row).epochs;
      if (!epochs.empty()) out = epochs.back();
      return true;
    });
  });
  return out;
}

}  // namespace

TEST_CASE("a restore behind a known head begins an epoch that names the head and what is lost") {
  BackupFixture from;
  const auto made = from.backup();
  from.meeting();
  from.meeting();
  const auto head = from.head();
  auto request = from.request();
  request.behind = head;
  Restored what;
  const auto restored = from.restore("again", request, what);
  INFO(whyNot(restored));
  REQUIRE(restored.ok());
  REQUIRE(what.epoch.isNew);
  CHECK(what.epoch.lostFrom == made.last.value + 1);
  CHECK(what.epoch.lostTo == head.position.value);
  CHECK((*restored)->epoch() == what.epoch.epoch);
  CHECK((*restored)->last().value == made.last.value + 1);
  const auto entered = epochOf(**restored);
  CHECK(entered.number == what.epoch.epoch);
  CHECK(entered.lostFrom == what.epoch.lostFrom);
  CHECK(entered.lostTo == head.position.value);
  CHECK(entered.checkpoint == head.position.value);
  CHECK(entered.checkpointHash == hexOf(head.hash));
}

TEST_CASE("a restore that knows of no head begins an epoch, for something may be lost") {
  BackupFixture from;
  const auto made = from.backup();
  Restored what;
  const auto restored = from.restore("again", from.request(), what);
  REQUIRE(restored.ok());
  CHECK(what.epoch.isNew);
  CHECK(what.epoch.epoch > from.reg->epoch());
  CHECK(epochOf(**restored).lostFrom == made.last.value + 1);
  CHECK(epochOf(**restored).lostTo == 0);
}

TEST_CASE("an epoch goes on when the backup reaches the newest head that is known") {
  BackupFixture from;
  const auto head = from.head();
  from.meeting();
  const auto made = from.backup();
  auto request = from.request();
  for (const auto& known : {head, from.head()}) {
    request.behind = known;
    Restored what;
    const auto restored = from.restore("to " + std::to_string(known.position.value), request, what);
    REQUIRE(restored.ok());
    CHECK_FALSE(what.epoch.isNew);
    CHECK((*restored)->epoch() == 1);
    CHECK((*restored)->last() == made.last);
  }
  // The same by what the backup printed.
  const auto printed = readKnownHead(std::to_string(made.last.value) + ":" + made.lastHash);
  REQUIRE(printed.ok());
  request.behind = *printed;
  Restored what;
  REQUIRE(from.restore("by hand", request, what).ok());
  CHECK_FALSE(what.epoch.isNew);
}

TEST_CASE("a head of another history or register is refused") {
  BackupFixture from;
  from.backup();
  auto request = from.request();
  request.behind = from.head();
  request.behind->hash[0] ^= 1;
  CHECK(from.refusalOf(request) == "restore.behind.other");
  const BackupFixture other;
  request.behind = other.head();
  CHECK(from.refusalOf(request) == "restore.behind.register");
}

TEST_CASE("what --behind cannot be read from is refused") {
  const ScratchDirectory scratch;
  const auto ruleOf = [](const std::string& written) {
    const auto read = readKnownHead(written);
    return read ? std::string() : read.failures().front().rule;
  };
  CHECK(ruleOf("12") == "restore.behind");
  CHECK(ruleOf("12:abc") == "restore.behind");
  CHECK(ruleOf(scratch.path().string()) == "restore.behind");
  replaceContent(scratch.path() / "head", "rubbish");
  CHECK(ruleOf(scratch.path().string()) == "head.damaged");
}

TEST_CASE("a restore begins an epoch of its own each time") {
  BackupFixture from;
  from.backup();
  Restored first;
  REQUIRE(from.restore("first", from.request(), first).ok());
  auto options = BackupFixture::optionsFor(from.scratch.path() / "second");
  options.clock = [] { return BackupFixture::now_ns + 60'000'000'000; };
  Restored second;
  REQUIRE(
      Register::restore(
          backupCatalogue(), options, from.request(), [](std::uint64_t, std::uint64_t) {}, second)
          .ok());
  CHECK(first.epoch.epoch != second.epoch.epoch);
}

TEST_CASE("a restored register is entered into and backed up like any other") {
  BackupFixture from;
  from.backup();
  from.reg.reset();
  auto request = from.request();
  request.keys = from.directory / "keys";
  Restored what;
  auto restored = from.restore("again", request, what);
  REQUIRE(restored.ok());
  from.reg = std::move(*restored);
  from.meeting();
  from.attach("FILE-9", "another text");
  CHECK(from.backup().number == 2);
  from.reg.reset();
  auto reopened =
      Register::open(backupCatalogue(), BackupFixture::optionsFor(from.scratch.path() / "again"));
  REQUIRE(reopened.ok());
  CHECK((*reopened)->epoch() == what.epoch.epoch);
}

TEST_CASE("a register is restored into an empty place only") {
  BackupFixture from;
  from.backup();
  Restored what;
  const auto onto = [&](const fs::path& directory) {
    const auto out = Register::restore(
        backupCatalogue(), BackupFixture::optionsFor(directory), from.request(),
        [](std::uint64_t, std::uint64_t) {}, what);
    return out ? std::string() : out.failures().front().rule;
  };
  CHECK(onto(from.directory) == "directory.register");
  CHECK(fs::exists(from.directory / "FORMAT"));
  const auto occupied = from.scratch.path() / "occupied";
  fs::create_directory(occupied);
  replaceContent(occupied / "thesis.txt", "mine");
  CHECK(onto(occupied) == "directory.occupied");
  CHECK(contentOf(occupied / "thesis.txt") == "mine");
}

TEST_CASE("keys of another register are no keys of this one's backup") {
  BackupFixture from;
  from.backup();
  auto request = from.request();
  request.keys = from.scratch.path() / "nowhere";
  CHECK(from.refusalOf(request) == "restore.keys");
  fs::create_directory(request.keys);
  CHECK(from.refusalOf(request) == "restore.keys");
  BackupFixture other;
  other.reg.reset();
  request.keys = other.directory / "keys";
  CHECK(from.refusalOf(request) == "restore.keys.other");
  from.reg.reset();
  request.keys = from.directory / "keys";
  CHECK(from.refusalOf(request).empty());
}

TEST_CASE("only what a key store consists of is taken from the directory that is named") {
  BackupFixture from;
  from.backup();
  auto request = from.request();
  request.keys = from.scratch.path();  // the new register would lie in it
  CHECK(from.refusalOf(request) == "restore.keys.within");
  request.keys = from.directory;  // holds the keys, but is not they
  CHECK(from.refusalOf(request) == "restore.keys");

  request.keys = from.scratch.path() / "safe";
  REQUIRE(from.reg->copyKeys(request.keys, from.backups).ok());
  fs::create_directories(request.keys / "db" / "more");
  replaceContent(request.keys / "db" / "more" / "thesis.txt", "mine");
  replaceContent(request.keys / "thesis.txt", "mine");
  fs::create_directory_symlink(request.keys, request.keys / "round");
  Restored what;
  REQUIRE(from.restore("again", request, what).ok());
  const auto keys = from.scratch.path() / "again" / "keys";
  CHECK(KeyStore::isThere(keys));
  for (const char* name : {"thesis.txt", "round", "db/more"}) CHECK_FALSE(fs::exists(keys / name));
  CHECK(fs::status(keys / "master.key").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));

  fs::resize_file(request.keys / "master.key", 1U << 20U);
  CHECK(from.refusalOf(request) == "file.io");
}

TEST_CASE("a dry run of a restore reads all of it and makes nothing") {
  BackupFixture from;
  from.backup();
  Restored what;
  const auto quiet = [](std::uint64_t, std::uint64_t) {};
  CHECK(Register::checkRestore(from.request(), quiet, what).ok());
  CHECK(what.files > 0);
  const auto path = objectsOf(from.backups).back();
  auto bytes = contentOf(path);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  replaceContent(path, bytes);
  CHECK_FALSE(Register::checkRestore(from.request(), quiet, what).ok());
}

}  // namespace consulta::test
