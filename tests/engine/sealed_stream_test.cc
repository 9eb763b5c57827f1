#include "engine/store/sealed_stream.h"

#include <doctest/doctest.h>
#include <fcntl.h>

#include <array>
#include <filesystem>
#include <string>

#include "events/limits.h"
#include "tests/engine/scratch_directory.h"

using namespace consulta;
using consulta::testing::contentOf;
using consulta::testing::replaceContent;
using consulta::testing::ScratchDirectory;

namespace {

constexpr std::size_t piece = limits::sealed_piece_bytes;
constexpr std::size_t salt_bytes = 32;
constexpr std::size_t sealed_piece = piece + Crypto::tag_bytes;

Secret secretOf(std::uint8_t byte) {
  return Secret::filledBy([&](Secret::Bytes out) { std::ranges::fill(out, byte); });
}

/// Bytes that differ from piece to piece.
std::string clearOf(std::size_t bytes) {
  std::string out(bytes, '\0');
  for (std::size_t i = 0; i < bytes; ++i) out[i] = static_cast<char>(i * 31 + i / piece);
  return out;
}

struct Sealed {
  ScratchDirectory scratch;
  std::filesystem::path path = scratch.path() / "sealed";

  void write(std::string_view clear, std::size_t offset = 0, std::size_t step = 1000) const {
    const auto out = FileHandle::open(path, O_WRONLY | O_CREAT | O_TRUNC);
    const auto secret = secretOf(7);
    SealedWriter writer(out, offset, secret, "label");
    for (std::size_t at = 0; at < clear.size(); at += step) {
      REQUIRE(writer.add(clear.substr(at, step)));
    }
    REQUIRE(writer.finish());
  }

  Unsealing read(std::string& clear, std::size_t offset = 0, std::uint8_t secret = 7,
                 std::string_view label = "label") const {
    clear.clear();
    const auto in = FileHandle::open(path, O_RDONLY);
    return readSealed(in, offset, secretOf(secret), label, [&](std::string_view given) {
      clear += given;
      return true;
    });
  }
  Unsealing read() const {
    std::string ignored;
    return read(ignored);
  }
};

}  // namespace

TEST_CASE("a string of any length is read as it was sealed, and its sealed length is known") {
  const Sealed sealed;
  for (const std::size_t bytes :
       {std::size_t{0}, std::size_t{1}, piece - 1, piece, piece + 1, 2 * piece, 3 * piece + 5}) {
    INFO(bytes);
    const auto clear = clearOf(bytes);
    sealed.write(clear, 36);
    CHECK(std::filesystem::file_size(sealed.path) == 36 + sealedBytes(bytes));
    std::string read;
    CHECK(sealed.read(read, 36) == Unsealing::whole);
    CHECK(read == clear);
  }
}

TEST_CASE("the same string is never sealed to the same bytes") {
  const Sealed sealed;
  sealed.write(clearOf(100));
  const auto first = contentOf(sealed.path);
  sealed.write(clearOf(100));
  CHECK(contentOf(sealed.path) != first);
}

TEST_CASE("any changed byte of a sealed string is noticed, its salt included") {
  const Sealed sealed;
  sealed.write(clearOf(2 * piece + 3));
  const auto whole = contentOf(sealed.path);
  for (const std::size_t at : {std::size_t{0}, salt_bytes, salt_bytes + sealed_piece - 1,
                               salt_bytes + sealed_piece, whole.size() - 1}) {
    INFO(at);
    auto changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    replaceContent(sealed.path, changed);
    CHECK(sealed.read() == Unsealing::damaged);
  }
  replaceContent(sealed.path, whole);
  CHECK(sealed.read() == Unsealing::whole);
}

TEST_CASE("pieces that are left out, added, or change places are noticed") {
  const Sealed sealed;
  sealed.write(clearOf(3 * piece));
  const auto whole = contentOf(sealed.path);
  const auto salt = whole.substr(0, salt_bytes);
  const auto part = [&](std::size_t number) {
    return whole.substr(salt_bytes + number * sealed_piece, sealed_piece);
  };
  const std::array wrong{
      salt + part(0) + part(1),            // the end is cut off, at a border
      salt + part(1) + part(2),            // the beginning
      salt + part(0) + part(2),            // the middle
      salt + part(1) + part(0) + part(2),  // two changed places
      whole + part(2),                     // something follows
      whole.substr(0, whole.size() - 1),
      salt,
      std::string(),
  };
  for (const auto& bytes : wrong) {
    INFO(bytes.size());
    replaceContent(sealed.path, bytes);
    CHECK(sealed.read() == Unsealing::damaged);
  }
}

TEST_CASE("a sealed string opens under its own secret and label only") {
  const Sealed sealed;
  sealed.write(clearOf(10));
  std::string read;
  CHECK(sealed.read(read, 0, 8) == Unsealing::damaged);
  CHECK(sealed.read(read, 0, 7, "other") == Unsealing::damaged);
  CHECK(read.empty());
}

TEST_CASE("a sink that wants no more ends the reading") {
  const Sealed sealed;
  sealed.write(clearOf(3 * piece));
  const auto in = FileHandle::open(sealed.path, O_RDONLY);
  int given = 0;
  CHECK(readSealed(in, 0, secretOf(7), "label", [&](std::string_view) { return ++given < 2; }) ==
        Unsealing::stopped);
  CHECK(given == 2);
}
