#include "engine/backup/backup.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <stop_token>
#include <string>
#include <thread>

#include "engine/backup/backup_key.h"
#include "tests/engine/backup_fixture.h"
#include "tests/engine/full_disk.h"

namespace consulta::test {

using consulta::testing::FullDisk;

TEST_CASE("a restored backup holds the same entries and files, byte for byte") {
  BackupFixture from;
  const auto [entry, facts] = from.attach("FILE-1", "the text of the memorandum");
  const auto made = from.backup();
  CHECK(made.last == from.reg->last());
  Restored what;
  auto request = from.request();
  request.behind = from.head();
  const auto restored = from.restore("again", request, what);
  INFO(whyNot(restored));
  REQUIRE(restored.ok());
  CHECK(recordsOf(**restored) == recordsOf(*from.reg));
  CHECK_FALSE(what.epoch.isNew);
  CHECK((*restored)->id() == from.reg->id());
  CHECK((*restored)->epoch() == from.reg->epoch());
  CHECK(contentOf(from.directory / "files" / FileStore::placeOf(facts.sha256)) ==
        contentOf(from.scratch.path() / "again/files" / FileStore::placeOf(facts.sha256)));
}

TEST_CASE("a backup holds no keys, so what is personal is closed until they are put back") {
  BackupFixture from;
  const auto [entry, facts] = from.attach("FILE-1", "the text of the memorandum");
  from.backup();
  for (const char* clear : {"Quicksilver", "private remark", "memorandum", ".sst", "files"}) {
    INFO(clear);
    CHECK(filesWith(from.backups, clear) == 0);
  }
  const auto nothing = [](std::string_view) { return true; };
  Restored what;
  {
    const auto restored = from.restore("closed", from.request(), what);
    REQUIRE(restored.ok());
    CHECK_FALSE(what.keys);
    CHECK_FALSE((*restored)->reveal(from.first, "note").has_value());
    CHECK(*(*restored)->files().read(entry, facts, nothing) == FileRead::closed);
  }
  from.reg.reset();
  auto request = from.request();
  request.keys = from.directory / "keys";
  const auto restored = from.restore("open", request, what);
  REQUIRE(restored.ok());
  CHECK(what.keys);
  CHECK((*restored)->reveal(from.first, "note") == "a private remark");
  CHECK(*(*restored)->files().read(entry, facts, nothing) == FileRead::whole);
}

TEST_CASE("a second backup copies only what is new") {
  BackupFixture from;
  from.attach("FILE-1", std::string(1'000'000, 'x'));
  const auto first = from.backup();
  CHECK(first.filesNew == first.files);
  CHECK(first.bytesNew == first.bytes);
  from.meeting();
  const auto second = from.backup();
  CHECK(second.number == first.number + 1);
  CHECK(second.bytesNew < 200'000);
  CHECK(second.last.value == first.last.value + 1);
  const auto third = from.backup();
  CHECK(third.filesNew < second.files);
  for (const std::uint64_t number : {1U, 2U, 3U}) {
    auto request = from.request();
    request.number = number;
    Restored what;
    const auto restored = from.restore("from " + std::to_string(number), request, what);
    REQUIRE(restored.ok());
    CHECK(what.last.value == (number == 1 ? first.last.value : second.last.value));
  }
}

TEST_CASE("a backup made while others enter is a beginning of the log") {
  BackupFixture from;
  // Stopped and awaited by its own end too, so that a failed check is reported as such.
  std::jthread writer([&](const std::stop_token& stop) {
    for (int i = 0; !stop.stop_requested(); ++i) {
      static_cast<void>(from.reg->submit(
          from.submission("meeting.scheduled", "BUSY-" + std::to_string(i),
                          {{"kind", "expert-group"}, {"title", "en:Busy"}}, "remark")));
    }
  });
  BackupMade made;
  for (int round = 0; round < 3; ++round) made = from.backup();
  writer.request_stop();
  writer.join();
  Restored what;
  const auto restored = from.restore("again", from.request(), what);
  REQUIRE(restored.ok());
  CHECK(what.last == made.last);
  auto all = recordsOf(*from.reg);
  auto some = recordsOf(**restored);
  some.pop_back();  // the entry that begins the epoch
  REQUIRE(some.size() == made.last.value);
  REQUIRE(some.size() <= all.size());
  all.resize(some.size());
  CHECK(all == some);
}

TEST_CASE("whatever is changed in a backup, a restore notices it and leaves nothing behind") {
  BackupFixture from;
  from.attach("FILE-1", "the text of the memorandum");
  from.backup();
  auto objects = objectsOf(from.backups);
  objects.push_back(from.backups / "backups/000001");
  for (const auto& path : objects) {
    INFO(path.string());
    const auto whole = contentOf(path);
    for (const std::size_t at : {std::size_t{0}, whole.size() / 2, whole.size() - 1}) {
      auto changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      replaceContent(path, changed);
      CHECK(from.refusalOf(from.request()) == "backup.damaged");
    }
    replaceContent(path, whole.substr(0, whole.size() - 1));
    CHECK(from.refusalOf(from.request()) == "backup.damaged");
    replaceContent(path, whole);
  }
  // One object in the place of another is as wrong as a changed one.
  const auto first = contentOf(objects[0]);
  replaceContent(objects[0], contentOf(objects[1]));
  CHECK(from.refusalOf(from.request()) == "backup.damaged");
  fs::remove(objects[0]);
  CHECK(from.refusalOf(from.request()) == "backup.damaged");
  replaceContent(objects[0], first);
  CHECK(from.refusalOf(from.request()).empty());
}

TEST_CASE("a list of another number is not taken for this one") {
  BackupFixture from;
  from.backup();
  from.meeting();
  from.backup();
  fs::copy_file(from.backups / "backups/000001", from.backups / "backups/000002",
                fs::copy_options::overwrite_existing);
  CHECK(from.refusalOf(from.request()) == "backup.damaged");
}

TEST_CASE("a backup that was torn leaves those before it as they were") {
  BackupFixture from;
  from.backup();
  from.meeting();
  // A crash before the list: objects without a list, and one that is half written.
  from.backup();
  fs::remove(from.backups / "backups/000002");
  replaceContent(from.backups / "new-abcdef", "half");
  Restored what;
  REQUIRE(from.restore("first", from.request(), what).ok());
  CHECK(what.number == 1);
  CHECK(from.backup().number == 2);
  CHECK_FALSE(fs::exists(from.backups / "new-abcdef"));
  REQUIRE(from.restore("second", from.request(), what).ok());
  CHECK(what.number == 2);
}

TEST_CASE("a damaged list stops no later backup, and what only it has listed is copied anew") {
  BackupFixture from;
  from.attach("FILE-1", std::string(1'000'000, 'x'));
  from.backup();
  from.meeting();
  from.backup();
  const auto damage = [&](const std::string& number) {
    auto path = from.backups / "backups" / number;
    auto bytes = contentOf(path);
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    replaceContent(path, bytes);
    return path;
  };
  const auto list = damage("000002");
  const auto third = from.backup();
  CHECK(third.number == 3);
  REQUIRE(third.damaged.size() == 1);
  CHECK(third.damaged.front() == std::pair<std::uint64_t, fs::path>(2, list));
  CHECK(third.bytesNew < 200'000);
  Restored what;
  REQUIRE(from.restore("third", from.request(), what).ok());
  CHECK(what.number == 3);
  CHECK(from.backup().damaged.empty());
  for (const char* number : {"000001", "000003", "000004"}) damage(number);
  const auto fifth = from.backup();
  CHECK(fifth.damaged.size() == 4);
  CHECK(fifth.bytesNew == fifth.bytes);
  REQUIRE(from.restore("fifth", from.request(), what).ok());
  CHECK(what.number == 5);
}

TEST_CASE("no older backup is removed while one that is kept cannot be read") {
  BackupFixture from;
  for (int i = 0; i < 3; ++i) {
    from.meeting();
    from.backup();
  }
  const auto list = from.backups / "backups/000003";
  const auto whole = contentOf(list);
  replaceContent(list, whole.substr(1));
  const auto made = from.tryBackup(2);
  REQUIRE_FALSE(made.ok());
  CHECK(made.failures().front().rule == "backup.remove.damaged");
  CHECK(whyNot(made).find(list.string()) != std::string::npos);
  replaceContent(list, whole);
  for (const std::uint64_t number : {1U, 2U, 3U, 4U}) {
    auto request = from.request();
    request.number = number;
    Restored what;
    CHECK(from.restore("from " + std::to_string(number), request, what).ok());
  }
  CHECK(from.backup(2).number == 5);
}

TEST_CASE("whichever call fails on the disk of backups, those that are listed are whole") {
  const std::string object(64, 'a');
  const auto addTo = [&](BackupDirectory& to, std::uint64_t number) {
    auto added = to.addObject(object, [](SealedWriter& out) -> Status {
      if (out.add("the bytes")) return Done{};
      return fileFailure("object", errno);
    });
    Sha256 hash;
    hash.add("the bytes");
    BackupList list;
    list.identity = {randomId<RegisterId>(), 1};
    list.files.push_back({"files/aa/aa", 9, hexOf(hash.finish()), object});
    return added ? to.addList(number, list) : added;
  };
  const auto allOf = [&](const BackupDirectory& from) {
    std::size_t whole = 0;
    const auto numbers = from.numbers();
    REQUIRE(numbers.ok());
    for (const auto number : *numbers) {
      const auto list = from.list(number);
      REQUIRE(list.ok());
      std::string bytes;
      const auto read = from.read(list->files.front(), [&](std::string_view piece) {
        bytes += piece;
        return true;
      });
      CHECK(read.ok());
      CHECK(bytes == "the bytes");
      ++whole;
    }
    return whole;
  };
  std::size_t calls = 0;
  for (bool failed = true; failed; ++calls) {
    CAPTURE(calls);
    const ScratchDirectory scratch;
    const auto key = createBackupKey(scratch.path() / "key");
    REQUIRE(key.ok());
    std::size_t left = calls;
    failed = false;
    const FileGuard guard = [&](const FileCall&) -> std::optional<int> {
      if (failed || left-- > 0) return std::nullopt;
      failed = true;
      return EIO;
    };
    const auto path = scratch.path() / "backups";
    bool done = false;
    {
      auto to = BackupDirectory::forBackup(path, key->copy(), Owner{"test", 0}, guard);
      done = to && addTo(*to, 1);
    }
    CHECK(done == !failed);
    auto to = BackupDirectory::forBackup(path, key->copy(), Owner{"test", 0});
    INFO(whyNot(to));
    REQUIRE(to.ok());
    CHECK(allOf(*to) <= 1);
    if (done) CHECK(allOf(*to) == 1);
    REQUIRE(addTo(*to, 2).ok());
    CHECK(allOf(*to) == to->numbers()->size());
    for (const auto& one : fs::directory_iterator(path)) {
      CHECK_FALSE(one.path().filename().string().starts_with("new-"));
    }
  }
  CHECK(calls > 20);
}

TEST_CASE("only the newest backups are kept when that is asked for, and they stay whole") {
  BackupFixture from;
  for (int i = 0; i < 3; ++i) {
    from.meeting();
    from.backup();
  }
  const auto before = objectsOf(from.backups);
  from.meeting();
  CHECK(from.backup(2).number == 4);
  CHECK(std::ranges::any_of(before, [](const fs::path& object) { return !fs::exists(object); }));
  auto request = from.request();
  request.number = 2;
  CHECK(from.refusalOf(request) == "restore.number");
  for (const std::uint64_t number : {3U, 4U}) {
    request.number = number;
    Restored what;
    CHECK(from.restore("from " + std::to_string(number), request, what).ok());
  }
}

TEST_CASE("what cannot be listed among the older backups is told when they are removed") {
  BackupFixture from;
  from.backup();
  from.meeting();
  const auto folder = from.backups / "objects/zz";
  replaceContent(from.backups / "objects/.note", "of a file manager, no folder of ours");
  fs::create_symlink(folder, folder);
  const auto made = from.tryBackup(1);
  REQUIRE_FALSE(made.ok());
  CHECK(whyNot(made).find(folder.string()) != std::string::npos);
  fs::remove(folder);
  CHECK(from.tryBackup(1).ok());
}

TEST_CASE("a key opens its own backups only, and is made once") {
  BackupFixture from;
  from.backup();
  BackupFixture other;
  other.backup();
  auto request = from.request();
  request.keyFile = other.keyFile;
  CHECK(from.refusalOf(request) == "backup.key.other");
  request.keyFile = from.scratch.path() / "none";
  CHECK(from.refusalOf(request) == "backup.key.missing");
  replaceContent(request.keyFile, "rubbish");
  fs::permissions(request.keyFile, fs::perms::owner_read);
  CHECK(from.refusalOf(request) == "backup.key.form");
  fs::permissions(request.keyFile, fs::perms::owner_read | fs::perms::others_read);
  CHECK(from.refusalOf(request) == "backup.key.open-to-others");
  fs::remove(from.keyFile);
  CHECK(from.tryBackup().failures().front().rule == "backup.key.missing");
  from.keyFile = from.backups / "key";
  CHECK(from.tryBackup().failures().front().rule == "backup.key.beside");
}

TEST_CASE("backups go into a directory of their own, of one register") {
  BackupFixture from;
  fs::create_directory(from.backups);
  replaceContent(from.backups / "thesis.txt", "mine");
  CHECK(from.tryBackup().failures().front().rule == "backup.foreign");
  fs::remove(from.backups / "thesis.txt");
  from.backup();
  BackupFixture other;
  other.backups = from.backups;
  other.keyFile = from.keyFile;
  CHECK(other.tryBackup().failures().front().rule == "backup.other-register");
  replaceContent(from.backups / "FORMAT", "consulta backup format 2\n");
  CHECK(from.refusalOf(from.request()) == "backup.newer");
}

TEST_CASE("a backup lies neither in its register nor where nothing is") {
  BackupFixture from;
  for (const fs::path inside : {"bk", "keys/bk", "nothing/../bk"}) {
    from.backups = from.directory / inside;
    CHECK(from.tryBackup().failures().front().rule == "backup.within");
    CHECK_FALSE(fs::exists(from.backups));
  }
  fs::create_directory_symlink(from.directory, from.scratch.path() / "link");
  from.backups = from.scratch.path() / "link" / "bk";
  CHECK(from.tryBackup().failures().front().rule == "backup.within");
  CHECK_FALSE(fs::exists(from.keyFile));

  from.backups = from.scratch.path() / "absent" / "deep";
  const auto made = from.tryBackup();
  REQUIRE_FALSE(made.ok());
  CHECK(made.failures().front().rule == "backup.place");
  CHECK(whyNot(made).find((from.scratch.path() / "absent").string() + " to make deep in") !=
        std::string::npos);
}

TEST_CASE("a register that has lost a stored file is not backed up, and the file is named") {
  BackupFixture from;
  const std::string text = "the text of the memorandum";
  const auto [entry, facts] = from.attach("FILE-1", text);
  from.attach("FILE-2", "another text");
  from.backup();
  const auto file = from.directory / "files" / FileStore::placeOf(facts.sha256);
  fs::remove(file);
  const auto made = from.tryBackup();
  REQUIRE_FALSE(made.ok());
  CHECK(made.failures().front().rule == "backup.file");
  CHECK(made.failures().front().fault == Fault::damaged);
  const auto why = whyNot(made);
  CHECK(why.find(file.string()) != std::string::npos);
  CHECK(why.find("entry " + std::to_string(entry.value)) != std::string::npos);
  // Those before it are as they were, and what the text advises puts it right.
  Restored what;
  CHECK(from.restore("before", from.request(), what).ok());
  replaceContent(from.scratch.path() / "source", text);
  REQUIRE(from.reg->files().keep(*openSource(from.scratch.path() / "source"), facts).ok());
  CHECK(from.backup().number == 2);
}

TEST_CASE("a key file that could not be written is not left behind") {
  BackupFixture from;
  {
    const FullDisk full;
    CHECK_FALSE(createBackupKey(from.keyFile).ok());
  }
  CHECK_FALSE(fs::exists(from.keyFile));
  CHECK(from.backup().number == 1);
}

TEST_CASE("a damaged log is never taken for a backup") {
  BackupFixture from;
  from.backup();
  from.reg.reset();
  for (const auto& one : fs::directory_iterator(from.directory / "log")) {
    if (one.path().extension() != ".sst") continue;
    auto bytes = contentOf(one.path());
    bytes[10] = static_cast<char>(bytes[10] ^ 1);
    replaceContent(one.path(), bytes);
  }
  auto opened = Register::open(backupCatalogue(), BackupFixture::optionsFor(from.directory));
  if (!opened) {  // it was noticed even before
    CHECK(opened.failures().front().fault == Fault::damaged);
    return;
  }
  from.reg = std::move(*opened);
  const auto made = from.tryBackup();
  REQUIRE_FALSE(made.ok());
  CHECK(made.failures().front().fault == Fault::damaged);
}

}  // namespace consulta::test
