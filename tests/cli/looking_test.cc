// What show, list and diff answer, as a clerk and a program read it.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <string>

#include "tests/cli/desk.h"

namespace consulta::test {

TEST_CASE("a number or flag that was never stated is in no answer, and a stated zero is") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto fields = desk.answer({"show", "MTG-1"}).at("fields").as_object();
  CHECK(fields.contains("title"));
  for (const char* name : {"present", "needed", "highLevel"}) {
    INFO(name);
    CHECK_FALSE(fields.contains(name));
  }
  CHECK(desk.answer({"list", "meeting"}).at("fields") == fields);
  CHECK(desk.answer({"show", "reference:currency/JPY"}).at("fields").at("decimals") == 0);
  CHECK(says(desk.enter({"show", "reference:currency/JPY"}).out, "decimals"));
  const auto country = desk.answer({"show", "reference:country/UY"}).at("fields").as_object();
  CHECK_FALSE(country.contains("decimals"));
  CHECK_FALSE(country.contains("retired"));
}

TEST_CASE("a flag that was never raised is found as one that is down") {
  const Desk desk;
  desk.meeting("MTG-1");
  CHECK(says(desk.enter({"list", "meeting", "--where", "high-level=no"}).out, "MTG-1"));
  CHECK(says(desk.enter({"list", "meeting", "--where", "high-level="}).out, "MTG-1"));
  CHECK_FALSE(says(desk.enter({"list", "meeting", "--where", "high-level=yes"}).out, "MTG-1"));
  CHECK_FALSE(says(desk.enter({"list", "meeting", "--where", "present=0"}).out, "MTG-1"));
  CHECK(says(desk.enter({"list", "meeting", "--where", "present="}).out, "MTG-1"));
}

TEST_CASE("list chooses by every field, at any depth, by names and codes as people say them") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"meeting", "relocate", "MTG-1", "--place", "Montevideo", "--country", "UY"});
  desk.enter({"party", "register", "SEGIB", "--kind", "regional-organization", "--name",
              "es:Secretaría General Iberoamericana", "--on", "2006-01-01"});
  desk.enter({"meeting", "invite", "MTG-1", "--party", "SEGIB", "--reply-by", "2006-05-15", "--on",
              "2006-04-10"});
  desk.meeting("MTG-2");
  const auto finds = [&](const char* condition) {
    INFO(condition);
    const auto out = desk.enter({"list", "meeting", "--where", condition}).out;
    CHECK_FALSE(says(out, "MTG-2"));
    return says(out, "MTG-1");
  };
  for (const char* condition :
       {"country=UY", "country=uruguay", "country~urug", "place~VIDEO", "invitations.party=SEGIB",
        "invitations.party=secretaria general iberoamericana", "invitations.party~iberoamer",
        "invitations.state=sent", "invitations.reply-by<2006-06", "invitations!="}) {
    CHECK(finds(condition));
  }
  const auto both = desk.enter({"list", "meeting", "--where", "state=scheduled"}).out;
  CHECK(says(both, "MTG-2"));
  const auto absent = desk.enter({"list", "meeting", "--where", "invitations="}).out;
  CHECK(says(absent, "MTG-2"));
  CHECK_FALSE(says(absent, "MTG-1"));
}

TEST_CASE("a condition that cannot be meant is refused even when there is nothing to list") {
  const Desk desk;
  const auto refuses = [&](const char* condition, const char* part) {
    const auto run = desk.run({"list", "meeting", "--where", condition});
    INFO(condition << ": " << run.err);
    CHECK(run.code == 2);
    CHECK(says(run.err, part));
  };
  refuses("plaec=Rome", "Did you mean place?");
  refuses("plaec=Rome", "invitations");
  refuses("invitations.stat=sent", "Did you mean state?");
  refuses("invitations.state=snet", "sent");
  refuses("kind=expert", "expert-group");
  refuses("country=Urugay", "Uruguay");
  refuses("invitations.party=NOBODY", "NOBODY");
  refuses("dates<soon", "soon");
  refuses("present=many", "a whole number");
  refuses("high-level=perhaps", "yes or no");
  refuses("summary~secret", "personal");
  refuses("invitations=1", "name one of them");
  refuses("place.city=Rome", "no parts");
  refuses("dates<", "write a value");
  CHECK(desk.run({"list", "meeting", "--where", "summary="}).code == 0);
}

TEST_CASE("the help of list names the fields of a kind and what each one takes") {
  const Desk desk;
  const auto help = desk.enter({"list", "meeting", "--help"}).out;
  CHECK(says(help, "Fields of meeting"));
  CHECK(says(help, "invitations.reply-by"));
  CHECK(says(help, "country, by code or name"));
  CHECK(says(help, "representative-named"));
  CHECK_FALSE(says(desk.enter({"list", "--help"}).out, "Fields of"));
}

TEST_CASE("diff refuses moments in the wrong order and says the right one") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto wrong = desk.run({"diff", "--from", "2006-07-01", "--to", "2006-04-01"});
  CHECK(wrong.code == 2);
  CHECK(says(wrong.err, "--from 2006-04-01 --to 2006-07-01"));
  CHECK(desk.run({"diff", "--from", "now", "--to", "2006-04-01"}).code == 2);
  CHECK(desk.run({"diff", "--from", "2006-04-01", "--to", "known:2006-03-01"}).code == 0);
  CHECK(desk.run({"diff", "--from", "2006-04-01", "--to", "2006-04-01"}).code == 0);
}

TEST_CASE("a dry run of rebuild compares everything and writes nothing") {
  const Desk desk;
  desk.meeting("MTG-1");
  CHECK(says(desk.enter({"rebuild", "--dry-run"}).out, "would change nothing"));
  CHECK(desk.answer({"rebuild", "--dry-run"}).at("compared").to_number<int>() > 500);
}

TEST_CASE("states in what is refused are words of the reader's language") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"meeting", "confirm", "MTG-1", "--dates", "2006-06-26", "--place", "Vienna",
              "--country", "AT", "--on", "2006-05-10"});
  const auto refused =
      desk.run({"--lang", "fr", "meeting", "confirm", "MTG-1", "--on", "2006-05-11"});
  CHECK(refused.code == 1);
  CHECK_FALSE(says(refused.err, "confirmed"));
  CHECK(says(desk.run({"show", std::string(300, 'x')}).err, "200"));
  const auto opened = desk.run({"meeting", "schedule", std::string(300, 'x'), "--kind",
                                "expert-group", "--title", "en:Long", "--on", "2006-04-03"});
  CHECK(opened.code == 2);
  CHECK(says(opened.err, "200"));
}

TEST_CASE("funds in two currencies are told in that of totals with the rate, or what is missing") {
  const Desk desk;
  desk.enter({"party", "register", "ES", "--kind", "state", "--name", "en:Spain", "--country", "ES",
              "--on", "2006-01-01"});
  desk.enter({"programme", "identify", "PROG-1", "--title", "en:P", "--on", "2006-01-01"});
  desk.enter({"funding", "require", "REQ-1", "--amount", "100000 EUR", "--purposes", "PROG-1",
              "--on", "2006-01-02"});
  desk.enter({"funding", "announce", "PL-1", "--party", "ES", "--amount", "1000 USD",
              "--requirement", "REQ-1", "--on", "2006-01-03"});
  desk.enter({"document", "found", "DOC-1", "--title", "en:A", "--kind", "agreement", "--state",
              "issued", "--on", "2006-01-03"});
  desk.enter({"funding", "confirm", "PL-1", "--amount", "1000 USD", "--agreement", "DOC-1", "--on",
              "2006-01-04"});
  const auto nameless = desk.wide({"status"});
  CHECK(says(nameless, "names no currency of totals"));
  const auto at = nameless.find("consulta correct ") + std::string("consulta correct ").size();
  desk.enter({"correct", nameless.substr(at, nameless.find(' ', at) - at), "--currency", "EUR",
              "--reason", "It had been left out"});
  CHECK(says(desk.wide({"status"}), "rate quote --base USD --quote EUR"));
  desk.enter({"rate", "quote", "R-1", "--base", "USD", "--quote", "EUR", "--rate", "0.8",
              "--quoted-by", "Central bank", "--on", "2006-04-01"});
  const auto told = desk.wide({"status", "PROG-1"});
  CHECK(says(told, "1,000.00 USD = 800.00 EUR"));
  CHECK(says(told, "gap: 99,200.00 EUR"));
  CHECK(says(told, "1 USD = 0.8 EUR (R-1, 1 April 2006, Central bank)"));
  CHECK(says(desk.wide({"status", "PROG-1", "--as-of", "2006-03-31"}), "gap: unknown"));
}

TEST_CASE("more than was promised is received with a word about it") {
  const Desk desk;
  desk.enter({"funding", "found", "PL-1", "--state", "confirmed", "--party", "UY", "--amount",
              "60000 EUR", "--on", "2006-01-03"});
  const auto within =
      desk.enter({"funding", "receive", "PL-1", "--amount", "60000 EUR", "--on", "2006-02-01"});
  CHECK_FALSE(says(within.err, "more than"));
  desk.enter({"undo", "--yes"});
  const auto beyond =
      desk.enter({"funding", "receive", "PL-1", "--amount", "119999 EUR", "--on", "2006-02-01"});
  CHECK(says(beyond.err, "119,999.00 EUR, more than the 60,000.00 EUR"));
}

TEST_CASE("the catalogue is in the reader's language but for what is typed") {
  const auto english = runProgram({"catalogue"});
  const auto french = runProgram({"catalogue", "--lang", "fr"});
  REQUIRE(french.code == 0);
  CHECK(says(english.out, "Record the signature of one party"));
  CHECK_FALSE(says(french.out, "Record the signature of one party"));
  CHECK(says(french.out, "### mou sign"));
  CHECK(runProgram({"catalogue", "--json", "--lang", "fr"}).out ==
        runProgram({"catalogue", "--json"}).out);
}

TEST_CASE("rebuild takes the name of what it makes anew") {
  const Desk desk;
  CHECK(says(desk.enter({"rebuild", "rows"}).out, "rebuilt"));
  const auto other = desk.run({"rebuild", "row"});
  CHECK(other.code == 2);
  CHECK(says(other.err, "rows"));
}

}  // namespace consulta::test
