// Certificates, keys and the authorities that are believed, read from their files for TLS 1.3.
// Inside part of server.h and client.h; OpenSSL stays behind the .cc.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "events/result.h"

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace consulta {

/// All of them PEM. A plain value.
struct TlsFiles {
  std::filesystem::path certificate;  // one's own, with those that lead from it to its authority
  std::filesystem::path key;          // its private key, not readable by everybody
  std::filesystem::path authorities;  // whose certificates the other end may show; of lists of
                                      // revoked ones in it each is heeded
};

/// What connections are made with, as the files were when it was made. TLS 1.3 and nothing older;
/// no session is resumed, so each connection shows its certificate anew. Copies are the same one.
/// Threads: any.
class TlsContext {
 public:
  /// Whoever connects must show a certificate of one of the authorities.
  [[nodiscard]] static Result<TlsContext> ofServer(const TlsFiles& files);
  /// Without authorities those that this machine believes.
  [[nodiscard]] static Result<TlsContext> ofClient(const TlsFiles& files);

  /// Valid as long as a copy of this.
  [[nodiscard]] ssl_ctx_st* get() const { return context_.get(); }
  /// Whether its own certificate is past its last day.
  [[nodiscard]] bool hasExpired() const;
  /// "CN=register.example.org, until Nov 30 12:00:00 2027 GMT", for the log.
  [[nodiscard]] std::string certificateText() const;

 private:
  explicit TlsContext(std::shared_ptr<ssl_ctx_st> context) : context_(std::move(context)) {}
  [[nodiscard]] static Result<TlsContext> of(const TlsFiles& files, bool server);
  std::shared_ptr<ssl_ctx_st> context_;
};

}  // namespace consulta
