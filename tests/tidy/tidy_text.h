// A file of the project as text: its lines, its words, and what it includes or imports.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace consulta::tidy {

/// A file of the project. `path` is relative to the project's root and written with "/".
struct SourceFile {
  std::string path;
  std::string text;
};

/// An include or an import. `target` points into the text of the file it stands in.
struct Reference {
  std::size_t line = 0;  // from 1
  std::string_view target;
  bool quoted = true;  // "x", not <x>
};

/// Without blanks at both ends. The view points into `text`.
std::string_view trimmed(std::string_view text);

/// Without their newlines. The views point into `text`.
std::vector<std::string_view> linesOf(std::string_view text);

bool isHeader(std::string_view path);
bool isSource(std::string_view path);
bool isSchema(std::string_view path);

/// Whether people write it for a machine: C++, schemas, CMake and scripts.
bool isCode(const SourceFile& file);

/// The width of a line in code points of UTF-8.
std::size_t columnsOf(std::string_view line);

/// Whether `word` stands in `line` as a whole word. Alone in double quotes it is data and does not
/// count.
bool containsWord(std::string_view line, std::string_view word);

/// The includes of C++, or the imports of a schema, in order; none of any other file. The answer
/// is valid as long as the file's text.
std::vector<Reference> referencesOf(const SourceFile& file);

}  // namespace consulta::tidy
