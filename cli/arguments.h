// What a command is and what may be written after it, as data: parsing, help, the man page and
// completion are all derived from this, so none of them can disagree with another.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"

namespace consulta {

class Session;

// Every member has a default of its own, so that descriptions state only what they differ in.

/// What a value names beside entities, codes and files: what completion offers for it.
enum class Names {
  nothing,
  directory,
  aggregate,  // "meeting"
  state,      // of the aggregate that was written
  field,      // of the aggregate or the entity that was written
  condition,  // field=value, likewise
  language,   // what stands in front of a text: "fr:"
  actor,      // who enters here
  newId,      // of the aggregate of the act: one that is free
  group,      // a group of parties
};

/// One thing that may be written after a command: an option, or an argument by its place.
struct Parameter {
  std::string name{};   // "where" for --where; of a place the word of the usage line: "ID"
  std::string value{};  // stands for the value in help: "FIELD=VALUE"; of an option, empty: a flag
  std::string help{};
  bool required = false;
  std::string unless{};  // an option that may be given in place of what is required
  bool repeats = false;  // may be given several times; of the last place: any number of words
  bool expert = false;   // stands in the expert part of the help
  std::vector<std::string> choices{};  // shown, and offered by completion; checked by the command
  bool inWords = false;                // they may be written in the words of the language too
  std::vector<std::string> refs{};     // it names entities of these aggregates; "*" alone: any
  std::string code{};                  // it is a code of this reference list
  bool file = false;                   // it names a file
  std::string ending{};                // of the files that completion offers: "csv"; empty: any
  Names names = Names::nothing;
  bool unlisted = false;  // understood, but not in the help
};

/// What was written, by the names of the parameters. Values, nothing else.
class Arguments {
 public:
  void set(const std::string& name, std::vector<std::string> values);

  [[nodiscard]] bool has(std::string_view name) const;
  /// The value, or the last of several; nothing when it was not given.
  [[nodiscard]] std::optional<std::string> get(std::string_view name) const;
  /// The value; for parameters that are required. Empty when it was not given all the same.
  [[nodiscard]] std::string at(std::string_view name) const { return get(name).value_or(""); }
  /// All values in the order given; empty when it was not given.
  [[nodiscard]] const std::vector<std::string>& all(std::string_view name) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

struct Command {
  std::string name{};     // one word, or two: "show", "procedure add", "mou sign"
  std::string help{};     // one line, begins with a verb, no full stop
  std::string example{};  // what follows "consulta" in a command that works; a line each
  std::string about{};    // more, in whole sentences; may be empty
  std::vector<Parameter> places{};
  std::vector<Parameter> options{};
  bool enters = false;  // it dates what it enters (--on) and answers nothing about the past
  bool makes = false;   // it enters nothing, and still leaves something else than an answer
  bool hidden = false;  // for scripts: not listed, not completed
  bool here = false;    // it needs no register: it runs where it is typed
  bool owns = false;    // it needs the directory for itself: likewise, and through no server
  bool asks = false;    // it asks for missing options, or refuses them itself, all at once
  std::function<int(Session&, const Arguments&)> run{};  // returns the exit code
  /// What the help adds once something was written after the command; may be empty.
  std::function<void(Session&, const Arguments&)> details{};
  /// Options that depend on what was written: completion offers them in place of the unlisted ones
  /// and of those of the same names.
  std::function<std::vector<Parameter>(Session&, const Arguments&)> further{};
};

/// A whole number from `low` to `high`, or a usage failure that names `option`.
[[nodiscard]] Result<std::int64_t> readNumber(std::string_view option, std::string_view text,
                                              std::int64_t low, std::int64_t high);

}  // namespace consulta
