// From the first words of a command line to what they name: a command, or a kind of entity.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "events/catalogue.h"
#include "events/result.h"

namespace consulta {

/// What the words name; at most one of the two is set, none when nothing was named.
struct Named {
  std::optional<Command> command;
  const AggregateInfo* aggregate = nullptr;
  std::vector<std::string> rest;  // without the words that name it
};

/// A word that is no name is a usage failure that offers the nearest one.
[[nodiscard]] Result<Named> nameOfWords(const Catalogue& catalogue,
                                        std::span<const std::string> words);

}  // namespace consulta
