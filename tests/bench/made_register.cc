#include "tests/bench/made_register.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "cli/reference.h"
#include "engine/log/head_slot.h"
#include "events/entry.h"

namespace consulta::bench {

namespace json = boost::json;

namespace {

/// Ten years, of a small register less: a few entries come each day, for a clock that jumps by a
/// year stops the writer.
std::int64_t spanNs(std::uint64_t entries) {
  return static_cast<std::int64_t>(std::min<std::uint64_t>(3'650, 1 + entries / 4)) * nsPerDay;
}
/// Pieces under way at a time while a register is filled: half of what the writer lets wait.
constexpr std::size_t under_way_max = limits::queue_submissions_max / 2;

std::int64_t realNs() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}
std::int64_t todayNs() {
  return realNs() / nsPerDay * nsPerDay;
}

[[noreturn]] void refuse(const Failures& failures) {
  std::string why;
  for (const auto& one : failures) why += one.rule + ": " + inEnglish(one.text) + "\n";
  throw std::runtime_error(why);
}

std::vector<Proposal> read(const Catalogue& catalogue, const std::vector<json::object>& entries) {
  std::vector<Proposal> out;
  for (const auto& one : entries) {
    auto proposal = readEntry(catalogue, one, EntryDefaults{});
    if (!proposal) refuse(proposal.failures());
    out.push_back(std::move(proposal).value());
  }
  return out;
}

}  // namespace

struct StoryClock::Hands {
  std::atomic<std::int64_t> ns;
};

StoryClock::StoryClock(std::int64_t startNs) : hands_(std::make_shared<Hands>()) {
  hands_->ns = startNs;
}

void StoryClock::reach(std::int64_t ns) {
  auto seen = hands_->ns.load();
  while (seen < ns && !hands_->ns.compare_exchange_weak(seen, ns)) {
  }
}

Clock StoryClock::clock() const {
  return [hands = hands_] { return ++hands->ns; };
}

struct BatchEnds::Heard {
  std::mutex mutex;
  std::vector<Position> ends;
};

FileGuard BatchEnds::guard(const std::filesystem::path& head) {
  heard_ = std::make_shared<Heard>();
  return [heard = heard_, head = head.string()](const FileCall& call) -> std::optional<int> {
    const bool isHead = call.kind == FileCall::Kind::write && call.path == head;
    const auto slot = isHead ? readHeadSlot(call.bytes) : std::nullopt;
    if (!slot) return std::nullopt;
    const std::lock_guard lock(heard->mutex);
    heard->ends.push_back(slot->head.position);
    return std::nullopt;
  };
}

std::vector<Position> BatchEnds::all() const {
  const std::lock_guard lock(heard_->mutex);
  return heard_->ends;
}

MadeRegister::MadeRegister(const Catalogue& catalogue, const std::filesystem::path& directory,
                           std::uint64_t seed, std::uint64_t entries)
    : catalogue_(catalogue),
      clock_(todayNs() - spanNs(entries)),
      lives_(seed, todayNs() - spanNs(entries), todayNs() - nsPerDay, entries) {
  RegisterOptions options;
  options.directory = directory;
  options.command = "bench";
  options.clock = clock_.clock();
  options.subjectKeysAhead = limits::subject_keys_ahead_max;
  options.disk.files = ends_.guard(directory / "head");
  register_ = orBroken(Register::create(catalogue, options));
  found();
}

MadeRegister::~MadeRegister() = default;

/// As "consulta init" does.
void MadeRegister::found() {
  const auto own = "uid:" + std::to_string(::getuid());
  clerks_.push_back(orBroken(register_->actorFor(own, "clerk")));
  clerks_.push_back(orBroken(register_->actorFor("second", "second clerk")));
  for (const auto& group : referenceGroups()) {
    std::vector<json::object> entries;
    for (const auto text : group.entries) entries.push_back(json::parse(text).as_object());
    enter(entries);
  }
  json::object opened{{"organization", {{"en", "Bench"}}},
                      {"timeZone", "Europe/Vienna"},
                      {"languages", {"en", "fr", "es"}},
                      {"registerId", toText(register_->id())}};
  const auto entry = [&](const char* type, json::object data) {
    return json::object{{"type", type},
                        {"entity", "register:REG"},
                        {"occurred", dayText(register_->now())},
                        {"data", std::move(data)}};
  };
  const auto actor = toText(clerks_.front());
  enter({entry("register.opened", std::move(opened)),
         entry("register.actorEnrolled", {{"actor", actor}, {"name", "clerk"}}),
         entry("register.roleGranted", {{"actor", actor}, {"role", "administrator"}})});
  if (auto done = register_->complete(); !done) refuse(done.failures());
}

void MadeRegister::enter(const std::vector<json::object>& entries) {
  Submission submission;
  submission.id = randomId<SubmissionId>();
  submission.actor = clerks_.front();
  submission.entries = read(catalogue_, entries);
  auto receipt = register_->submit(std::move(submission));
  if (!receipt) refuse(receipt.failures());
}

MadeRegister::Piece MadeRegister::next() {
  const auto piece = lives_.next();
  Piece out;
  out.atNs = piece.atNs + nsPerDay / 2;
  out.submission.id = randomId<SubmissionId>();
  out.submission.actor = clerks_.at(piece.clerk);
  out.submission.entries = read(catalogue_, piece.entries);
  return out;
}

Submission MadeRegister::reach(Piece piece) {
  clock_.reach(piece.atNs);
  return std::move(piece.submission);
}

void MadeRegister::fill(std::uint64_t entries, const std::function<void(std::uint64_t)>& progress) {
  std::mutex mutex;
  std::condition_variable fewer;
  std::size_t underWay = 0;
  std::uint64_t asked = register_->last().value;
  Failures failures;
  const auto answered = [&](Result<Receipt> receipt) {
    const std::lock_guard lock(mutex);
    if (!receipt && failures.empty()) failures = std::move(receipt).failures();
    --underWay;
    fewer.notify_one();
  };
  while (asked < entries) {
    auto submission = reach(next());
    {
      std::unique_lock lock(mutex);
      fewer.wait(lock, [&] { return underWay < under_way_max; });
      if (!failures.empty()) break;
      ++underWay;
    }
    asked += submission.entries.size();  // what follows at once comes on top of it
    register_->submit(std::move(submission), answered);
    progress(asked);
  }
  std::unique_lock lock(mutex);
  fewer.wait(lock, [&] { return underWay == 0; });
  if (!failures.empty()) refuse(failures);
}

RegisterOptions optionsOf(const std::filesystem::path& directory) {
  RegisterOptions options;
  options.directory = directory;
  options.command = "bench";
  options.clock = &realNs;
  return options;
}

std::filesystem::path madeRegister(const Catalogue& catalogue, const std::filesystem::path& base,
                                   std::uint64_t seed, std::uint64_t entries) {
  auto directory = base / fmt::format("register-{}-{}", seed, entries);
  const auto whole = directory / "filled";  // a register that was left half made is made anew
  if (std::filesystem::exists(whole)) return directory;
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(base);
  const auto begin = std::chrono::steady_clock::now();
  {
    MadeRegister made(catalogue, directory, seed, entries);
    std::uint64_t told = 0;
    made.fill(entries, [&](std::uint64_t done) {
      if (done < told + 250'000) return;
      told = done;
      fmt::print(stderr, "  {} entries\n", done);
    });
    fmt::print(stderr, "a register of {} entries, seed {}, ", made.reg().last().value, seed);
    std::ofstream(directory / "meetings") << made.lives().meetings() << '\n';
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  fmt::print(stderr, "made in {:.1f} s: {:.0f} entries/s\n", took.count(),
             static_cast<double>(entries) / took.count());
  std::ofstream(whole) << entries << '\n';
  return directory;
}

}  // namespace consulta::bench
