// A command line that runs for the peer of a connection.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "engine/server/command_host.h"
#include "engine/server/peer.h"
#include "engine/server/wire.h"

namespace consulta {

class NativeConnection;
class Service;

/// Threads: what is of CommandPeer, the one that runs the command; the rest, that of sockets. The
/// two meet under a lock, and the first hands over by posting.
class NativeCommand final : public CommandPeer, public std::enable_shared_from_this<NativeCommand> {
 public:
  NativeCommand(std::weak_ptr<NativeConnection> connection, Service& service, Peer who,
                std::uint32_t request);

  /// Runs it and says its exit code.
  void run(const CommandLine& line);

  bool write(OutputStream stream, std::string_view bytes) override;
  std::string input(std::size_t bytes_max) override;
  PathFacts look(const std::string& path) override;
  PeerBytes read(const std::string& path, std::uint64_t offset, std::uint32_t count) override;
  int write(const std::string& path, std::string_view bytes, bool last, bool replaces) override;
  void abandon(const std::string& path) override;
  int makeDirectory(const std::string& path) override;
  bool over() const override;
  void accepted() override;
  void refused(const Failures& failures) override;
  bool reached(const Reached& place) override;

  /// The peer has answered.
  void answered(wire::Answer::Reader answer);
  /// They have gone, or want no more of it.
  void leave();
  /// The server stops: nothing more is asked, and what would go on for ever ends. Who reads on gets
  /// all of the output.
  void stop();

 private:
  struct Answer {
    int error = 0;
    std::string bytes;
    PathFacts::Kind kind = PathFacts::Kind::nothing;
    std::uint64_t size = 0;
  };

  void post(SharedBytes bytes, std::function<void()> sent = {});
  [[nodiscard]] Answer ask(ToClient& question);

  const std::weak_ptr<NativeConnection> connection_;
  Service& service_;
  const Peer who_;
  const std::uint32_t request_;
  // The server's thread goes on until this command has ended.
  const boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t unsent_ = 0;  // bytes of output on their way
  std::optional<Answer> answer_;
  bool gone_ = false;
  bool stopping_ = false;
};

}  // namespace consulta
