// consulta log: the records as they were entered, in the order of their positions.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <functional>
#include <limits>
#include <ostream>

#include "cli/event_node.h"
#include "cli/follow.h"
#include "cli/looking_commands.h"
#include "cli/story.h"
#include "cli/table.h"
#include "events/entry.h"
#include "events/values/edtf.h"
#include "events/values/utf8.h"
#include "projections/record_filter.h"

namespace consulta {

namespace {

constexpr std::int64_t numbers_max = std::numeric_limits<std::int64_t>::max();

struct Range {
  Position from{1};
  Position to;
  RecordFilter filter;
};

Result<Range> readRange(const Looking& at, const Arguments& arguments) {
  Range out;
  out.to = at.last;
  Failures failures;
  const auto keep = [&](const auto& result) {
    if (result) return true;
    failures.insert(failures.end(), result.failures().begin(), result.failures().end());
    return false;
  };
  const auto position = [&](const char* name, Position& to) {
    const auto text = arguments.get(name);
    if (!text) return;
    const auto number = readNumber(name, *text, 1, numbers_max);
    if (keep(number)) to = Position(static_cast<std::uint64_t>(*number));
  };
  position("from", out.from);
  position("to", out.to);
  if (const auto text = arguments.get("filter")) {
    if (auto filter = RecordFilter::read(at.state, *text); keep(filter)) out.filter = *filter;
  }
  if (!failures.empty()) return failures;
  out.to = std::min(out.to, at.last);
  if (at.past != nullptr && at.past->moment().known) {
    out.to = std::min(out.to, *at.past->moment().known);
  }
  return out;
}

/// A reader's log of the past leaves out what had not occurred by then.
bool hadOccurred(const Looking& at, const Record& record) {
  return at.past == nullptr || record.get().getOrderNs() <= at.past->moment().asOfNs;
}

/// Whether it counts at the moment that was asked for, and may have happened only later.
bool possibly(const Looking& at, const Record& record) {
  if (at.past == nullptr || at.past->moment().asOfNs == Timeline::the_end) return false;
  const auto bounds = dateBounds(record.get().getOccurred().getEdtf().cStr());
  return bounds && bounds->latestNs > at.past->moment().asOfNs;
}

/// Rows of one table at most, so that a long log is printed as it is read.
constexpr std::size_t table_rows_max = 1'000;

class Printer {
 public:
  /// `goesOn`: what is printed follows a table that has its head already.
  Printer(const Looking& at, bool goesOn) : at_(at), goesOn_(goesOn) {}

  void add(const Record& record) {
    const auto root = record.get();
    const auto* act = actOf(at_.state.catalogue(), root.getEvent());
    RowDate occurred;
    take(occurred, root.getOccurred());
    auto date = dateText(occurred, at_.view());
    if (possibly(at_, record)) date += " (" + at_.say("possibly") + ")";
    const auto sources = sourcesLine(at_, root);
    sourced_ = sourced_ || !sources.empty();
    rows_.push_back({std::to_string(record.position().value),
                     instantText(root.getRecordedAtNs()).substr(0, 16), date,
                     Cell{at_.symbolOf(record.entity()), Style::bold},
                     act == nullptr ? "unknown" : act->type, saysLine(at_, record),
                     Cell{actorLine(at_, root), Style::dim}, Cell{sources, Style::dim}});
    if (rows_.size() == table_rows_max) print();
  }

  /// Nothing waits to be printed.
  [[nodiscard]] bool empty() const { return rows_.empty(); }

  void print() {
    if (goesOn_) return printLines();
    std::vector<Table::Column> columns{
        {at_.say("entry"), false, true},     {at_.say("entered (UTC)"), false, false},
        {at_.say("occurred"), false, false}, {at_.say("entity"), false, false},
        {at_.say("type"), false, false},     {at_.say("says"), true, false},
        {at_.say("by"), false, false}};
    if (sourced_) columns.push_back({at_.say("source"), false, false});
    Table table(std::move(columns));
    for (auto& row : rows_) {
      if (!sourced_) row.pop_back();
      table.add(std::move(row));
    }
    if (!rows_.empty()) table.print(at_.session.out(), at_.session.terminal);
    rows_.clear();
    sourced_ = false;
  }

 private:
  void printLines() {
    for (const auto& row : rows_) {
      for (const auto& cell : row) {
        if (cell.text.empty()) continue;
        at_.session.out() << (&cell == &row.front() ? "" : "  ") << forTerminal(cell.text);
      }
      at_.session.out() << '\n';
    }
    rows_.clear();
  }

  const Looking& at_;
  const bool goesOn_;
  std::vector<std::vector<Cell>> rows_;
  bool sourced_ = false;  // one of them says what it rests on
};

/// Prints what is there, and says with which position to go on. `reached` is told how far it is.
int printed(const Looking& at, const Range& range, bool goesOn, Position& next,
            const std::function<void(Position)>& reached) {
  auto& session = at.session;
  Printer printer(at, goesOn);
  const auto view = at.json();
  auto told = range.from;
  next = std::max(range.from, Position(range.to.value + 1));
  if (range.to < range.from) return 0;
  const auto read = at.reg.log(range.from, range.to, [&](const RecordPtr& record) {
    if (reached && printer.empty() && record->position().value - told.value >= table_rows_max) {
      told = record->position();
      reached(told);
    }
    if (!hadOccurred(at, *record) || !range.filter.matches(at.state, *record)) return true;
    if (session.options.json) {
      auto entry = entryJson(at.state.catalogue(), record->get(), view);
      if (possibly(at, *record)) entry["possibly"] = true;
      session.out() << boost::json::serialize(entry) << '\n';
    } else {
      printer.add(*record);
    }
    return session.out().good();
  });
  printer.print();
  if (!read) return session.fail(read.failures());
  if (reached && session.out()) reached(next);
  return 0;
}

int runLog(Session& session, const Arguments& arguments) {
  const bool follows = arguments.has("follow");
  if (follows) {
    if (auto fits = checkFollow(session, arguments); !fits) return session.fail(fits.failures());
  }
  const auto reached = follows ? session.onReached : std::function<void(Position)>();
  Position next = session.goOn.value_or(Position());
  const bool goesOn = follows && next;
  const auto more = [&](const Looking& at) {
    auto range = readRange(at, arguments);
    if (!range) return session.fail(range.failures());
    range->from = next;
    return printed(at, *range, true, next, reached);
  };
  if (goesOn) return follow(session, next, more);
  if (reached) reached(Position());
  const int code = look(session, [&](const Looking& at) {
    const auto range = readRange(at, arguments);
    if (!range) return session.fail(range.failures());
    at.head();
    return printed(at, *range, false, next, reached);
  });
  if (code != 0 || !follows) return code;
  return follow(session, next, more);
}

}  // namespace

Command logCommand() {
  Command out;
  out.name = "log";
  out.help = "Print the entries as they were entered";
  out.example = "log --from 1000 --filter \"aggregate=mou, programme=PROG-LAC\"";
  out.about =
      "With --json each line is one entry in the form that \"consulta import\" reads. A filter is "
      "one or more conditions joined by commas: aggregate=meeting, type=mou.signed, entity=ID, "
      "programme=ID; values joined by | mean any of them.";
  out.options = {
      Parameter{.name = "from", .value = "N", .help = "from this position on"},
      Parameter{.name = "to", .value = "N", .help = "up to this position"},
      Parameter{.name = "follow", .help = "go on with what others enter, as it comes"},
      Parameter{.name = "filter", .value = "EXPR", .help = "only entries for which it holds"},
  };
  out.run = runLog;
  return out;
}

}  // namespace consulta
