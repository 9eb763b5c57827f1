// Files as a clerk handles them: attached, shown, given back, checked.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

struct Files {
  Desk desk;

  Files() { desk.meeting("MTG-1"); }

  std::string file(const std::string& name, const std::string& content) const {
    std::ofstream(desk.file(name), std::ios::binary) << content;
    return desk.file(name).string();
  }
  ProgramRun attach(const std::string& path, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"attach", "MTG-1", path, "--kind", "minutes"};
    words.insert(words.end(), more.begin(), more.end());
    return desk.enter(words);
  }
  void checkRefused(const std::vector<std::string>& words, int code,
                    const std::string& part) const {
    const auto run = desk.run(words);
    INFO(run.err << run.out);
    CHECK(run.code == code);
    CHECK(says(run.err, part));
  }
  /// The only stored file.
  fs::path stored() const {
    fs::path found;
    for (const auto& one : fs::recursive_directory_iterator(fs::path(desk.data()) / "files")) {
      if (one.is_regular_file()) found = one.path();
    }
    return found;
  }
  static std::string content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

}  // namespace

TEST_CASE("an attached file is shown with its entity and given back as it was") {
  const Files files;
  const std::string content = "Minutes\0with any byte\n"s + std::string(100'000, '\xFE');
  const auto run = files.attach(files.file("acta.bin", content), {"--id", "FILE-1"});
  CHECK(says(run.out, "entered: file:FILE-1, file attach"));
  CHECK(says(run.err, "stored: "));
  const auto shown = files.desk.enter({"show", "MTG-1"}).out;
  CHECK(says(shown, "FILE-1"));
  CHECK(says(shown, "minutes"));
  CHECK(says(shown, "acta.bin"));
  CHECK_FALSE(says(shown, "What names it"));
  CHECK(says(files.desk.enter({"file", "save", "FILE-1", files.desk.file("back").string()}).out,
             "it is what was attached"));
  CHECK(Files::content(files.desk.file("back")) == content);
  CHECK(files.desk.enter({"file", "save", "FILE-1", "-"}).out == content);
  CHECK(says(files.desk.enter({"file", "check"}).out, "1 file is whole"));
}

TEST_CASE("a file that is there is not written over, and a directory takes the file's own name") {
  const Files files;
  files.attach(files.file("acta.txt", "the minutes"), {"--id", "FILE-1"});
  const auto there = files.file("there", "mine");
  files.checkRefused({"file", "save", "FILE-1", there}, 1, "is there already");
  CHECK(Files::content(there) == "mine");
  files.desk.enter({"file", "save", "FILE-1", there, "--force"});
  CHECK(Files::content(there) == "the minutes");
  fs::create_directory(files.desk.file("folder"));
  files.desk.enter({"file", "save", "FILE-1", files.desk.file("folder").string()});
  CHECK(Files::content(files.desk.file("folder") / "acta.txt") == "the minutes");
}

TEST_CASE("one changed byte of a stored file is damage that names the entry, and can be healed") {
  const Files files;
  const auto path = files.file("acta.txt", "the minutes");
  files.attach(path, {"--id", "FILE-1"});
  const auto position =
      files.desk.answer({"show", "FILE-1"}).at("position").to_number<std::uint64_t>();
  auto bytes = Files::content(files.stored());
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  std::ofstream(files.stored(), std::ios::binary) << bytes;
  const auto back = files.desk.file("back").string();
  files.checkRefused({"file", "save", "FILE-1", back}, 4, "entry " + std::to_string(position));
  CHECK_FALSE(fs::exists(back));
  files.checkRefused({"file", "save", "FILE-1", "-"}, 4, "damaged");
  CHECK(files.desk.run({"file", "save", "FILE-1", "-"}).out.empty());
  files.checkRefused({"file", "check"}, 4, "entry " + std::to_string(position));
  CHECK(says(files.attach(path).err, "the same bytes are attached to it already, as FILE-1"));
  CHECK(says(files.desk.enter({"file", "check"}).out, "2 files are whole"));
}

TEST_CASE("what cannot be attached is refused with its reason, and nothing is stored") {
  const Files files;
  const auto path = files.file("acta.txt", "the minutes");
  const auto refused = [&](std::vector<std::string> words, int code, const std::string& part) {
    words.insert(words.begin(), "attach");
    files.checkRefused(words, code, part);
  };
  refused({"MTG-1", files.desk.file("none").string(), "--kind", "text"}, 5, "No such file");
  refused({"MTG-1", files.desk.data(), "--kind", "text"}, 5, "directory");
  refused({"MTG-1", files.file("empty", ""), "--kind", "text"}, 1, "empty");
  refused({"MTG-9", path, "--kind", "text"}, 1, "MTG-9");
  refused({"MTG-1", path}, 2, "--kind is missing");
  refused({"MTG-1", path, "--kind", "text", "--lang", "xx"}, 1, "xx");
  refused({"MTG-1", path, "--kind", "text", "--authentic", "--unofficial"}, 2, "one of");
  refused({"MTG-1", path, "--kind", "text", "--media-type", "pdf"}, 1, "media type");
  files.desk.enter({"--dry-run", "attach", "MTG-1", path, "--kind", "text"});
  CHECK_FALSE(fs::exists(fs::path(files.desk.data()) / "files"));
}

TEST_CASE("originals are shown with their translations") {
  const Files files;
  files.attach(files.file("es.txt", "el acta"), {"--id", "FILE-ES", "--lang", "es", "--authentic"});
  files.attach(files.file("fr.txt", "le compte rendu"),
               {"--id", "FILE-FR", "--lang", "fr", "--translation-of", "FILE-ES", "--unofficial"});
  files.attach(files.file("list.txt", "the participants"), {"--id", "FILE-LIST"});
  const auto shown = files.desk.answer({"show", "MTG-1"}).at("files").as_array();
  REQUIRE(shown.size() == 2);
  CHECK(shown[0].at("file").as_string() == "file:FILE-ES");
  CHECK(shown[0].at("authenticity").as_string() == "authentic");
  const auto& translations = shown[0].at("translations").as_array();
  REQUIRE(translations.size() == 1);
  CHECK(translations[0].at("file").as_string() == "file:FILE-FR");
  CHECK(translations[0].at("language").as_string() == "fr");
  CHECK(shown[1].at("file").as_string() == "file:FILE-LIST");
  const auto text = files.desk.enter({"show", "MTG-1"}).out;
  CHECK(text.find("FILE-ES") < text.find("  FILE-FR"));
  files.checkRefused({"attach", "MTG-1", files.file("en.txt", "minutes"), "--kind", "minutes",
                      "--lang", "es", "--translation-of", "FILE-ES"},
                     1, "another language");
}

TEST_CASE("the same submission sent again attaches nothing twice") {
  const Files files;
  const auto path = files.file("acta.txt", "the minutes");
  const std::string id = "0190a5e2-7c41-4d0e-9b1f-3a5c8e2f6d47";
  files.attach(path, {"--id", "FILE-1", "--submission", id});
  CHECK(says(files.attach(path, {"--id", "FILE-1", "--submission", id}).out, "entered before"));
  CHECK(says(files.desk.enter({"file", "check"}).out, "1 file is whole"));
}

TEST_CASE("a file that was entered by its hash alone is elsewhere, which is no damage") {
  const Files from;
  from.attach(from.file("acta.txt", "the minutes"), {"--id", "FILE-1"});
  const Desk to;
  std::ofstream(to.file("log")) << from.desk.enter({"--json", "log"}).out;
  to.enter({"import", to.file("log").string()});
  const auto saved = to.run({"file", "save", "FILE-1", to.file("back").string()});
  CHECK(saved.code == 1);
  CHECK(says(saved.err, "not stored here"));
  CHECK(says(to.enter({"file", "check"}).out, "1 is not stored here"));
}

TEST_CASE("stored bytes that no entry names are told and removed when that is asked for") {
  const Files files;
  files.attach(files.file("acta.txt", "the minutes"), {"--id", "FILE-1"});
  const auto unused = files.stored().parent_path() / "0123456789abcdef";
  std::ofstream(unused) << "left by a crash";
  CHECK(says(files.desk.enter({"file", "check"}).out, "1 is named by no entry"));
  CHECK(fs::exists(unused));
  CHECK(says(files.desk.enter({"file", "check", "--remove-unused"}).out, "removed"));
  CHECK_FALSE(fs::exists(unused));
  CHECK(says(files.desk.enter({"file", "check"}).out, "1 file is whole"));
}

TEST_CASE("--lang of attach is the language of the file and not that of the program") {
  const Files files;
  const auto run = files.attach(files.file("es.txt", "el acta"), {"--lang", "es"});
  CHECK(says(run.out, "entered: "));
  const auto wrong = files.desk.run(
      {"attach", "MTG-9", files.file("x.txt", "x"), "--kind", "text", "--lang", "fr"});
  CHECK(says(wrong.err, "there is no"));
}

TEST_CASE("help and completion of files name the commands that are no acts") {
  const Files files;
  CHECK(says(files.desk.run({"file", "--help"}).out, "save"));
  const auto offered = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{"complete", "--", "--data", files.desk.data()};
    words.insert(words.end(), more.begin(), more.end());
    return runProgram(words).out;
  };
  CHECK(says(offered({"file", "s"}), "save\t"));
  CHECK(says(offered({"file", "s"}), "supersede\t"));
  CHECK(says(files.desk.run({"file", "sav"}).err, "Did you mean \"save\"?"));
  CHECK(says(offered({"fil"}), "file\t"));
  CHECK(offered({"fil"}).find("file\t") == offered({"fil"}).rfind("file\t"));
}

// --- letters ---

TEST_CASE("a letter comes in with its note verbale, is cited, and is not registered twice") {
  const Files files;
  files.desk.enter({"party", "register", "ACME", "--kind", "company", "--name", "en:Acme", "--on",
                    "2006-01-01"});
  const std::vector<std::string> letter{
      "--kind", "note-verbale",      "--direction", "incoming",   "--sender",
      "ACME",   "--their-reference", "NV 123/2006", "--received", "2006-05-04",
      "--on",   "2006-05-04"};
  const auto registering = [&](const std::string& id) {
    std::vector<std::string> words{"correspondence", "register", id};
    words.insert(words.end(), letter.begin(), letter.end());
    return words;
  };
  files.desk.enter(registering("COR-1"));
  files.checkRefused(registering("COR-2"), 1, "it is correspondence:COR-1");
  files.desk.enter({"attach", "COR-1", files.file("note.pdf", "%PDF-1.4 note"), "--kind", "letter",
                    "--lang", "es", "--id", "FILE-1"});
  files.desk.enter({"correspondence", "enclose", "COR-1", "--file", "FILE-1"});
  const auto shown = files.desk.enter({"show", "COR-1"}).out;
  CHECK(says(shown, "application/pdf"));
  CHECK(says(shown, "NV 123/2006"));
  files.desk.enter({"meeting", "relocate", "MTG-1", "--place", "Vienna", "--ground", "COR-1"});
  CHECK(says(files.desk.enter({"history", "MTG-1"}).out, "COR-1"));
}

TEST_CASE("attach takes what is expected of the file that it enters") {
  const Files files;
  const auto path = files.file("acta.txt", "the minutes");
  files.checkRefused(
      {"attach", "MTG-1", path, "--kind", "minutes", "--id", "FILE-1", "--expect", "4"}, 3,
      "revision");
  CHECK_FALSE(fs::exists(fs::path(files.desk.data()) / "files"));
  files.checkRefused({"attach", "MTG-1", path, "--kind", "minutes", "--expect", "new"}, 2,
                     "--expect");
  files.attach(path, {"--id", "FILE-1", "--expect", "none"});
}

TEST_CASE("file save says with --json and --dry-run what it would do, and refuses what it cannot") {
  const Files files;
  files.attach(files.file("acta.txt", "the minutes"), {"--id", "FILE-1"});
  const auto back = files.desk.file("back").string();
  const auto dry = files.desk.answer({"--dry-run", "file", "save", "FILE-1", back});
  CHECK(dry.at("path") == back.c_str());
  CHECK(dry.at("dryRun") == true);
  CHECK_FALSE(fs::exists(back));
  CHECK(files.desk.answer({"file", "save", "FILE-1", back}).at("dryRun") == false);
  CHECK(files.desk.run({"--json", "file", "save", "FILE-1", "-"}).code == 2);
  const auto passed = files.desk.enter({"--dry-run", "file", "save", "FILE-1", "-"});
  CHECK(passed.out.empty());
  CHECK(says(passed.err, "it is whole"));
  files.checkRefused({"file", "check", "FILE-1", "--remove-unused"}, 2, "leave out FILE-ID");
}

TEST_CASE("a file whose name cannot be kept is to be renamed") {
  const Files files;
  const auto path = files.file("acta\x1b[31m.txt", "Minutes");
  files.checkRefused({"attach", "MTG-1", path, "--kind", "minutes"}, 2, "rename the file");
}

}  // namespace consulta::test
