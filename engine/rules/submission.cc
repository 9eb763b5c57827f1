#include "engine/rules/submission.h"

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "engine/rules/hanging_deadlines.h"
#include "engine/rules/release.h"
#include "engine/rules/replay_check.h"
#include "engine/rules/retraction.h"
#include "events/limits.h"
#include "events/values/edtf.h"
#include "projections/dues.h"
#include "projections/rows.h"

namespace consulta {

namespace {

/// A chain of consequences is a few links long, or as long as a procedure whose steps follow each
/// other at once; more has no end.
constexpr int consequences_max = 2 * static_cast<int>(limits::procedure_steps_max) + 16;

class Batch {
 public:
  Batch(const Stamp& stamp, Overlay& scratch, Sealing& sealing, bool many)
      : stamp_(stamp), first_(stamp.position), scratch_(scratch), sealing_(sealing), many_(many) {
    // The engine's own begins because a day has come. It says so in each of its entries: what
    // follows from it can else not be told from what follows from somebody's (projections/dues.cc).
    if (!stamp_.actor && stamp_.cause) {
      stamp_.correlation = wideId<CorrelationId>(stamp_.submission.high, stamp_.submission.low);
    }
  }

  void enter(Proposal& proposal, std::size_t number) {
    if (needsRefused(proposal)) return;
    const auto decided = decide(proposal, stamp_, scratch_, sealing_);
    if (!decided) return refuse(proposal, number, decided.failures());
    if (!failures_.empty()) {
      // Only to find out what else is wrong: later entries may build on this one.
      scratch_.add(decided->record);
      stamp_.position.value += 1;
      return;
    }
    if (auto unlawful = enterWhole(*decided); !unlawful.empty()) {
      refuse(proposal, number, std::move(unlawful));
    }
  }

  Result<std::vector<RecordPtr>> finish() {
    if (failures_.empty()) failures_ = checkRefiled(scratch_, records_);
    if (!failures_.empty()) return std::move(failures_);
    return std::move(records_);
  }

 private:
  /// A link in the chain of what follows from an entry.
  struct Link {
    RecordPtr record;
    bool ordered = false;  // the entry carries authority, which reaches to the end of the chain
    int left = consequences_max;
  };

  [[nodiscard]] bool hasAuthority(const RecordPtr& record) const {
    return carriesAuthority(scratch_.catalogue(), record->get());
  }
  static bool corrects(const RecordPtr& record) { return record->get().getEvent().isCorrigendum(); }

  /// Enters an accepted entry and all that comes with it: what gives way to it, what follows from
  /// it at once, the deadlines that move with it, those that it releases. An entry whose
  /// consequence is not lawful, where it takes its place among later ones, is not lawful itself.
  Failures enterWhole(const Decided& decided) {
    const auto& entry = decided.record;
    const Link link{entry, hasAuthority(entry)};
    const bool bringsBack = link.ordered || corrects(entry);
    const auto first = records_.size() + 1;
    HangingDeadlines hanging(scratch_, entry);
    // What waits although its day has come: it takes no effect by this entry.
    auto come = bringsBack ? comeAndWaiting(scratch_, entry->entity(), stamp_.recordedAtNs)
                           : std::set<std::string>{};
    if (auto unlawful = enter(decided, link); !unlawful.empty()) return unlawful;
    if (bringsBack) {
      if (auto unlawful = enterCome(link, come); !unlawful.empty()) return unlawful;
    }
    if (!link.ordered) {
      if (auto caused = newlyCaused(entry, first); !caused.empty()) return caused;
    }
    while (auto one = hanging.nextMoved(scratch_)) {
      if (auto unlawful = enterFollowing(*one, link); !unlawful.empty()) return unlawful;
    }
    if (!entry->get().getEvent().isDeadlinesReleased()) return {};
    return release(link);
  }

  /// The only way in: of an entry, and of each that follows from it. `link` is its own.
  Failures enter(const Decided& decided, const Link& link) {
    scratch_.add(link.record);
    records_.push_back(link.record);
    stamp_.position.value += 1;
    std::set<EntityId> changed;
    if (corrects(link.record)) changed.insert(link.record->entity());
    // From the end: the later ones may rest on the earlier.
    for (auto undone = decided.undone.rbegin(); undone != decided.undone.rend(); ++undone) {
      auto withdrawal = withdrawalOf(*undone, link.record, scratch_);
      if (auto unlawful = enterFollowing(withdrawal, link); !unlawful.empty()) return unlawful;
      changed.insert((*undone)->entity());
    }
    for (auto& one : consequences(link.record, scratch_)) {
      if (auto unlawful = enterFollowing(one, link); !unlawful.empty()) return unlawful;
    }
    for (const auto id : changed) {
      // As if the last that stands there had just been entered.
      for (auto& one : consequencesNow(id, scratch_)) {
        if (auto unlawful = enterFollowing(one, link); !unlawful.empty()) return unlawful;
      }
    }
    return {};
  }

  Failures enterFollowing(Following& one, const Link& cause) {
    if (cause.left == 0) return {withoutEnd()};
    const auto decided = decideFollowing(one, cause);
    if (!decided) return unlawfulConsequence(*one.proposal.act, decided.failures());
    return enter(*decided, Link{decided->record, cause.ordered, cause.left - 1});
  }

  [[nodiscard]] Result<Decided> decideFollowing(Following& one, const Link& cause) {
    auto stamp = stamp_;
    stamp.actor = ActorId{};  // the engine itself
    stamp.onBehalfOf = ActorId{};
    stamp.cause = cause.record->position();
    stamp.notBeforeNs = one.notBeforeNs;
    stamp.ordered = cause.ordered;
    return decide(one.proposal, stamp, scratch_, sealing_);
  }

  /// What takes effect on a day that has come only by this entry. What something else stands in the
  /// way of waits for somebody.
  Failures enterCome(const Link& cause, std::set<std::string>& known) {
    while (auto next = nextCome(scratch_, cause.record->entity(), stamp_.recordedAtNs, known)) {
      const auto decided = decideFollowing(*next, cause);
      if (!decided) continue;
      const Link link{decided->record, cause.ordered};
      if (auto unlawful = enter(*decided, link); !unlawful.empty()) return unlawful;
    }
    return {};
  }

  /// Enters the deadlines that `cause` releases, one after the other, since each may bring about
  /// others. What other entries have made unlawful stays where it is: it waits for somebody.
  Failures release(const Link& cause) {
    std::set<std::string> tried;
    bool any = false;
    Failures inTheWay;
    while (auto next = nextReleased(scratch_, cause.record, stamp_.recordedAtNs, tried)) {
      const auto decided = decideFollowing(*next, cause);
      if (!decided) {
        inTheWay = unlawfulConsequence(*next->proposal.act, decided.failures());
        continue;
      }
      any = true;
      const Link link{decided->record, cause.ordered};
      if (auto unlawful = enter(*decided, link); !unlawful.empty()) return unlawful;
    }
    if (any) return {};
    return inTheWay.empty() ? nothingToRelease(scratch_, cause.record) : inTheWay;
  }

  /// A correction brings nothing about by itself that nobody has ordered, nor does an entry that
  /// comes late; of the others things come about as they always do.
  [[nodiscard]] Failures newlyCaused(const RecordPtr& cause, std::size_t first) const {
    Failures out;
    const bool isCorrection = corrects(cause);
    if (!isCorrection && !comesAfterItsTime(cause)) return out;
    for (const auto& record : std::span(records_).subspan(first)) {
      const auto entity = arg("entity", scratch_.nameOf(record->entity()));
      const auto entry = arg("entry", describe(scratch_, record));
      if (isCorrection) {
        out.push_back(refused(
            "consequence.caused",
            msg("the correction would bring about an entry of the register itself on {entity} "
                "({entry}); if somebody has ordered that, give the function with --authority",
                entity, entry)));
      } else if (const auto passed = passedBy(record)) {
        out.push_back(refused(
            "consequence.caused",
            msg("entered so late, it would bring about an entry of the register itself on "
                "{entity} ({entry}) before entry {position} ({passed}), which was entered as it "
                "happened; if somebody has ordered that, give the function with --authority",
                entity, entry, arg("position", passed->position().value),
                arg("passed", describe(scratch_, passed)))));
      }
    }
    return out;
  }

  /// Whether it was recorded well after what somebody tells by it.
  [[nodiscard]] bool comesAfterItsTime(const RecordPtr& record) const {
    const auto root = record->get();
    const bool isTold = stamp_.actor && !root.getEvent().isRetraction();
    return isTold && !asItHappened(Timeline::plainStep(root));
  }

  /// A date that reaches beyond its recording says nothing of when; its place in the order does.
  static bool asItHappened(const FoldStep& step) {
    const auto recordedAtNs = step.record.getRecordedAtNs();
    const auto latestNs = orBroken(dateBounds(step.occurred.getEdtf().cStr())).latestNs;
    const auto momentNs = latestNs > recordedAtNs ? step.orderNs : latestNs;
    return begunByClock(step.record) || recordedAtNs - limits::late_ns <= momentNs;
  }

  /// The first entry behind it in the order that was recorded before this submission, and as it
  /// happened: the register had gone on from there. Null when there is none.
  [[nodiscard]] RecordPtr passedBy(const RecordPtr& record) const {
    for (const auto& step : scratch_.timeline(record->entity()).steps()) {
      if (step.position() >= first_ || step.orderNs <= record->get().getOrderNs()) continue;
      if (asItHappened(step.fold())) return step.entry;
    }
    return nullptr;
  }

  /// A procedure may lead back to a step by an outcome that is there already, round and round.
  static Failure withoutEnd() {
    return refused("consequence.end",
                   msg("what follows from it would follow from itself without end: a step of the "
                       "procedure leads back by an outcome that is there already. Revise the "
                       "procedure, and plan a consultation by the new version"));
  }

  static Failures unlawfulConsequence(const EventInfo& act, Failures failures) {
    for (auto& one : failures) {
      one.rule = "consequence." + one.rule;
      one.text = msg("what follows from it at once ({type}: {help}) would not be lawful: {why}",
                     arg("type", act.type), arg("help", msg(act.help)), arg("why", one.text));
    }
    return failures;
  }

  void refuse(const Proposal& proposal, std::size_t number, Failures failures) {
    if (proposal.act->opens) refused_.insert(foldSymbol(proposal.entity));
    for (auto& failure : failures) {
      if (many_) {
        failure.text =
            msg("entry {number}: {why}", arg("number", number), arg("why", failure.text));
      }
      failures_.push_back(std::move(failure));
    }
  }

  [[nodiscard]] bool needsRefused(const Proposal& proposal) const {
    if (refused_.empty()) return false;
    return refused_.contains(foldSymbol(proposal.entity)) ||
           std::ranges::any_of(proposal.refs, [&](const PendingRef& ref) {
             return refused_.contains(foldSymbol(ref.written));
           });
  }

  Stamp stamp_;
  Position first_;  // of the submission
  Overlay& scratch_;
  Sealing& sealing_;
  bool many_;
  std::vector<RecordPtr> records_;
  Failures failures_;
  std::set<std::string> refused_;
};

}  // namespace

Result<std::vector<RecordPtr>> decideSubmission(std::vector<Proposal>& entries, const Stamp& stamp,
                                                Overlay& scratch, Sealing& sealing) {
  if (entries.empty()) return usage("submission.empty", msg("a submission has at least one entry"));
  if (entries.size() > limits::submission_entries_max) {
    return usage("submission.entries",
                 msg("a submission has at most {max} entries, not {count}; enter them in several",
                     arg("max", limits::submission_entries_max), arg("count", entries.size())));
  }
  Batch batch(stamp, scratch, sealing, entries.size() > 1);
  for (std::size_t i = 0; i < entries.size(); ++i) batch.enter(entries[i], i + 1);
  return batch.finish();
}

}  // namespace consulta
