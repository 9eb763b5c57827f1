#include "projections/rows/mandate.h"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

#include "projections/folds/move.h"
#include "projections/row_of.h"

namespace consulta {

namespace {

using schema::MandateState;

/// Opening and found entries describe a mandate by the same fields.
template <typename Opening>
void describe(Mandate& row, Opening e) {
  take(row.title, e.getTitle());
  take(row.body, e.getBody());
  take(row.session, e.getSession());
  row.kind = e.getKind();
  take(row.decision, e.getDecision());
  take(row.regions, e.getRegions());
}

/// What no request of that number answers for is kept nowhere; the rules let none through.
MandateRequest* request(Mandate& row, capnp::Text::Reader number) {
  const auto found = std::ranges::find(
      row.requests, std::string_view(number.begin(), number.size()), &MandateRequest::number);
  return found == row.requests.end() ? nullptr : &*found;
}

/// Fulfilled when every request is; reported when every one is reported on, if not fulfilled.
MandateState stateBy(const std::vector<MandateRequest>& requests) {
  if (std::ranges::all_of(requests, &MandateRequest::fulfilled)) return MandateState::FULFILLED;
  const auto isReported = [](const MandateRequest& one) {
    return one.fulfilled || !one.reports.empty();
  };
  return std::ranges::all_of(requests, isReported) ? MandateState::REPORTED
                                                   : MandateState::IN_PROGRESS;
}

/// A title in a further language stands beside the others; one in the same takes its place.
void addTitle(Mandate& row, schema::Texts::Reader title) {
  RowTexts added;
  take(added, title);
  for (auto& phrase : added.phrases) {
    const auto same = std::ranges::find(row.title.phrases, phrase.language, &RowPhrase::language);
    if (same == row.title.phrases.end()) {
      row.title.phrases.push_back(std::move(phrase));
    } else {
      same->text = std::move(phrase.text);
    }
  }
}

void foldRequest(Mandate& row, schema::MandateRequestMade::Reader e, const FoldStep& step) {
  auto& one = row.requests.emplace_back();
  take(one.number, e.getNumber());
  take(one.text, e.getText());
  take(one.addressee, e.getAddressee());
  take(one.addressed, e.getAddressed());
  take(one.deadline, e.getDeadline());
  take(one.forPeriod, e.getForPeriod());
  take(one.consult, e.getConsult());
  take(one.consultRegion, e.getConsultRegion());
  take(one.subject, e.getSubject());
  one.made = step.date();
}

void foldAssignment(Mandate& row, RowHead& head, schema::MandateRequestAssigned::Reader e,
                    const FoldStep& step) {
  if (stateOf<MandateState>(head) == MandateState::ADOPTED) {
    moveTo(head, MandateState::IN_PROGRESS);
  }
  auto* one = request(row, e.getRequest());
  if (one == nullptr) return;
  auto& assignment = one->assignments.emplace_back();
  assignment.office = EntityId(e.getOffice());
  take(assignment.due, e.getDue());
  assignment.date = step.date();
}

void foldDeadline(Mandate& row, schema::MandateDeadlineMoved::Reader e, const FoldStep& step) {
  auto* one = request(row, e.getRequest());
  if (one == nullptr) return;
  take(one->deadline, e.getDeadline());
  take(one->deadlineReason, e.getReason(), step.valuesAt, "reason");
  one->overdueSince = RowDate{};  // a day that is set anew has not been missed
  one->overdueLateSeconds = 0;
}

void foldReport(Mandate& row, RowHead& head, schema::MandateRequestReported::Reader e,
                const FoldStep& step) {
  auto* one = request(row, e.getRequest());
  if (one == nullptr) return;
  one->reports.push_back(MandateReport{EntityId(e.getDocument()), step.date()});
  moveTo(head, stateBy(row.requests));
}

void foldFulfilment(Mandate& row, RowHead& head, schema::MandateRequestFulfilled::Reader e,
                    const FoldStep& step) {
  auto* one = request(row, e.getRequest());
  if (one == nullptr) return;
  one->fulfilled = true;
  one->fulfilledOn = step.date();
  take(one->evidence, e.getEvidence());
  take(one->summary, e.getSummary(), step.valuesAt, "summary");
  one->overdueSince = RowDate{};
  one->overdueLateSeconds = 0;
  moveTo(head, stateBy(row.requests));
}

void foldOverdue(Mandate& row, schema::MandateRequestOverdue::Reader e) {
  auto* one = request(row, e.getRequest());
  if (one == nullptr) return;
  take(one->overdueSince, e.getDue());
  one->overdueLateSeconds = e.getLateSeconds();
}

}  // namespace

const MandateRequest* requestOf(const Mandate& mandate, std::string_view number) {
  const auto found = std::ranges::find(mandate.requests, number, &MandateRequest::number);
  return found == mandate.requests.end() ? nullptr : &*found;
}

void fold(Mandate& row, RowHead& head, schema::MandateEvent::Reader event, const FoldStep& step) {
  using E = schema::MandateEvent;
  switch (event.which()) {
    case E::ADOPTED:
      row.adoptedOn = step.date();
      return describe(row, event.getAdopted());
    case E::FOUND:
      take(row.adoptedOn, event.getFound().getAdoptedOn());
      return describe(row, event.getFound());
    case E::REQUEST_MADE:
      return foldRequest(row, event.getRequestMade(), step);
    case E::REQUEST_ASSIGNED:
      return foldAssignment(row, head, event.getRequestAssigned(), step);
    case E::BEGUN:
      row.begunOn = step.date();
      return take(row.summary, event.getBegun().getSummary(), step.valuesAt, "summary");
    case E::DEADLINE_MOVED:
      return foldDeadline(row, event.getDeadlineMoved(), step);
    case E::REQUEST_REPORTED:
      return foldReport(row, head, event.getRequestReported(), step);
    case E::REQUEST_FULFILLED:
      return foldFulfilment(row, head, event.getRequestFulfilled(), step);
    case E::REQUEST_OVERDUE:
      return foldOverdue(row, event.getRequestOverdue());
    case E::LAPSED:
      row.lapsedOn = step.date();
      return take(row.lapseReason, event.getLapsed().getReason(), step.valuesAt, "reason");
    case E::SUPERSEDED:
      row.supersededOn = step.date();
      return take(row.supersededBy, event.getSuperseded().getBy());
    case E::RETITLED:
      return addTitle(row, event.getRetitled().getTitle());
  }
  throw std::logic_error("a mandate's event without a fold");
}

std::unique_ptr<Row> newMandateRow() {
  return std::make_unique<RowOf<Mandate, &schema::Event::Reader::getMandate>>();
}

}  // namespace consulta
