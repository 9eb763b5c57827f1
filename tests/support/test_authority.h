// An authority of a test's own, and the certificates that it issues, as files.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "engine/server/tls_context.h"

namespace consulta::testing {

/// What is to stand in a certificate.
struct Wish {
  std::string name;      // the common name; empty: no subject at all
  std::string others{};  // subjectAltName, as OpenSSL writes it: "DNS:localhost,IP:127.0.0.1"
  int fromDay = -1;      // valid from and to, in days from now
  int toDay = 30;
};

/// Files lie in the directory that it is given. For one thread.
class TestAuthority {
 public:
  explicit TestAuthority(std::filesystem::path directory, const std::string& name = "Authority")
      : directory_(std::move(directory)), name_(name), key_(newKey()), own_(newCertificate()) {
    nameIt(X509_get_subject_name(own_.get()), name);
    nameIt(X509_get_issuer_name(own_.get()), name);
    days(own_.get(), -1, 365);
    check(X509_set_pubkey(own_.get(), key_.get()));
    extend(own_.get(), NID_basic_constraints, "critical,CA:TRUE");
    extend(own_.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    check(X509_sign(own_.get(), key_.get(), EVP_sha256()));
    write(file(), [&](std::FILE* out) { return PEM_write_X509(out, own_.get()); });
  }

  [[nodiscard]] std::filesystem::path file() const { return directory_ / (name_ + ".pem"); }

  /// A certificate and its key; the authorities are this one.
  TlsFiles issue(const std::string& stem, const Wish& wish) {
    const Key key = newKey();
    const Certificate made = newCertificate();
    auto* const one = made.get();
    check(ASN1_INTEGER_set(X509_get_serialNumber(one), ++serial_));
    if (!wish.name.empty()) nameIt(X509_get_subject_name(one), wish.name);
    check(X509_set_issuer_name(one, X509_get_subject_name(own_.get())));
    days(one, wish.fromDay, wish.toDay);
    check(X509_set_pubkey(one, key.get()));
    if (!wish.others.empty()) {
      extend(one, NID_subject_alt_name, (wish.name.empty() ? "critical," : "") + wish.others);
    }
    check(X509_sign(one, key_.get(), EVP_sha256()));
    TlsFiles out{directory_ / (stem + ".pem"), directory_ / (stem + ".key"), file()};
    write(out.certificate, [&](std::FILE* to) { return PEM_write_X509(to, one); });
    std::filesystem::remove(out.key);
    write(out.key, [&](std::FILE* to) {
      return PEM_write_PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    std::filesystem::permissions(out.key, std::filesystem::perms(0600));
    return out;
  }

  /// Adds to its own file a list that revokes this certificate.
  void revoke(const std::filesystem::path& certificate) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(certificate.c_str(), "r"),
                                                             std::fclose);
    const Certificate gone(PEM_read_X509(in.get(), nullptr, nullptr, nullptr), X509_free);
    const std::unique_ptr<X509_CRL, void (*)(X509_CRL*)> list(X509_CRL_new(), X509_CRL_free);
    check(X509_CRL_set_version(list.get(), 1));
    check(X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(own_.get())));
    const Moment since = moment(-1);
    const Moment until = moment(30);
    check(X509_CRL_set1_lastUpdate(list.get(), since.get()));
    check(X509_CRL_set1_nextUpdate(list.get(), until.get()));
    auto* const entry = X509_REVOKED_new();
    check(X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(gone.get())));
    check(X509_REVOKED_set_revocationDate(entry, since.get()));
    check(X509_CRL_add0_revoked(list.get(), entry));
    check(X509_CRL_sign(list.get(), key_.get(), EVP_sha256()));
    write(file(), [&](std::FILE* out) {
      return PEM_write_X509(out, own_.get()) == 1 && PEM_write_X509_CRL(out, list.get()) == 1;
    });
  }

 private:
  using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
  using Certificate = std::unique_ptr<X509, void (*)(X509*)>;
  using Moment = std::unique_ptr<ASN1_TIME, void (*)(ASN1_TIME*)>;

  static void check(int outcome) {
    if (outcome <= 0) throw std::runtime_error("OpenSSL makes no certificate");
  }
  static Key newKey() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }
  static Certificate newCertificate() {
    Certificate out(X509_new(), X509_free);
    check(X509_set_version(out.get(), X509_VERSION_3));
    check(ASN1_INTEGER_set(X509_get_serialNumber(out.get()), 1));
    return out;
  }
  static Moment moment(int day) {
    return {X509_time_adj_ex(nullptr, day, 0, nullptr), ASN1_TIME_free};
  }
  static void days(X509* it, int from, int to) {
    X509_time_adj_ex(X509_getm_notBefore(it), from, 0, nullptr);
    X509_time_adj_ex(X509_getm_notAfter(it), to, 0, nullptr);
  }
  static void nameIt(X509_NAME* name, const std::string& text) {
    check(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                     reinterpret_cast<const unsigned char*>(text.c_str()), -1, -1,
                                     0));
  }
  static void extend(X509* it, int kind, const std::string& value) {
    auto* const made = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
    check(made != nullptr && X509_add_ext(it, made, -1) == 1);
    X509_EXTENSION_free(made);
  }
  template <typename Put>
  static void write(const std::filesystem::path& path, const Put& put) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::fopen(path.c_str(), "w"),
                                                              std::fclose);
    check(out != nullptr && put(out.get()));
  }

  const std::filesystem::path directory_;
  const std::string name_;
  const Key key_;
  const Certificate own_;
  long serial_ = 1;
};

}  // namespace consulta::testing
