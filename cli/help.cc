#include "cli/help.h"
#include "cli/choices.h"

#include <algorithm>
#include <ostream>
#include <span>
#include <sstream>

#include "cli/commands.h"
#include "cli/table.h"

namespace consulta {

namespace {

Table twoColumns() {
  return Table({{"", false, false}, {"", true, false}});
}

void heading(Session& session, std::string_view text) {
  session.out() << '\n'
                << styled(Style::bold, session.speech()(text), session.terminal.colour) << '\n';
}

void paragraph(Session& session, const std::string& text) {
  for (const auto& line : wrapped(text, session.terminal.width)) session.out() << line << '\n';
}

std::string written(const Parameter& option) {
  return "--" + option.name + (option.value.empty() ? "" : " " + option.value);
}

std::string helpOf(const Speech& speech, const Parameter& parameter) {
  auto text = speech(parameter.help);
  if (!parameter.choices.empty()) {
    text +=
        (text.empty() ? "" : "; ") + speech("one of: ") +
        (parameter.inWords ? choicesShown(speech, parameter.choices) : joined(parameter.choices));
  }
  if (parameter.required) text += (text.empty() ? "" : "; ") + speech("required");
  if (parameter.repeats) text += (text.empty() ? "" : "; ") + speech("may be repeated");
  return text;
}

void options(Session& session, std::span<const Parameter> parameters, bool expert) {
  auto table = twoColumns();
  for (const auto& one : parameters) {
    if (one.expert == expert && !one.unlisted)
      table.add({written(one), helpOf(session.speech(), one)});
  }
  table.print(session.out(), session.terminal, 2);
}

void example(Session& session, const std::string& words) {
  if (words.empty()) return;
  heading(session, "Example");
  std::istringstream lines(words);
  for (std::string line; std::getline(lines, line);) session.out() << "  consulta " << line << '\n';
}

void globals(Session& session) {
  heading(session, "Options of every command");
  options(session, globalOptions(), false);
  heading(session, "For experts");
  options(session, globalOptions(), true);
}

/// "show ID": the command with its places, its options left out.
std::string nameLine(const Command& command) {
  std::string out = command.name;
  for (const auto& place : command.places) {
    const auto word = place.name + (place.repeats ? " ..." : "");
    out += place.required ? " " + word : " [" + word + "]";
  }
  return out;
}

}  // namespace

std::string usageLine(const Command& command) {
  auto out = nameLine(command);
  bool more = false;
  for (const auto& option : command.options) {
    if (option.required) {
      out += " " + written(option);
    } else {
      more = true;
    }
  }
  return more ? out + " [OPTION ...]" : out;
}

void printWelcome(Session& session) {
  const auto& speech = session.speech();
  paragraph(session,
            speech("consulta keeps the register of an international secretariat's "
                   "consultations: mandates, programmes, meetings, memoranda, "
                   "recommendations, funds. What is entered is never changed; mistakes are "
                   "corrected by later entries, and any day of the past can be asked "
                   "for."));
  heading(session, "How to begin");
  auto table = twoColumns();
  table.add({"consulta init", speech("make a register")});
  table.add({"consulta meeting schedule",
             speech("enter something; on a terminal it asks for what is needed")});
  table.add({"consulta list meeting", speech("see what there is")});
  table.add({"consulta next ID", speech("see what may be entered next")});
  table.add({"consulta help", speech("see every command")});
  table.print(session.out(), session.terminal, 2);
}

void printHelp(Session& session) {
  session.out() << session.speech()(msg("Usage: consulta [OPTION ...] COMMAND ...")) << '\n';
  heading(session, "Commands");
  auto commands = twoColumns();
  for (const auto& one : fixedCommands(session.catalogue())) {
    if (!one.hidden) commands.add({nameLine(one), session.speech()(one.help)});
  }
  commands.print(session.out(), session.terminal, 2);
  heading(session, "Entering: consulta AGGREGATE VERB [ID] [--FIELD VALUE ...]");
  auto kinds = twoColumns();
  for (const auto& one : session.catalogue().aggregates()) {
    kinds.add({one.name, session.speech()(one.help)});
  }
  kinds.print(session.out(), session.terminal, 2);
  session.out() << '\n'
                << session.speech()(msg("\"consulta AGGREGATE --help\" lists its verbs, \"consulta "
                                        "AGGREGATE VERB --help\" their fields."))
                << '\n';
  globals(session);
  example(session, "mou sign MOU-SEGIB-2006 --party UNIDO --on 2006-04-06");
}

void printHelp(Session& session, const AggregateInfo& aggregate) {
  paragraph(session, session.speech()(aggregate.help));
  session.out() << '\n'
                << session.speech()(msg("Usage: consulta {aggregate} VERB [ID] [--FIELD VALUE ...]",
                                        arg("aggregate", aggregate.name)))
                << '\n';
  heading(session, "Verbs");
  auto verbs = twoColumns();
  const auto acts = typedActs(session.catalogue(), aggregate);
  for (const auto* act : acts) verbs.add({act->verb, session.speech()(act->help)});
  for (const auto& one : fixedCommands(session.catalogue())) {
    if (!one.name.starts_with(aggregate.name + " ")) continue;
    verbs.add({one.name.substr(aggregate.name.size() + 1), session.speech()(one.help)});
  }
  verbs.print(session.out(), session.terminal, 2);
  const auto shown =
      std::ranges::find_if(acts, [](const auto* act) { return !act->example.empty(); });
  if (shown != acts.end()) {
    example(session, aggregate.name + " " + (*shown)->verb + " " + (*shown)->example);
  }
}

void printHelp(Session& session, const Command& command) {
  paragraph(session, session.speech()(command.help) + ".");
  if (!command.about.empty()) {
    session.out() << '\n';
    paragraph(session, session.speech()(command.about));
  }
  session.out() << '\n'
                << session.speech()(
                       msg("Usage: consulta {usage}", arg("usage", usageLine(command))))
                << '\n';
  if (!command.places.empty()) {
    session.out() << '\n';
    auto places = twoColumns();
    for (const auto& one : command.places) {
      auto place = one;
      place.required = false;  // the usage line says so
      places.add({one.name, helpOf(session.speech(), place)});
    }
    places.print(session.out(), session.terminal, 2);
  }
  if (!command.options.empty()) {
    heading(session, "Options");
    options(session, command.options, false);
    options(session, command.options, true);
  }
  example(session, command.example);
  globals(session);
}

void printVersion(Session& session) {
  session.out() << "consulta " << CONSULTA_VERSION << '\n';
}

}  // namespace consulta
