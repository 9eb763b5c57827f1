// What is, or may be, overdue. Only what still waits for somebody: a life that has ended owes
// nothing.
#include "projections/due.h"
#include "projections/rows/consultation.h"
#include "projections/rows/document.h"
#include "projections/rows/funding.h"
#include "projections/rows/liaison.h"
#include "projections/rows/mandate.h"
#include "projections/rows/meeting.h"
#include "projections/rows/recommendation.h"
#include "projections/rows/result.h"
#include "projections/summary_parts.h"

namespace consulta::summary {

namespace {

/// Collects the lines of one row.
struct Dues {
  std::vector<OverdueLine>& lines;
  const State& state;
  const Row& row;
  std::int64_t nowNs;

  OverdueLine* add(DueKind kind, const RowDeadline& due) {
    const auto passed = overdueAt(state, due, nowNs);
    if (passed == Overdue::no) return nullptr;
    auto& line = lines.emplace_back();
    line.id = row.head.id;
    line.kind = kind;
    line.due = due;
    line.overdue = passed;
    return &line;
  }
  OverdueLine* add(DueKind kind, const RowDate& due) { return add(kind, RowDeadline{due, {}}); }
};

bool isOpen(schema::MandateState state) {
  using S = schema::MandateState;
  return state == S::ADOPTED || state == S::IN_PROGRESS || state == S::REPORTED;
}

void addMandate(Dues& to, const Mandate& mandate) {
  if (!isOpen(stateOf<schema::MandateState>(to.row.head))) return;
  for (const auto& request : mandate.requests) {
    if (request.fulfilled) continue;
    if (auto* line = to.add(DueKind::request, request.deadline)) line->number = request.number;
  }
}

void addRecommendation(Dues& to, const Recommendation& recommendation) {
  using A = schema::RecommendationAcceptance;
  using I = schema::RecommendationImplementation;
  const auto accepted = stateOf<A>(to.row.head, acceptanceAxis);
  const auto done = stateOf<I>(to.row.head, implementationAxis);
  if (accepted == A::REJECTED || accepted == A::SUPERSEDED) return;
  if (done == I::IMPLEMENTED || done == I::VERIFIED) return;
  to.add(DueKind::recommendation, recommendation.due);
}

void addMeeting(Dues& to, const Meeting& meeting) {
  using S = schema::MeetingState;
  const auto state = stateOf<S>(to.row.head);
  if (state != S::SCHEDULED && state != S::CONFIRMED) return;
  to.add(DueKind::meeting, meeting.dates);
  for (const auto& invitation : meeting.invitations) {
    const bool waits =
        invitation.state == InvitationState::sent || invitation.state == InvitationState::noReply;
    if (!waits) continue;
    if (auto* line = to.add(DueKind::reply, invitation.replyBy)) line->of = invitation.party;
  }
}

void addConsultation(Dues& to, const Consultation& consultation) {
  using S = schema::ConsultationState;
  const auto state = stateOf<S>(to.row.head);
  if (state != S::OPEN && state != S::SUSPENDED) return;
  to.add(DueKind::consultation, consultation.closes);
}

/// Instalments wait until what has been received covers them, the oldest first.
void addFunding(Dues& to, const Funding& funding) {
  using S = schema::FundingState;
  const auto state = stateOf<S>(to.row.head);
  if (state != S::CONFIRMED && state != S::RECEIVED_IN_PART) return;
  std::vector<RowMoney> scheduled;
  for (const auto& instalment : funding.instalments) {
    std::int64_t owed = instalment.amount.minor;
    for (const auto& before : scheduled) {
      if (before.currency == instalment.amount.currency) owed += before.minor;
    }
    scheduled.push_back(instalment.amount);
    if (receivedIn(funding, instalment.amount.currency).minor >= owed) continue;
    if (auto* line = to.add(DueKind::instalment, instalment.due)) line->of = funding.party;
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
    if (auto* line = to.add(DueKind::indicator, indicator.due)) {
      line->number = std::to_string(indicator.number);
    }
  }
}

}  // namespace

void addRequests(std::vector<RequestSummary>& requests, const State& state, const Row& row,
                 std::int64_t nowNs) {
  const auto* mandate = tryAs<Mandate>(&row);
  if (mandate == nullptr) return;
  const bool open = isOpen(stateOf<schema::MandateState>(row.head));
  for (const auto& request : mandate->requests) {
    auto& line = requests.emplace_back();
    line.mandate = row.head.id;
    line.number = request.number;
    line.text = request.text;
    line.deadline = request.deadline;
    line.sessionDates = sessionDates(state, request.deadline.beforeSession);
    line.reported = !request.reports.empty();
    line.fulfilled = request.fulfilled;
    if (open && !request.fulfilled) line.overdue = overdueAt(state, request.deadline, nowNs);
  }
}

void addOverdue(std::vector<OverdueLine>& lines, const State& state, const Row& row,
                std::int64_t nowNs) {
  Dues to{lines, state, row, nowNs};
  if (const auto* mandate = tryAs<Mandate>(&row)) addMandate(to, *mandate);
  if (const auto* one = tryAs<Recommendation>(&row)) addRecommendation(to, *one);
  if (const auto* meeting = tryAs<Meeting>(&row)) addMeeting(to, *meeting);
  if (const auto* consultation = tryAs<Consultation>(&row)) addConsultation(to, *consultation);
  if (const auto* funding = tryAs<Funding>(&row)) addFunding(to, *funding);
  if (const auto* document = tryAs<Document>(&row)) addDocument(to, *document);
  if (const auto* result = tryAs<ResultRow>(&row)) addResult(to, *result);
  const auto* liaison = tryAs<Liaison>(&row);
  if (liaison != nullptr &&
      stateOf<schema::LiaisonState>(row.head) == schema::LiaisonState::FOLLOW_UP_ASKED) {
    to.add(DueKind::followUp, liaison->due);
  }
}

}  // namespace consulta::summary
