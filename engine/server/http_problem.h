// What went wrong, as an answer of HTTP says it (RFC 9457).
#pragma once

#include <string>

#include "engine/server/http_message.h"
#include "events/result.h"

namespace consulta {

/// All of them as "application/problem+json", with the status of the gravest, in English: whoever
/// shows them to people in another language has the names of their rules.
[[nodiscard]] HttpAnswer problem(const Failures& failures);

/// The same of what a command printed for --json before it ended with that code: its texts are in
/// the language that it was asked to speak. `rule` becomes that of the first of them.
/// `pathNames`: the path of the request is the name of what may be absent.
[[nodiscard]] HttpAnswer problemOf(const std::string& printed, int code, bool pathNames,
                                   std::string& rule);

}  // namespace consulta
