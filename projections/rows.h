// The rows of all aggregates: made, read back, and folded into.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "events/catalogue.h"
#include "projections/row.h"

namespace consulta {

/// The edition of the rows and of the folds behind them. A register whose rows were written by
/// another edition rebuilds them from the log.
constexpr std::uint32_t rows_version = 11;

/// An empty row of that aggregate: what there is before the opening entry.
[[nodiscard]] std::unique_ptr<Row> newRow(std::uint16_t aggregate);

/// Reads what Row::encode() wrote. Bytes that cannot be that give a null pointer.
[[nodiscard]] std::unique_ptr<Row> decodeRow(std::string_view bytes);
/// What is wrong with the bytes shows when they are decoded.
[[nodiscard]] RowStart startOfRow(std::string_view bytes);

/// Folds one entry into the row: first what is the same for all (states by the moves of the schema,
/// symbols, dates), then what the aggregate records. A corrigendum is not folded itself: it changes
/// what another step says; nor is a retraction, which takes a step away. countEntry() counts them.
void applyEntry(const Catalogue& catalogue, Row& row, const FoldStep& step);

/// Counts an entry of the entity, folded or not: revision and newest position.
void countEntry(RowHead& head, schema::Record::Reader record);

/// The keys under which a row is found without knowing its id. Everything across entities follows
/// from these: the difference between an old row's keys and a new one's is what changes.
///   'a' aggregate(2) id(8)            all of an aggregate
///   's' symbol 0 aggregate(2) id(8)   by symbol, folded to lower case
///   'l' target(8) id(8)               by what it names
///   'r' sender(8) reference 0 id(8)   a letter that came in, by their reference
/// Beside these stand those of what waits for a day (dues.h), which depend on sessions too, and
/// what is kept of the past:
///   'g' aggregate(2) id(8)            withdrawn, all of it: as known before, it is still there
///   'f' symbol 0 aggregate(2) id(8)   by a former symbol, which a corrigendum or retraction took
///                                     away: as known before, the entity is still found by it
[[nodiscard]] std::vector<std::string> indexKeys(const Row& row);

/// Whether two rows of one entity have the same keys for sure, seen without making them: most
/// entries name nothing new.
[[nodiscard]] bool sameKeys(const Row& a, const Row& b);

/// The part of a key, or of the beginning of one, that all keys of such a look-up share; empty when
/// it is shorter. Of keys by time it is their letter.
[[nodiscard]] std::string_view lookUpOf(std::string_view key);

/// The beginning that all keys of such a look-up share.
[[nodiscard]] std::string aggregateKeys(std::uint16_t aggregate);
[[nodiscard]] std::string symbolKeys(std::string_view symbol);
/// Whether something is kept of a key when it goes.
[[nodiscard]] bool keptAsFormer(std::string_view key);
/// What is kept of the key of a symbol or of an aggregate when it goes; the key as it was then.
[[nodiscard]] std::string formerKey(std::string_view key);
[[nodiscard]] std::string keyOfFormer(std::string_view formerKey);
[[nodiscard]] std::string linkKeys(EntityId target);
[[nodiscard]] std::string referenceKeys(EntityId sender, std::string_view reference);
/// The id at the end of an index key.
[[nodiscard]] EntityId keyedId(std::string_view key);

/// Symbols are compared without regard to case: nobody means two things by MTG-1 and mtg-1.
[[nodiscard]] std::string foldSymbol(std::string_view symbol);

}  // namespace consulta
