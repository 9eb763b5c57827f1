#include "projections/documents/letter_template.h"

#include <algorithm>
#include <optional>

#include "events/message.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

/// A line with its places filled in; nothing when one of them has nothing to stand there.
std::optional<std::string> filled(std::string_view line,
                                  const std::map<std::string, std::string>& values) {
  std::string out;
  while (true) {
    const auto open = line.find('{');
    const auto close = open == line.npos ? open : line.find('}', open);
    if (close == line.npos) return out + std::string(line);
    const auto found = values.find(std::string(line.substr(open + 1, close - open - 1)));
    if (found == values.end() || found->second.empty()) return std::nullopt;
    out += std::string(line.substr(0, open)) + found->second;
    line.remove_prefix(close + 1);
  }
}

class Reading {
 public:
  Reading(std::string_view text, std::string_view file) : rest_(text), file_(file) {}

  Result<LetterTemplate> run() {
    if (!isUtf8(rest_)) refuse(msg("is not in UTF-8; save it as UTF-8"));
    while (failures_.empty() && !rest_.empty()) {
      const auto line = next();
      if (trimmed(line).empty()) break;
      takeHead(line);
    }
    if (failures_.empty() && out_.version.empty()) {
      refuse(msg("does not say its version; begin it with a line \"Version: 1\""));
    }
    if (failures_.empty() && out_.subject.empty()) {
      refuse(msg("has no subject; give it a line \"Subject: ...\" before the first empty one"));
    }
    checkPlaces(out_.subject);
    while (failures_.empty() && !rest_.empty()) {
      out_.lines.emplace_back(next());
      checkPlaces(out_.lines.back());
    }
    if (!failures_.empty()) return failures_;
    return std::move(out_);
  }

 private:
  std::string_view next() {
    ++number_;
    const auto end = std::min(rest_.find('\n'), rest_.size());
    auto line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  void takeHead(std::string_view line) {
    const auto colon = line.find(':');
    const auto name = trimmed(line.substr(0, std::min(colon, line.size())));
    const auto value =
        colon == line.npos ? std::string() : std::string(trimmed(line.substr(colon + 1)));
    if (name == "Version") {
      out_.version = value;
    } else if (name == "Subject") {
      out_.subject = value;
    } else {
      refuse(
          msg("begins with \"Version: ...\" and \"Subject: ...\" and then an empty line, not "
              "with \"{line}\"",
              arg("line", excerpt(line))));
    }
  }

  void checkPlaces(std::string_view line) {
    for (auto open = line.find('{'); open != line.npos; open = line.find('{', open + 1)) {
      const auto close = line.find('}', open);
      if (close == line.npos) {
        refuse(msg("opens a place with {brace} and does not close it", arg("brace", "{")));
        return;
      }
      const std::string name(line.substr(open + 1, close - open - 1));
      if (std::ranges::find(letterPlaces(), name) != letterPlaces().end()) continue;
      const auto near = nearest(name, letterPlaces());
      refuse(near ? msg("names a place \"{name}\" that there is not. Did you mean {near}?",
                        arg("name", excerpt(name)), arg("near", *near))
                  : msg("names a place \"{name}\" that there is not; there are {all}",
                        arg("name", excerpt(name)), arg("all", joined(letterPlaces()))));
    }
  }

  void refuse(Message why) {
    failures_.push_back(
        usage("letter.template",
              msg("{file}, line {number}: it {why}", arg("file", file_),
                  arg("number", std::max<std::int64_t>(number_, 1)), arg("why", std::move(why)))));
  }

  std::string_view rest_;
  std::string_view file_;
  std::int64_t number_ = 0;
  LetterTemplate out_;
  Failures failures_;
};

}  // namespace

const std::vector<std::string>& letterPlaces() {
  static const std::vector<std::string> places{"organization", "party", "name",     "title",
                                               "dates",        "place", "reply-by", "sent",
                                               "meeting",      "today"};
  return places;
}

Result<LetterTemplate> readLetterTemplate(std::string_view text, std::string_view file) {
  return Reading(text, file).run();
}

LetterText fillLetter(const LetterTemplate& letter,
                      const std::map<std::string, std::string>& values) {
  LetterText out;
  out.subject = filled(letter.subject, values).value_or("");
  for (const auto& line : letter.lines) {
    if (const auto text = filled(line, values)) out.body += *text + "\n";
  }
  return out;
}

}  // namespace consulta
