#include "engine/store/crypto.h"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <type_traits>

#include "tests/engine/bytes_text.h"

using namespace consulta;
using consulta::testing::hex;
using consulta::testing::unhex;

namespace {

Secret secret(std::string_view digits) {
  return Secret::from(unhex(digits)).value();
}

}  // namespace

TEST_CASE("SHA-256 gives the published digests") {
  Crypto crypto;
  CHECK(hex(crypto.sha256("")) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(crypto.sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(crypto.sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("HMAC-SHA256 gives the answers of RFC 4231") {
  struct Vector {
    std::string key, data, mac;
  };
  const std::string wide(131, '\xaa');
  const Vector vectors[] = {
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {unhex("0102030405060708090a0b0c0d0e0f10111213141516171819"), std::string(50, '\xcd'),
       "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {wide, "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {wide,
       "This is a test using a larger than block-size key and a larger than block-size data. The "
       "key needs to be hashed before being used by the HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
  };
  Crypto crypto;
  for (const auto& vector : vectors) CHECK(hex(crypto.hmac(vector.key, vector.data)) == vector.mac);
}

TEST_CASE("HKDF-SHA256 gives the answers of RFC 5869") {
  struct Vector {
    std::string input, salt, info, extracted, output;
  };
  const auto run = [](unsigned from, unsigned to) {
    std::string out;
    for (unsigned byte = from; byte <= to; ++byte) out += static_cast<char>(byte);
    return out;
  };
  const Vector vectors[] = {
      {std::string(22, '\x0b'), run(0x00, 0x0c), run(0xf0, 0xf9),
       "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
       "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
      {run(0x00, 0x4f), run(0x60, 0xaf), run(0xb0, 0xff),
       "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
       "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e"
       "590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"},
      {std::string(22, '\x0b'), "", "",
       "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
       "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
  };
  Crypto crypto;
  for (const auto& vector : vectors) {
    const auto extracted = crypto.extract(vector.salt, vector.input);
    CHECK(hex(extracted.bytes()) == vector.extracted);
    std::string output(vector.output.size() / 2, '\0');
    crypto.expand(extracted, vector.info,
                  {reinterpret_cast<std::uint8_t*>(output.data()), output.size()});
    CHECK(hex(output) == vector.output);
    const auto first = crypto.expand(extracted, vector.info);
    CHECK(hex(first.bytes()) == vector.output.substr(0, 64));
  }
  const auto key = secret(std::string(64, '7'));
  const auto whole = crypto.hkdf(key, "info");
  const auto halves = crypto.expand(crypto.extract("", key.bytes()), "info");
  CHECK(sameBytes(whole.bytes(), halves.bytes()));
}

TEST_CASE("AES-256-GCM gives the published answers, both ways") {
  struct Vector {
    std::string key, nonce, associated, clear, sealed;
  };
  const std::string zeros(64, '0');
  const std::string key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
  const std::string text =
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6"
      "b525b16aedf5aa0de657ba637b39";
  const std::string cipher =
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b105682"
      "8838c5f61e6393ba7a0abcc9f662";
  const Vector vectors[] = {
      {zeros, zeros.substr(0, 24), "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
      {zeros, zeros.substr(0, 24), "", zeros.substr(0, 32),
       "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"},
      {key, "cafebabefacedbaddecaf888", "", text + "1aafd255",
       cipher + "898015ad" + "b094dac5d93471bdec1a502270e3cc6c"},
      {key, "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2", text,
       cipher + "76fc6ece0f4e1768cddf8853bb2d551b"},
  };
  Crypto crypto;
  for (const auto& vector : vectors) {
    std::string sealed;
    crypto.sealWithNonce(secret(vector.key), unhex(vector.nonce), unhex(vector.associated),
                         unhex(vector.clear), sealed);
    CHECK(hex(sealed) == vector.sealed);
    const auto opened = crypto.open(secret(vector.key), unhex(vector.associated),
                                    unhex(vector.nonce) + unhex(vector.sealed));
    REQUIRE(opened.has_value());
    CHECK(hex(*opened) == vector.clear);
  }
}

TEST_CASE("a sealed message opens only whole, with its key and its associated data") {
  Crypto crypto;
  const auto key = secret(std::string(64, 'a'));
  std::string sealed;
  crypto.seal(key, "about", "the value", sealed);
  CHECK(sealed.size() == 9 + Crypto::seal_overhead_bytes);
  CHECK(crypto.open(key, "about", sealed) == "the value");
  CHECK_FALSE(crypto.open(key, "aboot", sealed));
  CHECK_FALSE(crypto.open(key, "", sealed));
  CHECK_FALSE(crypto.open(secret(std::string(64, 'b')), "about", sealed));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_FALSE(crypto.open(key, "about", changed));
    CHECK_FALSE(crypto.open(key, "about", std::string_view(sealed).substr(0, i)));
  }
  CHECK(crypto.open(key, "about", sealed) == "the value");
}

TEST_CASE("an empty message can be hashed, sealed and opened") {
  Crypto crypto;
  const auto key = secret(std::string(64, 'c'));
  std::string sealed;
  crypto.seal(key, {}, {}, sealed);
  CHECK(crypto.open(key, {}, sealed) == "");
  CHECK(hex(crypto.hmac({}, {})) ==
        "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_CASE("no nonce is used twice") {
  Crypto crypto;
  const auto key = secret(std::string(64, 'd'));
  std::set<std::string> nonces;
  for (int i = 0; i < 1'000; ++i) {
    std::string sealed;
    crypto.seal(key, "", "same", sealed);
    nonces.insert(sealed.substr(0, Crypto::nonce_bytes));
  }
  CHECK(nonces.size() == 1'000);
}

TEST_CASE("a secret has 32 bytes, copies only by name, and leaves nothing where it moved from") {
  static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
  CHECK_FALSE(Secret::from(std::string(31, 'x')));
  CHECK_FALSE(Secret::from(std::string(33, 'x')));
  auto first = secret(std::string(64, 'e'));
  const auto copy = first.copy();
  const auto moved = std::move(first);
  CHECK(sameBytes(copy.bytes(), moved.bytes()));
  CHECK(first.bytes() == std::string(32, '\0'));  // NOLINT: that it was wiped is what is tested
}

TEST_CASE("bytes compare by length and content") {
  CHECK(sameBytes("", ""));
  CHECK(sameBytes("abc", "abc"));
  CHECK_FALSE(sameBytes("abc", "abd"));
  CHECK_FALSE(sameBytes("abc", "ab"));
}

TEST_CASE("hexadecimal digits of either case are read into exactly the bytes they stand for") {
  Digest bytes{};
  bytes[0] = 0xAB;
  bytes[31] = 0x09;
  const auto text = hexOf(bytes);
  Digest read{};
  REQUIRE(readHex(text, read));
  CHECK(read == bytes);
  REQUIRE(readHex("AB" + text.substr(2), read));
  CHECK(read == bytes);
  CHECK_FALSE(readHex(text.substr(2), read));
  CHECK_FALSE(readHex(text + "00", read));
  CHECK_FALSE(readHex("x" + text.substr(1), read));
}
