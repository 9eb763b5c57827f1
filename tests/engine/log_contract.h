// What every implementation of `Log` must do. A test file of an implementation calls
// `logContract` from one test case, with a function that makes a fresh, empty log.
#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/log/append_check.h"
#include "engine/log/log.h"
#include "events/limits.h"

namespace consulta::testing {

/// A log under test together with what it needs to live. `reopen` closes it and opens it again.
class LogHarness {
 public:
  LogHarness() = default;
  LogHarness(const LogHarness&) = delete;
  LogHarness& operator=(const LogHarness&) = delete;
  virtual ~LogHarness() = default;
  virtual Log& log() = 0;
  virtual void reopen() = 0;
};

constexpr Position to_the_end{std::numeric_limits<std::uint64_t>::max()};

/// Bytes that can be told apart by position, of a length that varies, with every value of a byte.
inline std::string bytesOf(std::uint64_t position) {
  std::string bytes = "record " + std::to_string(position) + " ";
  for (std::uint64_t i = 0; i < position % 300; ++i) {
    bytes.push_back(static_cast<char>((position * 31 + i * 7) & 0xFFU));
  }
  return bytes;
}

inline std::vector<NewRecord> recordsFrom(std::uint64_t first, std::size_t count) {
  std::vector<NewRecord> records(count);
  for (std::size_t i = 0; i < count; ++i) records[i].bytes = bytesOf(first + i);
  return records;
}

/// Appends `count` records behind the last one, one batch, and returns the answer.
inline Result<Position> appendMore(Log& log, std::size_t count) {
  const std::uint64_t first = log.last().value + 1;
  return log.append(Position(first), recordsFrom(first, count));
}

/// Reads all and checks position and bytes of each; returns how many there were.
inline std::uint64_t readAll(const Log& log, Position from = Position(1),
                             Position to = to_the_end) {
  std::uint64_t next = from.value;
  const Status read = log.read(from, to, [&](const StoredRecord& record) {
    REQUIRE(record.position == Position(next));
    REQUIRE(record.bytes == bytesOf(next));
    ++next;
    return true;
  });
  REQUIRE(read.ok());
  return next - from.value;
}

inline Fault faultOf(const auto& result) {
  REQUIRE_FALSE(result.ok());
  return result.failures().front().fault;
}
inline std::string ruleOf(const auto& result) {
  REQUIRE_FALSE(result.ok());
  return result.failures().front().rule;
}

inline void appendContract(LogHarness& harness) {
  Log& log = harness.log();
  SUBCASE("an empty log has no last position and nothing to read") {
    CHECK(log.last() == Position{});
    CHECK_FALSE(log.broken());
    CHECK(readAll(log) == 0);
  }
  SUBCASE("an append returns its last position, and the bytes come back as they were given") {
    auto first = log.append(Position(1), recordsFrom(1, 1));
    REQUIRE(first.ok());
    CHECK(*first == Position(1));
    auto more = log.append(Position(2), recordsFrom(2, 299));
    REQUIRE(more.ok());
    CHECK(*more == Position(300));
    CHECK(log.last() == Position(300));
    CHECK(readAll(log) == 300);
    CHECK(*log.at(Position(1)) == bytesOf(1));
    CHECK(*log.at(Position(300)) == bytesOf(300));
  }
  SUBCASE("an append at another position than the next is a conflict and writes nothing") {
    REQUIRE(appendMore(log, 3).ok());
    for (const std::uint64_t wrong : {0U, 1U, 3U, 5U}) {
      CHECK(faultOf(log.append(Position(wrong), recordsFrom(wrong, 1))) == Fault::conflict);
    }
    CHECK(readAll(log) == 3);
    CHECK_FALSE(log.broken());
    CHECK(appendMore(log, 1).ok());
  }
  SUBCASE("bytes of every value and of the largest size are kept") {
    std::string every(limits::record_bytes_max, '\0');
    for (std::size_t i = 0; i < every.size(); ++i) every[i] = static_cast<char>(i & 0xFFU);
    REQUIRE(log.append(Position(1), std::vector<NewRecord>{{every, {}}}).ok());
    CHECK(*log.at(Position(1)) == every);
  }
  SUBCASE("the largest batch is one append") {
    REQUIRE(appendMore(log, log_batch_records_max).ok());
    CHECK(readAll(log) == log_batch_records_max);
  }
}

inline void boundsContract(LogHarness& harness) {
  Log& log = harness.log();
  REQUIRE(appendMore(log, 2).ok());
  std::vector<NewRecord> batch = recordsFrom(3, 2);
  std::string rule;
  SUBCASE("a batch of none is refused") {
    batch.clear();
    rule = "log.batch";
  }
  SUBCASE("a batch beyond the largest is refused") {
    batch.resize(log_batch_records_max + 1, NewRecord{"x", {}});
    rule = "log.batch";
  }
  SUBCASE("a record of no bytes is refused with the whole batch") {
    batch[1].bytes.clear();
    rule = "log.record.size";
  }
  SUBCASE("a record beyond the largest size is refused with the whole batch") {
    batch[1].bytes.assign(limits::record_bytes_max + 1, 'x');
    rule = "log.record.size";
  }
  SUBCASE("a value beside a record needs a name within the bounds") {
    batch[1].beside = {{"", "x"}};
    rule = "log.beside.size";
  }
  SUBCASE("a value beside a record has a largest size") {
    batch[1].beside = {{"name", std::string(limits::record_bytes_max + 1, 'x')}};
    rule = "log.beside.size";
  }
  SUBCASE("two values of one name beside a record are refused") {
    batch[1].beside = {{"name", "x"}, {"name", "y"}};
    rule = "log.beside.twice";
  }
  const auto answer = log.append(Position(3), batch);
  CHECK(faultOf(answer) == Fault::refused);
  CHECK(ruleOf(answer) == rule);
  CHECK(readAll(log) == 2);
  CHECK_FALSE(log.broken());
}

inline void readContract(LogHarness& harness) {
  Log& log = harness.log();
  REQUIRE(appendMore(log, 20).ok());
  SUBCASE("a range has both its ends") {
    CHECK(readAll(log, Position(5), Position(7)) == 3);
    CHECK(readAll(log, Position(20), Position(20)) == 1);
    CHECK(readAll(log, Position(1), Position(1)) == 1);
  }
  SUBCASE("a range beyond the last position ends there") {
    CHECK(readAll(log, Position(18), Position(1'000)) == 3);
    CHECK(readAll(log, Position(21), to_the_end) == 0);
    CHECK(readAll(log, Position(7), Position(5)) == 0);
  }
  SUBCASE("a visitor that has enough is not called again, and that is no failure") {
    int calls = 0;
    CHECK(log.read(Position(1), to_the_end, [&](const StoredRecord&) { return ++calls < 3; }).ok());
    CHECK(calls == 3);
  }
  SUBCASE("an exception of the visitor passes, and the log goes on") {
    const auto angry = [](const StoredRecord&) -> bool { throw std::runtime_error("enough"); };
    CHECK_THROWS_AS((void)log.read(Position(1), to_the_end, angry), std::runtime_error);
    CHECK(appendMore(log, 1).ok());
    CHECK(readAll(log) == 21);
  }
  SUBCASE("a visitor may read and append in its turn and still sees what was there before") {
    int calls = 0;
    CHECK(log.read(Position(1), to_the_end,
                   [&](const StoredRecord& record) {
                     CHECK(*log.at(record.position) == record.bytes);
                     CHECK(appendMore(log, 1).ok());
                     ++calls;
                     return true;
                   })
              .ok());
    CHECK(calls == 20);
    CHECK(readAll(log) == 40);
  }
}

inline void besideContract(LogHarness& harness) {
  Log& log = harness.log();
  std::vector<NewRecord> batch = recordsFrom(1, 3);
  const std::string sealed("\0sealed\xFF", 8);
  batch[1].beside = {{"name", sealed}, {"nameOfHost", ""}};
  REQUIRE(log.append(Position(1), batch).ok());
  const auto check = [&] {
    CHECK(*harness.log().beside(Position(2), "name") == sealed);
    CHECK(*harness.log().beside(Position(2), "nameOfHost") == "");
    CHECK(*harness.log().beside(Position(2), "nam") == std::nullopt);
    CHECK(*harness.log().beside(Position(1), "name") == std::nullopt);
    CHECK(*harness.log().beside(Position(3), "name") == std::nullopt);
    CHECK(readAll(harness.log()) == 3);
  };
  SUBCASE("a value beside a record is found under its name, and nowhere else") {
    check();
  }
  SUBCASE("values beside records survive an opening") {
    harness.reopen();
    check();
  }
}

inline void openingContract(LogHarness& harness) {
  SUBCASE("an empty log stays empty over an opening") {
    harness.reopen();
    CHECK(harness.log().last() == Position{});
    CHECK(appendMore(harness.log(), 1).ok());
  }
  SUBCASE("all that was acknowledged is there after each opening, and the log goes on behind it") {
    for (std::uint64_t round = 0; round < 5; ++round) {
      CHECK(harness.log().last() == Position(round * 260));
      REQUIRE(appendMore(harness.log(), 257).ok());
      for (int i = 0; i < 3; ++i) REQUIRE(appendMore(harness.log(), 1).ok());
      harness.reopen();
      CHECK(readAll(harness.log()) == (round + 1) * 260);
    }
  }
}

inline void waitingContract(LogHarness& harness) {
  Log& log = harness.log();
  REQUIRE(appendMore(log, 2).ok());
  SUBCASE("who waits for what is there already does not wait") {
    CHECK(log.wait(Position(1), 60'000) == Position(2));
    CHECK(log.wait(Position{}, 0) == Position(2));
  }
  SUBCASE("who waits for what does not come is told so in time") {
    CHECK(log.wait(Position(2), 0) == Position(2));
    CHECK(log.wait(Position(2), 1) == Position(2));
  }
  SUBCASE("an append wakes all who wait") {
    std::vector<std::thread> waiting;
    waiting.reserve(3);
    std::atomic<int> woken = 0;
    for (int i = 0; i < 3; ++i) {
      waiting.emplace_back([&] {
        if (log.wait(Position(2), 60'000) == Position(3)) ++woken;
      });
    }
    CHECK(appendMore(log, 1).ok());
    for (std::thread& thread : waiting) thread.join();
    CHECK(woken == 3);
  }
}

inline void concurrencyContract(LogHarness& harness) {
  SUBCASE("readers beside the writer see dense records with the right bytes, up to last()") {
    Log& log = harness.log();
    constexpr std::uint64_t records = 600;
    std::atomic<std::uint64_t> wrong = 0;
    const auto follow = [&] {
      std::uint64_t seen = 0;
      while (seen < records) {
        const Position last = log.wait(Position(seen), 60'000);
        const Status read = log.read(Position(seen + 1), last, [&](const StoredRecord& record) {
          if (record.position.value != ++seen || record.bytes != bytesOf(seen)) ++wrong;
          return true;
        });
        if (!read.ok() || seen != last.value) {
          ++wrong;
          return;
        }
      }
    };
    std::vector<std::thread> readers;
    readers.reserve(3);
    for (int i = 0; i < 3; ++i) readers.emplace_back(follow);
    while (log.last().value < records) {
      if (!appendMore(log, 1 + log.last().value % 5).ok()) ++wrong;
    }
    for (std::thread& thread : readers) thread.join();
    CHECK(wrong == 0);
  }
}

/// Runs everything; call it inside one TEST_CASE. `make` gives a fresh, empty log each time.
inline void logContract(const std::function<std::unique_ptr<LogHarness>()>& make) {
  const std::unique_ptr<LogHarness> harness = make();
  SUBCASE("append") {
    appendContract(*harness);
  }
  SUBCASE("bounds") {
    boundsContract(*harness);
  }
  SUBCASE("read") {
    readContract(*harness);
  }
  SUBCASE("beside") {
    besideContract(*harness);
  }
  SUBCASE("opening") {
    openingContract(*harness);
  }
  SUBCASE("waiting") {
    waitingContract(*harness);
  }
  SUBCASE("concurrency") {
    concurrencyContract(*harness);
  }
}

}  // namespace consulta::testing
