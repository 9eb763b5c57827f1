#include "projections/documents/mail.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "events/values/calendar.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t line_max = 76;          // without its end
constexpr std::size_t encoded_word_max = 75;  // RFC 2047, 2
constexpr std::string_view word_begins = "=?UTF-8?Q?";
constexpr std::string_view word_ends = "?=";

std::string hex(char c) {
  return fmt::format("={:02X}", static_cast<unsigned char>(c));
}

bool isLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
}

// --- the head ---

/// On one line: what would end it, or the head, becomes a blank.
std::string onOneLine(std::string_view text) {
  std::string out(text);
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return std::string(trimmed(out));
}

bool isAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// RFC 2047, 4.2 and 5: what may stand for itself even in a name.
std::string inEncodedWord(char c) {
  if (c == ' ') return "_";
  return isLetterOrDigit(c) ? std::string(1, c) : hex(c);
}

/// Encoded words, none longer than it may be, none of them ending within a character.
std::vector<std::string> encodedWords(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  while (!text.empty()) {
    auto rest = text;
    const bool sound = takeCodePoint(rest).has_value();
    const auto size = sound ? text.size() - rest.size() : 1;
    std::string letter;
    for (const char c : text.substr(0, size)) letter += inEncodedWord(c);
    text.remove_prefix(size);
    if (word_begins.size() + word.size() + letter.size() + word_ends.size() > encoded_word_max) {
      out.push_back(fmt::format("{}{}{}", word_begins, word, word_ends));
      word.clear();
    }
    word += letter;
  }
  if (!word.empty()) out.push_back(fmt::format("{}{}{}", word_begins, word, word_ends));
  return out;
}

std::vector<std::string> wordsOf(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto blank = std::min(text.find(' '), text.size());
    if (blank != 0) out.emplace_back(text.substr(0, blank));
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return out;
}

/// A field of the head, folded between words where it is too long.
void addField(std::string& out, std::string_view name, const std::vector<std::string>& words) {
  std::string line = fmt::format("{}:", name);
  for (const auto& word : words) {
    if (line.size() + 1 + word.size() > line_max && line.back() != ':') {
      out += line;
      out += line_end;
      line.clear();
    }
    line += ' ' + word;
  }
  out += line;
  out += line_end;
}

/// A text that is read only: a subject. What looks like an encoded word already is encoded too.
std::vector<std::string> unstructured(std::string_view text) {
  const auto clean = onOneLine(text);
  const auto plain = isAscii(clean) && clean.find("=?") == clean.npos;
  const auto words = wordsOf(clean);
  const bool fits =
      std::ranges::all_of(words, [](const auto& one) { return one.size() < line_max; });
  return plain && fits ? words : encodedWords(clean);
}

/// A name before an address.
std::vector<std::string> phrase(std::string_view text) {
  const auto clean = onOneLine(text);
  if (!isAscii(clean) || clean.find("=?") != clean.npos || clean.size() > line_max / 2) {
    return encodedWords(clean);
  }
  std::string quoted = "\"";
  for (const char c : clean) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return {quoted + '"'};
}

std::vector<std::string> mailbox(const MailParty& party) {
  auto out = phrase(party.name.empty() ? party.address : party.name);
  if (isPlainAddress(party.address)) {
    out.push_back("<" + party.address + ">");
  } else {
    out.emplace_back(":;");  // apart: an encoded word ends at white space (RFC 2047, 5)
  }
  return out;
}

std::string dateText(std::int64_t ns) {
  static constexpr std::array days = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = dayAt(ns);
  const auto seconds = (ns - dayStartNs(day)) / nsPerSecond;
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000",
                     days.at(static_cast<std::size_t>(weekday(day) - 1)), day.day,
                     months.at(static_cast<std::size_t>(day.month - 1)), day.year, seconds / 3600,
                     seconds / 60 % 60, seconds % 60);
}

// --- the body ---

/// RFC 2045, 6.7: a blank at the end of a line would be lost on the way, so it is encoded.
std::string quotedLine(std::string_view line) {
  std::string out;
  std::size_t used = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool last = i + 1 == line.size();
    const bool blank = (c == ' ' || c == '\t') && !last;
    const bool plain = c > ' ' && c <= '~' && c != '=';
    // "From " at its beginning is changed by some on the way, and a lone dot ends a message.
    const bool unsafe = i == 0 && (c == '.' || c == 'F');
    const auto piece = (plain || blank) && !unsafe ? std::string(1, c) : hex(c);
    if (used + piece.size() > line_max - 1) {
      out += '=';
      out += line_end;
      used = 0;
    }
    out += piece;
    used += piece.size();
  }
  return out;
}

}  // namespace

bool isPlainAddress(std::string_view text) {
  const auto at = text.find('@');
  if (at == text.npos || at == 0 || at + 1 == text.size() || text.size() > 254) return false;
  const auto dotted = [](std::string_view part, std::string_view others) {
    return part.front() != '.' && part.back() != '.' && part.find("..") == part.npos &&
           std::ranges::all_of(part, [&](char c) {
             return isLetterOrDigit(c) || c == '.' || others.find(c) != others.npos;
           });
  };
  return dotted(text.substr(0, at), "!#$%&'*+-/=?^_`{|}~") && dotted(text.substr(at + 1), "-");
}

std::string mailText(const Mail& mail) {
  std::string out;
  addField(out, "From", mailbox(mail.from));
  std::vector<std::string> to;
  for (const auto& one : mail.to) {
    if (!to.empty()) to.back() += ',';
    std::ranges::move(mailbox(one), std::back_inserter(to));
  }
  if (!to.empty()) addField(out, "To", to);
  addField(out, "Subject", unstructured(mail.subject));
  addField(out, "Date", {dateText(mail.dateNs)});
  addField(out, "Message-ID", {"<" + mail.id + ">"});
  addField(out, "MIME-Version", {"1.0"});
  addField(out, "Content-Type", {"text/plain; charset=utf-8"});
  addField(out, "Content-Transfer-Encoding", {"quoted-printable"});
  addField(out, "Content-Language", {mail.language});
  addField(out, "X-Unsent", {"1"});
  for (const auto& [name, text] : mail.fields) addField(out, name, unstructured(text));
  out += line_end;
  std::string_view rest = mail.body;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    out += quotedLine(rest.substr(0, end));
    out += line_end;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

}  // namespace consulta
