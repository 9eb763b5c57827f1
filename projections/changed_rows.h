// What entries have changed of the rows: for whoever keeps a copy of them, and had it right as it
// was known at a position.
//
// Not a history, which is the log: of each entity the row that it has now, once, at the position of
// its newest entry. So what is told is bounded by what there is, however often it changed, and
// whoever breaks off goes on from where they were. A row says by itself which entry is its newest,
// so no entity need be remembered.
//
// A row is the fold of its own entity's entries, but it is shown with the names of others. When an
// entity is called otherwise, the rows that name it are told again at the entry that did it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "events/ids.h"
#include "events/record.h"
#include "projections/past.h"
#include "projections/state.h"

namespace consulta {

/// One row that is another one now, or one that is there no more.
struct RowChange {
  EntityId entity;
  std::uint16_t aggregate = 0;
  std::uint64_t revision = 0;     // of the entity: its newest entry's
  Position position;              // of the entry that it is told at
  std::int64_t recordedAtNs = 0;  // when that was recorded
  RowPtr row;                     // null: withdrawn
  Position done;                  // with it, all that changed up to here has been told
};

/// Threads: none of its own. What it is given must outlive it.
class ChangedRows {
 public:
  /// False: enough.
  using Visit = std::function<bool(const RowChange&)>;

  /// `from`: as of when the copy is right; none for who has nothing. `now` holds the entries that
  /// follow and no later ones.
  ChangedRows(const State& now, Position from, Visit visit);

  /// The entries behind `from` in their order, none left out but whole entities. Returns whether
  /// more is wanted.
  bool add(const Record& record);
  /// Tells what is still to be told.
  bool finish();

 private:
  struct Entry {
    Position position;
    EntityId entity;
    std::uint64_t revision = 0;
    std::int64_t recordedAtNs = 0;
    bool mayRename = false;
  };

  [[nodiscard]] bool mayRename(const Record& record) const;
  [[nodiscard]] bool isKnown(EntityId id) const { return id.value <= from_.value; }
  /// The entries that wait, each with the row of its entity.
  bool tell();
  bool tellOne(const Entry& entry, const RowPtr& row);
  /// Those who name it, and have not changed themselves.
  bool tellNaming(const Entry& entry);
  bool visit(const Entry& entry, EntityId id, const RowPtr& row, Position done);

  const State& now_;
  const PastState before_;
  const Position from_;
  const Visit visit_;
  std::vector<Entry> waiting_;
};

}  // namespace consulta
