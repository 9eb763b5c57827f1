// consulta office hand-over: the open tasks of one office become those of another.
#include <algorithm>
#include <boost/json.hpp>
#include <ostream>
#include <utility>

#include "cli/entering.h"
#include "cli/looking.h"
#include "cli/questions.h"
#include "cli/table.h"
#include "engine/rules/decide.h"
#include "events/values/utf8.h"
#include "projections/office_tasks.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// Cells of a title in the preview; more is cut.
constexpr std::size_t title_columns_max = 60;

/// One task that is handed over, and how it is shown.
struct Moved {
  json::object entry;
  std::string label;
  std::vector<Cell> cells;
};

class HandOver {
 public:
  HandOver(Session& session, const Arguments& arguments)
      : session_(session), arguments_(arguments) {}

  int run() {
    if (session_.options.expect) {
      return session_.fail(usage("hand-over.expect",
                                 msg("--expect is the revision of one entity, and a hand-over is "
                                     "about several; leave it out")));
    }
    auto reg = session_.reg();
    if (!reg) return session_.fail(reg.failures());
    if (auto due = enterDueFirst(session_, **reg); !due) return session_.fail(due.failures());
    auto occurred = occurredFromOptions(session_);
    if (!occurred) return session_.fail(occurred.failures());
    Failures wrong;
    composeFrom(session_, **reg, [&](const Looking& at) { wrong = collect(at, *occurred); });
    if (!wrong.empty()) return session_.fail(wrong);
    if (session_.options.yes && !session_.options.dryRun) {
      if (!session_.options.quiet && !session_.options.json) preview(session_.err());
      return enter();
    }
    auto trial = sendEntries(session_, **reg, entries(), true);
    if (!trial) return session_.fail(labelled(std::move(trial).failures()));
    if (session_.options.dryRun) {
      if (session_.options.json) {
        printReceipt(session_, **reg, *trial);
      } else {
        preview(session_.out());
        session_.say(msg("all of it could be entered; nothing was"));
      }
      return 0;
    }
    return confirmed() ? enter() : refusedCode_;
  }

 private:
  [[nodiscard]] std::vector<json::object> entries() const {
    std::vector<json::object> out;
    for (const auto& one : moved_) out.push_back(one.entry);
    return out;
  }

  /// The register is asked for anew: it was closed if a question waited.
  int enter() {
    auto reg = session_.reg();
    if (!reg) return session_.fail(reg.failures());
    auto receipt = sendEntries(session_, **reg, entries(), false);
    if (!receipt) return session_.fail(labelled(std::move(receipt).failures()));
    printReceipt(session_, **reg, *receipt);
    return 0;
  }

  Failures collect(const Looking& at, const json::value& occurred) {
    const auto from = at.find(arguments_.at("OFFICE"), {"office"});
    if (!from) return from.failures();
    const auto to = at.find(arguments_.at("to"), {"office"});
    if (!to) return to.failures();
    from_ = at.titledName(*from);
    to_ = at.titledName(*to);
    if (*from == *to) {
      return {usage("hand-over.other", msg("{office} keeps what it has; name another office with "
                                           "--to",
                                           arg("office", at.symbolOf(*from))))};
    }
    if (auto kinds = checkKinds(at.state.catalogue()); !kinds.empty()) return kinds;
    if (auto wrong = takeGrounds(at); !wrong.empty()) return wrong;
    for (const auto& task : tasksOf(at.state, *from)) {
      const auto row = at.state.row(task.id);
      const auto& act = *at.state.catalogue().byType(task.act);
      if (!lifecycle(at.state, act, *row).empty() || !isWanted(at, *row)) continue;
      moved_.push_back(moving(at, *row, act, task, *to, occurred));
    }
    if (!moved_.empty()) return {};
    return {refused("hand-over.nothing",
                    msg("{office} has no open task to hand over; \"consulta tasks --office "
                        "{office}\" lists what waits for it",
                        arg("office", at.symbolOf(*from))))};
  }

  Failures takeGrounds(const Looking& at) {
    Failures out;
    for (const auto& written : arguments_.all("ground")) {
      if (auto ground = at.named(written, {"*"}, "ground")) {
        grounds_.emplace_back(std::move(*ground));
      } else {
        out.insert(out.end(), ground.failures().begin(), ground.failures().end());
      }
    }
    return out;
  }

  Failures checkKinds(const Catalogue& catalogue) const {
    Failures out;
    for (const auto& written : arguments_.all("only")) {
      if (const auto known = readAggregate(catalogue, written); !known) {
        out.insert(out.end(), known.failures().begin(), known.failures().end());
      }
    }
    return out;
  }

  [[nodiscard]] bool isWanted(const Looking& at, const Row& row) const {
    const auto& kinds = arguments_.all("only");
    const auto& aggregate = at.state.catalogue().aggregate(row.aggregate());
    return kinds.empty() || std::ranges::any_of(kinds, [&](const std::string& kind) {
             return kind == aggregate.name || kind == aggregate.plural;
           });
  }

  Moved moving(const Looking& at, const Row& row, const EventInfo& act, const OfficeTask& task,
               EntityId to, const json::value& occurred) const {
    json::object data{{"office", "#" + std::to_string(to.value)}};
    if (!task.request.empty()) data["request"] = task.request;
    json::object entry{{"type", act.type},
                       {"entity", "#" + std::to_string(task.id.value)},
                       {"occurred", occurred},
                       {"data", std::move(data)}};
    if (!grounds_.empty()) entry["grounds"] = grounds_;
    if (const auto note = arguments_.get("note")) entry["note"] = *note;
    const auto& aggregate = at.state.catalogue().aggregate(row.aggregate());
    auto symbol = at.symbolOf(task.id);
    if (!task.request.empty()) {
      symbol = session_.speech()(
          msg("{mandate}, request {number}", arg("mandate", symbol), arg("number", task.request)));
    }
    return Moved{std::move(entry),
                 symbol,
                 {Cell{symbol, Style::bold}, words(aggregate.name, at.view()), at.states(row),
                  shortened(at.title(row), title_columns_max)}};
  }

  /// What is said of an entry is said of its task.
  Failures labelled(Failures failures) const {
    for (auto& one : failures) {
      const auto number = takeEntryNumber(one.text);
      if (!number || *number > moved_.size()) continue;
      one.text =
          msg("{entity}: {why}", arg("entity", moved_[*number - 1].label), arg("why", one.text));
    }
    return failures;
  }

  bool confirmed() {
    if (!session_.mayAsk()) {
      if (!session_.options.json) preview(session_.out());
      refusedCode_ = session_.fail(usage(
          "hand-over.confirm", msgs("nothing was entered: there is nobody to confirm it. Add --yes "
                                    "to enter it, or --dry-run only to look",
                                    "nothing was entered: there is nobody to confirm it. Add --yes "
                                    "to enter all {count}, or --dry-run only to look",
                                    moved_.size())));
      return false;
    }
    preview(session_.err());
    Questions questions(session_);
    if (questions.agreed(msgs("enter it? [y/n]", "enter all {count}? [y/n]", moved_.size()),
                         msgs("y enters it, n enters nothing", "y enters them, n enters nothing",
                              moved_.size()))) {
      return true;
    }
    refusedCode_ = questions.cancelled();
    return false;
  }

  void preview(std::ostream& out) {
    out << session_.speech()(msgs("{count} task of {from} becomes one of {to}:",
                                  "{count} tasks of {from} become those of {to}:", moved_.size(),
                                  arg("from", from_), arg("to", to_)))
        << '\n';
    Table table({{"", false, false}, {"", false, false}, {"", true, false}, {"", true, false}});
    for (const auto& one : moved_) table.add(one.cells);
    table.print(out, session_.terminal, 2);
  }

  Session& session_;
  const Arguments& arguments_;
  std::vector<Moved> moved_;
  std::string from_;
  std::string to_;
  json::array grounds_;
  int refusedCode_ = 0;
};

int runHandOver(Session& session, const Arguments& arguments) {
  return HandOver(session, arguments).run();
}

}  // namespace

Command officeHandOverCommand() {
  Command out;
  out.name = "office hand-over";
  out.enters = true;
  out.help = "Hand the open tasks of an office over to another one";
  out.example = "office hand-over FO-MONTEVIDEO --to LAC-BUREAU --on 2006-09-01";
  out.about =
      "What the office is responsible for and what is not done: consultations, mechanisms, "
      "programmes, projects, requests of mandates, recommendations, follow-ups of contacts, and "
      "letters it has to reply to. All are shown first, and become entries of one submission after "
      "one answer, or with --yes. The parties that "
      "the office covers stay with it (\"office cover\", \"office release\").";
  out.places = {{.name = "OFFICE",
                 .help = "the office that hands over",
                 .required = true,
                 .refs = {"office"}}};
  out.options = {{.name = "to",
                  .value = "OFFICE",
                  .help = "the office that takes over",
                  .required = true,
                  .refs = {"office"}},
                 {.name = "only",
                  .value = "KIND",
                  .help = "only tasks of this kind: recommendation, project ...",
                  .repeats = true,
                  .names = Names::aggregate},
                 {.name = "ground",
                  .value = "ID",
                  .help = "the document, decision or meeting it rests on",
                  .repeats = true,
                  .refs = {"*"}},
                 {.name = "note",
                  .value = "TEXT",
                  .help = "a remark; personal, like all free text that is not marked public"}};
  out.run = runHandOver;
  return out;
}

}  // namespace consulta
