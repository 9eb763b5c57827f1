// consulta history [ID]: entries in the order they take effect.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "cli/event_node.h"
#include "cli/looking_commands.h"
#include "cli/right_values.h"
#include "cli/story.h"
#include "cli/table.h"
#include "events/entry.h"

namespace consulta {

namespace {

namespace json = boost::json;

std::vector<StoryLine> wholeStory(const Looking& at, bool all) {
  std::vector<StoryLine> out;
  eachEntity(at.state, all, [&](const RowPtr& row) {
    std::ranges::move(storyOf(at, row->head.id, Withdrawn::shown), std::back_inserter(out));
  });
  std::ranges::sort(out, {}, [](const StoryLine& line) {
    return std::pair(line.step.orderNs, line.step.position());
  });
  return out;
}

void printJson(const Looking& at, const StoryLine& line) {
  const auto view = at.json();
  const auto& catalogue = at.state.catalogue();
  auto object = entryJson(catalogue, line.step.entry->get(), view);
  json::array correctedBy;
  if (line.step.rightValues) correctedBy.emplace_back(line.step.rightValues->position().value);
  if (line.step.rightDate && line.step.rightDate != line.step.rightValues) {
    correctedBy.emplace_back(line.step.rightDate->position().value);
  }
  if (!correctedBy.empty()) {
    const auto step = line.step.fold();
    json::object effective{{"occurred", step.occurred.getEdtf().cStr()}};
    if (line.act != nullptr) {
      effective["data"] = eventJson(catalogue, *line.act, step.event, step.valuesAt, view);
    }
    object["effective"] = std::move(effective);
    object["correctedBy"] = std::move(correctedBy);
  }
  if (line.withdrawnBy) object["withdrawnBy"] = line.withdrawnBy->position().value;
  if (line.late) object["late"] = true;
  if (line.possibly) object["possibly"] = true;
  at.session.out() << json::serialize(object) << '\n';
}

std::string marks(const Looking& at, const StoryLine& line) {
  std::string out;
  const auto add = [&](const std::string& mark) { out += (out.empty() ? "" : ", ") + mark; };
  if (line.withdrawnBy) {
    add(at.session.speech()(
        msg("withdrawn by entry {position}", arg("position", line.withdrawnBy->position().value))));
  }
  if (line.possibly) add(at.say("possibly"));
  if (line.late) add(at.say("entered late"));
  if (line.step.rightValues || line.step.rightDate) add(at.say("corrected"));
  return out;
}

/// Which entry changed it, when, by whom and why.
std::string changedBy(const Looking& at, const Record& record) {
  const auto root = record.get();
  RowDate occurred;
  take(occurred, root.getOccurred());
  const auto position = arg("position", record.position().value);
  const auto date = arg("date", dateText(occurred, at.view()));
  const auto actor = arg("actor", actorLine(at, root));
  const auto& speech = at.session.speech();
  auto out =
      root.getEvent().isRetraction()
          ? speech(msg("entry {position} withdrew it ({date}, {actor})", position, date, actor))
          : speech(msg("entry {position} corrected it ({date}, {actor})", position, date, actor));
  if (const auto reason = reasonLine(at, record); !reason.empty()) {
    out = labelled(out, reason, at.view().lang);
  }
  return out;
}

/// What stands below an entry that is not as it was recorded.
std::vector<std::string> changes(const Looking& at, const StoryLine& line) {
  std::vector<std::string> out;
  if (const auto before = knownBefore(at, line); !before.empty()) {
    out.push_back(at.session.speech()(msg("before, it said {before}", arg("before", before))));
  }
  for (const auto& one : line.step.corrigenda) out.push_back(changedBy(at, *one));
  if (line.withdrawnBy) out.push_back(changedBy(at, *line.withdrawnBy));
  return out;
}

/// Of one that was withdrawn as a whole only the number is left to ask by.
Result<EntityId> findAnyTime(const Looking& at, const std::string& written) {
  auto found = at.find(written);
  if (found || !written.starts_with('#')) return found;
  const auto position = positionIn(written.substr(1));
  if (position && !at.state.timeline(EntityId(position->value)).records().empty()) {
    return EntityId(position->value);
  }
  return found;
}

void printTable(const Looking& at, const std::vector<StoryLine>& story, bool names) {
  const bool sourced = std::ranges::any_of(story, [&](const StoryLine& line) {
    return !sourcesLine(at, line.step.entry->get()).empty();
  });
  std::vector<Table::Column> columns{{at.say("date"), false, false},
                                     {at.say("entry"), false, true},
                                     {names ? at.say("what") : at.say("act"), true, false},
                                     {.heading = at.say("says"), .wraps = true, .below = true},
                                     {at.say("by"), true, false}};
  if (sourced) columns.push_back({at.say("source"), false, false});
  Table table(std::move(columns));
  const auto view = at.view();
  for (const auto& line : story) {
    const auto step = line.step.fold();
    auto what = actWords(line.act, view);
    if (names) what = fmt::format("{} {}", at.symbolOf(step.entity()), what);
    auto says = saysLine(at, line);
    if (const auto mark = marks(at, line); !mark.empty()) {
      says += (says.empty() ? "(" : " (") + mark + ")";
    }
    std::vector<Cell> cells{dateText(step.date(), view), std::to_string(line.step.position().value),
                            Cell{what, Style::bold}, says,
                            Cell{byLine(at, step.record), Style::dim}};
    if (sourced) cells.emplace_back(sourcesLine(at, step.record), Style::dim);
    table.add(std::move(cells));
    for (const auto& change : changes(at, line)) {
      table.add({"", "", "", Cell{change, Style::yellow}});
    }
  }
  table.print(at.session.out(), at.session.terminal);
}

int runHistory(Session& session, const Arguments& arguments) {
  return look(session, [&](const Looking& at) {
    std::vector<StoryLine> story;
    const auto written = arguments.get("ID");
    if (written) {
      const auto id = findAnyTime(at, *written);
      if (!id) return session.fail(id.failures());
      story = storyOf(at, *id, Withdrawn::shown);
    } else {
      story = wholeStory(at, arguments.has("all"));
    }
    std::size_t left = 0;
    if (const auto last = arguments.get("last")) {
      const auto number = readNumber("last", *last, 1, 1'000'000'000);
      if (!number) return session.fail(number.failures());
      left = story.size() - std::min(story.size(), static_cast<std::size_t>(*number));
      story.erase(story.begin(), story.begin() + static_cast<std::ptrdiff_t>(left));
    }
    if (session.options.json) {
      for (const auto& line : story) printJson(at, line);
      return 0;
    }
    at.head();
    if (written) {
      session.out() << styled(Style::bold, at.titledName(*findAnyTime(at, *written)),
                              session.terminal.colour)
                    << "\n\n";
    } else if (!arguments.has("all")) {
      session.say(msg("the items of reference lists are left out; --all shows them too"));
    }
    printTable(at, story, !written);
    if (left != 0) {
      session.say(msgs("{count} earlier entry is left out; without --last all are shown",
                       "{count} earlier entries are left out; without --last all are shown", left));
    }
    return 0;
  });
}

}  // namespace

Command historyCommand() {
  Command out;
  out.name = "history";
  out.help = "Tell what happened, in the order it took effect";
  out.example = "history MTG-2006-001";
  out.about =
      "Each entry stands where it takes effect, whenever it was entered, and says what is right "
      "now; what was known before a correction stands below it. With --json each line is one "
      "entry as \"log --json\" prints it, with \"effective\" where it was corrected and "
      "\"withdrawnBy\" where it was withdrawn.";
  out.places = {Parameter{
      .name = "ID", .help = "of one entity; without it the whole register", .refs = {"*"}}};
  out.options = {Parameter{.name = "all", .help = "reference lists too"},
                 Parameter{.name = "last", .value = "N", .help = "only the last so many entries"}};
  out.run = runHistory;
  return out;
}

}  // namespace consulta
