// A register of its own that is served at a socket, in threads of the test.
#pragma once

#include <doctest/doctest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "engine/log/disk_layer.h"
#include "engine/runtime/register.h"
#include "engine/server/client.h"
#include "engine/server/server.h"
#include "tests/support/story.h"
#include "tests/support/temp_dir.h"

namespace consulta::test {

/// A command says its words, the first to data, the others to talk, and reads its input to the end;
/// "for-ever" goes on until it is over. "show" answers, "catalogue" is refused, "tasks" says much,
/// "history" breaks off in the midst of it.
class EchoingHost final : public CommandHost {
 public:
  int run(const Peer& who, const CommandLine& line, CommandPeer& peer) override {
    if (line.words.front() == "who") peer.write(OutputStream::data, who.account);
    if (line.words.front() == "for-ever") {
      peer.write(OutputStream::data, "begun");
      while (!peer.over()) std::this_thread::yield();
      ++ended;
      return 7;
    }
    if (line.words.front() == "much") {
      const std::string piece(100'000, 'x');
      for (int i = 0; i < 100; ++i) {
        if (!peer.write(OutputStream::data, piece)) break;
      }
      ++ended;
      return 0;
    }
    if (line.words.front() == "show") {
      peer.write(OutputStream::data, boost::json::serialize(boost::json::value_from(line.words)));
      peer.write(OutputStream::talk, "nobody reads this");
      return 0;
    }
    if (line.words.front() == "catalogue") {
      peer.write(OutputStream::data, R"({"error":[{"rule":"some.rule","fault":"refused","text":")" +
                                         line.language + R"("}]})");
      return 1;
    }
    if (line.words.front() == "tasks" || line.words.front() == "history") {
      std::string piece(100'001, 'x');
      piece.back() = '\n';
      for (int i = 0; i < 100; ++i) {
        if (!peer.write(OutputStream::data, piece)) break;
      }
      ++ended;
      return line.words.front() == "tasks" ? 0 : 4;
    }
    for (std::size_t i = 0; i < line.words.size(); ++i) {
      peer.write(i == 0 ? OutputStream::data : OutputStream::talk, line.words[i]);
    }
    for (auto read = peer.input(4); !read.empty(); read = peer.input(4)) {
      peer.write(OutputStream::data, read);
    }
    return 3;
  }

  std::atomic<int> ended = 0;
};

class Served {
 public:
  explicit Served(const ServerLimits& limits = {}, DiskLayer disk = {})
      : disk_(std::move(disk)), limits_(limits) {
    auto made = Register::create(Story::catalogue(), options());
    REQUIRE(made.ok());
    reg = std::move(made).value();
    REQUIRE(reg->complete().ok());
    start();
  }
  ~Served() { stop(); }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  void start() {
    server_ = std::make_unique<Server>(*reg, host, log_, limits_);
    REQUIRE(server_->listen(socket()).ok());
    if (tls_) {
      REQUIRE(server_->useTls(*tls_).ok());
      port = portOf(server_->listen({"127.0.0.1", 0}, Spoken::both));
      httpPort = portOf(server_->listen({"127.0.0.1", 0}, Spoken::http));
    }
    thread_ = std::thread([this] { server_->run(false); });
  }
  /// Goes on with TLS too, at ports of its own.
  void overTls(const TlsFiles& files) {
    tls_ = files;
    restart(limits_);
  }
  /// Goes on within these bounds.
  void restart(const ServerLimits& limits) {
    stop();
    limits_ = limits;
    start();
  }
  /// Closes the register, and serves it again.
  void reopen() {
    stop();
    reg.reset();
    auto opened = Register::open(Story::catalogue(), options());
    REQUIRE(opened.ok());
    reg = std::move(opened).value();
    start();
  }
  void stop() {
    if (!server_) return;
    server_->stop();
    thread_.join();
    server_.reset();
  }

  [[nodiscard]] std::unique_ptr<Client> connect() const {
    auto out = Client::connect(socket(), "test");
    INFO((out ? std::string() : inEnglish(out.failures().front().text)));
    REQUIRE(out.ok());
    return std::move(out).value();
  }

  /// From now on it is later, by so much.
  void passes(std::chrono::nanoseconds time) { nowNs_ += time.count(); }

  [[nodiscard]] std::filesystem::path directory() const { return directory_.path(); }
  [[nodiscard]] Server& server() { return *server_; }
  [[nodiscard]] std::filesystem::path socket() const { return socketOf(directory_.path()); }
  [[nodiscard]] std::string logged() const { return logged_.str(); }

  static std::string meeting(const std::string& id) {
    return boost::json::serialize(boost::json::object{
        {"type", "meeting.scheduled"},
        {"entity", id},
        {"occurred", "2006-03-01"},
        {"data", {{"title", {{"en", "Expert meeting"}}}, {"kind", "expert-group"}}}});
  }
  /// So many meetings, entered at once.
  void enter(int count) {
    const auto client = connect();
    boost::json::array all;
    for (int i = 0; i < count; ++i) {
      all.push_back(boost::json::parse(meeting("MTG-" + std::to_string(++entered_))));
    }
    const auto entered = client->submit(randomId<SubmissionId>(), boost::json::serialize(all));
    INFO((entered ? std::string() : inEnglish(entered.failures().front().text)));
    REQUIRE(entered.ok());
  }

  EchoingHost host;
  std::unique_ptr<Register> reg;
  std::uint16_t port = 0;  // over TLS: of both protocols, and of HTTP only
  std::uint16_t httpPort = 0;

 private:
  static std::uint16_t portOf(const Result<std::vector<std::string>>& where) {
    REQUIRE(where.ok());
    return static_cast<std::uint16_t>(
        std::stoi(where->front().substr(where->front().rfind(':') + 1)));
  }
  RegisterOptions options() {
    RegisterOptions out;
    out.directory = directory_.path() / "register";
    out.command = "test";
    out.clock = [this] { return ++nowNs_; };
    out.disk = disk_;
    return out;
  }

  testing::TempDir directory_;
  const DiskLayer disk_;
  ServerLimits limits_;
  std::optional<TlsFiles> tls_;
  std::atomic<std::int64_t> nowNs_ = 1'790'000'000'000'000'000;
  std::ostringstream logged_;
  spdlog::logger log_{"test", std::make_shared<spdlog::sinks::ostream_sink_mt>(logged_)};
  std::unique_ptr<Server> server_;
  std::thread thread_;
  int entered_ = 0;
};

}  // namespace consulta::test
