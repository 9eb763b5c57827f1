#include "cli/act_entry.h"

#include <boost/json.hpp>

#include "cli/called.h"
#include "cli/entering.h"
#include "cli/field_option.h"

namespace consulta {

namespace json = boost::json;

json::object dataOfOptions(Session& session, const EventInfo& act, const Arguments& arguments,
                           Failures& wrong) {
  json::object data;
  for (const auto& field : act.fields) {
    const auto& written = arguments.all(field.option);
    if (written.empty()) continue;
    auto value = fieldValue(session, field, written);
    if (value) {
      data[field.name] = std::move(value).value();
    } else {
      for (auto& one : std::move(value).failures()) wrong.push_back(one);
    }
  }
  return data;
}

namespace {

void takeList(const Arguments& arguments, const std::string& option, const char* member,
              json::object& entry) {
  if (!arguments.has(option)) return;
  json::array all;
  for (const auto& one : arguments.all(option)) all.emplace_back(one);
  entry[member] = std::move(all);
}

void takeGrounds(Session& session, const Arguments& arguments, json::object& entry,
                 Failures& wrong) {
  if (!arguments.has("ground")) return;
  const auto named = entitiesWritten(session, "ground", {"*"}, arguments.all("ground"));
  if (!named) {
    wrong.insert(wrong.end(), named.failures().begin(), named.failures().end());
    return;
  }
  entry["grounds"] = json::array(named->begin(), named->end());
}

}  // namespace

void takeExpected(Session& session, json::object& entry, Failures& wrong) {
  if (!session.options.expect) return;
  const auto& expect = *session.options.expect;
  if (expect == "any" || expect == "none") {
    entry["expect"] = expect;
    return;
  }
  auto revision = readNumber("--expect", expect, 1, 4'294'967'295);
  if (revision) {
    entry["expect"] = *revision;
  } else {
    wrong.push_back(usage("option.expect", msg("--expect is any, none or a revision from 1")));
  }
}

json::object entryOfOptions(Session& session, const EventInfo& act, const Arguments& arguments,
                            Failures& wrong) {
  json::object entry;
  entry["type"] = act.type;
  entry["data"] = dataOfOptions(session, act, arguments, wrong);
  if (const auto note = arguments.get("note")) entry["note"] = *note;
  takeList(arguments, "source", "sources", entry);
  takeGrounds(session, arguments, entry, wrong);
  if (act.field("authority") == nullptr) takeAuthority(arguments, entry);
  takeExpected(session, entry, wrong);
  return entry;
}

void takeAuthority(const Arguments& arguments, json::object& entry) {
  takeList(arguments, "authority", "authority", entry);
}

Parameter authorityOption() {
  return {.name = "authority",
          .value = "LANG:TEXT",
          .help =
              "the function that orders it, where it undoes or brings about what the register "
              "enters by itself",
          .repeats = true};
}

void takeOccurred(Session& session, json::object& entry, Failures& wrong) {
  auto occurred = occurredFromOptions(session);
  if (occurred) {
    entry["occurred"] = std::move(occurred).value();
  } else {
    for (auto& one : std::move(occurred).failures()) wrong.push_back(one);
  }
}

std::string entityWritten(const AggregateInfo& aggregate, const std::string& id) {
  if (id.find(':') != id.npos || id.starts_with('#')) return id;
  return aggregate.name + ":" + id;
}

}  // namespace consulta
