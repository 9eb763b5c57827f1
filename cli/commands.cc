#include "cli/commands.h"

#include <array>
#include <iterator>

#include "cli/help.h"

namespace consulta {

std::vector<Command> fixedCommands(const Catalogue& catalogue) {
  std::vector<Command> out;
  for (auto commands : {enteringCommands(catalogue), lookingCommands()}) {
    std::move(commands.begin(), commands.end(), std::back_inserter(out));
  }
  out.push_back(manualCommand());
  out.push_back(textsCommand());
  return out;
}

std::span<const Parameter> globalOptions() {
  static const std::array options{
      Parameter{.name = "data",
                .value = "DIR",
                .help = "the directory of the register; without it "
                        "$CONSULTA_DATA, else your own data directory",
                .names = Names::directory},
      Parameter{.name = "on",
                .value = "DATE",
                .help = "when it occurred: 2006-04-06, 2006-06/2006-07, "
                        "\"6 April 2006\", unknown; without it today"},
      Parameter{.name = "on-behalf-of",
                .value = "WHO",
                .help = "enter it for somebody who has delegated that to you "
                        "(\"register delegate\")",
                .names = Names::actor},
      Parameter{.name = "as-of", .value = "DATE", .help = "answer as it stood on that day"},
      Parameter{.name = "known-at", .value = "DATE", .help = "answer as we knew it on that day"},
      Parameter{.name = "dry-run", .help = "check everything, enter nothing"},
      Parameter{.name = "yes", .help = "do not ask for confirmation"},
      Parameter{.name = "json", .help = "answer in JSON"},
      Parameter{.name = "lang",
                .value = "LANG",
                .help = "speak this language; without it that of "
                        "the environment",
                .choices = {"en", "fr", "es"}},
      Parameter{.name = "quiet", .help = "say nothing but the answer and what went wrong"},
      Parameter{.name = "no-color", .help = "no colours, as with NO_COLOR"},
      Parameter{.name = "help", .help = "explain the command and show an example"},
      Parameter{.name = "version", .help = "say which version this is"},
      Parameter{.name = "expect",
                .value = "any|none|N",
                .help = "refuse unless the entity has this "
                        "revision, or does not exist",
                .expert = true},
      Parameter{.name = "submission",
                .value = "UUID",
                .help = "the id under which it is entered "
                        "once, however often it is sent",
                .expert = true},
      Parameter{.name = "connect",
                .value = "unix:PATH|tls:HOST:PORT",
                .help = "the server to ask, where it is not found by its directory; without it "
                        "$CONSULTA_CONNECT",
                .expert = true},
      Parameter{.name = "certificate",
                .value = "FILE",
                .help = "who you are, for tls: your certificate (PEM); without it "
                        "$CONSULTA_CERTIFICATE",
                .expert = true,
                .file = true},
      Parameter{.name = "key",
                .value = "FILE",
                .help = "its private key; without it $CONSULTA_KEY",
                .expert = true,
                .file = true},
      Parameter{.name = "authorities",
                .value = "FILE",
                .help = "whose certificate a server is to show; without it $CONSULTA_AUTHORITIES, "
                        "else those that this machine believes",
                .expert = true,
                .file = true},
      Parameter{.name = "confirm-clock",
                .help = "the clock of this machine has been looked at, and "
                        "it is right",
                .expert = true},
  };
  return options;
}

}  // namespace consulta
