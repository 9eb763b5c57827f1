#include "engine/server/open_api.h"

#include <boost/json.hpp>
#include <string_view>
#include <utility>

#include "engine/server/http_routes.h"

namespace consulta {

namespace json = boost::json;

namespace {

json::object reference(std::string_view name) {
  return {{"$ref", "#/components/schemas/" + std::string(name)}};
}

json::object text(std::string_view help) {
  return {{"type", "string"}, {"description", help}};
}

/// What is said of a value in an entry, by its kind.
json::object valueSchema(const FieldInfo& field) {
  switch (field.kind) {
    case FieldKind::flag:
      return {{"type", "boolean"}};
    case FieldKind::integer:
      return {{"type", "integer"}};
    case FieldKind::text:
    case FieldKind::sealed:
      return {{"type", "string"}};
    case FieldKind::texts:
      return reference("Texts");
    case FieldKind::date:
      return reference("Date");
    case FieldKind::money:
      return text("an amount and its currency: \"1500000.00 USD\"");
    case FieldKind::decimal:
      return text("a decimal number");
    case FieldKind::zonedTime:
      return reference("ZonedTime");
    case FieldKind::deadline:
      return reference("Deadline");
    case FieldKind::ref:
      return text("the id of an entity, as in \"meeting:MTG-2006-001\"");
    case FieldKind::choice:
      break;
  }
  json::array choices;
  for (const auto& one : field.choices) choices.emplace_back(one.name);
  return {{"type", "string"}, {"enum", std::move(choices)}};
}

json::object fieldSchema(const FieldInfo& field) {
  auto out = valueSchema(field);
  if (field.list) out = {{"type", "array"}, {"items", std::move(out)}};
  if (!field.help.empty() && !out.contains("$ref")) out["description"] = field.help;
  return out;
}

json::object actSchema(const EventInfo& act) {
  json::object fields;
  json::array required;
  for (const auto& field : act.fields) {
    fields[field.name] = fieldSchema(field);
    if (field.required) required.emplace_back(field.name);
  }
  json::object data{{"type", "object"}, {"properties", std::move(fields)}};
  if (!required.empty()) data["required"] = std::move(required);
  return {{"allOf",
           json::array{
               reference("Entry"),
               json::object{{"type", "object"},
                            {"description", act.help},
                            {"properties", json::object{{"type", json::object{{"const", act.type}}},
                                                        {"data", std::move(data)}}}}}}};
}

json::object plainSchemas() {
  return {
      {"Texts", json::object{{"type", "object"},
                             {"description", "one text in languages: {\"en\": ..., \"fr\": ...}"},
                             {"additionalProperties", json::object{{"type", "string"}}}}},
      {"Date",
       json::object{
           {"description",
            "a date in EDTF (2006-04-06, 2006-06/2006-07, XXXX), perhaps with the "
            "words of its source"},
           {"oneOf",
            json::array{json::object{{"type", "string"}},
                        json::object{{"type", "object"},
                                     {"properties", json::object{{"edtf", text("EDTF")},
                                                                 {"words", text("as written")}}},
                                     {"required", json::array{"edtf"}}}}}}},
      {"ZonedTime", json::object{{"description",
                                  "a time of a place: \"2006-09-15T18:00 Europe/Vienna\", or its "
                                  "parts"},
                                 {"oneOf", json::array{json::object{{"type", "string"}},
                                                       json::object{{"type", "object"}}}}}},
      {"Deadline", json::object{{"description", "a day, \"before\" a session, or both"},
                                {"oneOf", json::array{json::object{{"type", "string"}},
                                                      json::object{{"type", "object"}}}}}},
      {"Entry",
       json::object{{"type", "object"},
                    {"required", json::array{"type", "entity", "occurred", "data"}},
                    {"properties",
                     json::object{{"type", text("what happened: \"mou.signed\"")},
                                  {"entity", text("to what: \"mou:MOU-2006-001\"")},
                                  {"occurred", reference("Date")},
                                  {"expect",
                                   json::object{{"description",
                                                 "the revision that the entity must have, \"none\" "
                                                 "or \"any\""}}},
                                  {"note", text("for the record")},
                                  {"data", json::object{{"type", "object"}}}}}}},
      {"Problem",
       json::object{
           {"type", "object"},
           {"properties",
            json::object{
                {"status", json::object{{"type", "integer"}}},
                {"detail", text("for people")},
                {"errors",
                 json::object{
                     {"type", "array"},
                     {"items", json::object{{"type", "object"},
                                            {"properties",
                                             json::object{{"rule", text("stable, dotted")},
                                                          {"fault", text("what kind")},
                                                          {"text", text("for people")}}}}}}}}}}},
  };
}

json::object contentOf(std::string_view type) {
  return {{type.substr(0, type.find(';')), json::object{}}};
}

json::object responses(const HttpRoute& route) {
  json::object out;
  out["200"] = json::object{{"description", "done"}, {"content", contentOf(route.type)}};
  if (route.kind == HttpRoute::Kind::events) {
    out["101"] = json::object{{"description", "goes on as a WebSocket"}};
  }
  if (route.kind == HttpRoute::Kind::submissions) {
    out["201"] = json::object{{"description", "entered"}, {"content", contentOf(route.type)}};
  }
  out["default"] = json::object{
      {"description", "refused"},
      {"content",
       json::object{{"application/problem+json", json::object{{"schema", reference("Problem")}}}}}};
  return out;
}

json::object parameter(std::string_view name, std::string_view in, std::string_view help,
                       bool required) {
  return {{"name", name},
          {"in", in},
          {"description", help},
          {"required", required},
          {"schema", json::object{{"type", "string"}}}};
}

json::object operation(const HttpRoute& route) {
  json::array parameters;
  if (route.path.find("{id}") != std::string_view::npos) {
    parameters.push_back(parameter("id", "path", "the id of an entity", true));
  }
  for (const auto& one : route.query) {
    parameters.push_back(parameter(one.name, "query", one.help, false));
  }
  json::object out{{"summary", route.help}};
  if (route.kind == HttpRoute::Kind::events) {
    parameters.push_back(parameter("Last-Event-ID", "header", "the id of the last event", false));
  }
  if (route.kind == HttpRoute::Kind::submissions) {
    parameters.push_back(parameter("Idempotency-Key", "header", "a UUID of the client's", true));
    const json::array either{reference("AnyEntry"),
                             json::object{{"type", "array"}, {"items", reference("AnyEntry")}}};
    out["requestBody"] = json::object{
        {"required", true},
        {"content", json::object{{"application/json",
                                  json::object{{"schema", json::object{{"oneOf", either}}}}}}}};
  }
  if (!parameters.empty()) out["parameters"] = std::move(parameters);
  out["responses"] = responses(route);
  return out;
}

}  // namespace

std::string openApiText(const Catalogue& catalogue) {
  auto schemas = plainSchemas();
  json::array any;
  for (const auto& aggregate : catalogue.aggregates()) {
    for (const auto& act : aggregate.events) {
      if (catalogue.isEngines(act)) continue;
      schemas[act.type] = actSchema(act);
      any.push_back(reference(act.type));
    }
  }
  schemas["AnyEntry"] = json::object{{"oneOf", std::move(any)}};
  json::object paths;
  for (const auto& route : httpRoutes()) {
    auto& path = paths[route.path];
    if (path.is_null()) path = json::object{};
    path.get_object()[route.method == "POST" ? "post" : "get"] = operation(route);
  }
  return json::serialize(
             json::object{{"openapi", "3.1.0"},
                          {"info", json::object{{"title", "consulta"}, {"version", "1"}}},
                          {"paths", std::move(paths)},
                          {"components", json::object{{"schemas", std::move(schemas)}}}}) +
         "\n";
}

}  // namespace consulta
