// consulta attach: stores a file beside the log and enters what it is.
#include <array>
#include <boost/json.hpp>
#include <filesystem>

#include "cli/act_entry.h"
#include "cli/attached.h"
#include "cli/entering.h"
#include "cli/field_option.h"
#include "cli/named_file.h"
#include "engine/rules/decide.h"
#include "events/values/texts.h"
#include "events/values/utf8.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// How a text in one language among others counts, as an option of its own.
constexpr std::array standings{"authentic", "official", "unofficial"};

const EventInfo& attachedAct(const Catalogue& catalogue) {
  return *catalogue.aggregate("file")->byName("attached");
}

class Attaching {
 public:
  Attaching(Session& session, const Arguments& arguments)
      : session_(session),
        arguments_(arguments),
        aggregate_(*session.catalogue().aggregate("file")),
        act_(attachedAct(session.catalogue())) {}

  int run() {
    auto reg = session_.reg();
    if (!reg) return session_.fail(reg.failures());
    takeFields();
    const std::filesystem::path source = arguments_.at("FILE");
    const auto file = session_.files().source(source);
    if (!file) note(file.failures());
    const Result<FileFacts> facts =
        file ? factsOfFile(*file, arguments_.at("media-type")) : Result<FileFacts>(file.failures());
    if (file && !facts) note(facts.failures());
    takeTarget(**reg);
    takeOccurred(session_, entry_, failures_);
    takeExpected(session_, entry_, failures_);
    if (!failures_.empty()) return session_.fail(failures_);
    takeFile(*facts, source);
    if (!failures_.empty()) return session_.fail(failures_);
    entry_["type"] = act_.type;
    entry_["entity"] = entityWritten(aggregate_, id(**reg));
    entry_["data"] = data_;
    return enter(**reg, *file, *facts);
  }

 private:
  void note(Failures failures) {
    for (auto& one : failures) failures_.push_back(std::move(one));
  }

  void takeField(const char* option, const char* name) {
    const auto& written = arguments_.all(option);
    if (written.empty()) return;
    auto value = fieldValue(session_, *act_.field(name), written);
    if (value) {
      data_[name] = std::move(value).value();
    } else {
      note(std::move(value).failures());
    }
  }

  void takeFields() {
    takeField("kind", "kind");
    takeField("lang", "language");
    takeField("translation-of", "translationOf");
    for (const char* standing : standings) {
      if (!arguments_.has(standing)) continue;
      if (data_.contains("authenticity")) {
        note({usage("attach.standing", msg("give one of --authentic, --official, --unofficial"))});
      }
      data_["authenticity"] = standing;
    }
  }

  void takeTarget(const Register& reg) {
    composeFrom(session_, reg, [&](const Looking& at) {
      auto target = at.find(arguments_.at("ID"));
      if (!target) return note(std::move(target).failures());
      target_ = *target;
      // As it is stored: the same submission is then the same, whatever it is called later.
      data_["about"] = json::array{at.state.nameOf(*target)};
    });
  }

  void takeFile(const FileFacts& facts, const std::filesystem::path& source) {
    data_["sha256"] = facts.sha256;
    data_["size"] = facts.size;
    data_["mediaType"] = facts.mediaType;
    const auto name = source.filename().string();
    if (!isUtf8(name)) return;
    if (readText(name)) {
      data_["name"] = name;
    } else {
      note({usage("attach.name", msg("the name of the file, \"{name}\", holds characters that are "
                                     "not kept; rename the file and attach it again",
                                     arg("name", excerpt(name))))});
    }
  }

  std::string id(const Register& reg) {
    if (const auto given = arguments_.get("id")) return *given;
    std::string out;
    composeFrom(session_, reg,
                [&](const Looking& at) { out = proposedId(session_, aggregate_, at.state); });
    return out;
  }

  /// The same file twice is lawful and most often a slip.
  void sayIfThere(Register& reg, const FileFacts& facts) {
    reg.read([&](const State& state) {
      const Looking at(session_, reg, state, nullptr);
      for (const auto& one : attachedTo(at, target_)) {
        if (factsOf(*one.file).sha256 != facts.sha256) continue;
        session_.say(
            msg("the same bytes are attached to it already, as {file}; they are stored "
                "once",
                arg("file", at.symbolOf(one.file->head.id))));
      }
    });
  }

  int enter(Register& reg, const SourceFile& source, const FileFacts& facts) {
    sayIfThere(reg, facts);
    if (session_.options.dryRun) return submitEntries(session_, {entry_});
    // What the rules refuse is not stored first.
    if (auto lawful = sendEntries(session_, reg, {entry_}, true); !lawful) {
      return session_.fail(lawful.failures());
    }
    if (auto kept = reg.files().keep(source, facts); !kept) return session_.fail(kept.failures());
    auto submission = newSubmission(session_, reg, {entry_});
    if (!submission) return session_.fail(submission.failures());
    submission->keptFiles.push_back(facts.sha256);
    const int code = enterSubmission(session_, reg, std::move(*submission));
    if (code == 0) {
      session_.say(msg("stored: {size}, {type}",
                       arg("size", bytesText(session_.speech(), facts.size)),
                       arg("type", facts.mediaType)));
    }
    return code;
  }

  Session& session_;
  const Arguments& arguments_;
  const AggregateInfo& aggregate_;
  const EventInfo& act_;
  json::object entry_;
  json::object data_;
  EntityId target_;
  Failures failures_;
};

}  // namespace

Command attachCommand(const Catalogue& catalogue) {
  const auto& act = attachedAct(catalogue);
  Command out;
  out.name = "attach";
  out.enters = true;
  out.help = "Store a file and attach it to an entity";
  out.example = "attach MOU-SEGIB-2006 memorandum.pdf --kind text --lang es --authentic";
  out.about =
      "The bytes are stored sealed beside the history, and the entry holds their hash, size and "
      "type. The same bytes are stored once, however often they are attached. \"file save\" gives "
      "them back, \"show ID\" lists what is attached, and \"file attach\" enters a file that is "
      "kept elsewhere by its hash alone.";
  out.places = {{.name = "ID", .help = "what it is attached to", .required = true, .refs = {"*"}},
                {.name = "FILE", .help = "the file to be stored", .required = true, .file = true}};
  auto kind = optionOf(*act.field("kind"));
  auto lang = optionOf(*act.field("language"));
  lang.name = "lang";
  lang.help = "the language of the file";
  auto original = optionOf(*act.field("translationOf"));
  original.help = "the file that it is a translation of";
  out.options = {std::move(kind), std::move(lang), std::move(original)};
  out.options.push_back({.name = "authentic", .help = "it is an authentic text"});
  out.options.push_back({.name = "official", .help = "it is an official translation"});
  out.options.push_back({.name = "unofficial", .help = "it is an unofficial translation"});
  out.options.push_back({.name = "media-type",
                         .value = "TYPE",
                         .help = "as application/pdf; without it told from the file"});
  out.options.push_back({.name = "id",
                         .value = "FILE-ID",
                         .help = "the id it is to have; without one the next free is proposed"});
  out.run = [](Session& session, const Arguments& arguments) {
    return Attaching(session, arguments).run();
  };
  return out;
}

}  // namespace consulta
