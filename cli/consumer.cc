// consulta consumer list|show|reset|retry|remove: those who follow the entries by name.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "cli/actors.h"
#include "cli/entering.h"
#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "cli/table.h"
#include "engine/rules/roles.h"
#include "engine/runtime/consumers.h"
#include "engine/server/feed.h"
#include "events/values/utf8.h"

namespace consulta {

namespace json = boost::json;

namespace {

json::object factsJson(const Looking& at, const ConsumerFacts& facts) {
  json::object out{{"name", facts.name},
                   {"owner", at.actor(facts.owner)},
                   {"filter", facts.filter},
                   {"done", facts.done.value},
                   {"lag", facts.lag(at.last)},
                   {"waiting", facts.waiting},
                   {"parked", facts.parked},
                   {"connected", facts.connected},
                   {"made", instantText(facts.madeAtNs)}};
  if (facts.doneAtNs != 0) out["doneAt"] = instantText(facts.doneAtNs);
  return out;
}

json::object heldJson(const Looking& at, const HeldEntity& held) {
  json::object out{{"entity", at.symbolOf(held.entity)},
                   {"from", held.from.value},
                   {"parked", !held.dueNs},
                   {"attempts", held.attempts},
                   {"reason", held.reason},
                   {"since", instantText(held.heldAtNs)}};
  if (held.dueNs) out["due"] = instantText(*held.dueNs);
  return out;
}

std::string minutesText(std::int64_t ns) {
  return instantText(ns).substr(0, 16);
}

/// How far consumers have got is kept as it is now, and not as it was.
Status checkNow(const Session& session) {
  if (!session.options.asOf && !session.options.knownAt) return Done{};
  return usage("consumer.past", msg("how far a consumer has got is known of now only; leave out "
                                    "--as-of and --known-at"));
}

int printAll(const Looking& at) {
  auto& session = at.session;
  const auto all = at.reg.consumers().all();
  if (session.options.json) {
    for (const auto& one : all) {
      session.out() << json::serialize(factsJson(at, one)) << '\n';
    }
    return 0;
  }
  if (all.empty()) {
    session.out() << at.say("nobody follows by name; the first subscription in a name makes it")
                  << '\n';
    return 0;
  }
  Table table({{at.say("consumer")},
               {at.say("done up to"), false, true},
               {at.say("entries behind"), false, true},
               {at.say("tried again"), false, true},
               {at.say("parked"), false, true},
               {at.say("last done (UTC)")},
               {at.say("connected")},
               {at.say("filter"), true}});
  for (const auto& one : all) {
    table.add({Cell{one.name, Style::bold}, std::to_string(one.done.value),
               std::to_string(one.lag(at.last)), std::to_string(one.waiting),
               Cell{std::to_string(one.parked), one.parked > 0 ? Style::yellow : Style::plain},
               one.doneAtNs == 0 ? "" : minutesText(one.doneAtNs),
               one.connected ? at.say("yes") : at.say("no"), one.filter});
  }
  table.print(session.out(), session.terminal);
  return 0;
}

int printOne(const Looking& at, const std::string& name) {
  auto& session = at.session;
  const auto facts = at.reg.consumers().find(name);
  if (!facts) return session.fail(noSuchConsumer(name));
  const auto held = at.reg.consumers().held(name);
  if (session.options.json) {
    auto out = factsJson(at, *facts);
    json::array list;
    for (const auto& one : held) list.push_back(heldJson(at, one));
    out["held"] = std::move(list);
    session.out() << json::serialize(out) << '\n';
    return 0;
  }
  auto& out = session.out();
  const auto& say = session.speech();
  out << say(msgs("{name}, of {owner}: done up to entry {position}, {count} entry behind",
                  "{name}, of {owner}: done up to entry {position}, {count} entries behind",
                  facts->lag(at.last), arg("name", facts->name),
                  arg("owner", at.actor(facts->owner)), arg("position", facts->done.value)))
      << '\n';
  if (!facts->filter.empty()) {
    out << say(msg("it wants: {filter}", arg("filter", facts->filter))) << '\n';
  }
  if (held.empty()) return 0;
  Table table({{at.say("held back")},
               {at.say("from entry"), false, true},
               {at.say("since (UTC)")},
               {at.say("tried again (UTC)")},
               {at.say("attempts"), false, true},
               {at.say("reason"), true}});
  for (const auto& one : held) {
    table.add({Cell{at.symbolOf(one.entity), Style::bold}, std::to_string(one.from.value),
               minutesText(one.heldAtNs), one.dueNs ? minutesText(*one.dueNs) : at.say("parked"),
               std::to_string(one.attempts), one.reason});
  }
  table.print(out, session.terminal);
  return 0;
}

/// Those who may change it: who made it, and administrators.
Status checkMayChange(Session& session, Register& reg, const std::string& name) {
  const auto facts = reg.consumers().find(name);
  if (!facts) return noSuchConsumer(name);
  const auto actor = actingActor(session, reg);
  if (!actor) return actor.failures();
  bool may = facts->owner == *actor;
  reg.read([&](const State& state) { may = may || isAdministrator(state, *actor); });
  if (may) return Done{};
  return refused(
      "consumer.owner",
      msg("the consumer \"{name}\" is somebody else's; who made it can change it, and an "
          "administrator",
          arg("name", name)));
}

/// Changes one, after all that has to be looked at; `change` does it, `said` is told when it is
/// done.
int change(Session& session, const std::string& name, const Message& said,
           const std::function<Status(Register&)>& change) {
  const auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  if (auto may = checkMayChange(session, **reg, name); !may) return session.fail(may.failures());
  if (session.options.dryRun) {
    session.say(msg("nothing is changed (--dry-run)"));
    return 0;
  }
  if (auto changed = change(**reg); !changed) return session.fail(changed.failures());
  session.say(said);
  return 0;
}

int reset(Session& session, const Arguments& arguments) {
  const auto name = arguments.at("NAME");
  FeedRequest begin;
  if (auto read = readBegin("--to", arguments.at("to"), begin); !read) {
    return session.fail(read.failures());
  }
  return change(
      session, name,
      msg("{name} is sent everything from there on when it comes back", arg("name", name)),
      [&](Register& reg) -> Status {
        const auto feed = Feed::of(reg, begin);
        if (!feed) return feed.failures();
        return reg.consumers().reset(name, Position(feed->next().value - 1), reg.epoch());
      });
}

int retry(Session& session, const Arguments& arguments) {
  const auto name = arguments.at("NAME");
  std::vector<EntityId> entities;
  Failures failures;
  const int looked = look(session, [&](const Looking& at) {
    for (const auto& written : arguments.all("ID")) {
      const auto found = at.find(written);
      if (found) {
        entities.push_back(*found);
      } else {
        failures.insert(failures.end(), found.failures().begin(), found.failures().end());
      }
    }
    return 0;
  });
  if (looked != 0) return looked;
  if (!failures.empty()) return session.fail(failures);
  return change(session, name,
                msg("what was held back is sent to {name} when it comes back", arg("name", name)),
                [&](Register& reg) { return reg.consumers().retry(name, entities); });
}

int remove(Session& session, const Arguments& arguments) {
  const auto name = arguments.at("NAME");
  return change(
      session, name,
      msg("{name} is removed; a subscription in its name makes a new one", arg("name", name)),
      [&](Register& reg) { return reg.consumers().remove(name); });
}

/// A command about one consumer.
Command ofOne(const char* name, const char* help, const char* example) {
  Command out;
  out.name = name;
  out.help = help;
  out.example = example;
  out.places = {Parameter{.name = "NAME", .help = "the consumer", .required = true}};
  return out;
}

}  // namespace

Command consumerListCommand() {
  Command out;
  out.name = "consumer list";
  out.help = "List those who follow the entries by name, and how far they have got";
  out.example = "consumer list";
  out.about =
      "Programs that follow the entries at a socket can do so in the name of a consumer: the "
      "server keeps what they have done. What one of them could not handle is held back with all "
      "later entries of the same entity, and tried again or parked.";
  out.run = [](Session& session, const Arguments& /*arguments*/) {
    if (auto now = checkNow(session); !now) return session.fail(now.failures());
    return look(session, printAll);
  };
  return out;
}

Command consumerShowCommand() {
  auto out = ofOne("consumer show", "Show one consumer, and what it holds back and why",
                   "consumer show warehouse");
  out.run = [](Session& session, const Arguments& arguments) {
    if (auto now = checkNow(session); !now) return session.fail(now.failures());
    return look(session, [&](const Looking& at) { return printOne(at, arguments.at("NAME")); });
  };
  return out;
}

Command consumerResetCommand() {
  auto out = ofOne("consumer reset", "Let a consumer go on from another place",
                   "consumer reset warehouse --to 2006-04-01");
  out.makes = true;
  out.about =
      "It is sent everything from there on, also what it had done before, and nothing is held back "
      "any more. Nobody may be following in its name meanwhile.";
  out.options = {Parameter{.name = "to",
                           .value = "WHERE",
                           .help = "where it begins again: a position, a day or an instant of "
                                   "recording, \"beginning\" or \"now\"",
                           .required = true}};
  out.run = reset;
  return out;
}

Command consumerRetryCommand() {
  auto out = ofOne("consumer retry", "Let a consumer try again what was held back or parked",
                   "consumer retry warehouse MTG-2006-001");
  out.makes = true;
  out.places.push_back(Parameter{.name = "ID",
                                 .help = "the entities; without one all that are held back",
                                 .repeats = true,
                                 .refs = {"*"}});
  out.run = retry;
  return out;
}

Command consumerRemoveCommand() {
  auto out = ofOne("consumer remove", "Forget a consumer, and how far it had got",
                   "consumer remove warehouse");
  out.makes = true;
  out.run = remove;
  return out;
}

}  // namespace consulta
