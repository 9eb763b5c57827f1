// What every command that enters something has at hand: who acts, what is submitted, what is said
// of the answer.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/session.h"
#include "engine/runtime/register.h"

namespace consulta {

class Looking;

[[nodiscard]] Command initCommand();
[[nodiscard]] Command attachCommand(const Catalogue& catalogue);
[[nodiscard]] Command importCommand();
[[nodiscard]] Command correctCommand(const Catalogue& catalogue);
[[nodiscard]] Command undoCommand();
[[nodiscard]] Command refileCommand();
[[nodiscard]] Command procedureAddCommand();
[[nodiscard]] Command officeHandOverCommand();
[[nodiscard]] Command rebuildCommand();
[[nodiscard]] Command consumerResetCommand();
[[nodiscard]] Command consumerRetryCommand();
[[nodiscard]] Command consumerRemoveCommand();
[[nodiscard]] Command backupCommand();
[[nodiscard]] Command restoreCommand();

/// The actor that the session acts as: that of its account.
[[nodiscard]] Result<ActorId> actingActor(const Session& session, Register& reg);

/// "occurred" of an entry from --on, or today; either reading is said.
[[nodiscard]] Result<boost::json::value> occurredFromOptions(Session& session);

/// PREFIX-YEAR-NNN, the next that is free; the year is that of --on, or this one.
[[nodiscard]] std::string proposedId(Session& session, const AggregateInfo& aggregate,
                                     const State& state);
/// The year of --on, or this one.
[[nodiscard]] int proposedYear(Session& session);

/// Free ids for many entities, each another one. Not beyond the look that gave the state.
class ProposedIds {
 public:
  ProposedIds(const AggregateInfo& aggregate, const State& state)
      : aggregate_(aggregate), state_(state) {}
  /// An id that somebody else is about to take.
  void keepFrom(const std::string& symbol);
  [[nodiscard]] std::string next(int year);

 private:
  const AggregateInfo& aggregate_;
  const State& state_;
  std::map<int, int> last_;     // number, by year
  std::set<std::string> kept_;  // folded
};

/// Entries (JSON objects as readEntry() reads them) as one submission under --submission or a new
/// id, of whoever runs this process.
[[nodiscard]] Result<Submission> newSubmission(Session& session, Register& reg,
                                               const std::vector<boost::json::object>& entries);
/// Submits it, or examines it with --dry-run; prints the answer. Returns the exit code.
int enterSubmission(Session& session, Register& reg, Submission submission);
/// Both, in the session's register. Where the entries are the program's own to number, `called`
/// says what each of them is to whoever asked for it: what stands in its way is said of that.
int submitEntries(Session& session, const std::vector<boost::json::object>& entries,
                  const std::vector<Message>& called = {});

/// Enters first what has fallen due by the clock, and says so. newSubmission() does this; a command
/// that composes its entries from the state does it before it reads that.
[[nodiscard]] Status enterDueFirst(Session& session, Register& reg);

/// Looks at what entries are composed from: the present, or, when the submission that --submission
/// names was entered before, what was known before it. So the same words make the same entries
/// again, whatever has come since, and are answered as the first time.
void composeFrom(Session& session, const Register& reg,
                 const std::function<void(const Looking&)>& compose);

/// Who says when the entries occurred: the options, or else today is filled in; or each entry.
enum class Dated { byOptions, byEntries };

/// The same without a word: what was, or with `dry` would be, entered.
[[nodiscard]] Result<Receipt> sendEntries(Session& session, Register& reg,
                                          const std::vector<boost::json::object>& entries, bool dry,
                                          Dated dated = Dated::byOptions);

/// Of what is said about one of many entries, as readEntries() and the engine say it: takes its
/// number, from 1, off the text. Nothing when it is about all of them, or there is one.
[[nodiscard]] std::optional<std::size_t> takeEntryNumber(Message& text);

/// What a receipt says, one line an entry, or as JSON.
void printReceipt(Session& session, Register& reg, const Receipt& receipt);

/// Proposals from entries; all that is wrong is returned.
[[nodiscard]] Result<std::vector<Proposal>> readEntries(
    Session& session, const std::vector<boost::json::object>& entries);

}  // namespace consulta
