#include "projections/dues.h"

#include <algorithm>
#include <forward_list>
#include <iterator>

#include "projections/due.h"
#include "projections/key_bytes.h"
#include "projections/rows.h"
#include "projections/rows/consultation.h"
#include "projections/rows/correspondence.h"
#include "projections/rows/document.h"
#include "projections/rows/funding.h"
#include "projections/rows/liaison.h"
#include "projections/rows/mandate.h"
#include "projections/rows/meeting.h"
#include "projections/rows/mou.h"
#include "projections/rows/recommendation.h"
#include "projections/rows/result.h"
#include "projections/rows/session.h"

namespace consulta {

namespace {

/// One due of a row that is being looked through: what it says, as views into the row.
struct DueSeen {
  DueKind kind = DueKind::request;
  std::string_view number{};
  EntityId of{};
  std::string_view edtf{};
  std::string_view words{};
  EntityId beforeSession{};
  const RowZonedTime* hour = nullptr;
  bool noted = false;
  Position movedBy{};
  const RowDate* movedFrom = nullptr;
};

/// Collects the dues of one row. Most steps change none of them, so nothing is copied to see that.
struct Dues {
  const Row& row;
  std::vector<DueSeen> all{};
  std::forward_list<std::string> made{};  // what a view is of that stands in no row

  DueSeen& add(DueKind kind, std::string_view edtf, std::string_view words = {}) {
    auto& one = all.emplace_back();
    one.kind = kind;
    one.edtf = edtf;
    one.words = words;
    return one;
  }
  DueSeen& add(DueKind kind, const RowDate& due) { return add(kind, due.edtf, due.words); }
  DueSeen& add(DueKind kind, const RowDeadline& due) {
    auto& one = add(kind, due.date);
    one.beforeSession = due.beforeSession;
    return one;
  }
  DueSeen& add(DueKind kind, const RowZonedTime& hour) {
    auto& one = add(kind, hour.local.empty() ? "" : make(instantDate(hour.utcNs).edtf));
    one.hour = &hour;
    return one;
  }
  std::string_view make(std::string text) { return made.emplace_front(std::move(text)); }
  std::string_view make(std::uint64_t number) { return make(std::to_string(number)); }
};

void addMandate(Dues& to, const Mandate& mandate) {
  using S = schema::MandateState;
  const auto state = stateOf<S>(to.row.head);
  if (state != S::ADOPTED && state != S::IN_PROGRESS && state != S::REPORTED) return;
  for (const auto& request : mandate.requests) {
    if (request.fulfilled) continue;
    auto& one = to.add(DueKind::request, request.deadline);
    one.number = request.number;
    one.noted = !request.overdueSince.edtf.empty();
  }
}

void addRecommendation(Dues& to, const Recommendation& recommendation) {
  using A = schema::RecommendationAcceptance;
  using I = schema::RecommendationImplementation;
  const auto accepted = stateOf<A>(to.row.head, acceptanceAxis);
  const auto done = stateOf<I>(to.row.head, implementationAxis);
  if (accepted == A::REJECTED || accepted == A::SUPERSEDED) return;
  if (done == I::IMPLEMENTED || done == I::VERIFIED) return;
  // What nobody has accepted is late for nobody; it only waits.
  const bool owed = accepted == A::ACCEPTED || accepted == A::PARTIALLY_ACCEPTED;
  to.add(DueKind::recommendation, recommendation.due).noted =
      !owed || !recommendation.overdueSince.edtf.empty();
}

void addMeeting(Dues& to, const Meeting& meeting) {
  using S = schema::MeetingState;
  const auto state = stateOf<S>(to.row.head);
  if (state != S::SCHEDULED && state != S::CONFIRMED) return;
  to.add(DueKind::meeting, meeting.dates);
  for (const auto& invitation : meeting.invitations) {
    const bool noReply = invitation.state == InvitationState::noReply;
    if (invitation.state != InvitationState::sent && !noReply) continue;
    auto& one = to.add(DueKind::reply, invitation.replyBy);
    one.of = invitation.party;
    one.noted = noReply;
  }
}

/// Its time limit, the reminders of it that are still to be given, and its passing on when it is
/// late.
void addStep(Dues& to, const ConsultationStep& run) {
  auto& limit = run.deadline.local.empty() ? to.add(DueKind::step, run.due)
                                           : to.add(DueKind::step, run.deadline);
  limit.number = run.step;
  limit.noted = run.state == StepState::overdue;
  limit.movedBy = Position(run.movedBy);
  limit.movedFrom = &run.movedFrom.date;
  for (auto day = run.reminderDays.begin(); day != run.reminderDays.end(); ++day) {
    const bool isListed = std::find(run.reminderDays.begin(), day, *day) != day;
    if (isListed || wasRemindedOn(run, *day)) continue;
    to.add(DueKind::reminder, *day).number = run.step;
  }
  if (!run.escalated) to.add(DueKind::escalation, run.escalateOn).number = run.step;
}

/// Of those who were asked to say something by a day, and have not.
void addReplies(Dues& to, const Consultation& consultation) {
  for (const auto& seat : consultation.roll) {
    if (seat.replyBy.edtf.empty() || !seat.answered.edtf.empty()) continue;
    auto& one = to.add(DueKind::reply, seat.replyBy);
    one.of = seat.party;
    one.noted = seat.overdue;
  }
}

/// What is to be done next where no step is under way: one on which several meet and which waits
/// for them, or whatever somebody decides on.
void addBetweenSteps(Dues& to, const Consultation& consultation) {
  for (const auto& name : consultation.stepsAhead) to.add(DueKind::join, "").number = name;
  const auto& closes = consultation.closes;
  const bool waits = !consultation.stepsAhead.empty() || !closes.date.edtf.empty() ||
                     closes.beforeSession || runningSilence(consultation) != nullptr ||
                     openVote(consultation) != nullptr;
  if (!waits) to.add(DueKind::conclusion, "");
}

void addConsultation(Dues& to, const Consultation& consultation) {
  using S = schema::ConsultationState;
  const auto state = stateOf<S>(to.row.head);
  if (state == S::PLANNED) {
    to.add(DueKind::opening, consultation.dates);
    return addReplies(to, consultation);
  }
  if (state != S::OPEN && state != S::SUSPENDED) return;
  if (state == S::SUSPENDED) to.add(DueKind::resumption, consultation.suspendedUntil);
  to.add(DueKind::consultation, consultation.closes);
  for (const auto& silence : consultation.silences) {
    if (silence.state != SilenceState::running) continue;
    if (!silence.suspendedSince.edtf.empty()) continue;  // it stands still
    to.add(DueKind::silence, silence.deadline).number = to.make(silence.revision);
  }
  for (const auto& vote : consultation.votes) {
    if (!vote.open) continue;
    to.add(DueKind::vote, vote.closes).number = to.make(vote.round);
  }
  if (state != S::OPEN) return;
  addReplies(to, consultation);
  bool isUnderWay = false;
  for (const auto& run : consultation.steps) {
    if (run.state == StepState::completed) continue;
    addStep(to, run);
    isUnderWay = true;
  }
  if (!isUnderWay) addBetweenSteps(to, consultation);
}

void addCorrespondence(Dues& to, const Correspondence& letter) {
  using S = schema::CorrespondenceState;
  if (stateOf<S>(to.row.head) == S::AWAITING_REPLY) to.add(DueKind::answer, letter.replyBy);
}

/// Instalments wait until what has been received covers them, the oldest first.
void addFunding(Dues& to, const Funding& funding) {
  using S = schema::FundingState;
  const auto state = stateOf<S>(to.row.head);
  if (state != S::CONFIRMED && state != S::RECEIVED_IN_PART) return;
  std::vector<RowMoney> scheduled;
  for (std::size_t i = 0; i < funding.instalments.size(); ++i) {
    const auto& instalment = funding.instalments[i];
    std::int64_t owed = instalment.amount.minor;
    for (const auto& before : scheduled) {
      if (before.currency == instalment.amount.currency) owed += before.minor;
    }
    scheduled.push_back(instalment.amount);
    if (receivedIn(funding, instalment.amount.currency).minor >= owed) continue;
    auto& one = to.add(DueKind::instalment, instalment.due);
    one.of = funding.party;
    one.number = to.make(i + 1);
    one.noted = instalment.overdue;
  }
}

void addDocument(Dues& to, const Document& document) {
  using S = schema::DocumentState;
  const auto state = stateOf<S>(to.row.head);
  if (state != S::DRAFTED && state != S::CLEARED) return;
  to.add(DueKind::document, document.due);
}

void addResult(Dues& to, const ResultRow& result) {
  using S = schema::ResultState;
  const auto state = stateOf<S>(to.row.head);
  if (state != S::PLANNED && state != S::MEASURED) return;
  for (const auto& indicator : result.indicators) {
    if (!indicator.measurements.empty()) continue;
    to.add(DueKind::indicator, indicator.due).number = to.make(indicator.number);
  }
}

void addMou(Dues& to, const Mou& mou) {
  using S = schema::MouState;
  const auto state = stateOf<S>(to.row.head);
  if (state == S::AGREED || state == S::SIGNED_BY_SOME) to.add(DueKind::signature, "");
  if (state == S::SIGNED_BY_ALL && mou.signatureComplete &&
      mou.entryIntoForce == schema::EntryIntoForce::ON_DATE) {
    to.add(DueKind::entryIntoForce, mou.entryDate);
  }
  if (state == S::IN_FORCE && !mou.tacitRenewal) to.add(DueKind::expiry, mou.endsOn);
}

void addLiaison(Dues& to, const Liaison& liaison) {
  if (stateOf<schema::LiaisonState>(to.row.head) != schema::LiaisonState::FOLLOW_UP_ASKED) return;
  to.add(DueKind::followUp, liaison.due).noted = liaison.overdue;
}

bool isSame(const DueSeen& one, const RowDue& other) {
  return one.kind == other.kind && one.number == other.number && one.of == other.of &&
         one.edtf == other.due.date.edtf && one.words == other.due.date.words &&
         one.beforeSession == other.due.beforeSession;
}

/// Writes what is seen of a due that is the same into what is kept of it.
void update(RowDue& due, const DueSeen& seen) {
  due.noted = seen.noted;
  if (seen.hour != nullptr) {
    due.hour = *seen.hour;
  } else if (!due.hour.local.empty()) {
    due.hour = RowZonedTime{};
  }
  if (!seen.movedBy) return;
  due.movedBy = seen.movedBy;
  due.movedFrom = *seen.movedFrom;
}

RowDue newDue(const DueSeen& seen) {
  RowDue out;
  out.kind = seen.kind;
  out.number = seen.number;
  out.of = seen.of;
  out.due.date = RowDate{std::string(seen.edtf), std::string(seen.words)};
  out.due.beforeSession = seen.beforeSession;
  if (seen.movedFrom != nullptr) out.movedFrom = *seen.movedFrom;
  update(out, seen);
  return out;
}

bool isInstant(const RowDate& date) {
  return date.edtf.find('T') != std::string::npos;
}

/// Since when the dates of a session are known; the beginning of time when they are not.
std::int64_t knownSince(const State& state, EntityId session) {
  const auto row = state.row(session);
  const auto* fields = tryAs<SessionRow>(row.get());
  if (fields == nullptr || fields->datesKnownSince.edtf.empty()) return wholeTime().earliestNs;
  return orBroken(dateBounds(fields->datesKnownSince.edtf)).earliestNs;
}

constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63U;  // turned, moments sort as numbers

void setMomentKey(std::string& key, std::string_view prefix, std::int64_t ns, EntityId id) {
  key = prefix;
  putBig(key, static_cast<std::uint64_t>(ns) ^ sign_bit, 8);
  putBig(key, id.value, 8);
}

}  // namespace

namespace {

void addDues(Dues& to) {
  const auto& row = to.row;
  switch (static_cast<schema::Event::Which>(row.aggregate())) {
    case schema::Event::MANDATE:
      return addMandate(to, as<Mandate>(row));
    case schema::Event::RECOMMENDATION:
      return addRecommendation(to, as<Recommendation>(row));
    case schema::Event::MEETING:
      return addMeeting(to, as<Meeting>(row));
    case schema::Event::CONSULTATION:
      return addConsultation(to, as<Consultation>(row));
    case schema::Event::CORRESPONDENCE:
      return addCorrespondence(to, as<Correspondence>(row));
    case schema::Event::FUNDING:
      return addFunding(to, as<Funding>(row));
    case schema::Event::DOCUMENT:
      return addDocument(to, as<Document>(row));
    case schema::Event::RESULT:
      return addResult(to, as<ResultRow>(row));
    case schema::Event::MOU:
      return addMou(to, as<Mou>(row));
    case schema::Event::LIAISON:
      return addLiaison(to, as<Liaison>(row));
    default:
      return;  // nothing of it waits for a day
  }
}

}  // namespace

bool begunByClock(schema::Record::Reader record) {
  const bool isEngines = (record.getActorHigh() | record.getActorLow()) == 0;
  const bool isMarked = (record.getCorrelationHigh() | record.getCorrelationLow()) != 0;
  return isEngines && isMarked && record.getCorrelationHigh() == record.getSubmissionHigh() &&
         record.getCorrelationLow() == record.getSubmissionLow();
}

namespace {

/// Since when what an entry sets is known. What the clock brought about counts from the day that
/// had come, however late the engine came to it: what follows from it falls due by the clock as
/// well. A corrigendum counts from when it was recorded.
std::int64_t knownSince(const FoldStep& step) {
  const bool asEntered = step.valuesAt == Position(step.record.getPosition());
  return asEntered && begunByClock(step.record) ? std::min(step.orderNs, step.valuesRecordedNs)
                                                : step.valuesRecordedNs;
}

}  // namespace

void noteDues(Row& row, const FoldStep& step) {
  Dues now{row};
  if (!row.head.dues.empty()) now.all.reserve(row.head.dues.size() + 1);  // mostly enough
  addDues(now);
  std::erase_if(now.all, [](const DueSeen& one) {
    return one.edtf.empty() && !one.beforeSession && !waitsWithoutDay(one.kind);
  });
  auto& dues = row.head.dues;
  // Both stand in the order of the row: what is the same up to the first difference stays.
  const auto same = std::ranges::mismatch(now.all, dues, isSame);
  std::vector<RowDue> others;
  others.reserve(static_cast<std::size_t>(now.all.end() - same.in1));
  auto next = same.in2;  // likely the one that is looked for
  for (auto seen = same.in1; seen != now.all.end(); ++seen) {
    const auto isIt = [&](const RowDue& other) { return isSame(*seen, other); };
    auto known = std::find_if(next, dues.end(), isIt);
    if (known == dues.end()) known = std::find_if(dues.begin(), next, isIt);
    if (known == dues.end() || !isIt(*known)) {
      auto& one = others.emplace_back(newDue(*seen));
      one.at = step.valuesAt;
      one.recordedNs = knownSince(step);
    } else {
      update(others.emplace_back(*known), *seen);
      next = std::next(known);
    }
  }
  for (auto due = dues.begin(); due != same.in2; ++due) {
    update(*due, now.all[static_cast<std::size_t>(due - dues.begin())]);
  }
  dues.erase(same.in2, dues.end());
  std::ranges::move(others, std::back_inserter(dues));
}

void noteMoved(Row& row, const FoldStep& step) {
  const auto moved = step.event.getDeadlineMoved();
  for (auto& due : row.head.dues) {
    const bool isIt =
        boost::describe::enum_to_string(due.kind, "") == std::string_view(moved.getKind().cStr()) &&
        due.number == moved.getNumber().cStr() && due.of == EntityId(moved.getOf());
    if (!isIt) continue;
    due.movedBy = Position(step.record.getPosition());
    due.movedFrom = RowDate{};
    take(due.movedFrom, moved.getFrom());
  }
}

bool hasTimers(std::uint16_t aggregate) {
  switch (static_cast<schema::Event::Which>(aggregate)) {
    case schema::Event::MANDATE:
    case schema::Event::RECOMMENDATION:
    case schema::Event::FUNDING:
    case schema::Event::LIAISON:
    case schema::Event::MEETING:
    case schema::Event::CONSULTATION:
    case schema::Event::MOU:
      return true;
    default:
      return false;
  }
}

namespace {

std::int64_t lastMomentOf(const RowDue& due, const DateBounds& bounds) {
  if (!isOnItsDay(due.kind) || isInstant(due.due.date)) return bounds.latestNs;
  const bool oneDay = bounds.earliestNs > bounds.latestNs - nsPerDay;
  return oneDay ? bounds.earliestNs - 1 : bounds.latestNs;
}

bool firesAt(std::int64_t moment, const State& state, const RowDue& due) {
  if (due.noted || !entersItself(due.kind)) return false;
  if (moment >= wholeTime().latestNs || moment <= due.recordedNs) return false;
  return !due.due.beforeSession || moment > knownSince(state, due.due.beforeSession);
}

}  // namespace

std::int64_t lastMomentBefore(const State& state, const RowDue& due) {
  return lastMomentOf(due, dueBounds(state, due.due));
}

bool firesByClock(const State& state, const RowDue& due) {
  return firesAt(lastMomentBefore(state, due), state, due);
}

void forEachDueKey(const State& state, const Row& row,
                   const std::function<void(std::string_view)>& visit) {
  std::string key;
  for (const auto& due : row.head.dues) {
    const auto bounds = dueBounds(state, due.due);
    setMomentKey(key, due_keys, bounds.earliestNs, row.head.id);
    visit(key);
    const auto moment = lastMomentOf(due, bounds);
    if (!firesAt(moment, state, due)) continue;
    setMomentKey(key, timer_keys, moment, row.head.id);
    visit(key);
  }
}

std::vector<std::string> dueKeys(const State& state, const Row& row) {
  std::vector<std::string> out;
  forEachDueKey(state, row, [&](std::string_view key) { out.emplace_back(key); });
  return out;
}

std::int64_t keyedMoment(std::string_view key) {
  return static_cast<std::int64_t>(readBig(key.substr(1, 8)) ^ sign_bit);
}

}  // namespace consulta
