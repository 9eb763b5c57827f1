// A copy of a key store, to be kept apart: its database as it is at one moment and the key files
// beside it.
#pragma once

#include <filesystem>

#include "engine/store/key_rows.h"
#include "events/result.h"

namespace consulta {

/// Puts a copy of the key store in `from`, whose rows are `rows`, into the directory `named`,
/// durably and for its owner's eyes only. An older copy there is replaced at once, and removed:
/// keys that were destroyed since must not live on in it. Refused when `named` holds anything else.
/// It is made in the directory `named`.copying, which is gone afterwards; nothing else beside
/// `named` is touched.
[[nodiscard]] Status copyKeyStore(const KeyRows& rows, const std::filesystem::path& from,
                                  const std::filesystem::path& named);

/// Ok when `from` looks like a copy of a key store and lies apart from `apart`, a directory of
/// which neither holds the other.
[[nodiscard]] Status checkKeyCopy(const std::filesystem::path& from,
                                  const std::filesystem::path& apart);

/// Puts a copy that nobody has open into the empty directory `to`, durably and for its owner's eyes
/// only: the files that a key store consists of, and nothing else that lies in `from`.
[[nodiscard]] Status takeKeyCopy(const std::filesystem::path& from,
                                 const std::filesystem::path& to);

}  // namespace consulta
