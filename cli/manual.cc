// The manual page consulta(1), from the same description that the words are parsed by.
#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <span>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/terminal.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

/// Of the source: what fits a terminal while somebody looks into it.
constexpr std::size_t line_columns = 72;

/// A text as troff shows it, whatever it holds: no character of it is a request.
std::string roff(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto before = text;
    const auto point = takeCodePoint(text);
    if (!point) {
      text.remove_prefix(1);
      continue;
    }
    const auto character = before.substr(0, before.size() - text.size());
    if (*point == '\\') {
      out += "\\e";
    } else if (*point == '-') {
      out += "\\-";  // a hyphen would not be the character that is typed
    } else if (*point == '"') {
      out += "\\(dq";
    } else if (*point == '\'') {
      out += "\\(aq";
    } else if (*point == '^' || *point == '~' || *point == '`') {
      out += *point == '^' ? "\\(ha" : *point == '~' ? "\\(ti" : "\\(ga";
    } else if (*point == '\n') {
      out += ' ';
    } else if (*point > 0x7E) {
      out += fmt::format("\\[u{:04X}]", static_cast<unsigned>(*point));
    } else {
      out += character;
    }
  }
  return out.starts_with('.') ? "\\&" + out : out;
}

class Page {
 public:
  Page(Session& session) : out_(session.out()), session_(session) {}

  void print() {
    out_ << ".TH CONSULTA 1 \"\" \"consulta " << CONSULTA_VERSION
         << "\" \"User Commands\"\n.nh\n.ad l\n";
    section("NAME");
    out_ << "consulta \\- " << roff("register of an international secretariat's consultations")
         << '\n';
    synopsis();
    section("DESCRIPTION");
    text(
        "consulta keeps the register of an international secretariat's consultations: mandates, "
        "programmes, meetings, memoranda, recommendations, funds. What is entered is never "
        "changed; mistakes are corrected by later entries, and any day of the past can be asked "
        "for.");
    paragraph();
    text(
        "Data goes to standard output, talk to standard error. On a terminal what an entry still "
        "needs is asked for and shown before it is entered; without one it is refused.");
    commands();
    entries();
    section("OPTIONS");
    text("Before or after any command:");
    for (const auto& one : globalOptions()) parameter("\\-\\-" + roff(one.name), one);
    written();
    many();
    ends();
  }

 private:
  void section(std::string_view name) { out_ << ".SH " << name << '\n'; }
  void paragraph() { out_ << ".PP\n"; }
  void text(std::string_view words) {
    for (const auto& line : wrapped(words, line_columns)) out_ << roff(line) << '\n';
  }
  /// A command as it is typed: not justified, not hyphenated.
  void example(std::string_view words) {
    out_ << ".PP\n.nf\n.RS\n" << roff(words) << "\n.RE\n.fi\n";
  }

  void synopsis() {
    section("SYNOPSIS");
    out_ << ".B consulta\n[\\fIOPTION\\fR ...] \\fICOMMAND\\fR ...\n.br\n"
         << ".B consulta\n[\\fIOPTION\\fR ...] \\fIAGGREGATE VERB\\fR [\\fIID\\fR]\n"
         << "[\\fB\\-\\-\\fIFIELD VALUE\\fR ...]\n";
  }

  void tagged(const std::string& term) { out_ << ".TP\n" << term << '\n'; }

  /// "--kind CHOICE", what it is for, and what may be written for it.
  void parameter(const std::string& term, const Parameter& one) {
    tagged("\\fB" + term + "\\fR" + (one.value.empty() ? "" : " \\fI" + roff(one.value) + "\\fR"));
    auto words = one.help;
    if (!one.choices.empty()) {
      words += (words.empty() ? "one of: " : "; one of: ") + joined(one.choices);
    }
    if (one.required) words += words.empty() ? "required" : "; required";
    if (one.repeats) words += words.empty() ? "may be repeated" : "; may be repeated";
    text(words.empty() ? "(a flag)" : words + (words.ends_with('.') ? "" : "."));
  }

  void commands() {
    section("COMMANDS");
    for (const auto& one : fixedCommands(session_.catalogue())) {
      if (one.hidden) continue;
      out_ << ".SS " << '"' << roff("consulta " + usageLine(one)) << '"' << '\n';
      text(one.help + ".");
      if (!one.about.empty()) {
        paragraph();
        text(one.about);
      }
      for (const auto& place : one.places) {
        if (place.help.empty()) continue;
        auto plain = place;
        plain.required = false;  // the usage line says so
        parameter(roff(place.name), plain);
      }
      for (const auto& option : one.options) {
        if (!option.unlisted) parameter("\\-\\-" + roff(option.name), option);
      }
      if (one.example.empty()) continue;
      example("consulta " + one.example);
    }
  }

  void entries() {
    section("ENTRIES");
    text(
        "An entry says that something has happened. Each kind of entity has verbs of its own; "
        "\"consulta AGGREGATE VERB --help\" lists the fields of each with an example.");
    for (const auto& aggregate : session_.catalogue().aggregates()) {
      out_ << ".SS " << '"' << roff("consulta " + aggregate.name) << '"' << '\n';
      text(aggregate.help + ".");
      for (const auto* act : typedActs(session_.catalogue(), aggregate)) {
        tagged("\\fB" + roff(act->verb) + "\\fR");
        text(act->help + ".");
      }
    }
  }

  void written() {
    section("WHAT IS WRITTEN");
    tagged("Ids");
    text(
        "An entity is named by a symbol, \"MOU-SEGIB-2006\" or \"GC.11/Res.1\"; when two kinds "
        "use it, with its kind in front: \"mandate:GC.11/Res.1\". \"#17\" is the entity that "
        "entry 17 opened. A new entity without an id gets the next free one.");
    tagged("Dates");
    text(
        "EDTF (2006-04-06, 2006-06/2006-07, 2006, unknown) or words in English, French or "
        "Spanish: \"6 April 2006\", \"juin-juillet 2006\", \"septiembre de 2006\". The reading "
        "is echoed.");
    tagged("Texts");
    text(
        "Titles and the like may be given in several languages: --title \"fr:Programme "
        "regional\" --title \"en:Regional programme\".");
  }

  void many() {
    section("MANY AT ONCE");
    text(
        "--each on any verb enters one entry for each member of a group of parties, or for each "
        "row "
        "of a spreadsheet saved as CSV, as one submission: all of them or nothing. All are shown "
        "with what stands in the way of each; they are entered after one confirmation, or with "
        "--yes. The members are those of the day that --on names.");
    example("consulta meeting invite MTG-2006-001 --each GRULAC --except CU --reply-by 2006-05-15");
    text(
        "The first row of a file names its columns: fields of the act, id, on, note, source or "
        "ground; a text in one language is title.fr or \"Title (fr)\". --map \"Column=field\" says "
        "what another one is, --map \"Column=\" passes it over. What an option says holds for "
        "every "
        "row. Entities may be written by their names, dates as people write them.");
    example(
        "consulta meeting answer MTG-2006-001 --answer accepted --each replies.csv --map "
        "\"Pays=party\" --map \"Date=on\"");
  }

  void ends() {
    section("EXIT STATUS");
    static constexpr std::string_view codes[] = {
        "done",
        "refused by a rule, or nothing was entered",
        "wrong usage",
        "conflict: somebody was faster, or the submission was entered before with other content",
        "the register is damaged",
        "the disk, the directory or the server cannot be reached"};
    for (std::size_t i = 0; i < std::size(codes); ++i) {
      tagged("\\fB" + std::to_string(i) + "\\fR");
      text(std::string(codes[i]) + ".");
    }
    section("ENVIRONMENT");
    tagged("\\fBCONSULTA_DATA\\fR");
    text(
        "The directory of the register, where --data does not say. Without both it is "
        "$XDG_DATA_HOME/consulta, or ~/.local/share/consulta.");
    tagged("\\fBCONSULTA_CONNECT\\fR");
    text("The server to ask, as --connect takes it, where neither that nor --data is given.");
    tagged("\\fBCONSULTA_CERTIFICATE\\fR, \\fBCONSULTA_KEY\\fR, \\fBCONSULTA_AUTHORITIES\\fR");
    text(
        "The files of a connection over TLS, where --certificate, --key and --authorities do not "
        "say.");
    tagged("\\fBLC_ALL\\fR, \\fBLC_MESSAGES\\fR, \\fBLANG\\fR");
    text("The language to speak: en, fr or es.");
    tagged("\\fBNO_COLOR\\fR");
    text("No colours when it is set.");
    tagged("\\fBCOLUMNS\\fR");
    text("The width of tables when the output is no terminal.");
  }

  std::ostream& out_;
  Session& session_;
};

}  // namespace

Command manualCommand() {
  Command out;
  out.name = "manual";
  out.here = true;
  out.help = "Print the manual page";
  out.example = "manual";
  out.hidden = true;
  out.run = [](Session& session, const Arguments&) {
    Page(session).print();
    return 0;
  };
  return out;
}

}  // namespace consulta
