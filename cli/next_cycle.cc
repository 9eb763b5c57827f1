#include "cli/next_cycle.h"

#include <boost/json.hpp>
#include <charconv>
#include <optional>
#include <ostream>

#include "cli/entering.h"
#include "cli/table.h"
#include "engine/rules/decide.h"
#include "projections/open_matter.h"
#include "projections/rows/consultation.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// "2007" after "2006"; nothing where cycles are not counted by years.
std::optional<std::string> cycleAfter(const std::string& cycle) {
  int year = 0;
  const auto read = std::from_chars(cycle.data(), cycle.data() + cycle.size(), year);
  if (cycle.size() != 4 || read.ec != std::errc{} || read.ptr != cycle.data() + 4) return {};
  return std::to_string(year + 1);
}

void replaceAll(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

json::object planOf(const json::object& entry, EntityId id, const Consultation& previous) {
  const auto named = [](EntityId one) { return "#" + std::to_string(one.value); };
  const auto next = cycleAfter(previous.cycle);
  json::object title;
  for (const auto& phrase : previous.title.phrases) {
    auto text = phrase.text;
    if (next) replaceAll(text, previous.cycle, *next);
    title[phrase.language] = text;
  }
  json::object data{{"title", std::move(title)}, {"previous", named(id)}};
  json::object question;
  for (const auto& phrase : previous.question.phrases) question[phrase.language] = phrase.text;
  if (!question.empty()) data["question"] = std::move(question);
  json::array subjects;
  for (const auto one : previous.subjects) subjects.emplace_back(named(one));
  if (!subjects.empty()) data["subjects"] = std::move(subjects);
  if (previous.mechanism) data["mechanism"] = named(previous.mechanism);
  if (previous.office) data["office"] = named(previous.office);
  if (previous.procedure) data["procedure"] = named(previous.procedure);
  if (next) data["cycle"] = *next;
  return {{"type", "consultation.planned"},
          {"entity", entry.at("entity")},
          {"occurred", entry.at("occurred")},
          {"data", std::move(data)}};
}

/// Of those that came over, the ones that are still to be done.
std::vector<EntityId> carriedOver(const State& state, const Consultation& row) {
  auto all = row.pendingRecommendations;
  all.insert(all.end(), row.openFollowUps.begin(), row.openFollowUps.end());
  return stillOpen(state, all);
}

/// The one that was opened or planned after it; none yet.
EntityId continuedBy(const State& state, EntityId id) {
  for (const auto one : state.linkedTo(id)) {
    const auto row = state.row(one);
    const auto* other = tryAs<Consultation>(row.get());
    if (other != nullptr && other->previous == id) return one;
  }
  return {};
}

bool isConcluded(const Row& row) {
  return stateOf<schema::ConsultationState>(row.head) == schema::ConsultationState::CONCLUDED;
}

std::string openingLine(const Looking& at, const Row& row) {
  const auto& aggregate = at.state.catalogue().aggregate(row.aggregate());
  return "consulta consultation open " + proposedId(at.session, aggregate, at.state) + " --after " +
         at.symbolOf(row.head.id);
}

}  // namespace

bool mayBringItsPlan(const json::object& entry) {
  const auto* after = entry.at("data").as_object().if_contains("after");
  return entry.at("type") == "consultation.opened" && after != nullptr && after->is_string();
}

std::vector<json::object> withItsPlan(const Looking& at, json::object entry) {
  if (!mayBringItsPlan(entry)) return {std::move(entry)};
  const std::string opened(entry.at("entity").as_string());
  if (resolve(at.state, opened, {"consultation"})) return {std::move(entry)};
  const auto id =
      resolve(at.state, std::string(entry.at("data").at("after").as_string()), {"consultation"});
  if (!id) return {std::move(entry)};  // it is refused as it stands
  const auto row = at.state.row(*id);
  auto plan = planOf(entry, *id, as<Consultation>(*row));
  return {std::move(plan), std::move(entry)};
}

void sayItsPlan(const Looking& at, const json::object& plan) {
  if (at.past != nullptr) return;  // it was said then
  const std::string previous(plan.at("data").at("previous").as_string());
  at.session.say(
      msg("{entity} is planned first, on the model of {previous}; \"consultation retitle\" "
          "gives it another title",
          arg("entity", plan.at("entity").as_string()),
          arg("previous", at.state.nameOf(*resolve(at.state, previous, {"consultation"})))));
}

void printCycle(const Looking& at, const Row& row) {
  const auto* consultation = tryAs<Consultation>(&row);
  if (consultation == nullptr) return;
  auto& out = at.session.out();
  const auto& terminal = at.session.terminal;
  const auto heading = [&](const Message& text) {
    out << '\n' << styled(Style::bold, at.session.speech()(text), terminal.colour) << '\n';
  };
  if (const auto open = carriedOver(at.state, *consultation); !open.empty()) {
    heading(msg("What came over from {previous} and is still to be done",
                arg("previous", at.symbolOf(consultation->previous))));
    Table table({{"", false, false}, {"", true, false}, {"", true, false}});
    for (const auto id : open) {
      const auto matter = at.state.row(id);
      table.add({Cell{at.symbolOf(id), Style::bold}, at.states(*matter), at.title(*matter)});
    }
    table.print(out, terminal, 2);
  }
  if (!isConcluded(row)) return;
  heading(msg("The next cycle"));
  if (const auto other = continuedBy(at.state, row.head.id)) {
    out << "  " << at.titledName(other) << '\n';
  } else {
    out << "  " << styled(Style::dim, openingLine(at, row), terminal.colour) << '\n';
  }
}

void addCycleJson(const Looking& at, const Row& row, json::object& out) {
  const auto* consultation = tryAs<Consultation>(&row);
  if (consultation == nullptr) return;
  json::array open;
  for (const auto id : carriedOver(at.state, *consultation)) {
    open.emplace_back(at.state.nameOf(id));
  }
  if (!open.empty()) out["carriedOver"] = std::move(open);
  if (!isConcluded(row)) return;
  if (const auto other = continuedBy(at.state, row.head.id)) {
    out["continuedBy"] = at.state.nameOf(other);
  } else {
    out["nextCycle"] = openingLine(at, row);
  }
}

}  // namespace consulta
