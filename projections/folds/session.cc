#include "projections/rows/session.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

void takeDates(SessionRow& row, schema::Date::Reader dates, const FoldStep& step) {
  if (dates.getEdtf().size() == 0) return;
  take(row.dates, dates);
  row.datesKnownSince = instantDate(step.valuesRecordedNs);
}

template <typename Opening>
void describe(SessionRow& row, Opening e, const FoldStep& step) {
  take(row.body, e.getBody());
  row.number = e.getNumber();
  take(row.title, e.getTitle());
  takeDates(row, e.getDates(), step);
  take(row.place, e.getPlace());
}

}  // namespace

void fold(SessionRow& row, RowHead&, schema::SessionEvent::Reader event, const FoldStep& step) {
  using E = schema::SessionEvent;
  switch (event.which()) {
    case E::LISTED:
      return describe(row, event.getListed(), step);
    case E::FOUND:
      return describe(row, event.getFound(), step);
    case E::DATED:
      return takeDates(row, event.getDated().getDates(), step);
    case E::RETITLED:
      take(row.title, event.getRetitled().getTitle());
      return take(row.place, event.getRetitled().getPlace());
    case E::OPENED:
      row.began = step.date();
      if (row.dates.edtf.empty()) row.datesKnownSince = instantDate(step.valuesRecordedNs);
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
