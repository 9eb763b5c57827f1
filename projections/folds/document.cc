#include "projections/rows/document.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

template <typename Opening>
void describe(Document& row, Opening e) {
  take(row.title, e.getTitle());
  row.kind = e.getKind();
  take(row.author, e.getAuthor());
  take(row.answers, e.getAnswers());
  take(row.programme, e.getProgramme());
  take(row.session, e.getSession());
  take(row.agendaItem, e.getAgendaItem());
}

void foldFound(Document& row, schema::DocumentFound::Reader e) {
  describe(row, e);
  take(row.symbol, e.getSymbol());
  take(row.issued, e.getIssuedOn());
  take(row.languages, e.getLanguages());
}

void foldSubmitted(Document& row, schema::DocumentSubmitted::Reader e) {
  take(row.session, e.getSession());
  take(row.agendaItem, e.getAgendaItem());
  take(row.text, e.getFile());
}

void foldIssued(Document& row, schema::DocumentIssued::Reader e, const FoldStep& step) {
  take(row.symbol, e.getSymbol());
  row.issued = step.date();
  take(row.languages, e.getLanguages());
  take(row.text, e.getFile());
  take(row.distribution, e.getDistribution());
}

void foldProposed(Document& row, schema::DocumentActionProposed::Reader e) {
  auto& action = row.proposedActions.emplace_back();
  action.kind = e.getKind();
  take(action.text, e.getText());
  take(action.body, e.getBody());
  take(action.paragraph, e.getParagraph());
}

void foldDecision(Document& row, schema::DocumentDecisionTaken::Reader e, const FoldStep& step) {
  auto& decision = row.decisions.emplace_back();
  decision.kind = e.getKind();
  take(decision.text, e.getText());
  decision.date = step.date();
  take(decision.session, e.getSession());
  take(decision.body, e.getBody());
  take(decision.symbol, e.getSymbol());
}

IssuedChange change(const RowTexts& text, capnp::Text::Reader symbol, std::uint64_t file,
                    const FoldStep& step) {
  return IssuedChange{symbol.cStr(), text, step.date(), EntityId(file)};
}

void foldCorrigendum(Document& row, schema::DocumentCorrigendumIssued::Reader e,
                     const FoldStep& step) {
  RowTexts text;
  take(text, e.getText());
  row.corrigenda.push_back(change(text, e.getSymbol(), e.getFile(), step));
}

void foldAddendum(Document& row, schema::DocumentAddendumIssued::Reader e, const FoldStep& step) {
  RowTexts title;
  take(title, e.getTitle());
  row.addenda.push_back(change(title, e.getSymbol(), e.getFile(), step));
}

void foldLanguage(Document& row, schema::DocumentLanguageIssued::Reader e) {
  row.languages.emplace_back(e.getLanguage().cStr());
  if (e.getFile() == 0) return;
  row.languageFiles.push_back(IssuedLanguage{e.getLanguage().cStr(), EntityId(e.getFile())});
}

void foldRevision(Document& row, schema::DocumentRevisionIssued::Reader e, const FoldStep& step) {
  row.revision = e.getNumber();
  row.revisions.push_back(
      IssuedRevision{e.getNumber(), e.getSymbol().cStr(), step.date(), EntityId(e.getFile())});
  take(row.symbol, e.getSymbol());
  take(row.text, e.getFile());
}

}  // namespace

void fold(Document& row, RowHead&, schema::DocumentEvent::Reader event, const FoldStep& step) {
  using E = schema::DocumentEvent;
  switch (event.which()) {
    case E::DRAFTED:
      describe(row, event.getDrafted());
      return take(row.due, event.getDrafted().getDue());
    case E::FOUND:
      return foldFound(row, event.getFound());
    case E::REDRAFTED:
      take(row.title, event.getRedrafted().getTitle());
      take(row.text, event.getRedrafted().getFile());
      return take(row.remarks, event.getRedrafted().getRemarks(), step.valuesAt, "remarks");
    case E::CLEARED:
      take(row.clearedBy, event.getCleared().getOffice());
      return take(row.remarks, event.getCleared().getRemarks(), step.valuesAt, "remarks");
    case E::SUBMITTED:
      return foldSubmitted(row, event.getSubmitted());
    case E::ISSUED:
      return foldIssued(row, event.getIssued(), step);
    case E::LANGUAGE_ISSUED:
      return foldLanguage(row, event.getLanguageIssued());
    case E::ACTION_PROPOSED:
      return foldProposed(row, event.getActionProposed());
    case E::CONSIDERED:
      row.considered = step.date();
      take(row.consideredAt, event.getConsidered().getSession());
      return take(row.consideredBy, event.getConsidered().getBody());
    case E::DECISION_TAKEN:
      return foldDecision(row, event.getDecisionTaken(), step);
    case E::CORRIGENDUM_ISSUED:
      return foldCorrigendum(row, event.getCorrigendumIssued(), step);
    case E::ADDENDUM_ISSUED:
      return foldAddendum(row, event.getAddendumIssued(), step);
    case E::REVISION_ISSUED:
      return foldRevision(row, event.getRevisionIssued(), step);
    case E::WITHDRAWN:
      return take(row.reason, event.getWithdrawn().getReason(), step.valuesAt, "reason");
  }
  throw std::logic_error("an event of a document without a fold");
}

std::unique_ptr<Row> newDocumentRow() {
  return std::make_unique<RowOf<Document, &schema::Event::Reader::getDocument>>();
}

}  // namespace consulta
