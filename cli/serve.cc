// consulta serve: keeps a register open for others, at sockets.
#include "cli/serve.h"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <istream>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>

#include "cli/dispatch.h"
#include "cli/entering.h"
#include "cli/peer_streams.h"
#include "engine/server/server.h"
#include "events/limits.h"

namespace consulta {

namespace {

/// Whatever a peer says that its terminal is.
constexpr std::size_t terminal_narrowest = 20;
constexpr std::size_t terminal_widest = 1'000;

/// Takes where a command that was broken off goes on, if that still means the same entries.
bool goesOn(Session& session, const CommandLine& line, std::uint64_t epoch) {
  if (!line.goOn) return true;
  if (line.goOn->epoch != epoch) return false;
  if (line.goOn->next) session.goOn = line.goOn->next;
  return true;
}

Failure otherEpoch(const Reached& place, std::uint64_t epoch) {
  return conflict(
      "cursor.epoch",
      msg("what was followed was of epoch {other}, and the register has gone on from an "
          "older state in epoch {epoch}: the entries since then are others. Follow it "
          "again from where you need it, with --from",
          arg("other", place.epoch), arg("epoch", epoch)));
}

}  // namespace

int ServedCommands::run(const Peer& who, const CommandLine& line, CommandPeer& peer) {
  PeerOutput data(peer, OutputStream::data);
  PeerOutput talk(peer, OutputStream::talk);
  PeerInput input(peer, data, talk);
  PeerFiles files(peer);
  std::ostream out(&data);
  std::ostream err(&talk);
  std::istream in(&input);
  Terminal terminal;
  terminal.asks = line.asks;
  terminal.colour = line.colour;
  terminal.talkIsSeen = line.talkIsSeen;
  terminal.width = std::clamp(line.width, terminal_narrowest, terminal_widest);
  Session session(reg_.catalogue(), {in, out, err}, terminal, clock_, catalogues_);
  session.lend(reg_);
  session.readFrom(files);
  session.account = {who.account, who.name, who.needsRole};
  session.timeZone = line.timeZone;
  session.over = [&peer] { return peer.over(); };
  session.onAccepted = [&peer] { peer.accepted(); };
  session.onFailure = [&peer](const Failures& failures) { peer.refused(failures); };
  session.onReached = [&](Position next) {
    out.flush();
    peer.reached({reg_.epoch(), next});
  };
  session.speak(langOf(line.language).value_or(Lang::en));
  const int code = goesOn(session, line, reg_.epoch())
                       ? dispatch(session, line.words)
                       : session.fail(otherEpoch(*line.goOn, reg_.epoch()));
  out.flush();
  err.flush();
  return code;
}

namespace {

/// Tells a service manager that asked for it, in its own way, how things stand.
void tellManager(const std::string& state) {
  const char* where = std::getenv("NOTIFY_SOCKET");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (where == nullptr || std::strlen(where) >= sizeof address.sun_path) return;
  std::memcpy(address.sun_path, where, std::strlen(where));
  const auto length = offsetof(sockaddr_un, sun_path) + std::strlen(where);
  if (where[0] == '@') address.sun_path[0] = '\0';  // a name that is no file
  const FileHandle socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ::sendto(socket.descriptor(), state.data(), state.size(), MSG_NOSIGNAL,
           reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(length));
}

/// The sockets that a service manager has opened for this process: so many, from 3 on.
int descriptorsHandedOver() {
  const char* pid = std::getenv("LISTEN_PID");
  const char* count = std::getenv("LISTEN_FDS");
  if (pid == nullptr || count == nullptr || std::to_string(::getpid()) != pid) return 0;
  const auto number = readNumber("LISTEN_FDS", count, 0, 16);
  return number ? static_cast<int>(*number) : 0;
}

/// A peer takes a descriptor, and the usual number of them is a thousand: what is allowed is used.
void allowManyPeers() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);  // where it is refused, fewer are let in at once
}

/// Takes the sockets that were handed over, so many, or else opens the one that is asked for.
Status listen(Server& server, const std::filesystem::path& socket, int handed) {
  static constexpr int first_descriptor = 3;
  for (int i = 0; i < handed; ++i) {
    if (auto done = server.listenAt(first_descriptor + i); !done) return done;
  }
  return handed > 0 ? Status(Done{}) : server.listen(socket);
}

/// What is to be shown and believed over TCP; nothing when it is not spoken.
Result<std::optional<TlsFiles>> tlsFilesOf(const Arguments& arguments) {
  static constexpr std::array<const char*, 3> files{"certificate", "key", "peers"};
  const auto given = [&](const char* name) { return arguments.has(name); };
  if (!given("tls") && !given("https") && std::ranges::none_of(files, given)) {
    return std::optional<TlsFiles>();
  }
  Failures missing;
  for (const auto* name : files) {
    if (given(name)) continue;
    missing.push_back(usage("serve.tls", msg("--{option} is missing: over TCP the server shows its "
                                             "--certificate, with its --key, and believes the "
                                             "authorities in --peers",
                                             arg("option", name))));
  }
  if (!missing.empty()) return missing;
  return std::optional(
      TlsFiles{arguments.at("certificate"), arguments.at("key"), arguments.at("peers")});
}

/// Opens the TCP addresses that are asked for, and says which they are.
Status listenOverTcp(Session& session, Server& server, const Arguments& arguments) {
  for (const auto& [option, spoken] : {std::pair{"tls", Spoken::both}, {"https", Spoken::http}}) {
    for (const auto& written : arguments.all(option)) {
      const auto address = readTcpAddress("--" + std::string(option), written);
      if (!address) return address.failures();
      const auto where = server.listen(*address, spoken);
      if (!where) return where.failures();
      for (const auto& one : *where) {
        session.say(
            spoken == Spoken::both
                ? msg("over TLS at {address}: the event protocol and HTTP", arg("address", one))
                : msg("over TLS at {address}: HTTP", arg("address", one)));
      }
    }
  }
  return Done{};
}

int runServe(Session& session, const Arguments& arguments) {
  const auto files = tlsFilesOf(arguments);
  if (!files) return session.fail(files.failures());
  auto reg = session.reg(limits::subject_keys_ahead);
  if (!reg) return session.fail(reg.failures());
  allowManyPeers();
  const auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(session.err(), true);
  spdlog::logger log("consulta", sink);
  log.set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  ServedCommands commands(**reg, session.clock(), session.catalogues());
  Server server(**reg, commands, log);
  server.allowOrigins(arguments.all("allow-origin"));
  const auto socket = arguments.has("socket") ? std::filesystem::path(arguments.at("socket"))
                                              : socketOf(session.options.data);
  const int handed = descriptorsHandedOver();
  if (*files) {
    if (auto used = server.useTls(**files); !used) return session.fail(used.failures());
  }
  if (auto listening = listen(server, socket, handed); !listening) {
    return session.fail(listening.failures());
  }
  if (auto listening = listenOverTcp(session, server, arguments); !listening) {
    return session.fail(listening.failures());
  }
  session.say(handed > 0
                  ? msg("serving the register in {directory} at the sockets that were handed over",
                        arg("directory", session.options.data.string()))
                  : msg("serving the register in {directory} at {socket}; a signal (Ctrl-C) stops "
                        "it",
                        arg("directory", session.options.data.string()),
                        arg("socket", socket.string())));
  tellManager("READY=1");
  server.run(true);
  tellManager("STOPPING=1");
  session.say(msg("stopped at entry {position}", arg("position", (*reg)->last().value)));
  return 0;
}

}  // namespace

Command serveCommand() {
  Command out;
  out.name = "serve";
  out.makes = true;
  out.owns = true;
  out.help = "Keep the register open for many at once, at a socket";
  out.example = "serve --data /srv/register";
  out.about =
      "While it runs, every command with the same --data finds it by the socket in the directory "
      "and is run there, as whoever typed it; nothing else changes for them. Deadlines take effect "
      "by the clock. Other programs follow the events at the same socket. It ends with SIGTERM or "
      "Ctrl-C: what is under way is finished first. Over TCP everybody shows a certificate and "
      "needs a "
      "role in the register; who has none is told what an administrator is to enter. SIGHUP has "
      "the "
      "certificates read again, for those who connect after it.";
  out.options = {
      {.name = "socket",
       .value = "PATH",
       .help = "another place for the socket than the register's directory"},
      {.name = "allow-origin",
       .value = "URL",
       .help = "another site whose pages may follow the events, as in "
               "https://intranet.example.org",
       .repeats = true},
      {.name = "tls",
       .value = "ADDRESS:PORT",
       .help = "serve at this TCP address too, over TLS 1.3; port 0 is a free one",
       .repeats = true},
      {.name = "https", .value = "ADDRESS:PORT", .help = "likewise, HTTP only", .repeats = true},
      {.name = "certificate",
       .value = "FILE",
       .help = "the server's own certificate (PEM), with those that lead from it to its authority",
       .file = true},
      {.name = "key",
       .value = "FILE",
       .help = "its private key (PEM), which only its owner may read",
       .file = true},
      {.name = "peers",
       .value = "FILE",
       .help = "the authorities (PEM) whose certificates others show over TCP, and their lists of "
               "revoked ones",
       .file = true}};
  out.run = runServe;
  return out;
}

}  // namespace consulta
