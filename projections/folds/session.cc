#include "projections/rows/session.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

template <typename Opening>
void describe(SessionRow& row, Opening e) {
  take(row.body, e.getBody());
  row.number = e.getNumber();
  take(row.title, e.getTitle());
  take(row.dates, e.getDates());
  take(row.place, e.getPlace());
}

}  // namespace

void fold(SessionRow& row, RowHead&, schema::SessionEvent::Reader event, const FoldStep& step) {
  using E = schema::SessionEvent;
  switch (event.which()) {
    case E::LISTED:
      return describe(row, event.getListed());
    case E::FOUND:
      return describe(row, event.getFound());
    case E::DATED:
      return take(row.dates, event.getDated().getDates());
    case E::RETITLED:
      take(row.title, event.getRetitled().getTitle());
      return take(row.place, event.getRetitled().getPlace());
    case E::OPENED:
      row.began = step.date();
      return take(row.president, event.getOpened().getPresident());
    case E::CLOSED:
      row.ended = step.date();
      return take(row.report, event.getClosed().getReport());
  }
  throw std::logic_error("an event of a session without a fold");
}

std::unique_ptr<Row> newSessionRow() {
  return std::make_unique<RowOf<SessionRow, &schema::Event::Reader::getSession>>();
}

}  // namespace consulta
