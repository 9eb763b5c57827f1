#include "engine/server/certificate_holder.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string_view>

#include "engine/store/crypto.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

struct Free {
  void operator()(unsigned char* it) const { OPENSSL_free(it); }
  void operator()(GENERAL_NAMES* it) const { GENERAL_NAMES_free(it); }
};

/// What OpenSSL writes as DER; empty when it cannot.
template <typename T>
std::string der(int (*write)(const T*, unsigned char**), const T* what) {
  unsigned char* bytes = nullptr;
  const int size = write(what, &bytes);
  const std::unique_ptr<unsigned char, Free> owner(bytes);
  if (size < 0) return {};
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::string_view textBytes(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string inUtf8(const ASN1_STRING* text) {
  unsigned char* bytes = nullptr;
  const int size = ASN1_STRING_to_UTF8(&bytes, text);
  const std::unique_ptr<unsigned char, Free> owner(bytes);
  if (size < 0) return {};
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::string commonName(const X509_NAME* subject) {
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at < 0) return {};
  return inUtf8(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
}

/// The first of that kind among the names in the subject's stead.
std::string alternative(const GENERAL_NAMES* names, int kind) {
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    int type = -1;
    const void* value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &type);
    if (type == kind) return std::string(textBytes(static_cast<const ASN1_STRING*>(value)));
  }
  return {};
}

std::string displayName(const X509_NAME* subject, const GENERAL_NAMES* names) {
  auto out = commonName(subject);
  for (const int kind : {GEN_URI, GEN_EMAIL, GEN_DNS}) {
    if (out.empty() && names != nullptr) out = alternative(names, kind);
  }
  if (out.empty()) out = "somebody without a name";
  return excerpt(out);
}

}  // namespace

std::optional<CertificateHolder> holderOf(const SSL* connection) {
  const auto* const chain = SSL_get0_verified_chain(connection);
  if (chain == nullptr || sk_X509_num(chain) < 1) return std::nullopt;
  const auto* const own = sk_X509_value(chain, 0);
  const auto* const authority = sk_X509_value(chain, sk_X509_num(chain) - 1);
  const auto* const subject = X509_get_subject_name(own);
  static constexpr int not_there = -1;
  int found = not_there;
  const std::unique_ptr<GENERAL_NAMES, Free> names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(own, NID_subject_alt_name, &found, nullptr)));
  if (!names && found != not_there) return std::nullopt;  // they cannot be read, or are there twice
  // Without a common name a subject may be that of a whole organization.
  const bool named = !commonName(subject).empty();
  const bool hasOthers = !named && names && sk_GENERAL_NAME_num(names.get()) > 0;
  if (!hasOthers && X509_NAME_entry_count(subject) == 0) return std::nullopt;
  auto who = der<X509_NAME>(i2d_X509_NAME, subject);
  if (hasOthers) who += der<GENERAL_NAMES>(i2d_GENERAL_NAMES, names.get());
  const auto key = der<X509_PUBKEY>(i2d_X509_PUBKEY, X509_get_X509_PUBKEY(authority));
  if (who.empty() || key.empty()) return std::nullopt;
  Crypto crypto;
  const auto voucher = crypto.sha256(key);
  // The mark keeps a subject apart from one with names whose bytes happen to be the same.
  auto both = std::string(bytesOf(voucher)) + (hasOthers ? "n" : "s") + who;
  return CertificateHolder{"certificate:" + hexOf(crypto.sha256(both)),
                           displayName(subject, names.get())};
}

}  // namespace consulta
