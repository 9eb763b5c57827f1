// What a server answers over HTTP, as data: requests are matched by it, and the description of the
// interface (open_api.h) is made of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/server/command_host.h"
#include "engine/server/http_message.h"
#include "events/result.h"

namespace consulta {

struct HttpParameter {
  std::string_view name;
  std::string_view help;
  std::string_view option{};  // of a command that takes its value
  bool repeats = false;
  bool flag = false;  // "true" or "false"; the option takes no value
};

struct HttpRoute {
  /// Who answers.
  enum class Kind { events, submissions, command, description, health, readiness, figures };

  Kind kind;
  std::string_view method;
  std::string_view path;  // "/v1/entities/{id}"
  std::string_view help;
  std::string_view type;                    // of the answer
  std::vector<std::string_view> command{};  // words, "{id}" among them, or "?NAME" of a parameter
  std::vector<HttpParameter> query{};
};

[[nodiscard]] const std::vector<HttpRoute>& httpRoutes();

/// The route of a request. A failure says what there is instead: another path, another method,
/// other parameters.
struct HttpMatch {
  const HttpRoute* route;
  std::vector<std::string> places;  // what stands in the path for {id}, in order
};
[[nodiscard]] Result<HttpMatch> matchHttp(const HttpRequest& request);

/// The command that answers a request of Kind::command, in the language that the peer prefers.
[[nodiscard]] Result<CommandLine> commandOf(const HttpMatch& match, const HttpRequest& request);

}  // namespace consulta
