// Whether a request of HTTP asks to go on as a WebSocket (RFC 6455, section 4).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/server/http_message.h"
#include "events/result.h"

namespace consulta {

/// The key of its handshake; nothing when it asks for no such thing, and is answered as any other.
/// A failure says what is wrong with how it asks, or that a page of another site does: a browser
/// opens a WebSocket for any page, as whoever looks at it, and lets the page read what comes.
/// `origins` are the other sites that may, each as in "https://intranet.example.org".
[[nodiscard]] Result<std::optional<std::string>> webSocketKey(
    const HttpRequest& request, const std::vector<std::string>& origins);

}  // namespace consulta
