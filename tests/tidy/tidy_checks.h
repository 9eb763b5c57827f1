// What the project asks of its own files, beyond what a compiler can see: the layers, dead files,
// lengths, and the marks of unfinished work. Every check is a pure function of the text it is
// given.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/tidy_text.h"

namespace consulta::tidy {

/// One thing to mend. `line` counts from 1; `advice` says what is wrong and what to do.
struct Violation {
  std::string path;
  std::size_t line = 0;
  std::string advice;

  bool operator==(const Violation&) const = default;
};

using Violations = std::vector<Violation>;

constexpr std::size_t lineColumnsMax = 100;
constexpr std::size_t fileLinesMax = 449;

/// Includes and schema imports: written from the root, pointing only to the left in
/// events <- projections <- engine <- cli; tests may use all of them and nobody uses tests.
Violations checkIncludes(const SourceFile& file);

/// events/, projections/ and engine/rules/ reach for no clock, no chance, no file and no socket.
Violations checkPurity(const SourceFile& file);

/// Columns (code points), tabs, trailing blanks, the final newline, and the length of the file.
Violations checkLayout(const SourceFile& file);

/// Words that say that something was left undone. A word alone in double quotes is data.
Violations checkUnfinished(const SourceFile& file);

/// `#pragma once`, and a first line that says what the header is for.
Violations checkHeader(const SourceFile& file);

/// Texts for people stand where cli/translations/extract finds them: a call of msg, say or speech
/// begins with its text, and does not choose between two.
Violations checkSaid(const SourceFile& file);

/// Test files are named x_test.cc and have tests; the names of tests are sentences.
Violations checkTestFile(const SourceFile& file);

/// Every source and schema is in `built` (relative paths); every header is used by somebody.
Violations checkNothingIsDead(const std::vector<SourceFile>& files,
                              const std::set<std::string, std::less<>>& built);

/// No two headers define a type of the same name in the same namespace: the linker would take one
/// for the other without a word.
Violations checkNames(const std::vector<SourceFile>& files);

/// The root, each of the five folders and every folder with code say in a README.md what lives
/// there.
Violations checkReadmes(const std::vector<SourceFile>& files);

/// All of the above.
Violations checkAll(const std::vector<SourceFile>& files,
                    const std::set<std::string, std::less<>>& built);

/// The lines of a list of paths, without blank ones.
std::set<std::string, std::less<>> readList(std::string_view text);

}  // namespace consulta::tidy
