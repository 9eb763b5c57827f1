// Makes a register: its directory, its reference lists, its first administrator.
#include <boost/json.hpp>
#include <filesystem>
#include <ostream>

#include "cli/act_entry.h"
#include "cli/entering.h"
#include "cli/progress.h"
#include "cli/reference.h"

namespace consulta {

namespace json = boost::json;

namespace {

const EventInfo& openingAct(const Catalogue& catalogue) {
  return *catalogue.aggregate("register")->byName("opened");
}

/// Submits founding entries; what fails here is a fault of the program or of the options.
Status enter(Session& session, Register& reg, ActorId actor,
             const std::vector<json::object>& entries) {
  auto proposals = readEntries(session, entries);
  if (!proposals) return std::move(proposals).failures();
  Submission submission;
  submission.id = randomId<SubmissionId>();
  submission.actor = actor;
  submission.entries = std::move(proposals).value();
  auto receipt = reg.submit(std::move(submission));
  if (!receipt) return std::move(receipt).failures();
  return Done{};
}

Status enterReferences(Session& session, Register& reg, ActorId actor) {
  Progress progress(session.err(), session.showsProgress(),
                    session.speech()(msg("entering the reference lists")), session.clock());
  std::uint64_t done = 0;
  for (const auto& group : referenceGroups()) {
    std::vector<json::object> entries;
    for (const auto text : group.entries) entries.push_back(json::parse(text).as_object());
    if (auto entered = enter(session, reg, actor, entries); !entered) return entered;
    done += entries.size();
    progress.at(done, referenceEntries().size());
  }
  return Done{};
}

/// The calendar that the procedures go by which are shipped: Monday to Friday, in the register's
/// own time zone. Its holidays are the secretariat's to enter.
json::object workingDays(const json::object& opened) {
  json::object data{
      {"title", {{"en", "Working days"}, {"fr", "Jours ouvrables"}, {"es", "Días hábiles"}}},
      {"timeZone", opened.at("timeZone")}};
  return {{"type", "calendar.adopted"},
          {"entity", "WORKING-DAYS"},
          {"occurred", "unknown"},
          {"data", std::move(data)}};
}

Status enterProcedures(Session& session, Register& reg, ActorId actor, const json::object& opened) {
  // By itself: what stands in its way would be said again of each procedure that goes by it.
  if (auto done = enter(session, reg, actor, {workingDays(opened)}); !done) return done;
  std::vector<json::object> entries;
  for (const auto text : procedureEntries()) entries.push_back(json::parse(text).as_object());
  return enter(session, reg, actor, entries);
}

std::vector<json::object> foundingEntries(const Register& reg, ActorId actor,
                                          const std::string& name, json::object opened,
                                          const json::value& occurred) {
  opened["registerId"] = toText(reg.id());
  const auto entry = [&](const char* type, json::object data) {
    return json::object{{"type", type},
                        {"entity", "register:REG"},
                        {"occurred", occurred},
                        {"data", std::move(data)}};
  };
  return {entry("register.opened", std::move(opened)),
          entry("register.actorEnrolled", {{"actor", toText(actor)}, {"name", name}}),
          entry("register.roleGranted", {{"actor", toText(actor)}, {"role", "administrator"}})};
}

/// In the session's register, which is new. Its codes are read in the lists that it has by then.
Status found(Session& session, Register& reg, const Arguments& arguments,
             const json::value& occurred) {
  auto actor = actingActor(session, reg);
  if (!actor) return std::move(actor).failures();
  if (auto done = enterReferences(session, reg, *actor); !done) return done;
  Failures wrong;
  auto opened = dataOfOptions(session, openingAct(session.catalogue()), arguments, wrong);
  if (!wrong.empty()) return wrong;
  if (!opened.contains("languages")) opened["languages"] = json::array{"en", "fr", "es"};
  if (auto done = enterProcedures(session, reg, *actor, opened); !done) return done;
  const auto name = reg.nameOfActor(*actor).value_or("administrator");
  const auto entries = foundingEntries(reg, *actor, name, opened, occurred);
  if (auto done = enter(session, reg, *actor, entries); !done) return done;
  return reg.complete();
}

int runInit(Session& session, const Arguments& arguments) {
  if (session.options.data.empty()) {
    return session.fail(usage("data.missing", msg("say where the register is to be: --data DIR, or "
                                                  "set CONSULTA_DATA")));
  }
  if (session.options.dryRun) {
    return session.fail(
        usage("init.dry-run", msg("init makes the register that entries are checked "
                                  "in; leave out --dry-run")));
  }
  auto occurred = occurredFromOptions(session);
  if (!occurred) return session.fail(occurred.failures());
  std::error_code ignored;
  std::filesystem::create_directories(session.options.data.parent_path(), ignored);
  const bool existed = std::filesystem::exists(session.options.data, ignored);
  auto made = Register::create(session.catalogue(), session.registerOptions());
  if (!made) return session.fail(made.failures());
  auto& reg = **made;
  session.adopt(std::move(*made));
  if (auto done = found(session, reg, arguments, *occurred); !done) {
    // It is not a register yet, so nothing of anybody's is lost.
    session.close();
    for (const auto& one : std::filesystem::directory_iterator(session.options.data)) {
      std::filesystem::remove_all(one.path(), ignored);
    }
    if (!existed) std::filesystem::remove(session.options.data, ignored);
    return session.fail(done.failures());
  }
  if (session.options.json) {
    session.out() << json::serialize(json::object{{"register", toText(reg.id())},
                                                  {"directory", session.options.data.string()},
                                                  {"entries", reg.last().value}})
                  << '\n';
  } else {
    session.out() << session.speech()(msgs(
                         "a new register in {directory}: {count} entry of reference data, you "
                         "are its administrator",
                         "a new register in {directory}: {count} entries of reference data, you "
                         "are its administrator",
                         reg.last().value, arg("directory", session.options.data.string())))
                  << '\n';
    session.say(msg("next: \"consulta --help\", or \"consulta meeting schedule --help\""));
  }
  return 0;
}

}  // namespace

Command initCommand() {
  Command out;
  out.name = "init";
  out.owns = true;
  out.enters = true;
  out.help = "Make a new register, with its reference lists and yourself as administrator";
  out.example = "init --organization \"en:My Organization\" --time-zone Europe/Vienna";
  out.about =
      "Countries, currencies, regions, goals, priority areas, governing bodies and the regional "
      "group with its members are entered like any other entries, in three languages; so are some "
      "procedures by which consultations run, and a calendar of working days for them.";
  out.options = {
      {.name = "organization",
       .value = "LANG:TEXT",
       .help = "whose register it is",
       .required = true,
       .repeats = true},
      {.name = "time-zone",
       .value = "ZONE",
       .help = "used where none is given, as Europe/Vienna",
       .required = true},
      {.name = "languages",
       .value = "CODE",
       .help = "the languages it works in, the first one by default; without it en, fr, es",
       .repeats = true},
      {.name = "currency", .value = "CODE", .help = "the currency of totals"},
  };
  out.run = runInit;
  return out;
}

}  // namespace consulta
