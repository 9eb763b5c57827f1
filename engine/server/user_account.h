// The account of a user of this machine, as its system knows it.
#pragma once

#include <sys/types.h>

#include <string>

namespace consulta {

struct UserAccount {
  std::string id;    // "uid:1000": under which the key store knows who acts
  std::string name;  // for people: the full name where there is one, or "user 1000"
};

/// Threads: any.
[[nodiscard]] UserAccount accountOf(uid_t user);

}  // namespace consulta
