// Where somebody listens over TCP: a host and a port, as they are written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/result.h"

namespace consulta {

/// A plain value.
struct TcpAddress {
  std::string host;  // a name, or digits: "192.0.2.7", "2001:db8::7"
  std::uint16_t port = 0;
};

/// "host:7443", "192.0.2.7:7443" or "[2001:db8::7]:7443"; a usage failure that names `option`
/// otherwise.
[[nodiscard]] Result<TcpAddress> readTcpAddress(std::string_view option, std::string_view text);

/// As it is written.
[[nodiscard]] std::string tcpAddressText(std::string_view host, std::uint16_t port);

}  // namespace consulta
