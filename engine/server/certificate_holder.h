// Whom a certificate is of: under which account they are known, and what people call them.
// Inside part of server.h; OpenSSL stays behind the .cc.
//
// An account is the authority that vouches and the subject that it vouches for. The authority is
// the key of the certificate of the file of authorities that the chain ends with, not its name,
// which another authority could have given itself. The subject is the distinguished name, byte for
// byte; where that has no common name, and so may be empty or that of a whole organization,
// together with the other names (subjectAltName), in their order. So a certificate that is renewed
// is the same account whatever key it has, and what one authority says of a name is never taken for
// what another says of it. Both are hashed together: an account stands in logs, and a subject may
// be the name of a person.
#pragma once

#include <optional>
#include <string>

struct ssl_st;  // OpenSSL's SSL

namespace consulta {

struct CertificateHolder {
  std::string account;  // "certificate:" and 64 hexadecimal digits
  std::string name;     // for people: the common name, else a URI, an e-mail address or a host name
};

/// The one at the other end of a connection whose certificate has been verified. Nothing when it
/// says of nobody that it is theirs.
[[nodiscard]] std::optional<CertificateHolder> holderOf(const ssl_st* connection);

}  // namespace consulta
