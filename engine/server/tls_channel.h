// A channel over TCP with TLS 1.3, for a server. Inside part of it; OpenSSL stays behind the .cc.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <optional>
#include <string>

#include "engine/server/certificate_holder.h"
#include "engine/server/channel.h"
#include "engine/server/tls_context.h"

namespace consulta {

/// Nothing of it is read or written before shakeHands(). When it closes, it first says so
/// (close_notify) unless a write is under way, and gives the peer a moment to read what it was
/// sent: what must live for that lives by itself, `place` among it, by which sockets are counted.
class TlsChannel : public Channel {
 public:
  /// What came of it: whose certificate the peer has shown, or why nobody is let in.
  struct Shaken {
    std::optional<CertificateHolder> holder;
    std::string_view reason{};  // one of a few, to be counted by: "expired"
    std::string text{};         // for the log, in English
  };
  virtual boost::asio::awaitable<Shaken> shakeHands() = 0;
};

[[nodiscard]] std::unique_ptr<TlsChannel> tlsChannelOver(boost::asio::ip::tcp::socket socket,
                                                         const TlsContext& context,
                                                         std::shared_ptr<const void> place);

}  // namespace consulta
