// A corrigendum: the right values of an entry that was wrong.
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <ostream>
#include <set>

#include "cli/entering.h"
#include "cli/looking_commands.h"
#include "engine/rules/decide.h"

namespace consulta {

namespace json = boost::json;

namespace {

std::optional<Position> positionIn(const std::string& text) {
  std::uint64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end || number == 0) return std::nullopt;
  return Position(number);
}

/// Without a position there is nothing to correct yet: show the entries to choose from.
int offerEntries(Session& session, const Arguments& arguments) {
  const int code = historyCommand().run(session, arguments);
  if (code == 0) {
    session.say(msg("name the position of the wrong entry: consulta correct POSITION --field value "
                    "--reason TEXT"));
  }
  return code;
}

Result<RecordPtr> entryAt(Register& reg, Position position) {
  if (position > reg.last()) {
    return refused("corrigendum.target",
                   msg("there is no entry at position {position}; the last one is {last}",
                       arg("position", position.value), arg("last", reg.last().value)));
  }
  RecordPtr found;
  auto read = reg.log(position, position, [&](const RecordPtr& record) {
    found = record;
    return true;
  });
  if (!read) return std::move(read).failures();
  return found;
}

/// The act whose fields are put right: of the entry itself, or of what a corrigendum corrects.
Result<json::object> rightValues(Session& session, const EventInfo& act,
                                 const Arguments& arguments) {
  json::object out;
  Failures failures;
  for (const auto& field : act.fields) {
    const auto& written = arguments.all(field.option);
    if (written.empty()) continue;
    auto value = fieldValue(session, field, written);
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
  for (const auto& aggregate : catalogue.aggregates()) {
    for (const auto& other : aggregate.events) {
      for (const auto& field : other.fields) {
        if (field.option == "reason" || act.field(field.option) != nullptr) continue;
        if (!arguments.has(field.option) || !seen.insert(field.option).second) continue;
        out.push_back(usage("corrigendum.field",
                            msg("{type} has no field --{field}; \"consulta catalogue\" lists what it "
                                "has",
                                arg("type", act.type), arg("field", field.option))));
      }
    }
  }
  return out;
}

int run(Session& session, const Arguments& arguments) {
  auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  const auto position = positionIn(arguments.at("ID"));
  if (!position) return offerEntries(session, arguments);
  auto record = entryAt(**reg, *position);
  if (!record) return session.fail(record.failures());
  const auto* act = actOf(session.catalogue(), (*record)->get().getEvent());
  if ((*record)->get().getEvent().isCorrigendum()) {
    return session.fail(refused(
        "corrigendum.target",
        msg("position {position} is a corrigendum itself; correct position {target} again, which it "
            "corrects",
            arg("position", position->value),
            arg("target", (*record)->get().getEvent().getCorrigendum().getCorrects()))));
  }
  if (auto wrong = strangers(session.catalogue(), *act, arguments); !wrong.empty()) {
    return session.fail(wrong);
  }
  auto right = rightValues(session, *act, arguments);
  if (!right) return session.fail(right.failures());
  json::object data{{"corrects", position->value}};
  if (arguments.has("right-reason")) (*right)["reason"] = arguments.at("right-reason");
  else right->erase("reason");
  if (!right->empty()) data["right"] = *right;
  if (arguments.has("reason")) data["reason"] = arguments.at("reason");
  if (arguments.has("occurred")) {
    auto date = session.readDate("--occurred", arguments.at("occurred"));
    if (!date) return session.fail(date.failures());
    data["occurred"] = json::object{{"edtf", date->value.text()}, {"words", date->words}};
    if (date->words.empty()) data["occurred"] = date->value.text();
  }
  auto occurred = occurredFromOptions(session);
  if (!occurred) return session.fail(occurred.failures());
  return submitEntries(session,
                       {json::object{{"type", "common.corrigendum"},
                                     {"entity", "#" + std::to_string((*record)->entity().value)},
                                     {"occurred", *occurred},
                                     {"data", std::move(data)}}});
}

/// Every field of every act, once: which of them an entry has is known when it is read.
std::vector<Parameter> allFields(const Catalogue& catalogue) {
  std::vector<Parameter> out;
  for (const auto& aggregate : catalogue.aggregates()) {
    for (const auto& act : aggregate.events) {
      for (const auto& field : act.fields) {
        if (field.option == "reason") continue;
        const auto known = std::ranges::find(out, field.option, &Parameter::name);
        if (known == out.end()) {
          out.push_back({.name = field.option,
                         .value = field.kind == FieldKind::flag ? "" : "VALUE",
                         .repeats = true,
                         .unlisted = true});
        } else if (field.kind != FieldKind::flag) {
          known->value = "VALUE";
        }
      }
    }
  }
  return out;
}

}  // namespace

Command correctCommand(const Catalogue& catalogue) {
  Command out;
  out.name = "correct";
  out.help = "Put an entry right; the mistake stays visible as it was known before";
  out.example = "correct 712 --place Geneva --country CH --reason \"Wrong city in the letter\"";
  out.about =
      "Give the position of the wrong entry and any of its fields with the right value; --occurred "
      "when its date was wrong, --right-reason when its own reason was. With an id instead of a "
      "position its entries are listed to choose from.";
  out.places = {{.name = "ID",
                 .help = "position of the wrong entry, or the id of an entity",
                 .required = true,
                 .refs = {"*"}}};
  out.options = {{.name = "reason", .value = "TEXT", .help = "why it is corrected; needed"},
                 {.name = "occurred", .value = "DATE", .help = "the right date of the entry"},
                 {.name = "right-reason",
                  .value = "TEXT",
                  .help = "the right value of the entry's own field \"reason\""}};

  for (auto& option : allFields(catalogue)) out.options.push_back(std::move(option));
  out.run = run;
  return out;
}

}  // namespace consulta
