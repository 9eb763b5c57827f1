#include "engine/server/user_account.h"

#include <pwd.h>

#include <array>
#include <string_view>

#include "events/values/utf8.h"

namespace consulta {

namespace {

/// Of one entry of the system's list of users, with all its texts.
constexpr std::size_t entry_bytes_max = 16'384;

}  // namespace

UserAccount accountOf(uid_t user) {
  UserAccount out{"uid:" + std::to_string(user), "user " + std::to_string(user)};
  std::array<char, entry_bytes_max> space{};
  passwd entry{};
  passwd* found = nullptr;
  const bool told = ::getpwuid_r(user, &entry, space.data(), space.size(), &found) == 0;
  if (!told || found == nullptr) return out;
  out.name = found->pw_name;
  const std::string_view gecos = found->pw_gecos == nullptr ? "" : found->pw_gecos;
  const auto full = gecos.substr(0, gecos.find(','));
  if (!full.empty() && isUtf8(full)) out.name = full;
  return out;
}

}  // namespace consulta
