// What runs over TLS once somebody is let in: both protocols, many at once, and how it ends.
#include <doctest/doctest.h>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "engine/server/tcp_address.h"
#include "tests/engine/tls_fixture.h"

namespace consulta::test {

namespace {

std::string rule(const Failures& failures) {
  return failures.front().rule;
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("HTTPS answers, takes submissions and is followed") {
  ServedOverTls tls;
  const auto files = tls.granted("Partner");
  for (const auto port : {tls.served.port, tls.served.httpPort}) {
    const auto id = toText(randomId<SubmissionId>());
    const auto meeting = Served::meeting("MTG-" + std::to_string(port));
    const auto made = TlsPeer(port, files)
                          .ask("POST /v1/submissions", "Idempotency-Key: " + id + "\r\n", meeting);
    CHECK(says(made, "HTTP/1.1 201"));
    CHECK(says(TlsPeer(port, files).ask("GET /v1/openapi.json"), "HTTP/1.1 200"));
    const auto lines =
        TlsPeer(port, files).ask("GET /v1/events?to=last", "Accept: application/x-ndjson\r\n");
    CHECK(says(lines, "MTG-" + std::to_string(port)));
  }
  TlsPeer follower(tls.served.httpPort, files);
  follower.send(HttpClient::requestText("GET /v1/events?from=now"));
  std::string told;
  while (!says(told, "caughtUp")) told += follower.read();
  tls.served.enter(1);
  while (!says(told, "meeting.scheduled")) told += follower.read();
}

TEST_CASE("at an address of HTTP the event protocol is refused") {
  ServedOverTls tls;
  const auto files = tls.granted("Partner");
  const auto client = Client::connect(TcpAddress{"localhost", tls.served.httpPort}, files, "test");
  REQUIRE_FALSE(client.ok());
  CHECK(rule(client.failures()) == "port.http");
}

TEST_CASE("a server must prove to be the one that was asked for") {
  ServedOverTls tls;
  const auto files = tls.granted("Partner");
  CHECK(tls.connect(files, "127.0.0.1").ok());
  tls.served.overTls(tls.ofServer({"other.example.org", "DNS:other.example.org"}));
  const auto other = tls.connect(files);
  REQUIRE_FALSE(other.ok());
  CHECK(rule(other.failures()) == "server.identity");
  CHECK(rule(tls.connect(files, "127.0.0.1").failures()) == "server.identity");
  tls.served.overTls(tls.ofServer());
  TestAuthority stranger(tls.served.directory(), "Stranger");
  auto believes = files;
  believes.authorities = stranger.file();
  CHECK(rule(tls.connect(believes).failures()) == "server.identity");
}

TEST_CASE("whoever goes without a word, or by half, is let go, and a server says that it ends") {
  ServedOverTls tls;
  const auto files = tls.granted("Partner");
  {
    TlsPeer gone(tls.served.port, files);
    gone.send(HttpClient::requestText("GET /v1/events?from=now"));
    CHECK(says(gone.read(), "HTTP/1.1 200"));
  }  // its socket closes, and TLS is not told
  TlsPeer half(tls.served.port, files);
  half.send(HttpClient::requestText("GET /healthz"));
  CHECK(says(half.read(), "HTTP/1.1 200"));
  half.halfClose();
  CHECK(half.readAll().empty());
  tls.served.enter(1);  // so that what is sent to whoever has gone fails
  while (tls.figure("connections") != "1") std::this_thread::yield();
  TlsPeer follower(tls.served.port, files);
  follower.send(HttpClient::requestText("GET /v1/events?from=now"));
  std::string told;
  while (!says(told, "caughtUp")) told += follower.read();
  std::thread stopping([&] { tls.served.stop(); });
  told += follower.readAll();
  CHECK(says(told, "stopping"));
  CHECK(follower.endedWell);
  stopping.join();
}

TEST_CASE("a hundred clients enter and follow over TLS at once") {
  ServedOverTls tls;
  const auto files = tls.granted("Partner");
  static constexpr int clients = 100;
  const auto first = tls.served.reg->last().value + 1;
  std::vector<std::unique_ptr<Client>> all;
  for (int i = 0; i < clients; ++i) {
    auto client = tls.connect(files);
    REQUIRE(client.ok());
    all.push_back(std::move(client).value());
  }
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  threads.reserve(clients);
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back([&, i] {
      auto& client = *all[static_cast<std::size_t>(i)];
      const auto meeting = Served::meeting("MTG-C" + std::to_string(i));
      const auto receipt = client.submit(randomId<SubmissionId>(), meeting);
      SubscribeOptions options;
      options.from = Position(first);
      options.to = Position(first + clients - 1);
      auto events = client.subscribe(options);
      if (!receipt || !events) return;
      auto expected = first;
      for (auto next = events->next(); next && next->has_value(); next = events->next()) {
        if ((**next)->position().value == expected) ++expected;
      }
      if (expected == first + clients) ++right;
    });
  }
  for (auto& one : threads) one.join();
  CHECK(right == clients);
}

TEST_CASE("files that cannot be used are refused with what is wrong with them") {
  ServedOverTls tls;
  const auto good = tls.ofServer();
  const auto refusal = [&](const TlsFiles& files) {
    const auto made = TlsContext::ofServer(files);
    REQUIRE_FALSE(made.ok());
    return rule(made.failures());
  };
  auto files = good;
  ::chmod(good.key.c_str(), 0644);
  CHECK(refusal(files) == "tls.key.rights");
  ::chmod(good.key.c_str(), 0640);
  CHECK(TlsContext::ofServer(files).ok());
  files.key = tls.certificate("Other").key;
  CHECK(refusal(files) == "tls.key.other");
  files.key = "/no/such/key";
  CHECK(refusal(files) == "tls.file");
  files = good;
  files.authorities = good.key;
  CHECK(refusal(files) == "tls.file");
  files = good;
  files.certificate = good.key;
  CHECK(refusal(files) == "tls.file");
}

TEST_CASE("an address is a host and a port, and one of IPv6 stands in brackets") {
  const auto read = [](const std::string& text) {
    const auto out = readTcpAddress("--tls", text);
    return out ? out->host + " " + std::to_string(out->port) : std::string("?");
  };
  CHECK(read("127.0.0.1:7443") == "127.0.0.1 7443");
  CHECK(read("[::1]:0") == "::1 0");
  CHECK(read("register.example.org:443") == "register.example.org 443");
  for (const auto* wrong : {"", ":7443", "127.0.0.1", "127.0.0.1:", "::1:7443", "host:70000",
                            "host:7443x", "[]:1", "host:-1"}) {
    CAPTURE(wrong);
    CHECK(read(wrong) == "?");
  }
  CHECK(tcpAddressText("::1", 7) == "[::1]:7");
  CHECK(tcpAddressText("127.0.0.1", 7) == "127.0.0.1:7");
}

}  // namespace consulta::test
