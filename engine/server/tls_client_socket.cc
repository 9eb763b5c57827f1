// A client's socket over TCP with TLS 1.3. OpenSSL works on memory, and the socket is read and
// written here: its own way to write would end the process when the server has gone (SIGPIPE).
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include "engine/log/file.h"
#include "engine/server/client_socket.h"

namespace consulta {

namespace {

/// How long each address of a server may take to answer, and the server for each step of the
/// handshake.
constexpr int patience_s = 10;
/// A server whose machine or network has gone says nothing of it: then it is asked.
constexpr int silent_s = 60;
constexpr int asked_every_s = 10;
constexpr int questions = 3;

struct Free {
  void operator()(SSL* it) const { SSL_free(it); }
  void operator()(addrinfo* it) const { ::freeaddrinfo(it); }
};

void setOption(int socket, int level, int option, int value) {
  ::setsockopt(socket, level, option, &value, sizeof value);  // without it all works, less well
}

/// How long one call may block; 0: for ever.
void setPatience(int socket, int seconds) {
  const timeval time{.tv_sec = seconds, .tv_usec = 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

/// Connected, or closed: errno says why.
FileHandle connectedTo(const addrinfo& one) {
  FileHandle out(::socket(one.ai_family, one.ai_socktype | SOCK_CLOEXEC, one.ai_protocol));
  if (!out.isOpen()) return out;
  setPatience(out.descriptor(), patience_s);  // connecting takes its time from sending
  if (::connect(out.descriptor(), one.ai_addr, one.ai_addrlen) == 0) return out;
  const int why = errno == EINPROGRESS ? ETIMEDOUT : errno;
  out = FileHandle();
  errno = why;
  return out;
}

Result<FileHandle> connectedTo(const TcpAddress& address) {
  const auto where = tcpAddressText(address.host, address.port);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  const int error =
      ::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &list);
  const std::unique_ptr<addrinfo, Free> owner(list);
  if (error != 0) return serverAbsent(where, ::gai_strerror(error));
  int why = 0;
  for (const auto* one = list; one != nullptr; one = one->ai_next) {
    auto socket = connectedTo(*one);
    if (socket.isOpen()) return socket;
    why = errno;
  }
  return serverAbsent(where, std::strerror(why));
}

/// What the server says against our certificate; nothing when it says something else.
std::optional<Message> refusalOf(unsigned long error) {
  if (ERR_GET_LIB(error) != ERR_LIB_SSL) return std::nullopt;
  switch (ERR_GET_REASON(error)) {
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
      return msg("there is none");
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
      return msg("it is of an authority that the server does not believe");
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
      return msg("it has expired, or is not valid yet");
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
      return msg("it was revoked");
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
      return msg("it is not one for clients");
    default:
      return std::nullopt;
  }
}

Failure failureOf(unsigned long error) {
  if (auto refusal = refusalOf(error)) {
    return unavailable("server.certificate",
                       msg("the server does not accept the certificate in --certificate: {why}. "
                           "Ask its administrator which authorities it believes",
                           arg("why", std::move(*refusal))));
  }
  const char* text = ERR_reason_error_string(error);
  return serverLost(text == nullptr ? "it closed the connection" : text);
}

class TlsSocket final : public ClientSocket {
 public:
  TlsSocket(FileHandle handle, TlsContext context)
      : handle_(std::move(handle)),
        context_(std::move(context)),
        ssl_(SSL_new(context_.get())),
        in_(BIO_new(BIO_s_mem())),
        out_(BIO_new(BIO_s_mem())) {
    if (!ssl_ || in_ == nullptr || out_ == nullptr) throw std::bad_alloc();
    SSL_set_bio(ssl_.get(), in_, out_);  // which owns them from here on
    SSL_set_connect_state(ssl_.get());
  }

  ~TlsSocket() override {
    if (!SSL_is_init_finished(ssl_.get())) return;
    ERR_clear_error();
    setPatience(handle_.descriptor(), 1);  // of who does not read nobody waits to take leave
    SSL_shutdown(ssl_.get());
    static_cast<void>(flush());  // that this is the end; who has gone needs not be told
  }

  /// Verifies that it is the server of that host.
  Status shakeHands(const TcpAddress& address) {
    expect(address.host);
    const auto done = step([&] { return SSL_do_handshake(ssl_.get()); });
    if (done) {
      setPatience(handle_.descriptor(), 0);
      return Done{};
    }
    const auto where = tcpAddressText(address.host, address.port);
    if (const auto result = SSL_get_verify_result(ssl_.get()); result != X509_V_OK) {
      return unavailable(
          "server.identity",
          msg("whoever answers at {where} does not prove to be that server: {why}. "
              "Check the address, and that --authorities names who has issued its "
              "certificate",
              arg("where", where), arg("why", X509_verify_cert_error_string(result))));
    }
    if (done.failures().front().rule != "server.lost") return done.failures();
    return unavailable("server.tls", msg("no connection with TLS 1.3 comes about with {where}: "
                                         "{why}. Check that it is an address of \"consulta serve "
                                         "--tls\"",
                                         arg("where", where), arg("why", why_)));
  }

  Status send(std::string_view bytes) override {
    if (bytes.empty()) return Done{};
    const auto sent =
        step([&] { return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())); });
    if (!sent) return sent.failures();
    return Done{};
  }

  Result<std::size_t> receive(std::span<char> into) override {
    const auto got =
        step([&] { return SSL_read(ssl_.get(), into.data(), static_cast<int>(into.size())); });
    if (!got) return got.failures();
    return static_cast<std::size_t>(*got);
  }

 private:
  /// That the server's certificate is for this host.
  void expect(const std::string& host) {
    auto* const wanted = SSL_get0_param(ssl_.get());
    if (X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) == 1) return;
    // A common name is what people are called, and the same authority may have vouched for it.
    SSL_set_hostflags(ssl_.get(),
                      X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    if (SSL_set1_host(ssl_.get(), host.c_str()) != 1) throw std::bad_alloc();
    SSL_ctrl(ssl_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(host.c_str()));  // it is not changed
  }

  /// Does something of OpenSSL's to its end, sending and receiving what it takes.
  template <typename Do>
  Result<int> step(const Do& act) {
    while (true) {
      ERR_clear_error();
      const int done = act();
      const int outcome = SSL_get_error(ssl_.get(), done);
      const auto error = ERR_get_error();
      // What was said to the server last, a reason to break off among it, goes out first.
      const auto flushed = flush();
      if (done > 0 && !flushed) return flushed.failures();
      if (done > 0) return done;
      if (outcome == SSL_ERROR_ZERO_RETURN) return gone("it closed the connection");
      if (outcome != SSL_ERROR_WANT_READ) {
        if (const char* text = ERR_reason_error_string(error)) why_ = text;
        return failureOf(error);
      }
      // A server that has closed may have said why before: that is read first.
      if (auto more = fetch(); !more) return flushed ? more.failures() : flushed.failures();
    }
  }

  Status flush() {
    char* bytes = nullptr;
    auto left = BIO_get_mem_data(out_, &bytes);
    while (left > 0) {
      const auto sent =
          ::send(handle_.descriptor(), bytes, static_cast<std::size_t>(left), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent < 0) {
        const int why = errno == EAGAIN ? ETIMEDOUT : errno;
        static_cast<void>(BIO_reset(out_));
        return gone(std::strerror(why));
      }
      bytes += sent;
      left -= sent;
    }
    static_cast<void>(BIO_reset(out_));
    return Done{};
  }

  Status fetch() {
    std::array<char, 16'384> bytes{};
    while (true) {
      const auto got = ::recv(handle_.descriptor(), bytes.data(), bytes.size(), 0);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return gone(std::strerror(errno == EAGAIN ? ETIMEDOUT : errno));
      if (got == 0) return gone("it closed the connection");
      BIO_write(in_, bytes.data(), static_cast<int>(got));
      return Done{};
    }
  }

  Failure gone(std::string_view why) {
    why_ = why;
    return serverLost(why);
  }

  const FileHandle handle_;
  const TlsContext context_;
  const std::unique_ptr<SSL, Free> ssl_;
  BIO* const in_;  // what has come, and what is to be sent
  BIO* const out_;
  std::string why_;  // it has gone
};

}  // namespace

Result<std::unique_ptr<ClientSocket>> ClientSocket::connect(const TcpAddress& address,
                                                            const TlsFiles& files) {
  auto context = TlsContext::ofClient(files);
  if (!context) return std::move(context).failures();
  auto handle = connectedTo(address);
  if (!handle) return std::move(handle).failures();
  const int socket = handle->descriptor();
  setOption(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  setOption(socket, IPPROTO_TCP, TCP_KEEPIDLE, silent_s);
  setOption(socket, IPPROTO_TCP, TCP_KEEPINTVL, asked_every_s);
  setOption(socket, IPPROTO_TCP, TCP_KEEPCNT, questions);
  auto out = std::make_unique<TlsSocket>(std::move(*handle), std::move(*context));
  if (auto shaken = out->shakeHands(address); !shaken) return std::move(shaken).failures();
  return std::unique_ptr<ClientSocket>(std::move(out));
}

}  // namespace consulta
