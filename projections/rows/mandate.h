// A mandate as it stands: what a body adopted, and what became of each of its requests.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/mandate.capnp.h"
#include "projections/row.h"

namespace consulta {

/// An office made responsible for a request.
struct MandateAssignment {
  EntityId office;
  RowDeadline due;  // within the house; not stated: the request's own
  RowDate date;
  bool operator==(const MandateAssignment&) const = default;
};
BOOST_DESCRIBE_STRUCT(MandateAssignment, (), (office, due, date))

struct MandateReport {
  EntityId document;
  RowDate date;
  bool operator==(const MandateReport&) const = default;
};
BOOST_DESCRIBE_STRUCT(MandateReport, (), (document, date))

/// One numbered request: it has a life of its own within the mandate's.
struct MandateRequest {
  std::string number;
  RowTexts text;
  RowTexts addressee;
  std::vector<EntityId> addressed;
  RowDeadline deadline;
  SealedRef deadlineReason;  // why it was moved
  RowDate forPeriod;
  std::vector<EntityId> consult;
  std::string consultRegion;
  EntityId subject;
  RowDate made;
  std::vector<MandateAssignment> assignments;  // the last one is responsible
  std::vector<MandateReport> reports;
  bool fulfilled = false;
  RowDate fulfilledOn;
  std::vector<EntityId> evidence;
  SealedRef summary;
  RowDate overdueSince;  // the day missed; empty when none is, as far as the register has noted
  std::uint64_t overdueLateSeconds = 0;
  bool operator==(const MandateRequest&) const = default;
};
BOOST_DESCRIBE_STRUCT(MandateRequest, (),
                      (number, text, addressee, addressed, deadline, deadlineReason, forPeriod,
                       consult, consultRegion, subject, made, assignments, reports, fulfilled,
                       fulfilledOn, evidence, summary, overdueSince, overdueLateSeconds))

struct Mandate {
  static constexpr auto aggregate = schema::Event::MANDATE;

  RowTexts title;
  std::string body;
  EntityId session;
  schema::MandateKind kind = schema::MandateKind::NOT_STATED;
  EntityId decision;
  std::vector<std::string> regions;
  RowDate adoptedOn;
  std::vector<MandateRequest> requests;
  RowDate begunOn;
  SealedRef summary;
  RowDate lapsedOn;
  SealedRef lapseReason;
  EntityId supersededBy;
  RowDate supersededOn;
  bool operator==(const Mandate&) const = default;
};
BOOST_DESCRIBE_STRUCT(Mandate, (),
                      (title, body, session, kind, decision, regions, adoptedOn, requests, begunOn,
                       summary, lapsedOn, lapseReason, supersededBy, supersededOn))

/// The request of that number, or null. Valid until the mandate changes.
[[nodiscard]] const MandateRequest* requestOf(const Mandate& mandate, std::string_view number);

void fold(Mandate& row, RowHead& head, schema::MandateEvent::Reader event, const FoldStep& step);

}  // namespace consulta
