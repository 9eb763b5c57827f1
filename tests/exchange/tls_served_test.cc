// The real program over TLS: a server, an administrator beside it, and others elsewhere.
#include <doctest/doctest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/cli/desk.h"
#include "tests/exchange/server_process.h"
#include "tests/support/test_authority.h"
#include "tests/support/tls_peer.h"

namespace consulta::test {

namespace {

using testing::TestAuthority;
using testing::TlsPeer;

/// "consulta serve --tls" on a desk's register, at free ports of this machine.
class TlsServerProcess {
 public:
  explicit TlsServerProcess(const Desk& desk)
      : log_(desk.file("serve.log").string()),
        authority(log_.parent_path()),
        process_(
            {"--data", desk.data(), "serve", "--tls", "127.0.0.1:0", "--https", "127.0.0.1:0",
             "--certificate", ofServer().certificate.string(), "--key",
             (log_.parent_path() / "server.key").string(), "--peers", authority.file().string()},
            log_.string(), log_.string()) {
    while (!says(logged(), "serving the register")) {
      INFO(logged());
      REQUIRE(process_.isAlive());
    }
    port = portBefore(": the event protocol");
    httpPort = portBefore(": HTTP");
  }

  TlsFiles ofServer() { return authority.issue("server", {"localhost", "DNS:localhost"}); }
  [[nodiscard]] std::string logged() const { return contentOf(log_); }
  int end(int signal) { return process_.end(signal); }
  void signal(int number) const { process_.send(number); }
  /// What somebody elsewhere types, who has these files.
  [[nodiscard]] std::vector<std::string> from(const TlsFiles& files,
                                              std::vector<std::string> words) const {
    words.insert(words.begin(), {"--connect", "tls:localhost:" + std::to_string(port),
                                 "--certificate", files.certificate.string(), "--key",
                                 files.key.string(), "--authorities", files.authorities.string()});
    return words;
  }

 private:
  [[nodiscard]] std::uint16_t portBefore(const std::string& what) const {
    const auto text = logged();
    const auto end = text.find(what + "\n") != text.npos ? text.find(what + "\n") : text.find(what);
    return static_cast<std::uint16_t>(std::stoi(text.substr(text.rfind(':', end - 1) + 1)));
  }

  const std::filesystem::path log_;

 public:
  TestAuthority authority;
  std::uint16_t port = 0;
  std::uint16_t httpPort = 0;

 private:
  Running process_;
};

/// Enters what the refusal says, in another role.
void grantAsTold(const Desk& desk, const std::string& refusal, const std::string& role) {
  static constexpr std::size_t id_length = 36;
  const auto actor = refusal.substr(refusal.find("--actor ") + 8, id_length);
  desk.enter({"register", "enrol", "REG", "--actor", actor, "--name", "Partner of " + role});
  desk.enter({"register", "grant", "REG", "--actor", actor, "--role", role});
}

}  // namespace

TEST_CASE("the command line works over TLS once a role was granted as the refusal says") {
  const Desk desk;
  desk.meeting("MTG-1");
  TlsServerProcess server(desk);
  const auto files = server.authority.issue("partner", {"Partner"});
  const auto run = [&](const std::vector<std::string>& words) {
    return runProgram(server.from(files, words));
  };
  const auto refused = run({"list", "meeting"});
  CHECK(refused.code == 1);
  CHECK(says(refused.err, "register grant REG --actor"));
  CHECK(says(TlsPeer(server.httpPort, files).ask("GET /v1/status"), "HTTP/1.1 403"));
  grantAsTold(desk, refused.err, "clerk");
  CHECK(run({"list", "meeting"}).out == desk.run({"list", "meeting"}).out);
  CHECK(run({"meeting", "schedule", "MTG-2", "--kind", "technical", "--title", "en:Trade", "--on",
             "2006-05-01"})
            .code == 0);
  CHECK(says(desk.enter({"log"}).out, "Partner"));
  CHECK(says(TlsPeer(server.httpPort, files).ask("GET /v1/entities/MTG-2"), "HTTP/1.1 200"));
  const auto note = desk.file("note.txt");
  std::ofstream(note) << "what it says";
  CHECK(run({"attach", "MTG-2", note.string(), "--kind", "text", "--lang", "en", "--id", "F-1"})
            .code == 0);
  CHECK(run({"file", "save", "F-1", desk.file("back.txt").string()}).code == 0);
  CHECK(contentOf(desk.file("back.txt")) == "what it says");
  const auto kept = run({"rebuild"});
  CHECK(kept.code == 1);
  CHECK(says(kept.err, "administrators of the whole register"));
  CHECK(run({"backup", "/tmp/backups"}).code == 1);
  CHECK(run({"file", "check"}).code == 1);
  CHECK(desk.run({"rebuild"}).code == 0);

  ::setenv("CONSULTA_CONNECT", ("tls:localhost:" + std::to_string(server.port)).c_str(), 1);
  ::setenv("CONSULTA_CERTIFICATE", files.certificate.c_str(), 1);
  ::setenv("CONSULTA_KEY", files.key.c_str(), 1);
  ::setenv("CONSULTA_AUTHORITIES", files.authorities.c_str(), 1);
  CHECK(says(runProgram({"list", "meeting"}).out, "MTG-2"));
  CHECK(says(runProgram({"complete", "--", "show", "MTG-"}).out, "MTG-2"));
  const Desk other;  // --data is nearer
  CHECK_FALSE(says(other.run({"list", "meeting"}).out, "MTG-2"));
  for (const auto* name :
       {"CONSULTA_CONNECT", "CONSULTA_CERTIFICATE", "CONSULTA_KEY", "CONSULTA_AUTHORITIES"}) {
    ::unsetenv(name);
  }
  CHECK(server.end(SIGTERM) == 0);
}

TEST_CASE("an auditor looks over TLS, and leaves nothing behind") {
  const Desk desk;
  desk.meeting("MTG-1");
  TlsServerProcess server(desk);
  const auto files = server.authority.issue("auditor", {"Auditor"});
  const auto run = [&](const std::vector<std::string>& words) {
    return runProgram(server.from(files, words));
  };
  grantAsTold(desk, run({"status"}).err, "auditor");
  CHECK(run({"show", "MTG-1"}).code == 0);
  CHECK(run({"file", "check"}).code == 1);
  const auto note = desk.file("note.txt");
  std::ofstream(note) << "bytes";
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"attach", "MTG-1", note.string(), "--kind", "text", "--lang", "en"},
           {"meeting", "confirm", "MTG-1", "--dates", "2006-06-26", "--place", "Vienna"},
           {"undo", "--yes"},
           {"consumer", "remove", "X"},
           {"rebuild"}}) {
    const auto done = run(words);
    CAPTURE(words.front());
    CHECK(done.code == 1);
    CHECK(says(done.err, "an auditor reads"));
  }
  CHECK_FALSE(says(desk.enter({"file", "check"}).out, "remove-unused"));
}

TEST_CASE("an integrator sees no personal value until that is granted") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"meeting", "confirm", "MTG-1", "--dates", "2006-06-26", "--place", "Vienna", "--note",
              "Ms Silva called", "--on", "2006-05-01"});
  desk.enter({"person", "register", "P-1", "--name", "Ana Silva", "--on", "2006-05-01"});
  const auto letter = desk.file("letter.txt");
  std::ofstream(letter) << "Dear Ms Silva";
  desk.enter({"attach", "MTG-1", letter.string(), "--kind", "text", "--lang", "en", "--id", "F-1"});
  TlsServerProcess server(desk);
  const auto files = server.authority.issue("warehouse", {"Warehouse"});
  const auto run = [&](const std::vector<std::string>& words) {
    return runProgram(server.from(files, words));
  };
  const auto first = run({"status"});
  grantAsTold(desk, first.err, "integrator");
  const std::vector<std::vector<std::string>> looks{
      {"show", "MTG-1"},    {"show", "P-1"},   {"--json", "show", "P-1"},
      {"history", "MTG-1"}, {"log"},           {"--json", "log"},
      {"list", "person"},   {"find", "Silva"}, {"--json", "history", "MTG-1"}};
  for (const auto& words : looks) {
    CAPTURE(words.back());
    const auto there = run(words);
    CHECK(there.code == 0);
    CHECK_FALSE(says(there.out + there.err, "Ms Silva"));
    CHECK_FALSE(says(there.out, "Ana"));
    CHECK_FALSE(says(there.out, "letter.txt"));
  }
  CHECK_FALSE(says(TlsPeer(server.httpPort, files).ask("GET /v1/entities/P-1"), "Silva"));
  const auto saved = run({"file", "save", "F-1", desk.file("back.txt").string()});
  CHECK(saved.code == 1);
  CHECK(says(saved.err, "--personal-values"));
  CHECK_FALSE(std::filesystem::exists(desk.file("back.txt")));

  const auto actor = first.err.substr(first.err.find("--actor ") + 8, 36);
  desk.enter({"register", "withdraw", "REG", "--actor", actor, "--role", "integrator"});
  desk.enter(
      {"register", "grant", "REG", "--actor", actor, "--role", "integrator", "--personal-values"});
  CHECK(says(run({"show", "P-1"}).out, "Ana Silva"));
  CHECK(says(TlsPeer(server.httpPort, files).ask("GET /v1/entities/P-1"), "Ana Silva"));
  CHECK(says(run({"find", "Silva"}).out, "P-1"));
  CHECK(run({"file", "save", "F-1", desk.file("back.txt").string()}).code == 0);
}

TEST_CASE("a SIGHUP changes the certificates and leaves who is connected alone") {
  const Desk desk;
  TlsServerProcess server(desk);
  const auto files = server.authority.issue("partner", {"Partner"});
  grantAsTold(desk, runProgram(server.from(files, {"status"})).err, "clerk");
  const auto out = desk.file("followed");
  Running follower(
      server.from(files, {"log", "--follow", "--json", "--filter", "aggregate=meeting"}),
      out.string(), desk.file("talk").string());
  desk.meeting("MTG-1");
  while (!says(contentOf(out), "MTG-1")) std::this_thread::yield();
  server.ofServer();
  server.signal(SIGHUP);
  while (!says(server.logged(), "were read again")) std::this_thread::yield();
  CHECK(runProgram(server.from(files, {"status"})).code == 0);
  std::filesystem::permissions(desk.file("server.key"), std::filesystem::perms(0644));
  server.signal(SIGHUP);
  while (!says(server.logged(), "chmod 600")) std::this_thread::yield();
  CHECK(says(server.logged(), "as they were read before"));
  CHECK(runProgram(server.from(files, {"status"})).code == 0);
  desk.meeting("MTG-2");
  while (!says(contentOf(out), "MTG-2")) std::this_thread::yield();
  CHECK(server.end(SIGTERM) == 0);
  CHECK(follower.end(SIGINT) == 128 + SIGINT);
}

TEST_CASE("what is missing or wrong of TLS is said before anything is done") {
  const Desk desk;
  TestAuthority authority(desk.file(""));
  const auto files = authority.issue("server", {"localhost", "DNS:localhost"});
  const auto missing = desk.run({"serve", "--tls", "127.0.0.1:0"});
  CHECK(missing.code == 2);
  CHECK(says(missing.err, "--certificate is missing"));
  CHECK(says(missing.err, "--peers is missing"));
  const auto serve = [&](const std::string& address) {
    return desk.run({"serve", "--tls", address, "--certificate", files.certificate.string(),
                     "--key", files.key.string(), "--peers", authority.file().string()});
  };
  CHECK(serve("127.0.0.1").code == 2);
  CHECK(serve("192.0.2.1:7443").code == 5);  // no address of this machine
  std::filesystem::permissions(files.key, std::filesystem::perms(0644));
  const auto open = serve("127.0.0.1:0");
  CHECK(open.code == 1);
  CHECK(says(open.err, "chmod 600"));
  const auto bare = runProgram({"--connect", "tls:localhost:1", "status"});
  CHECK(bare.code == 2);
  CHECK(says(bare.err, "CONSULTA_CERTIFICATE"));
  std::filesystem::permissions(files.key, std::filesystem::perms(0600));
  const auto connect = [&](const std::string& where) {
    return runProgram({"--connect", where, "--certificate", files.certificate.string(), "--key",
                       files.key.string(), "status"});
  };
  CHECK(connect("tls:localhost").code == 2);
  CHECK(connect("tls:localhost:1").code == 5);
  CHECK(connect("tls:no.such.host.invalid:7443").code == 5);
}

}  // namespace consulta::test
