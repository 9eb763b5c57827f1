#include "cli/each_cells.h"

#include <algorithm>
#include <boost/json.hpp>

#include "cli/field_option.h"
#include "cli/value_text.h"
#include "events/values/utf8.h"

namespace consulta {

namespace json = boost::json;

namespace {

using Says = EachColumn::Says;

/// The texts that a cell of a list holds: one a line, or between semicolons.
std::vector<std::string> piecesOf(std::string_view cell) {
  std::vector<std::string> out;
  while (true) {
    const auto end = cell.find_first_of(";\n");
    if (const auto piece = trimmed(cell.substr(0, end)); !piece.empty()) out.emplace_back(piece);
    if (end == cell.npos) return out;
    cell.remove_prefix(end + 1);
  }
}

void appendTo(json::object& object, std::string_view member, json::value value) {
  auto& list = object[member];
  if (!list.is_array()) list = json::array{};
  list.get_array().push_back(std::move(value));
}

}  // namespace

EachCells::Reading EachCells::take(const EachColumn& column, const std::string& cell,
                                   DayMonth order, const AggregateInfo& aggregate, bool opens,
                                   json::object& entry) {
  Reading out;
  const std::string text(trimmed(cell));
  out.shown = text;
  if (text.empty() || column.says == Says::nothing) return out;
  if (column.says == Says::id && opens) {
    entry["entity"] = text;
  } else if (column.says == Says::id) {
    if (auto name = nameOf({aggregate.name}, text, out)) entry["entity"] = *name;
  } else if (column.says == Says::on) {
    if (auto value = date(text, order, out)) entry["occurred"] = std::move(*value);
  } else if (column.says == Says::note) {
    entry["note"] = text;
  } else if (column.says == Says::source) {
    for (const auto& one : piecesOf(text)) appendTo(entry, "sources", json::value(one));
  } else if (column.says == Says::ground) {
    std::string shown;
    for (const auto& one : piecesOf(text)) {
      if (auto name = nameOf({"*"}, one, out)) appendTo(entry, "grounds", json::value(*name));
      shown += (shown.empty() ? "" : "; ") + out.shown;
    }
    out.shown = std::move(shown);
  } else {
    const auto& field = *column.field;
    auto& data = entry["data"].as_object();
    const bool several = field.list || field.kind == FieldKind::texts;
    const auto pieces = field.list ? piecesOf(text) : std::vector<std::string>{text};
    out.shown.clear();
    for (const auto& piece : pieces) {
      Reading one;
      one.shown = piece;
      auto value = fieldValue(column, piece, order, one);
      out.shown += (out.shown.empty() ? "" : "; ") + one.shown;
      std::ranges::move(one.named, std::back_inserter(out.named));
      std::ranges::move(one.wrong, std::back_inserter(out.wrong));
      if (!value) continue;
      if (several) {
        appendTo(data, field.name, std::move(*value));
      } else {
        data[field.name] = std::move(*value);
      }
    }
  }
  for (auto& one : out.wrong) {
    one.text = msg("column \"{column}\": {why}", arg("column", excerpt(column.heading)),
                   arg("why", one.text));
  }
  return out;
}

std::optional<json::value> EachCells::fieldValue(const EachColumn& column, const std::string& text,
                                                 DayMonth order, Reading& reading) {
  const auto& field = *column.field;
  if (field.kind == FieldKind::flag) {
    const auto answer = readYesNo(text);
    return answer ? json::value(*answer) : json::value(text);
  }
  if (field.kind == FieldKind::ref) {
    auto name = nameOf(field.refs, text, reading);
    return name ? std::optional(json::value(*name)) : std::nullopt;
  }
  if (field.kind == FieldKind::date) return date(text, order, reading);
  if (!field.choices.empty()) return choice(field, text, reading);
  if (!field.code.empty()) {
    const auto code = called_.code(field.code, text);
    if (!code) {
      reading.wrong = code.failures();
      return std::nullopt;
    }
    if (foldName(*code) != foldName(text)) reading.shown = *code + " (" + text + ")";
    return json::value(*code);
  }
  if (field.actor) {
    const auto actor = called_.actor(field, text);
    if (!actor) {
      reading.wrong = actor.failures();
      return std::nullopt;
    }
    reading.shown = at_.actor(*actor);
    return json::value(toText(*actor));
  }
  if (!column.language.empty()) return json::value(column.language + ":" + text);
  return json::value(text);
}

std::optional<std::string> EachCells::nameOf(const std::vector<std::string>& kinds,
                                             const std::string& written, Reading& reading) {
  reading.shown = written;
  const auto id = called_.entity(kinds, written);
  if (!id) {
    reading.wrong.insert(reading.wrong.end(), id.failures().begin(), id.failures().end());
    return std::nullopt;
  }
  reading.named.push_back(*id);
  reading.shown = at_.titledName(*id);
  return at_.state.nameOf(*id);
}

std::optional<json::value> EachCells::date(const std::string& text, DayMonth order,
                                           Reading& reading) {
  const auto date = readHumanDate(text, at_.session.today(), order);
  if (!date) {
    reading.wrong = date.failures();
    return std::nullopt;
  }
  if (date->words.empty()) return json::value(date->value.text());
  reading.shown = date->value.text() + " (" + text + ")";
  return json::value(json::object{{"edtf", date->value.text()}, {"words", date->words}});
}

std::optional<json::value> EachCells::choice(const FieldInfo& field, const std::string& text,
                                             Reading& reading) const {
  const auto name = readChoice(at_.session.speech(), field, text);
  if (!name) {
    reading.wrong = name.failures();
    return std::nullopt;
  }
  reading.shown = foldName(*name) == foldName(text) ? *name : *name + " (" + text + ")";
  return json::value(*name);
}

DayMonth dayMonthOf(const std::vector<std::string>& cells) {
  auto out = DayMonth::unknown;
  for (const auto& cell : cells) {
    const auto one = dayMonthOf(cell);
    if (one == DayMonth::unknown || one == out) continue;
    if (out != DayMonth::unknown) return DayMonth::unknown;
    out = one;
  }
  return out;
}

}  // namespace consulta
