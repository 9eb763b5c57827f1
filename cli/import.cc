// Entries from a file: NDJSON, one submission a line.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>
#include <iostream>
#include <ostream>

#include "cli/entering.h"
#include "cli/progress.h"
#include "engine/store/crypto.h"
#include "events/limits.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// One line, understood: its entries and the id under which they are entered once.
struct Line {
  SubmissionId id;
  CorrelationId correlation;
  std::vector<json::object> entries;
};

/// An id that follows from the content, so that an interrupted import can simply be run again.
SubmissionId derivedId(Crypto& crypto, std::uint64_t number, std::string_view text) {
  const auto digest = crypto.sha256(fmt::format("consulta import {}\n{}", number, text));
  SubmissionId id;
  for (std::size_t i = 0; i < 8; ++i) {
    id.high = (id.high << 8U) | digest[i];
    id.low = (id.low << 8U) | digest[i + 8];
  }
  // Version 8, variant 1: a UUID of our own making.
  id.high = (id.high & ~0xF000ULL) | 0x8000ULL;
  id.low = (id.low & ~(3ULL << 62U)) | (2ULL << 62U);
  return id;
}

class Import {
 public:
  Import(Session& session, Register& reg, ActorId actor, bool keepGoing)
      : session_(session), reg_(reg), actor_(actor), keepGoing_(keepGoing) {}

  int lines(std::istream& in, Progress& progress) {
    std::string text;
    int code = 0;
    while (next(in, text)) {
      if (text.find_first_not_of(" \t\r") == text.npos) continue;
      auto done = enter(text);
      if (!done) {
        code = session_.fail(atLine(std::move(done).failures()));
        if (!keepGoing_) break;
      }
      progress.at(number_, 0);
    }
    if (tooLong_) code = session_.fail(lineTooLong());
    session_.say(msg("{count} submissions entered, {repeated} had been entered before",
                     arg("count", entered_), arg("repeated", repeated_)));
    return code;
  }

  /// All lines as one submission.
  int atomically(std::istream& in) {
    std::string text;
    std::string all;
    std::vector<json::object> entries;
    while (next(in, text)) {
      if (text.find_first_not_of(" \t\r") == text.npos) continue;
      auto line = understand(text);
      if (!line) return session_.fail(atLine(std::move(line).failures()));
      for (auto& entry : line->entries) entries.push_back(std::move(entry));
      all += text + "\n";
    }
    if (tooLong_) return session_.fail(lineTooLong());
    auto done = submit(Line{derivedId(crypto_, 0, all), {}, std::move(entries)});
    if (!done) return session_.fail(done.failures());
    session_.say(msg("all of it was entered as one submission"));
    return 0;
  }

 private:
  /// The next line; false at the end, or at a line that is longer than any can be.
  bool next(std::istream& in, std::string& text) {
    text.clear();
    ++number_;
    for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
      if (c == '\n') return true;
      text += static_cast<char>(c);
      if (text.size() > limits::json_bytes_max) {
        tooLong_ = true;
        return false;
      }
    }
    return !text.empty();
  }

  [[nodiscard]] Failure lineTooLong() const {
    return usage("import.line", msg("line {number} is longer than {max} bytes; nothing of it was "
                                    "entered",
                                    arg("number", number_), arg("max", limits::json_bytes_max)));
  }

  Failures atLine(Failures failures) const {
    for (auto& one : failures) {
      one.text = msg("line {number}: {why}", arg("number", number_),
                     arg("why", session_.speech()(one.text)));
    }
    return failures;
  }

  Result<Line> understand(const std::string& text) {
    json::parse_options options;
    options.max_depth = limits::json_depth_max;
    boost::system::error_code wrong;
    const auto value = json::parse(text, wrong, {}, options);
    if (wrong || !value.is_object()) {
      return usage("import.json", msg("it is not a JSON object: {why}",
                                      arg("why", wrong ? wrong.message() : "another value")));
    }
    const auto& object = value.get_object();
    Line line;
    line.id = derivedId(crypto_, number_, text);
    if (object.contains("entries") && !object.at("entries").is_array()) {
      return usage("import.entries", msg("\"entries\" is a list of entries"));
    }
    if (!object.contains("entries")) {
      line.entries.push_back(object);
    } else {
      for (const auto& entry : object.at("entries").get_array()) {
        if (!entry.is_object()) return usage("import.entries", msg("an entry is an object"));
        line.entries.push_back(entry.get_object());
      }
    }
    if (const auto* id = object.if_contains("submission"); id != nullptr && id->is_string()) {
      auto read = readWideId<SubmissionId>(id->get_string());
      if (!read) return std::move(read).failures();
      // A bare entry of a printed log carries the id of a submission that it may share.
      if (object.contains("entries")) line.id = *read;
    }
    return line;
  }

  Status submit(Line line) {
    auto proposals = readEntries(session_, line.entries);
    if (!proposals) return std::move(proposals).failures();
    Submission submission;
    submission.id = line.id;
    submission.correlation = line.correlation;
    submission.actor = actor_;
    submission.entries = std::move(proposals).value();
    auto receipt = session_.options.dryRun ? reg_.dryRun(std::move(submission))
                                           : reg_.submit(std::move(submission));
    if (!receipt) return std::move(receipt).failures();
    ++(receipt->repeated ? repeated_ : entered_);
    if (session_.options.json) printReceipt(session_, reg_, *receipt);
    return Done{};
  }

  Status enter(const std::string& text) {
    auto line = understand(text);
    if (!line) return std::move(line).failures();
    return submit(std::move(line).value());
  }

  Session& session_;
  Register& reg_;
  const ActorId actor_;
  const bool keepGoing_;
  Crypto crypto_;
  std::uint64_t number_ = 0;
  std::uint64_t entered_ = 0;
  std::uint64_t repeated_ = 0;
  bool tooLong_ = false;
};

int run(Session& session, const Arguments& arguments) {
  auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  auto actor = actingActor(**reg);
  if (!actor) return session.fail(actor.failures());
  std::ifstream file;
  const auto name = arguments.at("FILE");
  if (name != "-") {
    file.open(name, std::ios::binary);
    if (!file) {
      return session.fail(unavailable("import.file", msg("{file} cannot be read; check its name",
                                                         arg("file", name))));
    }
  }
  std::istream& in = name == "-" ? session.in() : file;
  Import import(session, **reg, *actor, arguments.has("keep-going"));
  if (arguments.has("atomic")) return import.atomically(in);
  Progress progress(session.err(), session.showsProgress(), session.speech()("importing"),
                    session.clock());
  return import.lines(in, progress);
}

}  // namespace

Command importCommand() {
  Command out;
  out.name = "import";
  out.help = "Enter what a file holds: NDJSON, one submission a line";
  out.example = "import entries.ndjson";
  out.about =
      "A line is an entry as \"log --json\" prints it, or {\"submission\": UUID, \"entries\": [...]}. "
      "A line without an id gets one from its content, so an import that was interrupted is simply "
      "run again. It stops at the first line that is refused.";
  out.places = {{.name = "FILE",
                 .help = "the file; - is standard input",
                 .required = true,
                 .file = true}};
  out.options = {{.name = "atomic", .help = "all lines or none, as one submission"},
                 {.name = "keep-going", .help = "go on after a line that is refused"}};
  out.run = run;
  return out;
}

}  // namespace consulta
