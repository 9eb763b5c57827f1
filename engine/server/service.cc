#include "engine/server/service.h"

#include <vector>

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
