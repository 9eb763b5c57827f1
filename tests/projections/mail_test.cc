// Letters as internet messages.
#include "projections/documents/mail.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace consulta;  // NOLINT

namespace {

Mail letter() {
  Mail out;
  out.from = {"Conferences", "conferences@example.org"};
  out.to = {MailParty{"Ana Pérez", "ana@example.org"}};
  out.subject = "Invitation";
  out.body = "Come.\n";
  out.language = "en";
  out.id = "1@example.org";
  out.dateNs = 1'164'810'600'000'000'000;  // 29 November 2006, 14:30 UTC
  return out;
}

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> out;
  std::size_t begin = 0;
  for (auto end = text.find("\r\n"); end != text.npos; end = text.find("\r\n", begin)) {
    out.push_back(text.substr(begin, end - begin));
    begin = end + 2;
  }
  CHECK(begin == text.size());
  return out;
}

std::string fieldOf(const std::string& text, const std::string& name) {
  const auto begin = text.find("\r\n" + name + ": ");
  REQUIRE(begin != text.npos);
  auto end = text.find("\r\n", begin + 2);
  while (text.compare(end, 3, "\r\n ") == 0) end = text.find("\r\n", end + 2);
  return text.substr(begin + name.size() + 4, end - begin - name.size() - 4);
}

}  // namespace

TEST_CASE("the head has what a message needs, each on lines that nothing has to break") {
  auto mail = letter();
  mail.subject = std::string(40, 'a') + " " + std::string(60, 'b') + " c";
  mail.fields = {{"Consulta-Template", "invitation.en; version=1; sha256=" + std::string(64, 'f')}};
  const auto text = mailText(mail);
  CHECK(text.starts_with("From: \"Conferences\" <conferences@example.org>\r\n"));
  CHECK(fieldOf(text, "Date") == "Wed, 29 Nov 2006 14:30:00 +0000");
  CHECK(fieldOf(text, "Message-ID") == "<1@example.org>");
  CHECK(fieldOf(text, "MIME-Version") == "1.0");
  CHECK(fieldOf(text, "Content-Type") == "text/plain; charset=utf-8");
  CHECK(fieldOf(text, "Content-Language") == "en");
  CHECK(fieldOf(text, "To") == "=?UTF-8?Q?Ana_P=C3=A9rez?= <ana@example.org>");
  for (const auto& line : linesOf(text)) CHECK(line.size() <= 78);
}

TEST_CASE("a long subject is cut between characters into words that are not too long") {
  auto mail = letter();
  mail.subject.clear();
  for (int i = 0; i < 60; ++i) mail.subject += "ñ€";
  const auto subject = fieldOf(mailText(mail), "Subject");
  std::string decoded;
  std::size_t begin = 0;
  while (begin < subject.size()) {
    const auto end = std::min(subject.find("\r\n ", begin), subject.size());
    const auto word = subject.substr(begin, end - begin);
    CHECK(word.size() <= 75);
    CHECK(word.starts_with("=?UTF-8?Q?"));
    CHECK(word.ends_with("?="));
    std::string part;
    for (std::size_t i = 10; i + 2 < word.size(); i += 3) {
      part += static_cast<char>(std::stoi(word.substr(i + 1, 2), nullptr, 16));
    }
    CHECK((part.front() & 0xC0) == 0xC0);  // it does not begin within a character
    decoded += part;
    begin = end + 3;
  }
  CHECK(decoded == mail.subject);
}

TEST_CASE("no value adds a line to the head") {
  auto mail = letter();
  mail.subject = "Hello\r\nBcc: all@example.org";
  mail.from.name = "Us\r\nBcc: all@example.org";
  mail.to = {MailParty{"A\nB \"C\" \\D", "a@example.org\r\nBcc: b@example.org"}};
  mail.fields = {{"Consulta-Party", "party:UY\nBcc: c@example.org"}};
  for (const auto& line : linesOf(mailText(mail))) CHECK_FALSE(line.starts_with("Bcc:"));
}

TEST_CASE("without an address a group without members stands there") {
  auto mail = letter();
  mail.to = {MailParty{"Uruguay", ""}, MailParty{"Perú", "not an address"}};
  CHECK(fieldOf(mailText(mail), "To") == "\"Uruguay\" :;, =?UTF-8?Q?Per=C3=BA?= :;");
  CHECK(isPlainAddress("a.b+c@mail.example.org"));
  for (const char* wrong : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b..c", ".a@b", "é@b", "a@é",
                            "a@[127.0.0.1]", "a@b\n"}) {
    INFO(wrong);
    CHECK_FALSE(isPlainAddress(wrong));
  }
}

TEST_CASE("a body is quoted so that it arrives as it was written") {
  auto mail = letter();
  mail.body = "From here: a=b, señor \n.\n\n" + std::string(200, 'x') + "\n";
  const auto text = mailText(mail);
  const auto body = text.substr(text.find("\r\n\r\n") + 4);
  CHECK(body.starts_with("=46rom here: a=3Db, se=C3=B1or=20\r\n=2E\r\n\r\nxxx"));
  for (const auto& line : linesOf(body)) CHECK(line.size() <= 76);
}
