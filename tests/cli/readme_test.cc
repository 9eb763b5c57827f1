// README.md: every command as it is printed, in its order, in a fresh register.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

struct ReadmeCommand {
  std::string words;
  bool refused = false;  // as it says behind it
};

struct Readme {
  std::vector<ReadmeCommand> commands;
  std::vector<std::pair<std::string, std::string>> files;  // that it says there are: name, content
};

std::string trimmedEnd(std::string text) {
  text.erase(text.find_last_not_of(" \n") + 1);
  return text;
}

/// A command, its continued lines joined; what stands behind three blanks is said about it.
ReadmeCommand readCommand(std::istream& in, std::string line) {
  while (line.ends_with('\\')) {
    std::string more;
    std::getline(in, more);
    line.pop_back();
    line += more.substr(std::min(more.size(), more.find_first_not_of(' ')));
  }
  const auto end = line.find("   ");
  const auto said = end == line.npos ? end : line.find_first_not_of(' ', end);
  return {trimmedEnd(line.substr(0, end)),
          said != line.npos && line.compare(said, 7, "refused") == 0};
}

/// "`replies.csv` holds" and the like, at the end of a paragraph.
std::string fileNamed(const std::string& line) {
  if (!line.ends_with("` holds")) return {};
  const auto end = line.rfind('`');
  return line.substr(line.rfind('`', end - 1) + 1, end - line.rfind('`', end - 1) - 1);
}

Readme readReadme() {
  static const std::string margin = "    ";
  Readme out;
  std::ifstream in(CONSULTA_SOURCE_DIR "/README.md");
  std::string file;
  for (std::string line; std::getline(in, line);) {
    const bool inBlock = line.starts_with(margin);
    const auto text = inBlock ? line.substr(margin.size()) : line;
    const auto first = text.substr(0, text.find(' '));
    if (!inBlock) {
      if (line.empty()) continue;
      file = fileNamed(line);
      if (!file.empty()) out.files.emplace_back(file, "");
    } else if (first == "consulta" || first == "sed") {
      file.clear();
      out.commands.push_back(readCommand(in, text));
    } else if (!file.empty()) {
      out.files.back().second += text + "\n";
    }
  }
  return out;
}

/// The shell in a home of its own, with the program in its path.
class ReadmeShell {
 public:
  ReadmeShell() {
    for (const char* name : {"memorandum.pdf", "translation.pdf"}) write(name, name);
  }

  void write(const std::string& name, const std::string& content) const {
    std::ofstream(home_.path() / name) << content;
  }
  [[nodiscard]] ProgramRun run(const std::string& words) const {
    const auto folder = std::filesystem::path(CONSULTA_PROGRAM).parent_path().string();
    const auto home = home_.path().string();
    write("words", "cd '" + home + "'\nexport HOME='" + home + "' CONSULTA_DATA='" + home +
                       "/my-register' LC_ALL=C.UTF-8 TZ=UTC\nexport PATH='" + folder + "':$PATH\n" +
                       words + "\n");
    const auto file = [&](const char* name) { return (home_.path() / name).string(); };
    const auto status = std::system(
        ("bash '" + file("words") + "' >'" + file("told") + "' 2>'" + file("talk") + "' </dev/null")
            .c_str());  // NOLINT: what a reader types is a shell's
    ProgramRun out;
    out.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    std::ostringstream told;
    told << std::ifstream(file("told")).rdbuf();
    out.out = told.str();
    std::ostringstream talk;
    talk << std::ifstream(file("talk")).rdbuf();
    out.err = talk.str();
    return out;
  }
  /// The position of the last entry that such a "history" shows.
  [[nodiscard]] std::string lastPosition(const std::string& history) const {
    const auto lines = trimmedEnd(run(history + " --json").out);
    const auto last = boost::json::parse(lines.substr(lines.rfind('\n') + 1));
    return std::to_string(last.at("position").to_number<std::uint64_t>());
  }

 private:
  TempDir home_;
};

}  // namespace

TEST_CASE("the commands of the README run in their order, and what is to be refused is refused") {
  const auto readme = readReadme();
  CHECK(readme.commands.size() > 80);
  REQUIRE(readme.files.size() == 3);
  const ReadmeShell shell;
  for (const auto& [name, content] : readme.files) shell.write(name, content);
  static const std::string unknownPosition = "POSITION";
  std::string position;  // of the last entry that the last "history" showed
  for (const auto& command : readme.commands) {
    auto words = command.words;
    if (const auto at = words.find(unknownPosition); at != words.npos) {
      words.replace(at, unknownPosition.size(), position);
    }
    if (words.starts_with("consulta history ")) position = shell.lastPosition(words);
    const auto run = shell.run(words);
    INFO(words << "\n" << run.err);
    CHECK(run.code == (command.refused ? 1 : 0));
  }
}

}  // namespace consulta::test
