// Templates of letters.
#include "projections/documents/letter_template.h"

#include <doctest/doctest.h>

#include <string>

#include "events/message.h"

using namespace consulta;  // NOLINT

namespace {

std::string refusalOf(const std::string& text) {
  const auto read = readLetterTemplate(text, "own.txt");
  REQUIRE_FALSE(read.ok());
  std::string out;
  for (const auto& one : read.failures()) out += inEnglish(one.text) + "\n";
  return out;
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("places are filled in, and a line for which there is nothing is left out") {
  const auto letter = readLetterTemplate(
      "Version: 2\r\nSubject: On {title}\r\n\r\nTo {party}\r\nby {reply-by}\r\n\r\nEnd {title}!",
      "own.txt");
  REQUIRE(letter.ok());
  CHECK(letter->version == "2");
  const auto filled = fillLetter(*letter, {{"title", "energy"}, {"party", "Uruguay"}});
  CHECK(filled.subject == "On energy");
  CHECK(filled.body == "To Uruguay\n\nEnd energy!\n");
}

TEST_CASE("a value is not read as a template again") {
  const auto letter = readLetterTemplate("Version: 1\nSubject: S\n\n{title}\n", "own.txt");
  REQUIRE(letter.ok());
  CHECK(fillLetter(*letter, {{"title", "{party}"}, {"party", "UY"}}).body == "{party}\n");
}

TEST_CASE("a template with a fault is refused by its line with what to do") {
  CHECK(says(refusalOf("Subject: S\n\nText\n"), "Version: 1"));
  CHECK(says(refusalOf("Version: 1\n\nText\n"), "no subject"));
  CHECK(says(refusalOf("Version: 1\nDear\n"), "own.txt, line 2"));
  CHECK(says(refusalOf("Version: 1\nSubject: S\n\nOn {tilte}\n"), "line 4"));
  CHECK(says(refusalOf("Version: 1\nSubject: S\n\nOn {tilte}\n"), "Did you mean title?"));
  CHECK(says(refusalOf("Version: 1\nSubject: S\n\nOn {title\n"), "does not close it"));
  CHECK(says(refusalOf("Version: 1\nSubject: S\n\n\xff\n"), "UTF-8"));
  CHECK(says(refusalOf(""), "Version: 1"));
}
