#include "engine/server/tls_channel.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <utility>

namespace consulta {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Stream = asio::ssl::stream<Tcp::socket>;
using Shaken = TlsChannel::Shaken;

namespace {

constexpr auto told = asio::as_tuple(asio::use_awaitable);

/// How long a peer has to read what it was sent last.
constexpr std::chrono::milliseconds farewell(1'000);

/// A context of Asio's owns what it is given, so it is given a reference of its own.
asio::ssl::context sharedContext(const TlsContext& context) {
  SSL_CTX_up_ref(context.get());
  return asio::ssl::context(context.get());
}

struct Placed {
  Stream stream;
  const std::shared_ptr<const void> place;
};

std::shared_ptr<Stream> streamOver(Tcp::socket socket, const TlsContext& context,
                                   std::shared_ptr<const void> place) {
  auto shared = sharedContext(context);
  const std::shared_ptr<Placed> out(
      new Placed{Stream(std::move(socket), shared), std::move(place)});
  return {out, &out->stream};
}

/// Were it closed at once, with something of the peer's unread, the system would take back what is
/// still on its way: why the handshake has failed, or the end of an answer.
asio::awaitable<void> leave(std::shared_ptr<Stream> stream, bool shaken) {
  auto& socket = stream->next_layer();
  asio::steady_timer end(socket.get_executor(), farewell);
  end.async_wait([stream](const boost::system::error_code& cancelled) {
    boost::system::error_code ignored;
    if (!cancelled) stream->next_layer().close(ignored);
  });
  if (shaken) co_await stream->async_shutdown(told);
  boost::system::error_code ignored;
  socket.shutdown(asio::socket_base::shutdown_send, ignored);
  std::array<char, 4'096> rest{};
  while (socket.is_open()) {
    const auto [error, count] = co_await socket.async_read_some(asio::buffer(rest), told);
    if (error) break;
  }
  end.cancel();
  socket.close(ignored);
}

/// Why a certificate was not accepted, in few words.
std::string_view reasonOfVerification(long result) {
  switch (result) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "expired";
    case X509_V_ERR_CERT_REVOKED:
      return "revoked";
    default:
      return "untrusted";
  }
}

Shaken notShaken(const SSL* ssl, const boost::system::error_code& error) {
  if (const auto result = SSL_get_verify_result(ssl); result != X509_V_OK) {
    return {
        std::nullopt, reasonOfVerification(result),
        std::string("its certificate is not accepted: ") + X509_verify_cert_error_string(result)};
  }
  const auto code = static_cast<unsigned long>(error.value());
  if (error.category() != asio::error::get_ssl_category() || ERR_GET_LIB(code) != ERR_LIB_SSL) {
    return {std::nullopt, "gone", "it has gone: " + error.message()};
  }
  const char* text = ERR_reason_error_string(code);
  const std::string why = text == nullptr ? error.message() : text;
  switch (ERR_GET_REASON(code)) {
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
      return {std::nullopt, "no-certificate", "it shows no certificate"};
    case SSL_R_UNSUPPORTED_PROTOCOL:
      return {std::nullopt, "version", "it does not speak TLS 1.3"};
    case SSL_R_HTTP_REQUEST:
      return {std::nullopt, "no-tls",
              "it speaks HTTP without TLS; https:// is what is spoken here"};
    default:
      return {std::nullopt, "protocol", "the handshake failed: " + why};
  }
}

class AsioTlsChannel final : public TlsChannel {
 public:
  AsioTlsChannel(Tcp::socket socket, const TlsContext& context, std::shared_ptr<const void> place)
      : stream_(streamOver(std::move(socket), context, std::move(place))) {}

  asio::awaitable<Shaken> shakeHands() override {
    const auto [error] = co_await stream_->async_handshake(asio::ssl::stream_base::server, told);
    if (error) co_return notShaken(stream_->native_handle(), error);
    shaken_ = true;
    Shaken out;
    out.holder = holderOf(stream_->native_handle());
    if (!out.holder) {
      out.reason = "nameless";
      out.text = "its certificate names nobody, neither as its subject nor in its stead";
    }
    co_return out;
  }

  asio::awaitable<std::size_t> read(asio::mutable_buffer into,
                                    boost::system::error_code& error) override {
    if (closed_) {
      error = asio::error::operation_aborted;
      co_return 0;
    }
    const auto [failed, count] = co_await stream_->async_read_some(into, told);
    error = failed;
    co_return count;
  }

  asio::awaitable<void> write(std::vector<asio::const_buffer> bytes,
                              boost::system::error_code& error) override {
    if (closed_) {
      error = asio::error::operation_aborted;
      co_return;
    }
    writing_ = true;
    const auto [failed, count] = co_await asio::async_write(*stream_, bytes, told);
    writing_ = false;
    error = failed;
  }

  void close() override {
    if (std::exchange(closed_, true)) return;
    boost::system::error_code ignored;
    auto& socket = stream_->next_layer();
    if (writing_) {
      socket.close(ignored);
      return;
    }
    socket.cancel(ignored);  // what is being read
    asio::co_spawn(socket.get_executor(), leave(stream_, shaken_), asio::detached);
  }

 private:
  const std::shared_ptr<Stream> stream_;
  bool shaken_ = false;
  bool writing_ = false;
  bool closed_ = false;
};

}  // namespace

std::unique_ptr<TlsChannel> tlsChannelOver(Tcp::socket socket, const TlsContext& context,
                                           std::shared_ptr<const void> place) {
  return std::make_unique<AsioTlsChannel>(std::move(socket), context, std::move(place));
}

}  // namespace consulta
