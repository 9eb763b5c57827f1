#include "engine/server/service.h"

#include <spdlog/logger.h>

#include <vector>

#include "events/values/utf8.h"

namespace consulta {

Service::Service(Register& reg_, CommandHost& host_, const ServerLimits& limits_,
                 spdlog::logger& log_, boost::asio::io_context& io_)
    : reg(reg_),
      host(host_),
      limits(limits_),
      log(log_),
      io(io_),
      commands(limits_.commands_at_once),
      admission(reg_) {}

void Service::countRefusal(const Peer& who, const Failures& failures) {
  for (const auto& one : failures) ++figures.refused[one.rule];
  log.info("{} ({}) is refused {}: {}", who.where, who.account, failures.front().rule,
           forTerminal(inEnglish(failures.front().text)));
}

// A connection that closes leaves the set, so both walk over a copy.

void Service::advanced() {
  const std::vector<std::shared_ptr<Connection>> all(connections_.begin(), connections_.end());
  for (const auto& one : all) one->advanced();
}

void Service::stop() {
  stopping_ = true;
  const std::vector<std::shared_ptr<Connection>> all(connections_.begin(), connections_.end());
  for (const auto& one : all) one->stop();
}

}  // namespace consulta
