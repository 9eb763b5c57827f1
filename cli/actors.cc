#include "cli/actors.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "cli/entering.h"
#include "engine/rules/roles.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"
#include "projections/rows/register.h"

namespace consulta {

std::string nameOfActor(const Register& reg, const State& state, ActorId actor) {
  if (auto name = reg.nameOfActor(actor)) return *name;
  auto id = toText(actor);
  const auto whole = registerRow(state);
  const auto* row = tryAs<RegisterRow>(whole.get());
  if (row == nullptr) return id;
  const auto known = std::ranges::find(row->actors, id, &Actor::id);
  if (known == row->actors.end()) return id;
  return reg.reveal(known->name.at, known->name.field).value_or(id);
}

Result<ActorId> findActor(const Looking& at, std::string_view option, const std::string& written) {
  if (const auto id = readWideId<ActorId>(written)) return *id;
  const auto sought = foldLatin(trimmed(written));
  std::vector<ActorId> found;
  std::vector<std::string> names;
  for (const auto id : at.knownActors()) {
    names.push_back(at.actor(id));
    if (foldLatin(names.back()) == sought) found.push_back(id);
  }
  if (found.size() == 1) return found.front();
  if (!found.empty()) {
    const auto all = joined(found, [](ActorId id) { return toText(id); });
    return usage("actor.several",
                 msg("{option}: several are called \"{written}\"; give the id of "
                     "the one you mean: {all}",
                     arg("option", option), arg("written", excerpt(written)), arg("all", all)));
  }
  if (const auto near = nearest(written, names)) {
    return usage("actor.unknown",
                 msg("{option}: the register knows nobody called \"{written}\". "
                     "Did you mean {near}?",
                     arg("option", option), arg("written", excerpt(written)), arg("near", *near)));
  }
  const auto all = joined(std::set<std::string>(names.begin(), names.end()));
  return usage("actor.unknown",
               msg("{option}: the register knows nobody called \"{written}\"; it knows {all}, and "
                   "\"register enrol\" makes others known",
                   arg("option", option), arg("written", excerpt(written)), arg("all", all)));
}

Result<ActorId> findActor(Session& session, std::string_view option, const std::string& written) {
  const auto reg = session.reg();
  if (!reg) return reg.failures();
  std::optional<Result<ActorId>> out;
  (*reg)->read([&](const State& now) {
    out.emplace(findActor(Looking(session, **reg, now, nullptr), option, written));
  });
  return std::move(*out);
}

namespace {

/// Whether `may` holds of whoever came over a network; of others nothing is asked.
Result<bool> holds(Session& session, bool (*may)(const State&, ActorId)) {
  if (!session.account.overNetwork) return true;
  const auto reg = session.reg();
  if (!reg) return reg.failures();
  const auto actor = actingActor(session, **reg);
  if (!actor) return actor.failures();
  bool out = false;
  (*reg)->read([&](const State& now) { out = may(now, *actor); });
  return out;
}

/// Where nobody is an administrator, everybody beside the register may keep it, and nobody else.
bool administers(const State& state, ActorId actor) {
  const auto row = registerRow(state);
  return row && administratorsOf(as<RegisterRow>(*row)).contains(toText(actor));
}

}  // namespace

Status checkLeavesSomething(Session& session) {
  const auto may = holds(session, mayEnter);
  if (!may) return may.failures();
  if (*may) return Done{};
  return refused("role.leaves",
                 msg("an auditor reads and proves, and \"consulta {command}\" leaves something in "
                     "the register or on its machine; it needs the role of a clerk",
                     arg("command", session.command)));
}

Status checkKeepsRegister(Session& session) {
  const auto may = holds(session, administers);
  if (!may) return may.failures();
  if (*may) return Done{};
  return refused("role.keeps",
                 msg("over a network \"consulta {command}\" is for administrators of the whole "
                     "register; ask one, or do it on the machine of the register",
                     arg("command", session.command)));
}

Result<ActorId> onBehalfOf(Session& session) {
  if (!session.options.onBehalfOf) return ActorId{};
  return findActor(session, "--on-behalf-of", *session.options.onBehalfOf);
}

}  // namespace consulta
