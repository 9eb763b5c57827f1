// All entries of one entity in the order they take effect, corrigenda and retractions resolved.
//
// The order is (ordering instant, position); the instant is fixed in the record when the entry is
// decided, or by the corrigendum that corrected its date. Values copy; the records are shared.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <vector>

#include "events/catalogue.h"
#include "events/record.h"
#include "projections/row.h"

namespace consulta {

class Timeline {
 public:
  static constexpr std::int64_t the_end = std::numeric_limits<std::int64_t>::max();

  /// One effective entry: as recorded, and the corrigenda that say what it says now.
  struct Step {
    RecordPtr entry;
    RecordPtr rightValues;  // the latest corrigendum that corrected fields, or null
    RecordPtr rightDate;    // the latest one that corrected the date, or null
    std::int64_t orderNs = 0;
    std::vector<RecordPtr> corrigenda{};  // all that act on it, in order

    /// Valid as long as this step's records.
    [[nodiscard]] FoldStep fold() const;
    [[nodiscard]] Position position() const { return entry->position(); }
  };

  /// The step of an entry that no corrigendum touches. Valid as long as the record.
  [[nodiscard]] static FoldStep plainStep(schema::Record::Reader record);

  /// Entries of one entity, in the order of their positions (asserted) and from the first one on,
  /// each a revision of it: Broken where one is missing or twice there.
  void add(RecordPtr record);

  /// All records, corrigenda and retractions among them, in the order of their positions.
  [[nodiscard]] const std::vector<RecordPtr>& records() const { return records_; }

  /// What retractions have withdrawn, and what had followed from that at once: the entry, and the
  /// retraction to which it owes it. A retraction that followed from what is withdrawn has no
  /// effect.
  [[nodiscard]] std::map<Position, RecordPtr> withdrawn() const;

  /// The entry that a correction of what stands at a position means: of a corrigendum that one
  /// which it corrects, for the latest corrigendum holds.
  [[nodiscard]] Position corrected(Position position) const;

  /// The effective entries in the order they take effect, up to `uptoNs`, which is included.
  [[nodiscard]] std::vector<Step> steps(std::int64_t uptoNs = the_end) const;

  /// The row that follows from them; null when nothing had opened the entity by then.
  [[nodiscard]] std::unique_ptr<Row> fold(const Catalogue& catalogue,
                                          std::int64_t uptoNs = the_end) const;

 private:
  std::vector<RecordPtr> records_;
};

/// Broken where an entity's entry is not its revision number `expected`: with whole bytes and dense
/// positions, damage that only the entity's own count shows.
void expectRevision(schema::Record::Reader record, std::uint64_t expected);

/// The aggregate an entity is of: the tag in its first record's event. Never a common act's.
[[nodiscard]] std::uint16_t aggregateOf(const Record& opening);

}  // namespace consulta
