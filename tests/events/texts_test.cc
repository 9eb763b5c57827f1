#include "events/values/texts.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "events/limits.h"
#include "tests/events/random_text.h"

using namespace consulta;

namespace {

template <typename T>
std::string refusal(const Result<T>& result) {
  return result ? "accepted" : inEnglish(result.failures().front().text);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a text may name its language, or takes the default") {
  const auto read = [](std::string_view text) { return readPhrase(text, "en").value(); };
  CHECK(read("fr:Programme régional") == Phrase{"fr", "Programme régional"});
  CHECK(read("fr: Programme régional") == Phrase{"fr", "Programme régional"});
  CHECK(read("pt-BR:Programa") == Phrase{"pt-br", "Programa"});
  CHECK(read("Regional programme") == Phrase{"en", "Regional programme"});
  CHECK(read("  Regional programme\n") == Phrase{"en", "Regional programme"});
  CHECK(read("Re: your letter") == Phrase{"en", "Re: your letter"});
  CHECK(read("MoU: signed") == Phrase{"en", "MoU: signed"});
  CHECK(read("mou: signed") == Phrase{"en", "mou: signed"});
  CHECK(read("Note: signed") == Phrase{"en", "Note: signed"});
  CHECK(read("en:no: we cannot") == Phrase{"en", "no: we cannot"});
  CHECK(read("https://example.org") == Phrase{"en", "https://example.org"});
  CHECK(read("one\r\ntwo") == Phrase{"en", "one\ntwo"});
  CHECK(contains(refusal(readPhrase("sp:Programa", "en")), "not a language"));
  CHECK(contains(refusal(readPhrase("fr:", "en")), "no text"));
  CHECK(contains(refusal(readPhrase("", "en")), "no text"));
  CHECK(readPhrase(toText(read("fr:no: rien")), "en").value() == Phrase{"fr", "no: rien"});
}

TEST_CASE("each language comes once, and all that is wrong is said") {
  const std::vector<std::string> good = {"fr:Programme", "Programme", "es:Programa"};
  const auto texts = readTexts(good, "en");
  REQUIRE(texts.ok());
  CHECK(texts->size() == 3);
  CHECK(checkTexts(*texts).ok());
  const std::vector<std::string> twice = {"fr:Programme", "fr:Projet", "xq:Programa"};
  const auto bad = readTexts(twice, "en");
  REQUIRE_FALSE(bad.ok());
  CHECK(bad.failures().size() == 2);
  CHECK_FALSE(checkTexts({{"fr", "a"}, {"fr", "b"}}).ok());
  CHECK_FALSE(checkTexts({{"FR", "a"}}).ok());
  CHECK_FALSE(checkTexts({{"fr", " a"}}).ok());
  CHECK_FALSE(checkTexts({{"fr", ""}}).ok());
  CHECK_FALSE(checkTexts({{"f", "a"}}).ok());
  CHECK_FALSE(checkTexts({{"fr", "\xff"}}).ok());
}

TEST_CASE("the language asked for is picked, else English, French, Spanish, the first") {
  const Texts texts = {{"pt", "programa"}, {"es", "programa es"}, {"fr", "programme"}};
  CHECK(pick(texts, "pt-BR") == "programa");
  CHECK(pick(texts, Lang::es) == "programa es");
  CHECK(pick(texts, Lang::en) == "programme");
  CHECK(pick({{"pt", "a"}, {"es", "b"}}, Lang::en) == "b");
  CHECK(pick({{"pt", "a"}, {"ru", "b"}}, Lang::en) == "a");
  CHECK(pick({}, Lang::en).empty());
  CHECK(pickPhrase({}, "en") == nullptr);
}

TEST_CASE("language tags are two or three letters with subtags") {
  CHECK(readLanguage("FR").value() == "fr");
  CHECK(readLanguage("pt-BR").value() == "pt-br");
  CHECK(readLanguage("zh-Hans-CN").value() == "zh-hans-cn");
  for (const std::string bad :
       {"", "f", "fran", "fr-", "fr_FR", "-fr", "fr-abcdefghi", "12", "fr:"}) {
    CAPTURE(bad);
    CHECK(contains(refusal(readLanguage(bad)), "language tag"));
  }
}

TEST_CASE("hidden characters and broken UTF-8 are refused, and said where") {
  CHECK(contains(refusal(readText("a\x1b[31m")), "U+001B at byte 2"));
  CHECK(contains(refusal(readText("a\xE2\x80\xAEtxt")), "U+202E"));
  CHECK(contains(refusal(readText("a\xE2\x81\xA6txt")), "U+2066"));
  CHECK(contains(refusal(readText("a\xC2\x9B")), "U+009B"));
  CHECK(contains(refusal(readText("a\x7F")), "U+007F"));
  CHECK(contains(refusal(readText("a\rb")), "U+000D"));
  CHECK(contains(refusal(readText(std::string_view("a\0b", 3))), "U+0000"));
  CHECK(contains(refusal(readText("ab\xC0\xAF")), "not UTF-8 at byte 3"));
  CHECK(contains(refusal(readText("\xED\xA0\x80")), "not UTF-8"));
  CHECK(contains(refusal(readText("\xF4\x90\x80\x80")), "not UTF-8"));
  CHECK(contains(refusal(readText("\xE2\x82")), "not UTF-8"));
  CHECK(readText("tab\tand\nline \xF0\x9F\x98\x80 é").ok());
  CHECK(readText("").ok());
}

TEST_CASE("texts and lines have bounds") {
  CHECK(readText(std::string(limits::text_bytes_max, 'a')).ok());
  CHECK(contains(refusal(readText(std::string(limits::text_bytes_max + 1, 'a'))), "at most 16000"));
  CHECK(readLine(std::string(limits::symbol_bytes_max, 'a')).ok());
  CHECK_FALSE(readLine(std::string(limits::symbol_bytes_max + 1, 'a')).ok());
  CHECK(readLine(" Ministry of Industry ").value() == "Ministry of Industry");
  CHECK(contains(refusal(readLine("")), "no text"));
  CHECK(contains(refusal(readLine("two\nlines")), "single line"));
  CHECK(contains(refusal(readLine("two\tcells")), "single line"));
  CHECK(contains(refusal(readLine("two\xE2\x80\xA8lines")), "single line"));
}

TEST_CASE("a terminal is shown hidden characters instead of obeying them") {
  CHECK(forTerminal("plain é\n\t") == "plain é\n\t");
  CHECK(forTerminal("\x1b[31mred") == "\\x1b[31mred");
  CHECK(forTerminal("\xE2\x80\xAE") == "\\u202e");
  CHECK(forTerminal("a\xff") == "a\\xff");
  CHECK(excerpt(std::string(59, 'a') + "éé") == std::string(59, 'a') + "...");
}

TEST_CASE("folding leaves plain lower-case letters") {
  CHECK(foldLatin("Août ÉTÉ Español Łódź Œuvre straße") == "aout ete espanol lodz oeuvre strasse");
  CHECK(foldLatin("e\xCC\x81t\xC3\xA9") == "ete");
  CHECK(foldLatin("\xff") == "\xEF\xBF\xBD");
  CHECK(trimmed(" \xC2\xA0 a b \n\xC2\xA0") == "a b");
}

TEST_CASE("any accepted text is clean and comes back, and no bytes crash") {
  constexpr std::uint64_t seed = 99;
  CAPTURE(seed);
  test::RandomText random(seed);
  for (int i = 0; i < 20'000; ++i) {
    const auto text = i % 2 == 0 ? random.bytes(20) : random.from("afrn:-éà \n\r\t", 16);
    const auto shown = forTerminal(text);
    CHECK(forTerminal(shown) == shown);
    CHECK(isUtf8(shown));
    (void)readLine(text);
    const auto phrase = readPhrase(text, "en");
    if (!phrase) continue;
    CAPTURE(text);
    CHECK(checkTexts({*phrase}).ok());
    CHECK(readPhrase(toText(*phrase), "es").value() == *phrase);
  }
}
