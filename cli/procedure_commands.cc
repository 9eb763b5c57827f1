// consulta procedure add, procedure show: procedures from files, in words and as pictures.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <ostream>

#include "cli/act_entry.h"
#include "cli/draw.h"
#include "cli/entering.h"
#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "cli/named_file.h"
#include "cli/table.h"
#include "events/limits.h"
#include "events/procedure/definition.h"
#include "events/values/utf8.h"
#include "projections/documents/procedure_picture.h"
#include "projections/rows.h"
#include "projections/rows/consultation.h"
#include "projections/rows/procedure.h"

namespace consulta {

namespace json = boost::json;

namespace {

Result<std::string> readDefinitionFile(NamedFiles& files, const std::string& name) {
  auto text = files.readBounded(name, limits::text_bytes_max);
  if (!text || text->empty()) {
    return unavailable("procedure.file", msg("{file} cannot be read, or is empty; give the file "
                                             "that the procedure stands in",
                                             arg("file", excerpt(name))));
  }
  return *std::move(text);
}

bool isKnown(Session& session, const Register& reg, const std::string& name) {
  bool known = false;
  composeFrom(session, reg, [&](const Looking& at) {
    known = !at.state.named(name, Procedure::aggregate).empty();
  });
  return known;
}

/// Adopted when the register has no procedure of that name, else revised.
int addProcedure(Session& session, const Arguments& arguments) {
  auto text = readDefinitionFile(session.files(), arguments.at("FILE"));
  if (!text) return session.fail(text.failures());
  const auto definition = readProcedure(*text);
  if (!definition) return session.fail(definition.failures());
  auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  const bool known = isKnown(session, **reg, definition->name);
  Failures wrong;
  json::object data{{"definition", *text}};
  if (known && arguments.has("reason")) {
    data["reason"] = arguments.at("reason");
  } else if (arguments.has("reason")) {
    wrong.push_back(usage("procedure.reason",
                          msg("there is no procedure {name} yet, and --reason says why there is a "
                              "new version; leave it out",
                              arg("name", definition->name))));
  }
  json::object entry{{"type", known ? "procedure.revised" : "procedure.adopted"},
                     {"entity", "procedure:" + definition->name},
                     {"data", std::move(data)}};
  takeOccurred(session, entry, wrong);
  takeExpected(session, entry, wrong);
  if (!wrong.empty()) return session.fail(wrong);
  const int code = submitEntries(session, {std::move(entry)});
  if (code == 0 && !session.options.dryRun) {
    session.say(
        msg("see it with \"consulta procedure show {name}\"", arg("name", definition->name)));
  }
  return code;
}

PictureWords pictureWords(const Looking& at) {
  return {std::string(langCode(at.session.lang())),
          [&at](const Message& message) { return at.session.speech()(message); }};
}

std::string nextWords(const Branch& branch, const PictureWords& words) {
  return branch.end ? words.say(endWords(*branch.end)) : joined(branch.next);
}

/// What is asked of a step beside its kind: who, until when, what when it is late.
std::string termsOf(const ProcedureStep& step, const PictureWords& words) {
  std::string out;
  for (const auto& term : termWords(step, [](const std::string& name) { return name; })) {
    out += (out.empty() ? "" : "; ") + words.say(term);
  }
  return out;
}

/// How far a consultation has come with a step: "done: tabled, 10 February 2026", "now, until 28
/// December 2026", "overdue"; of a procedure by itself nothing.
std::string standingOf(const Looking& at, const Consultation* row, const std::string& step) {
  const auto* run = row == nullptr ? nullptr : lastRunOf(*row, step);
  if (run == nullptr) return "";
  const auto& speech = at.session.speech();
  switch (run->state) {
    case StepState::completed:
      return speech(msg("done: {outcome}, {date}", arg("outcome", outcomeWords(run->outcome)),
                        arg("date", dateText(run->completed, at.view()))));
    case StepState::overdue:
      return at.say("overdue");
    case StepState::started:
      break;
  }
  const auto& due = run->due.date;
  return due.edtf.empty() ? at.say("now")
                          : speech(msg("now, until {date}", arg("date", dateText(due, at.view()))));
}

void printText(const Looking& at, const Row& row, const ProcedureVersion& version,
               const ProcedureDefinition& definition, const Consultation* standing) {
  const auto words = pictureWords(at);
  auto& out = at.session.out();
  at.head();
  out << styled(Style::bold, row.head.name(), at.session.terminal.colour) << "  "
      << pick(definition.title, words.language) << '\n';
  const bool dated = version.since.edtf != "XXXX";
  out << words.say(dated ? msg("version {version}, since {date}", arg("version", version.version),
                               arg("date", dateText(version.since, at.view())))
                         : msg("version {version}", arg("version", version.version)));
  if (definition.valid) {
    out << "; " << words.say(msg("valid {period}", arg("period", definition.valid->text())));
  }
  if (!definition.calendar.empty()) {
    out << "; "
        << words.say(msg("counts by calendar {calendar}", arg("calendar", definition.calendar)));
  }
  if (!definition.rules.empty()) {
    out << "; " << words.say(msg("by {rules}", arg("rules", definition.rules)));
  }
  out << '\n'
      << words.say(msg("begins with {steps}", arg("steps", joined(definition.first)))) << "\n\n";
  Table table({{"", false, false}, {"", true, false}, {"", false, false}});
  for (const auto& step : definition.steps) {
    table.add({Cell{step.name, Style::bold}, std::string(pick(step.title, words.language)),
               Cell{standingOf(at, standing, step.name), Style::yellow}});
    table.add({"", Cell{termsOf(step, words), Style::dim}});
    for (const auto& branch : step.branches) {
      table.add({"", words.say(msg("{outcome} > {next}",
                                   arg("outcome", words.say(outcomeWords(branch.outcome))),
                                   arg("next", nextWords(branch, words))))});
    }
  }
  table.print(out, at.session.terminal);
}

json::object stepJson(const ProcedureStep& step) {
  json::object on;
  for (const auto& branch : step.branches) {
    json::array next;
    if (branch.end) next.emplace_back(nameOf(*branch.end));
    for (const auto& one : branch.next) next.emplace_back(one);
    on[branch.outcome] = std::move(next);
  }
  json::object title;
  for (const auto& phrase : step.title) title[phrase.language] = phrase.text;
  return {{"name", step.name},
          {"kind", nameOf(step.kind)},
          {"title", std::move(title)},
          {"on", std::move(on)}};
}

/// Where a consultation stands in the procedure that it runs by.
StepMarks marksOf(const Consultation& row) {
  StepMarks out;
  for (const auto& run : row.steps) {
    out[run.step] = run.state == StepState::completed ? StepMark::done
                    : run.state == StepState::overdue ? StepMark::overdue
                                                      : StepMark::current;
  }
  return out;
}

int print(const Looking& at, const Row& row, const ProcedureVersion& version,
          const std::string& format, const Consultation* standing) {
  const auto known = at.state.procedure(version.definition);
  const auto& definition = *known;
  auto& out = at.session.out();
  if (at.session.options.json) {
    json::array steps;
    for (const auto& step : definition.steps) steps.push_back(stepJson(step));
    out << json::serialize(json::object{{"id", at.state.nameOf(row.head.id)},
                                        {"version", version.version},
                                        {"since", version.since.edtf},
                                        {"steps", std::move(steps)},
                                        {"definition", version.definition}})
        << '\n';
    return 0;
  }
  if (format == "toml") {
    out << version.definition << (version.definition.ends_with('\n') ? "" : "\n");
    return 0;
  }
  if (format == "text") {
    printText(at, row, version, definition, standing);
    return 0;
  }
  const auto marks = standing == nullptr ? StepMarks{} : marksOf(*standing);
  const auto dot = procedureDot(definition, marks, pictureWords(at));
  if (format == "dot") {
    out << dot;
    return 0;
  }
  const auto svg = drawSvg(dot);
  if (!svg) return at.session.fail(svg.failures());
  out << *svg;
  return 0;
}

struct WantedProcedure {
  RowPtr row;
  std::size_t version = 0;
  RowPtr consultation;  // that runs by it, where one was named
};

/// The procedure by its name, or the one that a consultation runs by, in its version.
Result<WantedProcedure> wantedProcedure(const Looking& at, const Arguments& arguments) {
  WantedProcedure out;
  const auto name = arguments.at("NAME");
  const auto id = at.find(name, {"procedure", "consultation"});
  if (!id) return id.failures();
  out.row = at.state.row(*id);
  std::size_t runsBy = 0;
  if (const auto* consultation = tryAs<Consultation>(out.row.get())) {
    if (!consultation->procedure) {
      return refused("procedure.none", msg("{consultation} runs by no procedure",
                                           arg("consultation", at.symbolOf(*id))));
    }
    out.consultation = out.row;
    runsBy = consultation->procedureVersion;
    out.row = at.state.row(consultation->procedure);
  }
  const auto& versions = as<Procedure>(*out.row).versions;
  out.version = runsBy != 0 ? runsBy : versions.size();
  if (const auto written = arguments.get("version-number")) {
    const auto read =
        readNumber("--version-number", *written, 1, static_cast<std::int64_t>(versions.size()));
    if (!read) return read.failures();
    out.version = static_cast<std::size_t>(*read);
  }
  return out;
}

constexpr std::array formats{"text", "svg", "dot", "toml"};

int show(Session& session, const Arguments& arguments) {
  const auto format = arguments.get("format").value_or("text");
  if (std::ranges::find(formats, format) == formats.end()) {
    return session.fail(
        usage("procedure.format", msg("there is no format \"{format}\"; write text, "
                                      "svg, dot or toml",
                                      arg("format", excerpt(format)))));
  }
  return look(session, [&](const Looking& at) {
    const auto wanted = wantedProcedure(at, arguments);
    if (!wanted) return session.fail(wanted.failures());
    const auto& versions = as<Procedure>(*wanted->row).versions;
    return print(at, *wanted->row, versions.at(wanted->version - 1), format,
                 tryAs<Consultation>(wanted->consultation.get()));
  });
}

}  // namespace

Command procedureAddCommand() {
  Command out;
  out.name = "procedure add";
  out.enters = true;
  out.help = "Enter a procedure from a file, or a new version of it";
  out.example = "procedure add silence-96.toml";
  out.about =
      "The file says in TOML how consultations run: steps, who acts, time limits, decisions and "
      "what follows on each outcome. It is checked as a whole before anything is entered. A "
      "consultation that is under way keeps the version it began with. \"procedure show NAME "
      "--format toml\" prints one to begin with.";
  out.places = {{.name = "FILE", .help = "the procedure in TOML", .required = true, .file = true}};
  out.options = {{.name = "reason", .value = "TEXT", .help = "why there is a new version"}};
  out.run = addProcedure;
  return out;
}

Command procedureShowCommand() {
  Command out;
  out.name = "procedure show";
  out.help = "Show a procedure in words, or draw it";
  out.about =
      "Of a consultation it is the procedure that it runs by, in the version that it began with, "
      "and "
      "where it stands.";
  out.example = "procedure show SILENCE-72 --format svg";
  out.places = {{.name = "NAME",
                 .help = "symbol of the procedure, or of a consultation that runs by one",
                 .required = true,
                 .refs = {"procedure", "consultation"}}};
  out.options = {
      {.name = "format",
       .value = "FORMAT",
       .help = "text, svg and dot (pictures), or toml as it was entered; without it text",
       .choices = {formats.begin(), formats.end()}},
      {.name = "version-number",
       .value = "N",
       .help = "an earlier version; without it the last one"}};
  out.run = &show;
  return out;
}

}  // namespace consulta
