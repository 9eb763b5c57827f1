// Values of rows as text for people, in their language.
//
// What comes out is meant for a terminal: nothing in it that one would obey, whatever the register
// holds. Pure but for what the view's functions do.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/ids.h"
#include "events/message.h"
#include "events/values/lang.h"
#include "projections/node.h"

namespace consulta {

/// How a code is shown that means something: "Uruguay (UY)", or "Uruguay".
enum class CodeWords : std::uint8_t { nameAndCode, nameAlone };

/// For whom values are shown, and by which names. Any function may be empty: an entity is then
/// "#17", a personal value is hidden, and words stay English.
struct ValueView {
  Lang lang = Lang::en;
  std::function<std::string(EntityId)> nameOf;
  /// A personal value in clear; nothing when its key is not here.
  std::function<std::optional<std::string>(Position at, std::string_view field)> reveal;
  /// What a code means, by the field it stands in: "country", "UY". Empty: nothing but itself.
  std::function<std::string(std::string_view field, const std::string& code, CodeWords)> nameOfCode;
  CodeWords codes = CodeWords::nameAndCode;
  /// What the program says ("held from", "in force") in the language.
  std::function<std::string(const Message&)> say;
  /// Words of a source that read as the date itself are shown beside it.
  bool sourceWords = false;
  /// Of a longer text only the beginning is shown, and how many lines it has; 0: all of it.
  std::size_t textColumns = 0;
};

/// "heldFrom" and "expert-group" as words: "held from", "expert group", translated by the view.
[[nodiscard]] std::string words(std::string_view name, const ValueView& view);

/// "dates: June 2006"; in French the colon is set off by a space.
[[nodiscard]] std::string labelled(std::string_view label, std::string_view text, Lang lang);

/// A yes or a no as people write it or tick a cell, in three languages; nothing for anything else.
[[nodiscard]] std::optional<bool> readYesNo(std::string_view text);

[[nodiscard]] std::string dateText(const RowDate& date, const ValueView& view);
/// "1,250,000.50 EUR", "1 250 000,50 EUR", "1.250.000,50 EUR".
[[nodiscard]] std::string moneyText(const RowMoney& money, Lang lang);
/// The text in the language of the view, or in another one, which is then named: "... [fr]".
[[nodiscard]] std::string textsText(const RowTexts& texts, const ValueView& view);

/// The value in one line; empty for what was never stated. Line ends become blanks. `field` is the
/// name of the field it stands in, when it has one.
[[nodiscard]] std::string valueText(const Node& node, const ValueView& view,
                                    std::string_view field = {});

/// The value as lines: a list of things with parts gets one line each, everything else one.
[[nodiscard]] std::vector<std::string> valueLines(const Node& node, const ValueView& view,
                                                  std::string_view field = {});

}  // namespace consulta
