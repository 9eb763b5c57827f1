// Whatever a clerk gets wrong: one clear message, the right exit code, and nothing entered.
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "events/values/utf8.h"
#include "tests/cli/desk.h"
#include "tests/cli/opened_register.h"
#include "tests/support/replay.h"

namespace consulta::test {

namespace {

using Words = std::vector<std::string>;

constexpr int refused = 1;
constexpr int wrongUsage = 2;
constexpr int conflicting = 3;

struct Wrong {
  Words words;
  int code;
  const char* said;  // a part of the message
};

std::string joined(const Words& words) {
  std::string line;
  for (const auto& word : words) line += word.substr(0, 80) + " ";
  return forTerminal(line);
}

/// Nothing that a terminal would obey, and nothing that is not text.
void checkHarmless(const ProgramRun& run) {
  CHECK(forTerminal(run.out) == run.out);
  CHECK(forTerminal(run.err) == run.err);
}

void checkWrong(const Desk& desk, const Wrong& wrong) {
  INFO(joined(wrong.words));
  const auto run = desk.run(wrong.words);
  INFO(run.err);
  CHECK(run.code == wrong.code);
  CHECK(run.out.empty());
  CHECK(says(run.err, wrong.said));
  CHECK(std::ranges::count(run.err, '\n') == 1);
  checkHarmless(run);
  auto words = wrong.words;
  words.insert(words.begin(), {"--json", "--quiet"});
  const auto inJson = desk.run(words);
  CHECK(inJson.code == wrong.code);
  CHECK(inJson.err.empty());
  checkHarmless(inJson);
  const auto errors = boost::json::parse(inJson.out).at("error").as_array();
  CHECK(errors.size() == 1);
  CHECK_FALSE(errors.at(0).at("rule").get_string().empty());
}

/// All of them, on one register that must be the same afterwards.
void checkAll(const Desk& desk, const std::vector<Wrong>& all) {
  const auto before = entriesIn(desk.data());
  for (const auto& wrong : all) checkWrong(desk, wrong);
  OpenedRegister after(desk.data());
  CHECK(after->last().value == before);
  checkAgainstReplay(*after);
}

/// "meeting relocate" of a meeting that is there, with some more words.
Words relocate(const Words& more) {
  Words words{"meeting", "relocate", "MTG-1", "--on", "2006-05-01"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Words pledge(const std::string& amount) {
  return {"funding", "announce",   "P-1",      "--party", "ACME",
          "--on",    "2006-05-01", "--amount", amount};
}

}  // namespace

TEST_CASE("unknown verbs, fields, ids and codes are named, with the nearest real ones") {
  const Desk desk;
  desk.meeting("MTG-1");
  checkAll(desk, {
                     {{"meting", "schedule"}, wrongUsage, "Did you mean \"meeting\"?"},
                     {{"meeting", "shedule", "X"}, wrongUsage, "Did you mean \"schedule\"?"},
                     {{"xyzzy"}, wrongUsage, "there is no command \"xyzzy\""},
                     {relocate({"--plaec", "Vienna"}), wrongUsage, "Did you mean --place?"},
                     {relocate({"--xyzzy", "Vienna"}), wrongUsage, "no option \"--xyzzy\""},
                     {{"meeting", "cancel", "MTG-2", "--reason", "x", "--on", "2006-05-01"},
                      refused,
                      "Did you mean MTG-1?"},
                     {{"show", "MTG-2"}, refused, "Did you mean MTG-1?"},
                     {relocate({"--place", "Wien", "--country", "XX"}), refused,
                      "consulta list reference"},
                     {relocate({"--place", "Wien", "--country", "Atlantis"}), refused,
                      "there is no country \"Atlantis\""},
                     {{"rate", "quote", "R-1", "--base", "EUR", "--quote", "USB", "--rate", "1.5",
                       "--on", "2006-05-01"},
                      refused,
                      "there is no currency \"USB\""},
                     {{"meeting", "schedule", "MTG-3", "--title", "en:x", "--kind", "minsterial",
                       "--on", "2006-05-01"},
                      wrongUsage,
                      "ministerial"},
                     {{"correct", "99999", "--place", "Rome", "--reason", "x"}, refused, "99999"},
                     {{"--lang", "de", "status"}, wrongUsage, "--lang is en, fr or es"},
                 });
}

TEST_CASE("dates that are none, or come in the wrong order, are refused and enter nothing") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto on = [](const char* date) {
    return Words{"meeting", "relocate", "MTG-1", "--place", "Vienna", "--on", date};
  };
  const auto planned = [](const char* dates) {
    return Words{"meeting", "confirm", "MTG-1", "--place",   "Vienna",
                 "--dates", dates,     "--on",  "2006-05-01"};
  };
  checkAll(desk, {
                     {on("2006-02-30"), wrongUsage, "2006-02-30"},
                     {on("2006-13"), wrongUsage, "2006-13"},
                     {on("30 February 2006"), wrongUsage, "2006-02 has 28 days"},
                     {on("06/04/2006"), wrongUsage, "2006-04-06"},
                     {on("before June"), wrongUsage, "before June"},
                     {on("2099-01-01"), refused, "has not come yet"},
                     {on("2006-04-01"), refused, "had not been opened yet"},
                     {on("2006-06/2006-05"), wrongUsage, "2006-06/2006-05"},
                     {on(""), wrongUsage, "--on"},
                     {planned("2006-06-28/2006-06-26"), wrongUsage, "--dates"},
                     {{"show", "MTG-1", "--as-of", "2006-02-30"}, wrongUsage, "2006-02-30"},
                 });
}

TEST_CASE("amounts, texts and bytes that cannot be kept are refused and enter nothing") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"party", "register", "ACME", "--kind", "company", "--name", "en:Acme", "--on",
              "2006-01-01"});
  const std::string overlong(20'000, 'x');
  checkAll(desk,
           {
               {pledge("12.345 EUR"), wrongUsage, "more decimals than the 2 of EUR"},
               {pledge("1000.5 JPY"), wrongUsage, "JPY"},
               {pledge("12.34 XXQ"), wrongUsage, "XXQ"},
               {pledge("12.34"), wrongUsage, "currency"},
               {pledge("99999999999999999999 EUR"), wrongUsage, "EUR"},
               {relocate({"--place", overlong}), wrongUsage, "at most 16000 are kept"},
               {relocate({"--place", "Vienna", "--note", overlong}), wrongUsage, "20000 bytes"},
               {{"meeting", "cancel", std::string(300, 'M'), "--reason", "x", "--on", "2006-05-01"},
                wrongUsage,
                "longer than 200 bytes"},
               {relocate({"--place", "Vi\xFF\xFE"}), wrongUsage, "not UTF-8 at byte 3"},
               {relocate({"--place", "Vi\xC0\xAF"}), wrongUsage, "not UTF-8 at byte 3"},
               {relocate({"--place", "Vi\x1B[31mred"}), wrongUsage, "hidden character U+001B"},
               {relocate({"--place", "Vi\x07"}), wrongUsage, "hidden character U+0007"},
               {relocate({"--place", "Vi\x7F"}), wrongUsage, "hidden character U+007F"},
               {relocate({"--place", "Vi\xC2\x9B..."}), wrongUsage, "hidden character U+009B"},
               {relocate({"--place", "Vi\xE2\x80\xAE..."}), wrongUsage, "hidden character U+202E"},
           });
}

TEST_CASE("words that a terminal would obey are shown harmless wherever they are quoted") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto before = entriesIn(desk.data());
  const std::string evil = "\x1B[2J\x07\xFF\xE2\x80\xAE";
  const std::vector<Words> all{
      {evil},
      {"meeting", evil},
      {"meeting", "schedule", evil},
      {"meeting", "schedule", "MTG-2", "--" + evil, "x"},
      {"meeting", "schedule", "MTG-2", "--kind", evil},
      {"meeting", "relocate", "MTG-1", "--country", evil},
      {"meeting", "relocate", "MTG-1", "--place", "x", "--on", evil},
      {"show", evil},
      {"show", "MTG-1", "--as-of", evil},
      {"why", "MTG-1", evil},
      {"history", evil},
      {"next", evil},
      {"status", evil},
      {"list", evil},
      {"list", "meeting", "--where", evil + "=" + evil},
      {"list", "meeting", "--sort", evil},
      {"log", "--filter", evil},
      {"diff", "--from", evil},
      {"correct", evil, "--reason", evil},
      {"refile", evil, "--to", evil, "--reason", evil},
      {"import", evil},
      {"--lang", evil},
      {"--submission", evil, "meeting", "cancel", "MTG-1", "--reason", "x"},
      {"--expect", evil, "meeting", "cancel", "MTG-1", "--reason", "x"}};
  for (const Words& words : all) {
    INFO(joined(words));
    const auto run = desk.run(words);
    CHECK(run.code != 0);
    CHECK(run.code <= 5);
    CHECK_FALSE(run.err.empty());
    checkHarmless(run);
    auto inJson = words;
    inJson.insert(inJson.begin(), "--json");
    checkHarmless(desk.run(inJson));
  }
  CHECK(entriesIn(desk.data()) == before);
}

TEST_CASE("what a terminal would obey is refused from an import too, and shown harmless") {
  const Desk desk;
  const auto before = entriesIn(desk.data());
  for (const char* line :
       {R"({"type":"meeting.scheduled","entity":"MTG-\u001b[2J","occurred":"2006","data":{}})",
        R"({"type":"meeting.\u001b[2J","entity":"MTG-2","occurred":"2006","data":{}})",
        R"({"ty\u001b[2Jpe":"meeting.scheduled","entity":"MTG-2","occurred":"2006","data":{}})",
        R"({"type":"meeting.scheduled","entity":"MTG-2","occurred":"\u001b[2J","data":{}})",
        R"({"type":"meeting.scheduled","entity":"MTG-2","occurred":"2006","data":{"k\u001b":"x"}})",
        R"({"type":"meeting.scheduled","entity":"MTG-2","occurred":"2006","note":"\u009b31m"})",
        "{\"type\":\"\x1B[2J", "\xFF\xFE{}"}) {
    const auto run = desk.run({"import", "-"}, std::string(line) + "\n");
    INFO(run.err);
    CHECK(run.code == wrongUsage);
    checkHarmless(run);
  }
  CHECK(entriesIn(desk.data()) == before);
}

TEST_CASE("whoever comes second or too late is told so, and nothing is entered") {
  const Desk desk;
  desk.agreedMemorandum("MOU-1", "OURS", "ACME");
  const Words sign{
      "mou",  "sign",      "MOU-1", "--party", "OURS", "--signatory", "The Director General",
      "--on", "2006-04-06"};
  auto first = sign;
  first.insert(first.begin(), {"--submission", "6b1f6f1e-5a3c-4c58-9d5e-0c9f8f1d2a3b"});
  desk.enter(first);
  auto other = first;
  other.back() = "2006-04-07";
  const auto theirs = [](const char* option, const char* value) {
    return Words{option, value, "mou", "sign", "MOU-1", "--party", "ACME", "--on", "2006-04-07"};
  };
  checkAll(desk, {
                     {sign, refused, "party:OURS"},
                     {other, conflicting, "was entered before with other content"},
                     {theirs("--expect", "2"), conflicting, "revision"},
                     {theirs("--expect", "none"), conflicting, "MOU-1"},
                     {theirs("--expect", "0"), wrongUsage, "any, none or a revision from 1"},
                     {theirs("--submission", "6b1f"), wrongUsage, "is not a UUID"},
                 });
  CHECK(says(desk.enter(first).out, "entered before"));
}

}  // namespace consulta::test
