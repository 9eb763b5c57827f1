#include "engine/rules/retraction.h"

#include <algorithm>
#include <boost/json.hpp>
#include <string>

#include "engine/rules/rule_values.h"
#include "events/entry.h"
#include "events/limits.h"
#include "projections/rows.h"
#include "projections/rows/register.h"

namespace consulta {

namespace {

class Examination {
 public:
  Examination(const State& state, EntityId entity, schema::Record::Reader record)
      : state_(state),
        entity_(entity),
        record_(record),
        retraction_(record.getEvent().getRetraction()),
        target_(retraction_.getRetracts()),
        timeline_(state.timeline(entity)),
        withdrawn_(timeline_.withdrawn()) {}

  Failures run() {
    const auto found = std::ranges::find(timeline_.records(), target_, &Record::position);
    if (found == timeline_.records().end()) {
      no_.refuse("retraction.target",
                 msg("position {position} is no entry of {entity}; \"consulta history {entity}\" "
                     "lists them",
                     position(), entity()));
      return no_.take();
    }
    const auto target = (*found)->get();
    if (const auto gone = withdrawn_.find(target_); gone != withdrawn_.end()) {
      no_.refuse("retraction.once",
                 msg("entry {position} of {entity} is withdrawn already, by entry {by}", position(),
                     entity(), arg("by", gone->second->position().value)));
    }
    // What undoes a consequence on somebody's authority is the engine's own.
    if (record_.getCause() != 0) return no_.take();
    checkKind(target);
    if (retraction_.getRefiledTo() != 0) {
      checkRefiling(target);
    } else {
      checkSlip(target);
    }
    return no_.take();
  }

 private:
  [[nodiscard]] Arg position() const { return arg("position", target_.value); }
  [[nodiscard]] Arg entity() const { return arg("entity", state_.nameOf(entity_)); }

  void checkKind(schema::Record::Reader target) {
    if (target.getEvent().isRetraction()) {
      no_.refuse("retraction.target",
                 msg("entry {position} withdraws another one and cannot be withdrawn itself; enter "
                     "anew what should stand",
                     position()));
    }
    if (target.getCause() != 0) {
      no_.refuse("retraction.consequence",
                 msg("entry {position} followed from entry {cause}; withdraw that one, and this "
                     "goes with it",
                     position(), arg("cause", target.getCause())));
    }
    if (founded(target)) {
      no_.refuse("retraction.founding",
                 msg("entry {position} founded the register and stays; correct it, or begin a new "
                     "register",
                     position()));
    }
    for (const auto& other : timeline_.records()) {
      const auto event = other->get().getEvent();
      if (other->position() <= target_ || !event.isCorrigendum()) continue;
      if (!target.getEvent().isCorrigendum() || withdrawn_.contains(other->position())) continue;
      if (event.getCorrigendum().getCorrects() !=
          target.getEvent().getCorrigendum().getCorrects()) {
        continue;
      }
      no_.refuse("retraction.corrected-again",
                 msg("entry {later} corrects the same entry after it and builds on it; withdraw "
                     "that one first, or correct again",
                     arg("later", other->position().value)));
    }
  }

  /// A new register enters its reference lists and then itself.
  [[nodiscard]] bool founded(schema::Record::Reader target) const {
    const auto row = registerRow(state_);
    if (!row) return false;
    const auto records = state_.timeline(row->head.id).records();
    return target.getPosition() <= row->head.id.value ||
           sameSubmission(records.front()->get(), target);
  }

  static bool sameSubmission(schema::Record::Reader one, schema::Record::Reader other) {
    return one.getSubmissionHigh() == other.getSubmissionHigh() &&
           one.getSubmissionLow() == other.getSubmissionLow();
  }

  void checkSlip(schema::Record::Reader target) {
    if (target.getActorHigh() != record_.getActorHigh() ||
        target.getActorLow() != record_.getActorLow()) {
      no_.refuse("retraction.own",
                 msg("entry {position} was entered by somebody else; only who entered it may "
                     "withdraw it. Anybody may correct it: \"consulta correct {position}\"",
                     position()));
    }
    if (record_.getRecordedAtNs() - target.getRecordedAtNs() > limits::undo_ns) {
      no_.refuse("retraction.time",
                 msg("entry {position} is more than {hours} hours old and others may rely on it; "
                     "correct it instead: \"consulta correct {position}\"",
                     position(), arg("hours", limits::undo_ns / 3'600'000'000'000)));
    }
  }

  void checkRefiling(schema::Record::Reader target) {
    const EntityId to(retraction_.getRefiledTo());
    const auto row = state_.row(to);
    const auto* act = actOf(state_.catalogue(), target.getEvent());
    if (!retraction_.hasReason()) {
      no_.refuse("retraction.reason", msg("refiling needs a reason; give it with --reason"));
    }
    if (to == entity_) {
      no_.refuse("retraction.refiled-elsewhere",
                 msg("entry {position} stands at {entity} already", position(), entity()));
    }
    const auto own = state_.row(entity_);
    if (row && own && row->aggregate() != own->aggregate()) {
      no_.refuse("retraction.refiled-kind",
                 msg("entry {position} is about a {kind} and {other} is none; enter what happened "
                     "there with a verb of its own, and withdraw or correct this entry",
                     position(), arg("kind", state_.catalogue().aggregate(own->aggregate()).name),
                     arg("other", state_.nameOf(to))));
    }
    if (target.getEvent().isCorrigendum() || (act != nullptr && act->opens)) {
      no_.refuse("retraction.refiled-entry",
                 msg("entry {position} opens or corrects {entity} and belongs nowhere else; "
                     "correct it instead: \"consulta correct {position}\"",
                     position(), entity()));
    }
  }

  const State& state_;
  EntityId entity_;
  schema::Record::Reader record_;
  schema::Retraction::Reader retraction_;
  Position target_;
  Timeline timeline_;
  std::map<Position, RecordPtr> withdrawn_;
  Refusals no_;
};

}  // namespace

Failures checkRetraction(const State& state, EntityId entity, schema::Record::Reader retraction) {
  return Examination(state, entity, retraction).run();
}

Following withdrawalOf(const RecordPtr& undone, const RecordPtr& cause, const State& state) {
  boost::json::object entry{{"type", state.catalogue().retraction().type},
                            {"entity", entryText(undone->entity())},
                            {"occurred", cause->get().getOccurred().getEdtf().cStr()},
                            {"data", boost::json::object{{"retracts", undone->position().value}}}};
  return Following{orBroken(readEntry(state.catalogue(), entry, EntryDefaults{}))};
}

Failures checkRefiled(const State& state, const std::vector<RecordPtr>& records) {
  Refusals no;
  for (const auto& record : records) {
    const auto event = record->get().getEvent();
    if (!event.isRetraction() || event.getRetraction().getRefiledTo() == 0) continue;
    const auto retraction = event.getRetraction();
    const auto timeline = state.timeline(record->entity());
    const auto target = std::ranges::find(timeline.records(), Position(retraction.getRetracts()),
                                          &Record::position);
    const auto* act = target == timeline.records().end()
                          ? nullptr
                          : actOf(state.catalogue(), (*target)->get().getEvent());
    const auto stands = std::ranges::any_of(records, [&](const RecordPtr& one) {
      return one->position() > record->position() &&
             one->entity() == EntityId(retraction.getRefiledTo()) &&
             actOf(state.catalogue(), one->get().getEvent()) == act;
    });
    if (act != nullptr && stands) continue;
    no.refuse("retraction.refiled",
              msg("entry {position} is withdrawn because it belongs to {other}, and the same "
                  "submission does not enter it there; \"consulta refile {position} --to ID\" "
                  "does both",
                  arg("position", retraction.getRetracts()),
                  arg("other", state.nameOf(EntityId(retraction.getRefiledTo())))));
  }
  return no.take();
}

}  // namespace consulta
