#include "projections/search.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "events/values/utf8.h"
#include "projections/describe.h"
#include "projections/rows/meeting.h"

namespace consulta {

namespace {

/// A meeting with a title in two languages and a personal summary.
Node sample() {
  Meeting meeting;
  meeting.title.phrases = {{"fr", "Réunion ministérielle sur l’énergie\nrenouvelable"},
                           {"es", "Reunión ministerial sobre energía renovable"}};
  meeting.place = "Montevideo";
  meeting.dates = {"2006-09", "septembre 2006"};
  meeting.summary = SealedRef{Position(9), "summary"};
  return described::toNode(meeting);
}

std::optional<SearchHit> find(const std::vector<std::string>& words, Search::Reveal reveal = {},
                              std::size_t letters = 60, const std::vector<SealedRef>& notes = {}) {
  auto search = Search::read(words, std::move(reveal), letters);
  REQUIRE(search);
  return search->in({RowSymbol{"MTG-ENERGIE-2006", 0}}, sample(), notes);
}

std::string marked(const FoundText& text) {
  std::string out = text.excerpt;
  for (auto mark = text.marks.rbegin(); mark != text.marks.rend(); ++mark) {
    out.insert(mark->second, "]");
    out.insert(mark->first, "[");
  }
  return out;
}

}  // namespace

TEST_CASE("letters are compared without case, accents and ligatures, in any script") {
  LetterFolding folding;
  CHECK(folding.fold("ÉNERGIE") == "energie");
  CHECK(folding.fold("e\u0301nergie") == "energie");
  CHECK(folding.fold("Œuvre, Łódź, Straße") == "oeuvre, lodz, strasse");
  CHECK(folding.fold("МОСКВА") == "москва");
  CHECK(folding.fold("a\n\tb") == "a  b");
  std::vector<std::size_t> starts;
  CHECK(folding.fold("Œu", &starts) == "oeu");
  CHECK(starts == std::vector<std::size_t>{0, 0, 2, 3});
}

TEST_CASE("a word is found in every language, as a part, and without accents") {
  const auto energie = find({"ENERGI"});
  REQUIRE(energie);
  CHECK(energie->fit == Fit::inSymbol);
  const auto renov = find({"novable"});
  REQUIRE(renov);
  CHECK(renov->fit == Fit::inside);
  CHECK(renov->texts.at(0).field == "title");
  CHECK(renov->texts.at(0).language == "es");
  CHECK(marked(renov->texts.at(0)) == "Reunión ministerial sobre energía re[novable]");
  CHECK(find({"reunion"})->fit == Fit::wordStart);
  CHECK(find({"septembre"})->texts.at(0).field == "dates");
  CHECK(find({"mtg-energie-2006"})->fit == Fit::symbol);
  CHECK_FALSE(find({"solaire"}));
}

TEST_CASE("a word of one language finds its relatives that differ in the ending") {
  const auto found = find({"ministeriales"});
  REQUIRE(found);
  CHECK(found->fit == Fit::related);
  CHECK(marked(found->texts.at(0)).find("[ministerial]") != std::string::npos);
  CHECK_FALSE(find({"mine"}));
}

TEST_CASE("all words must be found, and quoted ones as they stand together") {
  const auto both = find({"ministerielle", "montevideo"});
  REQUIRE(both);
  REQUIRE(both->texts.size() == 2);
  CHECK(both->texts.at(0).field == "title");
  CHECK(both->texts.at(1).field == "place");
  CHECK_FALSE(find({"ministerielle", "paris"}));
  CHECK(find({"energie renouvelable"}));
  CHECK_FALSE(find({"renouvelable energie"}));
  const auto one = find({"renovable", "sobre"});
  REQUIRE(one);
  REQUIRE(one->texts.size() == 1);
  CHECK(marked(one->texts.at(0)) == "Reunión ministerial [sobre] energía [renovable]");
}

TEST_CASE("personal values are found only by whoever may open them") {
  CHECK_FALSE(find({"confidential"}));
  const auto opened = find({"confidential"}, [](Position at, std::string_view field) {
    CHECK(at == Position(9));
    CHECK(field == "summary");
    return std::optional<std::string>("A confidential talk");
  });
  REQUIRE(opened);
  CHECK(opened->texts.at(0).personal);
  CHECK_FALSE(find({"confidential"}, [](auto...) { return std::optional<std::string>(); }));
}

TEST_CASE("notes are looked into like what is personal in the fields") {
  const std::vector<SealedRef> notes{SealedRef{Position(11), "note"}};
  CHECK_FALSE(find({"telephone"}, {}, 60, notes));
  const auto reveal = [](Position at, std::string_view) {
    return at == Position(11) ? std::optional<std::string>("Told by telephone") : std::nullopt;
  };
  CHECK_FALSE(find({"telephone"}, reveal));
  const auto found = find({"telephone"}, reveal, 60, notes);
  REQUIRE(found);
  CHECK(found->texts.at(0).field == "note");
  CHECK(found->texts.at(0).personal);
}

TEST_CASE("an excerpt keeps to its length and shows what was found") {
  for (std::size_t letters = 3; letters < 60; ++letters) {
    INFO(letters);
    for (const char* word : {"reunion", "energia", "renovable"}) {
      const auto found = find({word}, {}, letters);
      REQUIRE(found);
      const auto& text = found->texts.at(0);
      REQUIRE(text.marks.size() == 1);
      CHECK(isUtf8(text.excerpt));
      const auto [begin, end] = text.marks.at(0);
      CHECK(begin < end);
      CHECK(end <= text.excerpt.size());
    }
  }
}

TEST_CASE("words that cannot be looked for are refused by name") {
  CHECK_FALSE(Search::read({"a", " "}, {}, 40));
  CHECK_FALSE(Search::read({std::string(1000, 'x')}, {}, 40));
  CHECK_FALSE(Search::read(std::vector<std::string>(17, "x"), {}, 40));
}

TEST_CASE("any bytes are looked into without reading beyond them") {
  const auto seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  LetterFolding folding;
  for (int i = 0; i < 2000; ++i) {
    std::string bytes(random() % 20, '\0');
    for (auto& one : bytes) one = static_cast<char>(random());
    std::vector<std::size_t> starts;
    const auto folded = folding.fold(bytes, &starts);
    REQUIRE(starts.size() == folded.size() + 1);
    REQUIRE(std::ranges::is_sorted(starts));
    REQUIRE(starts.back() == bytes.size());
  }
}

}  // namespace consulta
