// consulta today: what was entered, by entity.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cstdint>
#include <limits>
#include <map>
#include <ostream>
#include <set>

#include "cli/event_node.h"
#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "cli/story.h"
#include "cli/table.h"
#include "events/entry.h"
#include "events/values/calendar.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

namespace json = boost::json;

/// What is looked for among the entries.
struct WantedEntries {
  Position from{1};
  Position to;
  std::optional<EntityId> office;
  std::optional<std::string> by;
};

/// The positions of an entity's entries. Records are read again when they are printed, so that a
/// day of many entries takes little memory.
struct EntityEntries {
  EntityId id;
  std::vector<Position> entries;
};

/// WHO, by name in whatever case or by id, among those who entered something.
class Enterers {
 public:
  Enterers(const Looking& at, std::optional<std::string> who) : at_(at), who_(std::move(who)) {
    if (who_) sought_ = foldLatin(trimmed(*who_));
  }

  bool wants(const Record& record) {
    if (!who_) return true;
    const auto root = record.get();
    ActorId actor;  // none: the register itself
    if (root.getCause() == 0) {
      actor.high = root.getActorHigh();
      actor.low = root.getActorLow();
    }
    const auto [known, isNew] = known_.try_emplace(actor);
    if (isNew) {
      const auto name = actor ? at_.actor(actor) : at_.say("the register");
      names_.push_back(name);
      known->second = isIt(actor, name);
    }
    return known->second;
  }

  /// That WHO is somebody: one of those seen, or of those whom the register knows.
  [[nodiscard]] Status check() const {
    if (!who_ || std::ranges::any_of(known_, [](const auto& one) { return one.second; })) {
      return Done{};
    }
    auto names = names_;
    for (const auto id : at_.knownActors()) {
      names.push_back(at_.actor(id));
      if (isIt(id, names.back())) return Done{};
    }
    const auto all = joined(std::set<std::string>(names.begin(), names.end()));
    const auto near = nearest(*who_, names);
    return usage("today.by",
                 near ? msg("nobody called \"{written}\" enters here. Did you mean {near}?",
                            arg("written", excerpt(*who_)), arg("near", *near))
                      : msg("nobody called \"{written}\" enters here; those who do: {all}",
                            arg("written", excerpt(*who_)), arg("all", all)));
  }

 private:
  [[nodiscard]] bool isIt(ActorId actor, const std::string& name) const {
    return foldLatin(name) == sought_ || (actor && toText(actor) == sought_);
  }

  const Looking& at_;
  const std::optional<std::string> who_;
  std::string sought_;
  std::map<ActorId, bool> known_;
  std::vector<std::string> names_;
};

Result<WantedEntries> readWanted(const Looking& at, const Arguments& arguments) {
  auto& session = at.session;
  WantedEntries out;
  Failures failures;
  const auto keep = [&](const auto& result) {
    if (result) return true;
    std::ranges::copy(result.failures(), std::back_inserter(failures));
    return false;
  };
  auto begins = session.dayStart(session.today());
  if (const auto since = arguments.get("since")) {
    const auto date = session.readMomentDate("--since", *since);
    if (keep(date)) begins = session.dayStart(dayAt(date->value.bounds().earliestNs));
  }
  out.from = Position(at.reg.knownAt(begins - 1).value + 1);
  out.to = at.last;
  if (at.past != nullptr && at.past->moment().known) {
    out.to = std::min(out.to, *at.past->moment().known);
  }
  if (const auto office = arguments.get("office")) {
    if (const auto id = at.find(*office, {"office"}); keep(id)) out.office = *id;
  }
  out.by = arguments.get("by");
  if (!failures.empty()) return failures;
  return out;
}

/// Whether the entity is the office's business: it is the office, or names it.
bool concerns(const Looking& at, EntityId entity, EntityId office) {
  if (entity == office) return true;
  const auto row = at.state.row(entity);
  bool named = false;
  if (row) row->forEachRef([&](EntityId id) { named = named || id == office; });
  return named;
}

/// Entities in the order in which the first of their entries came.
Result<std::vector<EntityEntries>> entriesOf(const Looking& at, const WantedEntries& wanted) {
  std::vector<EntityEntries> out;
  Enterers enterers(at, wanted.by);
  std::map<EntityId, std::optional<std::size_t>> places;  // nothing: not the office's
  const auto visit = [&](const RecordPtr& record) {
    if (at.past != nullptr && record->get().getOrderNs() > at.past->moment().asOfNs) return true;
    if (!enterers.wants(*record)) return true;
    const auto [place, isNew] = places.try_emplace(record->entity());
    if (isNew && (!wanted.office || concerns(at, record->entity(), *wanted.office))) {
      place->second = out.size();
      out.push_back(EntityEntries{record->entity(), {}});
    }
    if (place->second) out[*place->second].entries.push_back(record->position());
    return true;
  };
  if (wanted.from <= wanted.to) {
    if (const auto read = at.reg.log(wanted.from, wanted.to, visit); !read) return read.failures();
  }
  if (const auto known = enterers.check(); !known) return known.failures();
  return out;
}

Status eachRecord(const Looking& at, const EntityEntries& one,
                  const std::function<void(const Record&)>& visit) {
  for (const auto position : one.entries) {
    auto read = at.reg.log(position, position,
                           [&](const RecordPtr& record) { return visit(*record), true; });
    if (!read) return read;
  }
  return Done{};
}

/// Kinds of which so many were entered (the code lists of a new register, a spreadsheet) that they
/// would bury the others: of them only is said how many there are.
class Crowds {
 public:
  Crowds(const Looking& at, const std::vector<EntityEntries>& all) : at_(at) {
    for (const auto& one : all) {
      const auto* aggregate = aggregateOf(one);
      if (aggregate == nullptr) continue;
      auto& crowd = crowds_[aggregate];
      ++crowd.entities;
      crowd.first = std::min(crowd.first, one.entries.front());
      crowd.last = std::max(crowd.last, one.entries.back());
    }
    std::erase_if(crowds_, [](const auto& one) { return one.second.entities <= shown_max; });
  }

  /// False when the entity is to be shown by itself.
  bool summed(const EntityEntries& one) {
    const auto* aggregate = aggregateOf(one);
    const auto found = crowds_.find(aggregate);
    if (found == crowds_.end()) return false;
    auto& crowd = found->second;
    if (crowd.said) return true;
    crowd.said = true;
    const auto from = std::to_string(crowd.first.value);
    const auto to = std::to_string(crowd.last.value);
    at_.session.out() << at_.session.speech()(
                             msg("{kind}: {count} of them, among the entries {from} to {to}; "
                                 "\"consulta log --from {from} --to {to} --filter "
                                 "aggregate={name}\" shows them",
                                 arg("kind", words(aggregate->plural, at_.view())),
                                 arg("count", crowd.entities), arg("from", from), arg("to", to),
                                 arg("name", aggregate->name)))
                      << '\n';
    return true;
  }

 private:
  static constexpr std::size_t shown_max = 100;
  struct Crowd {
    std::size_t entities = 0;
    Position first{std::numeric_limits<std::uint64_t>::max()};
    Position last;
    bool said = false;
  };

  [[nodiscard]] const AggregateInfo* aggregateOf(const EntityEntries& one) const {
    const auto row = at_.state.row(one.id);
    return row ? &at_.state.catalogue().aggregate(row->aggregate()) : nullptr;
  }

  const Looking& at_;
  std::map<const AggregateInfo*, Crowd> crowds_;
};

Status printText(const Looking& at, const std::vector<EntityEntries>& all) {
  auto& out = at.session.out();
  const auto view = at.view();
  const auto& catalogue = at.state.catalogue();
  at.head();
  Crowds crowds(at, all);
  for (const auto& one : all) {
    if (crowds.summed(one)) continue;
    const auto row = at.state.row(one.id);
    out << styled(Style::bold, row ? at.titledName(one.id) : at.state.nameOf(one.id),
                  at.session.terminal.colour);
    if (row) {
      if (const auto states = at.states(*row); !states.empty()) out << ", " << states;
    } else {
      out << ", " << at.say("withdrawn");
    }
    out << '\n';
    Table table({{"", false, true}, {"", false, false}, {"", true, false}, {"", false, false}});
    auto done = eachRecord(at, one, [&](const Record& record) {
      const auto root = record.get();
      const auto* act = actOf(catalogue, root.getEvent());
      RowDate occurred;
      take(occurred, root.getOccurred());
      auto says = saysLine(at, record);
      if (const auto date = dateText(occurred, view); !date.empty()) {
        says.insert(0, says.empty() ? "" : "; ");
        says.insert(0, date);
      }
      table.add({Cell{std::to_string(record.position().value), Style::dim}, actWords(act, view),
                 std::move(says), Cell{actorLine(at, root), Style::dim}});
    });
    if (!done) return done;
    table.print(out, at.session.terminal, 2);
  }
  return Done{};
}

Status printJson(const Looking& at, const std::vector<EntityEntries>& all) {
  const auto view = at.json();
  const auto& catalogue = at.state.catalogue();
  for (const auto& one : all) {
    json::array entries;
    auto done = eachRecord(at, one, [&](const Record& record) {
      auto entry = entryJson(catalogue, record.get(), view);
      entry["by"] = actorLine(at, record.get());
      entries.push_back(std::move(entry));
    });
    if (!done) return done;
    at.session.out() << json::serialize(json::object{{"id", at.state.nameOf(one.id)},
                                                     {"entries", std::move(entries)}})
                     << '\n';
  }
  return Done{};
}

int runToday(Session& session, const Arguments& arguments) {
  return look(session, [&](const Looking& at) {
    const auto wanted = readWanted(at, arguments);
    if (!wanted) return session.fail(wanted.failures());
    const auto all = entriesOf(at, *wanted);
    if (!all) return session.fail(all.failures());
    const auto done = session.options.json ? printJson(at, *all) : printText(at, *all);
    if (!done) return session.fail(done.failures());
    if (all->empty()) {
      session.say(arguments.has("since") ? msg("nothing was entered since then")
                                         : msg("nothing was entered today"));
    }
    return 0;
  });
}

}  // namespace

Command todayCommand() {
  Command out;
  out.name = "today";
  out.help = "Show what was entered today, by entity";
  out.example = "today --since \"1 June 2006\" --office ROLAC";
  out.about =
      "What counts is when it was entered, not when it took place: a letter of last month that was "
      "entered this morning is here. Entities stand in the order in which the first of their "
      "entries came, and so do the entries of each. Of a kind of which more than a hundred were "
      "entered "
      "only the number is said. With --json each line is one entity with its "
      "entries.";
  out.options = {
      Parameter{.name = "office",
                .value = "ID",
                .help = "only what the office is named by",
                .refs = {"office"}},
      Parameter{.name = "by",
                .value = "WHO",
                .help = "only what this person entered; \"the register\" for its own entries",
                .names = Names::actor},
      Parameter{.name = "since", .value = "DATE", .help = "from that day on"},
  };
  out.run = runToday;
  return out;
}

}  // namespace consulta
