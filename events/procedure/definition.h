// A procedure: the steps by which a consultation runs, as a secretariat defines them in TOML.
//
// Plain values. A definition is what the text says; checkDefinition() says whether it can be run.
// Whoever interprets one (the rules), draws one or lists what is due by it reads it from here.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/result.h"
#include "events/values/duration.h"
#include "events/values/edtf.h"
#include "events/values/texts.h"

namespace consulta {

enum class StepKind : std::uint8_t {
  invitation,
  contributions,
  tabling,
  meeting,
  silence,
  consensus,
  vote,
  signature,
  decision,
};
BOOST_DESCRIBE_ENUM(StepKind, invitation, contributions, tabling, meeting, silence, consensus, vote,
                    signature, decision)

/// The ends of a procedure: what a consultation is concluded with.
enum class ProcedureEnd : std::uint8_t { adopted, notAdopted, withdrawn };
BOOST_DESCRIBE_ENUM(ProcedureEnd, adopted, notAdopted, withdrawn)

/// Until when a step is to be done; at most one of the three stands.
struct TimeLimit {
  std::optional<Duration> within;
  std::string from;           // of `within`: the step whose completion it counts from; empty: the
                              // beginning of the step itself
  std::optional<Edtf> until;  // a day
  std::string beforeSession;  // "IDB.31"
  std::optional<Duration> lead;  // of `beforeSession`: how long before its first day

  [[nodiscard]] bool stated() const { return within || until || !beforeSession.empty(); }
};

/// Who is told when a step is late, and how long after its time limit.
struct Escalation {
  std::optional<Duration> after;  // none: at once
  std::string office;             // symbol
};

enum class VoteMajority : std::uint8_t { simple, twoThirds, fourFifths };
BOOST_DESCRIBE_ENUM(VoteMajority, simple, twoThirds, fourFifths)

/// How many of those entitled have to take part: a number of them, or a share.
struct Quorum {
  std::uint32_t count = 0;
  std::uint32_t numerator = 0;
  std::uint32_t denominator = 0;  // 0: it is a count
};

/// An outcome, and the names of the steps that begin with it; or the end it leads to.
struct Branch {
  std::string outcome;
  std::vector<std::string> next;
  std::optional<ProcedureEnd> end;
  int line = 0;
};

/// On which line of the text something is said; of what is not said there, where the table begins.
struct DefinitionLines {
  int first = 1;
  std::map<std::string, int, std::less<>> keys;

  [[nodiscard]] int of(std::string_view key) const {
    const auto found = keys.find(key);
    return found == keys.end() ? first : found->second;
  }
};

struct ProcedureStep {
  std::string name;
  StepKind kind = StepKind::invitation;
  Texts title;
  std::vector<std::string> by;        // roles (roleNames()), or symbols of parties and offices
  std::vector<std::string> waitsFor;  // of a step where parallel ones meet: all of these
  TimeLimit limit;
  std::vector<Duration> reminders;  // so long before the time limit, longest first
  std::optional<Escalation> escalation;
  std::optional<Duration> period;      // of a silence: how long it lasts at least
  std::vector<std::string> languages;  // of a text under silence
  VoteMajority majority = VoteMajority::simple;
  Quorum quorum;
  std::vector<Branch> branches;  // in the order written
  DefinitionLines lines;
};

struct ProcedureDefinition {
  std::string name;  // its symbol in a register
  Texts title;
  std::optional<Edtf> valid;  // the period in which consultations may begin by it
  std::string calendar;       // symbol of the calendar that working days and hours go by
  std::string rules;          // the rules of procedure it follows, as they are cited
  std::optional<Duration> silenceMinimum;  // where shorter silences than usual are provided for
  std::vector<std::string> first;          // the steps it begins with
  std::vector<ProcedureStep> steps;        // in the order written
  DefinitionLines lines;
};

/// What a role in `by` can be: "eligible", "observers", "everyone", "secretariat".
[[nodiscard]] std::span<const std::string_view> roleNames();
/// The outcomes a step of this kind can have, and whether the procedure must say what follows.
struct OutcomeInfo {
  std::string_view name;
  bool required;
  std::string_view help;
};
[[nodiscard]] std::span<const OutcomeInfo> outcomesOf(StepKind kind);
/// "notAdopted" as it is written: "not-adopted".
[[nodiscard]] std::string_view nameOf(ProcedureEnd end);
[[nodiscard]] std::string_view nameOf(StepKind kind);
[[nodiscard]] std::string_view nameOf(VoteMajority majority);

/// The shortest silence where a procedure provides for no shorter one: 72 hours.
[[nodiscard]] const Duration& silenceUsualMinimum();

/// Reads TOML without asking whether it can be run: of what was entered, that was asked then.
[[nodiscard]] Result<ProcedureDefinition> parseProcedure(std::string_view toml);
/// Reads TOML and checks it. Each failure names the line and what to write; all are returned.
[[nodiscard]] Result<ProcedureDefinition> readProcedure(std::string_view toml);
/// What is wrong with a definition, and the line on which it is mended.
struct DefinitionFault {
  int line = 0;
  Message why;
};
using DefinitionFaults = std::vector<DefinitionFault>;
/// Whether a definition can be run: every step is reached and leads to an end, every outcome is
/// provided for, what is named exists, no silence is shorter than the minimum.
[[nodiscard]] DefinitionFaults checkDefinition(const ProcedureDefinition& definition);

/// Null when there is none. Valid as long as the definition.
[[nodiscard]] const ProcedureStep* stepOf(const ProcedureDefinition& definition,
                                          std::string_view name);
[[nodiscard]] const Branch* branchOf(const ProcedureStep& step, std::string_view outcome);

}  // namespace consulta
