#include "projections/rows/rate.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

void fold(Rate& row, RowHead&, schema::RateEvent::Reader event, const FoldStep& step) {
  using E = schema::RateEvent;
  switch (event.which()) {
    case E::QUOTED: {
      const auto e = event.getQuoted();
      take(row.base, e.getBase());
      take(row.quote, e.getQuote());
      take(row.rate, e.hasRate(), e.getRate());
      return take(row.quotedBy, e.getQuotedBy());
    }
    case E::WITHDRAWN:
      row.withdrawn = true;
      return take(row.reason, event.getWithdrawn().getReason(), step.valuesAt, "reason");
  }
  throw std::logic_error("an event of a rate without a fold");
}

std::unique_ptr<Row> newRateRow() {
  return std::make_unique<RowOf<Rate, &schema::Event::Reader::getRate>>();
}

}  // namespace consulta
