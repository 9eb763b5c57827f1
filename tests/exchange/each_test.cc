// One act for many: the members of a group, or the rows of a spreadsheet, by the real program.
#include <doctest/doctest.h>

#include <fstream>

#include "tests/cli/desk.h"
#include "tests/cli/on_terminal.h"

namespace consulta::test {

namespace {

/// A file beside the register, with these bytes.
std::string saved(const Desk& desk, const std::string& name, const std::string& bytes) {
  auto path = desk.file(name).string();
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

std::size_t invited(const Desk& desk) {
  const auto fields = desk.answer({"show", "MTG-1"}).at("fields").as_object();
  return fields.contains("invitations") ? fields.at("invitations").as_array().size() : 0;
}

const std::vector<std::string> inviteAll{"meeting", "invite", "MTG-1",     "--each",
                                         "GRULAC",  "--on",   "2006-04-10"};

std::vector<std::string> with(std::vector<std::string> words,
                              const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace

TEST_CASE("an act is entered for each member of a group but those left out, as one submission") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto answer = desk.answer(with(
      inviteAll, {"--except", "CU", "--except", "Belize", "--reply-by", "2006-05-15", "--yes"}));
  CHECK(answer.at("entries").as_array().size() == 31);
  CHECK_FALSE(answer.at("dryRun").as_bool());
  CHECK(invited(desk) == 31);
  const auto shown = desk.enter({"show", "MTG-1"}).out;
  CHECK(says(shown, "UY"));
  CHECK_FALSE(says(shown, "CU"));
  const auto fields = boost::json::serialize(desk.answer({"show", "MTG-1"}));
  CHECK(count(fields, "2006-05-15") == 31);
}

TEST_CASE("without a terminal nothing is entered until --yes says so") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto shown = desk.run(inviteAll);
  CHECK(shown.code == 2);
  CHECK(says(shown.out, "meeting invite meeting:MTG-1, on 2006-04-10: 33 entries"));
  CHECK(says(shown.out, "UY"));
  CHECK(says(shown.out, "Uruguay"));
  CHECK(says(shown.err, "Add --yes to enter all 33"));
  CHECK(invited(desk) == 0);
  const auto dry = desk.run(with(inviteAll, {"--dry-run"}));
  CHECK(dry.code == 0);
  CHECK(says(dry.out, "Uruguay"));
  CHECK(says(dry.err, "all of it could be entered; nothing was"));
  CHECK(invited(desk) == 0);
  const auto json = desk.run(with(inviteAll, {"--json"}));
  CHECK(json.code == 2);
  CHECK(boost::json::parse(json.out).at("error").at(0).at("rule") == "each.confirm");
  CHECK(desk.answer(with(inviteAll, {"--dry-run"})).at("entries").as_array().size() == 33);
  CHECK(invited(desk) == 0);
}

TEST_CASE("on a terminal all is shown and one answer enters it, or nothing") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto words = with({"--data", desk.data()}, inviteAll);
  OnTerminal hesitant(words);
  REQUIRE(hesitant.sees("Uruguay"));
  REQUIRE(hesitant.answers("enter all 33? [y/n]: ", "n"));
  CHECK(hesitant.end() == 1);
  CHECK(invited(desk) == 0);
  OnTerminal clerk(words);
  REQUIRE(clerk.sees("Uruguay"));
  REQUIRE(clerk.answers("enter all 33? [y/n]: ", "y"));
  CHECK(clerk.end() == 0);
  CHECK(says(clerk.shown(), "entered: meeting:MTG-1, meeting invite"));
  CHECK(invited(desk) == 33);
}

TEST_CASE("the members are those of the day of the act") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"party", "leave", "CU", "--group", "GRULAC", "--on", "2006-04-05"});
  desk.enter({"party", "join", "CU", "--group", "GRULAC", "--on", "2006-06-01"});
  const auto members = [&](const std::string& on) {
    return desk.answer({"meeting", "invite", "MTG-1", "--each", "grulac", "--on", on, "--dry-run"})
        .at("entries")
        .as_array()
        .size();
  };
  CHECK(members("2006-04-04") == 33);
  CHECK(members("2006-04-05") == 32);
  CHECK(members("2006-05-31") == 32);
  CHECK(members("1 June 2006") == 33);
  const auto wrong = desk.run(with(inviteAll, {"--except", "CU", "--yes"}));
  CHECK(wrong.code == 2);
  CHECK(says(wrong.err, "--except CU: no row names it"));
}

TEST_CASE("a member fills the field that can only be meant, or the entity itself") {
  const Desk desk;
  desk.enter({"party", "register", "G-77", "--kind", "group", "--name", "en:Group of 77", "--on",
              "2006-01-01"});
  const auto joined = desk.answer({"party", "join", "--each", "GRULAC", "--except", "MX", "--group",
                                   "G-77", "--on", "2006-02-01", "--yes"});
  CHECK(joined.at("entries").as_array().size() == 32);
  desk.enter({"party", "register", "SEGIB", "--kind", "regional-organization", "--name",
              "en:Secretariat", "--on", "2006-01-01"});
  CHECK(desk.answer({"party", "represent", "SEGIB", "--each", "G-77", "--except", "UY", "--on",
                     "2006-03-01", "--yes"})
            .at("entries")
            .as_array()
            .size() == 31);
}

TEST_CASE("what stands in the way of all is said once") {
  const Desk desk;
  const auto nowhere = desk.run({"meeting", "invite", "MTG-9", "--each", "GRULAC"});
  CHECK(nowhere.code == 1);
  CHECK(count(nowhere.err, "there is no meeting \"MTG-9\"") == 1);
  desk.meeting("MTG-1");
  desk.enter({"meeting", "cancel", "MTG-1", "--reason", "no money", "--on", "2006-04-05"});
  const auto late = desk.run(inviteAll);
  CHECK(late.code == 1);
  CHECK(count(late.err, "cancelled") == 1);
  CHECK(says(late.err, "all 33: "));
  CHECK(says(late.err, "nothing was entered: 33 of 33 are refused"));
}

TEST_CASE("what --each cannot mean is refused with what to write") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto refused = [&](const std::vector<std::string>& words, int code, const char* part) {
    const auto run = desk.run(words);
    INFO(run.err);
    CHECK(run.code == code);
    CHECK(says(run.err, part));
  };
  refused({"meeting", "invite", "MTG-1", "--each", "GRULCA"}, 1, "Did you mean GRULAC");
  refused({"meeting", "invite", "MTG-1", "--each", "UY"}, 2, "UY is not a group");
  refused({"meeting", "invite", "--each", "GRULAC"}, 2, "the ID is missing: which meeting?");
  refused({"meeting", "close", "MTG-1", "--each", "GRULAC"}, 2, "nothing in meeting close");
  refused({"meeting", "invite", "MTG-1", "--party", "UY", "--except", "CU"}, 2,
          "--except belongs to --each");
  refused({"meeting", "schedule", "MTG-2", "--each", "GRULAC", "--title", "en:M", "--kind",
           "technical"},
          2, "no one ID can be given");
  refused({"meeting", "invite", "MTG-1", "--each", "there/is/none.csv"}, 5, "cannot be read");
  refused({"meeting", "invite", "MTG-1", "--each", desk.data() + "/.csv"}, 5, "cannot be read");
  refused({"meeting", "invite", "MTG-1", "--each", "list.xlsx"}, 2, "save it there as");
  refused({"meeting", "invite", "MTG-1", "--each", "GRULAC", "--map", "a=b"}, 2, "is a group");
  refused({"meeting", "answer", "MTG-1", "--each", "GRULAC"}, 2, "--answer is missing");
  refused({"meeting", "invite", "MTG-1", "--each", "GRULAC", "--each-as", "reply-by"}, 2,
          "--each-as reply-by");
}

TEST_CASE("a French spreadsheet from Excel invites those it names and leaves its own columns out") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto list = saved(desk, "liste.csv",
                          "Pays;R\xE9ponse avant le;Remarques\r\n"
                          "\xC9quateur;15/05/2006;\r\n"
                          "Ha\xEFti;06/05/2006;\"courrier;\r\ntardif\"\r\n"
                          "Bolivie;15 mai 2006;\r\n"
                          "UY;15.05.2006;\r\n;;\r\n");
  const auto refused = desk.run({"--lang", "fr", "meeting", "invite", "MTG-1", "--each", list});
  CHECK(refused.code == 2);
  CHECK(says(refused.err, "\"Pays\""));
  CHECK(says(refused.err, "\"Remarques\""));
  const std::vector<std::string> words{"--lang",     "fr",   "meeting",   "invite",     "MTG-1",
                                       "--each",     list,   "--map",     "pays=party", "--map",
                                       "REMARQUES=", "--on", "2006-04-10"};
  const auto shown = desk.run(with(words, {"--dry-run"}));
  INFO(shown.err);
  CHECK(shown.code == 0);
  CHECK(says(shown.out, "EC (Équateur)"));
  CHECK(says(shown.out, "BO (Bolivie"));
  CHECK(says(shown.out, "2006-05-06 (06/05/2006)"));
  CHECK(desk.run(with(words, {"--yes", "--quiet"})).code == 0);
  CHECK(invited(desk) == 4);
  CHECK(says(desk.enter({"show", "MTG-1"}).out, "6 May 2006"));
}

TEST_CASE("all that stands in the way of any row is said by line, and nothing is entered") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"meeting", "invite", "MTG-1", "--party", "CL", "--on", "2006-04-10"});
  const auto list = saved(desk, "list.csv",
                          "party,reply by\n"
                          "Uruguay,2006-05-15\n"
                          "Urugay,2006-05-15\n"
                          "Chile,soon\n"
                          "Chile,\n"
                          ",2006-05-15\n"
                          "Argentina,2006-05-15\n"
                          "Argentina,2006-05-16\n");
  const std::vector<std::string> words{"meeting", "invite", "MTG-1",      "--each",
                                       list,      "--on",   "2006-04-11", "--yes"};
  const auto refused = desk.run(words);
  CHECK(refused.code == 2);
  CHECK(says(refused.err, "line 3: column \"party\": there is no party \"Urugay\""));
  CHECK(says(refused.err, "Did you mean UY (Uruguay)?"));
  CHECK(says(refused.err, "line 4: column \"reply by\": "));
  CHECK(says(refused.err, "line 5: "));
  CHECK(says(refused.err, "line 6: meeting invite: --party is missing"));
  CHECK(says(refused.err, "line 8: "));
  CHECK(count(refused.err, "line 2: ") == 0);
  CHECK(says(refused.err, "nothing was entered: 5 of 7 are refused"));
  CHECK(invited(desk) == 1);
  const auto json = desk.run(with(words, {"--json"}));
  CHECK(boost::json::parse(json.out).at("error").as_array().size() == 5);
  CHECK(desk.run(with(words, {"--quiet", "--dry-run"})).code == 2);
}

TEST_CASE("a name means the one it is, or the only one that it begins") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto list = saved(desk, "list.csv",
                          "party\nDominica\nREPUBLIQUE DOMINICAINE\nvenezuela\nparty:UY\n"
                          "Grupo de Estados de America Latina y el Caribe\n");
  const auto read = desk.run({"meeting", "invite", "MTG-1", "--each", list, "--dry-run"});
  INFO(read.err);
  CHECK(read.code == 0);
  for (const auto* party : {"DM (Dominica)", "DO (Dominican Republic)", "VE (Venezuela",
                            "UY (Uruguay)", "GRULAC (Group"}) {
    CHECK(says(read.out, party));
  }
  const auto several = desk.run({"meeting", "invite", "MTG-1", "--each", "-"}, "party\nSaint\n");
  CHECK(several.code == 2);
  CHECK(says(several.err,
             "line 2: column \"party\": \"Saint\" can mean KN (Saint Kitts and Nevis), "
             "LC (Saint Lucia) or VC"));
  const auto code = desk.run({"party", "register", "--each", "-", "--kind", "company", "--dry-run"},
                             "id,name,country\nACME,Acme,Autriche\n");
  CHECK(says(code.out, "AT (Autriche)"));
  std::string strangers = "party\n";
  for (int i = 0; i < 200; ++i) strangers += "Stranger " + std::to_string(i) + "\n";
  const auto unknown = desk.run({"meeting", "invite", "MTG-1", "--each", "-"}, strangers);
  CHECK(unknown.code == 1);
  CHECK(count(unknown.err, "there is no party \"Stranger") == 200);
}

TEST_CASE("recommendations with texts in several languages get the ids that are free") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"meeting", "confirm", "MTG-1", "--dates", "2006-06-26/2006-06-28", "--place",
              "Vienna", "--country", "AT", "--on", "2006-05-10"});
  desk.enter({"meeting", "convene", "MTG-1", "--on", "2006-06-26"});
  desk.enter({"recommendation", "record", "REC-2006-002", "--text", "en:One", "--origin", "MTG-1",
              "--on", "2006-06-28"});
  const auto list = saved(desk, "rec.csv",
                          "\xEF\xBB\xBFID,No.,Text (en),text.fr,Titre,Addressees,Due\r\n"
                          ",1,\"Update the programmes, every year\",Mettre à jour,Programmes,"
                          "Uruguay; AR,30 June 2007\r\n"
                          "REC-A,2,Strengthen the offices,Renforcer,,UY,before GC.12\r\n"
                          ",3,Consult,Consulter,,,\r\n");
  const std::vector<std::string> words{
      "recommendation", "record", "--each",         list,   "--origin",   "MTG-1", "--map",
      "No.=number",     "--map",  "Titre=title.fr", "--on", "2006-06-28", "--yes"};
  desk.enter({"session", "add", "GC.12", "--body", "GC", "--number", "12", "--title", "en:Twelfth",
              "--on", "2006-01-01"});
  const auto entered = desk.run(words);
  INFO(entered.err);
  REQUIRE(entered.code == 0);
  const auto first = desk.answer({"show", "REC-2006-001"}).at("fields");
  CHECK(first.at("text").at("en") == "Update the programmes, every year");
  CHECK(first.at("text").at("fr") == "Mettre à jour");
  CHECK(first.at("title").at("fr") == "Programmes");
  CHECK(first.at("addressees").as_array().size() == 2);
  CHECK(desk.answer({"show", "REC-A"}).at("fields").at("number") == "2");
  CHECK(desk.answer({"show", "REC-2006-003"}).at("fields").at("text").at("fr") == "Consulter");
  const auto accept = saved(desk, "ids.csv",
                            "Recommendation;On\nREC-A;2006-07-01\n"
                            "rec-2006-001;2 July 2006\n");
  CHECK(desk.answer({"recommendation", "consider", "--each", accept, "--yes"})
            .at("entries")
            .as_array()
            .size() == 2);
  CHECK(says(desk.enter({"show", "REC-2006-001"}).out, "under consideration"));
}

TEST_CASE("participants are registered from the list of their names") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"meeting", "confirm", "MTG-1", "--dates", "2006-06-26/2006-06-28", "--place",
              "Vienna", "--country", "AT", "--on", "2006-05-10"});
  const auto list = saved(desk, "participants.csv",
                          "Nombre completo;Cargo;Pa\xEDs;Calidad;Jefe\r\n"
                          "Ana P\xE9rez;Consejera;Uruguay;Member;\r\n"
                          "Jos\xE9 Nu\xF1"
                          "ez;Ministro;M\xE9xico;member;x\r\n"
                          "Eva G\xF3mez;Experta;;resource person;\r\n");
  const std::vector<std::string> persons{
      "person", "register",       "--each", list,         "--map", "Nombre completo=name",
      "--map",  "Cargo=function", "--map",  "Pais=party", "--map", "Calidad=",
      "--map",  "Jefe=",          "--on",   "2006-05-01", "--yes"};
  const auto known = desk.run(persons);
  INFO(known.err);
  REQUIRE(known.code == 0);
  CHECK(says(known.out, "person:PER-2006-003"));
  CHECK(says(desk.enter({"show", "PER-2006-002"}).out, "José Nuñez"));
  const auto registered =
      desk.answer({"meeting", "register", "MTG-1", "--each", list, "--map",
                   "Nombre completo=person", "--map", "Cargo=", "--map", "Pais=party", "--map",
                   "Calidad=capacity", "--map", "Jefe=", "--on", "2006-06-20", "--yes"});
  CHECK(registered.at("entries").as_array().size() == 3);
  CHECK(registered.at("entries").at(2).at("data").at("capacity") == "resource-person");
  CHECK(registered.at("entries").at(0).at("data").at("person") == "person:PER-2006-001");
}

TEST_CASE("meetings in a table of words and dates as people write them") {
  const Desk desk;
  const auto list = saved(desk, "reuniones.csv",
                          "sep=,\n"
                          "título,tipo,fechas,lugar,país\n"
                          "Primera reunión,expert group,26-28 de junio de 2006,Viena,Austria\n"
                          "Segunda reunión,Ministerial,septiembre de 2006,Montevideo,Uruguay\n");
  const auto run = desk.run({"meeting", "schedule", "--each", list, "--map", "Título=title.es",
                             "--map", "tipo=kind", "--map", "fechas=dates", "--map", "lugar=place",
                             "--map", "país=country", "--on", "3 April 2006", "--yes"});
  INFO(run.err);
  REQUIRE(run.code == 0);
  const auto second = desk.answer({"show", "MTG-2006-002"}).at("fields");
  CHECK(second.at("title").at("es") == "Segunda reunión");
  CHECK(second.at("country") == "UY");
  CHECK(second.at("kind") == "ministerial");
  CHECK(second.at("dates").at("edtf") == "2006-09");
}

TEST_CASE("a column that nobody understands is answered with the nearest field") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto refused = [&](const std::string& table, const std::vector<std::string>& more,
                           const char* part) {
    const auto list = saved(desk, "list.csv", table);
    const auto run = desk.run(with({"meeting", "invite", "MTG-1", "--each", list, "--yes"}, more));
    INFO(run.err);
    CHECK(run.code == 2);
    CHECK(says(run.err, part));
  };
  refused("party,replyby,Invitatoin\nUY,,\n", {},
          "column \"Invitatoin\" is no field of meeting invite. Did you mean invitation?");
  refused("party,Wie\nUY,\n", {}, "no field of meeting invite is called \"Wie\". Write");
  refused("party,Party \nUY,UY\n", {}, "are both called");
  refused("party,P\nUY,UY\n", {"--map", "P=party"}, "say the same");
  refused("party\nUY\n", {"--map", "Prty=party"}, "Did you mean \"party\"?");
  refused("party\nUY\n", {"--map", "party=prty"}, "Did you mean --map \"party=party\"?");
  refused("party\nUY\n", {"--map", "party"}, "has no \"=\"");
  refused("party,reply by\nUY,2006\n", {"--reply-by", "2006"}, "column \"reply by\" gives what");
  refused("party,id\nUY,MTG-1\n", {}, "column \"id\" gives what \"ID\" gives");
  refused("party,on\nUY,2006\n", {"--on", "2006"}, "column \"on\" gives what \"--on\" gives");
  refused("reply-by\n2006\n", {}, "--party is missing");
  refused("party,on\nUY,\nAR,2006\n", {}, "line 2: its day is missing");
  refused("party\n", {}, "has no rows");
  refused("party\nUY\n", {"--each-as", "party"}, "--each-as");
}

TEST_CASE("dates that can be read in two ways are read as their column shows, or refused") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto read = [&](const std::string& dates) {
    const auto list = saved(desk, "list.csv", "party,reply-by\n" + dates);
    return desk.run(
        {"meeting", "invite", "MTG-1", "--each", list, "--on", "2006-04-10", "--dry-run"});
  };
  CHECK(says(read("UY,06/05/2006\nAR,25/05/2006\n").out, "2006-05-06 (06/05/2006)"));
  CHECK(says(read("UY,05/06/2006\nAR,05/25/2006\n").out, "2006-05-06 (05/06/2006)"));
  for (const auto* dates :
       {"UY,06/05/2006\nAR,07/05/2006\n", "UY,06/05/2006\nAR,25/05/2006\nCL,05/25/2006\n"}) {
    const auto refused = read(dates);
    CHECK(refused.code == 2);
    CHECK(says(refused.err, "line 2: column \"reply-by\": \"06/05/2006\" can be read in two ways"));
  }
}

TEST_CASE("a table comes from standard input too, and its bounds are refused quickly") {
  const Desk desk;
  desk.meeting("MTG-1");
  const std::vector<std::string> words{"meeting", "invite", "MTG-1", "--each", "-", "--dry-run"};
  CHECK(says(desk.run(words, "party\nUruguay\n").out, "UY (Uruguay)"));
  const auto broken = desk.run(words, "party\nUruguay\nP\xE9rou\n\"open\n");
  CHECK(broken.code == 2);
  CHECK(says(broken.err, "line 4: a cell begins with a quote that is never closed"));
  std::string many = "party\n";
  for (int i = 0; i <= 10'000; ++i) many += "UY\n";
  const auto tooMany = desk.run(words, many);
  CHECK(tooMany.code == 2);
  CHECK(says(tooMany.err, "more than 10000 rows"));
  CHECK(says(tooMany.err, "save it in several files"));
  const auto endless = desk.file("endless.csv");
  std::ofstream(endless) << "party\nUY";
  std::filesystem::resize_file(endless, std::uintmax_t{1} << 30U);  // sparse: it takes no room
  const auto refused = desk.run({"meeting", "invite", "MTG-1", "--each", endless.string()});
  CHECK(refused.code == 2);
  CHECK(says(refused.err, "the file is longer than 16777216 bytes"));
  CHECK(invited(desk) == 0);
}

TEST_CASE("what several rows expect of one entity is asked before the first of them") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto list = saved(desk, "list.csv", "party\nUY\nAR\n");
  const std::vector<std::string> words{"meeting", "invite",     "MTG-1", "--each",  list,
                                       "--on",    "2006-04-10", "--yes", "--expect"};
  const auto late = desk.run(with(words, {"7"}));
  CHECK(late.code == 3);
  CHECK(count(late.err, "not 7") == 1);
  CHECK(invited(desk) == 0);
  desk.enter(with(words, {"1"}));
  CHECK(invited(desk) == 2);
  const auto named = saved(desk, "named.csv", "id,party\nMTG-1,BR\nMTG-1,CL\n");
  desk.enter(
      {"meeting", "invite", "--each", named, "--on", "2006-04-10", "--yes", "--expect", "3"});
  CHECK(invited(desk) == 4);
}

}  // namespace consulta::test
