// The master key: the one file without which no personal value of a register can be read.
//
// `master.key` is 32 random bytes, readable by its owner only. It is not in any database and in no
// backup of one; whoever runs the register keeps a copy apart. Every sealed row names the master
// key it was sealed under by an id derived from the key, so that a wrong file is recognised and
// rows can be sealed anew, one by one, under the next master key.
#pragma once

#include <filesystem>
#include <string>

#include "engine/log/file.h"
#include "engine/store/crypto.h"
#include "events/result.h"

namespace consulta {

/// What the key store works with; the master key itself does not stay in memory.
struct MasterKeys {
  std::string id;       // 8 bytes, not secret: tells one master key from another
  Secret subjects;      // seals the subject keys
  Secret accounts;      // seals the accounts
  Secret accountNames;  // makes the database keys of accounts
};

/// HKDF-SHA256 of the master key with the purposes "master id" (its first 8 bytes), "master
/// subjects", "master accounts" and "master account names".
[[nodiscard]] MasterKeys deriveMasterKeys(Crypto& crypto, const Secret& master);

/// Makes a new random key in a file that must not exist, mode 0600, durable on return.
[[nodiscard]] Result<Secret> createMasterKeyFile(const std::filesystem::path& file,
                                                 const FileGuard& guard = {});

/// Reads it and checks length and permissions. A link is followed, so that the key may lie on
/// another disk. Failures: keys.master.missing, .unreadable, .open-to-others, .length.
[[nodiscard]] Result<Secret> readMasterKeyFile(const std::filesystem::path& file);

}  // namespace consulta
