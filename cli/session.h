// One run of the program: what every command is given. No globals stand behind it, so tests make
// as many as they like, with streams, a clock and a terminal of their own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cli/speech.h"
#include "cli/terminal.h"
#include "engine/runtime/register.h"
#include "events/catalogue.h"
#include "events/entry.h"
#include "events/limits.h"
#include "events/result.h"
#include "events/values/calendar.h"
#include "events/values/human_date.h"
#include "projections/past.h"

namespace consulta {

/// The options that are the same everywhere, as they were written.
struct Options {
  std::filesystem::path data;  // the directory of the register
  std::optional<std::string> on;
  std::optional<std::string> asOf;
  std::optional<std::string> knownAt;
  std::optional<std::string> expect;
  std::optional<std::string> submission;
  std::optional<std::string> onBehalfOf;
  bool dryRun = false;
  bool json = false;
  bool quiet = false;
  bool yes = false;
  bool confirmClock = false;
  std::optional<std::string> connect;  // else $CONSULTA_CONNECT, where --data is not given
  // The files of a connection with TLS; else what $CONSULTA_CERTIFICATE, $CONSULTA_KEY and
  // $CONSULTA_AUTHORITIES name.
  std::optional<std::string> certificate;
  std::optional<std::string> key;
  std::optional<std::string> authorities;
  std::uint32_t ownerWait_ms = limits::owner_wait_ms;  // for another process to leave the register
};

/// Where a session reads and writes. Data goes to `out`, talk to `err`.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

class NamedFiles;

/// As whom a session acts: an account of this machine, or one that a server knows its peer by.
struct Account {
  std::string id;            // "uid:1000"
  std::string name;          // for people
  bool overNetwork = false;  // it does on the machine of the register only what its roles let it do
};

/// That of this process.
[[nodiscard]] Account ownAccount();

/// For one thread. Everything handed out lives as long as the session.
class Session {
 public:
  /// The catalogue and the streams must outlive it. `catalogues` is the directory of translations.
  Session(const Catalogue& catalogue, Streams streams, Terminal terminal, Clock clock,
          std::string catalogues);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Options options;
  Terminal terminal;
  std::string command;  // what was typed, for those who wait for the directory: "mou sign"
  Account account = ownAccount();
  std::string timeZone;  // of whoever looks, by its IANA name; empty: that of this machine
  /// Called before a command that is to be carried through though nobody may read its answer.
  std::function<void()> onCarryThrough;
  /// Asked to run the words where the register is served; nothing: they are to run here.
  using Elsewhere = std::function<std::optional<int>(Session&, std::span<const std::string>)>;
  Elsewhere elsewhere;
  /// Whether what goes on until somebody has enough is to end.
  std::function<bool()> over;
  /// Where a command that follows the log is to go on, after a break; and is told how far it has
  /// printed it: all before `next`, or none: nothing yet.
  std::optional<Position> goOn;
  std::function<void(Position next)> onReached;
  /// Told of every submission that is accepted, and of all that fail() prints.
  std::function<void()> onAccepted;
  std::function<void(const Failures&)> onFailure;

  [[nodiscard]] const Catalogue& catalogue() const { return catalogue_; }
  [[nodiscard]] const Speech& speech() const { return speech_; }
  void speak(Lang lang);
  [[nodiscard]] Lang lang() const { return speech_.lang(); }
  [[nodiscard]] std::istream& in() { return streams_.in; }
  [[nodiscard]] std::ostream& out() { return streams_.out; }
  [[nodiscard]] std::ostream& err() { return streams_.err; }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  /// Where translations are.
  [[nodiscard]] const std::string& catalogues() const { return catalogues_; }
  [[nodiscard]] std::int64_t now() const { return clock_(); }
  /// The day it is here, by the time zone of this machine.
  [[nodiscard]] Day today() const;
  /// When that day begins, likewise.
  [[nodiscard]] std::int64_t dayStart(Day day) const;

  /// The register in options.data, opened when it is first asked for. Whoever is to enter much asks
  /// first, and for keys of future subjects.
  [[nodiscard]] Result<Register*> reg(std::size_t subjectKeysAhead = 0);
  /// What its opening takes; for commands that make a register.
  [[nodiscard]] RegisterOptions registerOptions() const;
  /// Hands a register over that was opened elsewhere: init, and tests.
  void adopt(std::unique_ptr<Register> made);
  /// Uses one that somebody else keeps open, as a server does for its peers. It must outlive this.
  void lend(Register& reg) { lent_ = &reg; }
  [[nodiscard]] bool isLent() const { return lent_ != nullptr; }
  /// Whether personal values are shown in clear: where it was lent to the ones whose roles say so,
  /// of `now`, the present; beside the register to everybody, for they have its keys.
  [[nodiscard]] bool seesPersonal(const State& now) const;
  /// Closes it, so that another process need not wait; one that was lent stays open.
  void close();

  /// Where files that are named lie; those of this process unless others are handed over, which
  /// must outlive this.
  [[nodiscard]] NamedFiles& files() { return *files_; }
  void readFrom(NamedFiles& files) { files_ = &files; }

  /// Which past --as-of and --known-at ask for; needs the register for the second.
  [[nodiscard]] Result<Moment> moment();
  /// "as it stood on 1 July 2006", "as we knew it on ...", or both; empty for the present. To be
  /// printed above an answer.
  [[nodiscard]] std::string momentHeading();

  /// A date as people write it. When it was not written as EDTF, the reading is said.
  [[nodiscard]] Result<HumanDate> readDate(std::string_view option, std::string_view text);

  /// The same for a moment that is asked about, which must be some day.
  [[nodiscard]] Result<HumanDate> readMomentDate(std::string_view option, std::string_view text);

  /// Talk: a line on stderr, unless --quiet.
  void say(const Message& message);
  /// Prints the failures, each on a line of stderr; with --json one object on stdout instead.
  /// Returns the exit code: that of the gravest.
  int fail(const Failures& failures);
  int fail(const Failure& failure) { return fail(Failures{failure}); }
  /// Enters it, or with --dry-run shows what would be entered.
  [[nodiscard]] Result<Receipt> enter(Register& reg, Submission submission, bool dry);

  /// Whether a bar may be drawn and a question be asked.
  [[nodiscard]] bool showsProgress() const;
  [[nodiscard]] bool mayAsk() const { return terminal.asks && !options.json && !options.quiet; }

 private:
  /// Those who act are called by their names, as far as the register that is open knows them.
  [[nodiscard]] Speech speechIn(Lang lang) const;
  [[nodiscard]] std::string told(const Failures& failures) const;
  const Catalogue& catalogue_;
  Streams streams_;
  Clock clock_;
  std::string catalogues_;
  Speech speech_;
  std::unique_ptr<Register> register_;
  Register* lent_ = nullptr;
  std::unique_ptr<NamedFiles> ownFiles_;
  NamedFiles* files_;
};

/// A variable of the environment; nothing when it is not set, or to nothing.
[[nodiscard]] std::optional<std::string> fromEnvironment(const char* name);

/// The register's directory when --data does not say: $CONSULTA_DATA, else in the user's own data
/// directory. Empty when the environment names neither.
[[nodiscard]] std::filesystem::path defaultDataDirectory();

}  // namespace consulta
