#include "engine/rules/submission.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "engine/rules/retraction.h"
#include "events/limits.h"
#include "projections/rows.h"

namespace consulta {

namespace {

/// A chain of consequences is a few links long, or as long as a procedure whose steps follow each
/// other at once; more is a bug of the rules.
constexpr int consequences_max = 2 * static_cast<int>(limits::procedure_steps_max) + 16;

class Batch {
 public:
  Batch(const Stamp& stamp, Overlay& scratch, Sealing& sealing, bool many)
      : stamp_(stamp), scratch_(scratch), sealing_(sealing), many_(many) {}

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
    accept(*decided);
    if (auto unlawful = follow(*decided, consequences_max); !unlawful.empty()) {
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

  /// Enters what follows at once from `cause`. An entry whose consequence is not lawful, where it
  /// takes its place among later ones, is not lawful itself.
  Failures follow(const RecordPtr& cause, int left) {
    if (left == 0) throw std::logic_error("consequences without end");
    for (auto& [proposal, notBeforeNs] : consequences(cause, scratch_)) {
      auto stamp = stamp_;
      stamp.actor = ActorId{};  // the engine itself
      stamp.onBehalfOf = ActorId{};
      stamp.cause = cause->position();
      stamp.notBeforeNs = notBeforeNs;
      auto record = decide(proposal, stamp, scratch_, sealing_);
      if (!record) return unlawfulConsequence(*proposal.act, std::move(record).failures());
      accept(*record);
      if (auto failures = follow(*record, left - 1); !failures.empty()) return failures;
    }
    return {};
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
