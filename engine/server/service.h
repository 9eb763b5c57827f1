// What all connections of one server share. Inside part of server.h.
//
// Everything of a connection happens on the server's one thread for sockets, so nothing of it is
// locked; the writer, commands and the bell hand over to it by posting.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/runtime/register.h"
#include "engine/server/admission.h"
#include "engine/server/command_host.h"
#include "engine/server/command_threads.h"
#include "engine/server/peer.h"
#include "engine/server/server_figures.h"
#include "engine/server/server_limits.h"
#include "events/ids.h"
#include "events/result.h"

namespace spdlog {
class logger;
}

namespace consulta {

/// A connection, as the server sees it. Threads: the one for sockets.
class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  /// The log has grown.
  virtual void advanced() = 0;
  /// The server stops: says so, finishes what is under way, and closes.
  virtual void stop() = 0;
};

class Service {
 public:
  /// All of these must outlive it.
  Service(Register& reg, CommandHost& host, const ServerLimits& limits, spdlog::logger& log,
          boost::asio::io_context& io);

  Register& reg;
  CommandHost& host;
  const ServerLimits limits;
  spdlog::logger& log;
  boost::asio::io_context& io;
  CommandThreads commands;
  ServerFigures figures;
  Admission admission;
  std::vector<std::string> origins;  // other sites whose pages may open a WebSocket

  /// Counts what a peer was refused, under each rule that says so, and logs it.
  void countRefusal(const Peer& who, const Failures& failures);

  void enter(const std::shared_ptr<Connection>& connection) { connections_.insert(connection); }
  void leave(const std::shared_ptr<Connection>& connection) { connections_.erase(connection); }
  [[nodiscard]] std::size_t connections() const { return connections_.size(); }
  [[nodiscard]] bool stopping() const { return stopping_; }

  void advanced();
  void stop();

 private:
  std::set<std::shared_ptr<Connection>> connections_;
  bool stopping_ = false;
};

}  // namespace consulta
