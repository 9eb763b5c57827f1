#include "engine/store/keys.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "engine/store/key_rows.h"
#include "engine/store/master_key.h"
#include "events/limits.h"
#include "tests/engine/full_disk.h"
#include "tests/engine/scratch_directory.h"

using namespace consulta;
using consulta::testing::contentOf;
using consulta::testing::filesWith;
using consulta::testing::FullDisk;
using consulta::testing::replaceContent;
using consulta::testing::ScratchDirectory;

namespace {

constexpr ActorId actor{7, 8};

/// A key store in a directory that exists as long as the test.
struct Store {
  ScratchDirectory scratch;
  std::filesystem::path directory = scratch.path() / "keys";
  std::unique_ptr<KeyStore> keys;

  explicit Store(std::size_t ahead = 0) {
    REQUIRE(KeyStore::create(directory).ok());
    reopen(ahead);
  }

  void reopen(std::size_t ahead = 0) {
    keys.reset();
    auto opened = KeyStore::open(directory, ahead);
    REQUIRE(opened.ok());
    keys = std::move(*opened);
  }

  SubjectId newSubject() {
    const auto made = keys->newSubject();
    REQUIRE(made.ok());
    return *made;
  }

  std::string keyOf(SubjectId subject) {
    const auto key = keys->keyOf(subject);
    REQUIRE(key.ok());
    return *key ? std::string((*key)->bytes()) : "";
  }

  [[nodiscard]] std::filesystem::path masterKey() const { return directory / "master.key"; }

  std::size_t keysOnDisk() {
    keys.reset();
    const auto rows = KeyRows::open(directory, KeyRows::Opening::existing);
    REQUIRE(rows.ok());
    std::size_t count = 0;
    REQUIRE((*rows)
                ->visit("s",
                        [&](std::string_view, std::string_view) -> Status {
                          ++count;
                          return Done{};
                        })
                .ok());
    return count;
  }

  std::string refusalToOpen() {
    keys.reset();
    const auto opened = KeyStore::open(directory);
    return opened ? "opened" : opened.failures().front().rule;
  }
};

void setMode(const std::filesystem::path& file, mode_t mode) {
  REQUIRE(::chmod(file.c_str(), mode) == 0);
}

}  // namespace

TEST_CASE("a committed subject keeps its key after reopening") {
  Store store;
  const auto subject = store.newSubject();
  const auto key = store.keyOf(subject);
  CHECK(key.size() == Secret::size);
  REQUIRE(store.keys->commitStaged().ok());
  CHECK(store.keyOf(subject) == key);
  store.reopen();
  CHECK(store.keyOf(subject) == key);
}

TEST_CASE("a subject that was not committed is known at once and gone after reopening") {
  Store store;
  const auto subject = store.newSubject();
  CHECK_FALSE(store.keyOf(subject).empty());
  store.reopen();
  CHECK(store.keyOf(subject).empty());
}

TEST_CASE("the key of an unknown subject is absent, not a failure") {
  Store store;
  CHECK(store.keyOf(SubjectId{1, 2}).empty());
}

TEST_CASE("no subject and no key is given twice, with and without spare keys, over reopenings") {
  Store store(64);
  std::set<SubjectId> subjects;
  std::set<std::string> keys;
  std::size_t made = 0;
  for (const std::size_t ahead : {64U, 0U, 8U, 64U}) {
    store.reopen(ahead);
    for (int i = 0; i < 150; ++i, ++made) {
      const auto subject = store.newSubject();
      CHECK(subject);
      subjects.insert(subject);
      keys.insert(store.keyOf(subject));
      if (i % 7 == 0) REQUIRE(store.keys->commitStaged().ok());
    }
    REQUIRE(store.keys->commitStaged().ok());
  }
  CHECK(subjects.size() == made);
  CHECK(keys.size() == made);
  store.reopen();
  for (const auto subject : subjects) CHECK(keys.contains(store.keyOf(subject)));
}

TEST_CASE("a spare key is durable before it is given, so a crash cannot lose it") {
  Store store(8);
  REQUIRE(store.keys->prepareAhead().ok());
  std::vector<SubjectId> given(8);
  for (auto& subject : given) subject = store.newSubject();
  // No commitStaged(): nothing is staged, and closing deletes only what was not given.
  store.reopen();
  for (const auto subject : given) CHECK_FALSE(store.keyOf(subject).empty());
}

TEST_CASE("spare keys that nobody got are deleted on closing") {
  Store store(16);
  const auto subject = store.newSubject();
  REQUIRE(store.keys->commitStaged().ok());
  CHECK(store.keysOnDisk() == 1);
  store.reopen();
  CHECK_FALSE(store.keyOf(subject).empty());
}

TEST_CASE("a crash keeps every committed subject and gives no spare key to anybody") {
  Store store(16);
  const auto committed = store.newSubject();
  REQUIRE(store.keys->commitStaged().ok());
  const auto given = store.newSubject();
  // A copy of the files while they are in use is what a killed process leaves behind.
  const auto left = store.scratch.path() / "left";
  std::filesystem::copy(store.directory, left, std::filesystem::copy_options::recursive);
  std::set<SubjectId> spare;
  for (int i = 0; i < 15; ++i) spare.insert(store.newSubject());
  auto opened = KeyStore::open(left);
  REQUIRE(opened.ok());
  for (const auto subject : {committed, given}) {
    const auto key = (*opened)->keyOf(subject);
    REQUIRE((key.ok() && key->has_value()));
    CHECK((*key)->bytes() == store.keyOf(subject));
  }
  for (int i = 0; i < 40; ++i) {
    const auto fresh = (*opened)->newSubject();
    REQUIRE(fresh.ok());
    CHECK_FALSE(spare.contains(*fresh));
  }
}

TEST_CASE("without spare keys a commit writes the new subjects and nothing else") {
  Store store;
  for (int i = 0; i < 3; ++i) (void)store.newSubject();
  REQUIRE(store.keys->commitStaged().ok());
  REQUIRE(store.keys->commitStaged().ok());
  REQUIRE(store.keys->prepareAhead().ok());
  CHECK(store.keysOnDisk() == 3);
}

TEST_CASE("more subjects than the memory keeps are all found") {
  Store store;
  std::vector<std::pair<SubjectId, std::string>> all;
  for (std::size_t i = 0; i < limits::subject_keys_cached_max + 100; ++i) {
    const auto subject = store.newSubject();
    all.emplace_back(subject, store.keyOf(subject));
  }
  REQUIRE(store.keys->commitStaged().ok());
  for (const auto& [subject, key] : all) REQUIRE(store.keyOf(subject) == key);
}

TEST_CASE("a second key store is never made over the first") {
  Store store;
  const auto before = contentOf(store.masterKey());
  const auto again = KeyStore::create(store.directory);
  REQUIRE_FALSE(again.ok());
  CHECK(again.failures().front().rule == "keys.exists");
  CHECK(contentOf(store.masterKey()) == before);
}

TEST_CASE("the key file and its directory are for their owner only") {
  Store store;
  struct stat about {};
  REQUIRE(::stat(store.masterKey().c_str(), &about) == 0);
  CHECK((about.st_mode & 0777U) == 0600);
  CHECK(about.st_size == 32);
  REQUIRE(::stat(store.directory.c_str(), &about) == 0);
  CHECK((about.st_mode & 0777U) == 0700);
}

TEST_CASE("a missing key file is said to be missing, with what to do") {
  Store store;
  std::filesystem::remove(store.masterKey());
  CHECK(store.refusalToOpen() == "keys.master.missing");
  const auto opened = KeyStore::open(store.directory);
  REQUIRE_FALSE(opened.ok());
  CHECK(inEnglish(opened.failures().front().text).find("restore it from where you keep it apart") !=
        std::string::npos);
}

TEST_CASE("a key file of another length is refused") {
  Store store;
  const auto key = contentOf(store.masterKey());
  for (const auto& content : {key.substr(0, 31), key + "\n", std::string()}) {
    replaceContent(store.masterKey(), content);
    CHECK(store.refusalToOpen() == "keys.master.length");
  }
  replaceContent(store.masterKey(), key);
  CHECK(store.refusalToOpen() == "opened");
}

TEST_CASE("a key file that others may read or write is refused") {
  Store store;
  for (const mode_t mode : {0644U, 0640U, 0604U, 0620U, 0601U}) {
    setMode(store.masterKey(), mode);
    CHECK(store.refusalToOpen() == "keys.master.open-to-others");
  }
  setMode(store.masterKey(), 0400);
  CHECK(store.refusalToOpen() == "opened");
}

TEST_CASE("a key file that is a directory is refused") {
  Store store;
  std::filesystem::remove(store.masterKey());
  std::filesystem::create_directory(store.masterKey());
  CHECK(store.refusalToOpen() == "keys.master.unreadable");
}

TEST_CASE("another store's key file is recognised") {
  Store store;
  Store other;
  replaceContent(store.masterKey(), contentOf(other.masterKey()));
  CHECK(store.refusalToOpen() == "keys.master.other");
}

TEST_CASE("a missing database is not made anew") {
  Store store;
  store.keys.reset();
  std::filesystem::remove_all(store.directory / "db");
  CHECK(store.refusalToOpen() == "keys.missing");
  CHECK_FALSE(std::filesystem::exists(store.directory / "db"));
}

TEST_CASE("a database that is open cannot be opened a second time") {
  Store store;
  const auto second = KeyStore::open(store.directory);
  REQUIRE_FALSE(second.ok());
  CHECK(second.failures().front().rule == "keys.unavailable");
}

TEST_CASE("a subject's row with a changed byte, or moved to another subject, is damage") {
  Store store;
  const auto subject = store.newSubject();
  const auto other = store.newSubject();
  REQUIRE(store.keys->commitStaged().ok());
  store.keys.reset();
  const auto rowOf = [](SubjectId id) {
    std::string row = "s";
    for (const auto half : {id.high, id.low}) {
      for (unsigned shift = 64; shift > 0; shift -= 8) {
        row += static_cast<char>((half >> (shift - 8)) & 0xFFU);
      }
    }
    return row;
  };
  {
    const auto rows = KeyRows::open(store.directory, KeyRows::Opening::existing);
    REQUIRE(rows.ok());
    auto stored = (*rows)->get(rowOf(subject));
    REQUIRE((stored.ok() && stored->has_value()));
    RowChanges changes;
    changes.puts.emplace_back(rowOf(other), **stored);
    auto& byte = (*stored)->back();
    byte = static_cast<char>(byte ^ 1);
    changes.puts.emplace_back(rowOf(subject), **stored);
    REQUIRE((*rows)->write(changes).ok());
  }
  store.reopen();
  for (const auto id : {subject, other}) {
    const auto key = store.keys->keyOf(id);
    REQUIRE_FALSE(key.ok());
    CHECK(key.failures().front().fault == Fault::damaged);
  }
}

TEST_CASE("after a failed write nothing more is written, and what was durable can be read") {
  Store store;
  const auto before = store.newSubject();
  REQUIRE(store.keys->commitStaged().ok());
  const auto key = store.keyOf(before);
  const auto lost = store.newSubject();
  {
    const FullDisk full;
    const auto failed = store.keys->commitStaged();
    REQUIRE_FALSE(failed.ok());
    CHECK(failed.failures().front().fault == Fault::unavailable);
  }
  CHECK(store.keys->broken());
  CHECK_FALSE(store.keys->commitStaged().ok());
  CHECK_FALSE(store.keys->newSubject().ok());
  CHECK_FALSE(store.keys->prepareAhead().ok());
  CHECK_FALSE(store.keys->rememberActor("ada", actor, "Ada").ok());
  CHECK(store.keyOf(before) == key);
  store.reopen();
  CHECK(store.keyOf(before) == key);
  CHECK(store.keyOf(lost).empty());
}

TEST_CASE("an account keeps its actor for ever and may change its display name") {
  Store store;
  REQUIRE(store.keys->rememberActor("uid:1000", actor, "Ada Lovelace").ok());
  REQUIRE(store.keys->rememberActor("uid:1001", ActorId{9, 9}, "Grace Hopper").ok());
  store.reopen();
  CHECK(store.keys->actorOf("uid:1000").value() == actor);
  CHECK(store.keys->actorOf("uid:1001").value() == ActorId{9, 9});
  CHECK_FALSE(store.keys->actorOf("uid:100").value().has_value());
  const auto other = store.keys->rememberActor("uid:1000", ActorId{9, 9}, "Ada Lovelace");
  REQUIRE_FALSE(other.ok());
  CHECK(other.failures().front().rule == "keys.account.actor");
  REQUIRE(store.keys->rememberActor("uid:1000", actor, "Ada King").ok());
  std::set<std::string> seen;
  REQUIRE(store.keys
              ->visitAccounts([&](const KnownAccount& known) {
                CHECK(store.keys->actorOf(known.account).value() == known.actor);
                seen.insert(known.account + "=" + known.displayName);
              })
              .ok());
  CHECK(seen == std::set<std::string>{"uid:1000=Ada King", "uid:1001=Grace Hopper"});
}

TEST_CASE("an account or a display name that is empty or too long is refused") {
  Store store;
  const std::string longest(limits::symbol_bytes_max, 'n');
  CHECK(store.keys->rememberActor(longest, actor, longest).ok());
  CHECK(store.keys->actorOf(longest).value() == actor);
  CHECK_FALSE(store.keys->rememberActor("", actor, "Ada").ok());
  CHECK_FALSE(store.keys->rememberActor("ada", actor, "").ok());
  CHECK_FALSE(store.keys->rememberActor(longest + "n", actor, "Ada").ok());
  CHECK_FALSE(store.keys->rememberActor("ada", actor, longest + "n").ok());
}

TEST_CASE("no key and no name stands in clear in any file") {
  Store store(4);
  const auto subject = store.newSubject();
  REQUIRE(store.keys->commitStaged().ok());
  const auto key = store.keyOf(subject);
  REQUIRE(store.keys->rememberActor("ada@example.org", actor, "Ada Lovelace").ok());
  const auto master = contentOf(store.masterKey());
  for (int pass = 0; pass < 2; ++pass, store.reopen()) {
    CHECK(filesWith(store.directory, master) == 1);
    CHECK(filesWith(store.directory, key) == 0);
    CHECK(filesWith(store.directory, "ada@example.org") == 0);
    CHECK(filesWith(store.directory, "Lovelace") == 0);
  }
}

TEST_CASE("readers find every key while the writer makes and commits new ones") {
  Store store(16);
  const auto first = store.newSubject();
  REQUIRE(store.keys->commitStaged().ok());
  const auto key = store.keyOf(first);
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> readers;
  readers.reserve(3);
  for (int reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&] {
      do {
        const auto found = store.keys->keyOf(first);
        if (!found || !*found || (*found)->bytes() != key) ++wrong;
        if (!store.keys->actorOf("nobody")) ++wrong;
      } while (!done);
    });
  }
  for (int i = 0; i < 200; ++i) {
    (void)store.newSubject();
    if (i % 10 == 0) CHECK(store.keys->commitStaged().ok());
  }
  done = true;
  for (auto& reader : readers) reader.join();
  CHECK(wrong == 0);
}

TEST_CASE(
    "a damaged head of the keys is put right by their copy, not by a backup of the register") {
  Store store;
  for (const bool missing : {false, true}) {
    store.keys.reset();
    replaceContent(store.directory / "head", "rubbish");
    if (missing) std::filesystem::remove(store.directory / "head");
    const auto opened = KeyStore::open(store.directory);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.failures().front().rule == "keys.damaged");
    CHECK(opened.failures().front().fault == Fault::damaged);
    const auto why = inEnglish(opened.failures().front().text);
    CHECK(why.find("newest copy") != std::string::npos);
    CHECK(why.find("backup") == std::string::npos);
  }
}
