// What RocksDB answers, in the words of this program. Private to the databases.
#pragma once

#include <rocksdb/status.h>

#include <string>
#include <string_view>

#include "events/result.h"

namespace consulta::rocks {

/// Whether files are not what was written. One that RocksDB knows and does not find was taken away:
/// that is damage, not a weak disk.
[[nodiscard]] bool isDamage(const ::rocksdb::Status& status);

/// The failure for a status that is not ok. `place` says what was being done to what, for instance
/// "table rows, key 0012ab".
[[nodiscard]] Failure failureOf(const ::rocksdb::Status& status, const Message& place);

/// A key for people: hexadecimal, shortened when it is long.
[[nodiscard]] std::string keyText(std::string_view key);

}  // namespace consulta::rocks
