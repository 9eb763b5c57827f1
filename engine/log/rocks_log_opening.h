// What an opening proves about the log before it is used. Private to the RocksDB log.
#pragma once

#include <string>

#include "engine/log/database.h"
#include "engine/log/head_file.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// The position of the last record in the database, none when there is none, once it is proven that
/// no position before it is missing between the tables or behind them. It costs one step for each
/// table and one for each record that is not in a table yet, and reads no block of any table; a gap
/// within a table is found by whoever reads it.
[[nodiscard]] Result<Position> lastOfDense(const Database& database);

/// Ok when the log reaches as far as the head and holds the head's record.
[[nodiscard]] Status checkHead(const Database& database, Position last, const Head& head);

/// The checked bytes of one record that must be there.
[[nodiscard]] Result<std::string> storedRecord(const Database& database, Position position);

/// The failure that names lost or damaged positions, both ends included.
[[nodiscard]] Failure positionsLost(Position from, Position to);
/// A record that could not be read: `why`, with the position named when it is damage.
[[nodiscard]] Failure unreadable(Position position, const Failure& why);
[[nodiscard]] Failure recordDamaged(Position position, const Message& detail);

}  // namespace consulta
