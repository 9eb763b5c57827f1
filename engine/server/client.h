// A client of the event protocol: what other programs, and our own command line, say to a server.
//
//   auto client = Client::connect("/var/lib/consulta/socket", "my program");
//   auto events = client->subscribe({.from = Position(1)});
//   while (auto event = events->next()) use((*event)->get());
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/server/command_host.h"
#include "engine/server/frame.h"
#include "engine/server/tcp_address.h"
#include "engine/server/tls_context.h"
#include "engine/server/wire.h"
#include "events/ids.h"
#include "events/record.h"
#include "events/result.h"

namespace consulta {

/// What was entered, and what followed from it.
struct ClientReceipt {
  bool repeated = false;
  std::vector<RecordPtr> records;
};

struct SubmitOptions {
  bool dryRun = false;
  std::string language;
  ActorId onBehalfOf;
};

struct SubscribeOptions {
  Position from{};          // none: from the beginning, unless fromTimeNs or onlyNew
  std::uint64_t epoch = 0;  // which `from` is of; 0: the present one
  std::int64_t fromTimeNs = 0;
  bool onlyNew = false;
  Position to{};  // none: for ever
  std::string filter{};
  std::string consumer{};  // its name: the server keeps how far it has got; empty: nobody does
  std::uint64_t window_bytes = std::uint64_t{1} << 20U;  // on their way at most
};

/// Where the output of a command goes, and who answers what it asks.
class CommandCaller {
 public:
  CommandCaller() = default;
  CommandCaller(const CommandCaller&) = delete;
  CommandCaller& operator=(const CommandCaller&) = delete;
  virtual ~CommandCaller() = default;

  /// False: nobody reads it any more, and the command is to end.
  virtual bool output(OutputStream stream, std::string_view bytes) = 0;
  /// All output so far brings it up to there, and after a break it may be run from there on. Only
  /// of a command that follows the log. False: as above.
  virtual bool reached(const Reached&) { return true; }
  virtual std::string input(std::size_t bytes_max) = 0;
  virtual PathFacts look(const std::string& path) = 0;
  virtual PeerBytes read(const std::string& path, std::uint64_t offset, std::uint32_t count) = 0;
  virtual int write(const std::string& path, std::string_view bytes, bool last, bool replaces) = 0;
  virtual void abandon(const std::string& path) = 0;
  virtual int makeDirectory(const std::string& path) = 0;
};

class ClientEvents;
class ClientSocket;

/// One connection. Threads: one at a time. Every call blocks until the server has answered.
class Client {
 public:
  /// Unavailable when nobody serves there.
  [[nodiscard]] static Result<std::unique_ptr<Client>> connect(const std::filesystem::path& socket,
                                                               const std::string& name);
  /// Over TCP with TLS: the server must prove to be that host, by a certificate of one of the
  /// authorities, and learns from ours who this is. Of one that a role was granted to.
  [[nodiscard]] static Result<std::unique_ptr<Client>> connect(const TcpAddress& address,
                                                               const TlsFiles& files,
                                                               const std::string& name);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] RegisterId registerId() const { return register_; }
  [[nodiscard]] ActorId actor() const { return actor_; }
  /// How far the log was when the connection was made.
  [[nodiscard]] LogPlace last() const { return last_; }

  /// `entries`: JSON, one entry or an array. When the answer is lost with the connection, the same
  /// id may be sent again.
  [[nodiscard]] Result<ClientReceipt> submit(SubmissionId id, std::string_view entries,
                                             const SubmitOptions& options = {});
  /// It must not outlive the client.
  [[nodiscard]] Result<ClientEvents> subscribe(const SubscribeOptions& options);
  /// Runs a command line there; its exit code.
  [[nodiscard]] Result<int> run(const CommandLine& line, CommandCaller& caller);

  /// For several requests under way at once: sends, and waits for whatever is said next.
  [[nodiscard]] Status send(ToServer& message);
  [[nodiscard]] Result<Frame> receive();
  [[nodiscard]] std::uint32_t newRequest() { return ++request_; }

 private:
  friend class ClientEvents;
  explicit Client(std::unique_ptr<ClientSocket> socket);
  [[nodiscard]] static Result<std::unique_ptr<Client>> greeted(
      Result<std::unique_ptr<ClientSocket>> socket, const std::string& name);
  /// What is said of `request` next; of others it is kept for them.
  [[nodiscard]] Result<Frame> receive(std::uint32_t request);
  [[nodiscard]] Result<Frame> receiveFor(std::uint32_t request);
  /// All that is said of a command until it is done.
  [[nodiscard]] Result<int> hear(std::uint32_t request, CommandCaller& caller);
  [[nodiscard]] Status hello(const std::string& name);
  [[nodiscard]] Status answer(std::uint32_t request, wire::Question::Reader question,
                              CommandCaller& caller);

  std::unique_ptr<ClientSocket> socket_;
  FrameReader frames_;
  RegisterId register_;
  ActorId actor_;
  LogPlace last_;
  std::uint32_t request_ = 0;
  std::map<std::uint32_t, std::deque<Frame>> kept_;
};

/// A subscription: events in the order of the log, each once. In the name of a consumer those of an
/// entity that was held back come again, in their order among themselves, and whatever was not
/// done() comes again after a break.
class ClientEvents {
 public:
  /// The next event; nothing when it has ended (all up to `to` came, or the server stops). A
  /// failure ends it too.
  [[nodiscard]] Result<std::optional<RecordPtr>> next();
  // For a subscription in the name of a consumer.

  /// All that next() has given out is done, but for what was to come again or was parked.
  [[nodiscard]] Status done();
  /// The event that next() gave out last could not be handled: it comes again after `delay`, and
  /// all of its entity behind it waits until then.
  [[nodiscard]] Status retry(std::chrono::milliseconds delay, std::string_view reason);
  /// Likewise, but it waits until somebody says that it is to be tried again.
  [[nodiscard]] Status park(std::string_view reason);
  /// Blocks until the server has all of that on its disk. Events that come meanwhile are kept for
  /// next().
  [[nodiscard]] Status settle();

  /// Everything that was there when it began has been given out by next().
  [[nodiscard]] bool caughtUp() const { return caughtUp_ && at_ == batch_.size(); }
  /// Where to go on from after a break.
  [[nodiscard]] LogPlace resume() const { return resume_; }

 private:
  friend class Client;
  ClientEvents(Client& client, std::uint32_t request) : client_(&client), request_(request) {}
  [[nodiscard]] Status take(const Frame& frame);
  [[nodiscard]] Status take(wire::Events::Reader events);
  struct Event {
    RecordPtr record;
    EntityId again;  // of which it was held back; none: it came in its turn
  };
  /// Waits until there is something to give out, or nothing more comes.
  [[nodiscard]] Status fill();
  /// Whether it is of an entity that was held back, and was on its way then: it comes again behind
  /// the event that failed.
  [[nodiscard]] bool passesOver(const Event& event);
  /// Sends what was said of events, and counts it.
  [[nodiscard]] Status say(ToServer& message);
  /// Likewise, of the event that was given out last and is held back.
  [[nodiscard]] Status held(ToServer& message);

  Client* client_;
  std::uint32_t request_;
  std::vector<Event> batch_;
  std::size_t at_ = 0;
  Event last_;                    // given out last
  std::optional<Position> turn_;  // given out last in its turn, and not done
  struct Run {
    Position first;
    Position last;
  };
  std::map<EntityId, Run> again_;      // likewise of those that came again
  std::map<EntityId, Position> held_;  // to be passed over until this comes again
  std::uint64_t said_ = 0;
  std::uint64_t kept_ = 0;
  std::uint64_t owed_ = 0;  // credit of what has been taken
  LogPlace resume_;
  bool caughtUp_ = false;
  bool ended_ = false;
};

}  // namespace consulta
