// Reading amounts as people write them.
#include <fmt/format.h>

#include <array>
#include <optional>
#include <vector>

#include "events/limits.h"
#include "events/values/currencies.h"
#include "events/values/money.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr auto money_rule = "value.money";

Failure bad(std::string_view text, std::string_view message) {
  return usage(money_rule, msg(message, arg("text", excerpt(text))));
}

Failure notAnAmount(std::string_view text) {
  return bad(text,
             "\"{text}\" is not an amount of money; write the number and the currency, as "
             "1250000.50 EUR");
}

struct Words {
  std::string number;  // digits and . and , with _ for blanks or an apostrophe between digits
  bool negative = false;
  std::vector<std::string> words;  // folded
};

bool isBlank(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || c == 0x2009 || c == 0x202F;
}

bool isSign(char32_t c) {
  return c == '$' || c == 0x20AC || c == 0xA3 || c == 0xA5;
}

// Cuts the text into its one number and the words around it.
std::optional<Words> cut(std::string_view text) {
  Words out;
  bool inWord = false;
  bool closed = false;  // a word has followed the number
  bool gap = false;     // blanks or an apostrophe since the last digit
  const auto folded = foldLatin(text);
  std::string_view rest = folded;
  while (const auto point = takeCodePoint(rest)) {
    const char c = *point < 0x80 ? static_cast<char>(*point) : '\0';
    if (isAsciiLetter(c) || isSign(*point)) {
      if (!inWord) out.words.emplace_back();
      inWord = true;
      closed = !out.number.empty();
      appendUtf8(out.words.back(), *point);
      continue;
    }
    const bool abbreviated = inWord && c == '.' && closed;  // "2.5 mill. USD"
    inWord = false;
    if (abbreviated) continue;
    if (isDigit(c) || c == '.' || c == ',') {
      if (closed) return std::nullopt;
      if (gap && !out.number.empty()) out.number += '_';
      gap = false;
      out.number += c;
    } else if (c == '\'' || *point == 0x2019 || isBlank(*point)) {
      gap = true;
    } else if ((c == '-' || *point == 0x2212) && out.number.empty() && !out.negative) {
      out.negative = true;
    } else {
      return std::nullopt;
    }
  }
  return out;
}

/// Zeros that a word like "million" adds; nothing for any other word.
std::optional<int> zerosOf(std::string_view word) {
  struct Scale {
    std::string_view word;
    int zeros;
  };
  constexpr std::array<Scale, 10> scales = {{{"thousand", 3},
                                             {"mille", 3},
                                             {"mil", 3},
                                             {"million", 6},
                                             {"millions", 6},
                                             {"millon", 6},
                                             {"millones", 6},
                                             {"mill", 6},
                                             {"milliard", 9},
                                             {"milliards", 9}}};
  for (const auto& scale : scales) {
    if (scale.word == word) return scale.zeros;
  }
  return std::nullopt;
}

Result<const Currency*> currencyOf(std::string_view text, const std::string& word) {
  if (word.empty()) {
    return bad(text,
               "\"{text}\" does not say which currency; write its three letters, as "
               "1250000.50 EUR");
  }
  if (word == "\xE2\x82\xAC") return findCurrency("EUR");
  if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != word.npos) {
    return bad(text,
               "the sign in \"{text}\" stands for several currencies; write three letters, "
               "as USD or GBP");
  }
  return readCurrency(word);
}

struct Unit {
  const Currency* currency = nullptr;
  int zeros = 0;
  std::string scale;  // "million", as written but folded
};

Result<Unit> readUnit(std::string_view text, const std::vector<std::string>& words) {
  Unit unit;
  std::string currency;
  for (const auto& word : words) {
    if (word == "de" || word == "d" || word == "of") continue;
    if (word.starts_with("billion") || word.starts_with("billon")) {
      return bad(text,
                 "a billion in \"{text}\" has nine zeros in English and twelve in French and "
                 "Spanish; write the amount in millions or in full");
    }
    if (const auto zeros = zerosOf(word); zeros && unit.scale.empty()) {
      unit.zeros = *zeros;
      unit.scale = word;
    } else if (currency.empty()) {
      currency = word;
    } else {
      return usage(money_rule,
                   msg("\"{text}\" has one word too many: {first} and {second}; write the "
                       "number and one currency, as 1250000.50 EUR",
                       arg("text", excerpt(text)), arg("first", excerpt(currency)),
                       arg("second", excerpt(word))));
    }
  }
  const auto found = currencyOf(text, currency);
  if (!found) return found.failures();
  unit.currency = *found;
  return unit;
}

/// Digits without separators, and how many of them stand behind the decimal point.
struct Number {
  std::string digits;
  std::size_t decimals = 0;
};

// The whole part with its marks for thousands: one to three digits, then threes.
std::optional<std::string> ungroup(std::string_view whole, char mark) {
  std::string digits;
  std::size_t run = 0;
  bool grouped = false;
  for (const char c : whole) {
    if (c == mark) {
      if (run == 0 || run > 3 || (grouped && run != 3)) return std::nullopt;
      grouped = true;
      run = 0;
    } else if (isDigit(c)) {
      digits += c;
      ++run;
    } else {
      return std::nullopt;
    }
  }
  if (run == 0 || (grouped && (run != 3 || digits.front() == '0'))) return std::nullopt;
  return digits;
}

class NumberReader {
 public:
  NumberReader(std::string_view text, const std::string& number, const Unit& unit)
      : text_(text), number_(number), unit_(unit) {}

  Result<Number> read() const {
    const std::string_view number = number_;
    const auto last = number.find_last_of(".,");
    const bool spaced = number.find('_') != number.npos;
    if (last == number.npos) return finish(number, {}, '_');
    const char mark = number[last];
    const char other = mark == '.' ? ',' : '.';
    const bool mixed = number.find(other) != number.npos;
    const bool once = number.find(mark) == last;
    const auto whole = number.substr(0, last);
    const auto decimals = number.substr(last + 1);
    if (!once) return mixed || spaced ? notAnAmount(text_) : finish(number, {}, mark);
    if (mixed && spaced) return notAnAmount(text_);
    if (mixed) return finish(whole, decimals, other);
    if (spaced) return finish(whole, decimals, '_');
    const auto grouped = ungroup(number, mark);
    if (decimals.size() != 3 || !grouped || isCanonical(decimals)) {
      return finish(whole, decimals, '\0');
    }
    if (unit_.currency->exponent == 0 && unit_.scale.empty()) return finish(number, {}, mark);
    return twoReadings(*grouped, whole, decimals);
  }

 private:
  bool isCanonical(std::string_view decimals) const {
    return number_[number_.size() - decimals.size() - 1] == '.' &&
           decimals.size() == unit_.currency->exponent && unit_.scale.empty();
  }

  // Each reading is offered in a form that is read back without a question.
  Failure twoReadings(const std::string& thousands, std::string_view whole,
                      std::string_view decimals) const {
    const std::size_t allowed = unit_.currency->exponent;
    const bool scaled = !unit_.scale.empty();
    auto fraction = std::string(decimals);
    while (fraction.size() > (scaled ? 1 : allowed) && fraction.ends_with('0')) fraction.pop_back();
    if (scaled && fraction.size() == 3) fraction += '0';
    if (!scaled && fraction.size() < allowed) fraction.resize(allowed, '0');
    const auto tail = fmt::format("{}{} {}", scaled ? " " : "", unit_.scale, unit_.currency->code);
    const auto zeros = scaled || allowed == 0 ? std::string() : "." + std::string(allowed, '0');
    if (!scaled && fraction.size() > allowed) {
      return usage(
          money_rule,
          msg("\"{text}\" marks thousands, or has more decimals than the {allowed} of "
              "{currency}; write {thousands}, or round the amount",
              arg("text", excerpt(text_)), arg("allowed", allowed),
              arg("currency", unit_.currency->code), arg("thousands", thousands + zeros + tail)));
    }
    return usage(money_rule,
                 msg("\"{text}\" can be read in two ways; write {thousands} or {decimals}",
                     arg("text", excerpt(text_)), arg("thousands", thousands + zeros + tail),
                     arg("decimals", fmt::format("{}.{}{}", whole, fraction, tail))));
  }

  Result<Number> finish(std::string_view whole, std::string_view decimals, char mark) const {
    const auto digits = ungroup(whole, mark);
    const bool plain = decimals.find_first_not_of("0123456789") == decimals.npos;
    const bool pointed = whole.size() + decimals.size() < number_.size();
    if (!digits || !plain || (pointed && decimals.empty())) return notAnAmount(text_);
    return Number{*digits + std::string(decimals), decimals.size()};
  }

  std::string_view text_;
  const std::string& number_;
  const Unit& unit_;
};

Failure tooManyDecimals(std::string_view text, const Currency& currency) {
  if (currency.exponent == 0) {
    return usage(money_rule,
                 msg("{currency} has no decimals, and \"{text}\" has some; write the whole "
                     "amount",
                     arg("currency", currency.code), arg("text", excerpt(text))));
  }
  return usage(money_rule,
               msg("{currency} has {allowed} decimals, and \"{text}\" has more; write the "
                   "amount with {allowed}",
                   arg("currency", currency.code), arg("allowed", currency.exponent),
                   arg("text", excerpt(text))));
}

Result<std::int64_t> toMinor(std::string_view text, const Number& number, int zeros, bool negative,
                             const Currency& currency) {
  const int shift = zeros + currency.exponent - static_cast<int>(number.decimals);
  if (shift < 0) return tooManyDecimals(text, currency);
  std::int64_t minor = 0;
  bool overflow = false;
  const auto push = [&](int digit) {
    overflow = overflow || __builtin_mul_overflow(minor, std::int64_t{10}, &minor) ||
               __builtin_add_overflow(minor, std::int64_t{negative ? -digit : digit}, &minor);
  };
  for (const char c : number.digits) push(c - '0');
  for (int i = 0; i < shift; ++i) push(0);
  if (overflow) {
    return bad(text,
               "\"{text}\" is more than the register can keep; check the number of zeros, or "
               "enter the amount in parts");
  }
  return minor;
}

}  // namespace

Result<Money> readMoney(std::string_view text) {
  const auto source = trimmed(text);
  if (source.size() > limits::symbol_bytes_max) return notAnAmount(source);
  const auto words = cut(source);
  if (!words || words->number.empty()) return notAnAmount(source);
  const auto unit = readUnit(source, words->words);
  if (!unit) return unit.failures();
  const auto number = NumberReader(source, words->number, *unit).read();
  if (!number) return number.failures();
  const auto& currency = *unit->currency;
  const auto minor = toMinor(source, *number, unit->zeros, words->negative, currency);
  if (!minor) return minor.failures();
  return Money{*minor, std::string(currency.code)};
}

}  // namespace consulta
