// The programme as it stood, or as it was known: the same questions asked of the past.
//
// Nothing is folded before it is asked for: an entity is refolded from its own entries when its row
// is wanted, and everything only when a question goes across all of them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "projections/state.h"

namespace consulta {

/// Which past: what had happened up to an instant, what had been recorded up to a position.
struct Moment {
  std::int64_t asOfNs = Timeline::the_end;  // included
  std::optional<Position> known;            // included; absent: all that is recorded

  [[nodiscard]] bool isNow() const { return asOfNs == Timeline::the_end && !known; }
};

/// Threads: none of its own; answers are kept for a while, so even reading is for one thread at a
/// time. The base must outlive it and must not change meanwhile.
class PastState final : public State {
 public:
  PastState(const State& base, Moment moment) : State(Over{base}), base_(base), moment_(moment) {}

  [[nodiscard]] RowPtr row(EntityId id) const override;
  using State::rows;
  [[nodiscard]] std::vector<RowPtr> rows(std::span<const EntityId> ids,
                                         const Wanted& wanted) const override;
  void each(std::uint16_t aggregate,
            const std::function<bool(const RowPtr&)>& visit) const override;
  /// The entries known then, later ones left out; steps() up to the moment is up to the caller.
  [[nodiscard]] Timeline timeline(EntityId id) const override;
  void scan(std::string_view prefix,
            const std::function<bool(std::string_view)>& visit) const override;
  [[nodiscard]] std::optional<Position> submitted(SubmissionId id) const override {
    return base_.submitted(id);
  }

  [[nodiscard]] const Moment& moment() const { return moment_; }

  /// Entries that count although they may have occurred after the moment: their date is imprecise
  /// and its latest day lies beyond.
  [[nodiscard]] std::vector<Position> possibly(EntityId id) const;

 private:
  const std::set<std::string, std::less<>>& allKeys() const;
  /// What the row of today was then.
  [[nodiscard]] RowPtr asItWas(EntityId id, RowPtr now) const;
  /// All there were then of what `prefix` asks for, with the keys by which they are found.
  void eachFound(std::string_view prefix,
                 const std::function<bool(std::string_view, const RowPtr&)>& visit) const;
  void scanSymbols(std::string_view prefix,
                   const std::function<bool(std::string_view)>& visit) const;

  const State& base_;
  Moment moment_;
  mutable std::unordered_map<EntityId, RowPtr> rows_;
  mutable std::optional<std::set<std::string, std::less<>>> keys_;
};

}  // namespace consulta
