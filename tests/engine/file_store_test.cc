#include "engine/store/file_store.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "events/limits.h"
#include "tests/engine/scratch_directory.h"

using namespace consulta;
using consulta::testing::contentOf;
using consulta::testing::filesWith;
using consulta::testing::replaceContent;
using consulta::testing::ScratchDirectory;

namespace {

namespace fs = std::filesystem;

constexpr Position entry{42};

struct Stored {
  ScratchDirectory scratch;
  std::unique_ptr<KeyStore> keys;
  FileStore store{scratch.path() / "files"};

  Stored() {
    REQUIRE(KeyStore::create(scratch.path() / "keys").ok());
    reopen();
  }
  void reopen() {
    keys.reset();
    auto opened = KeyStore::open(scratch.path() / "keys");
    REQUIRE(opened.ok());
    keys = std::move(*opened);
  }
  fs::path source(const std::string& name, const std::string& content) const {
    replaceContent(scratch.path() / name, content);
    return scratch.path() / name;
  }
  FileFacts keep(const std::string& content) {
    const auto path = source("source", content);
    const auto facts = factsOfFile(path, "");
    REQUIRE(facts.ok());
    REQUIRE(store.keep(*keys, *openSource(path), *facts).ok());
    return *facts;
  }
  Result<StoredBytes> read(const FileFacts& facts, std::string& clear) const {
    clear.clear();
    return store.read(keys.get(), entry, facts, [&](std::string_view piece) {
      clear += piece;
      return true;
    });
  }
  bool isWhole(const FileFacts& facts) const {
    std::string ignored;
    const auto found = read(facts, ignored);
    return found && *found == StoredBytes::whole;
  }
  std::string ruleOf(const FileFacts& facts) const {
    std::string ignored;
    const auto found = read(facts, ignored);
    return found ? std::string() : found.failures().front().rule;
  }
  fs::path placeOf(const FileFacts& facts) const {
    return store.directory() / FileStore::placeOf(facts.sha256);
  }
};

std::string refusalOf(const fs::path& path) {
  const auto facts = factsOfFile(path, "");
  return facts ? std::string() : facts.failures().front().rule;
}

}  // namespace

TEST_CASE("a file is read as it was kept, and nothing of it stands in clear") {
  Stored stored;
  const std::string content = "the text of the memorandum " + std::string(200'000, 'x');
  const auto facts = stored.keep(content);
  CHECK(facts.size == content.size());
  CHECK(facts.mediaType == "text/plain");
  stored.reopen();  // the key is durable, not only in memory
  std::string read;
  CHECK(*stored.read(facts, read) == StoredBytes::whole);
  CHECK(read == content);
  CHECK(filesWith(stored.store.directory(), "memorandum") == 0);
}

TEST_CASE("the same bytes are stored once") {
  Stored stored;
  const auto facts = stored.keep("a note verbale");
  const auto first = contentOf(stored.placeOf(facts));
  CHECK(stored.keep("a note verbale") == facts);
  CHECK(contentOf(stored.placeOf(facts)) == first);
  CHECK(stored.store.kept()->size() == 1);
}

TEST_CASE("a stored file that is changed, cut, swapped or gone is damaged, and its entry named") {
  Stored stored;
  const auto facts = stored.keep("one text");
  const auto other = stored.keep("another text");
  const auto path = stored.placeOf(facts);
  const auto whole = contentOf(path);
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{20}, std::size_t{40}, whole.size() - 1}) {
    auto changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    replaceContent(path, changed);
    CHECK(stored.ruleOf(facts) == "file.damaged");
  }
  for (const auto& bytes : {whole.substr(0, 10), whole.substr(0, whole.size() - 1), std::string(),
                            contentOf(stored.placeOf(other))}) {
    replaceContent(path, bytes);
    CHECK(stored.ruleOf(facts) == "file.damaged");
  }
  fs::remove(path);
  std::string ignored;
  const auto gone = stored.read(facts, ignored);
  REQUIRE_FALSE(gone.ok());
  CHECK(gone.failures().front().fault == Fault::damaged);
  CHECK(inEnglish(gone.failures().front().text).find("entry 42") != std::string::npos);
}

TEST_CASE("keeping the same bytes again puts a damaged file right") {
  Stored stored;
  const auto facts = stored.keep("one text");
  replaceContent(stored.placeOf(facts), "rubbish");
  CHECK_FALSE(stored.isWhole(facts));
  stored.keep("one text");
  CHECK(stored.isWhole(facts));
}

TEST_CASE("without its key a file is closed, which is not damage") {
  Stored stored;
  const auto facts = stored.keep("one text");
  const auto nothing = [](std::string_view) { return true; };
  CHECK(*stored.store.read(nullptr, entry, facts, nothing) == StoredBytes::closed);
  Stored elsewhere;
  CHECK(*stored.store.read(elsewhere.keys.get(), entry, facts, nothing) == StoredBytes::closed);
}

TEST_CASE("what a crash has left on the way is removed when the next file is kept") {
  Stored stored;
  fs::create_directory(stored.store.directory());
  replaceContent(stored.store.directory() / "new-abcdef", "half of a file");
  stored.keep("one text");
  CHECK_FALSE(fs::exists(stored.store.directory() / "new-abcdef"));
  CHECK(stored.store.kept()->size() == 1);
}

TEST_CASE("a file that changes between its hash and its storing is refused and not stored") {
  Stored stored;
  const auto path = stored.source("source", "before");
  const auto facts = factsOfFile(path, "");
  REQUIRE(facts.ok());
  replaceContent(path, "after!");
  const auto kept = stored.store.keep(*stored.keys, *openSource(path), *facts);
  REQUIRE_FALSE(kept.ok());
  CHECK(kept.failures().front().rule == "file.changed");
  CHECK(stored.store.kept()->empty());
  CHECK(std::distance(fs::directory_iterator(stored.store.directory()), {}) == 0);
}

TEST_CASE("what is no file to be stored is refused by its reason") {
  const Stored stored;
  const auto& directory = stored.scratch.path();
  CHECK(refusalOf(directory / "missing") == "file.source");
  CHECK(refusalOf(directory) == "file.source");
  CHECK(refusalOf("/dev/null") == "file.source.kind");
  CHECK(refusalOf(stored.source("empty", "")) == "file.empty");
  fs::create_symlink(directory / "loop", directory / "loop");
  CHECK(refusalOf(directory / "loop") == "file.source");
  const auto large = stored.source("large", "");
  fs::resize_file(large, limits::file_bytes_max + 1);  // without a byte on the disk
  CHECK(refusalOf(large) == "file.too-large");
}

TEST_CASE("what cannot be listed of the stored files is a failure, never no files") {
  Stored stored;
  const auto facts = stored.keep("a text");
  const auto& directory = stored.store.directory();
  REQUIRE(stored.store.kept().ok());
  CHECK(stored.store.kept()->size() == 1);
  SUBCASE("a folder that leads to itself") {
    fs::create_symlink(directory / "00", directory / "00");
    CHECK_FALSE(stored.store.kept().ok());
  }
  SUBCASE("a folder that may not be read") {
    constexpr uid_t nobody = 65'534;
    fs::permissions(stored.scratch.path(), fs::perms::owner_all | fs::perms::others_exec);
    fs::permissions(directory,
                    fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
    fs::permissions(directory / facts.sha256.substr(0, 2), fs::perms::none);
    fs::create_directory(directory / "zz");  // after it
    const bool all_powerful = ::geteuid() == 0;
    if (all_powerful) REQUIRE(::seteuid(nobody) == 0);
    const auto kept = stored.store.kept();
    if (all_powerful) REQUIRE(::seteuid(0) == 0);
    fs::permissions(directory / facts.sha256.substr(0, 2), fs::perms::owner_all);
    REQUIRE_FALSE(kept.ok());
    CHECK(kept.failures().front().rule == "file.rights");
  }
  SUBCASE("a directory that leads to itself") {
    fs::rename(directory, stored.scratch.path() / "away");
    fs::create_symlink(directory, directory);
    CHECK_FALSE(stored.store.kept().ok());
  }
  SUBCASE("none is there yet") {
    fs::remove_all(directory);
    REQUIRE(stored.store.kept().ok());
    CHECK(stored.store.kept()->empty());
  }
}

TEST_CASE("whichever call fails on the disk, a file is kept whole or not at all, and then again") {
  std::size_t calls = 0;
  for (bool failed = true; failed; ++calls) {
    CAPTURE(calls);
    Stored stored;
    const auto path = stored.source("source", "the text of the memorandum");
    const auto facts = factsOfFile(path, "");
    REQUIRE(facts.ok());
    std::size_t left = calls;
    failed = false;
    FileStore failing(stored.store.directory(), [&](const FileCall&) -> std::optional<int> {
      if (failed || left-- > 0) return std::nullopt;
      failed = true;
      return EIO;
    });
    const bool done = failing.keep(*stored.keys, *openSource(path), *facts).ok();
    CHECK(done == !failed);
    const auto kept = stored.store.kept();
    REQUIRE(kept.ok());
    if (!kept->empty()) CHECK(stored.isWhole(*facts));
    REQUIRE(stored.store.keep(*stored.keys, *openSource(path), *facts).ok());
    CHECK(stored.isWhole(*facts));
    for (const auto& one : fs::directory_iterator(stored.store.directory())) {
      CHECK(one.is_directory());
    }
  }
  CHECK(calls > 8);
}

TEST_CASE("files that are kept at the same time, while the writer makes keys, all have their own") {
  Stored stored;
  std::vector<std::vector<FileFacts>> facts(3);
  std::vector<std::thread> threads;
  std::vector<SubjectId> subjects;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 5; ++round) {
        const auto name = std::to_string(i) + "-" + std::to_string(round);
        const auto path = stored.source(name, "the text of " + name);
        facts[i].push_back(*factsOfFile(path, ""));
        if (!stored.store.keep(*stored.keys, *openSource(path), facts[i].back())) facts[i].clear();
      }
    });
  }
  for (int round = 0; round < 20; ++round) {
    const auto subject = stored.keys->newSubject();
    REQUIRE(subject.ok());
    subjects.push_back(*subject);
    REQUIRE(stored.keys->commitStaged().ok());
  }
  for (auto& thread : threads) thread.join();
  stored.reopen();
  for (const auto& all : facts) {
    CHECK(all.size() == 5);
    CHECK(std::ranges::all_of(all, [&](const FileFacts& one) { return stored.isWhole(one); }));
  }
  for (const auto subject : subjects) CHECK(stored.keys->keyOf(subject)->has_value());
}

TEST_CASE("a stated media type stands as it is") {
  const Stored stored;
  CHECK(factsOfFile(stored.source("x", "text"), "application/x-ours")->mediaType ==
        "application/x-ours");
}
