#include "cli/remote.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <ostream>
#include <thread>
#include <utility>

#include "cli/named_file.h"
#include "cli/named_paths.h"
#include "engine/server/client.h"
#include "engine/server/server.h"
#include "events/gravest.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr std::string_view over_tls = "tls:";

/// A file of a connection over TLS; empty when neither an option nor the environment names it.
std::string fileOf(const std::optional<std::string>& stated, const char* variable) {
  return stated ? *stated : fromEnvironment(variable).value_or("");
}

std::string ownKey(const Options& options) {
  return fileOf(options.key, "CONSULTA_KEY");
}

/// The output of a command that runs elsewhere, and what it asks of here.
class Caller final : public CommandCaller {
 public:
  /// Elsewhere: on another machine. A server on this one reads by the rights of its own account
  /// too, and is trusted with what is asked for.
  Caller(Session& session, std::span<const std::string> words, bool elsewhere)
      : session_(session), named_(words), elsewhere_(elsewhere) {
    // It stands among the words, or in a directory that they name, and is for nobody else.
    if (const auto key = ownKey(session.options); !key.empty()) named_.withhold(key);
  }

  bool output(OutputStream stream, std::string_view bytes) override {
    if (stream == OutputStream::talk) return print(session_.err(), bytes);
    if (!place_) return print(session_.out(), bytes);
    waiting_ += bytes;
    return true;
  }

  /// What leads up to a place is printed with it or not at all: nothing comes twice after a break.
  bool reached(const Reached& place) override {
    place_ = place;
    return finish();
  }

  /// Prints what waits for a place.
  bool finish() { return print(session_.out(), std::exchange(waiting_, {})); }
  /// It comes again.
  void forget() { waiting_.clear(); }
  /// How far a command that follows the log has printed it. Nothing: this one does not.
  [[nodiscard]] const std::optional<Reached>& place() const { return place_; }

  std::string input(std::size_t bytes_max) override {
    auto& in = session_.in();
    if (in.peek() == std::istream::traits_type::eof()) return {};
    std::string out(bytes_max, '\0');
    out.resize(static_cast<std::size_t>(in.readsome(out.data(), std::ssize(out))));
    if (out.empty()) out.push_back(static_cast<char>(in.get()));  // it tells not what it holds
    if (session_.terminal.asks) named_.add(out);
    return out;
  }

  PathFacts look(const std::string& path) override {
    // Whether a name is free is asked before a file is made.
    const bool may = !elsewhere_ || named_.mayWrite(path, false);
    return may ? files_.look(path) : PathFacts{.error = EACCES};
  }

  PeerBytes read(const std::string& path, std::uint64_t offset, std::uint32_t count) override {
    if (elsewhere_ && !named_.mayRead(path)) return {"", EACCES};
    if (path != reading_ || offset != at_) {
      errno = 0;
      file_ = files_.open(path);
      if (!file_) return {"", errno != 0 ? errno : EIO};
      if (offset != 0) file_->seekg(static_cast<std::streamoff>(offset));
      reading_ = path;
      at_ = offset;
    }
    std::string out(std::min<std::size_t>(count, piece_bytes_max), '\0');
    errno = 0;
    file_->read(out.data(), std::ssize(out));
    if (file_->bad()) return {"", errno != 0 ? errno : EIO};
    out.resize(static_cast<std::size_t>(file_->gcount()));
    at_ += out.size();
    return {std::move(out), 0};
  }

  int write(const std::string& path, std::string_view bytes, bool last, bool replaces) override {
    if (elsewhere_ && !named_.mayWrite(path, replaces)) return EACCES;
    auto& file = writing_[path];
    if (!file) file = std::make_unique<FileBeside>(path, replaces);
    int error = file->error();
    if (error == 0 && !file->put(bytes)) error = errno != 0 ? errno : EIO;
    if (error == 0 && last) error = file->finish();
    if (error != 0 || last) writing_.erase(path);
    return error;
  }

  void abandon(const std::string& path) override { writing_.erase(path); }
  int makeDirectory(const std::string& path) override {
    return !elsewhere_ || named_.mayWrite(path, false) ? files_.makeDirectory(path) : EACCES;
  }

 private:
  static constexpr std::size_t piece_bytes_max = std::size_t{1} << 20U;

  static bool print(std::ostream& to, std::string_view bytes) {
    to.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return static_cast<bool>(to.flush());
  }

  Session& session_;
  std::optional<Reached> place_;
  std::string waiting_;
  NamedPaths named_;
  const bool elsewhere_;
  LocalFiles files_;
  std::string reading_;
  std::uint64_t at_ = 0;
  std::unique_ptr<std::istream> file_;
  std::map<std::string, std::unique_ptr<FileBeside>> writing_;
};

/// Whether another process has the register in this directory.
bool isOwned(const std::filesystem::path& directory) {
  const auto owner = FileHandle::open(directory / "owner", O_RDONLY);
  return owner.isOpen() && ::flock(owner.descriptor(), LOCK_SH | LOCK_NB) != 0 &&
         errno == EWOULDBLOCK;
}

/// The server of a directory. Another process that has it may be a server that is about to open its
/// socket, or a command that is about to end: that is waited for.
Result<std::unique_ptr<Client>> connectTo(Session& session, const std::string& name) {
  using Clock = std::chrono::steady_clock;
  auto& options = session.options;
  const auto end = Clock::now() + std::chrono::milliseconds(options.ownerWait_ms);
  while (true) {
    auto client = Client::connect(socketOf(options.data), name);
    if (client || client.failures().front().rule != "server.absent") return client;
    if (!isOwned(options.data)) return std::unique_ptr<Client>();
    if (Clock::now() >= end) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  options.ownerWait_ms = 0;  // it has been waited for
  return std::unique_ptr<Client>();
}

/// Who somebody is there their certificate says, so there is no connection without one.
Result<std::unique_ptr<Client>> connectOverTls(const Options& options, const std::string& name) {
  const auto address = readTcpAddress("--connect tls:", options.connect->substr(over_tls.size()));
  if (!address) return address.failures();
  TlsFiles files;
  files.certificate = fileOf(options.certificate, "CONSULTA_CERTIFICATE");
  files.key = ownKey(options);
  files.authorities = fileOf(options.authorities, "CONSULTA_AUTHORITIES");
  if (files.certificate.empty() || files.key.empty()) {
    return usage("connect.certificate",
                 msg("over TLS you are known by a certificate: name it and its key with "
                     "--certificate FILE --key FILE, or CONSULTA_CERTIFICATE and CONSULTA_KEY"));
  }
  return Client::connect(*address, files, name);
}

/// Null when nobody serves the register's directory.
Result<std::unique_ptr<Client>> connect(Session& session) {
  const auto& options = session.options;
  static constexpr std::string_view unixly = "unix:";
  const std::string name = "consulta";
  if (options.connect) {
    if (options.connect->starts_with(unixly)) {
      return Client::connect(options.connect->substr(unixly.size()), name);
    }
    if (options.connect->starts_with(over_tls)) return connectOverTls(options, name);
    return usage("connect.form", msg("--connect takes unix:PATH or tls:HOST:PORT, not \"{text}\"",
                                     arg("text", excerpt(*options.connect))));
  }
  std::error_code ignored;
  if (options.data.empty() || !std::filesystem::is_directory(options.data, ignored)) {
    return std::unique_ptr<Client>();
  }
  return connectTo(session, name);
}

/// The zone that TZ names, if it is a name.
std::string zoneOfEnvironment() {
  const char* value = std::getenv("TZ");
  if (value == nullptr) return {};
  std::string out = value;
  if (out.starts_with(":")) out.erase(0, 1);
  return out;
}

bool isUnavailable(const Failures& failures) {
  return gravest(failures).fault == Fault::unavailable;
}

/// The server that had the register, once it answers again. Waits as long as it takes: whoever has
/// had enough ends the program.
Result<std::unique_ptr<Client>> connectAgain(Session& session, RegisterId reg) {
  using std::chrono::milliseconds;
  static constexpr milliseconds first(100);
  static constexpr milliseconds longest(5'000);
  if (session.terminal.talkIsSeen) {
    session.say(msg("the server is gone; this goes on once it answers again. Ctrl-C ends it"));
  }
  for (auto wait = first;; wait = std::min(wait * 2, longest)) {
    std::this_thread::sleep_for(wait);
    auto client = connect(session);
    if (!client && !isUnavailable(client.failures())) return client;
    if (!client || !*client) continue;
    if ((*client)->registerId() != reg) {
      return conflict("register.other",
                      msg("another register is served there now. Follow it anew if it is meant"));
    }
    if (session.terminal.talkIsSeen) session.say(msg("the server answers again"));
    return client;
  }
}

/// Runs it, and one that follows the log again and again: it goes on where it was broken off.
Result<int> runThere(Session& session, std::unique_ptr<Client> client, CommandLine line,
                     Caller& caller) {
  while (true) {
    auto code = client->run(line, caller);
    // One that follows ends well only because the server does, or nobody reads it.
    const bool broken = code ? *code == 0 : isUnavailable(code.failures());
    if (!caller.place() || !broken || !session.out()) {
      caller.finish();
      return code;
    }
    caller.forget();
    const auto reg = client->registerId();
    client.reset();
    auto again = connectAgain(session, reg);
    if (!again) return std::move(again).failures();
    client = std::move(*again);
    line.goOn = caller.place();
  }
}

}  // namespace

std::optional<int> runElsewhere(Session& session, std::span<const std::string> words) {
  if (!words.empty() && words.front() == "complete") session.options.ownerWait_ms = 0;
  auto client = connect(session);
  if (!client) return session.fail(client.failures());
  if (!*client) return std::nullopt;
  CommandLine line;
  line.words.assign(words.begin(), words.end());
  line.language = std::string(langCode(session.lang()));
  line.timeZone = zoneOfEnvironment();
  line.width = session.terminal.width;
  line.colour = session.terminal.colour;
  line.asks = session.terminal.asks;
  line.talkIsSeen = session.terminal.talkIsSeen;
  const auto& to = session.options.connect;
  Caller caller(session, words, to && to->starts_with(over_tls));
  const auto code = runThere(session, std::move(*client), std::move(line), caller);
  if (!code) return session.fail(code.failures());
  return *code;
}

}  // namespace consulta
