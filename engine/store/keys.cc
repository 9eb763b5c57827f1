#include "engine/store/keys.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/store/commitment.h"
#include "engine/store/key_copy.h"
#include "engine/store/key_rows.h"
#include "engine/store/master_key.h"
#include "events/limits.h"

namespace consulta {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view meta_row = "m";
constexpr std::string_view subject_table = "s";
constexpr std::string_view account_table = "a";
constexpr std::size_t actor_bytes = 16;

fs::path masterKeyFile(const fs::path& directory) {
  return directory / "master.key";
}

std::string subjectRow(SubjectId subject) {
  std::string row(subject_table);
  appendId(row, subject);
  return row;
}

std::string accountClear(const KnownAccount& known) {
  std::string clear;
  appendId(clear, known.actor);
  appendU16(clear, known.account.size());
  clear += known.account;
  clear += known.displayName;
  return clear;
}

std::optional<KnownAccount> readAccountClear(std::string_view clear) {
  if (clear.size() < actor_bytes + 2) return std::nullopt;
  const auto high = static_cast<unsigned char>(clear[actor_bytes]);
  const auto low = static_cast<unsigned char>(clear[actor_bytes + 1]);
  const std::size_t length = std::size_t{high} * 256 + low;
  const auto names = clear.substr(actor_bytes + 2);
  if (length > names.size()) return std::nullopt;
  return KnownAccount{std::string(names.substr(0, length)),
                      ActorId{readU64(clear.substr(0, 8)), readU64(clear.substr(8, 8))},
                      std::string(names.substr(length))};
}

}  // namespace

class KeyStore::Impl {
 public:
  Impl(std::unique_ptr<KeyRows> rows, MasterKeys keys, std::size_t keysAhead)
      : rows_(std::move(rows)), keys_(std::move(keys)), keysAhead_(keysAhead) {}
  ~Impl() { dropSpare(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<SubjectId> newSubject();
  Status commitStaged();
  Status prepareAhead();
  Result<std::optional<Secret>> keyOf(SubjectId subject);
  Result<std::optional<KnownAccount>> account(std::string_view name);
  Status rememberActor(const KnownAccount& known);
  Status visitAccounts(const std::function<void(const KnownAccount&)>& visit);
  Status checkNotBroken();
  const KeyRows& rows() const { return *rows_; }

 private:
  using KeyOfSubject = std::pair<SubjectId, Secret>;

  static KeyOfSubject freshKey();
  void putKey(RowChanges& changes, SubjectId subject, const Secret& key);
  Status write(const RowChanges& changes);
  Status writeKeys(std::size_t spare);
  void dropSpare();
  void cache(SubjectId subject, Secret key);
  std::string accountRow(std::string_view name);
  std::optional<KnownAccount> openAccount(std::string_view row, std::string_view stored);

  const std::unique_ptr<KeyRows> rows_;
  const MasterKeys keys_;
  const std::size_t keysAhead_;

  // Held while subjects are made, written or given out: a key that is staged meanwhile would be
  // taken for written.
  std::mutex writing_;
  // Guards all that follows. It is not held while a write is synced, so that readers go on. A key
  // that is not in memory is read under it, so that what is cached is never older than the rows.
  std::mutex mutex_;
  Crypto crypto_;
  std::unordered_map<SubjectId, Secret> staged_;  // not durable yet; changed under writing_
  std::unordered_map<SubjectId, Secret> cached_;
  std::vector<KeyOfSubject> spare_;  // durable, and given to nobody
  bool broken_ = false;
};

KeyStore::Impl::KeyOfSubject KeyStore::Impl::freshKey() {
  SubjectId id;
  while (!id) {
    std::array<std::uint8_t, 16> random{};
    fillRandom(random);
    const std::string_view bytes(reinterpret_cast<const char*>(random.data()), random.size());
    id = SubjectId{readU64(bytes.substr(0, 8)), readU64(bytes.substr(8))};
  }
  return {id, Secret::filledBy([](Secret::Bytes out) { fillRandom(out); })};
}

void KeyStore::Impl::putKey(RowChanges& changes, SubjectId subject, const Secret& key) {
  auto row = subjectRow(subject);
  auto stored = sealRow(crypto_, keys_, keys_.subjects, row, key.bytes());
  changes.puts.emplace_back(std::move(row), std::move(stored));
}

void KeyStore::Impl::cache(SubjectId subject, Secret key) {
  // Emptied when full: whoever reads that many people in a row would gain nothing from a choice.
  if (cached_.size() >= limits::subject_keys_cached_max) cached_.clear();
  cached_.insert_or_assign(subject, std::move(key));
}

Status KeyStore::Impl::checkNotBroken() {
  const std::lock_guard lock(mutex_);
  if (!broken_) return Done{};
  return unavailable("keys.broken", msg("an earlier write to the key store failed, so nothing more "
                                        "is written; check the disk, then start again"));
}

Status KeyStore::Impl::write(const RowChanges& changes) {
  if (auto whole = checkNotBroken(); !whole) return whole;
  auto written = rows_->write(changes);
  if (!written) {
    const std::lock_guard lock(mutex_);
    broken_ = true;
  }
  return written;
}

Result<SubjectId> KeyStore::Impl::newSubject() {
  const std::lock_guard writing(writing_);
  if (auto whole = checkNotBroken(); !whole) return std::move(whole).failures();
  const std::lock_guard lock(mutex_);
  if (spare_.empty()) {
    auto made = freshKey();
    const auto id = made.first;
    staged_.insert(std::move(made));
    return id;
  }
  auto taken = std::move(spare_.back());
  spare_.pop_back();
  cache(taken.first, std::move(taken.second));
  return taken.first;
}

Status KeyStore::Impl::commitStaged() {
  const std::lock_guard writing(writing_);
  if (staged_.empty()) return checkNotBroken();
  return writeKeys(keysAhead_);
}

Status KeyStore::Impl::prepareAhead() {
  const std::lock_guard writing(writing_);
  std::size_t left = 0;
  {
    const std::lock_guard lock(mutex_);
    left = spare_.size();
  }
  if (left * 2 >= keysAhead_) return checkNotBroken();
  return writeKeys(keysAhead_ - left);
}

// Writes the staged keys and so many spare ones, which may be handed out only after the sync.
Status KeyStore::Impl::writeKeys(std::size_t spare) {
  RowChanges changes;
  std::vector<KeyOfSubject> made;
  made.reserve(spare);
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, key] : staged_) putKey(changes, id, key);
    while (made.size() < spare) {
      made.push_back(freshKey());
      putKey(changes, made.back().first, made.back().second);
    }
  }
  if (auto written = write(changes); !written) return written;
  const std::lock_guard lock(mutex_);
  for (auto& [id, key] : staged_) cache(id, std::move(key));
  staged_.clear();
  std::ranges::move(made, std::back_inserter(spare_));
  return Done{};
}

void KeyStore::Impl::dropSpare() {
  if (broken_ || spare_.empty()) return;
  RowChanges changes;
  for (const auto& [id, key] : spare_) changes.deletes.push_back(subjectRow(id));
  rows_->writeLoosely(changes);
}

Result<std::optional<Secret>> KeyStore::Impl::keyOf(SubjectId subject) {
  using Found = std::optional<Secret>;
  const std::lock_guard lock(mutex_);
  for (const auto* table : {&cached_, &staged_}) {
    if (const auto at = table->find(subject); at != table->end()) return Found(at->second.copy());
  }
  const auto row = subjectRow(subject);
  const auto stored = rows_->get(row);
  if (!stored) return stored.failures();
  if (!*stored) return Found();
  auto clear = openRow(crypto_, keys_, keys_.subjects, row, **stored);
  if (!clear) return damagedRow("the key of subject " + toText(subject));
  auto key = Secret::from(*clear);
  wipe(*clear);
  if (!key) return damagedRow("the key of subject " + toText(subject));
  cache(subject, key->copy());
  return Found(std::move(key));
}

std::string KeyStore::Impl::accountRow(std::string_view name) {
  const auto hidden = crypto_.hmac(keys_.accountNames.bytes(), name);
  std::string row(account_table);
  row += bytesOf(hidden);
  return row;
}

std::optional<KnownAccount> KeyStore::Impl::openAccount(std::string_view row,
                                                        std::string_view stored) {
  const auto clear = openRow(crypto_, keys_, keys_.accounts, row, stored);
  if (!clear) return std::nullopt;
  return readAccountClear(*clear);
}

Result<std::optional<KnownAccount>> KeyStore::Impl::account(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto row = accountRow(name);
  const auto stored = rows_->get(row);
  if (!stored) return stored.failures();
  if (!*stored) return std::optional<KnownAccount>();
  auto known = openAccount(row, **stored);
  if (!known || known->account != name) return damagedRow("an account");
  return known;
}

Status KeyStore::Impl::rememberActor(const KnownAccount& known) {
  const std::lock_guard writing(writing_);
  RowChanges changes;
  {
    const std::lock_guard lock(mutex_);
    auto row = accountRow(known.account);
    auto stored = sealRow(crypto_, keys_, keys_.accounts, row, accountClear(known));
    changes.puts.emplace_back(std::move(row), std::move(stored));
  }
  return write(changes);
}

Status KeyStore::Impl::visitAccounts(const std::function<void(const KnownAccount&)>& visit) {
  return rows_->visit(account_table, [&](std::string_view row, std::string_view stored) -> Status {
    std::optional<KnownAccount> known;
    {
      const std::lock_guard lock(mutex_);
      known = openAccount(row, stored);
    }
    if (!known) return damagedRow("an account");
    visit(*known);
    return Done{};
  });
}

namespace {

Status makeDirectory(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (!error) fs::permissions(directory, fs::perms::owner_all, error);
  if (!error) return Done{};
  return unavailable("keys.write",
                     msg("cannot make the directory {path}: {reason}; check the disk and the "
                         "permissions of the directory above it",
                         arg("path", directory.string()), arg("reason", error.message())));
}

// That the master key in the file is the one the rows were sealed under.
Status checkMaster(const KeyRows& rows, const fs::path& directory, const MasterKeys& keys) {
  const auto stored = rows.get(meta_row);
  if (!stored) return stored.failures();
  const auto header = rowHeader(keys);
  if (*stored == header) return Done{};
  if (!*stored || (*stored)->size() != header.size() || (*stored)->front() != header.front()) {
    return damagedRow("the name of the master key");
  }
  return damaged("keys.master.other",
                 msg("the key file {path} is not the one that this key store was written with; "
                     "restore the two together, the newest copy of both",
                     arg("path", masterKeyFile(directory).string())));
}

}  // namespace

bool KeyStore::isThere(const fs::path& directory) {
  std::error_code error;
  return fs::exists(masterKeyFile(directory), error) || fs::exists(directory / "db", error);
}

Status KeyStore::create(const fs::path& directory, const DiskLayer& disk) {
  if (isThere(directory)) {
    return refused("keys.exists", msg("there is a key store in {path} already; open it, or choose "
                                      "another directory",
                                      arg("path", directory.string())));
  }
  if (auto made = makeDirectory(directory); !made) return made;
  const auto master = createMasterKeyFile(masterKeyFile(directory), disk.files);
  if (!master) return master.failures();
  const auto rows = KeyRows::open(directory, KeyRows::Opening::fresh, disk);
  if (!rows) return rows.failures();
  Crypto crypto;
  RowChanges changes;
  changes.puts.emplace_back(meta_row, rowHeader(deriveMasterKeys(crypto, *master)));
  if (auto written = (*rows)->write(changes); !written) return written;
  if (auto synced = syncDirectory(directory, disk.files); !synced) return synced;
  return syncDirectory(fs::canonical(directory).parent_path(), disk.files);
}

Result<std::unique_ptr<KeyStore>> KeyStore::open(const fs::path& directory, std::size_t keysAhead,
                                                 const DiskLayer& disk) {
  assert(keysAhead <= limits::subject_keys_ahead_max);
  const auto master = readMasterKeyFile(masterKeyFile(directory));
  if (!master) return master.failures();
  auto rows = KeyRows::open(directory, KeyRows::Opening::existing, disk);
  if (!rows) return rows.failures();
  Crypto crypto;
  auto keys = deriveMasterKeys(crypto, *master);
  if (auto checked = checkMaster(**rows, directory, keys); !checked) return checked.failures();
  return std::unique_ptr<KeyStore>(new KeyStore(
      directory, std::make_unique<Impl>(std::move(*rows), std::move(keys), keysAhead)));
}

KeyStore::KeyStore(fs::path directory, std::unique_ptr<Impl> impl)
    : directory_(std::move(directory)), impl_(std::move(impl)) {}
KeyStore::~KeyStore() = default;

Result<SubjectId> KeyStore::newSubject() {
  return impl_->newSubject();
}
Status KeyStore::commitStaged() {
  return impl_->commitStaged();
}
Status KeyStore::prepareAhead() {
  return impl_->prepareAhead();
}
Status KeyStore::copyTo(const fs::path& directory) const {
  return copyKeyStore(impl_->rows(), directory_, directory);
}
bool KeyStore::broken() const {
  return !impl_->checkNotBroken();
}

Result<std::optional<Secret>> KeyStore::keyOf(SubjectId subject) const {
  return impl_->keyOf(subject);
}

Result<std::optional<ActorId>> KeyStore::actorOf(std::string_view account) const {
  const auto known = impl_->account(account);
  if (!known) return known.failures();
  if (!*known) return std::optional<ActorId>();
  return std::optional<ActorId>((*known)->actor);
}

Status KeyStore::rememberActor(std::string_view account, ActorId actor,
                               std::string_view displayName) {
  assert(actor);
  for (const auto text : {account, displayName}) {
    if (!text.empty() && text.size() <= limits::symbol_bytes_max) continue;
    return usage("keys.account.length",
                 msg("an account and its display name need 1 to {bytes} bytes each; write a name, "
                     "or a shorter one",
                     arg("bytes", limits::symbol_bytes_max)));
  }
  const auto known = impl_->account(account);
  if (!known) return known.failures();
  if (*known && (*known)->actor != actor) {
    return conflict("keys.account.actor",
                    msg("this account acts as {actor} already; give the other person an account of "
                        "their own",
                        arg("actor", ActorArg{toText((*known)->actor)})));
  }
  return impl_->rememberActor({std::string(account), actor, std::string(displayName)});
}

Status KeyStore::visitAccounts(const std::function<void(const KnownAccount&)>& visit) const {
  return impl_->visitAccounts(visit);
}

}  // namespace consulta
