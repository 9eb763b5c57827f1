#include "tests/bench/peers.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/measure.h"
#include "tests/support/start.h"
#include "tests/support/temp_dir.h"

namespace consulta::bench {

namespace {

namespace fs = std::filesystem;
using Local = boost::asio::local::stream_protocol;

/// What these lines of a shell do, in a process of its own; what it says is in `log`.
class ShellProcess {
 public:
  ShellProcess(const std::string& lines, const fs::path& log) {
    test::Start start({});
    start.open(STDOUT_FILENO, log.string(), O_WRONLY | O_CREAT | O_APPEND);
    start.hand(STDERR_FILENO, STDOUT_FILENO);
    start.through(lines);
    child_ = start.begin();
  }
  ~ShellProcess() {
    if (child_ == 0) return;
    ::kill(child_, SIGTERM);
    ::waitpid(child_, nullptr, 0);
  }
  ShellProcess(const ShellProcess&) = delete;
  ShellProcess& operator=(const ShellProcess&) = delete;

  [[nodiscard]] bool hasEnded() {
    if (child_ != 0 && ::waitpid(child_, nullptr, WNOHANG) == child_) child_ = 0;
    return child_ == 0;
  }

 private:
  pid_t child_ = 0;
};

/// Until somebody answers there; not when the process has ended before.
bool answers(ShellProcess& process, const fs::path& socket) {
  for (;;) {
    boost::asio::io_context io;
    Local::socket probe(io);
    boost::system::error_code error;
    probe.connect(socket.string(), error);
    if (!error) return true;
    if (process.hasEnded()) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

/// A connection that speaks the protocol of Redis.
class RedisClient {
 public:
  explicit RedisClient(const fs::path& socket) : socket_(io_) { socket_.connect(socket.string()); }

  void append(const std::string& value) {
    const auto command =
        fmt::format("*5\r\n$4\r\nXADD\r\n$6\r\nevents\r\n$1\r\n*\r\n$4\r\ndata\r\n${}\r\n{}\r\n",
                    value.size(), value);
    boost::asio::write(socket_, boost::asio::buffer(command));
    const auto length = line();  // that of the id that it has given
    if (!length.starts_with('$')) throw std::runtime_error("Redis: " + length);
    line();
  }

 private:
  std::string line() {
    const auto size = boost::asio::read_until(socket_, boost::asio::dynamic_buffer(read_), "\r\n");
    auto out = read_.substr(0, size);
    read_.erase(0, size);
    return out;
  }

  boost::asio::io_context io_;
  Local::socket socket_;
  std::string read_;
};

}  // namespace

std::optional<double> appendToRedis(const KeyValues& all, std::size_t clients) {
  const testing::TempDir directory;
  const auto socket = directory.path() / "redis";
  ShellProcess redis(
      fmt::format("exec redis-server --port 0 --unixsocket '{}' --dir '{}' --save '' "
                  "--appendonly yes --appendfsync always",
                  socket.string(), directory.path().string()),
      directory.path() / "log");
  if (!answers(redis, socket)) return std::nullopt;
  std::vector<std::unique_ptr<RedisClient>> connected;
  connected.reserve(clients);
  for (std::size_t i = 0; i < clients; ++i) {
    connected.push_back(std::make_unique<RedisClient>(socket));
  }
  std::atomic<std::size_t> next = 0;
  return seconds([&] {
    std::vector<std::jthread> running;
    running.reserve(connected.size());
    for (auto& client : connected) {
      running.emplace_back([&all, &next, mine = client.get()] {
        for (auto i = next++; i < all.size(); i = next++) mine->append(all[i].second);
      });
    }
  });
}

}  // namespace consulta::bench
