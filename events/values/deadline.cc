#include "events/values/deadline.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <span>
#include <vector>

#include "events/limits.h"
#include "events/values/date_words.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr auto deadline_rule = "value.deadline";

struct Word {
  std::string folded;
  std::size_t begin = 0;  // where it stands in the source
  std::size_t end = 0;
};

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// Splits at blanks, commas, apostrophes and the dot of "IDB.31".
std::vector<Word> split(std::string_view text) {
  std::vector<Word> words;
  bool inWord = false;
  auto rest = text;
  while (!rest.empty()) {
    const auto begin = text.size() - rest.size();
    const auto point = takeCodePoint(rest);
    if (!point) rest.remove_prefix(1);
    const auto c = point.value_or(0xFFFD);
    const bool between =
        c == ' ' || c == '\t' || c == 0xA0 || c == ',' || c == '.' || c == '\'' || c == 0x2019;
    if (between) {
      inWord = false;
      continue;
    }
    if (!inWord) words.push_back(Word{{}, begin, begin});
    inWord = true;
    words.back().end = text.size() - rest.size();
  }
  for (auto& word : words) word.folded = foldLatin(text.substr(word.begin, word.end - word.begin));
  return words;
}

bool isBefore(const Word& word) {
  return isOneOf(word.folded, {"before", "avant", "antes"});
}

bool isFiller(std::string_view word) {
  return isOneOf(word, {"session", "sessions", "sesion", "sesiones", "periodo", "of", "the", "la",
                        "le", "l", "el", "los", "de", "du", "del", "des", "d", "no", "n"});
}

// "31", "31st", "31e", "31eme", "31º".
std::optional<std::uint32_t> sessionNumber(std::string_view word) {
  const auto digits = word.substr(0, word.find_first_not_of("0123456789"));
  if (digits.empty() || digits.size() > 5 || digits.front() == '0') return std::nullopt;
  const auto suffix = word.substr(digits.size());
  if (!isOneOf(suffix, {"", "st", "nd", "rd", "th", "e", "eme", "er", "ere", "re", "a", "o",
                        "\xC2\xBA", "\xC2\xB0", "\xC2\xAA"})) {
    return std::nullopt;
  }
  std::uint32_t value = 0;
  for (const char c : digits) value = value * 10 + static_cast<std::uint32_t>(c - '0');
  return value;
}

bool isBody(std::string_view word) {
  return word.size() >= 2 && word.size() <= 10 &&
         std::ranges::all_of(word, [](char c) { return isAsciiLetter(c); });
}

Result<SessionName> readSession(std::string_view text, std::span<const Word> words) {
  SessionName session;
  bool tooMuch = false;
  for (const auto& word : words) {
    if (isFiller(word.folded)) continue;
    if (const auto number = sessionNumber(word.folded); number && session.number == 0) {
      session.number = *number;
    } else if (isBody(word.folded) && !findDateWord(word.folded) && session.body.empty()) {
      session.body = asciiUpper(word.folded);
    } else {
      tooMuch = true;
    }
  }
  if (session.number != 0 && !session.body.empty() && !tooMuch) return session;
  return usage(deadline_rule,
               msg("\"{text}\" does not name one session by its body and number; write before "
                   "IDB.31 or before session 31 of IDB, and a date as 2006-10-31",
                   arg("text", excerpt(text))));
}

}  // namespace

Result<Deadline> readDeadline(std::string_view text, Day today) {
  const auto source = trimmed(text);
  if (source.size() > 2 * limits::symbol_bytes_max) {
    return usage(deadline_rule,
                 msg("the deadline beginning \"{text}\" is too long; write a date as "
                     "2006-10-31, or before IDB.31",
                     arg("text", excerpt(source))));
  }
  const auto words = split(source);
  const auto before = std::ranges::find_if(words, isBefore);
  Deadline deadline;
  auto dateText = source;
  if (before != words.end()) {
    auto session = readSession(source, std::span(before + 1, words.end()));
    if (!session) return std::move(session).failures();
    deadline.beforeSession = *std::move(session);
    dateText = trimmed(source.substr(0, before->begin));
    while (dateText.ends_with(',')) dateText = trimmed(dateText.substr(0, dateText.size() - 1));
    if (dateText.empty()) return deadline;
  }
  auto date = readHumanDate(dateText, today);
  if (!date) return std::move(date).failures();
  deadline.date = *std::move(date);
  return deadline;
}

std::string toText(const Deadline& deadline) {
  std::string out;
  if (deadline.date) out = deadline.date->value.text();
  if (deadline.beforeSession) {
    out += fmt::format("{}before {}.{}", out.empty() ? "" : ", ", deadline.beforeSession->body,
                       deadline.beforeSession->number);
  }
  return out;
}

Overdue overdue(const DateBounds& due, std::int64_t nowNs) {
  if (nowNs > due.latestNs) return Overdue::yes;
  // The earliest day counts as a whole, unless the date means less than a day.
  const bool lessThanADay = due.earliestNs > due.latestNs - (nsPerDay - 1);
  const auto endOfEarliest = lessThanADay ? due.latestNs : due.earliestNs + (nsPerDay - 1);
  return nowNs <= endOfEarliest ? Overdue::no : Overdue::possibly;
}

}  // namespace consulta
