// Serving a register: the program's commands, run for whoever is at a socket.
#pragma once

#include <string>

#include "cli/arguments.h"
#include "cli/session.h"
#include "engine/server/command_host.h"

namespace consulta {

[[nodiscard]] Command serveCommand();

/// Runs command lines of peers over one register. Threads: any.
class ServedCommands final : public CommandHost {
 public:
  /// All of it must outlive this. `catalogues` is the directory of translations.
  ServedCommands(Register& reg, Clock clock, std::string catalogues)
      : reg_(reg), clock_(std::move(clock)), catalogues_(std::move(catalogues)) {}

  int run(const Peer& who, const CommandLine& line, CommandPeer& peer) override;

 private:
  Register& reg_;
  const Clock clock_;
  const std::string catalogues_;
};

}  // namespace consulta
