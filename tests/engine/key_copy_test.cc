// Copies of a key store: whole, and at the cost of nothing that lies beside them.
#include "engine/store/key_copy.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <iterator>
#include <memory>
#include <string>

#include "engine/log/head_file.h"
#include "engine/store/keys.h"
#include "tests/engine/scratch_directory.h"

using namespace consulta;
using consulta::testing::contentOf;
using consulta::testing::replaceContent;
using consulta::testing::ScratchDirectory;

namespace {

namespace fs = std::filesystem;

struct Copied {
  ScratchDirectory scratch;
  fs::path directory = scratch.path() / "keys";
  fs::path to = scratch.path() / "k";
  std::unique_ptr<KeyStore> keys;
  SubjectId subject;

  Copied() {
    REQUIRE(KeyStore::create(directory).ok());
    auto opened = KeyStore::open(directory);
    REQUIRE(opened.ok());
    keys = std::move(*opened);
    subject = newSubject();
  }
  SubjectId newSubject() const {
    const auto made = keys->newSubject();
    REQUIRE(made.ok());
    REQUIRE(keys->commitStaged().ok());
    return *made;
  }
  std::string refusal() const {
    const auto copied = keys->copyTo(to);
    return copied ? std::string() : copied.failures().front().rule;
  }
  bool opens(SubjectId wanted) const {
    const auto copy = KeyStore::open(to);
    REQUIRE(copy.ok());
    const auto key = (*copy)->keyOf(wanted);
    REQUIRE(key.ok());
    return key->has_value();
  }
  /// How many files and directories there are beside the key store.
  std::ptrdiff_t beside() const {
    return std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()) - 1;
  }
};

}  // namespace

TEST_CASE("a copy of a key store holds its whole head file") {
  const Copied store;
  for (int round = 0; round < 3; ++round) {
    static_cast<void>(store.newSubject());
    REQUIRE(store.refusal().empty());
    const auto head = contentOf(store.to / "head");
    CHECK(head.size() == head_slots * head_slot_stride_bytes);
    CHECK(head == contentOf(store.directory / "head"));
  }
}

TEST_CASE("a key file that is too long to be one is not copied in part") {
  Copied store;
  fs::resize_file(store.directory / "head", head_slots * head_slot_stride_bytes + 1);
  CHECK(store.refusal() == "file.io");
  CHECK(store.beside() == 0);
}

TEST_CASE("copying keys removes nothing that lies beside the copy") {
  const Copied store;
  for (const char* name : {"k.old", "k.new"}) {
    fs::create_directory(store.scratch.path() / name);
    replaceContent(store.scratch.path() / name / "thesis.txt", "mine");
  }
  for (int round = 0; round < 2; ++round) {
    const auto subject = store.newSubject();
    CHECK(store.refusal().empty());
    CHECK(store.opens(subject));
  }
  for (const char* name : {"k.old", "k.new"}) {
    CHECK(contentOf(store.scratch.path() / name / "thesis.txt") == "mine");
  }
  CHECK(store.beside() == 3);
  fs::create_directory(store.scratch.path() / "k.copying");
  replaceContent(store.scratch.path() / "k.copying/thesis.txt", "mine");
  CHECK(store.refusal() == "keys.copy.occupied");
  CHECK(contentOf(store.scratch.path() / "k.copying/thesis.txt") == "mine");
}

TEST_CASE("a copy of keys that cannot take its place leaves no keys behind") {
  const Copied store;
  fs::create_symlink(store.scratch.path() / "nowhere", store.to);
  CHECK_FALSE(store.refusal().empty());
  CHECK(fs::is_symlink(store.to));
  CHECK(store.beside() == 1);
}

TEST_CASE("what a crash has left of copying keys is cleared away, and an older copy put back") {
  const Copied store;
  REQUIRE(store.refusal().empty());
  const auto work = store.scratch.path() / "k.copying";
  fs::create_directories(work / "new");
  replaceContent(work / "new/master.key", "half");
  fs::rename(store.to, work / "old");
  const auto later = store.newSubject();
  CHECK(store.refusal().empty());
  CHECK(store.opens(store.subject));
  CHECK(store.opens(later));
  CHECK(store.beside() == 1);
}

TEST_CASE("a copy is named with a slash at its end or without") {
  Copied store;
  store.to = store.scratch.path() / "k" / "";
  for (int round = 0; round < 2; ++round) CHECK(store.refusal().empty());
  CHECK(store.opens(store.subject));
  CHECK(store.beside() == 1);
}
