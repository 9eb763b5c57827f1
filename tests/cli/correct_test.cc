// Corrigenda by the real program.
#include <doctest/doctest.h>

#include "tests/cli/desk.h"

namespace consulta::test {

TEST_CASE("a mistake is corrected in the open and stays as it was known before") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto moved =
      desk.answer({"meeting", "relocate", "MTG-1", "--place", "Viena", "--on", "2006-04-10"});
  const auto position =
      std::to_string(moved.at("entries").at(0).at("position").to_number<std::uint64_t>());
  desk.enter(
      {"correct", position, "--place", "Vienna", "--reason", "a slip", "--on", "2006-04-11"});
  CHECK(says(desk.enter({"show", "MTG-1"}).out, "Vienna"));
  CHECK(says(desk.enter({"history", "MTG-1"}).out, "Viena"));
  const auto before = desk.enter({"show", "MTG-1", "--as-of", "2006-04-05"});
  CHECK(says(before.out, "As it stood on"));
  CHECK_FALSE(says(before.out, "Vienna"));
}

TEST_CASE("a corrected text keeps the languages that are not given") {
  const Desk desk;
  const auto position =
      desk.position({"meeting", "schedule", "MTG-1", "--kind", "technical", "--title", "en:Meting",
                     "--title", "fr:Réunion", "--title", "es:Reunión", "--on", "2006-04-03"});
  const auto titles = [&] { return desk.answer({"show", "MTG-1"}).at("fields").at("title"); };
  const auto correct = [&](const std::vector<std::string>& titlesGiven, const char* lang = "en") {
    std::vector<std::string> words{"correct", position, "--reason", "a slip",
                                   "--lang",  lang,     "--on",     "2006-04-11"};
    for (const auto& one : titlesGiven) words.insert(words.end(), {"--title", one});
    return desk.run(words);
  };
  CHECK(correct({"Meeting"}).code == 0);
  CHECK(titles() == boost::json::value{{"en", "Meeting"}, {"fr", "Réunion"}, {"es", "Reunión"}});
  CHECK(correct({"Réunion d’experts"}, "fr").code == 0);
  CHECK(titles().at("en") == "Meeting");
  CHECK(titles().at("fr") == "Réunion d’experts");
  CHECK(correct({"es:", "de:Sitzung"}).code == 0);
  CHECK(titles() ==
        boost::json::value{{"en", "Meeting"}, {"fr", "Réunion d’experts"}, {"de", "Sitzung"}});

  const auto absent = correct({"es:"});
  CHECK(absent.code == 2);
  CHECK(says(absent.err, "no text in es"));
  CHECK(correct({"fr:Une", "fr:Deux"}).code == 2);
  const auto nothingLeft = correct({"en:", "fr:", "de:"});
  CHECK(nothingLeft.code == 1);
  CHECK(says(nothingLeft.err, "--title cannot be left out"));
}

TEST_CASE("a value that was never right is left out, and a flag is taken back") {
  const Desk desk;
  const auto position =
      desk.position({"meeting", "schedule", "MTG-1", "--kind", "ministerial", "--title",
                     "en:Meeting", "--place", "Viena", "--high-level", "--on", "2006-04-03"});
  desk.enter({"correct", position, "--place", "", "--no-high-level", "--reason", "neither was said",
              "--on", "2006-04-11"});
  const auto fields = desk.answer({"show", "MTG-1"}).at("fields").as_object();
  CHECK_FALSE(fields.contains("place"));
  CHECK_FALSE(fields.contains("highLevel"));
  const auto required = desk.run({"correct", position, "--kind", "", "--reason", "none"});
  CHECK(required.code == 1);
  CHECK(says(required.err, "--kind cannot be left out"));
}

TEST_CASE("a correction that was wrong is corrected by its own position") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto wrong =
      desk.position({"meeting", "relocate", "MTG-1", "--place", "Viena", "--on", "2006-04-10"});
  const auto slip = desk.position({"correct", wrong, "--place", "Wienna", "--reason", "a slip"});
  const auto done = desk.answer({"correct", slip, "--place", "Vienna", "--reason", "another"});
  CHECK(done.at("entries").at(0).at("data").at("corrects").to_number<std::uint64_t>() ==
        std::stoull(wrong));
  CHECK(says(desk.enter({"show", "MTG-1"}).out, "Vienna"));
}

TEST_CASE("what cannot be corrected so is refused with what to do instead") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto wrong =
      desk.position({"meeting", "relocate", "MTG-1", "--place", "Viena", "--on", "2006-04-10"});
  const auto check = [&](const std::vector<std::string>& words, int code, const std::string& part) {
    const auto run = desk.run(words);
    INFO(run.err);
    CHECK(run.code == code);
    CHECK(says(run.err, part));
  };
  check({"correct", wrong, "--title", "en:M", "--reason", "r"}, 2, "no field --title");
  check({"correct", wrong, "--no-high-level", "--reason", "r"}, 2, "no field --high-level");
  check({"correct", wrong, "--place", "Wien"}, 2, "needs a reason");
  check({"correct", wrong, "--reason", "r"}, 2, "say what is put right");
  check({"correct", "999999", "--place", "Wien", "--reason", "r"}, 1, "there is no entry");
  const auto listed = desk.run({"correct", "MTG-1"});
  CHECK(listed.code == 0);
  CHECK(says(listed.out, wrong));
  CHECK(says(listed.err, "consulta correct POSITION"));
}

TEST_CASE("a correction shows its entry and each value before and after, entered or not") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto wrong =
      desk.position({"meeting", "relocate", "MTG-1", "--place", "Viena", "--on", "2006-04-10"});
  const auto check = [&](std::vector<std::string> further) {
    std::vector<std::string> words{"correct",    wrong,      "--place", "Vienna", "--occurred",
                                   "2006-04-09", "--reason", "a slip",  "--on",   "2006-04-11"};
    words.insert(words.end(), further.begin(), further.end());
    const auto done = desk.run(words);
    INFO(done.err);
    CHECK(done.code == 0);
    CHECK(says(done.err, wrong + "  MTG-1 relocated, 10 April 2006: place: Viena"));
    CHECK(says(done.err, "Viena          ->  Vienna"));
    CHECK(says(done.err, "10 April 2006  ->  9 April 2006"));
  };
  check({"--dry-run"});
  check({});
}

TEST_CASE("a correction that changes nothing is refused, typed or imported") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto position =
      desk.position({"meeting", "relocate", "MTG-1", "--place", "Vienna", "--on", "2006-04-10"});
  const auto refused = [&](const ProgramRun& run) {
    INFO(run.err);
    CHECK(run.code == 1);
    CHECK(says(run.err, "entry " + position + " of meeting:MTG-1 says that already"));
  };
  refused(desk.run({"correct", position, "--place", "Vienna", "--reason", "r"}));
  refused(desk.run({"correct", position, "--country", "", "--reason", "r"}));
  refused(desk.run({"correct", position, "--occurred", "2006-04-10", "--reason", "r"}));
  const auto line = R"({"type":"common.corrigendum","entity":"meeting:MTG-1",)"
                    R"("occurred":"2006-05-01","data":{"corrects":)" +
                    position + R"(,"right":{"place":"Vienna"},"reason":"r"}})" + "\n";
  refused(desk.run({"import", "-"}, line));
  desk.enter({"correct", position, "--place", "Geneva", "--reason", "r"});
  desk.enter({"correct", position, "--place", "Vienna", "--reason", "r"});
}

}  // namespace consulta::test
