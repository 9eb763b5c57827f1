// A corrigendum: the right values of an entry that was wrong.
#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "cli/act_entry.h"
#include "cli/choose_mistake.h"
#include "cli/entering.h"
#include "cli/event_node.h"
#include "cli/field_option.h"
#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "cli/questions.h"
#include "cli/right_values.h"
#include "cli/story.h"
#include "cli/table.h"
#include "cli/value_text.h"
#include "events/values/utf8.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// Without a position there is nothing to correct yet: show the entries to choose from.
int offerEntries(Session& session, const Arguments& arguments) {
  const int code = historyCommand().run(session, arguments);
  if (code == 0) {
    session.say(
        msg("name the position of the wrong entry: consulta correct POSITION --field value "
            "--reason TEXT"));
  }
  return code;
}

/// The options --reason and --authority are those of the correction itself.
bool isOfCorrigendum(const FieldInfo& field) {
  return field.option == "reason" || field.option == "authority";
}

/// "no-high-level": a flag that was set by mistake.
std::string negated(const FieldInfo& field) {
  return "no-" + field.option;
}

/// The right values of what was written, by the name of the field.
Result<json::object> rightValues(Session& session, Register& reg, const Mistake& mistake,
                                 const Arguments& arguments) {
  json::object out;
  Failures failures;
  for (const auto& field : mistake.act->fields) {
    const auto option = isOfCorrigendum(field) ? "right-" + field.option : field.option;
    auto written = arguments.all(option);
    if (field.kind == FieldKind::flag && arguments.has(negated(field))) written = {"no"};
    if (written.empty()) continue;
    auto value = rightValue(session, reg, mistake, field, written);
    if (value) {
      out[field.name] = std::move(value).value();
    } else {
      for (auto& one : std::move(value).failures()) failures.push_back(one);
    }
  }
  if (!failures.empty()) return failures;
  return out;
}

/// Options that were written but are no field of the entry that is corrected.
Failures strangers(const Catalogue& catalogue, const EventInfo& act, const Arguments& arguments) {
  Failures out;
  std::set<std::string> seen;
  std::string has = "--occurred";
  for (const auto& field : act.fields) has += ", --" + field.option;
  for (const auto& aggregate : catalogue.aggregates()) {
    for (const auto& other : aggregate.events) {
      for (const auto& field : other.fields) {
        if (isOfCorrigendum(field) || act.field(field.option) != nullptr) continue;
        if ((!arguments.has(field.option) && !arguments.has(negated(field))) ||
            !seen.insert(field.option).second)
          continue;
        out.push_back(usage("corrigendum.field",
                            msg("the entry ({act}) has no field --{field}; it has {fields}",
                                arg("act", words(act.name, ValueView{})),
                                arg("field", field.option), arg("fields", has))));
      }
    }
  }
  return out;
}

/// What was written of a corrigendum's data, without what is still to be asked.
Result<json::object> writtenData(Session& session, Register& reg, const Mistake& mistake,
                                 const Arguments& arguments) {
  if (auto wrong = strangers(session.catalogue(), *mistake.act, arguments); !wrong.empty()) {
    return wrong;
  }
  auto right = rightValues(session, reg, mistake, arguments);
  if (!right) return right;
  json::object data{{"corrects", mistake.record->position().value}};
  if (!right->empty()) data["right"] = std::move(right).value();
  if (arguments.has("reason")) data["reason"] = arguments.at("reason");
  if (!arguments.has("occurred")) return data;
  auto date = session.readDate("--occurred", arguments.at("occurred"));
  if (!date) return std::move(date).failures();
  data["occurred"] = date->value.text();
  if (!date->words.empty()) {
    data["occurred"] = json::object{{"edtf", date->value.text()}, {"words", date->words}};
  }
  return data;
}

/// Asks for what a corrigendum needs and nobody has written. False when the input has ended.
Result<bool> askForMissing(Session& session, Questions& questions, const Mistake& mistake,
                           json::object& data) {
  if (!data.contains("right") && !data.contains("occurred")) {
    auto done = askRightValues(session, questions, mistake, data);
    if (!done || !*done) return done;
  }
  while (!data.contains("reason")) {
    const auto reason = questions.line(session.speech()(msg("reason (why it is corrected)")));
    if (!reason) return false;
    if (!reason->empty()) data["reason"] = *reason;
  }
  return true;
}

/// Which entry it is: its position, whose it is, what it does and says today.
void showEntry(const Looking& at, const Mistake& mistake) {
  const auto entity = mistake.record->entity();
  auto& err = at.session.err();
  err << "  " << mistake.record->position().value << "  " << at.symbolOf(entity) << ' '
      << actWords(mistake.act, at.view());
  for (const auto& line : storyOf(at, entity)) {
    if (line.step.position() != mistake.record->position()) continue;
    const auto date = dateText(line.step.fold().date(), at.view());
    const auto says = saysLine(at, line);
    err << ", " << (says.empty() ? date : labelled(date, says, at.view().lang));
  }
  err << '\n';
}

/// Of each field what the entry says today and what it is to say, as the register has read it.
void showChanges(const Looking& at, const Mistake& mistake, const Record& corrigendum,
                 const json::object& right) {
  const auto view = at.view();
  Table table({{"", false, false}, {"", true, false}, {"", false, false}, {"", true, false}});
  const auto add = [&](std::string_view name, const std::string& before, const std::string& after) {
    const auto shown = [&](const std::string& text) {
      return text.empty() ? at.say("not stated") : text;
    };
    table.add({words(name, view), Cell{shown(before), Style::dim}, "->", shown(after)});
  };
  const auto said = corrigendum.get().getEvent().getCorrigendum();
  const auto steps = at.state.timeline(mistake.record->entity()).steps();
  const auto step = std::ranges::find(steps, mistake.record->position(), &Timeline::Step::position);
  const auto now = step->fold();
  const auto& catalogue = at.state.catalogue();
  const auto before = eventNode(catalogue, *mistake.act, now.event, now.valuesAt);
  const auto after = eventNode(catalogue, *mistake.act, said.getRight(), corrigendum.position());
  for (const auto& field : mistake.act->fields) {
    const auto* written = right.if_contains(field.name);
    if (written == nullptr) continue;
    const auto shown = [&](const Node& event) {
      const auto* member = event.member(field.name);
      return member == nullptr ? std::string() : valueText(*member, view, field.name);
    };
    // A personal value is sealed with the entry, which is not there yet.
    const bool unsealed = field.kind == FieldKind::sealed && !written->is_null();
    add(field.name, shown(before), unsealed ? forTerminal(shownValue(*written)) : shown(after));
  }
  if (said.hasOccurred()) {
    RowDate date;
    take(date, said.getOccurred());
    add("date", dateText(now.date(), view), dateText(date, view));
  }
  table.print(at.session.err(), at.session.terminal, 4);
}

/// Shows what the corrigendum will change. Refused is what the register would refuse.
Status showCorrection(Session& session, const Mistake& mistake, const json::object& entry) {
  if (session.options.json || session.options.quiet) return Done{};
  auto reg = session.reg();
  if (!reg) return reg.failures();
  (*reg)->read([&](const State& now) {
    session.say(msg("the entry that is put right:"));
    showEntry(Looking(session, **reg, now, nullptr), mistake);
  });
  auto receipt = sendEntries(session, **reg, {entry}, true);
  if (!receipt) return std::move(receipt).failures();
  if (receipt->repeated) return Done{};  // it has been put right
  json::object right;
  if (const auto* given = entry.at("data").as_object().if_contains("right")) {
    right = given->as_object();
  }
  (*reg)->read([&](const State& now) {
    showChanges(Looking(session, **reg, now, nullptr), mistake, *receipt->records.front(), right);
  });
  return Done{};
}

int correct(Session& session, Questions& questions, Position position, const Arguments& arguments) {
  auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  auto mistake = mistakeAt(**reg, position);
  if (!mistake) return session.fail(mistake.failures());
  auto data = writtenData(session, **reg, *mistake, arguments);
  if (!data) return session.fail(data.failures());
  auto occurred = occurredFromOptions(session);
  if (!occurred) return session.fail(occurred.failures());
  if (session.mayAsk()) {
    const auto asked = askForMissing(session, questions, *mistake, *data);
    if (!asked) return session.fail(asked.failures());
    if (!*asked) return questions.cancelled();
  }
  json::object entry{{"type", "common.corrigendum"},
                     {"entity", "#" + std::to_string(mistake->record->entity().value)},
                     {"occurred", *occurred},
                     {"data", std::move(data).value()}};
  takeAuthority(arguments, entry);
  if (auto shown = showCorrection(session, *mistake, entry); !shown) {
    return session.fail(shown.failures());
  }
  const auto what = "correct " + std::to_string(position.value) + " (" + mistake->act->type + ")";
  if (questions.asked() && !questions.confirmed(what, entry)) return questions.cancelled();
  return submitEntries(session, {std::move(entry)});
}

/// "0", "-1", or more digits than any position has.
bool isNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && std::ranges::all_of(text, isDigit);
}

int runCorrect(Session& session, const Arguments& arguments) {
  Questions questions(session);
  if (const auto position = positionIn(arguments.at("ID"))) {
    return correct(session, questions, *position, arguments);
  }
  if (isNumber(arguments.at("ID"))) {
    return session.fail(
        refused("corrigendum.target",
                msg("{text} is no position; a position is the number that \"consulta history\" "
                    "shows beside the entry",
                    arg("text", excerpt(arguments.at("ID"))))));
  }
  if (!session.mayAsk()) return offerEntries(session, arguments);
  const auto chosen = chooseMistake(session, questions, arguments.at("ID"));
  if (!chosen) return session.fail(chosen.failures());
  if (!*chosen) return questions.cancelled();
  return correct(session, questions, **chosen, arguments);
}

/// Every field of every act, once: which of them an entry has is known when it is read.
std::vector<Parameter> allFields(const Catalogue& catalogue) {
  std::vector<Parameter> out;
  for (const auto& aggregate : catalogue.aggregates()) {
    for (const auto& act : aggregate.events) {
      for (const auto& field : act.fields) {
        if (isOfCorrigendum(field)) continue;
        const auto known = std::ranges::find(out, field.option, &Parameter::name);
        if (known == out.end()) {
          out.push_back({.name = field.option,
                         .value = field.kind == FieldKind::flag ? "" : "VALUE",
                         .repeats = true,
                         .unlisted = true});
        } else if (field.kind != FieldKind::flag) {
          known->value = "VALUE";
        }
        if (field.kind != FieldKind::flag) continue;
        if (std::ranges::find(out, negated(field), &Parameter::name) == out.end()) {
          out.push_back({.name = negated(field), .unlisted = true});
        }
      }
    }
  }
  return out;
}

/// The fields of the entry that was written, to complete their names and values.
std::vector<Parameter> fieldsOfEntry(Session& session, const Arguments& arguments) {
  std::vector<Parameter> out;
  const auto position = positionIn(arguments.at("ID"));
  session.options.ownerWait_ms = 0;
  const auto reg = session.reg();
  if (!position || !reg) return out;
  const auto mistake = mistakeAt(**reg, *position);
  if (!mistake) return out;
  for (const auto& field : mistake->act->fields) {
    if (isOfCorrigendum(field)) continue;
    out.push_back(optionOf(field));
    if (field.kind != FieldKind::flag) continue;
    out.push_back({.name = negated(field), .help = field.help});
  }
  return out;
}

}  // namespace

Command correctCommand(const Catalogue& catalogue) {
  Command out;
  out.name = "correct";
  out.enters = true;
  out.help = "Put an entry right; the mistake stays visible as it was known before";
  out.example = "correct 712 --place Geneva --country CH --reason \"Wrong city in the letter\"";
  out.about =
      "Give the position of the wrong entry and any of its fields with the right value; --occurred "
      "when its date was wrong, --right-reason when its own reason was. A field with an empty "
      "value "
      "is left out; --no-FIELD takes a flag back. Of a text in several languages only those given "
      "change: --title \"fr:Nouveau titre\", and \"fr:\" alone removes the French one. With an id "
      "instead of a position its entries are listed to choose from. The position of a correction "
      "corrects again what that corrected. What would undo, or bring about, something that the "
      "register has entered by itself (an adoption, an expiry) needs --authority.";
  out.places = {{.name = "ID",
                 .help = "position of the wrong entry, or the id of an entity",
                 .required = true,
                 .refs = {"*"}}};
  out.options = {{.name = "reason", .value = "TEXT", .help = "why it is corrected; needed"},
                 {.name = "occurred", .value = "DATE", .help = "the right date of the entry"},
                 {.name = "right-reason",
                  .value = "TEXT",
                  .help = "the right value of the entry's own field \"reason\""},
                 {.name = "right-authority",
                  .value = "TEXT",
                  .help = "the right value of the entry's own field \"authority\"",
                  .repeats = true},
                 authorityOption()};

  for (auto& option : allFields(catalogue)) out.options.push_back(std::move(option));
  out.run = runCorrect;
  out.further = fieldsOfEntry;
  return out;
}

}  // namespace consulta
