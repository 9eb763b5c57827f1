// Votes on a text, and consensus.
#include "engine/rules/consultation_course.h"
#include "engine/rules/consultation_rounds.h"
#include "engine/rules/consultation_terms.h"
#include "engine/rules/rule_values.h"
#include "engine/rules/tally.h"
#include "projections/rows/consultation_asked.h"

namespace consulta {

namespace {

using E = schema::ConsultationEvent;

schema::Majority majorityOf(const ProcedureStep& step) {
  switch (step.majority) {
    case VoteMajority::simple:
      return schema::Majority::SIMPLE;
    case VoteMajority::twoThirds:
      return schema::Majority::TWO_THIRDS;
    case VoteMajority::fourFifths:
      return schema::Majority::FOUR_FIFTHS;
  }
  return schema::Majority::NOT_STATED;
}

/// A procedure says by which majority its vote carries, and how many have to take part.
void checkByProcedure(const Case& on, schema::ConsultationVoteOpened::Reader e,
                      const ProcedureStep& step, std::size_t eligible, Refusals& no) {
  if (e.getMajority() != majorityOf(step)) {
    no.needs("majority", "consultation.voteOpened.by-procedure",
             msg("by its procedure the vote on {entity} is carried by another majority; give "
                 "--majority {majority}",
                 arg("entity", on.self()), arg("majority", nameOf(step.majority))));
  }
  const auto& quorum = step.quorum;
  const auto needed =
      quorum.denominator == 0
          ? std::uint64_t{quorum.count}
          : (eligible * quorum.numerator + quorum.denominator - 1) / quorum.denominator;
  if (e.getQuorum() >= needed) return;
  no.needs("quorum", "consultation.voteOpened.by-procedure",
           msg("by its procedure {needed} of the {eligible} parties that are counted have to take "
               "part in the vote on {entity}; give --quorum {needed}",
               arg("needed", needed), arg("eligible", eligible), arg("entity", on.self())));
}

void checkVoteOpened(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getVoteOpened();
  if (!row.votes.empty() && e.getRound() <= row.votes.back().round) {
    no.refuse("consultation.voteOpened.round",
              msg("{entity} has had round {round} already; give a higher number with --round",
                  arg("entity", on.self()), arg("round", row.votes.back().round)));
  }
  if (const auto revision = revisionMeant(row, e.getRevision()); revision != 0) {
    needsOpenText(on, row, revision, "consultation.voteOpened.text", no);
  }
  if (e.getMajority() == schema::Majority::NOT_STATED) {
    no.needs("majority", "consultation.voteOpened.majority",
             msg("a vote needs its majority; give --majority simple, two-thirds or four-fifths"));
  }
  const auto eligible = entitledParties(row, "vote").size();
  if (e.getQuorum() > eligible) {
    no.refuse("consultation.voteOpened.quorum",
              msgs("a quorum of {quorum} cannot be reached: {count} party may vote. Give "
                   "another --quorum, or change the roll with \"consultation enrol\"",
                   "a quorum of {quorum} cannot be reached: {count} parties may vote. Give "
                   "another --quorum, or change the roll with \"consultation enrol\"",
                   eligible, arg("quorum", e.getQuorum())));
  }
  if (const auto step = stepUnderWay(on.state, row, StepKind::vote)) {
    checkByProcedure(on, e, *step, eligible, no);
  }
  if (e.getCloses().getLocal().size() == 0) {
    no.needs("closes", "consultation.voteOpened.hour",
             msg("a vote needs the hour at which it is counted; give it with --closes, as "
                 "\"2006-07-20T18:00 Europe/Vienna\""));
  } else if (certainlyAfter(on.occurred, e.getCloses().getUtcNs())) {
    no.refuse("consultation.voteOpened.closes",
              msg("the vote would close on {closes}, before it opens; give a later --closes",
                  arg("closes", e.getCloses().getLocal().cStr())));
  }
}

void checkVoteCast(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getVoteCast();
  const auto* round = openVote(row);
  if (round == nullptr) return;  // the guard has said so
  if (round->round != e.getRound()) {
    return no.refuse(
        "consultation.voteCast.round",
        msg("round {open} of {entity} is open, not {round}; give --round {open}",
            arg("open", round->round), arg("round", e.getRound()), arg("entity", on.self())));
  }
  const auto party = EntityId(e.getParty());
  const auto* others = stepNotAsking(row, "vote", party);
  if (!isAmong(round->eligible, party) && others != nullptr) {
    no.refuse(
        "consultation.voteCast.asked",
        msg("step {step} of {entity} asks others to vote, not {party}; enter what it says "
            "with \"consultation explain\", or see \"consulta procedure show {entity}\" for "
            "whom it asks",
            arg("step", others->step), arg("entity", on.self()), arg("party", on.name(party))));
  } else if (!isAmong(round->eligible, party)) {
    no.refuse(
        "consultation.voteCast.eligible",
        msg("{party} may not vote in round {round} of {entity}: it was not counted when the "
            "round opened. Enter what it says with \"consultation explain\"",
            arg("party", on.name(party)), arg("round", round->round), arg("entity", on.self())));
  }
  checkReceipt(on, e.getReceivedAt(), no);
  RowZonedTime received;
  take(received, e.getReceivedAt());
  const auto arrival = arrivalOf(received, on.occurred, round->closes.utcNs);
  if (arrival == Arrival::late) {
    no.refuse("consultation.voteCast.in-time",
              msg("the vote closed on {closes}; a vote received later is not counted. Enter what "
                  "the party says with \"consultation explain\"",
                  arg("closes", entryText(round->closes))));
  } else if (arrival == Arrival::untold) {
    no.needs("receivedAt", "consultation.voteCast.received-at",
             msg("the vote closes on {closes}, and {date} does not tell whether this one came in "
                 "time; give the hour of receipt with --received-at",
                 arg("closes", entryText(round->closes)), arg("date", on.occurred)));
  }
}

void checkVoteClosed(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getVoteClosed();
  const auto* round = openVote(row);
  if (round == nullptr || round->round != e.getRound()) {
    return no.refuse("consultation.voteClosed.open",
                     msg("round {round} of {entity} is not open; enter \"consultation open-vote\" "
                         "first",
                         arg("round", e.getRound()), arg("entity", on.self())));
  }
  if (on.nowNs < round->closes.utcNs || canBeBefore(on.occurred, round->closes.utcNs)) {
    no.refuse("consultation.voteClosed.hour",
              msg("round {round} of {entity} is open until {closes} and is not counted before",
                  arg("round", round->round), arg("entity", on.self()),
                  arg("closes", entryText(round->closes))));
  }
  Tally stated;
  stated.eligible = e.getEligible();
  stated.inFavour = e.getInFavour();
  stated.against = e.getAgainst();
  stated.abstained = e.getAbstained();
  stated.notVoting = e.getNotVoting();
  stated.quorumReached = e.getQuorumReached();
  stated.carried = e.getCarried();
  if (stated == tallyOf(*round)) return;
  no.refuse("consultation.voteClosed.tally",
            msg("the tally of round {round} of {entity} is not that of the votes entered. Before "
                "the closing, enter the votes that are missing with \"consultation vote\"; a round "
                "that was counted is not counted again: enter \"consultation open-vote\" for "
                "another one, after \"consultation reopen\" when it was carried",
                arg("round", e.getRound()), arg("entity", on.self())));
}

}  // namespace

void guardVotes(const Case& on, const Consultation& row, Refusals& no) {
  if (on.act.tag == E::VOTE_OPENED) {
    needsText(on, row, "consultation.voteOpened.tabled", no);
    needsEligible(on, row, "vote", "consultation.voteOpened.roll", no);
    noVote(on, row, "consultation.voteOpened.once", no);
    noSilence(on, row, "consultation.voteOpened.silence", no);
  } else if (on.act.tag == E::VOTE_CAST && openVote(row) == nullptr) {
    no.refuse("consultation.voteCast.open",
              msg("no vote on {entity} is open; enter \"consultation open-vote\" first",
                  arg("entity", on.self())));
  } else if (on.act.tag == E::CONSENSUS_DECLARED) {
    needsText(on, row, "consultation.consensusDeclared.text", no);
    noVote(on, row, "consultation.consensusDeclared.vote", no);
    noSilence(on, row, "consultation.consensusDeclared.silence", no);
  }
}

void checkVotes(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  if (event.isVoteOpened()) return checkVoteOpened(on, event, row, no);
  if (event.isVoteCast()) return checkVoteCast(on, event, row, no);
  if (event.isVoteClosed()) return checkVoteClosed(on, event, row, no);
  if (event.isConsensusDeclared() && !row.texts.empty()) {
    const auto revision = event.getConsensusDeclared().getRevision();
    needsOpenText(on, row, revision, "consultation.consensusDeclared.text", no);
    noObjection(on, row, revision, "consultation.consensusDeclared.objections", no);
  }
}

}  // namespace consulta
