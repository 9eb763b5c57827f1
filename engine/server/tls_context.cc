#include "engine/server/tls_context.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>

#include "events/values/utf8.h"

namespace consulta {

namespace {

namespace fs = std::filesystem;

/// What a peer may send of certificates before it is known who it is.
constexpr long certificates_bytes_max = long{32} << 10U;
/// From a certificate up to its authority.
constexpr int chain_length_max = 8;
/// Nobody but its owner writes a key, and nobody but its group reads it.
constexpr mode_t rights_of_others = S_IWGRP | S_IXGRP | S_IRWXO;

/// The newest reason OpenSSL gave, in its words.
std::string reasonOfLibrary() {
  const auto error = ERR_peek_last_error();
  ERR_clear_error();
  const char* text = ERR_SYSTEM_ERROR(error) ? std::strerror(ERR_GET_REASON(error))
                                             : ERR_reason_error_string(error);
  return text == nullptr ? "no reason is known" : text;
}

Failure unreadable(const fs::path& path, const std::string& why) {
  return unavailable("tls.file",
                     msg("{path} cannot be read: {why}. Check the path, and that this account may "
                         "read it",
                         arg("path", path.string()), arg("why", why)));
}

Failure notPem(const fs::path& path, const Message& what) {
  return usage("tls.file",
               msg("{path} does not hold {what} in PEM, which begins with "
                   "\"-----BEGIN\": {why}",
                   arg("path", path.string()), arg("what", what), arg("why", reasonOfLibrary())));
}

/// An errno, or 0.
int cannotRead(const fs::path& path) {
  return ::access(path.c_str(), R_OK) == 0 ? 0 : errno;
}

/// Nobody is asked for a passphrase: a server starts by itself, and reads its key again later.
int noPassphrase(char*, int, int, void*) {
  return -1;
}

/// An authority that gives out no list of what it has revoked is believed without one; a list that
/// is there is heeded, and must not be out of date.
int verified(int ok, X509_STORE_CTX* context) {
  if (X509_STORE_CTX_get_error(context) != X509_V_ERR_UNABLE_TO_GET_CRL) return ok;
  X509_STORE_CTX_set_error(context, X509_V_OK);
  return 1;
}

Status takeCertificate(SSL_CTX* context, const fs::path& path) {
  if (const int error = cannotRead(path)) return unreadable(path, std::strerror(error));
  if (SSL_CTX_use_certificate_chain_file(context, path.c_str()) == 1) return Done{};
  return notPem(path, msg("a certificate that can be used"));
}

Status takeKey(SSL_CTX* context, const TlsFiles& files) {
  const auto& path = files.key;
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return unreadable(path, std::strerror(errno));
  if ((facts.st_mode & rights_of_others) != 0) {
    return refused("tls.key.rights",
                   msg("the private key {path} is open to others on this machine, so it is not "
                       "used: \"chmod 600 {path}\" closes it. If others may have read it, have a "
                       "new certificate made with a new key",
                       arg("path", path.string())));
  }
  if (const int error = cannotRead(path)) return unreadable(path, std::strerror(error));
  const bool taken = SSL_CTX_use_PrivateKey_file(context, path.c_str(), SSL_FILETYPE_PEM) == 1;
  const auto error = ERR_peek_last_error();
  const bool isOther =
      ERR_GET_LIB(error) == ERR_LIB_X509 && ERR_GET_REASON(error) == X509_R_KEY_VALUES_MISMATCH;
  // One of another kind is taken beside the certificate, and is noticed only then.
  if (isOther || (taken && SSL_CTX_check_private_key(context) != 1)) {
    ERR_clear_error();
    return usage("tls.key.other",
                 msg("{key} is not the key of the certificate in {path}; name the two files that "
                     "belong together",
                     arg("key", path.string()), arg("path", files.certificate.string())));
  }
  if (!taken) return notPem(path, msg("a private key without a passphrase"));
  return Done{};
}

/// Whether a file has lists of revoked certificates among what was read of it.
bool holdsRevocations(X509_STORE* store) {
  const auto* const objects = X509_STORE_get0_objects(store);
  for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
    if (X509_OBJECT_get_type(sk_X509_OBJECT_value(objects, i)) == X509_LU_CRL) return true;
  }
  return false;
}

Status takeAuthorities(SSL_CTX* context, const fs::path& path) {
  if (path.empty()) {
    if (SSL_CTX_set_default_verify_paths(context) == 1) return Done{};
    return unavailable("tls.authorities", msg("the authorities that this machine believes cannot "
                                              "be read; name a file of them"));
  }
  if (const int error = cannotRead(path)) return unreadable(path, std::strerror(error));
  if (SSL_CTX_load_verify_file(context, path.c_str()) != 1) {
    return notPem(path, msg("certificates of authorities"));
  }
  auto* const store = SSL_CTX_get_cert_store(context);
  // An authority between that was revoked vouches for nobody either.
  if (holdsRevocations(store)) {
    X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
  }
  return Done{};
}

std::string lineOf(BIO* bio) {
  char* text = nullptr;
  const auto size = BIO_get_mem_data(bio, &text);
  return forTerminal(std::string_view(text, static_cast<std::size_t>(size)));
}

}  // namespace

Result<TlsContext> TlsContext::of(const TlsFiles& files, bool server) {
  const std::shared_ptr<SSL_CTX> context(
      SSL_CTX_new(server ? TLS_server_method() : TLS_client_method()), SSL_CTX_free);
  if (!context) throw std::bad_alloc();
  auto* const raw = context.get();
  SSL_CTX_set_min_proto_version(raw, TLS1_3_VERSION);
  SSL_CTX_set_security_level(raw, 2);  // no keys or hashes that can be broken
  SSL_CTX_set_max_cert_list(raw, certificates_bytes_max);
  SSL_CTX_set_verify_depth(raw, chain_length_max);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(raw, SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(raw, 0);
  SSL_CTX_set_default_passwd_cb(raw, noPassphrase);
  SSL_CTX_set_verify(raw, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, verified);
  ERR_clear_error();
  if (auto done = takeCertificate(raw, files.certificate); !done) return done.failures();
  if (auto done = takeKey(raw, files); !done) return done.failures();
  if (auto done = takeAuthorities(raw, files.authorities); !done) return done.failures();
  return TlsContext(context);
}

Result<TlsContext> TlsContext::ofServer(const TlsFiles& files) {
  auto out = of(files, true);
  if (!out) return out;
  // Whoever has several certificates is told which would do.
  auto* const names = SSL_load_client_CA_file(files.authorities.c_str());
  if (names == nullptr) return notPem(files.authorities, msg("certificates of authorities"));
  SSL_CTX_set_client_CA_list(out->get(), names);
  return out;
}

Result<TlsContext> TlsContext::ofClient(const TlsFiles& files) {
  return of(files, false);
}

bool TlsContext::hasExpired() const {
  return X509_cmp_current_time(X509_get0_notAfter(SSL_CTX_get0_certificate(get()))) < 0;
}

std::string TlsContext::certificateText() const {
  const auto* const certificate = SSL_CTX_get0_certificate(get());
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
  if (!bio) throw std::bad_alloc();
  X509_NAME_print_ex(bio.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253);
  BIO_puts(bio.get(), ", until ");
  ASN1_TIME_print(bio.get(), X509_get0_notAfter(certificate));
  return lineOf(bio.get());
}

}  // namespace consulta
