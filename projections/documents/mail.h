// A letter as an internet message: RFC 5322 with MIME (RFC 2045, 2047). Pure.
//
// Texts are UTF-8; names and subjects become encoded words, bodies quoted-printable. Whatever the
// register holds, no value can add a line of its own to the head.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace consulta {

/// Where it is from or goes to. Without an address (it is not known, or may not be opened) a group
/// of that name without members stands there, which no program can send to by mistake.
struct MailParty {
  std::string name;
  std::string address;
  bool operator==(const MailParty&) const = default;
};

struct Mail {
  MailParty from;
  std::vector<MailParty> to;
  std::string subject;
  std::string body;      // lines end with \n
  std::string language;  // of both: "es"
  std::string id;        // unique in the world, without the angle brackets: "...@..."
  std::int64_t dateNs = 0;
  std::vector<std::pair<std::string, std::string>> fields;  // further ones, by name; in ASCII
};

/// Whether it can stand in a head as it is: local@domain in plain ASCII, without quoting.
[[nodiscard]] bool isPlainAddress(std::string_view text);

/// The message, with lines that end with CR LF. It is marked as not sent (X-Unsent), so that mail
/// programs open it to be looked at and sent.
[[nodiscard]] std::string mailText(const Mail& mail);

}  // namespace consulta
