// consulta tasks: the worklist, what waits for a day and for whom.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <limits>
#include <ostream>

#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "cli/next_course.h"
#include "cli/node_json.h"
#include "cli/table.h"
#include "projections/programme_scope.h"
#include "projections/tasks.h"
#include "projections/waiting.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// Of those whom something waits for, so many are named in JSON.
constexpr std::size_t named_in_json_max = 100;

struct WantedTasks {
  std::int64_t untilNs = std::numeric_limits<std::int64_t>::max();
  std::optional<EntityId> office;
  std::optional<std::set<EntityId>> programme;  // what belongs to it
  bool overdueOnly = false;
};

Result<WantedTasks> readWanted(const Looking& at, const Arguments& arguments) {
  WantedTasks out;
  if (const auto written = arguments.get("due")) {
    const auto date = at.session.readMomentDate("--due", *written);
    if (!date) return date.failures();
    out.untilNs = date->value.bounds().latestNs;
  }
  if (const auto written = arguments.get("office")) {
    const auto id = at.find(*written, {"office"});
    if (!id) return id.failures();
    out.office = *id;
  }
  if (const auto written = arguments.get("programme")) {
    const auto id = at.find(*written, {"programme"});
    if (!id) return id.failures();
    out.programme = membersOf(at.state, *id);
  }
  out.overdueOnly = arguments.has("overdue");
  return out;
}

/// An office's tasks are those for which it is responsible now.
bool isOf(const Row& row, const Task& task, EntityId office) {
  const auto offices = officesOf(row, task.due);
  return std::ranges::find(offices, office) != offices.end();
}

bool isWanted(const WantedTasks& wanted, const Looking& at, const Task& task) {
  if (wanted.overdueOnly && task.overdue == Overdue::no) return false;
  if (wanted.programme && !wanted.programme->contains(task.id)) return false;
  return !wanted.office || isOf(*at.state.row(task.id), task, *wanted.office);
}

std::string kindName(DueKind kind) {
  return boost::describe::enum_to_string(kind, "");
}

/// By the clocks of its place where it is an hour; of the end of a day, the day.
Cell whenDue(const Looking& at, const Task& task) {
  const auto& hour = task.due.hour;
  if (hour.local.empty()) {
    auto day = valueText(Node{task.due.due}, at.view());
    return day.empty() ? Cell{at.say("without a day"), Style::dim} : Cell{std::move(day)};
  }
  if (hour.local.ends_with("T23:59:59")) {
    return dateText(RowDate{hour.local.substr(0, hour.local.find('T')), {}}, at.view());
  }
  return valueText(Node{hour}, at.view());
}

std::string whatWaits(const Looking& at, const Task& task) {
  const bool isStep = task.due.kind == DueKind::join;  // one that several lead to
  auto out = words(kindName(isStep ? DueKind::step : task.due.kind), at.view());
  if (!task.due.number.empty()) out += " " + task.due.number;
  if (task.due.of) out += ", " + at.symbolOf(task.due.of);
  const auto title = at.title(*at.state.row(task.id));
  return title.empty() ? out : labelled(out, title, at.session.lang());
}

/// Whom it waits for; where nobody can be named, the office that is responsible.
std::string forWhom(const Looking& at, const Task& task) {
  const auto row = at.state.row(task.id);
  const auto& speech = at.session.speech();
  if (task.due.kind == DueKind::join) {
    const auto steps = stepsAwaited(at, *row, task.due.number);
    return steps.empty() ? "" : speech(msg("once {steps} are done", arg("steps", joined(steps))));
  }
  const auto awaited = awaitedOf(*row, task.due);
  const bool isNamed = !awaited.whom.empty();
  const auto whom = isNamed ? awaited.whom : officesOf(*row, task.due);
  if (whom.empty()) return "";
  const auto names = arg("names", namesOf(at, whom));
  return speech(isNamed && awaited.mayOnlyObject ? msg("{names} may object", names)
                                                 : msg("waits for {names}", names));
}

/// From when a day was moved, and by which entry.
std::string moved(const Looking& at, const Task& task) {
  const auto by = arg("position", task.due.movedBy.value);
  const auto from = dateText(task.due.movedFrom, at.view());
  return at.session.speech()(
      from.empty() ? msg("set by entry {position}", by)
                   : msg("moved from {date} by entry {position}", arg("date", from), by));
}

Cell standing(const Looking& at, const Task& task) {
  if (task.standing == TaskStanding::toBeEntered) {
    return {at.say("outcome to be entered"), Style::yellow};
  }
  if (task.standing == TaskStanding::comesFirst) {
    return {at.say("due, not yet entered"), Style::yellow};
  }
  if (task.overdue == Overdue::yes) return {at.say("overdue"), Style::red};
  if (task.overdue == Overdue::possibly) return {at.say("possibly overdue"), Style::yellow};
  if (task.due.movedBy) return {moved(at, task), Style::dim};
  return {""};
}

json::array namesJson(const Looking& at, const std::vector<EntityId>& ids) {
  json::array out;
  for (const auto id : ids) {
    if (out.size() == named_in_json_max) break;
    out.emplace_back(at.state.nameOf(id));
  }
  return out;
}

/// Each only where there is somebody to name.
void addForWhom(json::object& out, const Looking& at, const Task& task) {
  const auto row = at.state.row(task.id);
  const auto awaited = awaitedOf(*row, task.due);
  if (!awaited.whom.empty()) {
    out[awaited.mayOnlyObject ? "mayObject" : "waitsFor"] = namesJson(at, awaited.whom);
  }
  if (awaited.whom.size() > named_in_json_max) {
    out["more"] = awaited.whom.size() - named_in_json_max;
  }
  json::array steps;
  if (task.due.kind == DueKind::join) {
    for (const auto& step : stepsAwaited(at, *row, task.due.number)) steps.emplace_back(step);
  }
  if (!steps.empty()) out["waitsForSteps"] = std::move(steps);
  const auto offices = officesOf(*row, task.due);
  if (!offices.empty()) out["offices"] = namesJson(at, offices);
}

json::object taskJson(const Looking& at, const Task& task) {
  const auto view = at.json();
  json::object out{{"id", at.state.nameOf(task.id)}, {"kind", kindName(task.due.kind)}};
  if (!task.due.number.empty()) out["number"] = task.due.number;
  if (task.due.of) out["of"] = at.state.nameOf(task.due.of);
  addForWhom(out, at, task);
  out["due"] = nodeJson(Node{task.due.due}, view);
  out["overdue"] = boost::describe::enum_to_string(task.overdue, "");
  out["standing"] = boost::describe::enum_to_string(task.standing, "");
  out["setBy"] = task.due.at.value;
  if (task.due.movedBy) out["movedBy"] = task.due.movedBy.value;
  if (!task.due.movedFrom.edtf.empty()) out["movedFrom"] = task.due.movedFrom.edtf;
  return out;
}

int runTasks(Session& session, const Arguments& arguments) {
  return look(session, [&](const Looking& at) {
    const auto wanted = readWanted(at, arguments);
    if (!wanted) return session.fail(wanted.failures());
    Table table({{at.say("due"), true, false},
                 {at.say("id"), false, false},
                 {at.say("what"), true, false},
                 {"", true, false, 16, true},
                 {"", true, false}});
    eachTask(at.state, at.nowNs(), wanted->untilNs, [&](const Task& task) {
      if (!isWanted(*wanted, at, task)) return true;
      if (session.options.json) {
        session.out() << json::serialize(taskJson(at, task)) << '\n';
        return true;
      }
      table.add({whenDue(at, task), Cell{at.symbolOf(task.id), Style::bold}, whatWaits(at, task),
                 forWhom(at, task), standing(at, task)});
      return true;
    });
    if (session.options.json) return 0;
    at.head();
    if (table.empty()) {
      session.say(msg("nothing waits for a day"));
      return 0;
    }
    table.leaveOutEmpty();
    table.print(session.out(), session.terminal);
    return 0;
  });
}

}  // namespace

Command tasksCommand() {
  Command out;
  out.name = "tasks";
  out.help = "List what waits for a day, and for whom: deadlines, replies, silences, votes";
  out.example = "tasks --due 2006-07-31 --overdue";
  out.about =
      "In the order of the days. Overdue is no, possibly or yes: a deadline before a session "
      "follows what is known of its dates. What takes effect by itself when its day has come is "
      "entered before the next entry of anybody (\"due, not yet entered\"). A day that was past "
      "already when it was entered never does: what became of it is for you to enter. At the end "
      "stands what waits for somebody without a day.";
  out.options = {{.name = "due", .value = "DATE", .help = "only what can be due by then"},
                 {.name = "office",
                  .value = "OFFICE",
                  .help = "only what this office now answers for: a step that names it or was "
                          "passed on to it, else what is assigned to it",
                  .refs = {"office"}},
                 {.name = "programme",
                  .value = "PROGRAMME",
                  .help = "only what belongs to it",
                  .refs = {"programme"}},
                 {.name = "overdue", .help = "only what is, or may be, overdue"}};
  out.run = runTasks;
  return out;
}

}  // namespace consulta
