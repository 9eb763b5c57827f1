#include "tests/tidy/tidy_checks.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <iterator>
#include <utility>

#include "tests/tidy/tidy_text.h"

namespace consulta::tidy {
namespace {

constexpr std::array<std::string_view, 5> folders = {"events", "projections", "engine", "cli",
                                                     "tests"};

constexpr std::array<std::string_view, 3> pureFolders = {"events/", "projections/",
                                                         "engine/rules/"};

constexpr std::array<std::string_view, 15> impureIncludes = {
    "<boost/asio",  "<boost/beast", "<rocksdb/", "<spdlog/",     "<fstream>",
    "<filesystem>", "<random>",     "<thread>",  "<sys/socket.", "<sys/stat.h>",
    "<unistd.h>",   "<fcntl.h>",    "<ctime>",   "<time.h>",     "<sys/time.h>"};

constexpr std::array<std::string_view, 5> impureWords = {"system_clock::now", "steady_clock::now",
                                                         "random_device", "getenv(", "RAND_bytes("};

constexpr std::array<std::string_view, 4> unfinishedWords = {"TODO", "FIXME", "XXX", "HACK"};

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string whole;
  for (const auto part : parts) whole += part;
  return whole;
}

/// Where a path stands in `folders`; the number of folders when in none of them.
std::size_t layerOf(std::string_view path) {
  const std::string_view top = path.substr(0, path.find('/'));
  const auto* found = std::find(folders.begin(), folders.end(), top);
  return static_cast<std::size_t>(found - folders.begin());
}

/// What is wrong with `target` as an include of a file in `layer`; empty when nothing is.
std::string faultOfInclude(const Reference& reference, std::size_t layer) {
  const auto target = reference.target;
  const auto targetLayer = layerOf(target);
  if (!reference.quoted) {
    if (targetLayer == folders.size() || target.find('/') == std::string_view::npos) return {};
    return joined({"<", target, "> is one of our own files: write it in double quotes"});
  }
  if (target.find("..") != std::string_view::npos || targetLayer == folders.size() ||
      target.find('/') == std::string_view::npos) {
    return joined({"\"", target,
                   "\" is not written from the project's root: begin with events/, projections/, "
                   "engine/, cli/ or tests/ (and write libraries as <...>)"});
  }
  if (targetLayer > layer) {
    return joined({folders.at(layer), "/ may not include \"", target,
                   "\": an include points only left in events <- projections <- engine <- cli. "
                   "Move what is shared to the left, or pass it in"});
  }
  return {};
}

/// The same for a schema's import: relative within the folder, or from the root.
std::string faultOfImport(std::string_view target, std::size_t layer) {
  if (target.find("..") != std::string_view::npos) {
    return joined({"import \"", target,
                   "\" climbs out of its folder: write it from the project's root, as in import "
                   "\"/events/values.capnp\""});
  }
  if (!target.starts_with('/') || target.starts_with("/capnp/")) return {};
  return faultOfInclude({.target = target.substr(1)}, layer);
}

/// The name in a test case that begins at `text`: its first string, in quotes in the source.
std::string_view nameOfTest(std::string_view text) {
  const auto open = text.find('"');
  if (open == std::string_view::npos) return {};
  text.remove_prefix(open + 1);
  return text.substr(0, text.find('"'));
}

void append(Violations& all, Violations more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

}  // namespace

Violations checkIncludes(const SourceFile& file) {
  Violations found;
  const auto layer = layerOf(file.path);
  if (layer == folders.size()) return found;
  for (const auto& reference : referencesOf(file)) {
    auto fault = isSchema(file.path) ? faultOfImport(reference.target, layer)
                                     : faultOfInclude(reference, layer);
    if (!fault.empty()) found.push_back({file.path, reference.line, std::move(fault)});
  }
  return found;
}

Violations checkPurity(const SourceFile& file) {
  Violations found;
  const auto covers = [&](std::string_view folder) { return file.path.starts_with(folder); };
  if (!isHeader(file.path) && !isSource(file.path)) return found;
  if (std::none_of(pureFolders.begin(), pureFolders.end(), covers)) return found;
  std::size_t number = 0;
  for (const auto line : linesOf(file.text)) {
    ++number;
    const auto report = [&](std::string_view what) {
      found.push_back(
          {file.path, number,
           joined({"\"", what,
                   "\" is a clock, chance or I/O, which this folder must not reach for: "
                   "pass the value in from the engine"})});
    };
    for (const auto include : impureIncludes) {
      if (trimmed(line).starts_with('#') && line.find(include) != std::string_view::npos) {
        report(include);
      }
    }
    for (const auto word : impureWords) {
      if (line.find(word) != std::string_view::npos) report(word);
    }
  }
  return found;
}

Violations checkLayout(const SourceFile& file) {
  Violations found;
  if (!isCode(file)) return found;
  const auto lines = linesOf(file.text);
  std::size_t number = 0;
  for (const auto line : lines) {
    ++number;
    const auto columns = columnsOf(line);
    // An example holds whole sentences of its source, each one word of a command.
    if (columns > lineColumnsMax && !file.path.starts_with("cli/examples/")) {
      found.push_back({file.path, number,
                       joined({"the line has ", std::to_string(columns), " columns, ",
                               std::to_string(lineColumnsMax), " are allowed: break it"})});
    }
    if (line.find('\t') != std::string_view::npos) {
      found.push_back({file.path, number, "there is a tab: indent with spaces, or write \\t"});
    }
    if (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) {
      found.push_back({file.path, number, "the line ends in blanks: remove them"});
    }
  }
  if (file.text.empty() || file.text.back() != '\n') {
    found.push_back({file.path, std::max<std::size_t>(number, 1),
                     "the file does not end with a newline: add one"});
  }
  if (lines.size() > fileLinesMax) {
    found.push_back({file.path, fileLinesMax + 1,
                     joined({"the file has ", std::to_string(lines.size()), " lines, ",
                             std::to_string(fileLinesMax), " are allowed: split it by concept"})});
  }
  return found;
}

Violations checkUnfinished(const SourceFile& file) {
  Violations found;
  std::size_t number = 0;
  for (const auto line : linesOf(file.text)) {
    ++number;
    for (const auto word : unfinishedWords) {
      if (!containsWord(line, word)) continue;
      found.push_back(
          {file.path, number, joined({word, " marks unfinished work: finish it, or remove it"})});
    }
  }
  return found;
}

Violations checkHeader(const SourceFile& file) {
  Violations found;
  if (!isHeader(file.path)) return found;
  const auto lines = linesOf(file.text);
  if (lines.empty() || !lines.front().starts_with("//") || columnsOf(lines.front()) < 10) {
    found.push_back({file.path, 1,
                     "the header does not begin with a comment: say in its first line what it is "
                     "for"});
  }
  const auto isGuard = [](std::string_view line) { return trimmed(line) == "#pragma once"; };
  if (std::none_of(lines.begin(), lines.end(), isGuard)) {
    found.push_back({file.path, 1, "there is no #pragma once: add it below the first comment"});
  }
  return found;
}

Violations checkTestFile(const SourceFile& file) {
  Violations found;
  if (!file.path.starts_with("tests/") || !isSource(file.path)) return found;
  const bool named = file.path.ends_with("_test.cc");
  std::size_t number = 0;
  std::size_t tests = 0;
  for (const auto line : linesOf(file.text)) {
    ++number;
    if (!trimmed(line).starts_with("TEST_CASE")) continue;
    ++tests;
    const auto offset = static_cast<std::size_t>(line.data() - file.text.data());
    const auto name = nameOfTest(std::string_view{file.text}.substr(offset));
    if (name.find(' ') != std::string_view::npos) continue;
    found.push_back(
        {file.path, number,
         joined({"the test \"", name, "\" is not named by a sentence: say what must be true"})});
  }
  if (named && tests == 0) {
    found.push_back({file.path, 1, "there is no TEST_CASE in it: write one, or remove the file"});
  }
  if (!named && tests > 0) {
    found.push_back({file.path, 1, "there are tests in it: name it so that it ends in _test.cc"});
  }
  return found;
}

Violations checkNothingIsDead(const std::vector<SourceFile>& files,
                              const std::set<std::string, std::less<>>& built) {
  std::set<std::string, std::less<>> used;
  for (const auto& file : files) {
    for (const auto& reference : referencesOf(file)) {
      if (reference.target != file.path) used.emplace(reference.target);
    }
    if (!isSource(file.path)) continue;
    const std::string stem = file.path.substr(0, file.path.size() - 3);
    used.insert(stem + ".h");
  }
  Violations found;
  for (const auto& file : files) {
    if (layerOf(file.path) == folders.size()) continue;
    if ((isSource(file.path) || isSchema(file.path)) && !built.contains(file.path)) {
      found.push_back({file.path, 1,
                       "the file is not built: add it to its target in CMakeLists.txt, or remove "
                       "it"});
    }
    if (isHeader(file.path) && !used.contains(file.path)) {
      found.push_back(
          {file.path, 1, "nobody includes this header and it has no .cc: use it, or remove it"});
    }
  }
  return found;
}

Violations checkReadmes(const std::vector<SourceFile>& files) {
  Violations found;
  std::set<std::string> wanted = {"README.md"};
  for (const auto folder : folders) wanted.insert(joined({folder, "/README.md"}));
  for (const auto& file : files) {
    const auto slash = file.path.rfind('/');
    const bool isCode = isSource(file.path) || isHeader(file.path) || isSchema(file.path);
    if (isCode && slash != file.path.npos) {
      wanted.insert(joined({std::string_view(file.path).substr(0, slash), "/README.md"}));
    }
  }
  for (const auto& path : wanted) {
    const auto isIt = [&](const SourceFile& file) {
      return file.path == path && !trimmed(file.text).empty();
    };
    if (std::any_of(files.begin(), files.end(), isIt)) continue;
    found.push_back({path, 1,
                     "it is missing or empty: write what lives in this folder, what it may include "
                     "and how to add to it"});
  }
  return found;
}

Violations checkAll(const std::vector<SourceFile>& files,
                    const std::set<std::string, std::less<>>& built) {
  Violations found;
  for (const auto& file : files) {
    append(found, checkIncludes(file));
    append(found, checkPurity(file));
    append(found, checkLayout(file));
    append(found, checkUnfinished(file));
    append(found, checkHeader(file));
    append(found, checkSaid(file));
    append(found, checkTestFile(file));
  }
  append(found, checkNothingIsDead(files, built));
  append(found, checkNames(files));
  append(found, checkReadmes(files));
  return found;
}

std::set<std::string, std::less<>> readList(std::string_view text) {
  std::set<std::string, std::less<>> paths;
  for (const auto line : linesOf(text)) {
    if (const auto path = trimmed(line); !path.empty()) paths.emplace(path);
  }
  return paths;
}

}  // namespace consulta::tidy
