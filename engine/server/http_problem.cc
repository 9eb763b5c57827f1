#include "engine/server/http_problem.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <string_view>
#include <utility>

#include "events/gravest.h"

namespace consulta {

namespace json = boost::json;

namespace {

constexpr unsigned bad_request = 400;
constexpr unsigned not_found = 404;
constexpr unsigned conflicting = 409;
constexpr unsigned unprocessable = 422;
constexpr unsigned upgrade_required = 426;
constexpr unsigned internal_error = 500;
constexpr unsigned service_unavailable = 503;

/// What HTTP has a status of its own for.
constexpr std::array<std::pair<std::string_view, unsigned>, 9> by_rule{{
    {"account.role", 403},
    {"http.origin", 403},
    {"http.path", not_found},
    {"http.method", 405},
    {"http.late", 408},
    {"http.body", 413},
    {"http.type", 415},
    {"http.upgrade-version", upgrade_required},
    {"http.head", 431},
}};

unsigned statusOf(std::string_view rule, Fault fault) {
  const auto* const own = std::ranges::find(by_rule, rule, &decltype(by_rule)::value_type::first);
  if (own != by_rule.end()) return own->second;
  switch (fault) {
    case Fault::refused:
      return unprocessable;
    case Fault::usage:
      return bad_request;
    case Fault::conflict:
      return conflicting;
    case Fault::damaged:
      return internal_error;
    case Fault::unavailable:
      break;
  }
  return service_unavailable;
}

HttpAnswer answerOf(unsigned status, std::string_view text, json::array errors) {
  HttpAnswer out;
  out.status = status;
  out.type = "application/problem+json";
  out.body = json::serialize(json::object{
                 {"status", status}, {"detail", text}, {"errors", std::move(errors)}}) +
             "\n";
  if (status == upgrade_required) {
    out.headers = {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}};
  }
  return out;
}

}  // namespace

HttpAnswer problem(const Failures& failures) {
  json::array errors;
  for (const auto& one : failures) {
    json::object error{
        {"rule", one.rule}, {"fault", faultName(one.fault)}, {"text", inEnglish(one.text)}};
    if (!one.field.empty()) error["field"] = one.field;
    errors.push_back(std::move(error));
  }
  const auto& first = gravest(failures);
  return answerOf(statusOf(first.rule, first.fault), inEnglish(first.text), std::move(errors));
}

HttpAnswer problemOf(const std::string& printed, int code, bool pathNames, std::string& rule) {
  boost::system::error_code wrong;
  auto value = json::parse(printed, wrong);
  const auto* object = wrong ? nullptr : value.if_object();
  const auto* errors = object == nullptr ? nullptr : object->if_contains("error");
  const auto* list = errors == nullptr ? nullptr : errors->if_array();
  const auto* first = list == nullptr || list->empty() ? nullptr : list->front().if_object();
  const bool known = code >= static_cast<int>(Fault::refused) &&
                     code <= static_cast<int>(Fault::unavailable) && first != nullptr;
  rule = "command";
  if (!known) return answerOf(internal_error, "the command broke off", {});
  const auto textOf = [&](std::string_view name) -> std::string {
    const auto* text = first->if_contains(name);
    return text == nullptr || !text->is_string() ? "" : std::string(text->get_string());
  };
  rule = textOf("rule");
  const bool absent = pathNames && rule == "reference.exists";
  return answerOf(absent ? not_found : statusOf(rule, static_cast<Fault>(code)), textOf("text"),
                  *list);
}

}  // namespace consulta
