#include "projections/folds/consultation_rounds.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "projections/rows/consultation_asked.h"

namespace consulta {

namespace {

constexpr auto reopened_outcome = "reopened";

/// What entries say about a text without tabling it, as in a history known in part, is kept too.
ConsultationText& text(Consultation& row, std::uint32_t revision) {
  const auto found = std::ranges::find(row.texts, revision, &ConsultationText::revision);
  if (found != row.texts.end()) return *found;
  row.texts.emplace_back().revision = revision;
  return row.texts.back();
}

void decide(Consultation& row, std::uint32_t revision, TextStanding standing,
            const FoldStep& step) {
  if (revision == 0) return;
  auto& one = text(row, revision);
  one.standing = standing;
  one.decided = step.date();
}

template <typename T, typename Wanted>
T* last(std::vector<T>& list, const Wanted& wanted) {
  const auto found = std::find_if(list.rbegin(), list.rend(), wanted);
  return found == list.rend() ? nullptr : &*found;
}

ConsultationSilence* silenceOn(Consultation& row, std::uint32_t revision) {
  return last(row.silences, [&](const auto& one) { return one.revision == revision; });
}

ConsultationVoteRound* voteRound(Consultation& row, std::uint32_t number) {
  return last(row.votes, [&](const auto& one) { return one.round == number; });
}

ConsultationObjection* standing(Consultation& row, EntityId party, std::uint32_t revision) {
  return last(row.objections, [&](const auto& one) {
    return one.party == party && one.revision == revision && one.state == ObjectionState::standing;
  });
}

/// The outcome of the step by which a text came to stand as it does; empty when it was by none.
std::string_view outcomeBehind(TextStanding standing) {
  switch (standing) {
    case TextStanding::silenceObserved:
      return "observed";
    case TextStanding::carried:
      return "carried";
    case TextStanding::agreed:
      return "declared";
    case TextStanding::tabled:
    case TextStanding::underSilence:
    case TextStanding::silenceBroken:
    case TextStanding::underVote:
    case TextStanding::notCarried:
      break;
  }
  return {};
}

/// The run that a reopening undoes: the last one with that outcome, else the one that led to the
/// end. None of what has begun again since.
ConsultationStep* undoneRun(Consultation& row, std::string_view outcome) {
  const auto find = [&](auto isIt) {
    return last(row.steps, [&](const ConsultationStep& one) {
      return one.state == StepState::completed && isIt(one) && lastRunOf(row, one.step) == &one;
    });
  };
  auto* found =
      outcome.empty() ? nullptr : find([&](const auto& one) { return one.outcome == outcome; });
  return found != nullptr ? found : find([](const auto& one) { return one.next.empty(); });
}

/// What an outcome has led to that does not hold any more is not under way any more either.
void undoWhatFollowed(Consultation& row, const ConsultationStep& run, const FoldStep& step) {
  std::set<std::string, std::less<>> led(run.next.begin(), run.next.end());
  for (auto i = static_cast<std::size_t>(&run - row.steps.data()) + 1; i < row.steps.size(); ++i) {
    auto& one = row.steps[i];
    if (!led.contains(one.step)) continue;
    led.insert(one.next.begin(), one.next.end());
    if (one.state == StepState::completed) continue;
    one.state = StepState::completed;
    one.completed = step.date();
    one.outcome = reopened_outcome;
  }
  std::erase_if(row.stepsAhead, [&](const auto& name) { return led.contains(name); });
}

/// The procedure goes back to the step that had led to what is undone. A silence that was overtaken
/// has another outcome now; anything else is done anew.
void undoCourse(Consultation& row, std::string_view outcome, bool overtaken, const FoldStep& step) {
  auto* run = undoneRun(row, outcome);
  if (run == nullptr) return;
  undoWhatFollowed(row, *run, step);
  if (overtaken && run->outcome == outcome) {
    run->state = StepState::started;
    run->completed = RowDate{};
    run->outcome.clear();
    run->next.clear();
    return;
  }
  row.stepsAhead.push_back(run->step);
}

std::uint32_t orUnderDiscussion(const Consultation& row, std::uint32_t revision) {
  return revision != 0 ? revision : revisionUnderDiscussion(row);
}

}  // namespace

void noteAnswer(Consultation& row, EntityId party, const FoldStep& step) {
  const auto found = std::ranges::find(row.roll, party, &ConsultationSeat::party);
  if (found == row.roll.end() || !found->answered.edtf.empty()) return;
  found->answered = step.date();
}

void foldRound(Consultation& row, schema::ConsultationTabled::Reader e, const FoldStep& step) {
  auto& one = text(row, e.getRevision());
  take(one.document, e.getDocument());
  take(one.text, e.getText());
  take(one.by, e.getBy());
  one.tabled = step.date();
}

void foldRound(Consultation& row, schema::ConsultationPutUnderSilence::Reader e,
               const FoldStep& step) {
  decide(row, e.getRevision(), TextStanding::underSilence, step);
  auto& one = row.silences.emplace_back();
  one.revision = e.getRevision();
  take(one.deadline, e.getDeadline());
  one.begun = step.date();
  take(one.languages, e.getLanguages());
  take(one.circulation, e.getCirculation());
  one.eligible = entitledParties(row, "silence");
}

void foldRound(Consultation& row, schema::ConsultationObjected::Reader e, const FoldStep& step) {
  const auto party = EntityId(e.getParty());
  noteAnswer(row, party, step);
  const auto revision = orUnderDiscussion(row, e.getRevision());
  if (auto* earlier = standing(row, party, revision)) earlier->state = ObjectionState::superseded;
  const auto* silence = measuringSilence(row, revision);
  auto& one = row.objections.emplace_back();
  one.party = party;
  one.revision = revision;
  take(one.reason, e.getReason(), step.valuesAt, "reason");
  one.raised = step.date();
  take(one.receivedAt, e.getReceivedAt());
  take(one.letter, e.getLetter());
  if (silence == nullptr) return;
  one.silence = static_cast<std::uint32_t>(silence - row.silences.data()) + 1;
  // While the silence stands still, nothing comes too late.
  if (silence->suspendedSince.edtf.empty()) one.deadline = silence->deadline;
}

void foldRound(Consultation& row, schema::ConsultationObjectionWithdrawn::Reader e,
               const FoldStep& step) {
  const auto* meant = objectionMeant(row, EntityId(e.getParty()), e.getRevision());
  if (meant == nullptr) return;
  auto* one = standing(row, meant->party, meant->revision);
  one->state = ObjectionState::withdrawn;
  one->withdrawn = step.date();
  take(one->withdrawalReason, e.getReason(), step.valuesAt, "reason");
  take(one->withdrawalLetter, e.getLetter());
}

void foldRound(Consultation& row, schema::ConsultationLateObjectionRecorded::Reader e,
               const FoldStep&) {
  auto* one = standing(row, EntityId(e.getParty()), orUnderDiscussion(row, e.getRevision()));
  if (one == nullptr) return;
  // What is late takes the place of nothing: the party's one before it stands again.
  const auto before = std::find_if(
      std::make_reverse_iterator(row.objections.begin() + (one - row.objections.data())),
      row.objections.rend(), [&](const ConsultationObjection& other) {
        return other.party == one->party && other.revision == one->revision;
      });
  if (before != row.objections.rend() && before->state == ObjectionState::superseded) {
    before->state = ObjectionState::standing;
  }
  one->state = ObjectionState::late;
  one->lateSeconds = e.getLateSeconds();
}

void foldRound(Consultation& row, schema::ConsultationSilenceExtended::Reader e,
               const FoldStep& step) {
  auto* one = silenceOn(row, orUnderDiscussion(row, e.getRevision()));
  if (one == nullptr) return;
  take(one->deadline, e.getDeadline());
  one->suspendedSince = RowDate{};
  one->extensions += 1;
  take(one->extensionAuthority, e.getAuthority());
  take(one->extensionReason, e.getReason(), step.valuesAt, "reason");
}

void foldRound(Consultation& row, schema::ConsultationSilenceBroken::Reader e,
               const FoldStep& step) {
  decide(row, e.getRevision(), TextStanding::silenceBroken, step);
  auto* one = silenceOn(row, e.getRevision());
  if (one == nullptr) return;
  one->state = SilenceState::broken;
  one->suspendedSince = RowDate{};
  one->ended = step.date();
  take(one->brokenBy, e.getParty());
}

void foldRound(Consultation& row, schema::ConsultationSilenceObserved::Reader e,
               const FoldStep& step) {
  decide(row, e.getRevision(), TextStanding::silenceObserved, step);
  row.adoptedRevision = e.getRevision();
  auto* one = silenceOn(row, e.getRevision());
  if (one == nullptr) return;
  one->state = SilenceState::observed;
  one->ended = step.date();
  one->lateSeconds = e.getLateSeconds();
}

void foldRound(Consultation& row, schema::ConsultationVoteOpened::Reader e, const FoldStep& step) {
  const auto revision = orUnderDiscussion(row, e.getRevision());
  decide(row, revision, TextStanding::underVote, step);
  auto& one = row.votes.emplace_back();
  one.round = e.getRound();
  one.majority = e.getMajority();
  one.quorum = e.getQuorum();
  take(one.closes, e.getCloses());
  one.revision = revision;
  take(one.rules, e.getRules());
  one.opened = step.date();
  one.eligible = entitledParties(row, "vote");
}

void foldRound(Consultation& row, schema::ConsultationVoteCast::Reader e, const FoldStep& step) {
  auto* round = voteRound(row, e.getRound());
  if (round == nullptr) return;
  ConsultationBallot one;
  one.party = EntityId(e.getParty());
  one.vote = e.getVote();
  one.cast = step.date();
  take(one.receivedAt, e.getReceivedAt());
  // Two of one day are told apart by their hours, when both are known.
  const auto isNewer = [&](const ConsultationBallot& other) {
    return !one.receivedAt.local.empty() && !other.receivedAt.local.empty() &&
           other.cast.edtf == one.cast.edtf && one.receivedAt.utcNs < other.receivedAt.utcNs;
  };
  for (auto& ballot : round->ballots) {
    if (ballot.party != one.party || ballot.superseded) continue;
    (isNewer(ballot) ? one : ballot).superseded = true;
  }
  round->ballots.push_back(std::move(one));
}

void foldRound(Consultation& row, schema::ConsultationVoteClosed::Reader e, const FoldStep& step) {
  auto* round = voteRound(row, e.getRound());
  if (round == nullptr) return;
  round->open = false;
  round->closed = step.date();
  round->eligibleCount = e.getEligible();
  round->inFavour = e.getInFavour();
  round->against = e.getAgainst();
  round->abstained = e.getAbstained();
  round->notVoting = e.getNotVoting();
  round->quorumReached = e.getQuorumReached();
  round->carried = e.getCarried();
  round->lateSeconds = e.getLateSeconds();
  decide(row, round->revision, e.getCarried() ? TextStanding::carried : TextStanding::notCarried,
         step);
  if (e.getCarried()) row.adoptedRevision = round->revision;
}

void foldRound(Consultation& row, schema::ConsultationConsensusDeclared::Reader e,
               const FoldStep& step) {
  decide(row, e.getRevision(), TextStanding::agreed, step);
  row.adoptedRevision = e.getRevision();
  take(row.consensusBy, e.getBy());
}

void foldRound(Consultation& row, schema::ConsultationReopened::Reader e, const FoldStep& step) {
  auto& one = row.reopenings.emplace_back();
  take(one.authority, e.getAuthority());
  take(one.reason, e.getReason(), step.valuesAt, "reason");
  take(one.party, e.getParty());
  take(one.receivedAt, e.getReceivedAt());
  one.date = step.date();
  std::string_view outcome;
  bool overtaken = false;
  if (row.adoptedRevision != 0) {
    const auto* adopted = textOf(row, row.adoptedRevision);
    if (adopted != nullptr) outcome = outcomeBehind(adopted->standing);
    auto* silence = silenceOn(row, row.adoptedRevision);
    overtaken = silence != nullptr && silence->state == SilenceState::observed;
    if (overtaken) {
      silence->state = SilenceState::overtaken;
      take(silence->brokenBy, e.getParty());
    }
    decide(row, row.adoptedRevision, overtaken ? TextStanding::silenceBroken : TextStanding::tabled,
           step);
  }
  undoCourse(row, outcome, overtaken, step);
  row.outcome = schema::ConsultationOutcome::NOT_STATED;
  row.adoptedRevision = 0;
  row.concludedOn = RowDate{};
}

void standStill(Consultation& row, const FoldStep& step) {
  for (auto& silence : row.silences) {
    // One whose deadline had passed by then has its outcome, whether or not that has been entered.
    const bool runs = silence.state == SilenceState::running;
    if (runs && silence.deadline.utcNs >= step.orderNs) silence.suspendedSince = step.date();
  }
}

void abandonRounds(Consultation& row, const FoldStep& step) {
  for (auto& silence : row.silences) {
    if (silence.state != SilenceState::running) continue;
    silence.state = SilenceState::abandoned;
    silence.suspendedSince = RowDate{};
    silence.ended = step.date();
    decide(row, silence.revision, TextStanding::tabled, step);
  }
  for (auto& vote : row.votes) {
    if (!vote.open) continue;
    vote.open = false;
    vote.closed = step.date();
    decide(row, vote.revision, TextStanding::tabled, step);
  }
}

}  // namespace consulta
