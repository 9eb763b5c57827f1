#include "cli/entering.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <ostream>

#include "cli/actors.h"
#include "cli/commands.h"
#include "cli/looking.h"
#include "cli/serve.h"
#include "cli/value_text.h"
#include "events/entry_json.h"
#include "events/values/human_date.h"
#include "events/values/utf8.h"
#include "projections/dues.h"
#include "projections/past.h"
#include "projections/rows.h"
#include "projections/rows/funding.h"

namespace consulta {

namespace json = boost::json;

std::vector<Command> enteringCommands(const Catalogue& catalogue) {
  return {
      initCommand(),           attachCommand(catalogue),
      importCommand(),         correctCommand(catalogue),
      undoCommand(),           refileCommand(),
      procedureAddCommand(),   officeHandOverCommand(),
      rebuildCommand(),        backupCommand(),
      restoreCommand(),        serveCommand(),
      consumerResetCommand(),  consumerRetryCommand(),
      consumerRemoveCommand(),
  };
}

Result<ActorId> actingActor(const Session& session, Register& reg) {
  return reg.actorFor(session.account.id, session.account.name);
}

Result<json::value> occurredFromOptions(Session& session) {
  if (!session.options.on) {
    const auto today = Edtf::day(session.today());
    session.say(msg("on {date} (today; --on says another day)",
                    arg("date", showDate(today, session.lang()))));
    return json::value(today.text());
  }
  auto date = session.readDate("--on", *session.options.on);
  if (!date) return std::move(date).failures();
  if (date->words.empty()) return json::value(date->value.text());
  return json::value(json::object{{"edtf", date->value.text()}, {"words", date->words}});
}

Result<std::vector<Proposal>> readEntries(Session& session,
                                          const std::vector<json::object>& entries) {
  EntryDefaults defaults;
  defaults.language = std::string(langCode(session.lang()));
  defaults.today = session.today();
  std::vector<Proposal> out;
  Failures failures;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto proposal = readEntry(session.catalogue(), entries[i], defaults);
    if (proposal) {
      out.push_back(std::move(proposal).value());
      continue;
    }
    for (auto failure : std::move(proposal).failures()) {
      if (entries.size() > 1) {
        failure.text = msg("entry {number}: {why}", arg("number", i + 1),
                           arg("why", session.speech()(failure.text)));
      }
      failures.push_back(std::move(failure));
    }
  }
  if (!failures.empty()) return failures;
  return out;
}

namespace {

/// What an entry is called: "meeting schedule", as it is typed; "signed by all", in words, when
/// only the engine enters it.
Message actName(const Catalogue& catalogue, const EventInfo& act) {
  if (act.verb.empty() || act.type.starts_with("common.")) {
    return Message{words(act.name, ValueView{}), {}};
  }
  return Message{"{act}", {arg("act", catalogue.aggregate(act.aggregate).name + " " + act.verb)}};
}

json::object receiptJson(const Catalogue& catalogue, const Receipt& receipt, const State& state,
                         const Register& reg, bool dry, bool clear) {
  JsonView view;
  view.nameOf = [&](EntityId id) { return state.nameOf(id); };
  if (clear && !dry) {
    view.reveal = [&](Position at, std::string_view field) { return reg.reveal(at, field); };
  }
  json::array entries;
  for (const auto& record : receipt.records) {
    entries.push_back(entryJson(catalogue, record->get(), view));
  }
  return {{"submission", toText(receipt.id)},
          {"repeated", receipt.repeated},
          {"dryRun", dry},
          {"entries", std::move(entries)}};
}

/// The name of an entity that may be opened by this very entry, which a dry run has not kept.
std::string entityName(const Catalogue& catalogue, const State& state, const Record& record) {
  const auto root = record.get();
  if (root.hasSymbol()) {
    return catalogue.aggregate(static_cast<std::uint16_t>(root.getEvent().which())).name + ":" +
           root.getSymbol().cStr();
  }
  return state.nameOf(record.entity());
}

/// Lawful, but worth a second look: a donor rarely gives more than it has promised.
void noticeExcess(Session& session, const State& state, const Record& record) {
  const auto event = record.get().getEvent();
  if (!event.isFunding() || !event.getFunding().isReceived()) return;
  const auto row = state.row(record.entity());
  const auto* funding = tryAs<Funding>(row.get());
  if (funding == nullptr) return;
  const auto& promised = funding->confirmed.currency.empty() ? funding->amount : funding->confirmed;
  const auto received = receivedIn(*funding, promised.currency);
  if (promised.currency.empty() || received.minor <= promised.minor) return;
  session.say(
      msg("{entity} has received {received}, more than the {promised} that were promised; "
          "\"consulta correct {position}\" mends the amount if it was a slip",
          arg("entity", state.nameOf(record.entity())),
          arg("received", moneyText({received.minor, received.currency}, session.lang())),
          arg("promised", moneyText(promised, session.lang())),
          arg("position", record.position().value)));
}

}  // namespace

void printReceipt(Session& session, Register& reg, const Receipt& receipt) {
  const bool dry = session.options.dryRun;
  reg.read([&](const State& state) {
    if (!dry && !receipt.repeated) {
      for (const auto& record : receipt.records) noticeExcess(session, state, *record);
    }
    if (session.options.json) {
      session.out() << json::serialize(receiptJson(session.catalogue(), receipt, state, reg, dry,
                                                   session.seesPersonal(state)))
                    << std::endl;
      return;
    }
    if (session.options.quiet) return;
    for (const auto& record : receipt.records) {
      const auto* act = actOf(session.catalogue(), record->get().getEvent());
      const auto entity = arg("entity", entityName(session.catalogue(), state, *record));
      const auto what = arg("act", actName(session.catalogue(), *act));
      const auto position = arg("position", record->position().value);
      const auto& say = session.speech();
      if (dry) {
        session.out() << say(msg("would be entered: {entity}, {act}", entity, what)) << '\n';
      } else if (receipt.repeated) {
        session.out() << say(msg("entered before: {entity}, {act} (position {position})", entity,
                                 what, position))
                      << '\n';
      } else if (record->get().getCause() != 0) {
        session.out() << say(msg("and so: {entity}, {act} (position {position})", entity, what,
                                 position))
                      << '\n';
      } else {
        session.out() << say(msg("entered: {entity}, {act} (position {position})", entity, what,
                                 position))
                      << '\n';
      }
    }
  });
}

/// What it means that a clock was confirmed which is behind the newest entry.
void sayClockIsBehind(Session& session, const Register& reg) {
  const auto now = reg.now();
  const auto newest = reg.newestRecordedNs();
  if (now >= newest - limits::clock_back_ns_max) return;
  session.say(
      msg("the clock, which says {now}, is taken as right and not asked about again. Until {last}, "
          "when the newest entry was recorded, everything is recorded as of then, and a deadline "
          "that is set and passes before then waits for somebody to enter its outcome",
          arg("now", instantText(now)), arg("last", instantText(newest))));
}

Status enterDueFirst(Session& session, Register& reg) {
  if (session.options.dryRun) return Done{};
  if (session.options.confirmClock) sayClockIsBehind(session, reg);
  const auto due = reg.enterDue();
  if (!due) return due.failures();
  if (due->entries != 0) {
    session.say(
        msgs("{count} entry had fallen due and was entered first; \"consulta log\" shows it",
             "{count} entries had fallen due and were entered first; \"consulta log\" shows them",
             due->entries));
  }
  for (const auto& one : due->refused) {
    session.say(
        msg("something has fallen due that cannot be entered: {why}", arg("why", one.text)));
  }
  return Done{};
}

Result<Submission> newSubmission(Session& session, Register& reg,
                                 const std::vector<json::object>& entries) {
  if (auto done = enterDueFirst(session, reg); !done) return std::move(done).failures();
  auto proposals = readEntries(session, entries);
  if (!proposals) return std::move(proposals).failures();
  Submission submission;
  submission.id = randomId<SubmissionId>();
  if (session.options.submission) {
    auto id = readWideId<SubmissionId>(*session.options.submission);
    if (!id) return std::move(id).failures();
    submission.id = *id;
  }
  auto actor = actingActor(session, reg);
  if (!actor) return std::move(actor).failures();
  submission.actor = *actor;
  auto behalf = onBehalfOf(session);
  if (!behalf) return std::move(behalf).failures();
  submission.onBehalfOf = *behalf;
  submission.entries = std::move(proposals).value();
  submission.dateWasFilledIn = !session.options.on.has_value();
  return submission;
}

namespace {

/// The entry with which the submission begins that --submission names, if it is there.
std::optional<Position> enteredBefore(Session& session, const State& now) {
  if (!session.options.submission) return std::nullopt;
  const auto id = readWideId<SubmissionId>(*session.options.submission);
  if (!id) return std::nullopt;  // it is refused with the submission
  return now.submitted(*id);
}

}  // namespace

void composeFrom(Session& session, const Register& reg,
                 const std::function<void(const Looking&)>& compose) {
  reg.read([&](const State& now) {
    const auto first = enteredBefore(session, now);
    if (!first) return compose(Looking(session, reg, now, nullptr));
    const PastState before(now, Moment{Timeline::the_end, Position(first->value - 1)});
    compose(Looking(session, reg, now, &before));
  });
}

Result<Receipt> sendEntries(Session& session, Register& reg,
                            const std::vector<json::object>& entries, bool dry, Dated dated) {
  auto submission = newSubmission(session, reg, entries);
  if (!submission) return std::move(submission).failures();
  if (dated == Dated::byEntries) submission->dateWasFilledIn = false;
  return session.enter(reg, std::move(*submission), dry);
}

std::optional<std::size_t> takeEntryNumber(Message& text) {
  if (text.id != "entry {number}: {why}") return std::nullopt;
  const auto found = std::ranges::find(text.args, "number", &Arg::name);
  const auto* number =
      found == text.args.end() ? nullptr : std::get_if<std::int64_t>(&found->value);
  if (number == nullptr || *number < 1) return std::nullopt;
  const auto out = static_cast<std::size_t>(*number);
  text.id = "{why}";
  text.args.erase(found);
  return out;
}

int enterSubmission(Session& session, Register& reg, Submission submission) {
  auto receipt = session.enter(reg, std::move(submission), session.options.dryRun);
  if (!receipt) return session.fail(receipt.failures());
  printReceipt(session, reg, *receipt);
  return 0;
}

namespace {

/// What is said of entry n is said of what that entry is called.
Failures calledSo(Failures failures, const std::vector<Message>& called) {
  if (called.empty()) return failures;
  for (auto& one : failures) {
    const auto number = takeEntryNumber(one.text);
    if (!number || *number > called.size()) continue;
    one.text = msg("{entry}: {why}", arg("entry", called[*number - 1]), arg("why", one.text));
  }
  return failures;
}

}  // namespace

int submitEntries(Session& session, const std::vector<json::object>& entries,
                  const std::vector<Message>& called) {
  auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  const auto receipt = sendEntries(session, **reg, entries, session.options.dryRun);
  if (!receipt) return session.fail(calledSo(receipt.failures(), called));
  printReceipt(session, **reg, *receipt);
  return 0;
}

int proposedYear(Session& session) {
  if (session.options.on) {
    const auto on = readHumanDate(*session.options.on, session.today());
    if (on && !on->value.isUnknown()) return dayAt(on->value.bounds().earliestNs).year;
  }
  return session.today().year;
}

std::string proposedId(Session& session, const AggregateInfo& aggregate, const State& state) {
  return ProposedIds(aggregate, state).next(proposedYear(session));
}

void ProposedIds::keepFrom(const std::string& symbol) {
  kept_.insert(foldSymbol(symbol));
}

std::string ProposedIds::next(int year) {
  while (true) {
    auto id = fmt::format("{}-{}-{:03}", aggregate_.prefix, year, ++last_[year]);
    if (!kept_.contains(foldSymbol(id)) && state_.named(id, aggregate_.tag).empty()) return id;
  }
}

std::vector<const EventInfo*> typedActs(const Catalogue& catalogue,
                                        const AggregateInfo& aggregate) {
  std::vector<const EventInfo*> out;
  for (const auto& act : aggregate.events) {
    if (!act.verb.empty()) out.push_back(&act);
  }
  const auto& naming = catalogue.symbolGiven();
  if (aggregate.byVerb(naming.verb) == nullptr) out.push_back(&naming);
  if (hasTimers(aggregate.tag)) out.push_back(&catalogue.deadlinesReleased());
  return out;
}

}  // namespace consulta
