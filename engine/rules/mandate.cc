// Rules of mandates beyond their lifecycle: their requests, by when, and what answers them.
#include "projections/rows/mandate.h"

#include <algorithm>

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "engine/rules/other_entity.h"
#include "engine/rules/rule_values.h"
#include "projections/rows/document.h"
#include "projections/rows/session.h"

namespace consulta {

namespace {

using E = schema::MandateEvent;

/// The day of a deadline, or the days of the session it comes before, as far as they are known.
std::string daysOf(const Case& on, const RowDeadline& deadline) {
  if (!deadline.date.edtf.empty()) return deadline.date.edtf;
  const auto row = otherByThen(on, deadline.beforeSession);
  const auto* session = tryAs<SessionRow>(row.get());
  return session == nullptr ? std::string() : session->dates.edtf;
}

std::string daysOf(const Case& on, schema::Deadline::Reader deadline) {
  RowDeadline out;
  take(out, deadline);
  return daysOf(on, out);
}

// --- by state alone ---

void guard(const Case& on, Refusals& no) {
  const auto* mandate = tryAs<Mandate>(on.row);
  if (mandate == nullptr) return;
  const auto tag = on.act.tag;
  const bool aboutRequest = tag == E::REQUEST_ASSIGNED || tag == E::DEADLINE_MOVED ||
                            tag == E::REQUEST_REPORTED || tag == E::REQUEST_FULFILLED ||
                            tag == E::REQUEST_OVERDUE;
  if (aboutRequest && mandate->requests.empty()) {
    no.refuse("mandate.request.none",
              msg("no request of {entity} is in the register; enter \"mandate request\" first",
                  arg("entity", on.self())));
  }
}

// --- opening ---

template <typename Opening>
void checkOpening(const Case& on, Opening e, Refusals& no) {
  checkDistinct("mandate.regions.distinct", "regions", e.getRegions(), no);
  const auto id = EntityId(e.getSession());
  const auto row = otherByThen(on, id);
  const auto* session = tryAs<SessionRow>(row.get());
  if (session == nullptr || session->body == e.getBody().cStr()) return;
  no.refuse(
      "mandate.session.body",
      msg("{session} is a session of {its}, not of {body}; give the --body that adopted the "
          "mandate, or another --session",
          arg("session", on.name(id)), arg("its", session->body), arg("body", e.getBody().cStr())));
}

/// What is only proposed is not adopted: the document has to be a decision, or one was taken on it.
void checkDecision(const Case& on, EntityId id, Refusals& no) {
  const auto row = otherByThen(on, id);
  const auto* document = tryAs<Document>(row.get());
  if (document == nullptr || !document->decisions.empty() ||
      document->kind == schema::DocumentKind::RESOLUTION ||
      document->kind == schema::DocumentKind::DECISION) {
    return;
  }
  no.refuse(
      "mandate.adopted.decision",
      msg("no decision on {document} is in the register, and what is proposed is not adopted; "
          "enter \"document decide\" first, or leave out --decision",
          arg("document", on.name(id))));
}

// --- requests ---

const MandateRequest* needsRequest(const Case& on, const Mandate& mandate,
                                   capnp::Text::Reader number, Refusals& no) {
  const auto* request = requestOf(mandate, std::string_view(number.begin(), number.size()));
  if (request != nullptr || mandate.requests.empty()) return request;  // none at all: the guard
  const auto known = joined(mandate.requests, &MandateRequest::number);
  no.refuse("mandate.request.exists",
            msg("{entity} has no request {number}, only {known}; give one of these with --request, "
                "or enter \"mandate request\" first",
                arg("entity", on.self()), arg("number", number.cStr()), arg("known", known)));
  return nullptr;
}

/// A request that is still to be fulfilled.
const MandateRequest* needsOpenRequest(const Case& on, const Mandate& mandate,
                                       capnp::Text::Reader number, Refusals& no) {
  const auto* request = needsRequest(on, mandate, number, no);
  if (request == nullptr || !request->fulfilled) return request;
  no.refuse("mandate.request.open",
            msg("request {number} of {entity} was fulfilled on {date}; name one that is not with "
                "--request",
                arg("number", request->number), arg("entity", on.self()),
                arg("date", request->fulfilledOn.edtf)));
  return nullptr;
}

void checkRequestOverdue(const Case& on, const Mandate& mandate, capnp::Text::Reader number,
                         Refusals& no) {
  const auto* request = needsOpenRequest(on, mandate, number, no);
  if (request == nullptr || !canStillBeKept(on, request->deadline)) return;
  no.refuse("mandate.requestOverdue.due",
            msg("request {number} of {entity} is due by {deadline} and not overdue before",
                arg("number", request->number), arg("entity", on.self()),
                arg("deadline", daysOf(on, request->deadline))));
}

/// Nothing can be asked for by a day before it was asked for.
void checkDeadline(const Case& on, const Mandate& mandate, schema::Deadline::Reader deadline,
                   Refusals& no) {
  const auto days = daysOf(on, deadline);
  if (!certainlyBefore(days, mandate.adoptedOn.edtf)) return;
  no.refuse(
      "mandate.deadline.after-adoption",
      msg("a deadline of {deadline} lies before {entity} was adopted on {date}; give a later "
          "--deadline",
          arg("deadline", days), arg("entity", on.self()), arg("date", mandate.adoptedOn.edtf)));
}

void checkMade(const Case& on, schema::MandateRequestMade::Reader e, const Mandate& mandate,
               Refusals& no) {
  if (requestOf(mandate, e.getNumber().cStr()) != nullptr) {
    no.refuse("mandate.requestMade.number",
              msg("{entity} has a request {number} already; give this one another --number, or "
                  "correct the entry that is wrong",
                  arg("entity", on.self()), arg("number", e.getNumber().cStr())));
  }
  checkDistinct(on, "mandate.requestMade.addressed", "addressed", e.getAddressed(), no);
  checkDistinct(on, "mandate.requestMade.consult", "consult", e.getConsult(), no);
  needsStanding(on, "mandate.requestMade.standing", e.getAddressed(), no);
  needsStanding(on, "mandate.requestMade.standing", e.getConsult(), no);
  checkDeadline(on, mandate, e.getDeadline(), no);
}

void checkAssigned(const Case& on, schema::MandateRequestAssigned::Reader e, const Mandate& mandate,
                   Refusals& no) {
  needsStanding(on, "mandate.requestAssigned.office", EntityId(e.getOffice()), no);
  const auto* request = needsOpenRequest(on, mandate, e.getRequest(), no);
  if (request == nullptr) return;
  const auto due = daysOf(on, e.getDue());
  const auto deadline = daysOf(on, request->deadline);
  if (!certainlyBefore(deadline, due)) return;
  no.refuse("mandate.requestAssigned.due",
            msg("{due} is later than the deadline of request {number}, {deadline}; give an earlier "
                "--due, or enter \"mandate move-deadline\" first",
                arg("due", due), arg("number", request->number), arg("deadline", deadline)));
}

void checkReported(const Case& on, schema::MandateRequestReported::Reader e, const Mandate& mandate,
                   Refusals& no) {
  const auto* request = needsRequest(on, mandate, e.getRequest(), no);
  const auto document = EntityId(e.getDocument());
  if (request == nullptr || std::ranges::find(request->reports, document,
                                              &MandateReport::document) == request->reports.end()) {
    return;
  }
  no.refuse("mandate.requestReported.once",
            msg("{document} reports on request {number} of {entity} already; name another "
                "document",
                arg("document", on.name(document)), arg("number", request->number),
                arg("entity", on.self())));
}

// --- the end ---

void checkSuperseded(const Case& on, EntityId by, const Mandate& mandate, Refusals& no) {
  if (by == on.row->head.id) {
    no.refuse("mandate.superseded.itself",
              msg("{entity} cannot replace itself; name the later mandate with --by",
                  arg("entity", on.self())));
    return;
  }
  const auto row = otherByThen(on, by);
  const auto* later = tryAs<Mandate>(row.get());
  if (later == nullptr) return;
  if (later->supersededBy == on.row->head.id) {
    no.refuse("mandate.superseded.circle",
              msg("{by} was itself replaced by {entity}; name the mandate that holds now with --by",
                  arg("by", on.name(by)), arg("entity", on.self())));
  } else if (certainlyBefore(later->adoptedOn.edtf, mandate.adoptedOn.edtf)) {
    no.refuse("mandate.superseded.later",
              msg("{by}, adopted on {its}, is older than {entity}, adopted on {date}; name a later "
                  "mandate with --by",
                  arg("by", on.name(by)), arg("its", later->adoptedOn.edtf),
                  arg("entity", on.self()), arg("date", mandate.adoptedOn.edtf)));
  }
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getMandate();
  if (event.isAdopted()) {
    checkOpening(on, event.getAdopted(), no);
    return checkDecision(on, EntityId(event.getAdopted().getDecision()), no);
  }
  if (event.isFound()) return checkOpening(on, event.getFound(), no);
  const auto& mandate = as<Mandate>(*on.row);
  if (event.isRequestMade()) return checkMade(on, event.getRequestMade(), mandate, no);
  if (event.isRequestAssigned()) return checkAssigned(on, event.getRequestAssigned(), mandate, no);
  if (event.isRequestReported()) return checkReported(on, event.getRequestReported(), mandate, no);
  if (event.isSuperseded()) {
    return checkSuperseded(on, EntityId(event.getSuperseded().getBy()), mandate, no);
  }
  if (event.isDeadlineMoved()) {
    needsOpenRequest(on, mandate, event.getDeadlineMoved().getRequest(), no);
    checkDeadline(on, mandate, event.getDeadlineMoved().getDeadline(), no);
  } else if (event.isRequestFulfilled()) {
    const auto e = event.getRequestFulfilled();
    checkDistinct(on, "mandate.requestFulfilled.evidence", "evidence", e.getEvidence(), no);
    needsOpenRequest(on, mandate, e.getRequest(), no);
  } else if (event.isRequestOverdue()) {
    checkRequestOverdue(on, mandate, event.getRequestOverdue().getRequest(), no);
  }
}

}  // namespace

const Rules& rulesOfMandate() {
  static const Rules rules{&guard, &check, nullptr};
  return rules;
}

}  // namespace consulta
