// The key that backups are sealed with: one small text file, kept apart from the backups.
//
//   "consulta backup key 1\n", 64 hexadecimal digits (32 random bytes), "\n"; readable by its owner
//   only
//
// Text, so that it can also be kept on paper.
#pragma once

#include <filesystem>
#include <string>

#include "engine/log/file.h"
#include "engine/store/crypto.h"
#include "events/result.h"

namespace consulta {

/// Makes a new random key in a file that must not exist, durable on return.
[[nodiscard]] Result<Secret> createBackupKey(const std::filesystem::path& file,
                                             const FileGuard& guard = {});

/// Failures: backup.key.missing, .unreadable, .open-to-others, .form.
[[nodiscard]] Result<Secret> readBackupKey(const std::filesystem::path& file);

/// 16 hexadecimal digits that tell one key from another and say nothing else of it.
[[nodiscard]] std::string backupKeyId(const Secret& key);

}  // namespace consulta
