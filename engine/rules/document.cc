// Rules of documents: an issued one is locked and only added to, each addition under a symbol of
// its own; what a body did, it did at its session; a decision is not a proposal.
#include "projections/rows/document.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "engine/rules/other_entity.h"
#include "engine/rules/rule_values.h"
#include "events/values/symbol.h"
#include "projections/rows/file.h"
#include "projections/rows/session.h"

namespace consulta {

namespace {

// --- opening ---

template <typename Opening>
void checkOpening(const Case& on, Opening e, Refusals& no) {
  if (EntityId(e.getAnswers()) != on.entity) return;
  no.refuse("document.answers.itself",
            msg("{document} does not answer itself; name the mandate or document it answers with "
                "--answers, or leave it out",
                arg("document", on.name(on.entity))));
}

void checkFound(const Case& on, schema::DocumentFound::Reader e, Refusals& no) {
  using S = schema::DocumentState;
  checkOpening(on, e, no);
  checkDistinct("document.languages.distinct", "languages", e.getLanguages(), no);
  const auto state = e.getState();
  const std::string issued = e.getIssuedOn().getEdtf().cStr();
  if (issued.empty()) return;
  if (state == S::DRAFTED || state == S::CLEARED || state == S::SUBMITTED) {
    no.refuse("document.found.issued-on",
              msg("what is not issued yet has no day of issue; leave out --issued-on, or give "
                  "--state issued"));
  } else if (certainlyBefore(on.occurred, issued)) {
    no.refuse("document.found.issued-later",
              msg("on {date} it had not been issued, which was on {issued}; give a later --on",
                  arg("date", on.occurred), arg("issued", issued)));
  }
}

// --- files and languages ---

std::string languageOf(const Case& on, EntityId file) {
  const auto row = otherByThen(on, file);
  const auto* fields = tryAs<File>(row.get());
  return fields == nullptr ? std::string() : fields->language;
}

void checkIssued(const Case& on, schema::DocumentIssued::Reader e, Refusals& no) {
  checkDistinct("document.languages.distinct", "languages", e.getLanguages(), no);
  const auto language = languageOf(on, EntityId(e.getFile()));
  std::vector<std::string> languages;
  take(languages, e.getLanguages());
  if (language.empty() || std::ranges::find(languages, language) != languages.end()) return;
  no.refuse("document.issued.language",
            msg("{file} is in {language}, which is not among the languages it is issued in; add "
                "--languages {language}, or name another --file",
                arg("file", on.name(EntityId(e.getFile()))), arg("language", language)));
}

void checkLanguage(const Case& on, const Document& row, schema::DocumentLanguageIssued::Reader e,
                   Refusals& no) {
  const std::string language = e.getLanguage().cStr();
  const auto file = EntityId(e.getFile());
  if (std::ranges::find(row.languages, language) != row.languages.end()) {
    no.refuse("document.language.once",
              msg("{document} is out in {language} already; give another --language, or enter a "
                  "new text with \"document issue-revision\"",
                  arg("document", on.self()), arg("language", language)));
  }
  if (const auto its = languageOf(on, file); !its.empty() && its != language) {
    no.refuse("document.language.file",
              msg("{file} is in {its}, not in {language}; give --language {its}, or name another "
                  "--file",
                  arg("file", on.name(file)), arg("its", its), arg("language", language)));
  }
}

// --- what follows the issue ---

/// The document's own part of a symbol: without what revisions and the like add to it.
SymbolSeries baseOf(SymbolSeries series) {
  while (series.parts.size() > 1) {
    const auto& kind = series.parts.back().kind;
    if (kind != "Rev" && kind != "Corr" && kind != "Add") break;
    series.parts.pop_back();
  }
  return series;
}

bool beginsWith(const SymbolSeries& series, const SymbolSeries& base) {
  return series.body == base.body && series.session == base.session &&
         series.parts.size() > base.parts.size() &&
         std::ranges::equal(base.parts, std::span(series.parts).first(base.parts.size()));
}

/// "IDB.31/10/Corr.1" is a corrigendum to IDB.31/10. `kind` is Corr, Add or Rev; a number, if any,
/// is the one the entry states.
void checkAdded(const Case& on, const Document& row, const std::string& symbol,
                const std::string& kind, std::optional<std::uint32_t> number, Refusals& no) {
  if (symbol.empty()) return;
  const auto read = orBroken(readSymbol(symbol));
  const auto own = row.symbol.empty() ? DocumentSymbol{} : orBroken(readSymbol(row.symbol));
  const auto isOf = [&](const SymbolSeries& one) {
    const auto& last = one.parts.back();
    const bool right = last.kind == kind && (!number || last.number == *number);
    return right && (own.series.empty() || std::ranges::any_of(own.series, [&](const auto& of) {
                       return beginsWith(one, baseOf(of));
                     }));
  };
  if (std::ranges::all_of(read.series, isOf)) return;
  auto example = own.series.empty() ? std::string("IDB.31/10")
                                    : toText(DocumentSymbol{{baseOf(own.series.front())}});
  example += "/" + kind + "." + std::to_string(number.value_or(1));
  no.refuse("document.symbol.added",
            msg("{symbol} is no symbol of this kind of addition to {document}; write --symbol as "
                "{example}, or leave it out while it is not known",
                arg("symbol", symbol), arg("document", on.self()), arg("example", example)));
}

void checkNew(const Case& on, std::string_view rule, const std::vector<IssuedChange>& issued,
              const std::string& symbol, Refusals& no) {
  if (symbol.empty() || std::ranges::find(issued, symbol, &IssuedChange::symbol) == issued.end()) {
    return;
  }
  no.refuse(rule, msg("{symbol} has been issued to {document} already; give the next number with "
                      "--symbol",
                      arg("symbol", symbol), arg("document", on.self())));
}

void checkRevision(const Case& on, const Document& row, schema::DocumentRevisionIssued::Reader e,
                   Refusals& no) {
  checkAdded(on, row, e.getSymbol().cStr(), "Rev", e.getNumber(), no);
  if (e.getNumber() > row.revision) return;
  no.refuse("document.revision.counts-up",
            row.revision == 0
                ? msg("revisions are numbered from 1; give --number 1 or higher")
                : msg("{document} is at revision {number} already; the next one has a higher "
                      "--number",
                      arg("document", on.self()), arg("number", row.revision)));
}

// --- before a body ---

/// What a body does with a document it does at its session, while that is held.
template <typename Entry>
void checkBody(const Case& on, Entry e, Refusals& no) {
  const std::string body = e.getBody().cStr();
  const auto id = EntityId(e.getSession());
  if (!id && body.empty()) {
    return no.needs("session", "document.body",
                    msg("say which body it was: --session, or --body when its "
                        "session is not in the register"));
  }
  const auto row = otherByThen(on, id);
  const auto* session = tryAs<SessionRow>(row.get());
  if (session == nullptr) return;
  if (!body.empty() && body != session->body) {
    no.refuse("document.session.body",
              msg("{session} is a session of {its}, not of {body}; leave out --body, or name "
                  "another --session",
                  arg("session", on.name(id)), arg("its", session->body), arg("body", body)));
  }
  const auto& from = session->began.edtf.empty() ? session->dates : session->began;
  const auto& to = session->ended.edtf.empty() ? session->dates : session->ended;
  if (!certainlyBefore(on.occurred, from.edtf) && !certainlyBefore(to.edtf, on.occurred)) return;
  no.refuse("document.session.dates",
            msg("{session} was held on {dates}, not on {date}; give the day with --on, or enter "
                "its right dates with \"session date\" first",
                arg("session", on.name(id)),
                arg("dates", session->dates.edtf.empty() ? from.edtf : session->dates.edtf),
                arg("date", on.occurred)));
}

// --- all of them ---

void checkRedrafted(schema::DocumentRedrafted::Reader e, Refusals& no) {
  if (e.hasTitle() || e.getFile() != 0 || e.hasRemarks()) return;
  no.needs("title", "document.redrafted.something",
           msg("say what is new: --title, --file or --remarks"));
}

/// The file an entry names, if it names any.
EntityId fileOf(schema::DocumentEvent::Reader event) {
  using Which = schema::DocumentEvent;
  switch (event.which()) {
    case Which::REDRAFTED:
      return EntityId(event.getRedrafted().getFile());
    case Which::SUBMITTED:
      return EntityId(event.getSubmitted().getFile());
    case Which::ISSUED:
      return EntityId(event.getIssued().getFile());
    case Which::LANGUAGE_ISSUED:
      return EntityId(event.getLanguageIssued().getFile());
    case Which::CORRIGENDUM_ISSUED:
      return EntityId(event.getCorrigendumIssued().getFile());
    case Which::ADDENDUM_ISSUED:
      return EntityId(event.getAddendumIssued().getFile());
    case Which::REVISION_ISSUED:
      return EntityId(event.getRevisionIssued().getFile());
    case Which::DRAFTED:
    case Which::FOUND:
    case Which::CLEARED:
    case Which::ACTION_PROPOSED:
    case Which::CONSIDERED:
    case Which::DECISION_TAKEN:
    case Which::WITHDRAWN:
      return {};
  }
  return {};
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getDocument();
  needsStanding(on, "document.file.retired", fileOf(event), no);
  if (event.isDrafted()) {
    needsStanding(on, "document.author.standing", EntityId(event.getDrafted().getAuthor()), no);
    return checkOpening(on, event.getDrafted(), no);
  }
  if (event.isFound()) return checkFound(on, event.getFound(), no);
  const auto& row = as<Document>(*on.row);
  if (event.isRedrafted()) {
    checkRedrafted(event.getRedrafted(), no);
  } else if (event.isCleared()) {
    needsStanding(on, "document.cleared.office", EntityId(event.getCleared().getOffice()), no);
  } else if (event.isIssued()) {
    checkIssued(on, event.getIssued(), no);
  } else if (event.isLanguageIssued()) {
    checkLanguage(on, row, event.getLanguageIssued(), no);
  } else if (event.isConsidered()) {
    checkBody(on, event.getConsidered(), no);
  } else if (event.isDecisionTaken()) {
    checkBody(on, event.getDecisionTaken(), no);
  } else if (event.isCorrigendumIssued()) {
    const std::string symbol = event.getCorrigendumIssued().getSymbol().cStr();
    checkAdded(on, row, symbol, "Corr", std::nullopt, no);
    checkNew(on, "document.corrigendum.once", row.corrigenda, symbol, no);
  } else if (event.isAddendumIssued()) {
    const std::string symbol = event.getAddendumIssued().getSymbol().cStr();
    checkAdded(on, row, symbol, "Add", std::nullopt, no);
    checkNew(on, "document.addendum.once", row.addenda, symbol, no);
  } else if (event.isRevisionIssued()) {
    checkRevision(on, row, event.getRevisionIssued(), no);
  }
}

}  // namespace

const Rules& rulesOfDocument() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
