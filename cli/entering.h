// What every command that enters something has at hand: who acts, what is submitted, what is said
// of the answer.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/session.h"
#include "engine/runtime/register.h"

namespace consulta {

[[nodiscard]] Command initCommand();
[[nodiscard]] Command attachCommand(const Catalogue& catalogue);
[[nodiscard]] Command importCommand();
[[nodiscard]] Command correctCommand(const Catalogue& catalogue);
[[nodiscard]] Command undoCommand();
[[nodiscard]] Command refileCommand();
[[nodiscard]] Command rebuildCommand();
[[nodiscard]] Command backupCommand();
[[nodiscard]] Command restoreCommand();

/// The actor that this process acts as: the account it runs under.
[[nodiscard]] Result<ActorId> actingActor(Register& reg);

/// "occurred" of an entry from --on, or today; either reading is said.
[[nodiscard]] Result<boost::json::value> occurredFromOptions(Session& session);

/// PREFIX-YEAR-NNN, the next that is free; the year is that of --on, or this one.
[[nodiscard]] std::string proposedId(Session& session, const AggregateInfo& aggregate,
                                     const State& state);

/// Entries (JSON objects as readEntry() reads them) as one submission under --submission or a new
/// id, of whoever runs this process.
[[nodiscard]] Result<Submission> newSubmission(Session& session, Register& reg,
                                               const std::vector<boost::json::object>& entries);
/// Submits it, or examines it with --dry-run; prints the answer. Returns the exit code.
int enterSubmission(Session& session, Register& reg, Submission submission);
/// Both, in the session's register.
int submitEntries(Session& session, const std::vector<boost::json::object>& entries);

/// What a receipt says, one line an entry, or as JSON.
void printReceipt(Session& session, Register& reg, const Receipt& receipt);

/// Proposals from entries; all that is wrong is returned.
[[nodiscard]] Result<std::vector<Proposal>> readEntries(
    Session& session, const std::vector<boost::json::object>& entries);

}  // namespace consulta
