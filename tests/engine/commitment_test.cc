#include "engine/store/commitment.h"

#include <doctest/doctest.h>

#include <set>
#include <stdexcept>
#include <string>

#include "tests/engine/bytes_text.h"

using namespace consulta;
using consulta::testing::hex;
using consulta::testing::unhex;

namespace {

constexpr std::string_view register_origin = "6b1f6f1e-5a3c-4c58-9d5e-0c9f8f1d2a3b";
constexpr std::string_view field = "signatory.name";
constexpr SubjectId subject{0x0102030405060708, 0x090a0b0c0d0e0f10};

Place place() {
  return {register_origin, Position(258), field};
}

Secret countingKey() {
  return Secret::filledBy([](Secret::Bytes out) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(i);
  });
}

}  // namespace

// The answers were computed from the description in the header with another implementation.
TEST_CASE("the format of places, keys, commitments and sealed values is frozen") {
  Crypto crypto;
  CHECK(
      hex(placeBytes(place())) ==
      "002436623166366631652d356133632d346335382d396435652d3063396638663164326133620000000000000102"
      "000e7369676e61746f72792e6e616d65");
  const auto keys = placeKeys(crypto, countingKey(), place());
  CHECK(hex(keys.commit.bytes()) ==
        "6793a9a99b6a03bd0e6370753872e7eee2d1be69c29b66c0ef15ca6a2f487ca3");
  CHECK(hex(keys.seal.bytes()) ==
        "354a664472de0f1b3b6173911d5db791a6cc8e37d4194b265af16eae4f67d7d9");
  CHECK(hex(commitmentTo(crypto, keys.commit, "Ada Lovelace")) ==
        "118df9f27c702bcf0ec0bfbd2496c41526ef71a2ad082cf55c4211b08217b35e");
  const auto alone = commitKey(crypto, countingKey(), place());
  CHECK(sameBytes(alone.bytes(), keys.commit.bytes()));
  const auto sealed =
      unhex("01000102030405060708090a0bbe926a726fb72f242c711b25191deb6c4263f5d9fa351a6b094610c6");
  CHECK(openValue(crypto, keys.seal, place(), subject, sealed) == "Ada Lovelace");
}

TEST_CASE("a sealed value opens only at its own place, for its own subject") {
  Crypto crypto;
  const auto key = placeKeys(crypto, countingKey(), place()).seal;
  const auto sealed = sealValue(crypto, key, place(), subject, "Ada");
  CHECK(openValue(crypto, key, place(), subject, sealed) == "Ada");
  // The same key on purpose: the associated data alone must refuse.
  CHECK_FALSE(openValue(crypto, key, {"other", Position(258), field}, subject, sealed));
  CHECK_FALSE(openValue(crypto, key, {register_origin, Position(259), field}, subject, sealed));
  CHECK_FALSE(
      openValue(crypto, key, {register_origin, Position(258), "signatory"}, subject, sealed));
  CHECK_FALSE(openValue(crypto, key, place(), SubjectId{subject.high, subject.low + 1}, sealed));
  CHECK_FALSE(openValue(crypto, key, place(), SubjectId{subject.low, subject.high}, sealed));
}

TEST_CASE("a sealed value with a changed, missing or added byte does not open") {
  Crypto crypto;
  const auto key = placeKeys(crypto, countingKey(), place()).seal;
  const auto sealed = sealValue(crypto, key, place(), subject, "Ada");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 0x80);
    CHECK_FALSE(openValue(crypto, key, place(), subject, changed));
    CHECK_FALSE(openValue(crypto, key, place(), subject, sealed.substr(0, i)));
  }
  CHECK_FALSE(openValue(crypto, key, place(), subject, sealed + '\0'));
}

TEST_CASE("no two places or purposes share a key, however their parts run together") {
  Crypto crypto;
  const Place places[] = {{"ab", Position(1), "cd"},   {"a", Position(1), "bcd"},
                          {"abc", Position(1), "d"},   {"ab", Position(2), "cd"},
                          {"ab", Position(256), "cd"}, {"AB", Position(1), "cd"},
                          {"ab", Position(1), "cde"}};
  std::set<std::string> keys;
  for (const auto& where : places) {
    const auto both = placeKeys(crypto, countingKey(), where);
    keys.emplace(both.commit.bytes());
    keys.emplace(both.seal.bytes());
  }
  CHECK(keys.size() == 2 * std::size(places));
}

TEST_CASE("the same value has another commitment at another place and for another subject") {
  Crypto crypto;
  const auto other = Secret::from(std::string(32, 'k')).value();
  const auto commit = [&](const Secret& key, const Place& where) {
    return commitmentTo(crypto, commitKey(crypto, key, where), "Ada");
  };
  CHECK(commit(countingKey(), place()) == commit(countingKey(), place()));
  CHECK(commit(countingKey(), place()) != commit(other, place()));
  CHECK(commit(countingKey(), place()) !=
        commit(countingKey(), {register_origin, Position(258), "other"}));
}

TEST_CASE("a disclosure proves its own value and no other") {
  Crypto crypto;
  Disclosure disclosure{commitKey(crypto, countingKey(), place()), "Ada"};
  const auto commitment = commitmentTo(crypto, disclosure.commitKey, "Ada");
  CHECK(verifyDisclosure(crypto, disclosure, commitment));
  disclosure.value = "Adb";
  CHECK_FALSE(verifyDisclosure(crypto, disclosure, commitment));
  disclosure.value = "Ada";
  disclosure.commitKey = commitKey(crypto, countingKey(), {register_origin, Position(1), field});
  CHECK_FALSE(verifyDisclosure(crypto, disclosure, commitment));
}

TEST_CASE("a place without position, register_origin or field is a bug and stops") {
  CHECK_THROWS_AS((void)placeBytes({register_origin, Position(), field}), std::invalid_argument);
  CHECK_THROWS_AS((void)placeBytes({"", Position(1), field}), std::invalid_argument);
  CHECK_THROWS_AS((void)placeBytes({register_origin, Position(1), ""}), std::invalid_argument);
  CHECK_THROWS_AS((void)placeBytes({register_origin, Position(1), std::string(201, 'f')}),
                  std::invalid_argument);
}
