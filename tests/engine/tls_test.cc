// Who is let in over TLS, and as whom.
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "tests/engine/tls_fixture.h"

namespace consulta::test {

namespace {

std::string rule(const Failures& failures) {
  return failures.front().rule;
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

/// What a command says over a connection.
class Hearer final : public CommandCaller {
 public:
  bool output(OutputStream, std::string_view bytes) override {
    all += bytes;
    return true;
  }
  std::string input(std::size_t) override { return {}; }
  PathFacts look(const std::string&) override { return {}; }
  PeerBytes read(const std::string&, std::uint64_t, std::uint32_t) override { return {}; }
  int write(const std::string&, std::string_view, bool, bool) override { return 0; }
  void abandon(const std::string&) override {}
  int makeDirectory(const std::string&) override { return 0; }
  std::string all;
};

std::string accountOn(Client& client) {
  Hearer hearer;
  CommandLine line;
  line.words = {"who"};
  REQUIRE(client.run(line, hearer).ok());
  return hearer.all.substr(0, hearer.all.find("who"));
}

}  // namespace

TEST_CASE("whoever has a role enters, follows and runs commands over TLS as at the Unix socket") {
  ServedOverTls tls;
  const auto files = tls.granted("Partner");
  const auto client = tls.connect(files);
  REQUIRE(client.ok());
  const auto id = randomId<SubmissionId>();
  const auto receipt = (*client)->submit(id, Served::meeting("MTG-P"));
  REQUIRE(receipt.ok());
  CHECK((*client)->submit(id, Served::meeting("MTG-P"))->repeated);
  SubscribeOptions options;
  options.from = Position(1);
  auto events = (*client)->subscribe(options);
  REQUIRE(events.ok());
  for (std::uint64_t at = 1; at <= tls.served.reg->last().value; ++at) {
    const auto next = events->next();
    REQUIRE(next.ok());
    CHECK((**next)->position().value == at);
  }
  tls.served.enter(100);
  for (int i = 0; i < 100; ++i) REQUIRE(events->next().ok());
  Hearer hearer;
  CommandLine line;
  line.words = {"much"};  // ten million bytes
  CHECK((*client)->run(line, hearer).value() == 0);
  CHECK(hearer.all.size() == 10'000'000);
  CHECK((*client)->actor() != tls.served.connect()->actor());
}

TEST_CASE("whoever has no role is refused everything and told whom a role is to be granted") {
  ServedOverTls tls;
  const auto files = tls.certificate("Stranger");
  const auto refused = tls.connect(files);
  REQUIRE_FALSE(refused.ok());
  CHECK(rule(refused.failures()) == "account.role");
  CHECK(refused.failures().front().fault == Fault::refused);
  const auto text = inEnglish(refused.failures().front().text);
  CHECK(says(text, "certificate:"));
  CHECK(says(text, "register enrol REG --actor "));
  CHECK(says(text, "register grant REG --actor "));
  const auto answer = TlsPeer(tls.served.port, files).ask("GET /v1/events");
  CHECK(says(answer, "HTTP/1.1 403"));
  CHECK(says(answer, tls.actorOf(files)));
  CHECK(says(TlsPeer(tls.served.port, files).ask("GET /metrics"), "HTTP/1.1 403"));
  CHECK(says(TlsPeer(tls.served.port, files).ask("GET /healthz"), "HTTP/1.1 200"));
  CHECK(tls.figure("refused_total{rule=\"account.role\"}") == "4");

  tls.admit(tls.actorOf(files), "clerk");
  CHECK(tls.connect(files).ok());
  CHECK(says(TlsPeer(tls.served.port, files).ask("GET /metrics"), "HTTP/1.1 200"));
}

TEST_CASE("once a role is withdrawn, what its holder has under way ends") {
  ServedOverTls tls;
  const auto files = tls.granted("Partner");
  auto client = tls.connect(files);
  REQUIRE(client.ok());
  auto events = (*client)->subscribe({.onlyNew = true});
  REQUIRE(events.ok());
  TlsPeer follower(tls.served.port, files);
  follower.send(HttpClient::requestText("GET /v1/events?from=now"));
  CHECK(says(follower.read(), "HTTP/1.1 200"));
  const auto own = tls.served.connect();
  ServedOverTls::enter(*own, "register.roleWithdrawn", "REG",
                       {{"actor", toText((*client)->actor())}, {"role", "clerk"}});
  while (true) {
    const auto next = events->next();
    if (next) continue;
    CHECK(rule(next.failures()) == "account.role");
    break;
  }
  follower.readAll();
  CHECK(rule(tls.connect(files).failures()) == "account.role");
}

TEST_CASE("an auditor reads and enters nothing") {
  ServedOverTls tls;
  const auto client = tls.connect(tls.granted("Auditor", "auditor"));
  REQUIRE(client.ok());
  const auto entered = (*client)->submit(randomId<SubmissionId>(), Served::meeting("MTG-1"));
  REQUIRE_FALSE(entered.ok());
  CHECK(rule(entered.failures()) == "role.enters");
  CHECK((*client)->subscribe({.from = Position(1)})->next().ok());
}

TEST_CASE("a certificate that is renewed is the same account, and another authority's is not") {
  ServedOverTls tls;
  const auto first = tls.granted("Partner");
  const auto account = accountOn(*tls.connect(first).value());
  CHECK(says(account, "certificate:"));
  const auto renewed = tls.authority.issue("renewed", {"Partner"});
  CHECK(accountOn(*tls.connect(renewed).value()) == account);
  TestAuthority other(tls.served.directory(), "Other");
  {
    std::ofstream both(tls.served.directory() / "both.pem");
    both << std::ifstream(tls.authority.file()).rdbuf() << std::ifstream(other.file()).rdbuf();
  }
  auto files = tls.ofServer();
  files.authorities = tls.served.directory() / "both.pem";
  tls.served.overTls(files);
  auto same = other.issue("same", {"Partner"});
  same.authorities = tls.authority.file();
  const auto refused = tls.connect(same);
  REQUIRE_FALSE(refused.ok());
  CHECK(rule(refused.failures()) == "account.role");
  CHECK_FALSE(says(inEnglish(refused.failures().front().text), account));
  CHECK(accountOn(*tls.connect(first).value()) == account);
}

TEST_CASE("names in the stead of a subject are an account too, and nobody's certificate is none") {
  ServedOverTls tls;
  const auto named = tls.authority.issue("named", {"", "URI:spiffe://example.org/exporter"});
  CHECK(rule(tls.connect(named).failures()) == "account.role");
  const auto nameless = tls.authority.issue("nameless", {""});
  CHECK_FALSE(tls.connect(nameless).ok());
  tls.awaitFailed("nameless", "1");
}

TEST_CASE("certificates that are not believed, expired, revoked or not there are counted") {
  ServedOverTls tls;
  const auto count = [&](const std::string& reason, const TlsFiles& files, const std::string& why) {
    CAPTURE(reason);
    TlsPeer peer(tls.served.port, files);
    CHECK(peer.readAll().empty());
    CHECK(says(peer.why, why));
    tls.awaitFailed(reason, "1");
    if (files.certificate.empty()) return;
    const auto client = tls.connect(files);
    REQUIRE_FALSE(client.ok());
    CHECK(rule(client.failures()) == "server.certificate");
    CHECK(client.failures().front().fault == Fault::unavailable);
  };
  TestAuthority other(tls.served.directory(), "Other");
  auto strange = other.issue("strange", {"Partner"});
  strange.authorities = tls.authority.file();
  count("untrusted", strange, "unknown ca");
  count("expired", tls.authority.issue("old", {"Partner", "", -30, -1}), "expired");
  count("no-certificate", {{}, {}, tls.authority.file()}, "certificate required");
  const auto gone = tls.granted("Gone");
  const auto partner = tls.granted("Partner");
  tls.authority.revoke(gone.certificate);
  tls.served.server().readCertificatesAgain();
  while (tls.connect(gone).ok()) std::this_thread::yield();
  tls.awaitFailed("revoked", "1");
  CHECK(tls.connect(partner).ok());
  tls.served.stop();
  CHECK(says(tls.served.logged(), "certificate has expired"));
  CHECK(says(tls.served.logged(), "shows no certificate"));
}

TEST_CASE("TLS 1.2, no TLS at all and what is neither are not let in") {
  ServedOverTls tls;
  const auto files = tls.granted("Partner");
  const TlsPeer older(tls.served.port, files, TLS1_2_VERSION);
  CHECK_FALSE(older.isIn);
  CHECK(says(older.why, "protocol version"));
  tls.awaitFailed("version", "1");
  const TcpPeer plain(tls.served.port);
  plain.send(HttpClient::requestText("GET /healthz"));
  plain.readAll();
  tls.awaitFailed("no-tls", "1");
  const TcpPeer noise(tls.served.port);
  noise.send(std::string(500, '\x17'));
  noise.readAll();
  tls.awaitFailed("protocol", "1");
  { const TcpPeer gone(tls.served.port); }
  tls.awaitFailed("gone", "1");
  CHECK(tls.connect(files).ok());
}

TEST_CASE("who says nothing is dropped, before the handshake and after it, and holds nobody up") {
  ServerLimits limits;
  limits.hello = std::chrono::milliseconds(300);
  limits.arrivals_max = 8;
  ServedOverTls tls(limits);
  const auto files = tls.granted("Partner");
  std::vector<std::unique_ptr<TcpPeer>> silent;
  silent.reserve(9);
  for (int i = 0; i < 4; ++i) silent.push_back(std::make_unique<TcpPeer>(tls.served.port));
  CHECK(tls.connect(files).ok());  // while they say nothing
  for (const auto& one : silent) CHECK(one->readAll().empty());
  tls.awaitFailed("late", "4");
  TlsPeer mute(tls.served.port, files);
  CHECK(says(mute.readAll(), "nothing was said"));
  CHECK(mute.endedWell);
  // There are never so many of them that they take all places.
  silent.clear();
  for (int i = 0; i < 9; ++i) silent.push_back(std::make_unique<TcpPeer>(tls.served.port));
  while (tls.figure("turned_away_total") == "0") std::this_thread::yield();
}

TEST_CASE("whoever arrives from one address leaves the others their places") {
  ServerLimits limits;
  limits.arrivals_of_address_max = 3;
  ServedOverTls tls(limits);
  const auto files = tls.granted("Partner");
  std::vector<std::unique_ptr<TcpPeer>> silent;
  const auto arrive = [&](std::uint8_t from) {
    silent.push_back(std::make_unique<TcpPeer>(tls.served.port, from));
  };
  for (int i = 0; i < 3; ++i) arrive(2);
  CHECK(tls.connect(files).ok());
  CHECK(tls.figure("turned_away_total") == "0");
  arrive(2);
  while (tls.figure("turned_away_total") != "1") std::this_thread::yield();
  CHECK(silent.back()->readAll().empty());
  for (int i = 0; i < 3; ++i) arrive(3);
  CHECK(tls.connect(files).ok());
  silent.clear();  // and once they have gone others come from there
  while (tls.failed("gone") != "6") std::this_thread::yield();
  arrive(2);
  silent.back()->send(HttpClient::requestText("GET /healthz"));
  tls.awaitFailed("no-tls", "1");
  CHECK(tls.figure("turned_away_total") == "1");
}

TEST_CASE("certificates that are read again are for those who come later, and wrong ones are not") {
  ServedOverTls tls;
  const auto files = tls.granted("Partner");
  const auto before = tls.connect(files);
  REQUIRE(before.ok());
  TestAuthority next(tls.served.directory(), "Next");
  auto ofNext = next.issue("server", {"localhost", "DNS:localhost"});  // in the same place
  tls.served.server().readCertificatesAgain();
  auto believes = files;
  believes.authorities = next.file();
  while (!tls.connect(believes).ok()) std::this_thread::yield();
  CHECK(rule(tls.connect(files).failures()) == "server.identity");
  CHECK((*before)->submit(randomId<SubmissionId>(), Served::meeting("MTG-1")).ok());

  std::ofstream(ofNext.certificate) << "no certificate";
  tls.served.server().readCertificatesAgain();
  std::filesystem::remove(ofNext.key);
  tls.served.server().readCertificatesAgain();
  tls.authority.issue("server", {"localhost", "DNS:localhost", -30, -1});
  tls.served.server().readCertificatesAgain();
  CHECK(tls.connect(believes).ok());
  CHECK((*before)->submit(randomId<SubmissionId>(), Served::meeting("MTG-2")).ok());
  tls.served.stop();
  const auto logged = tls.served.logged();
  CHECK(says(logged, "were read again: CN=localhost"));
  CHECK(says(logged, "as they were read before"));
  CHECK(says(logged, "has expired"));
}

}  // namespace consulta::test
