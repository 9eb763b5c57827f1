#include "engine/server/http_routes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "events/values/lang.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

using Kind = HttpRoute::Kind;

constexpr std::string_view json_type = "application/json";
constexpr std::string_view lines_type = "application/x-ndjson";

constexpr HttpParameter as_of{"as-of", "as it stood on that day", "as-of"};
constexpr HttpParameter known_at{"known-at", "as it was known on that day", "known-at"};

std::vector<HttpRoute> made() {  // NOLINT(readability-function-size): a table
  return {
      {Kind::events,
       "GET",
       "/v1/events",
       "Follow the entries, as CloudEvents. As text/event-stream (unless Accept says otherwise) it "
       "goes on where Last-Event-ID says; as application/x-ndjson each line is one event; as a "
       "WebSocket (Upgrade: websocket) each message is a JSON object that has a \"place\" to come "
       "again with as \"after\", and \"events\" or a \"notice\".",
       "text/event-stream",
       {},
       {{"from", "a position, a day or an instant in UTC, \"beginning\" (the default) or \"now\""},
        {"after", "the place that was told last, for those who cannot send Last-Event-ID"},
        {"epoch", "the epoch in which the position counts"},
        {"to", "the last position, or \"last\": the newest one that there is now; it ends there"},
        {"filter",
         "conditions as in \"consulta log --filter\": aggregate=meeting, type=mou.signed, "
         "entity=ID, programme=ID"}}},
      {Kind::submissions,
       "POST",
       "/v1/submissions",
       "Enter one entry or an array of them, all or none. The header Idempotency-Key is a UUID of "
       "the client's own: sent again, it is answered as the first time and enters nothing. An "
       "entry's \"expect\" is the revision that its entity must have.",
       json_type,
       {},
       {{"dry-run", "\"true\": check everything, enter nothing"},
        {"on-behalf-of", "the id of the actor who has delegated that"},
        {"lang", "the language of texts that do not name theirs: en, fr or es"}}},
      {Kind::command,
       "GET",
       "/v1/entities",
       "The entities of one kind, one a line",
       lines_type,
       {"list", "?aggregate"},
       {{"aggregate", "meeting, mou, project ..."},
        {"where", "a condition, as in \"consulta list --where\"", "where", true},
        {"state", "only those in this state", "state"},
        {"sort", "in the order of this field; -FIELD: the last first", "sort"},
        {"limit", "at most so many", "limit"},
        as_of,
        known_at}},
      {Kind::command,
       "GET",
       "/v1/entities/{id}",
       "One entity",
       json_type,
       {"show", "{id}"},
       {as_of, known_at}},
      {Kind::command,
       "GET",
       "/v1/entities/{id}/history",
       "What happened to one entity, one entry a line, in the order it took effect",
       lines_type,
       {"history", "{id}"},
       {as_of, known_at}},
      {Kind::command,
       "GET",
       "/v1/changes",
       "What has become of the entities since a position, one a line, for a copy of them: see "
       "\"consulta changes\"",
       lines_type,
       {"changes"},
       {{"from", "the \"cursor\" of the last line that was applied; without it everything", "from"},
        {"to", "as it was known at this position", "to"},
        {"filter", "only of these: aggregate=meeting, entity=ID", "filter"},
        {"publishable", "\"true\": only what may be published", "publishable", false, true},
        {"follow", "\"true\": go on with what is entered; an empty line says that all is well",
         "follow", false, true}}},
      {Kind::command,
       "GET",
       "/v1/status",
       "A programme at a glance, or the whole register",
       json_type,
       {"status", "?programme"},
       {{"programme", "only this one"}, as_of, known_at}},
      {Kind::command,
       "GET",
       "/v1/tasks",
       "What waits for a day, one task a line",
       lines_type,
       {"tasks"},
       {{"due", "only what can be due by then", "due"},
        {"office", "only of what this office is named in", "office"},
        {"programme", "only what belongs to it", "programme"},
        as_of,
        known_at}},
      {Kind::command,
       "GET",
       "/v1/catalogue",
       "Everything that can be entered",
       json_type,
       {"catalogue"},
       {}},
      {Kind::description, "GET", "/v1/openapi.json", "This description", json_type},
      {Kind::health, "GET", "/healthz", "Whether the server answers", "text/plain"},
      {Kind::readiness, "GET", "/readyz", "Whether entries can be taken", "text/plain"},
      {Kind::figures, "GET", "/metrics", "Figures for Prometheus",
       "text/plain; version=0.0.4; charset=utf-8"},
  };
}

std::vector<std::string_view> segmentsOf(std::string_view path) {
  std::vector<std::string_view> out;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    out.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return out;
}

std::optional<std::vector<std::string>> placesOf(const HttpRoute& route,
                                                 const std::vector<std::string>& path) {
  const auto pattern = segmentsOf(route.path);
  if (pattern.size() != path.size()) return std::nullopt;
  std::vector<std::string> out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (pattern[i].starts_with('{')) {
      out.push_back(path[i]);
    } else if (pattern[i] != path[i]) {
      return std::nullopt;
    }
  }
  return out;
}

/// What is known before it is said may be asked for by its head alone.
bool fits(const HttpRoute& route, const std::string& method) {
  const bool known = route.kind != Kind::events && route.kind != Kind::command;
  return route.method == method || (method == "HEAD" && route.method == "GET" && known);
}

Failures unknownParameters(const HttpRoute& route, const HttpRequest& request) {
  Failures out;
  for (auto one = request.query.begin(); one != request.query.end(); ++one) {
    const auto& name = one->first;
    const auto known = std::ranges::find(route.query, name, &HttpParameter::name);
    if (known == route.query.end()) {
      std::vector<std::string> names;
      for (const auto& each : route.query) names.emplace_back(each.name);
      out.push_back(names.empty()
                        ? usage("http.parameter", msg("{name} is not known here; leave it out",
                                                      arg("name", excerpt(name))))
                        : usage("http.parameter",
                                msg("{name} is not known here; there is {names}",
                                    arg("name", excerpt(name)), arg("names", anyOf(names)))));
    } else if (!known->repeats && std::any_of(request.query.begin(), one, [&](const auto& before) {
                 return before.first == name;
               })) {
      out.push_back(usage("http.parameter",
                          msg("{name} was given more than once", arg("name", excerpt(name)))));
    }
  }
  return out;
}

/// The first of the languages that the peer reads which the program speaks.
std::string preferredLanguage(std::string_view accepted) {
  while (!accepted.empty()) {
    const auto end = std::min(accepted.find(','), accepted.size());
    auto one = accepted.substr(0, end);
    accepted.remove_prefix(std::min(end + 1, accepted.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    const auto tag = one.substr(0, one.find_first_of("-; "));
    for (const auto lang : std::array{Lang::en, Lang::fr, Lang::es}) {
      if (langCode(lang) == tag) return std::string(tag);
    }
  }
  return "en";
}

}  // namespace

const std::vector<HttpRoute>& httpRoutes() {
  static const auto all = made();
  return all;
}

Result<HttpMatch> matchHttp(const HttpRequest& request) {
  std::vector<std::string> methods;
  for (const auto& route : httpRoutes()) {
    auto places = placesOf(route, request.path);
    if (!places) continue;
    if (!fits(route, request.method)) {
      methods.emplace_back(route.method);
      continue;
    }
    if (auto unknown = unknownParameters(route, request); !unknown.empty()) return unknown;
    return HttpMatch{&route, std::move(*places)};
  }
  if (!methods.empty()) {
    return usage("http.method",
                 msg("this is asked for with {methods}, not with {method}",
                     arg("methods", anyOf(methods)), arg("method", excerpt(request.method))));
  }
  return usage("http.path", msg("there is nothing at this path. {where} says what there is",
                                arg("where", "/v1/openapi.json")));
}

Result<CommandLine> commandOf(const HttpMatch& match, const HttpRequest& request) {
  CommandLine out;
  auto place = match.places.begin();
  for (const auto word : match.route->command) {
    if (word.starts_with('{')) {
      out.words.push_back(*place++);
    } else if (!word.starts_with('?')) {
      out.words.emplace_back(word);
      continue;
    } else if (const auto given = request.parameter(word.substr(1))) {
      out.words.push_back(*given);
    } else {
      continue;
    }
    // Whatever it is, it names nothing, and must not be taken for an option.
    if (out.words.back().empty() || out.words.back().starts_with('-')) {
      return usage(word.starts_with('{') ? "http.path" : "http.parameter",
                   msg("nothing is called \"{name}\"", arg("name", excerpt(out.words.back()))));
    }
  }
  for (const auto& [name, value] : request.query) {
    const auto known = std::ranges::find(match.route->query, name, &HttpParameter::name);
    if (known == match.route->query.end() || known->option.empty()) continue;
    auto option = "--" + std::string(known->option);
    if (!known->flag) {
      option += "=" + value;
    } else if (value == "false") {
      continue;
    } else if (value != "true") {
      return usage("http.parameter",
                   msg("{name} is \"true\" or \"false\"", arg("name", known->name)));
    }
    out.words.push_back(std::move(option));
  }
  out.words.emplace_back("--json");
  out.language = preferredLanguage(request.header("accept-language"));
  out.timeZone = "UTC";
  return out;
}

}  // namespace consulta
