#include "tests/bench/peers.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
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

std::string contentOf(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

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
    if (child_ != 0) ::kill(child_, SIGINT);  // PostgreSQL waits for nobody then
    wait();
  }
  ShellProcess(const ShellProcess&) = delete;
  ShellProcess& operator=(const ShellProcess&) = delete;

  [[nodiscard]] bool hasEnded() {
    if (child_ != 0 && ::waitpid(child_, &status_, WNOHANG) == child_) child_ = 0;
    return child_ == 0;
  }
  /// Whether it went well.
  bool wait() {
    if (child_ != 0) ::waitpid(child_, &status_, 0);
    child_ = 0;
    return status_ == 0;
  }

 private:
  pid_t child_ = 0;
  int status_ = 0;
};

bool runShell(const std::string& lines, const fs::path& log) {
  return ShellProcess(lines, log).wait();
}

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

/// The tables and the one function of a message store: each message has a place in its stream and
/// one in all, both without gaps in what is seen, so writers of one category take turns.
constexpr std::string_view message_store = R"(
CREATE TABLE messages (
  global_position bigserial PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  stream text NOT NULL,
  version bigint NOT NULL,
  kind text NOT NULL,
  data jsonb NOT NULL,
  recorded timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (stream, version));
CREATE FUNCTION write_message(an_id uuid, a_stream text, a_kind text, some_data jsonb,
                              expected bigint DEFAULT NULL) RETURNS bigint AS $$
DECLARE
  newest bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext(split_part(a_stream, '-', 1)));
  SELECT coalesce(max(version), -1) INTO newest FROM messages WHERE stream = a_stream;
  IF expected IS NOT NULL AND expected <> newest THEN
    RAISE EXCEPTION 'stream % is at %, not at %', a_stream, newest, expected;
  END IF;
  INSERT INTO messages (id, stream, version, kind, data)
    VALUES (an_id, a_stream, newest + 1, a_kind, some_data);
  RETURN newest + 1;
END $$ LANGUAGE plpgsql;
)";

/// It runs as nobody's administrator: as the account of its package where we are that.
constexpr std::string_view find_postgres = R"sh(
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1) && [ -x "$bin/initdb" ] && [ -x "$bin/pgbench" ] ||
  exit 1
as=
if [ "$(id -u)" = 0 ];
then as = "runuser -u postgres --";
$as true || exit 1; fi
)sh";

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

std::optional<double> appendToPostgres(std::uint64_t count, std::size_t bytes,
                                       std::size_t clients) {
  const testing::TempDir directory;
  const auto log = directory.path() / "log";
  const auto here = directory.path().string();
  std::ofstream(directory.path() / "store.sql") << message_store;
  std::ofstream(directory.path() / "write.sql")
      << "\\set stream random(1, 1000000000)\n"
      << "SELECT write_message(gen_random_uuid(), 'meeting-' || :stream, 'scheduled', '{\"data\":\""
      << std::string(bytes, 'x') << "\"}', -1);\n";
  const std::string find(find_postgres);
  const auto made = find + fmt::format(
                               "[ -z \"$as\" ] || chown -R postgres '{0}'\n"
                               "$as $bin/initdb -D '{0}/db' -A trust -U bench -E UTF8 --no-locale",
                               here);
  if (!runShell(made, log)) return std::nullopt;
  ShellProcess postgres(
      find + fmt::format("exec $as $bin/postgres -D '{0}/db' -c listen_addresses= "
                         "-c unix_socket_directories='{0}' -c max_connections={1}",
                         here, clients + 10),
      log);
  if (!answers(postgres, directory.path() / ".s.PGSQL.5432")) return std::nullopt;
  const auto ready =
      find + fmt::format(
                 "until $bin/psql -h '{0}' -U bench -q -c '' postgres; do sleep 0.1; done\n"
                 "$bin/psql -h '{0}' -U bench -q -f '{0}/store.sql' postgres",
                 here);
  if (!runShell(ready, log)) return std::nullopt;
  const auto told = directory.path() / "told";
  const auto each = std::max<std::uint64_t>(count / clients, 1);
  const auto measure =
      find + fmt::format(
                 "exec $bin/pgbench -h '{0}' -U bench -n -f '{0}/write.sql' -c {1} -j 2 "
                 "-t {2} postgres",
                 here, clients, each);
  if (!runShell(measure, told)) throw std::runtime_error("pgbench: " + contentOf(told));
  const auto text = contentOf(told);
  const auto at = text.find("tps = ");
  if (at == text.npos) throw std::runtime_error("pgbench: " + text);
  return static_cast<double>(count) / std::stod(text.substr(at + 6));
}

}  // namespace consulta::bench
