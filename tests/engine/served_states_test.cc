// What a server does of itself: takes effect by its clock what has fallen due, and says when it can
// take no entries.
#include <doctest/doctest.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <optional>
#include <string>

#include "tests/engine/guarded_file_system.h"
#include "tests/engine/http_client.h"
#include "tests/engine/server_fixture.h"

namespace consulta::test {

TEST_CASE("after a write has failed a server is not ready, and answers all the same") {
  std::atomic<bool> fails = false;
  const Served served({}, testing::guardedBy([&](const FileCall& call) -> std::optional<int> {
                        const bool wal = call.path.ends_with(".log") && testing::isSync(call) &&
                                         call.path.find("/keys/") == call.path.npos;
                        return fails && wal ? std::optional<int>(EIO) : std::nullopt;
                      }));
  HttpClient client(served.socket());
  CHECK(client.ask("GET /readyz").status == 200);
  const auto clerk = served.connect();
  fails = true;
  const auto entered = clerk->submit(randomId<SubmissionId>(), Served::meeting("MTG-1"));
  REQUIRE_FALSE(entered.ok());
  CHECK(entered.failures().front().fault == Fault::unavailable);
  const auto ready = client.ask("GET /readyz");
  CHECK(ready.status == 503);
  CHECK(ready.body == "a write to the disk has failed\n");
  CHECK(client.ask("GET /healthz").status == 200);
  CHECK(client.ask("GET /metrics").body.find("consulta_ready 0\n") != std::string::npos);
}

TEST_CASE("what falls due while a server runs is entered by its clock, and told who follows") {
  Served served;
  const auto client = served.connect();
  const auto entered = client->submit(
      randomId<SubmissionId>(),
      R"([{"type":"party.registered","entity":"UY","occurred":"2026-09-01",)"
      R"("data":{"name":{"en":"Uruguay"},"kind":"institution"}},)"
      R"({"type":"office.established","entity":"LAC","occurred":"2026-09-01",)"
      R"("data":{"name":{"en":"Bureau"},"kind":"headquarters-unit"}},)"
      R"({"type":"liaison.logged","entity":"LIA-1","occurred":"2026-09-01",)"
      R"("data":{"office":"LAC","party":"UY","channel":"letter"}},)"
      R"({"type":"liaison.followUpAsked","entity":"liaison:LIA-1","occurred":"2026-09-01",)"
      R"("data":{"what":"Ask again","due":"2026-09-30"}}])");
  INFO((entered ? std::string() : inEnglish(entered.failures().front().text)));
  REQUIRE(entered.ok());
  const auto before = entered->records.back()->position();
  auto events = client->subscribe({.from = Position(before.value + 1)});
  REQUIRE(events.ok());
  // The clock of the register stood on 21 September.
  served.passes(std::chrono::hours(24 * 12));
  const auto next = events->next();
  REQUIRE(next.ok());
  REQUIRE(next->has_value());
  CHECK((**next)->position().value == before.value + 1);
}

}  // namespace consulta::test
