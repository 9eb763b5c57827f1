#include "cli/value_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/terminal.h"
#include "events/labels.h"
#include "events/values/decimal.h"
#include "events/values/human_date.h"
#include "events/values/money.h"
#include "events/values/texts.h"
#include "events/values/utf8.h"
#include "events/values/zoned_time.h"

namespace consulta {

namespace {

std::string inView(const ValueView& view, const Message& message) {
  return view.say ? view.say(message) : inEnglish(message);
}

std::string inView(const ValueView& view, std::string_view english) {
  return inView(view, Message{std::string(english), {}});
}

/// One line, fit for a terminal.
std::string line(std::string_view text) {
  auto out = forTerminal(text);
  std::ranges::replace(out, '\n', ' ');
  std::ranges::replace(out, '\t', ' ');
  return out;
}

std::string nameOf(EntityId id, const ValueView& view) {
  return view.nameOf ? line(view.nameOf(id)) : "#" + std::to_string(id.value);
}

/// Digits in groups of three and the decimal sign of the language.
std::string grouped(std::string_view canonical, Lang lang) {
  static constexpr std::string_view no_break_space = "\u00A0";
  const auto group = lang == Lang::en ? "," : lang == Lang::fr ? no_break_space : ".";
  const auto point = canonical.find('.');
  const auto whole = canonical.substr(0, point);
  std::string out;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const auto left = whole.size() - i;
    if (i > 0 && left % 3 == 0 && isDigit(whole[i - 1])) out += group;
    out += whole[i];
  }
  if (point != canonical.npos) {
    out += lang == Lang::en ? "." : ",";
    out += canonical.substr(point + 1);
  }
  return out;
}

/// A line end at the very end begins no other line.
std::size_t linesIn(std::string_view text) {
  const auto ends = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  return ends + (text.empty() || text.ends_with('\n') ? 0 : 1);
}

/// A text somebody wrote, as a whole or its beginning.
std::string written(std::string_view text, const ValueView& view) {
  auto whole = line(text);
  if (view.textColumns == 0 || columns(whole) <= view.textColumns) return whole;
  auto out = shortened(whole, view.textColumns);
  if (const auto lines = linesIn(text); lines > 1) {
    out += " " + inView(view, msgs("({count} line)", "({count} lines)", lines));
  }
  return out;
}

/// The largest two units, the second only where it is not nothing.
Message howLong(std::int64_t seconds) {
  const auto days = seconds / 86'400;
  const auto hours = seconds / 3'600 % 24;
  const auto minutes = seconds / 60 % 60;
  const auto both = [](Message longer, std::int64_t rest, Message shorter) {
    return rest == 0 ? longer
                     : msg("{first} and {second}", arg("first", std::move(longer)),
                           arg("second", std::move(shorter)));
  };
  const auto inHours = msgs("{count} hour", "{count} hours", hours);
  const auto inMinutes = msgs("{count} minute", "{count} minutes", minutes);
  if (days != 0) return both(msgs("{count} day", "{count} days", days), hours, inHours);
  if (hours != 0) return both(inHours, minutes, inMinutes);
  const auto rest = seconds % 60;
  const auto inSeconds = msgs("{count} second", "{count} seconds", rest);
  return minutes != 0 ? both(inMinutes, rest, inSeconds) : inSeconds;
}

bool hasParts(const Node& node) {
  return std::holds_alternative<Node::Members>(node.value);
}

/// Things with parts and whole sentences hold commas of their own.
bool needsStrongSeparator(const Node& node) {
  return hasParts(node) || std::holds_alternative<RowTexts>(node.value) ||
         std::holds_alternative<SealedRef>(node.value);
}

struct ToText {
  const ValueView& view;
  std::string_view field;

  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(Flag flag) const {
    return flag.value() ? inView(view, "yes") : inView(view, "no");
  }
  /// How long something took or was late by is said in words: "lateSeconds".
  std::string operator()(Number number) const {
    return field.ends_with("Seconds") ? inView(view, howLong(number.value()))
                                      : std::to_string(number.value());
  }
  std::string operator()(const std::string& text) const {
    const auto name =
        view.nameOfCode && !field.empty() ? view.nameOfCode(field, text, view.codes) : "";
    return written(name.empty() ? text : name, view);
  }
  std::string operator()(const ChoiceName& choice) const { return words(choice.name, view); }
  std::string operator()(EntityId id) const { return nameOf(id, view); }
  std::string operator()(const RowDate& date) const { return dateText(date, view); }
  std::string operator()(const RowTexts& texts) const { return textsText(texts, view); }
  std::string operator()(const RowMoney& money) const { return moneyText(money, view.lang); }
  std::string operator()(const RowDecimal& number) const {
    return grouped(toText(Decimal{number.unscaled, number.scale}), view.lang);
  }
  std::string operator()(const RowZonedTime& time) const {
    return line(toText(ZonedTime{time.local, time.zone, time.utcNs, {}}));
  }
  std::string operator()(const RowDeadline& deadline) const {
    std::string out;
    if (!deadline.date.edtf.empty()) out = dateText(deadline.date, view);
    if (deadline.beforeSession) {
      if (!out.empty()) out += ", ";
      out += inView(view,
                    msg("before {session}", arg("session", nameOf(deadline.beforeSession, view))));
    }
    return out;
  }
  std::string operator()(const SealedRef& ref) const {
    if (!view.reveal) return inView(view, "(personal)");
    const auto clear = view.reveal(ref.at, ref.field);
    return clear ? written(*clear, view) : inView(view, "(closed: its key is not here)");
  }
  std::string operator()(const Node::List& list) const {
    std::string out;
    for (const auto& one : list) {
      const auto text = valueText(one, view, field);
      if (text.empty()) continue;
      if (!out.empty()) out += needsStrongSeparator(one) ? "; " : ", ";
      out += text;
    }
    return out;
  }
  /// What it is comes first and needs no label: "UNIDO, accepted, sent: 6 April 2006".
  std::string operator()(const Node::Members& members) const {
    std::string out;
    bool labelled = false;
    for (const auto& member : members) {
      if (member.node.empty()) continue;
      const auto* flag = std::get_if<Flag>(&member.node.value);
      const auto plain = !labelled && flag == nullptr &&
                         !std::holds_alternative<RowDate>(member.node.value) &&
                         !std::holds_alternative<Number>(member.node.value);
      if (!out.empty()) out += ", ";
      if (flag != nullptr && flag->value()) {
        out += words(member.name, view);
        continue;
      }
      labelled = labelled || !plain;
      const auto text = valueText(member.node, view, member.name);
      out += plain ? text : consulta::labelled(words(member.name, view), text, view.lang);
    }
    return out;
  }
};

}  // namespace

std::string words(std::string_view name, const ValueView& view) {
  return inView(view, labelOf(name));
}

std::string labelled(std::string_view label, std::string_view text, Lang lang) {
  return fmt::format("{}{} {}", label, lang == Lang::fr ? "\u00a0:" : ":", text);
}

std::optional<bool> readYesNo(std::string_view text) {
  static constexpr std::array<std::string_view, 10> ticked = {
      "yes", "y", "true", "x", "1", "oui", "si", "vrai", "verdadero", "o"};
  static constexpr std::array<std::string_view, 6> crossed = {"no", "n",   "false",
                                                              "0",  "non", "faux"};
  const auto folded = foldLatin(trimmed(text));
  if (std::ranges::find(ticked, folded) != ticked.end()) return true;
  if (std::ranges::find(crossed, folded) != crossed.end()) return false;
  return std::nullopt;
}

std::string dateText(const RowDate& date, const ValueView& view) {
  if (date.edtf.empty()) return {};
  const auto read = readEdtf(date.edtf);
  if (!read) return line(date.edtf);
  auto out = showDate(*read, view.lang);
  // What the source says is worth seeing where the reading is not plain.
  if (date.words.empty() || read->isExact()) return out;
  const auto again = readHumanDate(date.words, Day{2000, 1, 1});
  const bool addsNothing = again && again->value.text() == date.edtf;
  if (view.sourceWords || !addsNothing) out += " (\"" + line(date.words) + "\")";
  return out;
}

std::string moneyText(const RowMoney& money, Lang lang) {
  if (money.currency.empty()) return {};
  const auto canonical = toText(Money{money.minor, money.currency});
  const auto blank = canonical.find(' ');
  if (blank == canonical.npos) return line(canonical);
  return grouped(std::string_view(canonical).substr(0, blank), lang) +
         line(std::string_view(canonical).substr(blank));
}

std::string textsText(const RowTexts& texts, const ValueView& view) {
  Texts all;
  for (const auto& phrase : texts.phrases) all.push_back(Phrase{phrase.language, phrase.text});
  const auto* picked = pickPhrase(all, langCode(view.lang));
  if (picked == nullptr) return {};
  auto out = written(picked->text, view);
  if (!picked->language.starts_with(langCode(view.lang)))
    out += " [" + line(picked->language) + "]";
  return out;
}

std::string valueText(const Node& node, const ValueView& view, std::string_view field) {
  return node.empty() ? std::string() : std::visit(ToText{view, field}, node.value);
}

std::vector<std::string> valueLines(const Node& node, const ValueView& view,
                                    std::string_view field) {
  std::vector<std::string> out;
  const auto* list = std::get_if<Node::List>(&node.value);
  if (list == nullptr || !std::ranges::any_of(*list, needsStrongSeparator)) {
    if (auto text = valueText(node, view, field); !text.empty()) out.push_back(std::move(text));
    return out;
  }
  for (const auto& one : *list) {
    if (auto text = valueText(one, view, field); !text.empty()) out.push_back(std::move(text));
  }
  return out;
}

}  // namespace consulta
