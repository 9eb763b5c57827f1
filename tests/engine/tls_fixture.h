// A register that is served over TLS, an authority whose certificates are believed there, and roles
// for those who show them.
#pragma once

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <memory>
#include <string>

#include "tests/engine/http_client.h"
#include "tests/engine/server_fixture.h"
#include "tests/support/test_authority.h"
#include "tests/support/tls_peer.h"

namespace consulta::test {

using testing::TcpPeer;
using testing::TestAuthority;
using testing::TlsPeer;
using testing::Wish;

/// Whoever is at the Unix socket administers it.
class ServedOverTls {
 public:
  explicit ServedOverTls(const ServerLimits& limits = {})
      : served(limits), authority(served.directory()) {
    const auto client = served.connect();
    enter(*client, "reference.listed", "language/en",
          {{"list", "language"}, {"code", "en"}, {"names", {{"en", "English"}}}});
    enter(*client, "register.opened", "REG",
          {{"organization", {{"en", "Test"}}},
           {"registerId", toText(served.reg->id())},
           {"timeZone", "UTC"},
           {"languages", boost::json::array{"en"}}});
    admit(toText(client->actor()), "administrator");
    served.overTls(ofServer());
  }

  /// The server's own certificate, made anew.
  TlsFiles ofServer(const Wish& wish = {"localhost", "DNS:localhost,IP:127.0.0.1"}) {
    return authority.issue("server", wish);
  }
  /// A certificate of whom nothing is known.
  TlsFiles certificate(const std::string& name) { return authority.issue(name, {name}); }
  /// One whose holder has a role.
  TlsFiles granted(const std::string& name, const std::string& role = "clerk") {
    auto out = certificate(name);
    admit(actorOf(out), role);
    return out;
  }
  /// As the server's refusal names it.
  std::string actorOf(const TlsFiles& files) {
    const auto client = connect(files);
    REQUIRE_FALSE(client.ok());
    const auto& refusal = client.failures().front();
    INFO(inEnglish(refusal.text));
    REQUIRE(refusal.rule == "account.role");
    const auto text = inEnglish(refusal.text);
    static constexpr std::size_t id_length = 36;
    return text.substr(text.find("--actor ") + 8, id_length);
  }
  void admit(const std::string& actor, const std::string& role) const {
    const auto client = served.connect();
    enter(*client, "register.actorEnrolled", "REG", {{"actor", actor}, {"name", "Somebody"}});
    enter(*client, "register.roleGranted", "REG", {{"actor", actor}, {"role", role}});
  }
  static void enter(Client& client, const std::string& type, const std::string& entity,
                    const boost::json::object& data) {
    const auto done = client.submit(
        randomId<SubmissionId>(),
        boost::json::serialize(boost::json::object{
            {"type", type}, {"entity", entity}, {"occurred", "2006-01-01"}, {"data", data}}));
    INFO((done ? std::string() : inEnglish(done.failures().front().text)));
    REQUIRE(done.ok());
  }

  [[nodiscard]] Result<std::unique_ptr<Client>> connect(
      const TlsFiles& files, const std::string& host = "localhost") const {
    return Client::connect(TcpAddress{host, served.port}, files, "test");
  }
  /// One of the figures; "" when it was never counted.
  [[nodiscard]] std::string figure(const std::string& name) const {
    const auto all = "\n" + HttpClient(served.socket()).ask("GET /metrics").body;
    const auto at = all.find("\nconsulta_" + name + " ");
    if (at == all.npos) return {};
    const auto begin = all.find(' ', at) + 1;
    return all.substr(begin, all.find('\n', begin) - begin);
  }
  [[nodiscard]] std::string failed(const std::string& reason) const {
    return figure("tls_failed_total{reason=\"" + reason + "\"}");
  }
  /// Until so many were not let in for that reason.
  void awaitFailed(const std::string& reason, const std::string& count) const {
    while (failed(reason) != count) std::this_thread::yield();
  }

  Served served;
  TestAuthority authority;
};

}  // namespace consulta::test
