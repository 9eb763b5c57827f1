#include "engine/runtime/register.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/runtime/due_round.h"
#include "engine/runtime/register_impl.h"
#include "engine/store/crypto.h"
#include "engine/store/keys.h"

namespace consulta {

template <typename Wide>
Wide randomId() {
  std::array<std::uint8_t, 16> bytes{};
  fillRandom(bytes);
  Wide id;
  for (std::size_t i = 0; i < 8; ++i) {
    id.high = (id.high << 8U) | bytes[i];
    id.low = (id.low << 8U) | bytes[i + 8];
  }
  // Version 4, variant 1: a UUID like any other.
  id.high = (id.high & ~0xF000ULL) | 0x4000ULL;
  id.low = (id.low & ~(3ULL << 62U)) | (2ULL << 62U);
  return id;
}

template SubmissionId randomId<SubmissionId>();
template SubjectId randomId<SubjectId>();
template CorrelationId randomId<CorrelationId>();
template ActorId randomId<ActorId>();
template RegisterId randomId<RegisterId>();

Register::Impl::Impl(const Catalogue& catalogue_, RegisterOptions options_, Directory directory_)
    : catalogue(catalogue_), options(std::move(options_)), directory(std::move(directory_)) {}
Register::Impl::~Impl() = default;

Owner Register::Impl::ownerOf(const RegisterOptions& options) {
  return Owner{options.command, options.clock()};
}

Database::Options Register::Impl::databaseOptions(bool create) const {
  Database::Options out;
  out.path = directory.database();
  out.families = RocksLog::families();
  for (auto& family : RowStore::families()) out.families.push_back(std::move(family));
  for (auto& family : Consumers::families()) out.families.push_back(std::move(family));
  out.create = create;
  out.fileSystem = options.disk.databases;
  return out;
}

Status Register::Impl::openParts(bool create) {
  auto opened = Database::open(databaseOptions(create));
  if (!opened) return std::move(opened).failures();
  database = std::move(opened).value();
  if (create) {
    if (auto made = makeParts(); !made) return made;
  }
  auto openedLog = RocksLog::open(*database, directory.head(), options.disk.files);
  if (!openedLog) return std::move(openedLog).failures();
  records = std::move(openedLog).value();
  auto openedRows = RowStore::open(*database, *records, catalogue);
  if (!openedRows) return std::move(openedRows).failures();
  rows = std::move(openedRows).value();
  auto openedConsumers = Consumers::open(*database, options.clock);
  if (!openedConsumers) return std::move(openedConsumers).failures();
  consumers = std::move(openedConsumers).value();
  desk = std::make_unique<Desk>(*records, *rows);
  if (auto caughtUp = desk->catchUp(options.rebuilding); !caughtUp) return caughtUp;
  secrets = std::make_unique<Secrets>(directory.keys(), records->identity().registerId, *records,
                                      options.disk, options.subjectKeysAhead);
  files = std::make_unique<StoredFiles>(directory.files(), *secrets, *records, options.disk.files);
  writer = std::make_unique<Writer>(*records, *desk, *secrets, options.clock,
                                    ConfirmedClock(directory.clock(), options.disk.files),
                                    options.clockConfirmed);
  return Done{};
}

Status Register::Impl::makeParts() {
  if (auto made = KeyStore::create(directory.keys(), options.disk); !made) return made;
  return RocksLog::createHead(*database, directory.head(), LogIdentity{randomId<RegisterId>(), 1},
                              options.disk.files);
}

Register::Register(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Register::~Register() {
  impl_->writer.reset();  // what is queued is finished first
  if (impl_->desk && !impl_->records->broken()) {
    // Rows that cannot be written now are folded again at the next opening.
    static_cast<void>(impl_->desk->flush());
  }
}

Result<std::unique_ptr<Register>> Register::create(const Catalogue& catalogue,
                                                   const RegisterOptions& options) {
  auto directory = Directory::create(options.directory, Impl::ownerOf(options), options.disk.files);
  if (!directory) return std::move(directory).failures();
  auto impl = std::make_unique<Impl>(catalogue, options, std::move(directory).value());
  if (auto opened = impl->openParts(true); !opened) return std::move(opened).failures();
  return std::unique_ptr<Register>(new Register(std::move(impl)));
}

Status Register::complete() {
  return impl_->directory.complete();
}

Result<std::unique_ptr<Register>> Register::open(const Catalogue& catalogue,
                                                 const RegisterOptions& options) {
  auto directory = Directory::open(options.directory, Impl::ownerOf(options), options.ownerWait_ms,
                                   options.disk.files);
  if (!directory) return std::move(directory).failures();
  auto impl = std::make_unique<Impl>(catalogue, options, std::move(directory).value());
  if (auto opened = impl->openParts(false); !opened) return std::move(opened).failures();
  return std::unique_ptr<Register>(new Register(std::move(impl)));
}

Result<Receipt> Register::submit(Submission submission) {
  return impl_->writer->submit(std::move(submission));
}

void Register::submit(Submission submission, Answer answer) {
  impl_->writer->submit(std::move(submission), std::move(answer));
}

Result<Receipt> Register::dryRun(Submission submission) {
  return impl_->writer->dryRun(std::move(submission));
}

Result<DueReceipt> Register::enterDue() {
  const std::lock_guard lock(impl_->enteringDue);
  return enterWhatIsDue(*impl_->desk, *impl_->writer, now());
}

void Register::read(const std::function<void(const State&)>& look) const {
  impl_->desk->read(look);
}

void Register::read(const std::function<void(const State&, Position)>& look) const {
  impl_->desk->read(look);
}

void Register::read(const Moment& moment, const std::function<void(const State&)>& look) const {
  impl_->desk->read([&](const State& now) {
    if (moment.isNow()) return look(now);
    const PastState then(now, moment);
    look(then);
  });
}

Position Register::knownAt(std::int64_t recordedNs) const {
  // Recording times never decrease, so the newest one in time is found by halving.
  std::uint64_t low = 0;
  auto high = last().value;
  while (low < high) {
    const auto middle = low + (high - low + 1) / 2;
    const auto record = orBroken(recordAt(*impl_->records, Position(middle)));
    if (record->get().getRecordedAtNs() <= recordedNs) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return Position(low);
}

Status Register::log(Position from, Position to,
                     const std::function<bool(const RecordPtr&)>& visit) const {
  Failures failures;
  auto read = impl_->records->read(from, to, [&](const StoredRecord& stored) {
    auto record = Record::read(stored.position, stored.bytes);
    if (record) return visit(*record);
    failures = std::move(record).failures();
    return false;
  });
  if (!failures.empty()) return failures;
  return read;
}

Status Register::stored(Position from, Position to, const Log::Visitor& visit) const {
  return impl_->records->read(from, to, visit);
}

Position Register::last() const {
  return impl_->records->last();
}

Position Register::published() const {
  return impl_->desk->published();
}

Position Register::wait(Position after, std::uint32_t timeout_ms) const {
  return impl_->records->wait(after, timeout_ms);
}

bool Register::takesEntries() const {
  return !impl_->records->broken();
}

const WriterFigures& Register::figures() const {
  return impl_->writer->figures();
}

std::optional<std::string> Register::reveal(Position at, std::string_view field) const {
  return impl_->secrets->reveal(at, field);
}

Result<ActorId> Register::actorFor(const std::string& account, const std::string& name) {
  return impl_->secrets->actorFor(account, name);
}

std::optional<std::string> Register::nameOfActor(ActorId actor) const {
  return impl_->secrets->nameOfActor(actor);
}

Consumers& Register::consumers() {
  return *impl_->consumers;
}
const Consumers& Register::consumers() const {
  return *impl_->consumers;
}

StoredFiles& Register::files() {
  return *impl_->files;
}
const StoredFiles& Register::files() const {
  return *impl_->files;
}

Status Register::rebuild(const std::function<void(Position, Position)>& progress) {
  Status done = Done{};
  impl_->writer->alone([&] {
    const Consumers::Pause pause(*impl_->consumers);  // they write to the same database
    done = impl_->desk->rebuild(progress);
  });
  return done;
}

RegisterId Register::id() const {
  return impl_->records->identity().registerId;
}
std::uint64_t Register::epoch() const {
  return impl_->records->identity().epoch;
}
std::int64_t Register::now() const {
  return impl_->options.clock();
}
std::int64_t Register::newestRecordedNs() const {
  const auto newest = last();
  return newest ? orBroken(recordAt(*impl_->records, newest))->get().getRecordedAtNs() : 0;
}
const Catalogue& Register::catalogue() const {
  return impl_->catalogue;
}

}  // namespace consulta
