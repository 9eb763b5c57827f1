// consulta status [PROGRAMME]: the programme at a glance, on one screen.
#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <ostream>
#include <set>

#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "cli/node_json.h"
#include "cli/table.h"
#include "engine/rules/decide.h"
#include "events/catalogue.h"
#include "events/values/utf8.h"
#include "projections/summary.h"

namespace consulta {

namespace {

/// Of a request its beginning tells which one it is.
constexpr std::size_t request_columns_max = 90;
/// Lines of one kind on a screen; more are counted.
constexpr std::size_t lines_max = 6;

class StatusPrinter {
 public:
  StatusPrinter(const Looking& at, const ProgrammeSummary& summary)
      : at_(at), summary_(summary), view_(at.view()) {
    view_.codes = CodeWords::nameAlone;  // whoever reads at a glance types no code
  }

  void print() {
    auto& out = at_.session.out();
    at_.head();
    printTitle(out);
    if (!summary_.programme) lines("programmes", summary_.programmes);
    lines("mandate", summary_.mandates);
    for (const auto& request : summary_.requests) addRequest(request);
    lines("mechanism", summary_.mechanisms);
    codes("priority areas", "area", summary_.areas);
    if (summary_.programme) goals();
    lines("consultations", summary_.consultations);
    for (const auto& cycle : summary_.cycles) addCycle(cycle);
    lines("meetings ahead", summary_.meetingsAhead);
    if (!summary_.meetingsNow.empty()) lines("meetings now", summary_.meetingsNow);
    lines("meetings held", summary_.meetingsHeld);
    lines("memoranda", summary_.mous);
    addRecommendations();
    lines("projects", summary_.projects);
    addFunds();
    addOverdue();
    if (!nothing_.empty()) row("none recorded", Cell{joined(nothing_), Style::dim});
    table_.print(out, at_.session.terminal);
  }

 private:
  void printTitle(std::ostream& out) const {
    const bool colour = at_.session.terminal.colour;
    if (!summary_.programme) {
      out << styled(Style::bold, at_.say("The whole register"), colour) << "\n\n";
      return;
    }
    const auto width = at_.session.terminal.width;
    for (const auto& line : wrapped(at_.titledName(summary_.programme), width)) {
      out << styled(Style::bold, line, colour) << '\n';
    }
    if (at_.possibly(summary_.programme)) {
      out << styled(Style::yellow, at_.say("possibly: not all of it need have happened by then"),
                    colour)
          << '\n';
    }
    auto line = words(summary_.state, view_);
    const auto add = [&](const std::string& text) {
      if (!text.empty()) line += (line.empty() ? "" : "; ") + text;
    };
    add(dateText(summary_.period, view_));
    add(nameOfCode("region", summary_.region));
    if (summary_.office) add(at_.symbolOf(summary_.office));
    for (const auto& one : wrapped(line, width)) out << one << '\n';
    out << '\n';
  }

  /// The label stands in the first line of its group only. Names and states share a column with the
  /// words about them: columns of their own would leave those too little room on a terminal.
  void row(const std::string& label, Cell text) {
    table_.add({Cell{label == last_ ? "" : at_.say(label), Style::dim}, std::move(text)});
    last_ = label;
  }
  void row(const std::string& label, const std::string& id, const std::string& state,
           const std::string& text, Style style = Style::plain) {
    auto out = id;
    if (!state.empty()) out += (out.empty() ? "" : ", ") + state;
    if (!text.empty()) out = out.empty() ? text : labelled(out, text, view_.lang);
    row(label, Cell{std::move(out), style});
  }
  /// What there is none of is said in one line at the end.
  void nothing(const std::string& label) { nothing_.push_back(at_.say(label)); }

  void lines(const std::string& label, const std::vector<SummaryLine>& all) {
    if (all.empty()) return nothing(label);
    std::size_t shown = 0;
    for (const auto& one : all) {
      if (++shown > lines_max) break;
      auto text = textsText(one.title, view_);
      const bool isKnown = one.dateOf.empty() || one.date.edtf != "XXXX";
      if (auto date = dateText(one.date, view_); isKnown && !date.empty()) {
        // "adopted: 2 December 2005" says of itself what the date is of.
        const bool says =
            !one.dateOf.empty() && !one.state.empty() && kebab(one.dateOf).starts_with(one.state);
        if (!one.dateOf.empty() && !says)
          date = fmt::format("{} {}", words(one.dateOf, view_), date);
        text = text.empty() ? date : fmt::format("{}; {}", date, text);
      }
      auto state = words(one.state, view_);
      if (at_.possibly(one.id)) state += " (" + at_.say("possibly") + ")";
      row(label, at_.symbolOf(one.id), state, text);
    }
    more(label, all.size());
  }

  void more(const std::string& label, std::size_t total) {
    if (total <= lines_max) return;
    row(label, at_.session.speech()(msg("and {count} more", arg("count", total - lines_max))));
  }

  void codes(const std::string& label, std::string_view field,
             const std::vector<std::string>& all) {
    if (all.empty()) return nothing(label);
    std::string text;
    for (const auto& code : all) {
      text += (text.empty() ? "" : "; ") + nameOfCode(field, code);
    }
    row(label, text);
  }

  /// Goals are known by their codes; their names fill half a screen.
  void goals() {
    if (summary_.goals.empty()) return nothing("goals");
    row("goals", joined(summary_.goals));
  }

  [[nodiscard]] std::string nameOfCode(std::string_view field, const std::string& code) const {
    return valueText(Node{code}, view_, field);
  }

  [[nodiscard]] Cell overdueCell(Overdue overdue) const {
    switch (overdue) {
      case Overdue::yes:
        return Cell{at_.say("overdue"), Style::red};
      case Overdue::possibly:
        return Cell{at_.say("possibly overdue"), Style::yellow};
      case Overdue::no:
        break;
    }
    return Cell{at_.say("not overdue")};
  }

  void addCycle(const CycleSummary& cycle) {
    row("consultations",
        Cell{at_.session.speech()(
            msg("{consultation}: from {previous} {pending}, and {followUps}",
                arg("consultation", at_.symbolOf(cycle.consultation)),
                arg("previous", at_.symbolOf(cycle.previous)),
                arg("pending", msgs("{count} recommendation waits for a decision",
                                    "{count} recommendations wait for a decision", cycle.pending)),
                arg("followUps", msgs("{count} follow-up is not done",
                                      "{count} follow-ups are not done", cycle.followUps))))});
  }

  void addRequest(const RequestSummary& request) {
    auto due = valueText(Node{request.deadline}, view_);
    if (due.empty()) due = at_.say("no deadline stated");
    if (request.deadline.beforeSession) {
      const auto dates = dateText(request.sessionDates, view_);
      due += " (" + (dates.empty() ? at_.say("its dates are not known") : dates) + ")";
    }
    Cell state = overdueCell(request.overdue);
    if (request.fulfilled) {
      state = Cell{at_.say("fulfilled"), Style::green};
    } else if (request.reported && request.overdue == Overdue::no) {
      state = Cell{at_.say("reported on")};
    }
    row("requests",
        at_.session.speech()(msg("{mandate}, request {number}",
                                 arg("mandate", at_.symbolOf(request.mandate)),
                                 arg("number", request.number))),
        state.text, due + "; " + shortened(textsText(request.text, view_), request_columns_max),
        state.style);
  }

  [[nodiscard]] std::string counted(const std::vector<StateCount>& counts) const {
    std::string out;
    for (const auto& one : counts) {
      if (one.count == 0) continue;
      if (!out.empty()) out += ", ";
      out += std::to_string(one.count) + " " + words(one.state, view_);
    }
    return out;
  }

  void addRecommendations() {
    const auto& all = summary_.recommendations;
    if (all.total == 0) return nothing("recommendations");
    row("recommendations", std::to_string(all.total), "",
        counted(all.acceptance) + "; " + counted(all.implementation));
  }

  [[nodiscard]] std::string amounts(const std::vector<RowMoney>& all) const {
    std::string out;
    for (const auto& one : all) out += (out.empty() ? "" : " + ") + moneyText(one, view_.lang);
    return out;
  }

  /// Unknown is said; it is never shown as nothing.
  [[nodiscard]] std::string sum(const AmountSummary& of) const {
    if (of.count == 0) return at_.say("none recorded");
    if (of.known.empty()) return at_.say("unknown");
    auto out = amounts(of.known);
    if (!of.total.currency.empty()) out += " = " + moneyText(of.total, view_.lang);
    if (of.tooLarge) out += at_.say(", more together than the register can keep");
    if (of.unknown != 0) {
      out += at_.session.speech()(msg(", and {count} of unknown amount", arg("count", of.unknown)));
    }
    return out;
  }

  void addFunds() {
    const auto& funds = summary_.funds;
    const auto one = [&](std::string_view name, const AmountSummary& of) {
      row("funds", at_.say(name), "", sum(of));
    };
    one("required", funds.required);
    if (funds.pledged.count + funds.confirmed.count + funds.received.count == 0) {
      row("funds", at_.say("pledged, confirmed, received"), "", at_.say("none recorded"));
    } else {
      one("pledged", funds.pledged);
      one("confirmed", funds.confirmed);
      one("received", funds.received);
    }
    if (funds.allocated.count != 0) one("allocated", funds.allocated);
    if (funds.disbursed.count != 0) one("paid out", funds.disbursed);
    row("funds", at_.say("gap"), "", funds.gapUnknown ? at_.say("unknown") : amounts(funds.gap),
        Style::bold);
    addRates(funds);
  }

  /// What the totals were reckoned at, or what they wait for.
  void addRates(const FundsSummary& funds) {
    for (const auto& rate : funds.rates) {
      auto text = fmt::format("1 {} = {} {} ({}, {}", rate.base, valueText(Node{rate.rate}, view_),
                              rate.quote, at_.symbolOf(rate.id), dateText(rate.since, view_));
      if (!rate.quotedBy.empty()) text += ", " + forTerminal(rate.quotedBy);
      row("funds", at_.say("rate"), "", text + ")");
    }
    for (const auto& currency : funds.rateless) {
      row("funds", at_.say("no total"), "",
          at_.session.speech()(msg("no rate between {currency} and {total} holds on that day; "
                                   "\"consulta rate quote --base {currency} --quote {total} --rate "
                                   "RATE\" enters one",
                                   arg("currency", currency), arg("total", funds.currency))),
          Style::yellow);
    }
    std::set<std::string> currencies;
    for (const auto* of : {&funds.required, &funds.confirmed}) {
      for (const auto& one : of->known) currencies.insert(one.currency);
    }
    if (funds.currency.empty() && funds.gapUnknown && currencies.size() > 1) {
      row("funds", at_.say("no total"), "",
          at_.session.speech()(msg("the register names no currency of totals; \"consulta correct "
                                   "{position} --currency CODE --reason TEXT\" gives one",
                                   arg("position", at_.currency().named.value))),
          Style::yellow);
    }
  }

  [[nodiscard]] std::string dueWords(const OverdueLine& line) const {
    auto out = words(described(line.kind), view_);
    if (!line.number.empty()) out += " " + line.number;
    if (line.of) out += ", " + at_.symbolOf(line.of);
    const auto due = valueText(Node{line.due}, view_);
    return due.empty() ? out : labelled(out, due, view_.lang);
  }

  /// The kinds as the described enum names them.
  static std::string described(DueKind kind) { return boost::describe::enum_to_string(kind, ""); }

  void addOverdue() {
    if (summary_.overdue.empty()) {
      row("overdue", Cell{at_.say("nothing"), Style::green});
      return;
    }
    std::size_t shown = 0;
    for (const auto& line : summary_.overdue) {
      if (++shown > lines_max) break;
      const auto state = overdueCell(line.overdue);
      if (line.kind == DueKind::meeting) {
        row("overdue",
            Cell{at_.session.speech()(msg("{meeting} was planned for {date}; whether it was held "
                                          "is not entered",
                                          arg("meeting", at_.symbolOf(line.id)),
                                          arg("date", valueText(Node{line.due}, view_)))),
                 state.style});
        continue;
      }
      row("overdue", at_.symbolOf(line.id), state.text, dueWords(line), state.style);
    }
    more("overdue", summary_.overdue.size());
  }

  const Looking& at_;
  const ProgrammeSummary& summary_;
  ValueView view_;
  Table table_{{{"", false, false}, {"", true, false}}};
  std::string last_;
  std::vector<std::string> nothing_;  // labels of what there is none of
};

/// Beside the summary, those of its entities of which not all need have happened by then.
void printJson(const Looking& at, const ProgrammeSummary& summary) {
  std::set<EntityId> named;
  auto view = at.json();
  view.nameOf = [&](EntityId id) {
    named.insert(id);
    return at.state.nameOf(id);
  };
  auto out = nodeJson(summaryNode(summary), view);
  boost::json::array possibly;
  for (const auto id : named) {
    if (at.possibly(id)) possibly.emplace_back(at.state.nameOf(id));
  }
  if (!possibly.empty()) out.as_object()["possibly"] = std::move(possibly);
  at.session.out() << boost::json::serialize(out) << '\n';
}

int runStatus(Session& session, const Arguments& arguments) {
  return look(session, [&](const Looking& at) {
    std::optional<EntityId> programme;
    if (const auto written = arguments.get("PROGRAMME")) {
      const auto id = at.find(*written, {"programme"});
      if (!id) return session.fail(id.failures());
      programme = *id;
    }
    const auto summary = summarize(at.state, programme, at.nowNs(), at.currency().code);
    if (session.options.json) {
      printJson(at, summary);
      return 0;
    }
    StatusPrinter(at, summary).print();
    return 0;
  });
}

}  // namespace

Command statusCommand() {
  Command out;
  out.name = "status";
  out.help = "Show a programme at a glance, or the whole register";
  out.example = "status PROG-LAC --as-of 2006-12-31";
  out.about =
      "Overdue is no, possibly or yes: a deadline before a session follows what is known of its "
      "dates. What nobody has stated is unknown, never nothing. Funds are summed by currency, and "
      "in the currency of totals that the register names at the latest rate quoted by that day; "
      "the gap is what is required less what is confirmed.";
  out.places = {Parameter{.name = "PROGRAMME",
                          .help = "a programme; without it the whole register",
                          .refs = {"programme"}}};
  out.run = runStatus;
  return out;
}

}  // namespace consulta
