// An act of the schema as a command: AGGREGATE VERB ID --field value.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/commands.h"
#include "cli/entering.h"
#include "cli/field_option.h"
#include "cli/questions.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// Builds the entry of one act from what was written.
class ActEntry {
 public:
  ActEntry(Session& session, const AggregateInfo& aggregate, const EventInfo& act,
           const Arguments& arguments)
      : session_(session),
        aggregate_(aggregate),
        act_(act),
        arguments_(arguments),
        questions_(session) {}

  int run() {
    auto reg = session_.reg();
    if (!reg) return session_.fail(reg.failures());
    entry_["type"] = act_.type;
    takeGiven();
    takeEnvelope();
    if (session_.mayAsk()) {
      // What is wrong already is said before anybody is asked for more.
      checkGiven(**reg);
      if (!failures_.empty()) return session_.fail(failures_);
    }
    if (!takeId(**reg) || !askForMissing()) return questions_.cancelled();
    if (!failures_.empty()) return session_.fail(failures_);
    entry_["data"] = std::move(data_);
    const auto what =
        aggregate_.name + " " + act_.verb + " " + std::string(entry_["entity"].as_string());
    if (questions_.asked() && !questions_.confirmed(what, entry_)) return questions_.cancelled();
    return submitEntries(session_, {entry_});
  }

 private:
  /// False when the input has ended.
  bool takeId(Register& reg) {
    auto id = arguments_.get("ID");
    if (!id && !act_.opens) {
      id = questions_.knownId(aggregate_);
    } else if (!id) {
      std::string proposed;
      reg.read([&](const State& state) { proposed = proposedId(session_, aggregate_, state); });
      if (session_.mayAsk()) {
        id = questions_.newId(aggregate_, proposed);
      } else {
        session_.say(msg("its id is {id}", arg("id", proposed)));
        id = proposed;
      }
    }
    if (!id) return false;
    if (id->find(':') == id->npos && !id->starts_with('#')) *id = aggregate_.name + ":" + *id;
    entry_["entity"] = *id;
    return true;
  }

  void takeGiven() {
    for (const auto& field : act_.fields) {
      const auto& written = arguments_.all(field.option);
      if (written.empty()) continue;
      auto value = fieldValue(session_, field, written);
      if (value) {
        data_[field.name] = std::move(value).value();
      } else {
        for (auto& one : std::move(value).failures()) failures_.push_back(one);
      }
    }
  }

  void checkGiven(Register& reg) {
    for (const auto& [name, value] : data_) {
      const auto& field = *act_.field(name);
      const auto& given = value;  // clang 14 captures no structured binding
      Failures wrong;
      reg.read([&](const State& state) { wrong = faultsOf(session_, state, act_, field, given); });
      for (const auto& one : wrong) {
        failures_.push_back({one.fault, one.rule,
                             msg("--{field}: {why}", arg("field", field.option),
                                 arg("why", reasonOf(session_.speech(), one)))});
      }
    }
  }

  /// False when the input has ended. Without a terminal, what is missing is refused with the entry.
  bool askForMissing() {
    if (!session_.mayAsk()) return true;
    for (const auto& field : act_.fields) {
      if (!field.required || field.kind == FieldKind::flag || data_.contains(field.name)) continue;
      auto value = questions_.value(act_, field);
      if (!value) return false;
      data_[field.name] = std::move(*value);
    }
    return true;
  }

  void takeEnvelope() {
    auto occurred = occurredFromOptions(session_);
    if (occurred) {
      entry_["occurred"] = std::move(occurred).value();
    } else {
      for (auto& one : std::move(occurred).failures()) failures_.push_back(one);
    }
    if (const auto note = arguments_.get("note")) entry_["note"] = *note;
    takeList("source", "sources");
    takeList("ground", "grounds");
    if (!session_.options.expect) return;
    const auto& expect = *session_.options.expect;
    if (expect == "any" || expect == "none") {
      entry_["expect"] = expect;
      return;
    }
    auto revision = readNumber("--expect", expect, 1, 4'294'967'295);
    if (revision) {
      entry_["expect"] = *revision;
    } else {
      failures_.push_back(
          usage("option.expect", msg("--expect is any, none or a revision from 1")));
    }
  }

  void takeList(const std::string& option, const char* member) {
    if (!arguments_.has(option)) return;
    json::array all;
    for (const auto& one : arguments_.all(option)) all.emplace_back(one);
    entry_[member] = std::move(all);
  }

  Session& session_;
  const AggregateInfo& aggregate_;
  const EventInfo& act_;
  const Arguments& arguments_;
  json::object entry_;
  json::object data_;
  Failures failures_;
  Questions questions_;
};

/// An act on any aggregate has one example for all of them: it gets an id of this one.
std::string exampleOf(const AggregateInfo& aggregate, const EventInfo& act) {
  if (!act.type.starts_with("common.")) return act.example;
  const auto blank = act.example.find(' ');
  return aggregate.prefix + "-2006-001" +
         (blank == act.example.npos ? "" : act.example.substr(blank));
}

}  // namespace

std::string proposedId(Session& session, const AggregateInfo& aggregate, const State& state) {
  auto year = session.today().year;
  if (session.options.on) {
    const auto on = readHumanDate(*session.options.on, session.today());
    if (on && !on->value.isUnknown()) year = dayAt(on->value.bounds().earliestNs).year;
  }
  for (int number = 1;; ++number) {
    auto id = fmt::format("{}-{}-{:03}", aggregate.prefix, year, number);
    if (state.named(id, aggregate.tag).empty()) return id;
  }
}

Command actCommand(const Catalogue&, const AggregateInfo& aggregate, const EventInfo& act) {
  Command out;
  out.name = aggregate.name + " " + act.verb;
  out.help = act.help;
  out.example = aggregate.name + " " + act.verb + " " + exampleOf(aggregate, act);
  out.asks = true;
  out.enters = true;
  out.places.push_back(
      {.name = "ID",
       .help = act.opens ? "the id it is to have; without one the next free is "
                           "proposed"
                         : "which " + aggregate.name,
       .required = !act.opens,
       .refs = act.opens ? std::vector<std::string>{} : std::vector<std::string>{aggregate.name},
       .names = act.opens ? Names::newId : Names::nothing});
  for (const auto& field : act.fields) out.options.push_back(optionOf(field));
  out.options.push_back(
      {.name = "note",
       .value = "TEXT",
       .help = "a remark; personal, like all free text that is not marked public"});
  out.options.push_back({.name = "source",
                         .value = "\"SYMBOL §PARAGRAPH\"",
                         .help = "where this stands",
                         .repeats = true});
  out.options.push_back({.name = "ground",
                         .value = "ID",
                         .help = "the document, decision or meeting it rests on",
                         .repeats = true,
                         .refs = {"*"}});
  out.run = [&aggregate, &act](Session& session, const Arguments& arguments) {
    return ActEntry(session, aggregate, act, arguments).run();
  };
  return out;
}

}  // namespace consulta
