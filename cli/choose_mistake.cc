#include "cli/choose_mistake.h"

#include <algorithm>
#include <boost/json.hpp>
#include <ostream>
#include <vector>

#include "cli/event_node.h"
#include "cli/looking.h"
#include "cli/story.h"
#include "cli/table.h"

namespace consulta {

namespace json = boost::json;

namespace {

std::string numberText(std::size_t number) {
  return std::to_string(number);
}

/// Of each field its name and what it says today; the date of the entry comes first.
std::vector<std::pair<std::string, std::string>> valuesOfToday(const Looking& at,
                                                               const Mistake& mistake) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& line : storyOf(at, mistake.record->entity())) {
    if (line.step.position() != mistake.record->position()) continue;
    const auto fold = line.step.fold();
    const auto view = at.view();
    out.emplace_back("occurred", dateText(fold.date(), view));
    const auto event = eventNode(at.state.catalogue(), *mistake.act, fold.event, fold.valuesAt);
    for (const auto& field : mistake.act->fields) {
      const auto* member = event.member(field.name);
      out.emplace_back(field.option, member == nullptr ? at.say("not stated")
                                                       : valueText(*member, view, field.name));
    }
  }
  return out;
}

Result<std::optional<json::value>> askDate(Session& session, Questions& questions) {
  while (true) {
    const auto answer = questions.line("occurred");
    if (!answer) return std::optional<json::value>();
    const auto date = session.readDate("occurred", *answer);
    if (!date) {
      session.fail(date.failures());
      continue;
    }
    if (date->words.empty()) return std::optional(json::value(date->value.text()));
    return std::optional(
        json::value(json::object{{"edtf", date->value.text()}, {"words", date->words}}));
  }
}

/// The right value of one field; nothing when the input has ended.
Result<std::optional<json::value>> askValue(Session& session, Questions& questions,
                                            const Mistake& mistake, const FieldInfo& field) {
  auto value = questions.value(*mistake.act, field, !field.required);
  if (!value || value->is_null() || field.kind != FieldKind::texts) return value;
  std::vector<std::string> written;
  for (const auto& one : value->as_array()) written.emplace_back(one.as_string());
  const auto reg = session.reg();
  if (!reg) return reg.failures();
  auto right = rightValue(session, **reg, mistake, field, written);
  if (!right) return std::move(right).failures();
  return std::optional(std::move(right).value());
}

}  // namespace

Result<std::optional<Position>> chooseMistake(Session& session, Questions& questions,
                                              const std::string& id) {
  const auto reg = session.reg();
  if (!reg) return reg.failures();
  Failures failures;
  std::vector<Position> positions;
  (*reg)->read([&](const State& now) {
    const Looking at(session, **reg, now, nullptr);
    const auto entity = at.find(id);
    if (!entity) {
      failures = entity.failures();
      return;
    }
    Table table({{"", false, true}, {"", false, false}, {"", false, false}, {"", true, false}});
    for (const auto& line : storyOf(at, *entity)) {
      positions.push_back(line.step.position());
      table.add({numberText(positions.size()), dateText(line.step.fold().date(), at.view()),
                 actWords(line.act, at.view()), saysLine(at, line)});
    }
    session.err() << at.titledName(*entity) << '\n';
    table.print(session.err(), session.terminal, 2);
  });
  if (!failures.empty()) return failures;
  const auto number =
      questions.number(session.speech()(msg("which entry is wrong")), 1, positions.size());
  if (!number) return std::optional<Position>();
  return std::optional(positions[*number - 1]);
}

Result<bool> askRightValues(Session& session, Questions& questions, const Mistake& mistake,
                            json::object& data) {
  const auto reg = session.reg();
  if (!reg) return reg.failures();
  std::vector<std::pair<std::string, std::string>> values;
  (*reg)->read([&](const State& now) {
    values = valuesOfToday(Looking(session, **reg, now, nullptr), mistake);
  });
  Table table({{"", false, true}, {"", false, false}, {"", true, false}});
  for (std::size_t i = 0; i < values.size(); ++i) {
    table.add({numberText(i + 1), values[i].first, values[i].second});
  }
  table.print(session.err(), session.terminal, 2);
  json::object right;
  while (true) {
    const bool first = right.empty() && !data.contains("occurred");
    const auto question =
        first ? msg("which of them is wrong") : msg("another one, or 0 for no more");
    const auto number = questions.number(session.speech()(question), first ? 1 : 0, values.size());
    if (!number) return false;
    if (*number == 0) break;
    const auto& name = values[*number - 1].first;
    const auto* field = *number == 1 ? nullptr : mistake.act->field(name);
    auto value = field == nullptr ? askDate(session, questions)
                                  : askValue(session, questions, mistake, *field);
    if (!value) return std::move(value).failures();
    if (!*value) return false;
    if (field == nullptr) {
      data["occurred"] = std::move(**value);
    } else {
      right[field->name] = std::move(**value);
    }
  }
  if (!right.empty()) data["right"] = std::move(right);
  return true;
}

}  // namespace consulta
