// Looking for words in rows: texts in every language, references, symbols and names, without regard
// to case and accents.
//
// One row at a time, so that whoever asks needs no more memory than what is kept. A search is for
// one thread: it remembers how letters fold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "events/ids.h"
#include "events/result.h"
#include "projections/node.h"
#include "projections/row.h"

namespace consulta {

/// Letters as they are compared: "Énergie" and "ENERGIE" are both "energie", "Œuvre" is "oeuvre".
class LetterFolding {
 public:
  /// The folded text. `starts`, when it is asked for, holds for each of its bytes where the letter
  /// stands in `text` that it comes from, and at the end the size of `text`.
  [[nodiscard]] std::string fold(std::string_view text, std::vector<std::size_t>* starts = nullptr);

 private:
  const std::string& folded(char32_t point);

  std::unordered_map<char32_t, std::string> known_;  // of letters beyond ASCII
};

/// How well something was found, the best first.
enum class Fit : std::uint8_t {
  symbol,     // it is the symbol
  inSymbol,   // part of the symbol
  wordStart,  // a word begins so
  inside,     // within a word
  related,    // a word that begins so but for its ending: "energia" and "Énergie"
};

/// Where one of the words was found.
struct FoundText {
  std::string field;     // as in the row, "title", "invitations.letter"; of a symbol "id"
  std::string language;  // of a text in several languages; else empty
  bool personal = false;
  std::string excerpt;  // around what was found, in one line; an ellipsis stands for the rest
  /// What was found, as bytes of the excerpt: begin and end, in order, not overlapping.
  std::vector<std::pair<std::size_t, std::size_t>> marks;
};

struct SearchHit {
  Fit fit = Fit::symbol;         // of the word that fits least
  std::vector<FoundText> texts;  // best first, each at most once
};

class Search {
 public:
  /// Opens a personal value for whoever asks; nothing when it was erased.
  using Reveal = std::function<std::optional<std::string>(Position at, std::string_view field)>;

  /// All of `written` must be found in the same row; one with blanks in it is found as it stands.
  /// Personal values are looked into only through `reveal`: where that is empty, they are not.
  /// Excerpts have at most `excerptLetters` letters.
  [[nodiscard]] static Result<Search> read(const std::vector<std::string>& written, Reveal reveal,
                                           std::size_t excerptLetters);

  /// Nothing unless everything is found.
  [[nodiscard]] std::optional<SearchHit> in(const Row& row) {
    return in(row.head.symbols, row.fields(), row.head.notes);
  }
  [[nodiscard]] std::optional<SearchHit> in(const std::vector<RowSymbol>& symbols,
                                            const Node& fields,
                                            const std::vector<SealedRef>& notes);

 private:
  struct Word {
    std::string folded;
    std::string stem;  // what is left without the ending; empty: too short to go by
  };
  /// The best that was found for each word so far.
  struct Best {
    Fit fit = Fit::related;
    std::size_t text = 0;  // in texts_
    bool found = false;
  };
  struct Text {
    std::string field;
    std::string language;
    bool personal = false;
    std::string value;
  };

  Search(std::vector<Word> words, Reveal reveal, std::size_t excerptLetters);

  void lookInto(const Node& node, const std::string& path);
  void lookInto(std::string_view value, const std::string& path, std::string_view language,
                bool personal);
  [[nodiscard]] FoundText shown(const Text& text);

  std::vector<Word> words_;
  Reveal reveal_;
  std::size_t excerptLetters_;
  LetterFolding folding_;
  // Of the row that is looked into.
  std::vector<Text> texts_;
  std::vector<Best> best_;
};

}  // namespace consulta
