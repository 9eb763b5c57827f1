// What is missing is asked for on a terminal: the real program before a pseudo terminal.
#include <doctest/doctest.h>

#include <fstream>

#include "tests/cli/desk.h"
#include "tests/cli/on_terminal.h"

namespace consulta::test {

TEST_CASE("missing fields are asked for, explained and asked again, shown and confirmed") {
  const Desk desk;
  OnTerminal clerk({"--data", desk.data(), "meeting", "schedule", "--dates", "juin-juillet 2006"});
  INFO(clerk.shown());
  REQUIRE(clerk.sees("is read as 2006-06/2006-07"));
  REQUIRE(clerk.sees("(today; --on says another day)"));
  REQUIRE(clerk.answers("id [MTG-", "MTG-1"));
  REQUIRE(clerk.answers("title: ", ""));
  REQUIRE(clerk.sees("this is needed"));
  REQUIRE(clerk.answers("title: ", "fr:Réunion d’experts"));
  REQUIRE(clerk.answers("title in another language, or nothing more: ", "fr:Encore"));
  REQUIRE(clerk.sees("two texts in the language fr"));
  REQUIRE(clerk.answers("title in another language, or nothing more: ", "Expert meeting"));
  REQUIRE(clerk.answers("title in another language, or nothing more: ", ""));
  REQUIRE(clerk.sees("ministerial"));  // the choices
  REQUIRE(clerk.answers("kind: ", "expret-group"));
  REQUIRE(clerk.sees("Did you mean expert-group?"));
  REQUIRE(clerk.answers("kind: ", "expert"));  // the only one that begins so
  REQUIRE(clerk.sees("meeting schedule meeting:MTG-1"));
  REQUIRE(clerk.sees("Expert meeting"));
  REQUIRE(clerk.answers("enter this? [y/n]: ", "perhaps"));
  REQUIRE(clerk.answers("enter this? [y/n]: ", "y"));
  CHECK(clerk.end() == 0);
  CHECK(says(clerk.shown(), "entered: meeting:MTG-1"));
  const auto shown = desk.answer({"show", "MTG-1"}).at("fields");
  CHECK(shown.at("title").at("fr") == "Réunion d’experts");
  CHECK(shown.at("title").at("en") == "Expert meeting");
}

TEST_CASE("an id that is not given is proposed, and a taken one is asked for again") {
  const Desk desk;
  desk.meeting("MTG-2006-001");
  const std::vector<std::string> words{"--data", desk.data(), "meeting", "schedule",
                                       "--kind", "technical", "--title", "en:M",
                                       "--on",   "2006-04-03"};
  OnTerminal clerk(words);
  INFO(clerk.shown());
  REQUIRE(clerk.answers("id [MTG-2006-002]: ", "mtg-2006-001"));
  REQUIRE(clerk.sees("exists already"));
  REQUIRE(clerk.answers("id [MTG-2006-002]: ", ""));
  REQUIRE(clerk.answers("[y/n]: ", "yes"));
  CHECK(clerk.end() == 0);
  CHECK(desk.run({"show", "MTG-2006-002"}).code == 0);
}

TEST_CASE("entities and codes are looked up when they are asked for") {
  const Desk desk;
  desk.enter({"party", "register", "ACME", "--kind", "company", "--name", "en:Acme", "--on",
              "2006-01-01"});
  desk.enter({"office", "establish", "LAC-BUREAU", "--kind", "field-office", "--name", "en:Bureau",
              "--on", "2006-01-01"});
  OnTerminal clerk({"--data", desk.data(), "liaison", "log", "LIA-1", "--on", "2006-05-01"});
  INFO(clerk.shown());
  REQUIRE(clerk.answers("office: ", "?"));
  REQUIRE(clerk.sees("Bureau"));
  REQUIRE(clerk.answers("office: ", "LAC-BUREUA"));
  REQUIRE(clerk.sees("Did you mean LAC-BUREAU?"));
  REQUIRE(clerk.answers("office: ", "LAC-BUREAU"));
  REQUIRE(clerk.answers("party: ", "LAC-BUREAU"));
  REQUIRE(clerk.sees("is not a party"));
  REQUIRE(clerk.answers("party: ", "ACME"));
  REQUIRE(clerk.answers("channel: ", "?"));
  REQUIRE(clerk.answers("channel: ", ""));
  REQUIRE(clerk.sees("this is needed"));
  REQUIRE(clerk.sees("channel: "));
  clerk.endsInput();
  CHECK(clerk.end() == 1);
  CHECK(says(clerk.shown(), "nothing was entered"));
  CHECK(desk.run({"show", "LIA-1"}).code == 1);
}

TEST_CASE("the end of the input and a no enter nothing, wherever they come") {
  const Desk desk;
  desk.meeting("MTG-1");
  SUBCASE("at the id") {
    OnTerminal clerk({"--data", desk.data(), "meeting", "relocate"});
    REQUIRE(clerk.sees("which meeting: "));
    clerk.endsInput();
    CHECK(clerk.end() == 1);
    CHECK(says(clerk.shown(), "nothing was entered"));
  }
  SUBCASE("at a field") {
    OnTerminal clerk({"--data", desk.data(), "meeting", "relocate"});
    REQUIRE(clerk.answers("which meeting: ", "MTG-2"));
    REQUIRE(clerk.sees("Did you mean MTG-1?"));
    REQUIRE(clerk.answers("which meeting: ", "MTG-1"));
    REQUIRE(clerk.sees("place: "));
    clerk.endsInput();
    CHECK(clerk.end() == 1);
    CHECK(says(clerk.shown(), "nothing was entered"));
  }
  SUBCASE("at the confirmation") {
    OnTerminal clerk({"--data", desk.data(), "meeting", "relocate", "MTG-1"});
    REQUIRE(clerk.answers("place: ", "Vienna"));
    REQUIRE(clerk.answers("[y/n]: ", "n"));
    CHECK(clerk.end() == 1);
    CHECK(says(clerk.shown(), "nothing was entered"));
  }
  CHECK_FALSE(says(desk.enter({"show", "MTG-1"}).out, "Vienna"));
}

TEST_CASE("nothing is asked without a terminal, with --json or when a given value is wrong") {
  const Desk desk;
  desk.meeting("MTG-1");
  CHECK(desk.run({"meeting", "relocate", "MTG-1"}).code == 2);
  OnTerminal json({"--data", desk.data(), "--json", "meeting", "relocate", "MTG-1"});
  CHECK(json.end() == 2);
  OnTerminal wrong({"--data", desk.data(), "meeting", "relocate", "MTG-1", "--country", "XX"});
  CHECK(wrong.end() == 1);
  CHECK(says(wrong.shown(), "--country: "));
  CHECK_FALSE(says(wrong.shown(), "place: "));
}

TEST_CASE("while a question waits the register is free for others") {
  const Desk desk;
  desk.meeting("MTG-1");
  OnTerminal clerk({"--data", desk.data(), "meeting", "relocate", "MTG-1", "--on", "2006-05-01"});
  REQUIRE(clerk.sees("place: "));
  desk.meeting("MTG-2");
  clerk.types("Vienna");
  REQUIRE(clerk.answers("[y/n]: ", "y"));
  CHECK(clerk.end() == 0);
}

TEST_CASE("the wrong entry of an entity is chosen from a list, then its fields and right values") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"meeting", "relocate", "MTG-1", "--place", "Viena", "--country", "AT", "--on",
              "2006-04-10"});
  OnTerminal clerk({"--data", desk.data(), "correct", "MTG-1", "--on", "2006-04-12"});
  INFO(clerk.shown());
  REQUIRE(clerk.sees("Viena"));
  REQUIRE(clerk.answers("which entry is wrong: ", "7"));
  REQUIRE(clerk.sees("from 1 to 2"));
  REQUIRE(clerk.answers("which entry is wrong: ", "2"));
  REQUIRE(clerk.sees("2  place"));
  REQUIRE(clerk.answers("which of them is wrong: ", "2"));
  REQUIRE(clerk.answers("place: ", "Vienna"));
  REQUIRE(clerk.answers("another one, or 0 for no more: ", "3"));
  REQUIRE(clerk.answers("country: ", "AA"));
  REQUIRE(clerk.answers("country: ", "-"));
  REQUIRE(clerk.answers("another one, or 0 for no more: ", "1"));
  REQUIRE(clerk.answers("occurred: ", "9 avril 2006"));
  REQUIRE(clerk.answers("another one, or 0 for no more: ", "0"));
  REQUIRE(clerk.answers("reason", "a slip"));
  REQUIRE(clerk.answers("enter this? [y/n]: ", "y"));
  CHECK(clerk.end() == 0);
  const auto fields = desk.answer({"show", "MTG-1"}).at("fields").as_object();
  CHECK(fields.at("place") == "Vienna");
  CHECK_FALSE(fields.contains("country"));
  CHECK(says(desk.enter({"history", "MTG-1"}).out, "9 April 2006"));
}

TEST_CASE("what a refusal says in passing is not asked for") {
  const Desk desk;
  OnTerminal clerk({"--data", desk.data(), "meeting", "schedule", "MTG-9", "--kind", "technical",
                    "--title", "en:X", "--on", "2190-01-01"});
  CHECK(clerk.end() == 1);
  CHECK(says(clerk.shown(), "has not come yet"));
  CHECK_FALSE(says(clerk.shown(), "dates: "));
}

TEST_CASE("all fields that rules want are asked for at once, with the reasons, each of them once") {
  const Desk desk;
  desk.enter({"meeting", "schedule", "MTG-1", "--kind", "technical", "--title", "en:X", "--on",
              "2006-01-02"});
  OnTerminal clerk({"--data", desk.data(), "meeting", "confirm", "MTG-1", "--on", "2006-01-03"});
  INFO(clerk.shown());
  REQUIRE(clerk.sees("only with its exact days"));
  REQUIRE(clerk.sees("only with a place"));
  REQUIRE(clerk.answers("dates: ", "2006-06-26/2006-06-28"));
  REQUIRE(clerk.answers("place: ", "Vienna"));
  REQUIRE(clerk.answers("[y/n]: ", "y"));
  CHECK(clerk.end() == 0);
  CHECK(count(clerk.shown(), "dates: ") == 1);
  CHECK(count(clerk.shown(), "place: ") == 1);
}

}  // namespace consulta::test
