// A translation as its file holds it (gettext's PO), for tests: each text and what it becomes.
#pragma once

#include <cstddef>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "events/values/utf8.h"

namespace consulta::test {

/// One text; its translation is empty where nobody has translated it yet.
struct PoEntry {
  std::size_t line = 0;  // of its id
  std::string id;
  std::string plural;                       // what it is of several things; mostly empty
  std::vector<std::string> translations{};  // one, or one for each form of the plural

  [[nodiscard]] std::string translation() const {
    return translations.empty() ? std::string() : translations.front();
  }
};

class PoFile {
 public:
  /// Throws what is wrong with a line that this program's files never hold.
  explicit PoFile(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::string* part = nullptr;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
      std::string_view rest = trimmed(line);
      if (rest.empty() || rest.starts_with('#')) continue;
      if (takeWord(rest, "msgid ")) {
        entries_.push_back(PoEntry{number, {}, {}, {}});
        part = &entries_.back().id;
      } else if (takeWord(rest, "msgid_plural ") && part != nullptr) {
        part = &entries_.back().plural;
      } else if ((takeWord(rest, "msgstr ") || takeForm(rest)) && part != nullptr) {
        part = &entries_.back().translations.emplace_back();
      }
      if (part == nullptr || rest.size() < 2 || rest.front() != '"' || rest.back() != '"') {
        throw std::runtime_error(path + ":" + std::to_string(number) + ": no text in quotes");
      }
      *part += plain(rest.substr(1, rest.size() - 2));
    }
    if (entries_.empty()) throw std::runtime_error(path + " holds no texts");
  }

  /// The header, whose id is empty, is the first of them.
  [[nodiscard]] const std::vector<PoEntry>& entries() const { return entries_; }
  [[nodiscard]] std::string translation(std::string_view id) const {
    for (const auto& entry : entries_) {
      if (entry.id == id) return entry.translation();
    }
    return {};
  }

 private:
  static bool takeWord(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
  }
  /// "msgstr[1] ": the forms stand in their order.
  static bool takeForm(std::string_view& text) {
    return takeWord(text, "msgstr[") && takeWord(text, text.substr(0, text.find('"')));
  }
  static std::string plain(std::string_view quoted) {
    std::string out;
    for (std::size_t i = 0; i < quoted.size(); ++i) {
      if (quoted[i] == '\\' && i + 1 < quoted.size()) {
        ++i;
        out += quoted[i] == 'n' ? '\n' : quoted[i] == 't' ? '\t' : quoted[i];
      } else {
        out += quoted[i];
      }
    }
    return out;
  }

  std::vector<PoEntry> entries_;
};

}  // namespace consulta::test
