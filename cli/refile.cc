// consulta refile: moves an entry to the entity it was meant for.
#include <boost/json.hpp>

#include "cli/entering.h"
#include "cli/looking.h"
#include "cli/right_values.h"
#include "engine/rules/decide.h"
#include "events/entry_json.h"
#include "events/values/utf8.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// The entry as it is to be entered anew: what it says today, corrections included.
Result<json::object> enteredAnew(const Looking& at, const Mistake& mistake, EntityId to) {
  const auto record = mistake.record;
  for (const auto& step : at.state.timeline(record->entity()).steps()) {
    if (step.position() != record->position()) continue;
    const auto now = step.fold();
    const auto view = at.json();
    const auto printed = entryJson(at.state.catalogue(), record->get(), view);
    json::object out{
        {"type", mistake.act->type},
        {"entity", "#" + std::to_string(to.value)},
        {"occurred", dateJson(now.occurred)},
        {"data", eventJson(at.state.catalogue(), *mistake.act, now.event, now.valuesAt, view)}};
    for (const char* name : {"note", "grounds", "sources"}) {
      if (const auto* value = printed.if_contains(name)) out[name] = *value;
    }
    return out;
  }
  return refused("retraction.once", msg("entry {position} of {entity} is withdrawn already",
                                        arg("position", record->position().value),
                                        arg("entity", at.state.nameOf(record->entity()))));
}

/// What an entry has opened is not another thing's.
Failure opensIt(const Looking& at, const Mistake& mistake) {
  return refused("refile.opens",
                 msg("entry {position} opened {entity}, so it cannot be moved to another; what it "
                     "says is put right with \"consulta correct {position}\"",
                     arg("position", mistake.record->position().value),
                     arg("entity", at.symbolOf(mistake.record->entity()))));
}

int runRefile(Session& session, const Arguments& arguments) {
  const auto position = positionIn(arguments.at("POSITION"));
  if (!position) {
    return session.fail(
        usage("refile.position",
              msg("{text} is no position; a position is the number that \"consulta history\" "
                  "shows beside the entry",
                  arg("text", excerpt(arguments.at("POSITION"))))));
  }
  for (const char* name : {"to", "reason"}) {
    if (arguments.has(name)) continue;
    return session.fail(usage("refile.required",
                              msg("--{option} is missing; as in: consulta refile {position} --to "
                                  "ID --reason TEXT",
                                  arg("option", name), arg("position", position->value))));
  }
  auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  const auto mistake = mistakeAt(**reg, *position);
  if (!mistake) return session.fail(mistake.failures());
  const auto entity = mistake->record->entity();
  Result<json::object> anew(json::object{});
  std::string to;
  std::vector<Message> called;
  (*reg)->read([&](const State& now) {
    const Looking at(session, **reg, now, nullptr);
    if (mistake->act->opens) {
      anew = opensIt(at, *mistake);
      return;
    }
    const auto own = now.row(entity);
    const auto kind = own ? now.catalogue().aggregate(own->aggregate()).name : std::string("*");
    const auto id = at.find(arguments.at("to"), {kind});
    if (!id) {
      anew = id.failures();
      return;
    }
    to = "#" + std::to_string(id->value);
    anew = enteredAnew(at, *mistake, *id);
    const auto which = [&](EntityId on) {
      return msg("entry {position} ({act}) on {entity}", arg("position", position->value),
                 arg("act", inWords(mistake->act->name)), arg("entity", at.symbolOf(on)));
    };
    called = {which(entity), which(*id)};
  });
  if (!anew) return session.fail(anew.failures());
  json::object retraction{{"type", "common.retraction"},
                          {"entity", "#" + std::to_string(entity.value)},
                          {"occurred", Edtf::day(session.today()).text()},
                          {"data", json::object{{"retracts", position->value},
                                                {"reason", arguments.at("reason")},
                                                {"refiledTo", to}}}};
  return submitEntries(session, {std::move(retraction), std::move(anew).value()}, called);
}

}  // namespace

Command refileCommand() {
  Command out;
  out.name = "refile";
  out.enters = true;
  out.help = "Move an entry to the entity it was meant for";
  out.example = "refile 712 --to MTG-2006-002 --reason \"Entered for the wrong meeting\"";
  out.about =
      "The entry is withdrawn where it stands and entered anew, with its date and its values of "
      "today, where it belongs; both at once or not at all. Where it stood it stays visible.";
  out.places = {{.name = "POSITION", .help = "position of the entry", .required = true}};
  out.options = {{.name = "to", .value = "ID", .help = "where it belongs; needed", .refs = {"*"}},
                 {.name = "reason", .value = "TEXT", .help = "why it is moved; needed"}};
  out.run = runRefile;
  return out;
}

}  // namespace consulta
