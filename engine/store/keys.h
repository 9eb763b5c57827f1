// The key store: the keys of the people whose values the register holds, and who the accounts are.
//
// It lives in a directory of its own, `keys/` in the data directory: `master.key` (master_key.h),
// `db/`, a RocksDB database apart from the log, and `head`, a head file (log/head_file.h) with the
// number of the newest write, so that a database that lost its end is noticed. So erasing somebody
// never touches the log, and a backup of the log holds no key. Rows of the database, format 1:
//
//   "m"                          -> 0x01 || master id                  which master key is current
//   "s" || subject (16 bytes)    -> header || sealed(32 bytes of key)
//   "a" || HMAC(account)         -> header || sealed(actor (16) || u16be(len account) || account ||
//                                                    display name)
//   header = 0x01 || master id (8 bytes); sealed = nonce || AES-256-GCM ciphertext || tag, with
//   header || database key as associated data, under the master key's key for that table.
//
// Because each row names its master key and an account's row holds the account itself, every row
// can be sealed anew under another master key without asking anybody.
//
// A subject is never given to two people, and a record never names a subject whose key could be
// lost. newSubject() makes a key in memory, commitStaged() makes it durable; the writer calls it
// before it syncs the records. With `keysAhead` > 0 the same write also carries spare keys, which
// later calls of newSubject() hand out without writing anything. Only this object's memory knows
// which spare keys are unused, and that is what makes it safe without a mark on disk: a key found
// on opening is never handed out, whether used or not. Spare keys left over are deleted on closing;
// those that a crash leaves behind are under 100 bytes each, name nobody and do no harm.
// A write syncs the database and then the head beside it. Whoever keeps the store open and calls
// prepareAhead() while idle pays neither for an entry; the command line (keysAhead 0) pays both if
// it enters a new person or file, else none.
//
// Threads: all of it may be called from any thread at any time. What writes waits for what is being
// written; keyOf, actorOf and visitAccounts do not.
// A failed write breaks the store for good: the writer must stop; reading goes on.
// A database can be open once only; a second opening fails with keys.unavailable.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/log/disk_layer.h"
#include "engine/store/crypto.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// One account and the actor it acts as. Personal: for people who may see names only.
struct KnownAccount {
  std::string account;
  ActorId actor;
  std::string displayName;

  bool operator==(const KnownAccount&) const = default;
};

class KeyStore {
 public:
  /// Makes the directory, the master key and an empty database, durable on return. Refused when
  /// there is a key store already (keys.exists).
  [[nodiscard]] static Status create(const std::filesystem::path& directory,
                                     const DiskLayer& disk = {});

  /// Whether there is anything of a key store in the directory.
  [[nodiscard]] static bool isThere(const std::filesystem::path& directory);

  /// Fails when the master key is missing, open to others, of a wrong length or another store's.
  /// `keysAhead` (at most limits::subject_keys_ahead_max): spare keys written with the others.
  [[nodiscard]] static Result<std::unique_ptr<KeyStore>> open(
      const std::filesystem::path& directory, std::size_t keysAhead = 0,
      const DiskLayer& disk = {});

  ~KeyStore();
  KeyStore(const KeyStore&) = delete;
  KeyStore& operator=(const KeyStore&) = delete;

  /// A subject that nobody had before. keyOf() knows it at once; it is durable only after the next
  /// commitStaged(). A subject that is not used after all does no harm.
  [[nodiscard]] Result<SubjectId> newSubject();

  /// Makes all new subjects durable with one write, or does nothing when all of them are.
  [[nodiscard]] Status commitStaged();

  /// Fills the spare keys up when fewer than half of `keysAhead` are left: one write, for a moment
  /// when no entry waits.
  [[nodiscard]] Status prepareAhead();

  /// None when the subject was erased or never was. An absent key that the history does not
  /// explain by an erasure means that an older key store was restored.
  [[nodiscard]] Result<std::optional<Secret>> keyOf(SubjectId subject) const;

  /// The account as the system knows it (a Unix user, a certificate's subject).
  [[nodiscard]] Result<std::optional<ActorId>> actorOf(std::string_view account) const;

  /// Durable on return. A known account may get another display name but never another actor
  /// (conflict keys.account.actor). Both texts have 1 to limits::symbol_bytes_max bytes.
  [[nodiscard]] Status rememberActor(std::string_view account, ActorId actor,
                                     std::string_view displayName);

  /// All accounts, in no meaningful order. The visitor may call this store.
  [[nodiscard]] Status visitAccounts(const std::function<void(const KnownAccount&)>& visit) const;

  /// Copies all of it into a directory to be kept apart (key_copy.h says how), as it is now.
  [[nodiscard]] Status copyTo(const std::filesystem::path& directory) const;

  /// True once a write has failed.
  [[nodiscard]] bool broken() const;

 private:
  class Impl;
  KeyStore(std::filesystem::path directory, std::unique_ptr<Impl> impl);

  const std::filesystem::path directory_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace consulta
