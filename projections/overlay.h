// Entries folded in memory over another state.
//
// Over nothing it is a whole state in memory: for tests and for the past. Over the disk it is the
// tail that rows on disk have not caught up with. Over that it is what the writer has decided and
// not yet acknowledged; a submission under examination lies over that again.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "projections/key_changes.h"
#include "projections/state.h"

namespace consulta {

/// A state in which there is nothing.
class EmptyState final : public State {
 public:
  using State::State;
  [[nodiscard]] RowPtr row(EntityId) const override { return nullptr; }
  [[nodiscard]] Timeline timeline(EntityId) const override { return {}; }
  void scan(std::string_view, const std::function<bool(std::string_view)>&) const override {}
  [[nodiscard]] std::optional<Position> submitted(SubmissionId) const override { return {}; }
};

/// Threads: none of its own; whoever shares one guards it with a lock. `base` must outlive it and,
/// while it is read, not change below it other than by what it already holds.
class Overlay final : public State {
 public:
  explicit Overlay(const State& base) : State(Over{base}), base_(base) {}

  [[nodiscard]] RowPtr row(EntityId id) const override;
  using State::rows;
  [[nodiscard]] std::vector<RowPtr> rows(std::span<const EntityId> ids,
                                         const Wanted& wanted) const override;
  [[nodiscard]] Timeline timeline(EntityId id) const override;
  void scan(std::string_view prefix,
            const std::function<bool(std::string_view)>& visit) const override;
  [[nodiscard]] std::optional<Position> submitted(SubmissionId id) const override;

  /// Folds one more entry. Entries come in the order of their positions. An entry that takes its
  /// place before others, corrects or withdraws one, refolds its entity. The first one added after
  /// the making or after clear() is the first of its submission: submissions are never torn apart.
  void add(RecordPtr record);

  /// Takes over everything that `upper`, an overlay over this one, holds. `upper` is empty after.
  void absorb(Overlay& upper);
  /// Holds what `other`, over the same base, holds too.
  void copy(const Overlay& other);
  void clear();

  [[nodiscard]] const std::unordered_map<EntityId, RowPtr>& rows() const { return rows_; }
  /// Index keys that came (true) or went (false) against the base.
  [[nodiscard]] const KeyChanges& keys() const { return keys_; }
  [[nodiscard]] const std::vector<RecordPtr>& records() const { return records_; }
  /// The records of each entity, and where each submission begins.
  [[nodiscard]] const std::unordered_map<EntityId, std::vector<RecordPtr>>& entries() const {
    return entries_;
  }
  [[nodiscard]] const std::unordered_map<SubmissionId, Position>& submissions() const {
    return submissions_;
  }

 private:
  void put(EntityId id, RowPtr row);
  void noteSubmission(const Record& record);

  const State& base_;
  std::unordered_map<EntityId, RowPtr> rows_;
  std::unordered_map<EntityId, std::vector<RecordPtr>> entries_;
  KeyChanges keys_;
  std::unordered_map<SubmissionId, Position> submissions_;
  std::vector<RecordPtr> records_;
};

}  // namespace consulta
