// A document: what it is, its symbol and languages, what was proposed and decided on it.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/document.capnp.h"
#include "projections/row.h"

namespace consulta {

/// What the document proposes that a body should do: not yet done.
struct ProposedAction {
  schema::DecisionKind kind = schema::DecisionKind::TAKES_NOTE;
  RowTexts text;
  std::string body;
  std::string paragraph;
  bool operator==(const ProposedAction&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProposedAction, (), (kind, text, body, paragraph))

/// What a body did decide.
struct TakenDecision {
  schema::DecisionKind kind = schema::DecisionKind::TAKES_NOTE;
  RowTexts text;
  RowDate date;
  EntityId session;
  std::string body;
  std::string symbol;
  bool operator==(const TakenDecision&) const = default;
};
BOOST_DESCRIBE_STRUCT(TakenDecision, (), (kind, text, date, session, body, symbol))

/// A corrigendum or addendum that was issued: a change beside the text, which itself is locked.
struct IssuedChange {
  std::string symbol;
  RowTexts text;
  RowDate date;
  EntityId file;
  bool operator==(const IssuedChange&) const = default;
};
BOOST_DESCRIBE_STRUCT(IssuedChange, (), (symbol, text, date, file))

/// The text in a language that came out later than the first ones.
struct IssuedLanguage {
  std::string language;
  EntityId file;
  bool operator==(const IssuedLanguage&) const = default;
};
BOOST_DESCRIBE_STRUCT(IssuedLanguage, (), (language, file))

/// A revision of the whole text; the last one is the text that holds.
struct IssuedRevision {
  std::uint32_t number = 0;
  std::string symbol;
  RowDate date;
  EntityId file;
  bool operator==(const IssuedRevision&) const = default;
};
BOOST_DESCRIBE_STRUCT(IssuedRevision, (), (number, symbol, date, file))

struct Document {
  static constexpr auto aggregate = schema::Event::DOCUMENT;

  RowTexts title;
  schema::DocumentKind kind = schema::DocumentKind::REPORT;
  std::string symbol;
  EntityId author;
  EntityId answers;
  EntityId programme;
  EntityId session;
  std::string agendaItem;
  RowDeadline due;
  EntityId clearedBy;
  RowDate issued;
  std::vector<std::string> languages;
  std::vector<IssuedLanguage> languageFiles;
  std::string distribution;
  EntityId text;
  std::uint32_t revision = 0;
  std::vector<IssuedRevision> revisions;
  std::vector<ProposedAction> proposedActions;
  EntityId consideredAt;
  std::string consideredBy;
  RowDate considered;
  std::vector<TakenDecision> decisions;
  std::vector<IssuedChange> corrigenda;
  std::vector<IssuedChange> addenda;
  SealedRef remarks;
  SealedRef reason;
  bool operator==(const Document&) const = default;
};
BOOST_DESCRIBE_STRUCT(Document, (),
                      (title, kind, symbol, author, answers, programme, session, agendaItem, due,
                       clearedBy, issued, languages, languageFiles, distribution, text, revision,
                       revisions, proposedActions, consideredAt, consideredBy, considered,
                       decisions, corrigenda, addenda, remarks, reason))

void fold(Document& row, RowHead& head, schema::DocumentEvent::Reader event, const FoldStep& step);

}  // namespace consulta
