// The life of a register in a few sessions, with everything that it did to its disk: so that a
// crash can be tried at each moment of it without living it again.
#pragma once

#include <doctest/doctest.h>

#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/rules/delegation.h"
#include "engine/runtime/register.h"
#include "tests/engine/disk_model.h"
#include "tests/engine/guarded_file_system.h"
#include "tests/support/random_entries.h"
#include "tests/support/temp_dir.h"

namespace consulta::testing {

inline const Catalogue& wholeCatalogue() {
  static const Catalogue all;  // it never changes
  return all;
}

/// What must be found again: the bytes of each record and the personal note beside it.
struct Content {
  std::vector<std::string> records;
  std::vector<std::optional<std::string>> notes;

  static Content of(const Register& reg) {
    Content out;
    const Status read = reg.log(Position(1), reg.last(), [&](const RecordPtr& record) {
      out.records.push_back(encode(record->get()));
      out.notes.push_back(reg.reveal(record->position(), "note"));
      return true;
    });
    REQUIRE(read.ok());
    return out;
  }
  [[nodiscard]] Content first(std::uint64_t count) const {
    const auto end = static_cast<std::ptrdiff_t>(count);
    return {{records.begin(), records.begin() + end}, {notes.begin(), notes.begin() + end}};
  }
  bool operator==(const Content&) const = default;
};

/// Whoever entered something is known by name. Damage throws, and passes.
inline void checkClerks(const Register& reg) {
  const Status known = reg.log(Position(1), reg.last(), [&](const RecordPtr& record) {
    const auto actor = actorOf(record->get());
    const auto name = reg.nameOfActor(actor);  // not within the check, which would catch it
    REQUIRE((!actor || name == "Clerk"));
    return true;
  });
  REQUIRE(known.ok());
}

/// A clerk who enters whatever comes to mind. The same seed enters the same.
class RandomClerk {
 public:
  explicit RandomClerk(std::uint64_t seed) : entries_(seed) {}

  std::size_t below(std::size_t bound) { return entries_.below(bound); }

  /// Tries until something is accepted, or could not be entered; then the failure comes back.
  Result<Receipt> enter(Register& reg) {
    try {
      auto actor = reg.actorFor("uid:" + std::to_string(below(3)), "Clerk");
      if (!actor) return std::move(actor).failures();
      while (true) {
        auto receipt = tryToEnter(reg, *actor);
        if (receipt || receipt.failures().front().fault >= Fault::damaged) return receipt;
      }
    } catch (const Broken& broken) {
      return broken.failure();
    }
  }

  /// The codes that random entries name.
  static Result<Receipt> enterLists(Register& reg) {
    Submission submission;
    submission.id = randomId<SubmissionId>();
    for (const auto& [list, code] : {std::pair("country", "UY"), std::pair("currency", "EUR"),
                                     std::pair("area", "energy"), std::pair("language", "es")}) {
      const boost::json::object entry{
          {"type", "reference.listed"},
          {"entity", std::string(list) + "/" + code},
          {"occurred", "XXXX"},
          {"data", {{"list", list}, {"code", code}, {"names", {{"en", code}}}}}};
      submission.entries.push_back(readEntry(reg.catalogue(), entry, EntryDefaults{}).value());
    }
    return reg.submit(std::move(submission));
  }

 private:
  Result<Receipt> tryToEnter(Register& reg, ActorId actor) {
    Submission submission;
    submission.id = randomId<SubmissionId>();
    submission.actor = actor;
    reg.read([&](const State& state) {
      const std::size_t count = 1 + below(3);
      while (submission.entries.size() < count) {
        auto proposal = readEntry(reg.catalogue(), entries_.next(state), EntryDefaults{});
        if (proposal) submission.entries.push_back(std::move(proposal).value());
      }
    });
    return reg.submit(std::move(submission));
  }

  test::RandomEntries entries_;
};

inline RegisterOptions optionsFor(const std::filesystem::path& root, DiskLayer disk) {
  RegisterOptions options;
  options.directory = root / "register";
  options.command = "test";
  options.clock = [] { return std::int64_t{1'200'000'000'000'000'000}; };
  options.disk = std::move(disk);
  return options;
}

/// Everything done to the disk since the recording began, and how far the register had come by
/// then. Any thread.
class CrashRecording {
 public:
  /// How far the register was once so many calls had been made.
  struct Milestone {
    std::size_t calls = 0;
    Position acknowledged;
    bool isRegister = false;  // that it can be opened is promised
  };

  DiskLayer layer() {
    return guardedBy([this](const FileCall& call) -> std::optional<int> {
      const std::lock_guard lock(mutex_);
      calls_.push_back({call.kind, std::string(call.path), std::string(call.target), call.offset,
                        std::string(call.bytes)});
      if (isSync(call)) return 0;
      return std::nullopt;
    });
  }

  void reached(Position acknowledged, bool isRegister = true) {
    const std::lock_guard lock(mutex_);
    milestones_.push_back({calls_.size(), acknowledged, isRegister});
  }

  [[nodiscard]] std::size_t calls() const { return calls_.size(); }
  void applyTo(DiskModel& disk, std::size_t call) const {
    const auto& one = calls_.at(call);
    disk.apply({one.kind, one.path, one.target, one.offset, one.bytes});
  }

  /// What was promised before the call, and what may be there because it was under way.
  [[nodiscard]] std::pair<Milestone, Milestone> around(std::size_t call) const {
    Milestone before;
    for (const auto& one : milestones_) {
      if (one.calls > call) return {before, one};
      before = one;
    }
    return {before, before};
  }

  Content content;  // at the end

 private:
  struct KeptCall {
    FileCall::Kind kind;
    std::string path;
    std::string target;
    std::uint64_t offset;
    std::string bytes;
  };

  std::mutex mutex_;
  std::vector<KeptCall> calls_;
  std::vector<Milestone> milestones_;
};

/// Makes a register below `root`: its beginning, up to the promise that it is one.
inline void recordFounding(CrashRecording& recording, const std::filesystem::path& root,
                           RandomClerk& clerk) {
  recording.reached(Position{}, false);
  auto made = Register::create(wholeCatalogue(), optionsFor(root, recording.layer()));
  REQUIRE(made.ok());
  REQUIRE(RandomClerk::enterLists(**made).ok());
  recording.reached((*made)->last(), false);
  REQUIRE(clerk.enter(**made).ok());
  recording.reached((*made)->last(), false);
  REQUIRE((*made)->complete().ok());
  recording.reached((*made)->last());
}

/// A rebuild puts what lies in write-ahead logs into tables.
enum class Rebuilds { sometimes, never };

/// Opens the register below `root` again and again and enters something.
inline void recordSessions(CrashRecording& recording, const std::filesystem::path& root,
                           RandomClerk& clerk, std::size_t sessions,
                           Rebuilds rebuilds = Rebuilds::sometimes) {
  for (; sessions > 0; --sessions) {
    auto opened = Register::open(wholeCatalogue(), optionsFor(root, recording.layer()));
    REQUIRE(opened.ok());
    recording.reached((*opened)->last());
    for (auto left = clerk.below(4); left > 0; --left) {
      REQUIRE(clerk.enter(**opened).ok());
      recording.reached((*opened)->last());
    }
    const bool rebuilt = rebuilds == Rebuilds::sometimes && clerk.below(6) == 0;
    if (rebuilt) REQUIRE((*opened)->rebuild([](Position, Position) {}).ok());
    if (sessions == 1) recording.content = Content::of(**opened);
  }
}

}  // namespace consulta::testing
