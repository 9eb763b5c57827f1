#include "projections/search.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

#include "events/limits.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr std::size_t words_max = 16;
/// A stem of fewer letters is the beginning of anything.
constexpr std::size_t stem_letters_min = 5;

/// Made once: ICU reads its rules.
const icu::Transliterator& letterRules() {
  static const auto rules = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
        "NFKD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, error));
    if (U_FAILURE(error) || !made) throw std::runtime_error("ICU has no rules for folding letters");
    return made;
  }();
  return *rules;
}

bool isBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Of folded text: whatever is not ASCII is a letter of another script.
bool isLetter(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || isAsciiLetter(c) || isDigit(c);
}

/// Languages that share a word mostly differ in how it ends: energia, energie, energy. The s of a
/// plural goes first, then the vowels.
std::string stemOf(std::string_view folded) {
  if (!std::ranges::all_of(folded, isAsciiLetter)) return {};
  auto stem = folded;
  if (stem.ends_with('s')) stem.remove_suffix(1);
  const auto last = stem.find_last_not_of("aeiouy");
  stem = last == stem.npos ? std::string_view() : stem.substr(0, last + 1);
  return stem.size() < stem_letters_min || stem == folded ? std::string() : std::string(stem);
}

struct Place {
  Fit fit = Fit::inside;
  std::size_t at = 0;
  std::size_t size = 0;
};

bool beginsWord(std::string_view text, std::size_t at) {
  return at == 0 || !isLetter(text[at - 1]);
}

/// The best place in a folded text, or nothing.
std::optional<Place> placeOf(std::string_view text, std::string_view word, std::string_view stem) {
  std::optional<Place> inside;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    if (beginsWord(text, at)) return Place{Fit::wordStart, at, word.size()};
    if (!inside) inside = Place{Fit::inside, at, word.size()};
  }
  if (inside || stem.empty()) return inside;
  for (auto at = text.find(stem); at != text.npos; at = text.find(stem, at + 1)) {
    if (beginsWord(text, at)) return Place{Fit::related, at, stem.size()};
  }
  return std::nullopt;
}

bool isContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// So many letters further, or the end.
std::size_t forward(std::string_view text, std::size_t at, std::size_t letters) {
  while (at < text.size() && letters > 0) {
    for (++at; at < text.size() && isContinuation(text[at]); ++at) {
    }
    --letters;
  }
  return at;
}

std::size_t back(std::string_view text, std::size_t at, std::size_t letters) {
  while (at > 0 && letters > 0) {
    for (--at; at > 0 && isContinuation(text[at]); --at) {
    }
    --letters;
  }
  return at;
}

}  // namespace

const std::string& LetterFolding::folded(char32_t point) {
  const auto known = known_.find(point);
  if (known != known_.end()) return known->second;
  icu::UnicodeString letter(static_cast<UChar32>(point));
  letterRules().transliterate(letter);
  std::string out;
  letter.toUTF8String(out);
  return known_.emplace(point, std::move(out)).first->second;
}

std::string LetterFolding::fold(std::string_view text, std::vector<std::size_t>* starts) {
  std::string out;
  out.reserve(text.size());
  const auto size = text.size();
  while (!text.empty()) {
    const auto at = size - text.size();
    const char first = text.front();
    if (static_cast<unsigned char>(first) < 0x80) {
      out += isBlank(first) ? ' ' : asciiLower(first);
      text.remove_prefix(1);
    } else if (const auto point = takeCodePoint(text)) {
      out += folded(*point);
    } else {
      appendUtf8(out, 0xFFFD);
      text.remove_prefix(1);
    }
    if (starts != nullptr) starts->resize(out.size(), at);
  }
  if (starts != nullptr) starts->push_back(size);
  return out;
}

Search::Search(std::vector<Word> words, Reveal reveal, std::size_t excerptLetters)
    : words_(std::move(words)), reveal_(std::move(reveal)), excerptLetters_(excerptLetters) {}

Result<Search> Search::read(const std::vector<std::string>& written, Reveal reveal,
                            std::size_t excerptLetters) {
  if (written.size() > words_max) {
    return usage(
        "find.words",
        msg("more than {most} words are looked for at once; leave out those that say least",
            arg("most", words_max)));
  }
  LetterFolding folding;
  std::vector<Word> words;
  Failures failures;
  for (const auto& one : written) {
    const auto folded = folding.fold(one);
    const std::string sought(trimmed(folded));
    if (sought.empty() || sought.size() > limits::symbol_bytes_max) {
      failures.push_back(
          usage("find.words", msg("\"{word}\" cannot be looked for; write a word or part of one",
                                  arg("word", excerpt(one)))));
      continue;
    }
    words.push_back(Word{sought, stemOf(sought)});
  }
  if (!failures.empty()) return failures;
  return Search(std::move(words), std::move(reveal), excerptLetters);
}

std::optional<SearchHit> Search::in(const std::vector<RowSymbol>& symbols, const Node& fields,
                                    const std::vector<SealedRef>& notes) {
  texts_.clear();
  best_.assign(words_.size(), Best{});
  for (const auto& symbol : symbols) lookInto(symbol.text, "id", {}, false);
  lookInto(fields, {});
  for (const auto& note : notes) lookInto(Node{note}, note.field);
  SearchHit out;
  for (const auto& one : best_) {
    if (!one.found) return std::nullopt;
    out.fit = std::max(out.fit, one.fit);
  }
  std::ranges::stable_sort(best_, {}, [](const Best& one) { return std::pair(one.fit, one.text); });
  std::vector<std::size_t> shownTexts;
  for (const auto& one : best_) {
    if (std::ranges::find(shownTexts, one.text) != shownTexts.end()) continue;
    shownTexts.push_back(one.text);
    out.texts.push_back(shown(texts_[one.text]));
  }
  return out;
}

void Search::lookInto(const Node& node, const std::string& path) {
  if (const auto* members = std::get_if<Node::Members>(&node.value)) {
    for (const auto& one : *members) {
      lookInto(one.node, path.empty() ? one.name : path + "." + one.name);
    }
  } else if (const auto* list = std::get_if<Node::List>(&node.value)) {
    for (const auto& one : *list) lookInto(one, path);
  } else if (const auto* text = std::get_if<std::string>(&node.value)) {
    lookInto(*text, path, {}, false);
  } else if (const auto* texts = std::get_if<RowTexts>(&node.value)) {
    for (const auto& one : texts->phrases) lookInto(one.text, path, one.language, false);
  } else if (const auto* date = std::get_if<RowDate>(&node.value)) {
    lookInto(date->words, path, {}, false);
  } else if (const auto* sealed = std::get_if<SealedRef>(&node.value)) {
    if (!sealed->at || !reveal_) return;
    if (const auto clear = reveal_(sealed->at, sealed->field)) lookInto(*clear, path, {}, true);
  }
}

void Search::lookInto(std::string_view value, const std::string& path, std::string_view language,
                      bool personal) {
  if (value.empty()) return;
  const auto folded = folding_.fold(value);
  const bool isSymbol = path == "id";
  std::optional<std::size_t> kept;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    auto place = placeOf(folded, words_[i].folded, words_[i].stem);
    if (!place) continue;
    if (isSymbol && place->fit != Fit::related) {
      place->fit = folded == words_[i].folded ? Fit::symbol : Fit::inSymbol;
    }
    auto& best = best_[i];
    if (best.found && best.fit <= place->fit) continue;
    if (!kept) {
      kept = texts_.size();
      texts_.push_back(Text{path, std::string(language), personal, std::string(value)});
    }
    best = Best{place->fit, *kept, true};
  }
}

FoundText Search::shown(const Text& text) {
  FoundText out{text.field, text.language, text.personal, {}, {}};
  std::vector<std::size_t> starts;
  const auto folded = folding_.fold(text.value, &starts);
  auto& marks = out.marks;
  for (const auto& word : words_) {
    const auto place = placeOf(folded, word.folded, word.stem);
    if (!place) continue;
    const auto last = starts[place->at + place->size - 1];
    marks.emplace_back(starts[place->at], forward(text.value, last, 1));
  }
  std::ranges::sort(marks);
  const auto overlaps = [](auto& before, const auto& next) {
    if (next.first > before.second) return false;
    before.second = std::max(before.second, next.second);
    return true;
  };
  std::vector<std::pair<std::size_t, std::size_t>> apart;
  for (const auto& mark : marks) {
    if (apart.empty() || !overlaps(apart.back(), mark)) apart.push_back(mark);
  }
  // A third of the room stands before what was found.
  static constexpr std::string_view ellipsis = "…";
  auto begin = back(text.value, apart.front().first, excerptLetters_ / 3);
  const auto end = forward(text.value, begin, excerptLetters_);
  if (end == text.value.size()) begin = back(text.value, end, excerptLetters_);
  if (begin > 0) out.excerpt = ellipsis;
  const auto shift = out.excerpt.size();
  out.excerpt += text.value.substr(begin, end - begin);
  std::ranges::replace_if(out.excerpt, isBlank, ' ');
  if (end < text.value.size()) out.excerpt += ellipsis;
  marks.clear();
  for (const auto& [from, to] : apart) {
    if (from >= end) break;
    marks.emplace_back(from - begin + shift, std::min(to, end) - begin + shift);
  }
  return out;
}

}  // namespace consulta
