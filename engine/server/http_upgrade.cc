#include "engine/server/http_upgrade.h"

#include <algorithm>
#include <string_view>

#include "events/values/utf8.h"

namespace consulta {

namespace {

char lower(char one) {
  return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
}

bool sameWord(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

/// Whether a word is one of those in a list with commas.
bool lists(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    auto one = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    while (one.starts_with(' ') || one.starts_with('\t')) one.remove_prefix(1);
    while (one.ends_with(' ') || one.ends_with('\t')) one.remove_suffix(1);
    if (sameWord(one, word)) return true;
  }
  return false;
}

/// 16 bytes in base64.
bool isKey(std::string_view key) {
  static constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  static constexpr std::size_t digits_of_key = 22;
  return key.size() == digits_of_key + 2 && key.ends_with("==") &&
         key.find_first_not_of(digits) == digits_of_key;
}

/// Whether it is a page of this very server, by the name that the request calls it: a browser
/// writes both, and no page can change them.
bool isOwn(std::string_view origin, const std::string& host) {
  const auto scheme = origin.find("://");
  return scheme != origin.npos && !host.empty() && sameWord(origin.substr(scheme + 3), host);
}

}  // namespace

Result<std::optional<std::string>> webSocketKey(const HttpRequest& request,
                                                const std::vector<std::string>& origins) {
  // HTTP/1.0 knows no upgrade, and takes no chunks.
  if (!request.takesChunks || !lists(request.header("upgrade"), "websocket") ||
      !lists(request.header("connection"), "upgrade")) {
    return std::optional<std::string>();
  }
  if (request.header("sec-websocket-version") != "13") {
    return usage("http.upgrade-version", msg("a WebSocket is opened here in version 13, which "
                                             "Sec-WebSocket-Version says"));
  }
  auto key = request.header("sec-websocket-key");
  if (!isKey(key)) {
    return usage(
        "http.upgrade",
        msg("Sec-WebSocket-Key is missing or is not 16 bytes in base64. Send a random one"));
  }
  const auto origin = request.header("origin");
  const bool known = std::ranges::any_of(
      origins, [&](const std::string& allowed) { return sameWord(allowed, origin); });
  if (!origin.empty() && !known && !isOwn(origin, request.header("host"))) {
    return refused("http.origin",
                   msg("a page of {origin} may not follow this register. Whoever serves it allows "
                       "it with {option}",
                       arg("origin", excerpt(origin)), arg("option", "--allow-origin")));
  }
  return std::optional<std::string>(std::move(key));
}

}  // namespace consulta
