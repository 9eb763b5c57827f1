#include "engine/rules/submission.h"

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <string_view>
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
      : stamp_(stamp), scratch_(scratch), sealing_(sealing), many_(many) {
    // The engine's own begins because a day has come. It says so in each of its entries: what
    // follows from it can else not be told from what follows from somebody's (projections/dues.cc).
    first_ = stamp_.position;
    if (!stamp_.actor && stamp_.cause) {
      stamp_.correlation = wideId<CorrelationId>(stamp_.submission.high, stamp_.submission.low);
    }
  }

  void enter(Proposal& proposal, std::size_t number) {
    if (needsRefused(proposal)) return;
    auto decided = decide(proposal, stamp_, scratch_, sealing_);
    if (!decided) return refuse(proposal, number, std::move(decided).failures());
    if (!failures_.empty()) {
      // Only to find out what else is wrong: later entries may build on this one.
      scratch_.add(*decided);
      stamp_.position.value += 1;
      return;
    }
    auto before = stateBefore(*decided);
    accept(*decided);
    if (auto unlawful = bringAbout(*decided, before); !unlawful.empty()) {
      refuse(proposal, number, std::move(unlawful));
    }
  }

  Result<std::vector<RecordPtr>> finish() {
    if (failures_.empty()) failures_ = checkRefiled(scratch_, records_);
    if (!failures_.empty()) return std::move(failures_);
    return std::move(records_);
  }

 private:
  void accept(const RecordPtr& record) {
    scratch_.add(record);
    records_.push_back(record);
    stamp_.position.value += 1;
  }

  /// What has to be known of the state before an entry, to tell what the entry changes.
  struct Before {
    std::vector<RecordPtr> undone;  // consequences to be withdrawn because of it
    HangingDeadlines hanging;
    std::set<std::string> come;  // what waits although its day has come
  };

  [[nodiscard]] bool hasAuthority(const RecordPtr& record) const {
    return carriesAuthority(scratch_.catalogue(), record->get());
  }
  static bool corrects(const RecordPtr& record) { return record->get().getEvent().isCorrigendum(); }

  [[nodiscard]] Before stateBefore(const RecordPtr& record) const {
    Before out{{}, HangingDeadlines(scratch_, record), {}};
    if (hasAuthority(record)) {
      out.undone = undoneBy(scratch_, record, stamp_.recordedAtNs).roots;
    }
    if (hasAuthority(record) || corrects(record)) {
      out.come = comeAndWaiting(scratch_, record->entity(), stamp_.recordedAtNs);
    }
    return out;
  }

  /// Enters all that comes with an accepted entry: the withdrawal of consequences that it undoes,
  /// what follows from it at once, the deadlines that move with it, those that it releases. An
  /// entry whose consequence is not lawful, where it takes its place among later ones, is not
  /// lawful itself.
  Failures bringAbout(const RecordPtr& cause, Before& before) {
    const auto first = records_.size();
    stamp_.ordered = hasAuthority(cause);
    if (auto unlawful = withdraw(before.undone, cause, consequences_max); !unlawful.empty()) {
      return unlawful;
    }
    if (auto unlawful = follow(cause, consequences_max); !unlawful.empty()) return unlawful;
    std::set<EntityId> changed;
    if (corrects(cause)) changed.insert(cause->entity());
    for (const auto& undone : before.undone) changed.insert(undone->entity());
    for (const auto id : changed) {
      if (auto unlawful = goOn(id, cause, consequences_max); !unlawful.empty()) return unlawful;
    }
    if (corrects(cause) || hasAuthority(cause)) {
      if (auto unlawful = enterCome(cause, before.come); !unlawful.empty()) return unlawful;
    }
    if (!hasAuthority(cause)) {
      if (auto caused = newlyCaused(cause, first); !caused.empty()) return caused;
    }
    while (auto one = before.hanging.nextMoved(scratch_)) {
      if (auto unlawful = enterFollowing(*one, cause, consequences_max); !unlawful.empty()) {
        return unlawful;
      }
    }
    if (!cause->get().getEvent().isDeadlinesReleased()) return {};
    return release(cause);
  }

  /// What takes effect on a day that has come only by this entry.
  Failures enterCome(const RecordPtr& cause, std::set<std::string>& known) {
    while (auto next = nextCome(scratch_, cause->entity(), stamp_.recordedAtNs, known)) {
      auto record = decideFollowing(*next, cause);
      if (!record) continue;  // something else is in its way: it waits for somebody
      accept(*record);
      if (auto wrong = follow(*record, consequences_max); !wrong.empty()) return wrong;
    }
    return {};
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
    return isTold && !asItHappened(root, root.getOccurred().getEdtf().cStr());
  }

  static bool asItHappened(schema::Record::Reader record, std::string_view occurred) {
    const auto latestNs = orBroken(dateBounds(occurred)).latestNs;
    return begunByClock(record) || record.getRecordedAtNs() - latestNs <= limits::late_ns;
  }

  /// The first entry behind it in the order that was recorded before this submission, and as it
  /// happened: the register had gone on from there. Null when there is none.
  [[nodiscard]] RecordPtr passedBy(const RecordPtr& record) const {
    for (const auto& step : scratch_.timeline(record->entity()).steps()) {
      if (step.position() >= first_ || step.orderNs <= record->get().getOrderNs()) continue;
      if (asItHappened(step.entry->get(), step.fold().occurred.getEdtf().cStr())) return step.entry;
    }
    return nullptr;
  }

  Failures follow(const RecordPtr& cause, int left) {
    if (left == 0) return {withoutEnd()};
    for (auto& one : consequences(cause, scratch_)) {
      if (auto unlawful = enterFollowing(one, cause, left - 1); !unlawful.empty()) return unlawful;
    }
    return {};
  }

  /// A procedure may lead back to a step by an outcome that is there already, round and round.
  static Failure withoutEnd() {
    return refused("consequence.end",
                   msg("what follows from it would follow from itself without end: a step of the "
                       "procedure leads back by an outcome that is there already. Revise the "
                       "procedure, and plan a consultation by the new version"));
  }

  Failures enterFollowing(Following& one, const RecordPtr& cause, int left) {
    auto record = decideFollowing(one, cause);
    if (!record) return unlawfulConsequence(*one.proposal.act, std::move(record).failures());
    const bool withdraws = (*record)->get().getEvent().isRetraction();
    const auto undone = stamp_.ordered && !withdraws
                            ? undoneBy(scratch_, *record, stamp_.recordedAtNs).roots
                            : std::vector<RecordPtr>{};
    accept(*record);
    if (auto unlawful = withdraw(undone, *record, left); !unlawful.empty()) return unlawful;
    if (auto unlawful = follow(*record, left); !unlawful.empty()) return unlawful;
    return undone.empty() ? Failures{} : goOn((*record)->entity(), *record, left);
  }

  /// From the end: the later ones may rest on the earlier.
  Failures withdraw(const std::vector<RecordPtr>& undone, const RecordPtr& cause, int left) {
    for (auto one = undone.rbegin(); one != undone.rend(); ++one) {
      auto withdrawal = withdrawalOf(*one, cause, scratch_);
      if (auto unlawful = enterFollowing(withdrawal, cause, left); !unlawful.empty()) {
        return unlawful;
      }
    }
    return {};
  }

  /// What follows from where an entity stands after something in its order has changed.
  Failures goOn(EntityId id, const RecordPtr& cause, int left) {
    if (left == 0) return {withoutEnd()};
    for (auto& one : consequencesNow(id, scratch_)) {
      if (auto unlawful = enterFollowing(one, cause, left - 1); !unlawful.empty()) return unlawful;
    }
    return {};
  }

  Result<RecordPtr> decideFollowing(Following& one, const RecordPtr& cause) {
    auto stamp = stamp_;
    stamp.actor = ActorId{};  // the engine itself
    stamp.onBehalfOf = ActorId{};
    stamp.cause = cause->position();
    stamp.notBeforeNs = one.notBeforeNs;
    return decide(one.proposal, stamp, scratch_, sealing_);
  }

  /// Enters the deadlines that `cause` releases, one after the other, since each may bring about
  /// others. What other entries have made unlawful stays where it is: it waits for somebody.
  Failures release(const RecordPtr& cause) {
    std::set<std::string> tried;
    bool any = false;
    Failures unlawful;
    while (auto next = nextReleased(scratch_, cause, stamp_.recordedAtNs, tried)) {
      if (auto record = decideFollowing(*next, cause)) {
        any = true;
        accept(*record);
        if (auto wrong = follow(*record, consequences_max); !wrong.empty()) return wrong;
      } else {
        unlawful = unlawfulConsequence(*next->proposal.act, std::move(record).failures());
      }
    }
    if (any) return {};
    return unlawful.empty() ? nothingToRelease(scratch_, cause) : unlawful;
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
