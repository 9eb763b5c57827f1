// A recommendation as it stands: what it asks of whom, what was decided on it and what came of it.
#pragma once

#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "events/recommendation.capnp.h"
#include "projections/row.h"

namespace consulta {

/// The axes of a recommendation's states, as RowHead counts them: neither follows from the other.
enum RecommendationAxis : std::size_t { acceptanceAxis = 0, implementationAxis = 1 };

/// What the addressee made of it, the last time it was taken up.
struct RecommendationDecision {
  EntityId by;
  RowDate date;
  RowTexts part;  // what is accepted, when not all of it
  SealedRef reason;
  bool operator==(const RecommendationDecision&) const = default;
};
BOOST_DESCRIBE_STRUCT(RecommendationDecision, (), (by, date, part, reason))

struct RecommendationProgress {
  RowDate date;
  SealedRef report;
  std::vector<EntityId> evidence;
  RowDecimal percent;
  bool operator==(const RecommendationProgress&) const = default;
};
BOOST_DESCRIBE_STRUCT(RecommendationProgress, (), (date, report, evidence, percent))

/// That it was implemented, or verified: by which office, and who entered it.
struct RecommendationCompletion {
  RowDate date;
  EntityId office;
  std::vector<EntityId> evidence;
  SealedRef summary;
  std::string actor;
  std::string onBehalfOf;  // empty: on nobody's
  bool operator==(const RecommendationCompletion&) const = default;
};
BOOST_DESCRIBE_STRUCT(RecommendationCompletion, (),
                      (date, office, evidence, summary, actor, onBehalfOf))

/// Something that came of it.
struct RecommendationConsequence {
  EntityId consequence;
  RowDate date;
  SealedRef summary;
  bool operator==(const RecommendationConsequence&) const = default;
};
BOOST_DESCRIBE_STRUCT(RecommendationConsequence, (), (consequence, date, summary))

struct Recommendation {
  static constexpr auto aggregate = schema::Event::RECOMMENDATION;

  RowTexts text;
  RowTexts title;
  EntityId origin;
  std::string number;
  std::vector<EntityId> addressees;
  EntityId office;
  RowDeadline due;
  SealedRef dueReason;
  EntityId programme;
  std::vector<std::string> areas;
  EntityId consideredBy;
  RowDate consideredOn;
  RecommendationDecision decision;
  SealedRef reconsiderationReason;
  RowDate startedOn;
  EntityId implementingOffice;
  SealedRef startSummary;
  std::vector<RecommendationProgress> progress;
  RecommendationCompletion implemented;  // the last one; as it was, when it is reopened
  RecommendationCompletion verification;
  RowDate reopenedOn;
  SealedRef reopeningReason;
  RowDate overdueSince;  // the day missed; empty when none is, as far as the register has noted
  std::uint64_t overdueLateSeconds = 0;
  EntityId supersededBy;
  std::vector<RecommendationConsequence> consequences;
  bool operator==(const Recommendation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Recommendation, (),
                      (text, title, origin, number, addressees, office, due, dueReason, programme,
                       areas, consideredBy, consideredOn, decision, reconsiderationReason,
                       startedOn, implementingOffice, startSummary, progress, implemented,
                       verification, reopenedOn, reopeningReason, overdueSince, overdueLateSeconds,
                       supersededBy, consequences))

void fold(Recommendation& row, RowHead& head, schema::RecommendationEvent::Reader event,
          const FoldStep& step);

}  // namespace consulta
