// The programme state as rules and queries read it: rows, and ways to find them.
//
// Read-only. One implementation keeps everything in memory (tests, the past), one lies over the
// disk, one lays what is queued over another; all answer the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/catalogue.h"
#include "events/ids.h"
#include "projections/row.h"
#include "projections/timeline.h"

namespace consulta {

struct ProcedureDefinition;
class ProcedureShelf;

class State {
 public:
  /// A state that lies over another one shares what that has read.
  struct Over {
    const State& base;
  };

  explicit State(const Catalogue& catalogue);
  explicit State(Over over) : catalogue_(over.base.catalogue_), shelf_(over.base.shelf_) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  virtual ~State() = default;

  /// The row of an entity, or null. The row never changes; a later one replaces it. Damaged
  /// storage throws Broken, here and below.
  [[nodiscard]] virtual RowPtr row(EntityId id) const = 0;
  /// The rows of several, in their order: many at a time are read faster than one by one.
  [[nodiscard]] std::vector<RowPtr> rows(std::span<const EntityId> ids) const {
    return rows(ids, {});
  }
  /// `wanted` is asked, in their order, of those that would have to be read: where it says no by
  /// what a row begins with, the rest is not, and there is a null.
  using Wanted = std::function<bool(const RowStart&)>;
  [[nodiscard]] virtual std::vector<RowPtr> rows(std::span<const EntityId> ids,
                                                 const Wanted& wanted) const;
  /// All entries of an entity; empty when there is none.
  [[nodiscard]] virtual Timeline timeline(EntityId id) const = 0;
  /// Visits the index keys that begin with `prefix`, in byte order, until `visit` returns false.
  virtual void scan(std::string_view prefix,
                    const std::function<bool(std::string_view)>& visit) const = 0;
  /// Where the entries of a submission begin; none when it was never accepted.
  [[nodiscard]] virtual std::optional<Position> submitted(SubmissionId id) const = 0;

  /// The row as of an instant: what the entity's entries up to then, included, make of it. Null
  /// when it did not exist by then.
  [[nodiscard]] RowPtr rowAt(EntityId id, std::int64_t orderNs) const;
  /// The entities that have, or had, this symbol (case does not matter), of one aggregate or any.
  [[nodiscard]] std::vector<EntityId> named(std::string_view symbol,
                                            std::optional<std::uint16_t> aggregate) const;
  /// Visits the entities of an aggregate, oldest first, until `visit` returns false.
  virtual void each(std::uint16_t aggregate, const std::function<bool(const RowPtr&)>& visit) const;
  /// The entities whose rows name `target`, oldest first.
  [[nodiscard]] std::vector<EntityId> linkedTo(EntityId target) const;
  /// "mou:MOU-SEGIB-2006"; of one that was withdrawn, as it was opened; "#17" for an entity that
  /// is not there or has no symbol.
  [[nodiscard]] std::string nameOf(EntityId id) const;

  /// What the text of a procedure that was entered says; taken apart once, by whatever thread.
  [[nodiscard]] std::shared_ptr<const ProcedureDefinition> procedure(const std::string& text) const;

  [[nodiscard]] const Catalogue& catalogue() const { return catalogue_; }

 protected:
  /// Entities whose rows are read together when all of an aggregate are visited.
  static constexpr std::size_t rows_at_a_time = 256;

 private:
  [[nodiscard]] std::string formerName(EntityId id) const;

  const Catalogue& catalogue_;
  std::shared_ptr<ProcedureShelf> shelf_;
};

}  // namespace consulta
