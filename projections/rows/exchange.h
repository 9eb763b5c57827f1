// An exchange as it stands: who gives what to whom, within a region or across.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "events/exchange.capnp.h"
#include "projections/row.h"

namespace consulta {

struct Exchange {
  static constexpr auto aggregate = schema::Event::EXCHANGE;

  RowTexts subject;
  schema::ExchangeReach reach = schema::ExchangeReach::WITHIN_REGION;
  std::vector<EntityId> providers;
  std::vector<EntityId> recipients;
  RowTexts network;
  std::vector<std::string> regions;
  EntityId programme;
  std::vector<std::string> areas;
  EntityId agreement;
  RowDate agreedOn;
  RowDate startedOn;
  RowDate until;
  RowTexts result;
  EntityId document;
  RowDate completedOn;
  RowDate cancelledOn;
  SealedRef reason;
  bool operator==(const Exchange&) const = default;
};
BOOST_DESCRIBE_STRUCT(Exchange, (),
                      (subject, reach, providers, recipients, network, regions, programme, areas,
                       agreement, agreedOn, startedOn, until, result, document, completedOn,
                       cancelledOn, reason))

void fold(Exchange& row, RowHead& head, schema::ExchangeEvent::Reader event, const FoldStep& step);

}  // namespace consulta
