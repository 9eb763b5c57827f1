// A socket over TLS that shows what a test wants, and says and reads what it is told to.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "engine/server/tls_context.h"

namespace consulta::testing {

/// Connected to that port of this machine; nothing is said yet.
class TcpPeer {
 public:
  /// `from`: the last byte of the address of 127.0.0.0/24 that it comes from.
  explicit TcpPeer(std::uint16_t port, std::uint8_t from = 1)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    std::signal(SIGPIPE, SIG_IGN);  // whoever has gone is noticed by what fails
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl((INADDR_LOOPBACK & ~0xFFU) | from);
    if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("no such address here");
    }
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("nobody listens there");
    }
  }
  ~TcpPeer() { ::close(socket_); }
  TcpPeer(const TcpPeer&) = delete;
  TcpPeer& operator=(const TcpPeer&) = delete;

  [[nodiscard]] int descriptor() const { return socket_; }
  bool send(std::string_view bytes) const {
    return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == std::ssize(bytes);
  }
  /// Everything until the other end closes.
  std::string readAll() const {
    std::string out;
    std::array<char, 4'096> piece{};
    for (auto got = ::recv(socket_, piece.data(), piece.size(), 0); got > 0;
         got = ::recv(socket_, piece.data(), piece.size(), 0)) {
      out.append(piece.data(), static_cast<std::size_t>(got));
    }
    return out;
  }

 private:
  const int socket_;
};

/// The same after the handshake, or what came of it.
class TlsPeer {
 public:
  /// Without a certificate it shows none. `version`: the highest that it speaks.
  TlsPeer(std::uint16_t port, const TlsFiles& files, int version = TLS1_3_VERSION)
      : tcp_(port), context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    auto* const context = context_.get();
    SSL_CTX_set_max_proto_version(context, version);
    SSL_CTX_load_verify_file(context, files.authorities.c_str());
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    if (!files.certificate.empty()) {
      SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str());
      SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM);
    }
    ssl_.reset(SSL_new(context));
    SSL_set_fd(ssl_.get(), tcp_.descriptor());
    isIn = SSL_connect(ssl_.get()) == 1;
    if (!isIn) note();
  }

  bool send(std::string_view bytes) {
    return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
  }
  /// What comes next; empty at the end.
  std::string read() {
    std::array<char, 16'384> piece{};
    const int got = SSL_read(ssl_.get(), piece.data(), static_cast<int>(piece.size()));
    if (got > 0) return {piece.data(), static_cast<std::size_t>(got)};
    endedWell = SSL_get_error(ssl_.get(), got) == SSL_ERROR_ZERO_RETURN;
    note();
    return {};
  }
  std::string readAll() {
    std::string out;
    for (auto piece = read(); !piece.empty(); piece = read()) out += piece;
    return out;
  }
  /// An answer of HTTP, head and all, after which the server closes.
  std::string ask(const std::string& line, const std::string& headers = {},
                  const std::string& body = {}) {
    const auto length =
        body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n";
    send(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + length + headers +
         "\r\n" + body);
    return readAll();
  }
  /// Nothing more is sent, and the other end is not told why.
  void halfClose() const { ::shutdown(tcp_.descriptor(), SHUT_WR); }

  bool isIn = false;       // as far as it can tell: a server may say no after that
  bool endedWell = false;  // the other end has said that it is the end
  std::string why;         // in OpenSSL's words

 private:
  void note() {
    if (const char* text = ERR_reason_error_string(ERR_get_error())) why = text;
    ERR_clear_error();
  }
  const TcpPeer tcp_;
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
  std::unique_ptr<SSL, void (*)(SSL*)> ssl_{nullptr, SSL_free};
};

}  // namespace consulta::testing
