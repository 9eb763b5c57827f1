#include "projections/rows/liaison.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

void foldLogged(Liaison& row, schema::LiaisonLogged::Reader e, Position at) {
  row.offices.emplace_back(e.getOffice());
  row.parties.emplace_back(e.getParty());
  row.channels.push_back(e.getChannel());
  take(row.subject, e.getSubject(), at, "subject");
  take(row.summary, e.getSummary(), at, "summary");
  take(row.programme, e.getProgramme());
  take(row.persons, e.getPersons());
  take(row.letter, e.getLetter());
}

void foldFound(Liaison& row, schema::LiaisonFound::Reader e) {
  take(row.offices, e.getOffices());
  take(row.parties, e.getParties());
  for (auto channel : e.getChannels()) row.channels.push_back(channel);
  take(row.period, e.getPeriod());
  take(row.purpose, e.getPurpose());
  take(row.programme, e.getProgramme());
  take(row.mechanism, e.getMechanism());
}

/// A new follow-up begins without what was said of the one before.
void foldAsked(Liaison& row, schema::LiaisonFollowUpAsked::Reader e, Position at) {
  row.followUp = SealedRef{};
  row.followUpOffice = EntityId{};
  row.done = RowDate{};
  row.result = SealedRef{};
  row.resultLetter = EntityId{};
  row.overdue = false;
  take(row.followUp, e.getWhat(), at, "what");
  take(row.due, e.getDue());
  take(row.followUpOffice, e.getOffice());
}

void foldDone(Liaison& row, schema::LiaisonFollowUpDone::Reader e, const FoldStep& step) {
  row.done = step.date();
  row.overdue = false;
  take(row.result, e.getResult(), step.valuesAt, "result");
  take(row.resultLetter, e.getLetter());
}

}  // namespace

void fold(Liaison& row, RowHead&, schema::LiaisonEvent::Reader event, const FoldStep& step) {
  using E = schema::LiaisonEvent;
  switch (event.which()) {
    case E::LOGGED:
      return foldLogged(row, event.getLogged(), step.valuesAt);
    case E::FOUND:
      return foldFound(row, event.getFound());
    case E::FOLLOW_UP_ASKED:
      return foldAsked(row, event.getFollowUpAsked(), step.valuesAt);
    case E::FOLLOW_UP_DONE:
      return foldDone(row, event.getFollowUpDone(), step);
    case E::OVERDUE:
      row.overdue = true;
      return;
    case E::FOLLOW_UP_ASSIGNED:
      return take(row.followUpOffice, event.getFollowUpAssigned().getOffice());
  }
  throw std::logic_error("an event of a liaison without a fold");
}

std::unique_ptr<Row> newLiaisonRow() {
  return std::make_unique<RowOf<Liaison, &schema::Event::Reader::getLiaison>>();
}

}  // namespace consulta
