#include "cli/dispatch.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <exception>
#include <optional>

#include "cli/commands.h"
#include "cli/help.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

using Words = std::vector<std::string>;

const Parameter* globalNamed(std::string_view name) {
  for (const auto& one : globalOptions()) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

/// Where the words stand that name a command: up to two that are neither an option of all commands
/// nor the value of one. Options of the command itself come after its name.
std::vector<std::size_t> namingWords(std::span<const std::string> words) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < words.size() && out.size() < 2; ++i) {
    const std::string_view word = words[i];
    if (!word.starts_with("-")) {
      out.push_back(i);
      continue;
    }
    if (!word.starts_with("--")) continue;
    const auto* option = globalNamed(word.substr(2));
    if (option == nullptr && word.find('=') == word.npos && !out.empty()) break;
    if (option != nullptr && !option->value.empty()) ++i;
  }
  return out;
}

/// What the words name; at most one is set, and none when nothing was named.
struct Named {
  std::optional<Command> command;
  const AggregateInfo* aggregate = nullptr;
  Words rest;  // without the words that name it
};

Words without(std::span<const std::string> words, std::span<const std::size_t> places) {
  Words out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (std::ranges::find(places, i) == places.end()) out.push_back(words[i]);
  }
  return out;
}

Failure unknownWord(const Catalogue& catalogue, const std::vector<Command>& commands,
                    const std::string& word) {
  Words names;
  for (const auto& one : catalogue.aggregates()) names.push_back(one.name);
  for (const auto& one : commands) {
    if (!one.hidden) names.push_back(one.name.substr(0, one.name.find(' ')));
  }
  if (const auto near = nearest(word, names)) {
    return usage("command.unknown", msg("there is no command \"{word}\". Did you mean \"{near}\"?",
                                        arg("word", excerpt(word)), arg("near", *near)));
  }
  return usage("command.unknown", msg("there is no command \"{word}\"; \"consulta --help\" lists "
                                      "them all",
                                      arg("word", excerpt(word))));
}

Failure unknownVerb(const AggregateInfo& aggregate, const std::vector<const EventInfo*>& acts,
                    const std::string& word) {
  Words names;
  for (const auto* act : acts) names.push_back(act->verb);
  if (const auto near = nearest(word, names)) {
    return usage("command.unknown", msg("a {aggregate} has no entry \"{word}\". Did you mean "
                                        "\"{near}\"?",
                                        arg("aggregate", aggregate.name),
                                        arg("word", excerpt(word)), arg("near", *near)));
  }
  return usage("command.unknown",
               msg("a {aggregate} has no entry \"{word}\"; \"consulta {aggregate} --help\" lists "
                   "them all",
                   arg("aggregate", aggregate.name), arg("word", excerpt(word))));
}

/// The fixed command with this name, of one word or two.
std::optional<Command> fixedNamed(std::vector<Command>& commands, const std::string& name) {
  const auto found = std::ranges::find(commands, name, &Command::name);
  if (found == commands.end()) return std::nullopt;
  return std::move(*found);
}

Result<Named> nameOfWords(const Catalogue& catalogue, std::span<const std::string> words) {
  Named out;
  const auto places = namingWords(words);
  if (places.empty()) {
    out.rest.assign(words.begin(), words.end());
    return out;
  }
  auto commands = fixedCommands(catalogue);
  const auto& first = words[places[0]];
  const auto second = places.size() > 1 ? words[places[1]] : std::string();
  if (!second.empty()) {
    out.command = fixedNamed(commands, first + " " + second);
    if (out.command) {
      out.rest = without(words, places);
      return out;
    }
  }
  out.rest = without(words, std::span(places).first(1));
  out.command = fixedNamed(commands, first);
  if (out.command) return out;
  out.aggregate = catalogue.aggregate(asciiLower(first));
  if (out.aggregate == nullptr) return unknownWord(catalogue, commands, first);
  if (second.empty()) return out;
  const auto acts = typedActs(catalogue, *out.aggregate);
  const auto act = std::ranges::find(acts, second, &EventInfo::verb);
  if (act == acts.end()) return unknownVerb(*out.aggregate, acts, second);
  out.command = actCommand(catalogue, *out.aggregate, **act);
  out.rest = without(words, places);
  return out;
}

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
    CLI::Option* option = nullptr;
    bool flag = false;
    bool repeats = false;
    Words values;
  };

  Slot& newSlot(const Parameter& parameter, std::string written) {
    Slot slot;
    slot.name = parameter.name;
    slot.written = std::move(written);
    slot.repeats = parameter.repeats;
    return slots_.emplace_back(std::move(slot));
  }

  void addPlace(const Parameter& place) {
    auto& slot = newSlot(place, place.name);
    slot.option = app_.add_option(place.name, slot.values);
    if (place.repeats) {
      slot.option->expected(0, CLI::detail::expected_max_vector_size);
    } else {
      slot.option->expected(1);
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

Status takeGlobals(Session& session, const Arguments& arguments) {
  auto& options = session.options;
  if (arguments.has("lang")) {
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
  options.dryRun = arguments.has("dry-run");
  options.json = arguments.has("json");
  options.quiet = arguments.has("quiet");
  options.yes = arguments.has("yes");
  options.confirmClock = arguments.has("confirm-clock");
  if (arguments.has("no-color")) session.terminal.colour = false;
  return Done{};
}

/// So that a word that was not understood is also answered in JSON, in the language asked for.
void peekAtGlobals(Session& session, std::span<const std::string> words) {
  session.options.json = std::ranges::find(words, "--json") != words.end();
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::optional<Lang> lang;
    if (words[i] == "--lang" && i + 1 < words.size()) lang = langOf(words[i + 1]);
    if (words[i].starts_with("--lang=")) lang = langOf(std::string_view(words[i]).substr(7));
    if (lang) session.speak(*lang);
  }
}

Status checkPlaces(const Command& command, const Arguments& arguments) {
  for (const auto& place : command.places) {
    if (!place.required || arguments.has(place.name)) continue;
    return usage("command.words", msg("{place} is missing: consulta {usage}",
                                      arg("place", place.name), arg("usage", usageLine(command))));
  }
  for (const auto& option : command.options) {
    if (command.asks || !option.required || arguments.has(option.name)) continue;
    return usage("option.missing", msg("--{option} is missing: {help}", arg("option", option.name),
                                       arg("help", option.help)));
  }
  return Done{};
}

int runNamed(Session& session, Named& named) {
  auto arguments = Grammar(named.command ? &*named.command : nullptr).parse(std::move(named.rest));
  if (!arguments) return session.fail(arguments.failures());
  if (auto taken = takeGlobals(session, *arguments); !taken) return session.fail(taken.failures());
  if (arguments->has("version")) {
    printVersion(session);
    return 0;
  }
  const bool help = arguments->has("help");
  if (named.command) {
    if (help) {
      printHelp(session, *named.command);
      return 0;
    }
    if (auto there = checkPlaces(*named.command, *arguments); !there) {
      return session.fail(there.failures());
    }
    session.command = named.command->name;
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
    peekAtGlobals(session, words);
    auto named = nameOfWords(session.catalogue(), words);
    if (!named) return session.fail(named.failures());
    return runNamed(session, *named);
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
