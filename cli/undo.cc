// consulta undo: withdraws what one has entered last.
#include <algorithm>
#include <boost/json.hpp>
#include <ostream>

#include "cli/entering.h"
#include "cli/event_node.h"
#include "cli/looking.h"
#include "cli/questions.h"
#include "cli/story.h"
#include "events/entry.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// Records read at once on the way back through the log.
constexpr std::uint64_t records_read = 512;

bool sameSubmission(const RecordPtr& one, const RecordPtr& other) {
  return one->get().getSubmissionHigh() == other->get().getSubmissionHigh() &&
         one->get().getSubmissionLow() == other->get().getSubmissionLow();
}

bool enteredBy(const RecordPtr& record, ActorId actor) {
  return record->get().getActorHigh() == actor.high && record->get().getActorLow() == actor.low;
}

/// Goes back through the log, a submission at a time.
class WayBack {
 public:
  explicit WayBack(const Register& reg) : reg_(reg), next_(reg.last().value) {}

  /// The records of the submission before the one given last, in their order; none at the
  /// beginning of the log.
  [[nodiscard]] Result<std::vector<RecordPtr>> submission() {
    while (true) {
      const auto begins = std::ranges::find_if(
          block_.rbegin(), block_.rend(),
          [&](const RecordPtr& one) { return !sameSubmission(one, block_.back()); });
      if (begins != block_.rend() || next_ == 0) {
        std::vector<RecordPtr> out(begins.base(), block_.end());
        block_.erase(begins.base(), block_.end());
        return out;
      }
      if (auto read = readMore(); !read) return std::move(read).failures();
    }
  }

 private:
  Status readMore() {
    const auto from = next_ > records_read ? next_ - records_read + 1 : 1;
    std::vector<RecordPtr> more;
    auto read = reg_.log(Position(from), Position(next_), [&](const RecordPtr& record) {
      more.push_back(record);
      return true;
    });
    next_ = from - 1;
    block_.insert(block_.begin(), more.begin(), more.end());
    return read;
  }

  const Register& reg_;
  std::uint64_t next_;  // the newest position that has not been read
  std::vector<RecordPtr> block_;
};

/// Of a submission, what can still be withdrawn: its entries but not what followed from them.
std::vector<RecordPtr> standing(const State& state, const std::vector<RecordPtr>& submission) {
  std::vector<RecordPtr> out;
  for (const auto& record : submission) {
    if (record->get().getCause() != 0 || record->get().getEvent().isRetraction()) continue;
    if (state.timeline(record->entity()).withdrawn().contains(record->position())) continue;
    out.push_back(record);
  }
  return out;
}

/// The newest submission of the actor that has something to withdraw.
Result<std::vector<RecordPtr>> lastOwn(const Register& reg, ActorId actor) {
  WayBack back(reg);
  while (true) {
    auto submission = back.submission();
    if (!submission || submission->empty()) return submission;
    if (!enteredBy(submission->front(), actor)) continue;
    if (submission->front()->get().getEvent().isRetraction()) continue;  // an undo, or a refiling
    std::vector<RecordPtr> out;
    reg.read([&](const State& state) { out = standing(state, *submission); });
    if (!out.empty()) return out;
  }
}

void show(Session& session, const Register& reg, const std::vector<RecordPtr>& records) {
  reg.read([&](const State& now) {
    const Looking at(session, reg, now, nullptr);
    for (const auto& record : records) {
      const auto* act = actOf(session.catalogue(), record->get().getEvent());
      const auto what = at.symbolOf(record->entity()) + ' ' + actWords(act, at.view());
      const auto says = saysLine(at, *record);
      session.err() << "  " << record->position().value << "  "
                    << (says.empty() ? what : labelled(what, says, at.view().lang)) << '\n';
    }
  });
}

int runUndo(Session& session, const Arguments& arguments) {
  auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  const auto actor = actingActor(session, **reg);
  if (!actor) return session.fail(actor.failures());
  const auto records = lastOwn(**reg, *actor);
  if (!records) return session.fail(records.failures());
  if (records->empty()) {
    return session.fail(refused("undo.nothing", msg("there is nothing of yours to withdraw")));
  }
  if (!session.options.json && !session.options.quiet) {
    session.say(msg("your last submission, to be withdrawn:"));
    show(session, **reg, *records);
  }
  std::vector<json::object> entries;
  std::vector<Message> called;
  const auto today = session.today();
  for (const auto& record : std::vector(records->rbegin(), records->rend())) {  // the newest first
    json::object data{{"retracts", record->position().value}};
    if (arguments.has("reason")) data["reason"] = arguments.at("reason");
    entries.push_back(json::object{{"type", "common.retraction"},
                                   {"entity", "#" + std::to_string(record->entity().value)},
                                   {"occurred", Edtf::day(today).text()},
                                   {"data", std::move(data)}});
    called.push_back(msg("entry {position}", arg("position", record->position().value)));
  }
  const bool asks = !session.options.yes && !session.options.dryRun;
  if (asks && !session.mayAsk()) {
    return session.fail(
        usage("undo.confirm", msg("nothing was withdrawn: there is nobody to confirm it. Add --yes "
                                  "to withdraw it, or --dry-run only to look")));
  }
  Questions questions(session);
  if (asks && !questions.agreed(msg("withdraw it? [y/n]"),
                                msg("answer y to withdraw it, n to leave it as it is"))) {
    return questions.cancelled();
  }
  return submitEntries(session, entries, called);
}

}  // namespace

Command undoCommand() {
  Command out;
  out.name = "undo";
  out.enters = true;
  out.help = "Withdraw what you entered last";
  out.example = "undo --reason \"Entered twice\"";
  out.about =
      "Your last submission as a whole, if it is not older than 24 hours and nothing that was "
      "entered since depends on it. It is withdrawn by entries of its own: \"history\" and \"log\" "
      "still show it, and --known-at answers as it was known. Called again it goes one submission "
      "further back. To put a single value right, use \"correct\".";
  out.options = {{.name = "reason", .value = "TEXT", .help = "why it is withdrawn"}};
  out.run = runUndo;
  return out;
}

}  // namespace consulta
