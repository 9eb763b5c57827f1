#include "engine/server/tcp_address.h"

#include <charconv>

#include "events/values/utf8.h"

namespace consulta {

Result<TcpAddress> readTcpAddress(std::string_view option, std::string_view text) {
  const auto colon = text.rfind(':');
  auto host = text.substr(0, colon);
  const auto digits = colon == text.npos ? std::string_view() : text.substr(colon + 1);
  const bool brackets = host.size() > 2 && host.starts_with('[') && host.ends_with(']');
  if (brackets) host = host.substr(1, host.size() - 2);
  TcpAddress out;
  out.host = host;
  const auto* const end = digits.data() + digits.size();
  const auto [at, error] = std::from_chars(digits.data(), end, out.port);
  // Without its brackets the last part of such an address would be taken for a port.
  const bool ambiguous = host.find_first_of(brackets ? "[]" : "[]:") != host.npos;
  if (!digits.empty() && error == std::errc() && at == end && !host.empty() && !ambiguous) {
    return out;
  }
  return usage("address.form",
               msg("{option} takes an address and a port, as in 192.0.2.7:7443, "
                   "[2001:db8::7]:7443 or register.example.org:7443, not \"{text}\"",
                   arg("option", option), arg("text", excerpt(text))));
}

std::string tcpAddressText(std::string_view host, std::uint16_t port) {
  const bool colons = host.find(':') != host.npos;
  return (colons ? "[" : "") + std::string(host) + (colons ? "]:" : ":") + std::to_string(port);
}

}  // namespace consulta
