// A register that is served: submissions over its socket, and those who follow it.
#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>
#include <csignal>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <thread>

#include "engine/server/client.h"
#include "engine/server/server.h"
#include "tests/bench/benches.h"
#include "tests/bench/made_register.h"
#include "tests/bench/measure.h"
#include "tests/bench/peers.h"
#include "tests/bench/raw.h"
#include "tests/support/temp_dir.h"

namespace consulta::bench {

namespace {

using Clocks = std::chrono::steady_clock;

class NoCommands final : public CommandHost {
 public:
  int run(const Peer&, const CommandLine&, CommandPeer&) override { return 0; }
};

/// A register, served by a thread of its own.
class Served {
 public:
  explicit Served(Register& reg) : reg_(reg), server_(reg, host_, log_) {
    orBroken(server_.listen(socket()));
    thread_ = std::thread([this] { server_.run(false); });
  }
  ~Served() {
    server_.stop();
    thread_.join();
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  [[nodiscard]] std::filesystem::path socket() const { return directory_.path() / "socket"; }
  [[nodiscard]] std::unique_ptr<Client> connect() const {
    return orBroken(Client::connect(socket(), "bench"));
  }
  [[nodiscard]] Register& reg() const { return reg_; }

 private:
  testing::TempDir directory_;
  NoCommands host_;
  spdlog::logger log_{"bench", std::make_shared<spdlog::sinks::null_sink_mt>()};
  Register& reg_;
  Server server_;
  std::thread thread_;
};

/// A call with a party, as a clerk logs it: an entity of its own.
std::string call(std::uint64_t number) {
  return boost::json::serialize(
      boost::json::object{{"type", "liaison.logged"},
                          {"entity", fmt::format("LIA-BENCH-{}", number)},
                          {"occurred", "2006-04-03"},
                          {"data", boost::json::object{{"office", "O-0000001"},
                                                       {"party", "P-0000001"},
                                                       {"channel", "call"},
                                                       {"subject", "A call about the agenda"}}}});
}

void submitOne(Client& client, std::uint64_t number) {
  orBroken(client.submit(randomId<SubmissionId>(), call(number)));
}

// --- submissions ---

/// So many connections, each with one submission under way.
double submitEach(const Served& served, std::uint64_t count, std::size_t connections) {
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t i = 0; i < connections; ++i) clients.push_back(served.connect());
  std::atomic<std::uint64_t> next = 0;
  return seconds([&] {
    std::vector<std::jthread> running;
    running.reserve(clients.size());
    for (auto& client : clients) {
      running.emplace_back([&next, count, mine = client.get()] {
        for (auto number = next++; number < count; number = next++) submitOne(*mine, number);
      });
    }
  });
}

/// One connection with so many under way.
double submitUnderWay(const Served& served, std::uint64_t count, std::uint64_t most) {
  const auto client = served.connect();
  return seconds([&] {
    std::uint64_t sent = 0;
    for (std::uint64_t answered = 0; answered < count; ++answered) {
      for (; sent < count && sent < answered + most; ++sent) {
        ToServer out(client->registerId(), client->newRequest());
        auto submit = out.root.initSubmit();
        const auto id = randomId<SubmissionId>();
        ToServer::write(submit.initId(), id.high, id.low);
        const auto text = call(sent);
        submit.setEntries(
            kj::arrayPtr(reinterpret_cast<const kj::byte*>(text.data()), text.size()));
        orBroken(client->send(out));
      }
      const auto frame = orBroken(client->receive());
      const auto answer = frame.root<wire::ToClient>();
      if (!answer.isAccepted()) throw std::runtime_error("a submission was refused");
    }
  });
}

struct Outcome {
  double ours = 0;   // seconds
  double limit = 0;  // likewise
};

/// `limit` gives nothing where there is nothing to be measured beside.
template <typename Submit, typename Limit>
void benchSubmit(const Setting& setting, Figure figure, std::uint64_t count, const Submit& submit,
                 const Limit& limit) {
  std::vector<double> ratios;
  std::vector<double> rates;
  std::vector<double> limits;
  for (int i = 0; i < rounds; ++i) {
    const auto directory = setting.base / "served";
    const auto raw = setting.base / "raw";
    std::filesystem::remove_all(directory);
    std::filesystem::remove_all(raw);
    Position before;
    std::vector<Position> ends;
    Outcome one;
    {
      MadeRegister made(setting.catalogue, directory, setting.seed, 2'000);
      made.fill(1'000, [](std::uint64_t) {});
      before = made.reg().last();
      {
        const Served served(made.reg());
        one.ours = submit(served, count);
      }
      ends = made.ends();
    }
    const auto batches = batchesOf(directory, before, ends);
    RawDatabase database(raw);
    const std::optional<double> there = limit(database, batches);
    if (!there) {
      fmt::print("{:<46} not here\n", figure.what);
      return;
    }
    one.limit = *there;
    rates.push_back(static_cast<double>(count) / one.ours);
    limits.push_back(static_cast<double>(count) / one.limit);
    ratios.push_back(one.limit / one.ours);
  }
  figure.ours = fmt::format("{:.0f}/s", median(rates));
  figure.limit = fmt::format("{:.0f}/s", median(limits));
  figure.reached = median(ratios);
  print(figure);
}

// --- catching up ---

void printRate(const std::string& what, std::uint64_t events, double took, double must,
               double aim) {
  constexpr double million = 1e6;
  const auto rate = static_cast<double>(events) / took;
  print({.what = what,
         .ours = fmt::format("{:.0f}/s", rate),
         .reached = rate / million,
         .must = must,
         .aim = aim});
}

void benchCatchUp(const Served& served) {
  const auto last = served.reg().last();
  std::uint64_t count = 0;
  const auto client = served.connect();
  const auto native = seconds([&] {
    SubscribeOptions options;
    options.from = Position(1);
    options.to = last;
    auto events = orBroken(client->subscribe(options));
    while (orBroken(events.next())) ++count;
  });
  if (count != last.value) throw std::runtime_error("events are missing");
  printRate("catching up, native, M events/s", count, native, 1.5, 3);

  boost::asio::io_context io;
  boost::asio::local::stream_protocol::socket socket(io);
  socket.connect(served.socket().string());
  std::uint64_t ids = 0;
  const auto events = seconds([&] {
    const std::string request =
        "GET /v1/events?to=last HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n";
    boost::asio::write(socket, boost::asio::buffer(request));
    std::vector<char> bytes(std::size_t{1} << 18U);
    boost::system::error_code error;
    while (!error) {
      const auto got = socket.read_some(boost::asio::buffer(bytes), error);
      // Each event has one line "data: {...}" and an empty line; commas and braces are not counted,
      // carriage returns are those of chunks.
      ids += static_cast<std::uint64_t>(std::count(bytes.data(), bytes.data() + got, '\n'));
    }
  });
  if (ids < 3 * last.value) throw std::runtime_error("events are missing");
  printRate("catching up, server-sent events, M events/s", last.value, events, 0.15, 0.4);
}

// --- live ---

/// Many subscriptions read by one thread; counts what each was sent.
class Followers {
 public:
  Followers(const Served& served, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      auto client = served.connect();
      SubscribeOptions options;
      options.onlyNew = true;
      options.window_bytes = std::uint64_t{1} << 30U;
      followers_.push_back({std::move(client), nullptr});
      followers_.back().events =
          std::make_unique<ClientEvents>(orBroken(followers_.back().client->subscribe(options)));
    }
  }

  /// All of them get `count` events, each thread for its share; how long after `sentNs` of each
  /// event it was in hand.
  std::vector<double> follow(std::size_t threads, std::uint64_t count,
                             const std::vector<std::atomic<std::int64_t>>& acknowledgedNs,
                             Position before) {
    std::vector<std::vector<double>> late(threads);
    {
      std::vector<std::jthread> running;
      for (std::size_t i = 0; i < threads; ++i) {
        running.emplace_back([&, i] {
          for (std::uint64_t n = 0; n < count; ++n) {
            for (std::size_t at = i; at < followers_.size(); at += threads) {
              const auto record = orBroken(followers_[at].events->next());
              if (!record) throw std::runtime_error("a subscription ended");
              const auto place = (*record)->position().value - before.value - 1;
              if (place != n) throw std::runtime_error("an event is missing");
              const auto now = Clocks::now().time_since_epoch().count();
              const auto then = acknowledgedNs.at(place).load();
              // It may be in hand before whoever entered it has been answered.
              late[i].push_back(
                  then == 0 ? 0 : static_cast<double>(std::max<std::int64_t>(now - then, 0)) / 1e6);
            }
          }
        });
      }
    }
    std::vector<double> all;
    for (const auto& one : late) all.insert(all.end(), one.begin(), one.end());
    return all;
  }

 private:
  struct Follower {
    std::unique_ptr<Client> client;
    std::unique_ptr<ClientEvents> events;
  };
  std::vector<Follower> followers_;
};

/// So many entries, offered evenly; how long each took to be acknowledged, in seconds.
double offer(const Served& served, std::uint64_t first, std::uint64_t count, double perSecond,
             std::vector<std::atomic<std::int64_t>>& acknowledgedNs) {
  const auto client = served.connect();
  const auto begin = Clocks::now();
  double busy = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::this_thread::sleep_until(
        begin + std::chrono::duration_cast<Clocks::duration>(
                    std::chrono::duration<double>(static_cast<double>(i) / perSecond)));
    busy += seconds([&] { submitOne(*client, first + i); });
    acknowledgedNs.at(i) = Clocks::now().time_since_epoch().count();
  }
  return busy;
}

void benchLive(const Served& served, std::uint64_t count) {
  std::uint64_t number = 0;
  constexpr double offered = 500;
  std::vector<std::atomic<std::int64_t>> alone(count);
  const auto busyAlone = offer(served, number, count, offered, alone);
  number += count;
  const auto with = [&](std::size_t followers, std::size_t threads) {
    Followers all(served, followers);
    std::vector<std::atomic<std::int64_t>> acknowledged(count);
    const auto before = served.reg().last();
    double busy = 0;
    std::jthread offering(
        [&, first = number] { busy = offer(served, first, count, offered, acknowledged); });
    number += count;
    auto late = all.follow(threads, count, acknowledged, before);
    offering.join();
    std::ranges::sort(late);
    return std::pair{late.at(late.size() * 99 / 100), busy};
  };
  const auto [p99, busyHundred] = with(100, 4);
  print({.what = "live, 100 subscribers, p99 in hand, ms",
         .ours = fmt::format("{:.2f} ms", p99),
         .reached = p99,
         .must = 2,
         .aim = 1,
         .lessIsBetter = true});
  const auto [p99Many, busyMany] = with(1'000, 2);
  print({.what = "writer with 1,000 subscribers / alone",
         .ours = fmt::format("{:.0f} us", busyMany / static_cast<double>(count) * 1e6),
         .limit = fmt::format("{:.0f} us", busyAlone / static_cast<double>(count) * 1e6),
         .reached = busyAlone / busyMany,
         .must = 0.8,
         .aim = 0.95});
}

// --- memory ---

/// What the program holds that serves a huge register and has nothing to do.
void measureMemory(const std::filesystem::path& directory) {
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process could be made");
  if (child == 0) {
    const auto data = directory.string();
    ::execl(CONSULTA_PROGRAM, "consulta", "--quiet", "--confirm-clock", "--data", data.c_str(),
            "serve", nullptr);
    ::_exit(127);
  }
  const auto socket = socketOf(directory);
  while (!Client::connect(socket, "bench")) {
    if (::waitpid(child, nullptr, WNOHANG) != 0) throw std::runtime_error("the server ended");
    std::this_thread::yield();
  }
  double kib = 0;
  std::ifstream status("/proc/" + std::to_string(child) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) kib = std::stod(line.substr(line.find_first_of("0123456789")));
  }
  ::kill(child, SIGTERM);
  ::waitpid(child, nullptr, 0);
  const double mb = kib * 1'024 / 1e6;
  print({.what = "memory of a server of the huge register, MB",
         .ours = fmt::format("{:.0f} MB", mb),
         .reached = mb,
         .must = 200,
         .aim = 100,
         .lessIsBetter = true});
}

/// Both ends of a thousand connections are in this process.
void allowManyFiles() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

}  // namespace

void benchServing(const Setting& setting) {
  const auto by = [](std::size_t connections) {
    return [connections](const Served& served, std::uint64_t count) {
      return submitEach(served, count, connections);
    };
  };
  const auto puts = [](std::size_t threads) {
    return [threads](RawDatabase& raw, const std::vector<KeyValues>& batches) {
      return raw.putEach(joined(batches), threads);
    };
  };
  benchSubmit(setting, {.what = "over the socket / sync Put", .must = 0.7, .aim = 0.8},
              setting.submissions / 8, by(1), puts(1));
  benchSubmit(setting, {.what = "64 connections / 64 threads of sync Put", .must = 1.2, .aim = 2},
              setting.submissions, by(64), puts(64));
  benchSubmit(
      setting, {.what = "256 under way, a socket / same batches", .must = 0.5, .aim = 0.8},
      setting.submissions,
      [](const Served& served, std::uint64_t count) { return submitUnderWay(served, count, 256); },
      [](RawDatabase& raw, const std::vector<KeyValues>& batches) {
        return raw.writeEach(batches);
      });
  benchSubmit(setting,
              {.what = "64 connections / a stream of Redis, 64 clients", .must = 0.8, .aim = 1.3},
              setting.submissions, by(64), [](RawDatabase&, const std::vector<KeyValues>& batches) {
                return appendToRedis(recordsOf(batches), 64);
              });
}

void benchCatchingUp(const Setting& setting) {
  const auto directory = madeRegister(setting.catalogue, setting.base, setting.seed, setting.large);
  auto reg = orBroken(Register::open(setting.catalogue, optionsOf(directory)));
  benchCatchUp(Served(*reg));
}

void benchFollowing(const Setting& setting) {
  allowManyFiles();
  const auto directory = setting.base / "live";
  std::filesystem::remove_all(directory);
  MadeRegister made(setting.catalogue, directory, setting.seed, 2'000);
  made.fill(1'000, [](std::uint64_t) {});
  const Served served(made.reg());
  benchLive(served, std::min<std::uint64_t>(setting.submissions, 1'500));
}

void benchMemory(const Setting& setting) {
  measureMemory(madeRegister(setting.catalogue, setting.base, setting.seed, setting.huge));
}

}  // namespace consulta::bench
