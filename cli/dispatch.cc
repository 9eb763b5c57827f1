#include "cli/dispatch.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <deque>
#include <exception>
#include <optional>

#include "cli/actors.h"
#include "cli/commands.h"
#include "cli/complete.h"
#include "cli/help.h"
#include "cli/naming.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

using Words = std::vector<std::string>;

/// The words after a command, taken apart by its description and that of the global options.
class Grammar {
 public:
  explicit Grammar(const Command* command) : app_("consulta") {
    app_.set_help_flag();
    app_.allow_extras();
    if (command != nullptr) {
      for (const auto& place : command->places) addPlace(place);
      for (const auto& option : command->options) addOption(option);
    }
    for (const auto& option : globalOptions()) addOption(option);
  }

  Result<Arguments> parse(Words words) {
    if (auto failures = faultsOf(words); !failures.empty()) return failures;
    std::ranges::reverse(words);  // as CLI11 takes them
    try {
      app_.parse(std::move(words));
    } catch (const CLI::ParseError& error) {
      return usage("command.words", msg("{why}", arg("why", std::string(error.what()))));
    }
    Failures failures;
    for (const auto& word : app_.remaining()) failures.push_back(unexpected(word));
    Arguments out;
    for (const auto& slot : slots_) {
      if (slot.option->count() == 0) continue;
      if (!slot.flag && !slot.repeats && slot.option->count() > 1) {
        failures.push_back(usage("option.repeated", msg("{option} was given more than once",
                                                        arg("option", slot.written))));
      }
      out.set(slot.name, slot.flag ? Words{"true"} : slot.option->results());
    }
    if (!failures.empty()) return failures;
    return out;
  }

 private:
  struct Slot {
    std::string name;
    std::string written;
    std::string value;  // stands for the value in help
    CLI::Option* option = nullptr;
    bool flag = false;
    bool repeats = false;
    Words values;
  };

  const Slot* slotOf(const std::string& word) const {
    const auto name = word.substr(0, word.find('='));
    const auto slot = std::ranges::find(slots_, name, &Slot::written);
    return slot == slots_.end() || !name.starts_with("--") ? nullptr : &*slot;
  }

  /// A mistyped option first: its value would be taken for a place, and the answer mislead. Then
  /// one that lacks its value, and would take the next option for it.
  Failures faultsOf(const Words& words) const {
    Failures out;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (!words[i].starts_with("--") || words[i] == "--") continue;
      const auto* slot = slotOf(words[i]);
      if (slot == nullptr) {
        out.push_back(unexpected(words[i]));
      } else if (slot->flag && words[i] != slot->written) {
        out.push_back(usage("option.flag", msg("{option} takes no value; write it alone, or leave "
                                               "it out",
                                               arg("option", slot->written))));
      } else if (!slot->flag && words[i] == slot->written) {
        if (i + 1 == words.size() || slotOf(words[i + 1]) != nullptr) {
          out.push_back(
              usage("option.value", msg("{option} needs a value after it: {option} "
                                        "{value}",
                                        arg("option", slot->written), arg("value", slot->value))));
        } else {
          ++i;  // its value, whatever that begins with
        }
      }
    }
    return out;
  }

  Slot& newSlot(const Parameter& parameter, std::string written) {
    Slot slot;
    slot.name = parameter.name;
    slot.written = std::move(written);
    slot.value = parameter.value;
    slot.repeats = parameter.repeats;
    return slots_.emplace_back(std::move(slot));
  }

  void addPlace(const Parameter& place) {
    auto& slot = newSlot(place, place.name);
    slot.option = app_.add_option(place.name, slot.values);
    if (place.repeats) {
      slot.option->expected(0, CLI::detail::expected_max_vector_size);
    } else {
      slot.option->expected(1)->allow_extra_args(false);
    }
  }

  void addOption(const Parameter& option) {
    const auto written = "--" + option.name;
    if (std::ranges::find(slots_, option.name, &Slot::name) != slots_.end()) return;
    auto& slot = newSlot(option, written);
    slot.flag = option.value.empty();
    auto names = written;
    if (option.name == "help") names += ",-h";
    if (slot.flag) {
      slot.option = app_.add_flag(names);
      return;
    }
    slot.option = app_.add_option(names, slot.values);
    slot.option->expected(1)->allow_extra_args(false)->multi_option_policy(
        CLI::MultiOptionPolicy::TakeAll);
  }

  Failure unexpected(const std::string& word) const {
    if (!word.starts_with("-")) {
      return usage("command.words", msg("\"{word}\" is one word too many. A value of several words "
                                        "stands in quotes",
                                        arg("word", excerpt(word))));
    }
    Words names;
    for (const auto& slot : slots_) {
      if (slot.written.starts_with("--")) names.push_back(slot.written.substr(2));
    }
    const auto bare = word.substr(
        word.find_first_not_of('-') == word.npos ? word.size() : word.find_first_not_of('-'));
    const auto name = bare.substr(0, bare.find('='));
    if (const auto near = nearest(name, names)) {
      return usage("option.unknown", msg("there is no option \"{word}\" here. Did you mean "
                                         "--{near}?",
                                         arg("word", excerpt(word)), arg("near", *near)));
    }
    return usage("option.unknown", msg("there is no option \"{word}\" here; --help lists them all",
                                       arg("word", excerpt(word))));
  }

  CLI::App app_;
  std::deque<Slot> slots_;  // CLI11 keeps references to their values
};

/// "attach" has a --lang of its own, which says in what language a file is.
bool hasOwnLang(const Command* command) {
  return command != nullptr &&
         std::ranges::find(command->options, "lang", &Parameter::name) != command->options.end();
}

Status takeGlobals(Session& session, const Arguments& arguments, const Command* command) {
  auto& options = session.options;
  if (arguments.has("lang") && !hasOwnLang(command)) {
    const auto lang = langOf(arguments.at("lang"));
    if (!lang) {
      return usage("option.lang", msg("--lang is en, fr or es, not \"{text}\"",
                                      arg("text", excerpt(arguments.at("lang")))));
    }
    session.speak(*lang);
  }
  options.data = defaultDataDirectory();
  if (arguments.has("data")) options.data = arguments.at("data");
  options.on = arguments.get("on");
  options.asOf = arguments.get("as-of");
  options.knownAt = arguments.get("known-at");
  options.expect = arguments.get("expect");
  options.submission = arguments.get("submission");
  options.onBehalfOf = arguments.get("on-behalf-of");
  options.dryRun = arguments.has("dry-run");
  options.json = arguments.has("json");
  options.quiet = arguments.has("quiet");
  options.yes = arguments.has("yes");
  options.confirmClock = arguments.has("confirm-clock");
  options.connect = arguments.get("connect");
  if (!options.connect && !arguments.has("data")) {
    options.connect = fromEnvironment("CONSULTA_CONNECT");
  }
  options.certificate = arguments.get("certificate");
  options.key = arguments.get("key");
  options.authorities = arguments.get("authorities");
  if (arguments.has("no-color")) session.terminal.colour = false;
  return Done{};
}

/// What follows an option among words that are not complete yet.
std::optional<std::string> valueIn(std::span<const std::string> words, const std::string& option) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == option && i + 1 < words.size()) return words[i + 1];
    if (words[i].starts_with(option + "=")) return words[i].substr(option.size() + 1);
  }
  return std::nullopt;
}

/// Where the register is that such words are about.
void findRegister(Options& options, std::span<const std::string> words) {
  const auto data = valueIn(words, "--data");
  options.data = data ? std::filesystem::path(*data) : defaultDataDirectory();
  options.connect = valueIn(words, "--connect");
  if (!options.connect && !data) options.connect = fromEnvironment("CONSULTA_CONNECT");
  options.certificate = valueIn(words, "--certificate");
  options.key = valueIn(words, "--key");
  options.authorities = valueIn(words, "--authorities");
}

/// So that a word that was not understood is also answered in JSON, in the language asked for.
void peekAtGlobals(Session& session, std::span<const std::string> words, const Command* command) {
  session.options.json = std::ranges::find(words, "--json") != words.end();
  if (hasOwnLang(command)) return;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::optional<Lang> lang;
    if (words[i] == "--lang" && i + 1 < words.size()) lang = langOf(words[i + 1]);
    if (words[i].starts_with("--lang=")) lang = langOf(std::string_view(words[i]).substr(7));
    if (lang) session.speak(*lang);
  }
}

Status checkPlaces(const Command& command, const Arguments& arguments, bool asked) {
  for (const auto& place : command.places) {
    if (!place.required || arguments.has(place.name)) continue;
    if (!place.unless.empty() && arguments.has(place.unless)) continue;
    if (command.asks && asked) continue;
    return usage("command.words", msg("{place} is missing: consulta {usage}",
                                      arg("place", place.name), arg("usage", usageLine(command))));
  }
  for (const auto& option : command.options) {
    if (command.asks || !option.required || arguments.has(option.name)) continue;
    return usage("option.missing", msg("--{option} is missing: {help}", arg("option", option.name),
                                       arg("help", msg(option.help))));
  }
  return Done{};
}

/// An option that a command would pass over is refused: whoever writes --as-of before an act means
/// its day, and would enter it under another.
Status checkMoments(const Command& command, const Arguments& arguments) {
  Failures out;
  const auto refuse = [&](std::span<const char* const> options, const Message& text) {
    for (const std::string name : options) {
      if (!arguments.has(name)) continue;
      auto said = text;
      said.args.push_back(arg("option", name));
      out.push_back(usage("option.moment", std::move(said)));
    }
  };
  static constexpr std::array past{"as-of", "known-at"};
  static constexpr std::array entry{"on", "expect", "submission", "on-behalf-of"};
  if (command.enters) {
    refuse(past, msg("--{option} is for looking at the past, and \"{command}\" enters something; "
                     "--on says on which day it took place",
                     arg("command", command.name)));
  } else {
    refuse(entry, msg("--{option} belongs to an entry, and \"{command}\" enters nothing; --as-of "
                      "asks how things stood on a day",
                      arg("command", command.name)));
  }
  if (!out.empty()) return out;
  return Done{};
}

/// Whether an answer that nobody reads is no reason to stop.
bool isCarriedThrough(const Command& command, const Options& options) {
  return (command.enters || command.makes) && !options.dryRun;
}

int runNamed(Session& session, Named& named, std::span<const std::string> words) {
  const auto* command = named.command ? &*named.command : nullptr;
  auto arguments = Grammar(command).parse(std::move(named.rest));
  if (!arguments) return session.fail(arguments.failures());
  if (auto taken = takeGlobals(session, *arguments, command); !taken)
    return session.fail(taken.failures());
  if (arguments->has("version")) {
    printVersion(session);
    return 0;
  }
  const bool help = arguments->has("help");
  if (named.command) {
    if (help) {
      printHelp(session, *named.command);
      if (named.command->details) named.command->details(session, *arguments);
      return 0;
    }
    if (auto there = checkPlaces(*named.command, *arguments, session.mayAsk()); !there) {
      return session.fail(there.failures());
    }
    if (auto fits = checkMoments(*named.command, *arguments); !fits) {
      return session.fail(fits.failures());
    }
    session.command = named.command->name;
    if (named.command->owns && session.isLent()) {
      return session.fail(
          usage("command.here", msg("\"consulta {command}\" is run where the register is, by its "
                                    "owner, and not through a server",
                                    arg("command", named.command->name))));
    }
    if (isCarriedThrough(*named.command, session.options)) {
      if (auto may = checkLeavesSomething(session); !may) return session.fail(may.failures());
      if (session.onCarryThrough) session.onCarryThrough();
    }
    if (session.elsewhere && !named.command->here && !named.command->owns) {
      if (const auto code = session.elsewhere(session, words)) return *code;
    }
    return named.command->run(session, *arguments);
  }
  if (named.aggregate != nullptr) {
    printHelp(session, *named.aggregate);
    return help ? 0 : static_cast<int>(Fault::usage);
  }
  if (help) {
    printHelp(session);
  } else {
    printWelcome(session);
  }
  return 0;
}

}  // namespace

int dispatch(Session& session, std::span<const std::string> words) {
  try {
    // What follows is another command line, not words of this one.
    if (words.size() > 1 && words[0] == "complete" && words[1] == "--") {
      if (session.elsewhere) {
        findRegister(session.options, words);
        if (const auto code = session.elsewhere(session, words)) return *code;
      }
      printCompletion(session, words.subspan(2));
      return 0;
    }
    Words asked(words.begin(), words.end());
    if (!asked.empty() && asked.front() == "help") {
      asked.erase(asked.begin());
      asked.emplace_back("--help");
    }
    auto named = nameOfWords(session.catalogue(), asked);
    peekAtGlobals(session, asked, named && named->command ? &*named->command : nullptr);
    if (!named) return session.fail(named.failures());
    return runNamed(session, *named, words);
  } catch (const Broken& broken) {
    return session.fail(broken.failure());
  } catch (const std::exception& error) {
    return session.fail(
        damaged("program.fault", msg("the program failed: {what}. Nothing was entered that was not "
                                     "acknowledged; please report this",
                                     arg("what", std::string(error.what())))));
  }
}

}  // namespace consulta
