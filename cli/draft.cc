// consulta draft: invitations, reminders and regrets as letters, one a party, to be looked at and
// sent. It sends nothing and enters nothing.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cerrno>
#include <filesystem>
#include <ostream>

#include "cli/draft_letter.h"
#include "cli/looking_commands.h"
#include "cli/named_file.h"
#include "cli/table.h"
#include "events/values/utf8.h"

namespace consulta {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

constexpr std::array kinds{LetterKind::invitation, LetterKind::reminder, LetterKind::regret};

// --- files ---

Failure cannotWrite(const fs::path& path, int why) {
  if (why == EEXIST) {
    return refused("draft.exists", msg("{file} is there already; name another directory with "
                                       "--into, or add --replace",
                                       arg("file", path.string())));
  }
  return unavailable(
      "draft.file",
      msg("{file} cannot be written ({why}); name another directory with "
          "--into",
          arg("file", path.string()), arg("why", std::generic_category().message(why))));
}

/// Whether each may be written: found before any is, and by --dry-run too.
Status checkPlaces(NamedFiles& files, const fs::path& directory, const std::vector<Draft>& drafts,
                   bool replace) {
  for (const auto& one : drafts) {
    const auto file = directory / one.file;
    if (!replace && files.look(file).kind != PathFacts::Kind::nothing) {
      return cannotWrite(file, EEXIST);
    }
  }
  return Done{};
}

/// For the eyes of whoever runs this: a draft can hold an address.
Status writeAll(NamedFiles& files, const fs::path& directory, const std::vector<Draft>& drafts,
                bool replace) {
  if (const int why = files.makeDirectory(directory); why != 0) return cannotWrite(directory, why);
  for (const auto& one : drafts) {
    const auto fill = [&](const PutBytes& put) { return put(one.text); };
    const int why = files.write(directory / one.file, replace, fill);
    if (why != 0) return cannotWrite(directory / one.file, why);
  }
  return Done{};
}

// --- the answer ---

std::string recipientText(const Looking& at, const LetterRecipient& to) {
  if (to.address.empty()) return at.say("no address that may be opened");
  return to.person ? at.symbolOf(to.person) : at.say("permanent mission");
}

void printTable(const Looking& at, const std::vector<Draft>& drafts) {
  Table table({{at.say("party"), true, false},
               {at.say("language"), false, false},
               {at.say("to"), false, false},
               {at.say("file"), false, false}});
  for (const auto& one : drafts) {
    table.add(
        {at.titledName(one.to.party), std::string(langCode(one.to.language)),
         Cell{recipientText(at, one.to), one.to.address.empty() ? Style::yellow : Style::plain},
         one.file});
  }
  table.print(at.session.out(), at.session.terminal);
}

json::object answerJson(const Looking& at, const Drafts& drafts, const fs::path& directory) {
  json::array all;
  for (const auto& one : drafts.letters) {
    json::object draft{{"party", at.state.nameOf(one.to.party)},
                       {"language", langCode(one.to.language)},
                       {"file", (directory / one.file).string()},
                       {"template", one.mark},
                       {"addressed", !one.to.address.empty()}};
    if (one.to.person) draft["person"] = at.state.nameOf(one.to.person);
    all.push_back(std::move(draft));
  }
  return {{"meeting", at.state.nameOf(drafts.meeting)},
          {"written", !at.session.options.dryRun},
          {"drafts", std::move(all)}};
}

void sayWhatNext(const Looking& at, const Drafts& drafts, const fs::path& directory) {
  auto& session = at.session;
  if (session.options.dryRun) {
    session.say(msg("nothing was written; without --dry-run the letters are put into {directory}",
                    arg("directory", directory.string())));
    return;
  }
  session.say(msg(
      "{there}. Nothing was sent. When a letter has been sent, "
      "enter it with its reference, attach the file, and name it in the invitation: "
      "\"consulta correspondence register --kind note-verbale --direction outgoing "
      "--addressees PARTY --about {meeting} --our-reference REFERENCE --sent DATE\", "
      "\"consulta attach COR-ID FILE.eml --kind letter --lang LANG\", \"consulta meeting invite "
      "{meeting} --party PARTY --invitation COR-ID\"",
      arg("there", msgs("{count} draft is in {directory}", "{count} drafts are in {directory}",
                        drafts.letters.size(), arg("directory", directory.string()))),
      arg("meeting", at.symbolOf(drafts.meeting))));
}

int runDraft(Session& session, const Arguments& arguments) {
  const auto written = arguments.at("KIND");
  const auto kind =
      std::ranges::find_if(kinds, [&](LetterKind one) { return written == nameOf(one); });
  if (kind == kinds.end()) {
    return session.fail(usage("draft.kind", msg("there is no letter \"{written}\"; write "
                                                "invitation, reminder or regret",
                                                arg("written", excerpt(written)))));
  }
  return look(session, [&](const Looking& at) {
    const auto drafts = draftLetters(at, *kind, arguments);
    if (!drafts) return session.fail(drafts.failures());
    const auto meeting = at.symbolOf(drafts->meeting);
    const fs::path directory =
        arguments.get("into").value_or(fileNameOf(meeting) + "-" + nameOf(*kind));
    const bool replace = arguments.has("replace");
    auto done = checkPlaces(session.files(), directory, drafts->letters, replace);
    if (done && !session.options.dryRun)
      done = writeAll(session.files(), directory, drafts->letters, replace);
    if (!done) return session.fail(done.failures());
    if (session.options.json) {
      session.out() << json::serialize(answerJson(at, *drafts, directory)) << '\n';
      return 0;
    }
    printTable(at, drafts->letters);
    sayWhatNext(at, *drafts, directory);
    return 0;
  });
}

}  // namespace

Command draftCommand() {
  Command out;
  out.name = "draft";
  out.help = "Write drafts of letters to those invited to a meeting";
  out.example = "draft invitation MTG-2006-001 --from \"Conferences <conferences@example.org>\"";
  out.about =
      "An invitation goes to all who are invited, a reminder to those who have not answered, a "
      "regret to those invited to a meeting that was cancelled or postponed. Writes one .eml file "
      "a party, in the language in which we write to it: the one it has chosen (party "
      "choose-language), else that of its focal point, of the newest letter, of the register. Mail "
      "programs open them as drafts; nothing is sent, and nothing is entered. A personal address "
      "stands in a letter only where it may be opened. The texts come from templates that you can "
      "replace (--templates, $CONSULTA_TEMPLATES); each draft says by which one, and in which "
      "version, it was made.";
  out.places = {
      {.name = "KIND",
       .help = "invitation, reminder or regret",
       .required = true,
       .choices = {"invitation", "reminder", "regret"}},
      {.name = "MEETING", .help = "which meeting", .required = true, .refs = {"meeting"}}};
  out.options = {
      {.name = "unanswered", .help = "only to those who have not answered"},
      {.name = "party",
       .value = "PARTY",
       .help = "only to this one, several times for several",
       .repeats = true,
       .refs = {"party"}},
      {.name = "into",
       .value = "DIR",
       .help = "the directory the files are put into; without it one named after the meeting",
       .names = Names::directory},
      {.name = "replace", .help = "write over files that are there already"},
      {.name = "from", .value = "\"NAME <ADDRESS>\"", .help = "who the letters come from"},
      {.name = "templates",
       .value = "DIR",
       .help = "the directory of your own templates",
       .names = Names::directory}};
  out.run = runDraft;
  return out;
}

}  // namespace consulta
