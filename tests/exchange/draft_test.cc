// Drafts of letters, by the real program.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

std::string read(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

/// A meeting to which three countries are invited: one with a focal point who is written to in
/// Spanish, one to which the last letter was in French, one of which nothing is known.
void enterInvitations(const Desk& desk) {
  desk.enter({"meeting", "schedule", "MTG-1", "--kind", "expert-group", "--title",
              "en:Expert meeting", "--title", "es:Reunión de expertos", "--dates",
              "2006-06-26/2006-06-28", "--place", "Vienna", "--country", "AT", "--on",
              "2006-04-03"});
  for (const auto* party : {"UY", "HT", "AR"}) {
    desk.enter({"meeting", "invite", "MTG-1", "--party", party, "--reply-by", "2006-05-15", "--on",
                "2006-04-10"});
  }
  desk.enter({"person", "register", "PER-1", "--name", "Ana Pérez", "--party", "UY", "--email",
              "ana@example.org", "--languages", "es", "--on", "2006-01-01"});
  desk.enter({"party", "name-focal-point", "UY", "--person", "PER-1", "--on", "2006-01-02"});
  desk.enter({"correspondence", "register", "COR-1", "--kind", "letter", "--direction", "incoming",
              "--sender", "HT", "--language", "fr", "--on", "2006-02-01"});
}

std::vector<std::string> draft(const Desk& desk, const std::string& kind,
                               const std::vector<std::string>& more = {}) {
  std::vector<std::string> out{"draft", kind, "MTG-1", "--into", desk.file("letters").string()};
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

/// A directory of one's own templates, with the invitation in Spanish.
std::filesystem::path ownTemplates(const Desk& desk, const std::string& name,
                                   const std::string& invitation) {
  auto out = desk.file(name);
  std::filesystem::create_directory(out);
  std::ofstream(out / "invitation.es.txt") << invitation;
  return out;
}

}  // namespace

TEST_CASE("draft writes a letter a party in its language and says that nothing was sent") {
  const Desk desk;
  enterInvitations(desk);
  const auto before = desk.enter({"log", "--json"}).out;
  const auto run = desk.enter(draft(desk, "invitation"));
  CHECK(says(run.err, "Nothing was sent"));
  CHECK(says(run.err, "correspondence register"));
  CHECK_FALSE(says(run.out, "ana@example.org"));
  const auto spanish = read(desk.file("letters") / "UY.eml");
  INFO(spanish);
  CHECK(says(spanish, "To: =?UTF-8?Q?Ana_P=C3=A9rez?= <ana@example.org>\r\n"));
  CHECK(says(spanish, "Subject: =?UTF-8?Q?Invitaci=C3=B3n=3A_Reuni=C3=B3n_de_expertos?="));
  CHECK(says(spanish, "Content-Language: es\r\n"));
  CHECK(says(spanish, "Consulta-Template: invitation.es; version=1;"));
  CHECK(says(spanish, "Message-ID: <"));
  CHECK(says(spanish, "15 de mayo de 2006"));
  const auto french = read(desk.file("letters") / "HT.eml");
  CHECK(says(french, "Content-Language: fr\r\n"));
  CHECK(says(french, ":;\r\n"));
  CHECK(says(read(desk.file("letters") / "AR.eml"), "Content-Language: en\r\n"));
  const auto again = desk.run(draft(desk, "invitation"));
  CHECK(again.code == 1);
  CHECK(says(again.err, "--replace"));
  CHECK(desk.run(draft(desk, "invitation", {"--replace"})).code == 0);
  CHECK(desk.enter({"log", "--json"}).out == before);
}

TEST_CASE("a party is written to in the language that it has chosen") {
  const Desk desk;
  enterInvitations(desk);
  desk.enter({"party", "choose-language", "UY", "--language", "fr", "--on", "2006-03-01"});
  CHECK(says(desk.enter({"show", "UY"}).out, "French"));
  CHECK(desk.run({"party", "choose-language", "UY", "--language", "fr"}).code == 1);
  desk.enter(draft(desk, "invitation"));
  CHECK(says(read(desk.file("letters") / "UY.eml"), "Content-Language: fr\r\n"));
  CHECK(says(read(desk.file("letters") / "AR.eml"), "Content-Language: en\r\n"));
}

TEST_CASE("a reminder goes to those without an answer, a regret only when it is not held") {
  const Desk desk;
  enterInvitations(desk);
  desk.enter({"meeting", "answer", "MTG-1", "--party", "UY", "--answer", "accepted", "--on",
              "2006-05-02"});
  const auto parties = [&](const std::string& kind, const std::vector<std::string>& more) {
    std::string out;
    auto words = draft(desk, kind, more);
    words.emplace_back("--dry-run");
    const auto answer = desk.answer(words);
    for (const auto& one : answer.at("drafts").as_array()) {
      out += std::string(one.at("party").as_string()) + " ";
    }
    return out;
  };
  CHECK(parties("reminder", {}) == "party:HT party:AR ");
  CHECK(parties("invitation", {"--unanswered"}) == "party:HT party:AR ");
  CHECK(parties("invitation", {}) == "party:UY party:HT party:AR ");
  CHECK(parties("invitation", {"--party", "BR"}) == "party:BR ");
  CHECK_FALSE(std::filesystem::exists(desk.file("letters")));
  const auto early = desk.run(draft(desk, "regret"));
  CHECK(early.code == 1);
  CHECK(says(early.err, "meeting cancel"));
  CHECK(desk.run(draft(desk, "reminder", {"--party", "BR"})).code == 1);
  CHECK(desk.run(draft(desk, "thanks")).code == 2);
  desk.enter({"meeting", "cancel", "MTG-1", "--reason", "No funds", "--on", "2006-05-20"});
  CHECK(parties("regret", {}) == "party:UY party:HT party:AR ");
  CHECK(desk.run(draft(desk, "reminder")).code == 1);
}

TEST_CASE("own templates take the place of the shipped ones, and a faulty one is refused by line") {
  const Desk desk;
  enterInvitations(desk);
  const auto own = ownTemplates(desk, "own", "Version: 7\nSubject: {title}\n\nHola {name}\n");
  const auto templates = own.string();
  desk.enter(
      draft(desk, "invitation", {"--templates", templates, "--from", "Salón <salon@example.org>"}));
  const auto letter = read(desk.file("letters") / "UY.eml");
  CHECK(says(letter, "Hola Ana P=C3=A9rez\r\n"));
  CHECK(says(letter, "invitation.es; version=7;"));
  CHECK(says(letter, "From: =?UTF-8?Q?Sal=C3=B3n?= <salon@example.org>\r\n"));
  CHECK(says(read(desk.file("letters") / "AR.eml"), "invitation.en; version=1;"));
  std::ofstream(own / "invitation.es.txt") << "Version: 8\nSubject: {titel}\n\nHola\n";
  const auto faulty = desk.run(draft(desk, "invitation", {"--templates", templates, "--replace"}));
  CHECK(faulty.code == 2);
  CHECK(says(faulty.err, "invitation.es.txt, line"));
  CHECK(says(faulty.err, "Did you mean title?"));
  CHECK(desk.run(draft(desk, "invitation", {"--from", "nobody"})).code == 2);
}

TEST_CASE("templates are taken from where the environment says, unless --templates is given") {
  const Desk desk;
  enterInvitations(desk);
  std::string set;
  const auto own = [&](const std::string& name, const std::string& version) {
    const auto text = "Version: " + version + "\nSubject: {title}\n\nHola {name}\n";
    return ownTemplates(desk, name, text).string();
  };
  const auto mark = [&](std::vector<std::string> more) {
    more.insert(more.end(), {"--party", "UY", "--dry-run"});
    auto words = draft(desk, "invitation", more);
    words.insert(words.begin(), "--json");
    const auto run =
        desk.run(words, {}, [&](Start& start) { start.set("CONSULTA_TEMPLATES", set); });
    INFO(run.err);
    REQUIRE(run.code == 0);
    const auto drafts = boost::json::parse(run.out).at("drafts");
    return std::string(drafts.at(0).at("template").as_string()).substr(0, 24);
  };
  CHECK(mark({}) == "invitation.es; version=1");  // an empty name names none
  set = own("house", "7");
  CHECK(mark({}) == "invitation.es; version=7");
  CHECK(mark({"--templates", own("other", "8")}) == "invitation.es; version=8");
  set = desk.file("none").string();
  CHECK(mark({}) == "invitation.es; version=1");  // what is not there is taken from the shipped
}

TEST_CASE("draft --dry-run shows all letters, writes none, and finds the same faults") {
  const Desk desk;
  enterInvitations(desk);
  const auto dry = [&](const std::vector<std::string>& more) {
    auto words = draft(desk, "invitation", more);
    words.emplace_back("--dry-run");
    return desk.run(words);
  };
  const auto shown = dry({});
  CHECK(shown.code == 0);
  for (const auto* party : {"Uruguay", "Haiti", "Argentina"}) CHECK(says(shown.out, party));
  CHECK(says(shown.err, "nothing was written"));
  CHECK_FALSE(says(shown.err, "Nothing was sent"));
  CHECK_FALSE(std::filesystem::exists(desk.file("letters")));
  CHECK(dry({"--party", "NOBODY"}).code == 1);
  CHECK(dry({"--from", "nobody"}).code == 2);
  desk.enter(draft(desk, "invitation"));
  const auto there = dry({});
  CHECK(there.code == 1);
  CHECK(says(there.err, "is there already"));
  CHECK(dry({"--replace"}).code == 0);
}

TEST_CASE("a letter is put in the place of an old one whole, which is not written over") {
  const Desk desk;
  enterInvitations(desk);
  desk.enter(draft(desk, "invitation"));
  const auto kept = desk.file("kept");
  std::filesystem::create_hard_link(desk.file("letters") / "UY.eml", kept);
  const auto before = read(kept);
  desk.enter(draft(desk, "invitation", {"--replace", "--from", "office@example.org"}));
  CHECK(read(kept) == before);
  CHECK(says(read(desk.file("letters") / "UY.eml"), "office@example.org"));
  const std::filesystem::directory_iterator letters(desk.file("letters"));
  CHECK(std::distance(begin(letters), end(letters)) == 3);
}

TEST_CASE("of a template without end no more is read than a text may have") {
  const Desk desk;
  enterInvitations(desk);
  const auto own = ownTemplates(desk, "own", "Version: 7\n");
  // Sparse: it takes no room.
  std::filesystem::resize_file(own / "invitation.es.txt", std::uintmax_t{1} << 34U);
  const auto run = desk.run(draft(desk, "invitation", {"--templates", own.string()}));
  CHECK(run.code == 5);
  CHECK(says(run.err, "has more than"));
}

TEST_CASE(
    "a draft that was sent is registered, attached, and named as what carried the invitation") {
  const Desk desk;
  enterInvitations(desk);
  desk.enter(draft(desk, "invitation"));
  const auto letter = (desk.file("letters") / "UY.eml").string();
  desk.enter({"correspondence", "register", "COR-7", "--kind", "note-verbale", "--direction",
              "outgoing", "--addressees", "UY", "--about", "MTG-1", "--our-reference", "NV-7",
              "--sent", "2006-04-11", "--on", "2006-04-11"});
  const auto attached = desk.enter(
      {"attach", "COR-7", letter, "--kind", "letter", "--lang", "es", "--on", "2006-04-11"});
  CHECK(says(attached.out + attached.err, "message/rfc822"));
  desk.enter({"meeting", "invite", "MTG-1", "--party", "UY", "--invitation", "COR-7", "--on",
              "2006-04-11"});
  CHECK(says(desk.wide({"show", "COR-7"}), "UY.eml"));
  const auto replies = desk.wide({"replies", "MTG-1"});
  CHECK(says(replies, "NV-7"));
  CHECK(says(replies, "15 May 2006"));
  CHECK(says(replies, "3 on the roll"));
  CHECK(desk.run({"meeting", "invite", "MTG-1", "--party", "UY", "--on", "2006-04-12"}).code == 1);
}

}  // namespace consulta::test
