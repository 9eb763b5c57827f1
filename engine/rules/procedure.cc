// Rules of procedures: what is entered can be run, and names nothing that is not there.
#include "events/procedure/definition.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "engine/rules/decide.h"
#include "engine/rules/guard.h"
#include "engine/rules/rule_values.h"
#include "projections/rows.h"
#include "projections/rows/procedure.h"

namespace consulta {

namespace {

constexpr auto rule = "procedure.definition";

bool isRole(const std::string& name) {
  return std::ranges::find(roleNames(), name) != roleNames().end();
}

/// What the procedure names by symbols must be in the register.
class NameCheck {
 public:
  NameCheck(const Case& on, Refusals& no) : on_(on), no_(no) {}

  void definition(const ProcedureDefinition& definition) {
    const auto& lines = definition.lines;
    if (!definition.calendar.empty()) {
      name(lines.of("calendar"), definition.calendar, {"calendar"});
    }
    for (const auto& step : definition.steps) {
      for (const auto& one : step.by) {
        if (!isRole(one)) name(step.lines.of("by"), one, {"party", "office"});
      }
      if (step.escalation) {
        name(step.lines.of("escalate-to"), step.escalation->office, {"office"});
      }
      if (!step.limit.beforeSession.empty()) {
        name(step.lines.of("before"), step.limit.beforeSession, {"session"});
      }
      for (const auto& one : step.languages) language(step.lines.of("languages"), one);
    }
  }

 private:
  void name(int line, const std::string& written, const std::vector<std::string>& kinds) {
    const auto id = resolve(on_.state, written, kinds);
    if (id || !seen_.insert(written).second) return;
    for (const auto& failure : id.failures()) {
      no_.refuse(rule, msg("line {line}: {why}", arg("line", line), arg("why", failure.text)));
    }
  }

  void language(int line, const std::string& code) {
    name(line, "language/" + code, {"reference"});
  }

  const Case& on_;
  Refusals& no_;
  std::set<std::string> seen_;
};

bool isNameOf(const Case& on, const std::string& name) {
  if (on.row == nullptr) return foldSymbol(on.symbol) == foldSymbol(name);
  return std::ranges::any_of(on.row->head.symbols, [&](const RowSymbol& one) {
    return foldSymbol(one.text) == foldSymbol(name);
  });
}

void checkDefined(const Case& on, capnp::Text::Reader text, Refusals& no) {
  auto definition = readProcedure({text.begin(), text.size()});
  if (!definition) return no.add(std::move(definition).failures());
  if (!isNameOf(on, definition->name)) {
    const auto called = on.row == nullptr ? on.symbol : on.row->head.name();
    no.refuse("procedure.name",
              msg("the definition is called {name} and the procedure {symbol}; give both the same "
                  "name",
                  arg("name", definition->name), arg("symbol", called)));
  }
  NameCheck(on, no).definition(*definition);
}

void checkRevised(const Case& on, schema::ProcedureRevised::Reader e, Refusals& no) {
  const auto& versions = as<Procedure>(*on.row).versions;
  if (!versions.empty() && versions.back().definition == e.getDefinition().cStr()) {
    return no.refuse("procedure.revised.different",
                     msg("{procedure} says exactly that already, since version {version}",
                         arg("procedure", on.self()), arg("version", versions.back().version)));
  }
  // Versions are counted in the order of their days, and consultations run by the count.
  const auto today = on.state.row(on.entity);
  for (const auto& version : as<Procedure>(*today).versions) {
    if (!certainlyBefore(on.occurred, version.since.edtf)) continue;
    no.refuse(
        "procedure.revised.order",
        msg("version {version} of {procedure} holds since {date}; an earlier one cannot be put "
            "before it. Give a later --on, or correct that version",
            arg("version", version.version), arg("procedure", on.self()),
            arg("date", version.since.edtf)));
    break;
  }
  checkDefined(on, e.getDefinition(), no);
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getProcedure();
  if (event.isAdopted()) return checkDefined(on, event.getAdopted().getDefinition(), no);
  if (event.isFound()) return checkDefined(on, event.getFound().getDefinition(), no);
  if (event.isRevised()) return checkRevised(on, event.getRevised(), no);
  if (event.isRetired() && EntityId(event.getRetired().getReplacement()) == on.entity) {
    no.refuse("procedure.retired.itself",
              msg("{procedure} does not take its own place; name another procedure with "
                  "--replacement, or leave it out",
                  arg("procedure", on.self())));
  }
}

}  // namespace

const Rules& rulesOfProcedure() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
