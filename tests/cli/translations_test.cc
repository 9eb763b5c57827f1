// The translations: what their files hold, and that the real program speaks them.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/speech.h"
#include "events/message.h"
#include "events/values/lang.h"
#include "tests/cli/desk.h"
#include "tests/cli/po_file.h"

namespace consulta::test {

namespace {

const std::filesystem::path folder =
    std::filesystem::path(CONSULTA_SOURCE_DIR) / "cli/translations";

PoFile poFile(Lang lang) {
  return PoFile((folder / (std::string(langCode(lang)) + ".po")).string());
}

/// "{place}" as often as it stands there, in the order of the alphabet.
std::vector<std::string> placesOf(std::string_view text) {
  std::vector<std::string> out;
  for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    const auto close = text.find('}', open);
    if (close == text.npos) break;
    const auto name = text.substr(open + 1, close - open - 1);
    if (std::ranges::all_of(name, isAsciiLetter)) out.emplace_back(name);
  }
  std::ranges::sort(out);
  return out;
}

/// "--option", each once: whoever types a translated one is not understood.
std::vector<std::string> optionsOf(std::string_view text) {
  std::vector<std::string> out;
  for (auto at = text.find("--"); at != text.npos; at = text.find("--", at + 2)) {
    auto end = at + 2;
    while (end < text.size() && (text[end] == '-' || isAsciiLetter(text[end]))) ++end;
    const auto name = text.substr(at, end - at);
    if (asciiLower(name) == name) out.emplace_back(name);
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// Texts are joined to others: the blanks at their ends belong to them.
bool sameEnds(std::string_view one, std::string_view other) {
  return one.starts_with(' ') == other.starts_with(' ') &&
         one.ends_with(' ') == other.ends_with(' ') && one.ends_with('.') == other.ends_with('.');
}

/// What is wrong with a translation; empty when nothing is.
std::string faultOf(std::string_view id, std::string_view translation) {
  if (translation.empty()) return {};
  if (placesOf(id) != placesOf(translation)) return "it has not the {places} of its text";
  if (optionsOf(id) != optionsOf(translation)) return "it has not the --options of its text";
  if (!sameEnds(id, translation))
    return "it does not begin or end as its text: a blank, a full stop";
  return {};
}

/// A form of the plural may be that of one thing in its language, which names no number.
std::string faultOf(const PoEntry& entry) {
  for (const auto& form : entry.translations) {
    auto fault = faultOf(entry.id, form);
    if (!fault.empty() && !entry.plural.empty()) fault = faultOf(entry.plural, form);
    if (!fault.empty()) return fault;
  }
  return {};
}

constexpr Lang translated[] = {Lang::fr, Lang::es};

ProgramRun runIn(Lang lang, const Desk& desk, std::vector<std::string> words) {
  words.insert(words.begin(), {"--lang", std::string(langCode(lang))});
  return desk.run(std::move(words));
}

/// The translation, which there is.
std::string said(const PoFile& po, std::string_view id) {
  auto text = po.translation(id);
  CAPTURE(id);
  REQUIRE_FALSE(text.empty());
  REQUIRE(text != id);
  return text;
}

}  // namespace

TEST_CASE("what a translation loses or adds is found") {
  CHECK(faultOf("{entity} is {state}", "{entity} est {state}").empty());
  CHECK(faultOf("{entity} is {state}", "l'état de {entity} : {state}").empty());
  CHECK(faultOf("not translated {yet}", "").empty());
  CHECK_FALSE(faultOf("{entity} is {state}", "{entity} est").empty());
  CHECK_FALSE(faultOf("{entity} is {state}", "{entity} est {état}").empty());
  CHECK_FALSE(faultOf("{entity}", "{entity} {entity}").empty());
  CHECK_FALSE(faultOf("no entry", "pas de {entry}").empty());
  CHECK(faultOf("give --on and --place", "--place et --on manquent").empty());
  CHECK_FALSE(faultOf("give --on", "donnez --le").empty());
  CHECK_FALSE(faultOf("one of: ", "parmi :").empty());
  CHECK_FALSE(faultOf("a place", "un lieu.").empty());
}

TEST_CASE("each translation has the places, options and ends of its text") {
  for (const auto lang : translated) {
    const auto po = poFile(lang);
    CHECK(says(po.entries().front().translation(),
               "Language: " + std::string(langCode(lang)) + "\n"));
    for (const auto& entry : po.entries()) {
      if (entry.id.empty()) continue;
      const auto fault = faultOf(entry);
      if (fault.empty()) continue;
      const auto file = "cli/translations/" + std::string(langCode(lang)) + ".po";
      ADD_FAIL_CHECK_AT(file.c_str(), static_cast<int>(entry.line), fault);
    }
  }
}

TEST_CASE("a number of things is said in the form that the language has for it") {
  const TempDir scratch;
  const auto messages = scratch.path() / "fr/LC_MESSAGES";
  std::filesystem::create_directories(messages);
  const auto po = (scratch.path() / "fr.po").string();
  std::ofstream(po) << "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                       "\"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n\n"
                       "msgid \"{count} file is whole: {size}\"\n"
                       "msgid_plural \"{count} files are whole: {size}\"\n"
                       "msgstr[0] \"{count} fichier est intact : {size}\"\n"
                       "msgstr[1] \"{count} fichiers sont intacts : {size}\"\n";
  const auto compiled = (messages / "consulta.mo").string();
  REQUIRE(std::system(("msgfmt -o '" + compiled + "' '" + po + "'").c_str()) == 0);
  const auto whole = [](std::int64_t count) {
    return msgs("{count} file is whole: {size}", "{count} files are whole: {size}", count,
                arg("size", "2 kB"));
  };
  CHECK(inEnglish(whole(0)) == "0 files are whole: 2 kB");
  CHECK(inEnglish(whole(1)) == "1 file is whole: 2 kB");
  CHECK(inEnglish(whole(2)) == "2 files are whole: 2 kB");
  const Speech english(Lang::en, scratch.path().string());
  CHECK(english(whole(1)) == "1 file is whole: 2 kB");
  CHECK(english(msg("{first}; {second}", arg("first", whole(1)), arg("second", whole(3)))) ==
        "1 file is whole: 2 kB; 3 files are whole: 2 kB");
  const Speech french(Lang::fr, scratch.path().string());
  CHECK(french(whole(0)) == "0 fichier est intact : 2 kB");
  CHECK(french(whole(1)) == "1 fichier est intact : 2 kB");
  CHECK(french(whole(2)) == "2 fichiers sont intacts : 2 kB");
  CHECK(french(msgs("{count} letter", "{count} letters", 2)) == "2 letters");
}

TEST_CASE("the program speaks of one thing as of one") {
  const Desk desk;
  desk.meeting("MTG-1");
  std::ofstream(desk.file("note.txt")) << "x";
  desk.enter({"attach", "MTG-1", desk.file("note.txt").string(), "--kind", "minutes"});
  CHECK(desk.enter({"file", "check"}).out == "1 file is whole: 1 byte\n");
  std::ofstream(desk.file("two.csv")) << "party\nUY\n";
  const auto each = desk.run({"meeting", "invite", "MTG-1", "--each", desk.file("two.csv").string(),
                              "--on", "2006-04-10"});
  CHECK(says(each.out, ": 1 entry\n"));
  CHECK(says(each.err, "Add --yes to enter it, or --dry-run"));
}

TEST_CASE("the sources give translators both forms of what is said of a number of things") {
  const Desk desk;
  const auto file = desk.file("consulta.pot").string();
  const auto line = std::string(CONSULTA_SOURCE_DIR) + "/cli/translations/extract -o '" + file +
                    "' '" + CONSULTA_PROGRAM + "'";
  REQUIRE(std::system(line.c_str()) == 0);
  const PoFile all(file);
  const auto found =
      std::ranges::find(all.entries(), "{count} file is whole: {size}", &PoEntry::id);
  REQUIRE(found != all.entries().end());
  CHECK(found->plural == "{count} files are whole: {size}");
}

TEST_CASE("every translation is of a language that the program speaks") {
  std::vector<std::string> found;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() == ".po") found.push_back(file.path().stem().string());
  }
  std::ranges::sort(found);
  CHECK(found == std::vector<std::string>{"es", "fr"});
}

TEST_CASE("the program greets and explains in the language that is asked for") {
  for (const auto lang : translated) {
    const auto po = poFile(lang);
    const std::string code(langCode(lang));
    const auto welcome = runProgram({"--lang", code});
    CHECK(welcome.code == 0);
    CHECK(says(welcome.out, said(po, "How to begin")));
    CHECK(says(welcome.out, said(po, "see what may be entered next")));
    CHECK_FALSE(says(welcome.out, "How to begin"));
    CHECK(says(runProgram({"--lang=" + code, "--help"}).out, said(po, "Commands")));
  }
  CHECK(says(runProgram({"--lang", "en"}).out, "How to begin"));
}

TEST_CASE("a refusal is said in the language, with the text that stands within it") {
  const Desk desk;
  for (const auto lang : translated) {
    const auto po = poFile(lang);
    const auto run = runIn(lang, desk, {"recommendation", "record", "REC-1", "--text", "en:Meet"});
    CHECK(run.code == 2);
    const auto refusal = fill(said(po, "{what}: --{field} is missing: {help}"),
                              {arg("what", "recommendation record"), arg("field", "origin"),
                               arg("help", said(po, "which meeting or consultation made it"))});
    INFO(refusal);
    INFO(run.err);
    CHECK(says(run.err, refusal));
  }
}

TEST_CASE("the state of an entity is named in the language") {
  const Desk desk;
  desk.meeting("MTG-1");
  for (const auto lang : translated) {
    const auto po = poFile(lang);
    const auto shown = runIn(lang, desk, {"show", "MTG-1"}).out;
    CHECK(says(shown, said(po, "scheduled")));
    CHECK_FALSE(says(shown, "scheduled"));
    CHECK(says(runIn(lang, desk, {"status"}).out, said(po, "meetings ahead")));
    CHECK(says(runIn(lang, desk, {"next", "MTG-1"}).out, said(po, "What may be entered now")));
  }
}

TEST_CASE("translators are given the texts of the schema and the words that names become") {
  const auto texts = runProgram({"texts"}).out;
  for (const auto* id : {"Plan a meeting, with exact dates or a window",  // help of an act
                         "which meeting or consultation made it",         // of a field
                         "check everything, enter nothing",               // of an option
                         "which meeting", "in force", "expert group", "meetings",
                         "representative named",  // a value of an enum of a row
                         "credentials on",        // a name within the things of a list
                         "follow up"}) {          // a kind of what is overdue
    CAPTURE(id);
    CHECK(says(texts, "\nmsgid \"" + std::string(id) + "\"\nmsgstr \"\"\n"));
  }
  CHECK_FALSE(says(texts, "\"actor high\""));
  CHECK(texts == runProgram({"texts", "--lang", "fr"}).out);
}

}  // namespace consulta::test
