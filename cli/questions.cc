#include "cli/questions.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <istream>
#include <ostream>

#include "cli/candidates.h"
#include "cli/field_option.h"
#include "cli/table.h"
#include "cli/value_text.h"
#include "engine/rules/decide.h"
#include "events/values/symbol.h"
#include "events/values/utf8.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// What "?" lists at most.
constexpr std::size_t known_shown_max = 30;

bool holdsSeveral(const FieldInfo& field) {
  return field.list || field.kind == FieldKind::texts;
}

/// A flag is asked for as a question. What is neither is left to be refused.
Result<json::value> answerTo(const std::string& text) {
  const auto yes = readYesNo(text);
  return yes ? json::value(*yes) : json::value(text);
}

/// The choice that the answer is the beginning of, if it can be no other; else the answer.
std::string wholeChoice(const FieldInfo& field, const std::string& answer) {
  std::vector<std::string> meant;
  for (const auto& name : choiceNames(field)) {
    if (name == answer) return answer;
    if (name.starts_with(asciiLower(answer))) meant.push_back(name);
  }
  return meant.size() == 1 ? meant.front() : answer;
}

}  // namespace

void Questions::say(const std::string& text) {
  for (const auto& one : wrapped(text, session_.terminal.width)) {
    session_.err() << forTerminal(one) << '\n';
  }
}

std::optional<std::string> Questions::line(std::string_view question) {
  asked_ = true;
  session_.close();  // nobody is kept waiting while somebody thinks
  session_.err() << labelled(question, "", session_.lang()) << std::flush;
  std::string text;
  if (!std::getline(session_.in(), text)) {
    session_.err() << '\n';
    return std::nullopt;
  }
  return std::string(trimmed(text));
}

void Questions::explain(const FieldInfo& field) {
  const auto& speech = session_.speech();
  const auto form = valueForm(field);
  const auto text = field.option + (form.empty() ? "" : " " + form);
  say(field.help.empty() ? text : labelled(text, speech(field.help), session_.lang()));
  if (field.choices.empty()) return;
  Table table({{"", false, false}, {"", true, false}});
  for (const auto& choice : field.choices) {
    if (choice.name != "not-stated") table.add({choice.name, speech(choice.help)});
  }
  table.print(session_.err(), session_.terminal, 2);
}

void Questions::explain(const Failures& failures) {
  for (const auto& one : failures) say(reasonOf(session_.speech(), one));
}

void Questions::listKnown(const FieldInfo& field) {
  if (field.refs.empty() && field.code.empty()) return explain(field);
  const auto reg = session_.reg();
  if (!reg) return explain(reg.failures());
  (*reg)->read([&](const State& now) {
    const Looking at(session_, **reg, now, nullptr);
    const auto found = field.refs.empty() ? codesLike(at, field.code, "", known_shown_max + 1)
                                          : entitiesLike(at, field.refs, "", known_shown_max + 1);
    Table table({{"", false, false}, {"", true, false}});
    for (std::size_t i = 0; i < std::min(found.size(), known_shown_max); ++i) {
      table.add({found[i].text, found[i].help});
    }
    if (found.size() > known_shown_max) table.add({"...", ""});
    if (found.empty()) say(session_.speech()(msg("nothing of that kind is in the register")));
    table.print(session_.err(), session_.terminal, 2);
  });
}

Failures Questions::faults(const EventInfo& act, const FieldInfo& field, const json::value& value) {
  const auto reg = session_.reg();
  if (!reg) return reg.failures();
  Failures out;
  (*reg)->read([&](const State& state) { out = faultsOf(session_, state, act, field, value); });
  return out;
}

std::optional<json::value> Questions::oneValue(const EventInfo& act, const FieldInfo& field,
                                               const json::array& before, bool mayBeLeftOut) {
  const auto& speech = session_.speech();
  while (true) {
    const auto answer = line(
        before.empty() ? field.option
        : field.list   ? speech(msg("another {field}, or nothing more", arg("field", field.option)))
                       : speech(msg("{field} in another language, or nothing more",
                                    arg("field", field.option))));
    if (!answer) return std::nullopt;
    if (*answer == "?") {
      listKnown(field);
      continue;
    }
    if (answer->empty()) {
      if (!before.empty()) return json::value(nullptr);
      say(mayBeLeftOut ? speech("- leaves it out, ? explains it, Ctrl-D enters nothing")
                       : speech("this is needed; ? explains it, Ctrl-D enters nothing"));
      continue;
    }
    if (mayBeLeftOut && before.empty() && *answer == "-") return json::value(nullptr);
    const auto text = wholeChoice(field, *answer);
    auto value =
        field.kind == FieldKind::flag ? answerTo(text) : fieldValue(session_, field, {text});
    if (!value) {
      explain(value.failures());
      continue;
    }
    if (holdsSeveral(field)) {
      auto all = before;
      all.push_back(value->is_array() ? value->get_array().front() : *value);
      if (const auto wrong = faults(act, field, all); !wrong.empty()) {
        explain(wrong);
        continue;
      }
      return all.back();
    }
    const auto wrong = faults(act, field, *value);
    if (wrong.empty()) return std::move(value).value();
    explain(wrong);
  }
}

std::optional<json::value> Questions::value(const EventInfo& act, const FieldInfo& field,
                                            bool mayBeLeftOut) {
  explain(field);
  json::array all;
  while (true) {
    auto one = oneValue(act, field, all, mayBeLeftOut);
    if (!one || !holdsSeveral(field)) return one;
    if (one->is_null()) return all.empty() ? *one : json::value(all);
    all.push_back(std::move(*one));
  }
}

std::optional<std::string> Questions::newId(const AggregateInfo& aggregate,
                                            const std::string& proposed) {
  const auto& speech = session_.speech();
  while (true) {
    auto answer = line(speech(msg("id [{id}]", arg("id", proposed))));
    if (!answer) return std::nullopt;
    if (answer->empty()) return proposed;
    if (*answer == "?") {
      say(
          speech(msg("the id by which it is named from now on, such as its symbol on paper; "
                     "nothing typed takes {id}, Ctrl-D enters nothing",
                     arg("id", proposed))));
      continue;
    }
    const auto name = readEntityName(*answer);
    if (!name) {
      explain(name.failures());
      continue;
    }
    const auto reg = session_.reg();
    if (!reg) {
      explain(reg.failures());
      continue;
    }
    bool taken = false;
    (*reg)->read(
        [&](const State& state) { taken = !state.named(name->name, aggregate.tag).empty(); });
    if (!taken) return answer;
    say(speech(msg("{id} exists already; choose another id", arg("id", *answer))));
  }
}

std::optional<std::string> Questions::knownId(const AggregateInfo& aggregate) {
  const auto& speech = session_.speech();
  FieldInfo any;
  any.refs = {aggregate.name};
  while (true) {
    auto answer = line(speech(msg("which {aggregate}", arg("aggregate", aggregate.name))));
    if (!answer) return std::nullopt;
    if (answer->empty() || *answer == "?") {
      listKnown(any);
      continue;
    }
    const auto reg = session_.reg();
    if (!reg) {
      explain(reg.failures());
      continue;
    }
    Failures wrong;
    (*reg)->read([&](const State& state) {
      const auto id = Looking(session_, **reg, state, nullptr).find(*answer, any.refs);
      if (id) {
        answer = state.nameOf(*id);
      } else {
        wrong = id.failures();
      }
    });
    if (wrong.empty()) return answer;
    explain(wrong);
  }
}

std::optional<std::size_t> Questions::number(std::string_view question, std::size_t low,
                                             std::size_t high) {
  while (true) {
    const auto answer = line(question);
    if (!answer) return std::nullopt;
    const auto number =
        readNumber("", *answer, static_cast<std::int64_t>(low), static_cast<std::int64_t>(high));
    if (number) return static_cast<std::size_t>(*number);
    say(session_.speech()(msg("write a number from {low} to {high}; Ctrl-D enters nothing",
                              arg("low", low), arg("high", high))));
  }
}

bool Questions::confirmed(std::string_view what, const json::object& entry) {
  if (session_.options.yes) return true;
  session_.err() << '\n' << forTerminal(what) << '\n';
  Table table({{"", false, false}, {"", true, false}});
  table.add({"on", shownValue(entry.at("occurred"))});
  for (const auto& [name, value] : entry.at("data").as_object()) {
    table.add({kebab(name), shownValue(value)});
  }
  for (const auto* name : {"note", "sources", "grounds"}) {
    if (const auto* value = entry.if_contains(name)) table.add({name, shownValue(*value)});
  }
  table.print(session_.err(), session_.terminal, 2);
  return agreed(msg("enter this? [y/n]"), msg("answer y to enter it, n to enter nothing"));
}

bool Questions::agreed(const Message& question, const Message& choices) {
  if (session_.options.yes) return true;
  const auto& speech = session_.speech();
  static constexpr std::array<std::string_view, 7> yes = {"y", "yes", "o", "oui", "s", "si", "sí"};
  static constexpr std::array<std::string_view, 3> no = {"n", "no", "non"};
  while (true) {
    const auto answer = line(speech(question));
    if (!answer) return false;
    const auto word = asciiLower(*answer);
    if (std::ranges::find(yes, word) != yes.end()) return true;
    if (std::ranges::find(no, word) != no.end()) return false;
    say(speech(choices));
  }
}

int Questions::cancelled() {
  session_.err() << session_.speech()(msg("nothing was entered")) << '\n';
  return static_cast<int>(Fault::refused);
}

}  // namespace consulta
