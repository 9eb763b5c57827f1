#include "engine/store/vault.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "events/limits.h"
#include "tests/engine/scratch_directory.h"

using namespace consulta;
using consulta::testing::filesWith;
using consulta::testing::ScratchDirectory;

namespace {

constexpr RegisterId registerId{0x6b1f6f1e5a3c4c58, 0x9d5e0c9f8f1d2a3b};
constexpr Position position{42};
constexpr std::string_view field = "signatory.name";

struct Fixture {
  ScratchDirectory scratch;
  std::unique_ptr<KeyStore> keys;
  std::unique_ptr<Vault> vault;
  SubjectId subject;

  Fixture() {
    REQUIRE(KeyStore::create(scratch.path() / "keys").ok());
    reopen();
    subject = newSubject();
    REQUIRE(keys->commitStaged().ok());
  }

  void reopen(RegisterId of = registerId) {
    vault.reset();
    keys.reset();
    auto opened = KeyStore::open(scratch.path() / "keys");
    REQUIRE(opened.ok());
    keys = std::move(*opened);
    vault = std::make_unique<Vault>(*keys, of);
  }

  SubjectId newSubject() {
    const auto made = keys->newSubject();
    REQUIRE(made.ok());
    return *made;
  }

  SealedValue seal(std::string_view value) {
    auto sealed = vault->seal(subject, position, field, value);
    REQUIRE(sealed.ok());
    return std::move(*sealed);
  }
};

bool isDamaged(const Result<std::optional<std::string>>& opened) {
  return !opened && opened.failures().front().rule == "vault.damaged";
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a sealed value opens again, also after reopening the key store") {
  for (const std::string& value : {std::string("Ada Lovelace"), std::string(), std::string(1, '\0'),
                                   std::string(limits::text_bytes_max, 'x')}) {
    const auto sealed = seal(value);
    CHECK(vault->open(subject, position, field, sealed.bytes).value() == value);
    reopen();
    CHECK(vault->open(subject, position, field, sealed.bytes).value() == value);
  }
}

TEST_CASE_FIXTURE(Fixture, "random values at random places open to themselves") {
  const auto seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  std::vector<SubjectId> subjects{subject, newSubject(), newSubject()};
  for (int i = 0; i < 300; ++i) {
    std::string value(random() % 300, '\0');
    for (auto& c : value) c = static_cast<char>(random() & 0xFFU);
    const auto who = subjects[random() % subjects.size()];
    const Position where(random() | 1U);
    const std::string name(1 + random() % limits::symbol_bytes_max, 'f');
    const auto sealed = vault->seal(who, where, name, value);
    REQUIRE(sealed.ok());
    CHECK(vault->open(who, where, name, sealed->bytes).value() == value);
    CHECK(vault->matches(who, where, name, value, sealed->commitment).value() == Match::same);
    CHECK(vault->matches(who, where, name, value + "x", sealed->commitment).value() ==
          Match::different);
  }
}

TEST_CASE_FIXTURE(Fixture, "a value sealed twice has one commitment and two sealed forms") {
  const auto first = seal("Ada");
  const auto second = seal("Ada");
  CHECK(first.commitment == second.commitment);
  CHECK(first.bytes != second.bytes);
}

TEST_CASE_FIXTURE(Fixture,
                  "a value moved to another subject, position, field or register is damage") {
  const auto sealed = seal("Ada");
  const auto other = newSubject();
  CHECK(isDamaged(vault->open(other, position, field, sealed.bytes)));
  CHECK(isDamaged(vault->open(subject, Position(43), field, sealed.bytes)));
  CHECK(isDamaged(vault->open(subject, position, "signatory.office", sealed.bytes)));
  reopen(RegisterId{1, 2});
  CHECK(isDamaged(vault->open(subject, position, field, sealed.bytes)));
}

TEST_CASE_FIXTURE(Fixture, "a value with a changed or missing byte is damage") {
  const auto sealed = seal("Ada");
  for (std::size_t i = 0; i < sealed.bytes.size(); ++i) {
    auto changed = sealed.bytes;
    changed[i] = static_cast<char>(changed[i] ^ 4);
    CHECK(isDamaged(vault->open(subject, position, field, changed)));
    CHECK(isDamaged(vault->open(subject, position, field, sealed.bytes.substr(0, i))));
  }
}

TEST_CASE_FIXTURE(Fixture, "without the subject's key the value is absent and nothing is failed") {
  const auto sealed = seal("Ada");
  const SubjectId gone{1, 2};
  CHECK_FALSE(vault->open(gone, position, field, sealed.bytes).value().has_value());
  CHECK_FALSE(
      vault->disclose(gone, position, field, sealed.bytes, sealed.commitment).value().has_value());
  CHECK(vault->matches(gone, position, field, "Ada", sealed.commitment).value() == Match::erased);
  const auto refusal = vault->seal(gone, position, field, "Ada");
  REQUIRE_FALSE(refusal.ok());
  CHECK(refusal.failures().front().rule == "vault.no-key");
}

TEST_CASE_FIXTURE(Fixture, "a value longer than a text may be is refused") {
  const auto refusal =
      vault->seal(subject, position, field, std::string(limits::text_bytes_max + 1, 'x'));
  REQUIRE_FALSE(refusal.ok());
  CHECK(refusal.failures().front().rule == "vault.length");
}

TEST_CASE_FIXTURE(Fixture, "a value can be sealed for a subject whose key is not yet durable") {
  const auto fresh = newSubject();
  const auto sealed = vault->seal(fresh, position, field, "Grace");
  REQUIRE(sealed.ok());
  REQUIRE(keys->commitStaged().ok());
  reopen();
  CHECK(vault->open(fresh, position, field, sealed->bytes).value() == "Grace");
}

TEST_CASE_FIXTURE(Fixture, "a disclosure convinces an auditor who has only the record") {
  const auto sealed = seal("Ada Lovelace");
  const auto given = vault->disclose(subject, position, field, sealed.bytes, sealed.commitment);
  REQUIRE((given.ok() && given->has_value()));
  Crypto auditor;
  CHECK((*given)->value == "Ada Lovelace");
  CHECK(verifyDisclosure(auditor, **given, sealed.commitment));
  const auto key = keys->keyOf(subject);
  REQUIRE((key.ok() && key->has_value()));
  CHECK_FALSE(sameBytes((*given)->commitKey.bytes(), (*key)->bytes()));
}

TEST_CASE_FIXTURE(Fixture, "a sealed value that is not the committed one is not disclosed") {
  const auto first = seal("Ada");
  const auto second = seal("Grace");
  const auto given = vault->disclose(subject, position, field, second.bytes, first.commitment);
  REQUIRE_FALSE(given.ok());
  CHECK(given.failures().front().rule == "vault.damaged");
}

TEST_CASE_FIXTURE(Fixture, "a value without a position or a field is a bug and stops") {
  CHECK_THROWS_AS((void)vault->seal(subject, Position(), field, "Ada"), std::invalid_argument);
  CHECK_THROWS_AS((void)vault->seal(subject, position, "", "Ada"), std::invalid_argument);
}

TEST_CASE_FIXTURE(Fixture, "neither commitment nor sealed bytes nor any file shows the value") {
  const auto sealed = seal("Ada Lovelace of Marylebone");
  CHECK(sealed.bytes.find("Lovelace") == std::string::npos);
  CHECK(bytesOf(sealed.commitment).find("Lovelace") == std::string_view::npos);
  CHECK(filesWith(scratch.path(), "Lovelace") == 0);
}

TEST_CASE_FIXTURE(Fixture, "many readers open values while the writer seals") {
  const auto sealed = seal("Ada");
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> readers;
  readers.reserve(3);
  for (int reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&] {
      do {
        const auto opened = vault->open(subject, position, field, sealed.bytes);
        if (!opened || *opened != "Ada") ++wrong;
        const auto match = vault->matches(subject, position, field, "Ada", sealed.commitment);
        if (!match || *match != Match::same) ++wrong;
      } while (!done);
    });
  }
  for (int i = 0; i < 500; ++i) CHECK(seal("Ada").commitment == sealed.commitment);
  done = true;
  for (auto& reader : readers) reader.join();
  CHECK(wrong == 0);
}
