#include "cli/each.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <ostream>
#include <set>

#include "cli/act_entry.h"
#include "cli/each_rows.h"
#include "cli/entering.h"
#include "cli/field_option.h"
#include "cli/looking.h"
#include "cli/questions.h"
#include "cli/table.h"
#include "engine/rules/decide.h"
#include "events/values/utf8.h"
#include "projections/rows.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// What is shown of one cell at most; the whole of it is entered.
constexpr std::size_t cell_columns_max = 48;

/// The lines of rows in their order, those that follow one another as one: "2-21, 30".
std::string runsOf(const std::vector<const EachRow*>& rows) {
  std::string out;
  for (auto from = rows.begin(); from != rows.end();) {
    auto last = from;
    while (last + 1 != rows.end() && (*(last + 1))->line == (*last)->line + 1) ++last;
    out += (out.empty() ? "" : ", ") + std::to_string((*from)->line);
    if (last != from) out += "-" + std::to_string((*last)->line);
    from = last + 1;
  }
  return out;
}

class Each {
 public:
  Each(Session& session, const AggregateInfo& aggregate, const EventInfo& act,
       const Arguments& arguments)
      : session_(session), aggregate_(aggregate), act_(act), arguments_(arguments) {}

  int run() {
    auto reg = session_.reg();
    if (!reg) return session_.fail(reg.failures());
    Failures wrong;
    base_ = entryOfOptions(session_, act_, arguments_, wrong);
    if (!wrong.empty()) return session_.fail(wrong);
    if (auto known = takeEntity(**reg); !known) return session_.fail(known.failures());
    auto made = eachRows(session_, **reg, aggregate_, act_, arguments_, base_);
    if (!made) return session_.fail(made.failures());
    made_ = std::move(made).value();
    expectOnce();
    if (!made_.datesDiffer) {
      takeOccurred(session_, base_, wrong);
      if (!wrong.empty()) return session_.fail(wrong);
      for (auto& row : rows()) row.entry["occurred"] = base_["occurred"];
    }
    readEach();
    if (session_.options.yes && !session_.options.dryRun && !isRefused()) {
      previewAsTalk();
      return enter();
    }
    const auto receipt = examine(**reg);
    if (isRefused()) {
      previewAsTalk();
      return sayRefused();
    }
    return session_.options.dryRun ? answerDryRun(**reg, *receipt) : confirmAndEnter();
  }

 private:
  [[nodiscard]] std::vector<EachRow>& rows() { return made_.rows; }

  [[nodiscard]] bool isRefused() {
    return !whole_.empty() ||
           std::ranges::any_of(rows(), [](const auto& row) { return !row.inTheWay.empty(); });
  }

  /// The entity that all entries are about. One that is not there is said once, not for each.
  Status takeEntity(Register& reg) {
    if (!arguments_.has("ID")) return Done{};
    if (act_.opens) {
      return usage("each.id",
                   msg("--each opens a new {aggregate} for each row, so no one ID can be given; "
                       "leave it out, or give a column called id",
                       arg("aggregate", aggregate_.name)));
    }
    Status known = Done{};
    composeFrom(session_, reg, [&](const Looking& at) {
      if (auto id = at.find(arguments_.at("ID"), {aggregate_.name})) {
        base_["entity"] = at.state.nameOf(*id);
      } else {
        known = std::move(id).failures();
      }
    });
    return known;
  }

  /// What an entity is expected to be at is said by its first row: the ones behind it find what
  /// that one has entered.
  void expectOnce() {
    std::set<std::string> seen;
    for (auto& row : rows()) {
      const auto* entity = row.entry.if_contains("entity");
      if (entity == nullptr) continue;
      if (!seen.insert(foldSymbol(std::string(entity->as_string()))).second) {
        row.entry.erase("expect");
      }
    }
  }

  /// The form of each entry alone.
  void readEach() {
    for (auto& row : rows()) {
      if (!row.inTheWay.empty()) continue;
      const auto read = readEntries(session_, {row.entry});
      if (!read) row.inTheWay = read.failures();
    }
  }

  /// All that can be read, one after the other as they would be entered; what the answer would be.
  std::optional<Receipt> examine(Register& reg) {
    std::vector<std::size_t> sound;
    for (std::size_t i = 0; i < rows().size(); ++i) {
      if (rows()[i].inTheWay.empty()) sound.push_back(i);
    }
    if (sound.empty()) return std::nullopt;
    auto answer = sendEntries(session_, reg, entriesOf(sound), true, dated());
    if (answer) return std::move(answer).value();
    blame(std::move(answer).failures(), sound);
    return std::nullopt;
  }

  [[nodiscard]] Dated dated() const {
    return made_.datesDiffer ? Dated::byEntries : Dated::byOptions;
  }

  [[nodiscard]] std::vector<json::object> entriesOf(const std::vector<std::size_t>& places) {
    std::vector<json::object> out;
    out.reserve(places.size());
    for (const auto i : places) out.push_back(rows()[i].entry);
    return out;
  }

  [[nodiscard]] std::vector<std::size_t> all() {
    std::vector<std::size_t> out(rows().size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = i;
    return out;
  }

  /// Gives each failure to the row it is about; what is about none of them stands by itself.
  void blame(Failures failures, const std::vector<std::size_t>& places) {
    for (auto& one : failures) {
      auto number = takeEntryNumber(one.text);
      if (!number && places.size() == 1) number = 1;
      if (number && *number <= places.size()) {
        rows()[places[*number - 1]].inTheWay.push_back(std::move(one));
      } else {
        whole_.push_back(std::move(one));
      }
    }
  }

  /// The register is asked for anew: it was closed if a question waited.
  int enter() {
    auto reg = session_.reg();
    if (!reg) return session_.fail(reg.failures());
    auto receipt = sendEntries(session_, **reg, entriesOf(all()), false, dated());
    if (receipt) {
      printReceipt(session_, **reg, *receipt);
      return 0;
    }
    blame(std::move(receipt).failures(), all());
    return sayRefused();
  }

  int sayRefused() {
    const auto code = session_.fail(allFailures());
    if (session_.options.json || !whole_.empty()) return code;
    const auto refused =
        std::ranges::count_if(rows(), [](const auto& row) { return !row.inTheWay.empty(); });
    session_.say(
        msgs("nothing was entered: {count} of {all} is refused. Mend it and enter all of it again",
             "nothing was entered: {count} of {all} are refused. Mend them and enter all of it "
             "again",
             refused, arg("all", rows().size())));
    return code;
  }

  /// Every failure, with its row in front; what is the same in all rows once.
  [[nodiscard]] Failures allFailures() {
    Failures out = whole_;
    const auto everywhere = inAllRows();
    for (const auto& one : everywhere) {
      out.push_back({one.fault, one.rule,
                     msg("all {count}: {why}", arg("count", rows().size()), arg("why", one.text))});
    }
    // What is the same in some of them once, where it comes first.
    std::vector<std::pair<Failure, std::vector<const EachRow*>>> some;
    for (const auto& row : rows()) {
      for (const auto& one : row.inTheWay) {
        if (std::ranges::find(everywhere, one) != everywhere.end()) continue;
        auto same = std::ranges::find(some, one, &decltype(some)::value_type::first);
        if (same == some.end()) same = some.insert(same, {one, {}});
        if (same->second.empty() || same->second.back() != &row) same->second.push_back(&row);
      }
    }
    for (auto& [one, where] : some) {
      one.text = ofRows(where, one.text);
      out.push_back(std::move(one));
    }
    return out;
  }

  /// "line 3: ...", "lines 2-21, 30: ...", "UY, AR: ...".
  [[nodiscard]] static Message ofRows(const std::vector<const EachRow*>& where,
                                      const Message& why) {
    const auto& first = *where.front();
    if (first.line == 0) {
      return msg("{entity}: {why}", arg("entity", joined(where, &EachRow::label)), arg("why", why));
    }
    if (where.size() == 1) {
      return msg("line {number}: {why}", arg("number", first.line), arg("why", why));
    }
    return msg("lines {numbers}: {why}", arg("numbers", runsOf(where)), arg("why", why));
  }

  [[nodiscard]] Failures inAllRows() {
    if (rows().size() < 2) return {};
    auto out = rows().front().inTheWay;
    for (const auto& row : rows()) {
      std::erase_if(out, [&](const Failure& one) {
        return std::ranges::find(row.inTheWay, one) == row.inTheWay.end();
      });
    }
    return out;
  }

  int answerDryRun(Register& reg, const Receipt& receipt) {
    if (session_.options.json) {
      printReceipt(session_, reg, receipt);
      return 0;
    }
    preview(session_.out());
    session_.say(msg("all of it could be entered; nothing was"));
    return 0;
  }

  int confirmAndEnter() {
    if (!session_.mayAsk()) {
      if (!session_.options.json) preview(session_.out());
      return session_.fail(usage(
          "each.confirm", msgs("nothing was entered: there is nobody to confirm it. Add --yes "
                               "to enter it, or --dry-run only to look",
                               "nothing was entered: there is nobody to confirm it. Add --yes "
                               "to enter all {count}, or --dry-run only to look",
                               rows().size())));
    }
    preview(session_.err());
    Questions questions(session_);
    if (!questions.agreed(msgs("enter it? [y/n]", "enter all {count}? [y/n]", rows().size()),
                          msgs("y enters it, n enters nothing", "y enters them, n enters nothing",
                               rows().size()))) {
      return questions.cancelled();
    }
    return enter();
  }

  /// While it is talk; where it is the answer it is printed as such.
  void previewAsTalk() {
    if (!session_.options.quiet && !session_.options.json) preview(session_.err());
  }

  // --- what is shown ---

  /// What is the same in all of them, in one line.
  [[nodiscard]] std::string common() {
    auto out = aggregate_.name + " " + act_.verb;
    if (const auto* entity = base_.if_contains("entity")) out += " " + shownValue(*entity);
    if (const auto* on = base_.if_contains("occurred")) out += ", on " + shownValue(*on);
    for (const auto& [name, value] : base_.at("data").as_object()) {
      out += ", " + labelled(kebab(name), shownValue(value), session_.lang());
    }
    for (const auto* name : {"note", "sources", "grounds"}) {
      if (const auto* value = base_.if_contains(name)) {
        out += ", " + labelled(name, shownValue(*value), session_.lang());
      }
    }
    return out;
  }

  void preview(std::ostream& out) {
    const auto& speech = session_.speech();
    const bool lines = rows().front().line != 0;
    const bool refused = isRefused();
    std::vector<Table::Column> columns;
    if (refused) columns.push_back({"", false, false});
    if (lines) columns.push_back({speech("line"), false, true});
    if (made_.idsDiffer) columns.push_back({"id", false, false});
    for (const auto& heading : made_.headings) columns.push_back({heading, true, false});
    Table table(std::move(columns));
    for (const auto& row : rows()) {
      std::vector<Cell> cells;
      const bool bad = !row.inTheWay.empty();
      if (refused) cells.emplace_back(bad ? speech("refused") : "", Style::red);
      if (lines) cells.emplace_back(std::to_string(row.line));
      if (made_.idsDiffer) cells.emplace_back(row.id);
      for (const auto& cell : row.cells) cells.emplace_back(shortened(cell, cell_columns_max));
      table.add(std::move(cells));
    }
    out << speech(msgs("{what}: {count} entry", "{what}: {count} entries", rows().size(),
                       arg("what", forTerminal(common()))))
        << '\n';
    table.print(out, session_.terminal, 2);
  }

  Session& session_;
  const AggregateInfo& aggregate_;
  const EventInfo& act_;
  const Arguments& arguments_;
  json::object base_;
  EachRows made_;
  Failures whole_;  // about all of them
};

}  // namespace

int enterEach(Session& session, const AggregateInfo& aggregate, const EventInfo& act,
              const Arguments& arguments) {
  return Each(session, aggregate, act, arguments).run();
}

}  // namespace consulta
