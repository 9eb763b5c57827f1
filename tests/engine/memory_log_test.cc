#include "engine/log/memory_log.h"

#include "tests/engine/log_contract.h"

namespace consulta::testing {
namespace {

class MemoryHarness : public LogHarness {
 public:
  Log& log() override { return *log_; }
  void reopen() override { log_ = log_->reopened(); }

 private:
  std::unique_ptr<MemoryLog> log_ = std::make_unique<MemoryLog>();
};

TEST_CASE("the log in memory keeps the contract of a log") {
  logContract([] { return std::make_unique<MemoryHarness>(); });
}

TEST_CASE("a failed append in memory breaks the log for good, and reading goes on") {
  MemoryLog log;
  log.failAppend(2);
  REQUIRE(appendMore(log, 2).ok());
  CHECK(faultOf(log.append(Position(9), recordsFrom(9, 1))) == Fault::conflict);
  CHECK(faultOf(appendMore(log, 1)) == Fault::unavailable);
  CHECK(log.broken());
  CHECK(ruleOf(appendMore(log, 1)) == "log.broken");
  CHECK(log.wait(Position(2), 60'000) == Position(2));
  CHECK(readAll(log) == 2);
}

TEST_CASE("the records of a failed append are lost or kept at the next opening, as was asked") {
  MemoryLog log;
  REQUIRE(appendMore(log, 2).ok());
  SUBCASE("lost") {
    log.failAppend(1, MemoryLog::Outcome::lost);
    CHECK_FALSE(appendMore(log, 3).ok());
    CHECK(readAll(*log.reopened()) == 2);
  }
  SUBCASE("kept") {
    log.failAppend(1, MemoryLog::Outcome::kept);
    CHECK_FALSE(appendMore(log, 3).ok());
    CHECK(readAll(log) == 2);
    CHECK(readAll(*log.reopened()) == 5);
  }
}

}  // namespace
}  // namespace consulta::testing
