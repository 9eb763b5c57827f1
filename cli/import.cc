// Entries from a file: NDJSON, one submission a line.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <istream>
#include <memory>
#include <ostream>

#include "cli/actors.h"
#include "cli/entering.h"
#include "cli/named_file.h"
#include "cli/printed_log.h"
#include "cli/progress.h"
#include "engine/store/crypto.h"
#include "events/exact_json.h"
#include "events/limits.h"
#include "events/values/utf8.h"

namespace consulta {

namespace json = boost::json;

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// One line, understood: its entries and the id under which they are entered once.
struct Line {
  SubmissionId id;
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
  Import(Session& session, Register& reg, ActorId actor, ActorId onBehalfOf, bool keepGoing)
      : session_(session),
        reg_(reg),
        actor_(actor),
        onBehalfOf_(onBehalfOf),
        keepGoing_(keepGoing),
        log_(reg) {}

  /// `size` is that of the whole file in bytes; 0 is not known.
  int lines(std::istream& in, std::uint64_t size, Progress& progress) {
    std::string text;
    int code = 0;
    while (next(in, text)) {
      if (isBlank(text)) continue;
      auto done = enter(text);
      if (!done) {
        code = session_.fail(atLine(std::move(done).failures(), number_));
        if (!keepGoing_) break;
      }
      progress.at(size == 0 ? number_ : bytes_, size);
    }
    if (tooLong_) code = session_.fail(lineTooLong());
    if (in.bad()) code = session_.fail(unreadable());
    session_.say(msg(
        "{entered}, {repeated}",
        arg("entered", msgs("{count} submission entered", "{count} submissions entered", entered_)),
        arg("repeated", msgs("{count} had been entered before", "{count} had been entered before",
                             repeated_))));
    sayLeft();
    if (code != 0 && !keepGoing_ && entered_ + repeated_ != 0) {
      session_.say(
          msg("mend what is refused and import the same file again: what has been entered "
              "is not entered twice, as long as its lines stay as and where they are"));
    }
    return code;
  }

  /// All lines as one submission; with --dry-run they are examined as one, since later lines build
  /// on earlier ones.
  int atomically(std::istream& in) {
    std::string text;
    std::string all;
    Line whole;
    std::vector<std::uint64_t> lines;  // of the entries
    while (next(in, text)) {
      if (isBlank(text)) continue;
      auto line = understand(text);
      if (!line) return session_.fail(atLine(std::move(line).failures(), number_));
      for (auto& entry : line->entries) {
        whole.entries.push_back(std::move(entry));
        lines.push_back(number_);
      }
      if (lines.size() > limits::submission_entries_max) return session_.fail(tooMany());
      all += text + "\n";
    }
    if (tooLong_) return session_.fail(lineTooLong());
    if (in.bad()) return session_.fail(unreadable());
    if (whole.entries.empty()) {
      session_.say(msg("there is nothing to enter"));
      sayLeft();
      return 0;
    }
    whole.id = derivedId(crypto_, 0, all);
    auto done = submit(whole);
    if (!done) return session_.fail(atLines(std::move(done).failures(), lines));
    if (session_.options.dryRun) {
      session_.say(msg("all of it could be entered; nothing was"));
    } else if (repeated_ != 0) {
      session_.say(msg("all of it had been entered before"));
    } else {
      session_.say(msg("all of it was entered as one submission"));
    }
    sayLeft();
    return 0;
  }

 private:
  static bool isBlank(std::string_view text) {
    return text.find_first_not_of(" \t\r") == text.npos;
  }

  /// The next line; false at the end, or at a line that is longer than any can be.
  bool next(std::istream& in, std::string& text) {
    text.clear();
    ++number_;
    for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
      ++bytes_;
      if (c == '\n') break;
      text += static_cast<char>(c);
      if (text.size() > limits::json_bytes_max) {
        tooLong_ = true;
        return false;
      }
    }
    // What PowerShell and Notepad put in front of UTF-8.
    if (number_ == 1 && text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
    return !text.empty() || in.good();
  }

  [[nodiscard]] static Failure unreadable() {
    return unavailable("import.file", msg("the file cannot be read to its end; is it a directory, "
                                          "or its disk broken?"));
  }

  [[nodiscard]] Failure lineTooLong() const {
    return usage("import.line", msg("line {number} is longer than {max} bytes; nothing of it was "
                                    "entered",
                                    arg("number", number_), arg("max", limits::json_bytes_max)));
  }

  [[nodiscard]] Failure tooMany() const {
    return usage("submission.entries",
                 msg("line {number}: one submission has at most {max} entries; nothing was "
                     "entered. Import without --atomic, or in several files",
                     arg("number", number_), arg("max", limits::submission_entries_max)));
  }

  Failures atLine(Failures failures, std::uint64_t number) const {
    for (auto& one : failures) {
      one.text = msg("line {number}: {why}", arg("number", number),
                     arg("why", session_.speech()(one.text)));
    }
    return failures;
  }

  /// Failures of one submission made of many lines: what is said of entry n belongs to its line.
  Failures atLines(Failures failures, const std::vector<std::uint64_t>& lines) const {
    Failures out;
    for (auto& one : failures) {
      const auto entry = takeEntryNumber(one.text);
      if (entry && *entry <= lines.size()) {
        one.text =
            msg("line {number}: {why}", arg("number", lines[*entry - 1]), arg("why", one.text));
      } else if (lines.size() == 1) {
        one.text = atLine({one}, lines.front()).front().text;
      }
      out.push_back(std::move(one));
    }
    return out;
  }

  void sayLeft() {
    if (here_ != 0) {
      session_.say(msgs("{count} entry stands here already, at the same position",
                        "{count} entries stand here already, at the same positions", here_));
    }
    if (log_.left() == 0) return;
    session_.say(msgs("{count} entry was left to the register, which enters it itself",
                      "{count} entries were left to the register, which enters them itself",
                      log_.left()));
    if (session_.options.dryRun || keepGoing_ || repeated_ != 0 || here_ != 0) return;
    if (log_.followed() == log_.left()) return;
    session_.say(
        msgs("it has entered {count} of its own instead, so positions differ from those "
             "in the file",
             "it has entered {count} of its own instead, so positions differ from those "
             "in the file",
             log_.followed()));
  }

  Result<Line> understand(const std::string& text) {
    auto line = readLine(text);
    if (!line) return line;
    std::vector<json::object> kept;
    Failures failures;
    for (auto& entry : line->entries) {
      const auto verdict = log_.look(entry);
      if (!verdict) {
        for (const auto& one : verdict.failures()) failures.push_back(one);
      } else if (*verdict == PrintedLog::Verdict::here) {
        ++here_;
      } else if (*verdict == PrintedLog::Verdict::enter) {
        kept.push_back(std::move(entry));
      }
    }
    if (!failures.empty()) return failures;
    line->entries = std::move(kept);
    return line;
  }

  Result<Line> readLine(const std::string& text) {
    if (!isUtf8(text)) {
      return usage("import.utf8",
                   msg("it is not UTF-8; save the file as UTF-8 and import it again"));
    }
    const auto value = readExactJson(text);
    if (!value) return value.failures();
    if (!value->is_object()) {
      return usage("import.json",
                   msg("it is not a JSON object: {why}", arg("why", msg("another value"))));
    }
    const auto& object = value->get_object();
    Line line;
    line.id = derivedId(crypto_, number_, text);
    if (!object.contains("entries")) {
      line.entries.push_back(object);
      return line;
    }
    if (!object.at("entries").is_array()) {
      return usage("import.entries", msg("\"entries\" is a list of entries"));
    }
    for (const auto& entry : object.at("entries").get_array()) {
      if (!entry.is_object()) return usage("import.entries", msg("an entry is an object"));
      line.entries.push_back(entry.get_object());
    }
    if (line.entries.empty()) {
      return usage("import.entries", msg("\"entries\" is empty; a submission has at least one"));
    }
    // A bare entry of a printed log carries the id of a submission that it may share.
    if (const auto* id = object.if_contains("submission"); id != nullptr && id->is_string()) {
      auto read = readWideId<SubmissionId>(id->get_string());
      if (!read) return std::move(read).failures();
      line.id = *read;
    }
    return line;
  }

  Status submit(const Line& line) {
    auto proposals = readEntries(session_, line.entries);
    if (!proposals) return std::move(proposals).failures();
    Submission submission;
    submission.id = line.id;
    submission.actor = actor_;
    submission.onBehalfOf = onBehalfOf_;
    submission.entries = std::move(proposals).value();
    auto receipt = session_.enter(reg_, std::move(submission), session_.options.dryRun);
    if (!receipt) return std::move(receipt).failures();
    ++(receipt->repeated ? repeated_ : entered_);
    log_.entered(line.entries, *receipt);
    if (session_.options.json) printReceipt(session_, reg_, *receipt);
    return Done{};
  }

  Status enter(const std::string& text) {
    auto line = understand(text);
    if (!line) return std::move(line).failures();
    if (line->entries.empty()) return Done{};  // it is here, or follows by itself
    return submit(*line);
  }

  Session& session_;
  Register& reg_;
  const ActorId actor_;
  const ActorId onBehalfOf_;
  const bool keepGoing_;
  Crypto crypto_;
  PrintedLog log_;
  std::uint64_t number_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t entered_ = 0;
  std::uint64_t repeated_ = 0;
  std::uint64_t here_ = 0;
  bool tooLong_ = false;
};

int runImport(Session& session, const Arguments& arguments) {
  auto reg = session.reg(limits::subject_keys_ahead);
  if (!reg) return session.fail(reg.failures());
  auto actor = actingActor(session, **reg);
  if (!actor) return session.fail(actor.failures());
  auto behalf = onBehalfOf(session);
  if (!behalf) return session.fail(behalf.failures());
  if (auto done = enterDueFirst(session, **reg); !done) return session.fail(done.failures());
  std::unique_ptr<std::istream> file;
  const auto name = arguments.at("FILE");
  if (name != "-") {
    file = session.files().open(name);
    if (!file) {
      return session.fail(unavailable(
          "import.file", msg("{file} cannot be read; check its name", arg("file", name))));
    }
  }
  std::istream& in = name == "-" ? session.in() : *file;
  Import import(session, **reg, *actor, *behalf, arguments.has("keep-going"));
  if (arguments.has("atomic") || session.options.dryRun) return import.atomically(in);
  Progress progress(session.err(), session.showsProgress(), session.speech()(msg("importing")),
                    session.clock());
  // The size of a pipe is not known.
  return import.lines(in, name == "-" ? 0 : session.files().look(name).size, progress);
}

}  // namespace

Command importCommand() {
  Command out;
  out.name = "import";
  out.enters = true;
  out.help = "Enter what a file holds: NDJSON, one submission a line";
  out.example = "import entries.ndjson";
  out.about =
      "A line is an entry as \"log --json\" prints it, or {\"submission\": UUID, \"entries\": "
      "[...]}. "
      "A line without an id gets one from its content, so an import that was interrupted is simply "
      "run again. It stops at the first line that is refused. A printed log enters the same "
      "history "
      "into another register: what that register holds already is passed over, and so is what the "
      "register enters by itself. With --dry-run all lines are examined together.";
  out.places = {
      {.name = "FILE", .help = "the file; - is standard input", .required = true, .file = true}};
  out.options = {{.name = "atomic", .help = "all lines or none, as one submission"},
                 {.name = "keep-going", .help = "go on after a line that is refused"}};
  out.run = runImport;
  return out;
}

}  // namespace consulta
