// consulta texts: what the program says by its descriptions (the schema, the rows, the commands),
// as a gettext template. The sentences in its source are not among it: cli/translations/extract
// adds them.
#include <algorithm>
#include <map>
#include <ostream>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/value_text.h"
#include "events/procedure/definition.h"
#include "projections/describe.h"
#include "projections/rows.h"
#include "projections/summary.h"

namespace consulta {

namespace {

/// Of one text, for a translator to see what it is about: a few places tell as much as hundreds.
constexpr std::size_t places_shown_max = 3;

class Template {
 public:
  void text(const std::string& english, const std::string& where) {
    if (english.empty()) return;
    auto& places = texts_[english];
    if (std::ranges::find(places, where) == places.end()) places.push_back(where);
  }
  /// A name, as it is shown.
  void word(std::string_view name, const std::string& where) { text(words(name, {}), where); }

  void print(std::ostream& out) const {
    out << "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n";
    for (const auto& [english, places] : texts_) {
      out << '\n';
      for (std::size_t i = 0; i < std::min(places.size(), places_shown_max); ++i) {
        out << "#. " << places[i] << '\n';
      }
      if (places.size() > places_shown_max) out << "#. ...\n";
      out << "msgid " << quoted(english) << "\nmsgstr \"\"\n";
    }
  }

 private:
  static std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      if (c == '\n') {
        out += "\\n";
      } else {
        out += c;
      }
    }
    return out + '"';
  }

  std::map<std::string, std::vector<std::string>> texts_;
};

void takeCommand(Template& to, const Command& command) {
  to.text(command.help, command.name);
  to.text(command.about, command.name);
  for (const auto& place : command.places) to.text(place.help, command.name + " " + place.name);
  for (const auto& option : command.options) {
    to.text(option.help, command.name + " --" + option.name);
  }
}

void takeAct(Template& to, const EventInfo& act) {
  const auto aggregate = act.type.substr(0, act.type.find('.'));
  const auto typed = act.verb.empty() ? act.type : aggregate + " " + act.verb;
  to.text(act.help, typed);
  to.word(act.name, "the act " + act.type);
  for (const auto& field : act.fields) {
    const auto where = typed + " --" + field.option;
    to.text(field.help, where);
    to.word(field.name, "the field " + where);
    for (const auto& choice : field.choices) {
      to.word(choice.name, "a value of " + where);
      to.text(choice.help, where + " " + choice.name);
    }
  }
}

/// The names by which a row is shown.
void takeRow(Template& to, const AggregateInfo& aggregate) {
  newRow(aggregate.tag)->forEachName([&](const char* name) {
    to.word(name, "in what is shown of " + aggregate.name);
  });
}

void takeAggregate(Template& to, const Catalogue& catalogue, const AggregateInfo& aggregate) {
  to.text(aggregate.help, aggregate.name);
  to.word(aggregate.name, "a kind of entity");
  to.word(aggregate.plural, "entities of a kind");
  for (const auto& axis : aggregate.axes) {
    to.word(axis.name, "what states of " + aggregate.name + " are of");
    for (const auto& state : axis.states) {
      to.word(state.name, "a state of " + aggregate.name);
      to.text(state.help, aggregate.name + " " + state.name);
    }
  }
  for (const auto& act : aggregate.events) takeAct(to, act);
  for (const auto* act : typedActs(catalogue, aggregate)) {
    takeCommand(to, actCommand(catalogue, aggregate, *act));
  }
  takeRow(to, aggregate);
}

int runTexts(Session& session, const Arguments&) {
  Template out;
  const auto& catalogue = session.catalogue();
  for (const auto& command : fixedCommands(catalogue)) takeCommand(out, command);
  for (const auto& option : globalOptions()) out.text(option.help, "--" + option.name);
  for (const auto& aggregate : catalogue.aggregates()) takeAggregate(out, catalogue, aggregate);
  takeAct(out, catalogue.corrigendum());
  takeAct(out, catalogue.symbolGiven());
  takeAct(out, catalogue.retraction());
  takeAct(out, catalogue.deadlinesReleased());
  takeAct(out, catalogue.deadlineMoved());
  described::forEachName<DueKind>(
      [&](const char* name) { out.word(name, "something overdue in \"consulta status\""); });
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<StepKind>>([&](auto kind) {
    for (const auto& one : outcomesOf(kind.value)) {
      out.text(std::string(one.help),
               "when a step of a procedure ends as " + std::string(one.name));
    }
  });
  out.print(session.out());
  return 0;
}

}  // namespace

Command textsCommand() {
  Command out;
  out.name = "texts";
  out.here = true;
  out.help = "Print the texts of the schema and the commands for translators";
  out.example = "texts";
  out.hidden = true;
  out.run = runTexts;
  return out;
}

}  // namespace consulta
