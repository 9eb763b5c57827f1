#include "cli/printed_log.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <iterator>
#include <utility>

#include "engine/rules/decide.h"
#include "events/entry_json.h"
#include "events/values/edtf.h"
#include "projections/row_values.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// What an entry says, apart from what every register adds for itself.
constexpr std::array content = {"type", "occurred", "symbol", "data", "note", "grounds", "sources"};

std::uint64_t numberAt(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  boost::system::error_code none;
  const auto number = value == nullptr ? 0 : value->to_number<std::uint64_t>(none);
  return none ? 0 : number;
}

/// As log --json prints it, and nobody writes by hand.
bool isPrinted(const json::object& entry) {
  return numberAt(entry, "position") != 0 && entry.contains("recorded");
}

RecordPtr recordIn(const Register& reg, Position position) {
  RecordPtr found;
  const auto read = reg.log(position, position, [&](const RecordPtr& record) {
    found = record;
    return true;
  });
  if (!read) throw Broken(read.failures().front());
  return found;
}

}  // namespace

Result<PrintedLog::Verdict> PrintedLog::look(json::object& entry) {
  const auto* type = entry.if_contains("type");
  const auto* act =
      type == nullptr || !type->is_string() ? nullptr : catalogue_.byType(type->get_string());
  if (act == nullptr) return Verdict::enter;  // readEntry() says what is wrong
  const bool engines = catalogue_.isEngines(*act);
  if (!isPrinted(entry)) {
    if (!engines) return Verdict::enter;
    return refused("import.engine",
                   msg("{type} is entered by the register itself when what it follows from is "
                       "entered; leave it out",
                       arg("type", act->type)));
  }
  lead(entry, *act);
  const auto* submission = entry.if_contains("submission");
  const std::string own =
      submission != nullptr && submission->is_string() ? submission->get_string().c_str() : "";
  const bool begins = own != std::exchange(submission_, own);
  const bool here = isHere(entry, *act);
  const auto position = numberAt(entry, "position");
  if (here) noteNow(position, Position(position));
  if (numberAt(entry, "cause") != 0) {
    ++left_;
    return here ? Verdict::engine : lookAtEngines(entry, *act, begins);
  }
  if (here) return Verdict::here;
  // An epoch is the other register's own; this one goes on in its own.
  if (act->type == "register.epochOpened") {
    ++left_;
    return Verdict::engine;
  }
  if (!engines) return Verdict::enter;
  return refused("import.engine",
                 msg("{type} is entered by the register itself, and this line does not say from "
                     "which entry it followed; leave it out",
                     arg("type", act->type)));
}

void PrintedLog::entered(const std::vector<json::object>& entries, const Receipt& receipt) {
  consequences_.clear();
  auto entry = entries.begin();
  std::uint64_t fired = 0;  // the place in the old log of what a release lets come next
  for (const auto& record : receipt.records) {
    if (record->get().getCause() != 0) {
      ++followed_;
      if (const auto place = std::exchange(fired, 0); place != 0) {
        noteNow(place, record->position());
      } else {
        consequences_.push_back(record);
      }
      continue;
    }
    if (entry == entries.end()) break;
    if (isPrinted(*entry)) {
      const auto place = numberAt(*entry, "position");
      if (numberAt(*entry, "cause") == 0) {
        noteNow(place, record->position());
      } else {
        fired = place;
      }
    }
    ++entry;
  }
}

void PrintedLog::noteNow(std::uint64_t position, Position now) {
  const auto behind = runs_.upper_bound(position);
  if (behind != runs_.begin()) {
    auto& [first, run] = *std::prev(behind);
    const auto into = position - first;
    const bool fits = now.value == run.now.value + into;
    if (fits && into <= run.count) {
      run.count = std::max(run.count, into + 1);
      return;
    }
    if (into < run.count) {  // told again, and otherwise: what comes behind it stays
      const auto left = run.count - into - 1;
      if (left > 0) runs_[position + 1] = Run{Position(run.now.value + into + 1), left};
      run.count = into;
    }
  }
  runs_[position] = Run{now, 1};
}

std::optional<Position> PrintedLog::nowAt(std::uint64_t position) const {
  const auto behind = runs_.upper_bound(position);
  if (behind == runs_.begin()) return std::nullopt;
  const auto& [first, run] = *std::prev(behind);
  if (position >= first + run.count) return std::nullopt;
  return Position(run.now.value + (position - first));
}

void PrintedLog::lead(json::object& entry, const EventInfo& act) {
  auto* entity = entry.if_contains("entity");
  if (entity == nullptr || !entity->is_string()) return;
  const auto* symbol = entry.if_contains("symbol");
  if (act.opens && symbol != nullptr && symbol->is_string()) {
    const auto former =
        catalogue_.aggregate(act.aggregate).name + ":" + std::string(symbol->get_string());
    if (entity->get_string() != former) formerNames_[std::string(entity->get_string())] = former;
  }
  leadName(*entity);
  if (auto* grounds = entry.if_contains("grounds"); grounds != nullptr && grounds->is_array()) {
    for (auto& ground : grounds->get_array()) leadName(ground);
  }
  auto* data = entry.if_contains("data");
  if (data == nullptr || !data->is_object()) return;
  if (&act == &catalogue_.corrigendum()) {
    leadCorrigendum(data->get_object());
  } else if (&act == &catalogue_.retraction()) {
    leadRetraction(data->get_object());
  } else {
    leadFields(data->get_object(), act);
  }
}

void PrintedLog::leadName(json::value& name) const {
  if (!name.is_string()) return;
  const auto found = formerNames_.find(std::string_view(name.get_string()));
  if (found != formerNames_.end()) name = found->second;
}

void PrintedLog::leadFields(json::object& data, const EventInfo& act) const {
  for (const auto& field : act.fields) {
    auto* value = data.if_contains(field.name);
    if (value == nullptr) continue;
    if (field.kind == FieldKind::deadline && value->is_object()) {
      if (auto* session = value->get_object().if_contains("beforeSession")) leadName(*session);
    }
    if (field.kind != FieldKind::ref) continue;
    if (value->is_array()) {
      for (auto& one : value->get_array()) leadName(one);
    } else {
      leadName(*value);
    }
  }
}

void PrintedLog::leadCorrigendum(json::object& data) const {
  const auto now = nowAt(numberAt(data, "corrects"));
  if (!now) return;  // it stands before the file's first line: as it is
  data["corrects"] = now->value;
  auto* right = data.if_contains("right");
  if (right == nullptr || !right->is_object()) return;
  const auto wrong = recordIn(reg_, *now);
  if (!wrong) return;  // a dry run has entered nothing
  const auto* act = actOf(catalogue_, wrong->get().getEvent());
  if (act != nullptr) leadFields(right->get_object(), *act);
}

void PrintedLog::leadRetraction(json::object& data) const {
  if (const auto now = nowAt(numberAt(data, "retracts"))) data["retracts"] = now->value;
  leadFields(data, catalogue_.retraction());
}

bool PrintedLog::matchEngine(const json::object& entry, const EventInfo& act) {
  if (consequences_.empty()) return false;
  const auto record = consequences_.front();
  if (actOf(catalogue_, record->get().getEvent()) != &act) return false;
  consequences_.pop_front();
  noteNow(numberAt(entry, "position"), record->position());
  return true;
}

/// What begins a submission of the engine's own came about by the clock. One release reaches all
/// that took effect on the entity at that moment.
PrintedLog::Verdict PrintedLog::lookAtEngines(json::object& entry, const EventInfo& act,
                                              bool beginsSubmission) {
  if (matchEngine(entry, act)) return Verdict::engine;
  if (!beginsSubmission || act.field("lateSeconds") == nullptr) return Verdict::engine;
  const auto* occurred = entry.if_contains("occurred");
  if (occurred == nullptr || !occurred->is_string()) return Verdict::engine;
  const auto bounds = dateBounds(std::string_view(occurred->get_string()));
  if (!bounds) return Verdict::engine;
  const auto until = instantDate(bounds->earliestNs).edtf;
  if (!released_.insert(until + " " + json::serialize(entry["entity"])).second) {
    return Verdict::engine;
  }
  entry["type"] = catalogue_.deadlinesReleased().type;
  entry["data"] = json::object{{"until", until}};
  entry.erase("grounds");
  return Verdict::enter;
}

/// A register opens itself, with an id, a name and an administrator of its own.
bool PrintedLog::isFounding(const Record& record) const {
  const auto first = recordIn(reg_, Position(record.entity().value));
  const auto opening = first->get();
  const auto one = record.get();
  return opening.getEvent().isRegister() &&
         opening.getSubmissionHigh() == one.getSubmissionHigh() &&
         opening.getSubmissionLow() == one.getSubmissionLow();
}

bool PrintedLog::isHere(const json::object& entry, const EventInfo& act) const {
  const Position position(numberAt(entry, "position"));
  if (position > reg_.last()) return false;
  const auto record = recordIn(reg_, position);
  if (actOf(catalogue_, record->get().getEvent()) != &act) return false;
  bool same = false;
  reg_.read([&](const State& state) {
    const auto* entity = entry.if_contains("entity");
    const auto id = entity == nullptr || !entity->is_string()
                        ? Result<EntityId>(EntityId{})
                        : resolve(state, std::string(entity->get_string()), {"*"});
    if (!id || *id != record->entity()) return;
    if (isFounding(*record)) {
      same = true;
      return;
    }
    JsonView view;
    view.nameOf = [&](EntityId one) { return state.nameOf(one); };
    view.reveal = [&](Position at, std::string_view field) { return reg_.reveal(at, field); };
    // Written and read once, so that numbers are of the same kind on both sides.
    const auto here = json::parse(json::serialize(entryJson(catalogue_, record->get(), view)));
    same = std::ranges::all_of(content, [&](const char* name) {
      const auto* one = entry.if_contains(name);
      const auto* other = here.get_object().if_contains(name);
      return one == nullptr || other == nullptr ? one == other : *one == *other;
    });
  });
  return same;
}

}  // namespace consulta
