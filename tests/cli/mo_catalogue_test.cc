// Catalogues made here byte by byte, whole and damaged.
#include "cli/reference/mo_catalogue.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace consulta;
using consulta::reference::MoCatalogue;

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string number(std::uint32_t value, bool bigEndian) {
  std::string out;
  for (unsigned i = 0; i < 4; ++i) {
    out += static_cast<char>(value >> 8U * (bigEndian ? 3 - i : i) & 0xFFU);
  }
  return out;
}

std::string moFile(const Pairs& pairs, bool bigEndian = false) {
  const auto count = static_cast<std::uint32_t>(pairs.size());
  const auto put = [&](std::uint32_t value) { return number(value, bigEndian); };
  std::string head = put(0x950412de) + put(0) + put(count) + put(28) + put(28 + 8 * count) +
                     put(0) + put(28 + 16 * count);
  std::string originals;
  std::string translations;
  std::string texts;
  const auto add = [&](std::string& table, const std::string& text) {
    table += put(static_cast<std::uint32_t>(text.size()));
    table += put(28 + 16 * count + static_cast<std::uint32_t>(texts.size()));
    texts += text + '\0';
  };
  for (const auto& [original, translation] : pairs) {
    add(originals, original);
    add(translations, translation);
  }
  return head + originals + translations + texts;
}

const Pairs names{
    {"", "Content-Type: text/plain; charset=UTF-8\n"}, {"Brazil", "Brésil"}, {"Peru", "Pérou"}};

}  // namespace

TEST_CASE("a catalogue of either byte order gives its translations") {
  for (const bool bigEndian : {false, true}) {
    CAPTURE(bigEndian);
    const auto catalogue = MoCatalogue::read("x.mo", moFile(names, bigEndian));
    REQUIRE(catalogue);
    CHECK(catalogue->find("Brazil") == "Brésil");
    CHECK(catalogue->find("Peru") == "Pérou");
    CHECK_FALSE(catalogue->find("Chile"));
    CHECK_FALSE(catalogue->find(""));
  }
}

TEST_CASE("of a text with plural forms the first one counts") {
  const std::string one("a country\0countries", 19);
  const std::string translated("un pays\0des pays", 16);
  const auto catalogue = MoCatalogue::read("x.mo", moFile({{one, translated}}));
  REQUIRE(catalogue);
  CHECK(catalogue->find("a country") == "un pays");
}

TEST_CASE("a catalogue that was cut off anywhere is refused") {
  const auto whole = moFile(names);
  // The NUL behind the last text is not part of it.
  for (std::size_t length = 0; length + 1 < whole.size(); ++length) {
    CAPTURE(length);
    CHECK_FALSE(MoCatalogue::read("x.mo", whole.substr(0, length)));
  }
}

TEST_CASE("a catalogue with any byte changed is read or refused, never beyond its end") {
  const auto whole = moFile(names);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const auto byte : {'\x00', '\x7F', '\xFF'}) {
      auto damaged = whole;
      damaged[at] = byte;
      const auto catalogue = MoCatalogue::read("x.mo", damaged);
      if (catalogue) CHECK_FALSE(catalogue->find("Chile"));
    }
  }
}

TEST_CASE("a catalogue that is not UTF-8 is refused") {
  CHECK_FALSE(MoCatalogue::read("x.mo", moFile({{"Brazil", "Br\xE9sil"}})));
}
