// Command lines that are run for somebody elsewhere.
//
// The program's commands live in the folder to the right of this one; whoever composes the program
// gives the server a CommandHost that runs them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/server/peer.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// How far a command that follows the log has printed it.
struct Reached {
  std::uint64_t epoch = 0;  // in which the position counts
  Position next;            // all before it was printed; none: nothing yet
};

/// What was typed, and what is known of where.
struct CommandLine {
  std::vector<std::string> words;
  std::string language;  // "fr"; empty: English
  std::string timeZone;  // of the IANA database; empty: that of the server
  std::size_t width = 80;
  bool colour = false;
  bool asks = false;
  bool talkIsSeen = false;
  /// Of one that was broken off: where it goes on.
  std::optional<Reached> goOn;
};

enum class OutputStream { data, talk };

/// What is at a path of theirs.
struct PathFacts {
  enum class Kind { nothing, file, directory, other };
  Kind kind = Kind::nothing;
  std::uint64_t size = 0;
  int error = 0;  // an errno: it could not be found out
};

/// An answer in bytes, or an errno.
struct PeerBytes {
  std::string bytes;
  int error = 0;
};

/// The way from a running command to whoever typed it. Threads: the one that runs the command.
/// Every call may block until they answer. When they have gone, output is lost, input is at its end
/// and every other call answers EPIPE.
class CommandPeer {
 public:
  CommandPeer() = default;
  CommandPeer(const CommandPeer&) = delete;
  CommandPeer& operator=(const CommandPeer&) = delete;
  virtual ~CommandPeer() = default;

  /// False: nobody is there to read it.
  virtual bool write(OutputStream stream, std::string_view bytes) = 0;
  /// At most `bytes_max` of their standard input; empty at its end.
  [[nodiscard]] virtual std::string input(std::size_t bytes_max) = 0;
  [[nodiscard]] virtual PathFacts look(const std::string& path) = 0;
  /// Fewer bytes than asked for only at the end of the file.
  [[nodiscard]] virtual PeerBytes read(const std::string& path, std::uint64_t offset,
                                       std::uint32_t count) = 0;
  /// A piece of a file that takes its place whole with the last one. An errno.
  [[nodiscard]] virtual int write(const std::string& path, std::string_view bytes, bool last,
                                  bool replaces) = 0;
  /// Gives up a file that was begun.
  virtual void abandon(const std::string& path) = 0;
  [[nodiscard]] virtual int makeDirectory(const std::string& path) = 0;
  /// True once they have gone, have cancelled, or the server stops: a command that goes on for ever
  /// looks now and then.
  [[nodiscard]] virtual bool over() const = 0;

  // Of the command itself. Who counts nothing, or cannot go on after a break, need not hear it.

  /// It has entered a submission, or tried what would be entered; and: it was refused this.
  virtual void accepted() {}
  virtual void refused(const Failures&) {}
  /// What it has written so far brings the one who reads up to there: after a break it can be run
  /// from there on. False: nobody is there.
  virtual bool reached(const Reached&) { return true; }
};

class CommandHost {
 public:
  CommandHost() = default;
  CommandHost(const CommandHost&) = delete;
  CommandHost& operator=(const CommandHost&) = delete;
  virtual ~CommandHost() = default;

  /// Runs it to its end and returns its exit code; throws nothing. Threads: from many at once.
  virtual int run(const Peer& who, const CommandLine& line, CommandPeer& peer) = 0;
};

}  // namespace consulta
