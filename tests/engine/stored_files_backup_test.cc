// Stored files in backups: what is damaged never takes the place of what is whole.
#include <doctest/doctest.h>

#include <string>

#include "engine/store/file_store.h"
#include "tests/engine/backup_fixture.h"

using namespace consulta;        // NOLINT
using namespace consulta::test;  // NOLINT

namespace {

void damage(const fs::path& file) {
  auto bytes = contentOf(file);
  REQUIRE(bytes.size() > 64);
  for (std::size_t at = 60; at < 64; ++at) bytes[at] = static_cast<char>(~bytes[at]);
  replaceContent(file, bytes);
}

struct WithFile : BackupFixture {
  const std::string text = "the text of the memorandum, with its annexes";
  FileFacts facts = attach("FILE-1", text).second;
  fs::path file = directory / "files" / FileStore::placeOf(facts.sha256);

  std::string rule() {
    const auto made = tryBackup(1);
    if (made) return {};
    CHECK(whyNot(made).find(file.string()) != std::string::npos);
    return made.failures().front().rule;
  }
};

}  // namespace

TEST_CASE("a damaged stored file stops the backup, and no older one goes for it") {
  WithFile from;
  SUBCASE("one that a backup holds whole") {
    from.backup();
  }
  SUBCASE("one that no backup holds") {}
  const bool isHeld = fs::exists(from.backups);
  damage(from.file);
  CHECK(from.rule() == "backup.file.damaged");
  Restored what;
  if (isHeld) CHECK(from.restore("before", from.request(), what).ok());
  // What the text advises puts it right.
  replaceContent(from.scratch.path() / "source", from.text);
  REQUIRE(from.reg->files().keep(*openSource(from.scratch.path() / "source"), from.facts).ok());
  CHECK(from.rule().empty());
  auto request = from.request();
  request.keys = from.scratch.path() / "safe";
  REQUIRE(from.reg->copyKeys(request.keys, from.backups).ok());
  CHECK(from.restore("after", request, what).ok());
}

TEST_CASE("damaged bytes that no entry names stop no backup") {
  WithFile from;
  replaceContent(from.scratch.path() / "source", "entered by nobody, and long enough to damage");
  const auto facts = factsOfFile(from.scratch.path() / "source", "");
  REQUIRE(facts.ok());
  REQUIRE(from.reg->files().keep(*openSource(from.scratch.path() / "source"), *facts).ok());
  damage(from.directory / "files" / FileStore::placeOf(facts->sha256));
  CHECK(from.rule().empty());
}

TEST_CASE("a restore with keys opens the files before it says that all is checked") {
  WithFile from;
  const auto away = from.scratch.path() / "away";
  const auto keys = from.directory / "keys";
  const auto reopen = [&] {
    auto opened = Register::open(backupCatalogue(), BackupFixture::optionsFor(from.directory));
    REQUIRE(opened.ok());
    from.reg = std::move(*opened);
  };
  // Without its keys a register is backed up with its files closed, whatever is in them.
  from.reg.reset();
  damage(from.file);
  fs::rename(keys, away);
  reopen();
  CHECK(from.rule().empty());
  from.reg.reset();
  auto request = from.request();
  request.keys = away;
  CHECK(from.refusalOf(request) == "restore.file.damaged");
  request.keys.clear();
  CHECK(from.refusalOf(request).empty());
}
