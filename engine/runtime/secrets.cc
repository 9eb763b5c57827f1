#include "engine/runtime/secrets.h"

#include <algorithm>
#include <utility>

#include "engine/runtime/register.h"
#include "engine/store/row_store.h"

namespace consulta {

namespace {

SubjectId subjectOf(const Record& record) {
  SubjectId out;
  out.high = record.get().getSubjectHigh();
  out.low = record.get().getSubjectLow();
  return out;
}

}  // namespace

Secrets::Secrets(std::filesystem::path directory, RegisterId registerId, const Log& log,
                 DiskLayer disk, std::size_t keysAhead)
    : directory_(std::move(directory)),
      registerId_(registerId),
      log_(log),
      disk_(std::move(disk)),
      keysAhead_(keysAhead) {}

void Secrets::open() const {
  std::call_once(once_, [this] {
    auto opened = KeyStore::open(directory_, keysAhead_, disk_);
    if (!opened) {
      failure_ = opened.failures().front();
      return;
    }
    keys_ = std::move(opened).value();
    vault_ = std::make_unique<Vault>(*keys_, registerId_);
    isOpen_ = true;
  });
  if (failure_) throw Broken(*failure_);
}

Vault& Secrets::vault() const {
  open();
  return *vault_;
}

KeyStore& Secrets::keys() const {
  open();
  return *keys_;
}

KeyStore* Secrets::keysIfThere() const {
  return KeyStore::isThere(directory_) ? &keys() : nullptr;
}

std::optional<std::string> Secrets::reveal(Position at, std::string_view field) const {
  if (keysIfThere() == nullptr) return std::nullopt;
  const auto sealed = orBroken(log_.beside(at, field));
  if (!sealed) return std::nullopt;
  const auto record = orBroken(recordAt(log_, at));
  return orBroken(vault().open(subjectOf(*record), at, field, *sealed));
}

bool Secrets::matches(const Record& record, std::string_view field, std::string_view value,
                      std::string_view commitment) const {
  Commitment expected{};
  if (commitment.size() != expected.size()) return false;
  std::ranges::copy(commitment, expected.begin());
  return orBroken(vault().matches(subjectOf(record), record.position(), field, value, expected)) ==
         Match::same;
}

Result<ActorId> Secrets::actorFor(const std::string& account, const std::string& name) {
  auto known = keys().actorOf(account);
  if (!known) return std::move(known).failures();
  if (*known) return **known;
  const auto actor = randomId<ActorId>();
  if (auto kept = keys().rememberActor(account, actor, name); !kept) {
    return std::move(kept).failures();
  }
  return actor;
}

std::optional<std::string> Secrets::nameOfActor(ActorId actor) const {
  std::optional<std::string> out;
  const auto* known = keysIfThere();
  if (known == nullptr) return out;
  orBroken(known->visitAccounts([&](const KnownAccount& account) {
    if (account.actor == actor) out = account.displayName;
  }));
  return out;
}

Status Secrets::commitSubjects() {
  return isOpen_ ? keys_->commitStaged() : Status(Done{});
}

SubjectId BatchSealing::newSubject() {
  return orBroken(secrets_.keys().newSubject());
}

std::string BatchSealing::seal(SubjectId subject, Position position, const std::string& field,
                               const std::string& value) {
  auto sealed = orBroken(secrets_.vault().seal(subject, position, field, value));
  sealed_[position].push_back(Beside{field, std::move(sealed.bytes)});
  return {sealed.commitment.begin(), sealed.commitment.end()};
}

void BatchSealing::put(Position position, Beside value) {
  sealed_[position].push_back(std::move(value));
}

std::vector<Beside> BatchSealing::take(Position position) {
  auto node = sealed_.extract(position);
  return node ? std::move(node.mapped()) : std::vector<Beside>{};
}

void BatchSealing::forgetFrom(Position position) {
  sealed_.erase(sealed_.lower_bound(position), sealed_.end());
}

SubjectId NoSealing::newSubject() {
  return randomId<SubjectId>();
}

std::string NoSealing::seal(SubjectId, Position, const std::string&, const std::string&) {
  return std::string(32, '\0');
}

}  // namespace consulta
