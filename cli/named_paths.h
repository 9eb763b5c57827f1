// Which files of whoever typed a command a server elsewhere may ask for.
#pragma once

#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace consulta {

/// A server that runs a command is asked to trust no more than the command says: it reads and
/// replaces what was named, and what lies in directories that were named, and makes new files in
/// the directory where it was typed, or one below that. Nothing whose name begins with a dot,
/// unless it was named itself. Names are compared as they are written; links lead where they lead.
class NamedPaths {
 public:
  explicit NamedPaths(std::span<const std::string> words);

  /// What is typed later, an answer to a question: a path, perhaps.
  void add(std::string_view typed);
  /// This file is neither read nor replaced whatever names it, itself or by a link.
  void withhold(const std::filesystem::path& file);

  [[nodiscard]] bool mayRead(const std::filesystem::path& path) const;
  [[nodiscard]] bool mayWrite(const std::filesystem::path& path, bool replaces) const;

 private:
  [[nodiscard]] bool isWithheld(const std::filesystem::path& path) const;

  std::set<std::filesystem::path> named_;
  std::set<std::filesystem::path> withheld_;
};

}  // namespace consulta
