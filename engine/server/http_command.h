// One command that answers a request of HTTP: the thread that runs it, and what it prints.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "engine/server/command_host.h"

namespace consulta {

/// What it prints waits here for whoever sends it on, up to a bound; then the command waits. It has
/// no input, and no files of anybody's. Threads: run() and what it calls belong to the command's
/// own, the rest to that of sockets.
class HttpCommand final : public CommandPeer, public std::enable_shared_from_this<HttpCommand> {
 public:
  /// `changed` is called by the thread of `io`, which must outlive this, when there is something to
  /// take or the command has ended.
  HttpCommand(boost::asio::io_context& io, std::function<void()> changed)
      : io_(io), work_(io.get_executor()), changed_(std::move(changed)) {}

  void run(CommandHost& host, const Peer& who, const CommandLine& line);
  bool write(OutputStream stream, std::string_view bytes) override;
  std::string input(std::size_t) override { return {}; }
  PathFacts look(const std::string&) override { return {}; }
  PeerBytes read(const std::string&, std::uint64_t, std::uint32_t) override;
  int write(const std::string&, std::string_view, bool, bool) override;
  void abandon(const std::string&) override {}
  int makeDirectory(const std::string&) override;
  bool over() const override;

  /// All of it so far that was not taken yet.
  [[nodiscard]] std::string take();
  /// The exit code, once it has ended.
  [[nodiscard]] std::optional<int> code() const;
  /// Nobody wants the rest.
  void leave();

 private:
  void tell();

  boost::asio::io_context& io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  const std::function<void()> changed_;
  mutable std::mutex mutex_;
  std::condition_variable room_;
  std::string printed_;
  std::optional<int> code_;
  bool gone_ = false;
};

}  // namespace consulta
