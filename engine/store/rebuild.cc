#include "engine/store/rebuild.h"

#include <kj/exception.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "engine/store/gathered.h"
#include "engine/store/piece_fold.h"
#include "engine/store/shared_work.h"
#include "engine/store/sorted_keys.h"
#include "events/limits.h"
#include "events/record.h"
#include "projections/dues.h"

namespace consulta {

namespace {

constexpr std::uint64_t progress_every = 100;  // entries
/// Pieces of a while: some more than threads, so that none waits long for another.
constexpr std::size_t pieces_of_a_while = 4;

/// Where the entries of a submission begin.
struct Begin {
  SubmissionId submission;
  Position position;
};

class Rebuild {
 public:
  Rebuild(const RebuildSource& source, const RebuildBounds& bounds)
      : source_(source), bounds_(bounds) {
    now_.reserve(bounds_.bytes_of_a_while + limits::record_bytes_max);
  }

  void run(Position upto, const std::function<void(Position, Position)>& progress) {
    orBroken(source_.log.read(Position(1), upto, [&](const StoredRecord& stored) {
      take(stored);
      if (stored.position.value % progress_every == 0) progress(stored.position, upto);
      return true;
    }));
    fold();
    settle();
    writeKeys();
    addKeysOfWaiting();
    writeKeys();
  }

 private:
  void take(const StoredRecord& stored) try {
    if (now_.bytes() >= bounds_.bytes_of_a_while) fold();
    const auto record = scan_.read(stored.bytes);
    if (record.getPosition() != stored.position.value) {  // says how it is damaged
      orBroken(Record::read(stored.position, stored.bytes));
    }
    const auto own = submissionOf(record);
    if (std::exchange(submission_, own) != own) begins_.push_back(Begin{own, stored.position});
    now_.add(EntityId(record.getEntity()), stored);
  } catch (const kj::Exception& exception) {
    throw Broken(noMessage(stored.position, exception));
  }

  /// Lets what was gathered be folded beside the reading.
  void fold() {
    settle();
    std::swap(now_, folding_);
    now_.clear();
    now_.reserve(bounds_.bytes_of_a_while + limits::record_bytes_max);
    if (keys_.size() >= bounds_.sorted_at_a_time) addIndex();
    if (begins_.size() >= bounds_.sorted_at_a_time) addSubmissions();
    unsigned number = 0;
    for (const auto run : folding_.sortedRuns(pieces_of_a_while)) {
      auto& fold = folds_.emplace_back(source_, number++);
      pieces_.emplace_back([this, &fold, run] { fold.run(folding_, run); });
    }
    work_.start(std::exchange(pieces_, {}));
  }

  /// Waits until all that was begun stands in the tables.
  void settle() {
    work_.finish();
    for (auto& fold : folds_) {
      std::ranges::move(fold.takeTables(), std::back_inserter(news_));
      keys_.append(fold.keys());
      waiting_.insert(waiting_.end(), fold.waiting().begin(), fold.waiting().end());
    }
    folds_.clear();
    orBroken(source_.database.ingest(std::exchange(news_, {})));
  }

  /// Sorts and writes the keys there are.
  void addIndex() {
    sorting_ = std::exchange(keys_, {});
    for (unsigned i = 0; i < RangesOfKeys::count; ++i) {
      auto& table =
          *news_.emplace_back(orBroken(source_.database.newTable(source_.tables.index, i)));
      pieces_.emplace_back([this, &table, i] {
        orBroken(sorting_.range(i).write(table, source_.tables));
        orBroken(table.finish());
      });
    }
  }

  void addSubmissions() {
    const auto& tables = source_.tables;
    auto& table = *news_.emplace_back(orBroken(source_.database.newTable(tables.submissions, 0)));
    pieces_.emplace_back([&tables, &table, begins = std::exchange(begins_, {})]() mutable {
      std::ranges::sort(begins, {}, &Begin::submission);
      for (const auto& one : begins) {
        orBroken(table.put(tables.submissionKey(one.submission), submissionValue(one.position)));
      }
      orBroken(table.finish());
    });
  }

  void writeKeys() {
    addIndex();
    addSubmissions();
    work_.start(std::exchange(pieces_, {}));
    settle();
  }

  /// Of those whose days hang on sessions, when all rows stand.
  void addKeysOfWaiting() {
    for (const auto id : waiting_) {
      const auto row = source_.state.row(id);
      if (!row || !hangsOnSession(*row)) continue;
      for (const auto& key : dueKeys(source_.state, *row)) keys_.add(key, true);
    }
  }

  const RebuildSource& source_;
  const RebuildBounds bounds_;
  RecordScan scan_;
  SubmissionId submission_;  // of the record before
  std::vector<Begin> begins_;
  Gathered now_;      // what is being read
  Gathered folding_;  // what is being folded
  std::deque<PieceFold> folds_;
  RangesOfKeys keys_;
  RangesOfKeys sorting_;           // keys that are being written
  std::vector<EntityId> waiting_;  // hung on a session when folded; perhaps twice
  std::vector<std::unique_ptr<NewTable>> news_;
  std::vector<SharedWork::Piece> pieces_;  // what is to be done next
  SharedWork work_;  // the last member: it is waited for before anything else goes
};

}  // namespace

Status rebuildTables(Database& database, const Log& log, const State& state,
                     const RowTables& tables, Position upto,
                     const std::function<void(Position, Position)>& progress,
                     const RebuildBounds& bounds) try {
  const RebuildSource source{database, log, state, tables};
  Rebuild(source, bounds).run(upto, progress);
  return Done{};
} catch (const Broken& broken) {
  return broken.failure();
}

}  // namespace consulta
