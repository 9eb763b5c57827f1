// consulta changes: what has become of the rows since a position, for a copy of them elsewhere.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <limits>
#include <ostream>

#include "cli/follow.h"
#include "cli/looking_commands.h"
#include "cli/node_json.h"
#include "engine/server/feed.h"
#include "events/values/utf8.h"
#include "projections/changed_rows.h"
#include "projections/record_filter.h"

namespace consulta {

namespace {

namespace json = boost::json;

constexpr std::int64_t numbers_max = std::numeric_limits<std::int64_t>::max();

struct Wanted {
  Position from;  // as of when the reader's copy is right
  Position to;    // up to here it is to be made so
  RecordFilter filter;
  bool publishable = false;
};

/// "EPOCH:POSITION" as lines say it, or a position of this epoch.
Result<Position> readCursor(const Register& reg, std::string_view text) {
  auto place = readPlace(text);
  if (const auto position = wholeNumber(text)) place = FeedPlace{reg.epoch(), Position(*position)};
  if (!place) {
    return usage("changes.from",
                 msg("--from is the \"cursor\" of the last line that was applied, as in 1:4711, or "
                     "a position, not \"{text}\"; leave it out to be told everything",
                     arg("text", excerpt(text))));
  }
  if (place->epoch != reg.epoch()) {
    return conflict(
        "cursor.epoch",
        msg("{cursor} is of epoch {other}, and the register has gone on from an older "
            "state in epoch {epoch}: the entries since then are others. Give up the "
            "copy, and begin anew without --from",
            arg("cursor", excerpt(text)), arg("other", place->epoch), arg("epoch", reg.epoch())));
  }
  return place->position;
}

Result<Wanted> readWanted(const Looking& at, const Arguments& arguments) {
  Wanted out;
  out.to = at.last;
  out.publishable = arguments.has("publishable");
  Failures failures;
  const auto keep = [&](const auto& result) {
    if (result) return true;
    failures.insert(failures.end(), result.failures().begin(), result.failures().end());
    return false;
  };
  if (const auto text = arguments.get("from")) {
    if (const auto from = readCursor(at.reg, *text); keep(from)) out.from = *from;
  }
  if (const auto text = arguments.get("to")) {
    const auto to = readNumber("to", *text, 1, numbers_max);
    if (keep(to)) out.to = std::min(out.to, Position(static_cast<std::uint64_t>(*to)));
  }
  if (at.past != nullptr) out.to = std::min(out.to, at.past->moment().known.value_or(out.to));
  if (const auto text = arguments.get("filter")) {
    if (auto filter = RecordFilter::read(at.state, *text); keep(filter)) out.filter = *filter;
    if (!out.filter.isOfEntities()) {
      failures.push_back(
          usage("changes.filter", msg("changes are filtered by aggregate and entity: what else an "
                                      "entity is can change, and then a copy would keep what is no "
                                      "longer wanted. Filter the copy by the rest")));
    }
  }
  if (failures.empty() && out.from > out.to) {
    failures.push_back(usage(
        "cursor.ahead", msg("there is nothing behind {from}: the register ends at {last}, or was "
                            "asked about an earlier moment. Is the copy one of this register?",
                            arg("from", out.from.value), arg("last", out.to.value))));
  }
  if (!failures.empty()) return failures;
  return out;
}

/// Of one run, however often it looks.
class Printer {
 public:
  Printer(Session& session, const Register& reg)
      : out_(session.out()),
        epoch_(reg.epoch()),
        replayedTo_(reg.published()),
        fields_(session.catalogue()) {}

  void begin(const Register& reg, const Wanted& wanted) {
    json::object line{{"op", "begin"},
                      {"cursor", cursor(wanted.from)},
                      {"register", toText(reg.id())},
                      {"epoch", epoch_}};
    if (wanted.publishable) line["publishable"] = true;
    print(line);
  }

  /// Returns whether anybody reads on.
  bool print(const State& state, const Wanted& wanted, const RowChange& change) {
    if (wanted.publishable && !fields_.publishable(change.aggregate)) return good();
    if (!wanted.filter.matches(change.entity, change.aggregate)) return good();
    JsonView view;
    view.nameOf = [&](EntityId id) { return state.nameOf(id); };
    view.reveal = [](Position, std::string_view) -> std::optional<std::string> { return {}; };
    const auto& catalogue = state.catalogue();
    json::object line{{"op", change.row ? "upsert" : "withdraw"},
                      {"cursor", cursor(change.done)},
                      {"aggregate", catalogue.aggregate(change.aggregate).name},
                      {"entity", change.entity.value},
                      {"revision", change.revision},
                      {"position", change.position.value}};
    if (!wanted.publishable) line["recordedAt"] = instantText(change.recordedAtNs);
    line["replayed"] = change.position <= replayedTo_;
    if (change.row) {
      line["row"] = wanted.publishable ? publicRowJson(state, fields_, *change.row, view)
                                       : rowJson(catalogue, *change.row, view);
    }
    print(line);
    return good();
  }

  void caughtUp(Position at) { print(json::object{{"op", "caughtUp"}, {"cursor", cursor(at)}}); }

  [[nodiscard]] bool good() const { return out_.good(); }

 private:
  void print(const json::object& line) { out_ << json::serialize(line) << '\n'; }
  [[nodiscard]] std::string cursor(Position at) const {
    return std::to_string(epoch_) + ":" + std::to_string(at.value);
  }

  std::ostream& out_;
  const std::uint64_t epoch_;
  const Position replayedTo_;
  const RowFields fields_;
};

/// Tells what has changed, as of `wanted.to`.
int tell(const Looking& at, const State& state, const Wanted& wanted, Printer& printer) {
  ChangedRows changes(state, wanted.from, [&](const RowChange& change) {
    return printer.print(state, wanted, change);
  });
  const auto read = at.reg.log(Position(wanted.from.value + 1), wanted.to,
                               [&](const RecordPtr& record) { return changes.add(*record); });
  if (!read) return at.session.fail(read.failures());
  if (printer.good() && changes.finish()) printer.caughtUp(wanted.to);
  return 0;
}

int tell(const Looking& at, const Wanted& wanted, Printer& printer) {
  if (wanted.from == wanted.to) {
    printer.caughtUp(wanted.to);
    return 0;
  }
  if (wanted.to == at.last) return tell(at, at.state, wanted, printer);
  const PastState then(at.state, Moment{.known = wanted.to});
  return tell(at, then, wanted, printer);
}

int runChanges(Session& session, const Arguments& arguments) {
  const bool follows = arguments.has("follow");
  if (follows) {
    if (auto fits = checkFollow(session, arguments); !fits) return session.fail(fits.failures());
  }
  if (session.options.asOf) {
    return session.fail(usage("changes.as-of", msg("changes are told by when they were entered, "
                                                   "not by when they occurred; leave out --as-of, "
                                                   "or write --known-at")));
  }
  const auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  Printer printer(session, **reg);
  Position next;
  const int code = look(session, [&](const Looking& at) {
    const auto wanted = readWanted(at, arguments);
    if (!wanted) return session.fail(wanted.failures());
    next = Position(wanted->to.value + 1);
    printer.begin(**reg, *wanted);
    return tell(at, *wanted, printer);
  });
  if (code != 0 || !follows) return code;
  return follow(session, next, [&](const Looking& at) {
    auto wanted = readWanted(at, arguments);
    if (!wanted) return session.fail(wanted.failures());
    wanted->from = Position(next.value - 1);
    next = Position(wanted->to.value + 1);
    return tell(at, *wanted, printer);
  });
}

}  // namespace

Command changesCommand() {
  Command out;
  out.name = "changes";
  out.help = "Print what has become of the entities since a position, for a copy of them elsewhere";
  out.example = "changes --from 1:4711 --filter \"aggregate=meeting|mou\"";
  out.about =
      "Each line is JSON. \"upsert\" has the whole row of an entity as it is now, \"withdraw\" "
      "says that it is there no more; of each entity there is one at most, in the order of their "
      "newest entries, whatever happened to it in between. A copy that was right at a position and "
      "applies them is right at the end; each line has the \"cursor\" to go on from, once it was "
      "applied. "
      "Personal values are not told: no erasure would reach the copy.";
  out.options = {
      Parameter{.name = "from",
                .value = "CURSOR",
                .help =
                    "what has changed since this position, which is applied already; without it "
                    "everything there is"},
      Parameter{.name = "to", .value = "N", .help = "as it was known at this position"},
      Parameter{.name = "follow", .help = "go on with what others enter, as it comes"},
      Parameter{
          .name = "filter", .value = "EXPR", .help = "only of these: aggregate=meeting, entity=ID"},
      Parameter{.name = "publishable",
                .help = "only what is declared publishable, for a public feed"},
  };
  out.run = runChanges;
  return out;
}

}  // namespace consulta
