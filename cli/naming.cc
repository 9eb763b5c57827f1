#include "cli/naming.h"

#include <algorithm>
#include <utility>

#include "cli/commands.h"
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
                    const std::vector<Command>& commands, const std::string& word) {
  if (std::ranges::find(commands, word, &Command::name) != commands.end()) {
    return usage("command.unknown",
                 msg("{aggregate} has no entry \"{word}\". Did you mean \"consulta {word} "
                     "{aggregate}\"?",
                     arg("aggregate", aggregate.name), arg("word", word)));
  }
  Words names;
  for (const auto* act : acts) names.push_back(act->verb);
  for (const auto& one : commands) {
    if (one.name.starts_with(aggregate.name + " ")) {
      names.push_back(one.name.substr(aggregate.name.size() + 1));
    }
  }
  if (const auto near = nearest(word, names)) {
    return usage("command.unknown", msg("{aggregate} has no entry \"{word}\". Did you mean "
                                        "\"{near}\"?",
                                        arg("aggregate", aggregate.name),
                                        arg("word", excerpt(word)), arg("near", *near)));
  }
  return usage("command.unknown",
               msg("{aggregate} has no entry \"{word}\"; \"consulta {aggregate} --help\" lists "
                   "them all",
                   arg("aggregate", aggregate.name), arg("word", excerpt(word))));
}

/// The fixed command with this name, of one word or two.
std::optional<Command> fixedNamed(std::vector<Command>& commands, const std::string& name) {
  const auto found = std::ranges::find(commands, name, &Command::name);
  if (found == commands.end()) return std::nullopt;
  return std::move(*found);
}

}  // namespace

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
  if (act == acts.end()) return unknownVerb(*out.aggregate, acts, commands, second);
  out.command = actCommand(catalogue, *out.aggregate, **act);
  out.rest = without(words, places);
  return out;
}

}  // namespace consulta
