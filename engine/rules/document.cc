// Rules of documents: an issued one is locked, a decision is not a proposal.
#include "projections/rows/document.h"

#include <algorithm>
#include <string>

#include "engine/rules/guard.h"

namespace consulta {

namespace {

void needsBody(std::uint64_t session, capnp::Text::Reader body, Refusals& no) {
  if (session != 0 || body.size() != 0) return;
  no.refuse("document.body", msg("say which body it was: --session, or --body when its session is "
                                 "not in the register"));
}

void checkLanguage(const Case& on, const Document& row, const std::string& language, Refusals& no) {
  if (std::ranges::find(row.languages, language) == row.languages.end()) return;
  no.refuse("document.language.once", msg("{document} is out in {language} already",
                                          arg("document", on.self()), arg("language", language)));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getDocument();
  if (event.isConsidered()) {
    needsBody(event.getConsidered().getSession(), event.getConsidered().getBody(), no);
  } else if (event.isDecisionTaken()) {
    needsBody(event.getDecisionTaken().getSession(), event.getDecisionTaken().getBody(), no);
  } else if (event.isLanguageIssued()) {
    checkLanguage(on, as<Document>(*on.row), event.getLanguageIssued().getLanguage().cStr(), no);
  } else if (event.isRevisionIssued() &&
             event.getRevisionIssued().getNumber() <= as<Document>(*on.row).revision) {
    no.refuse("document.revision.counts-up",
              msg("{document} is at revision {number} already; the next one has a higher number",
                  arg("document", on.self()), arg("number", as<Document>(*on.row).revision)));
  } else if (event.isRedrafted() && !event.getRedrafted().hasTitle() &&
             event.getRedrafted().getFile() == 0 && !event.getRedrafted().hasRemarks()) {
    no.refuse("document.redrafted.something", msg("say what is new: --title, --file or --remarks"));
  }
}

}  // namespace

const Rules& rulesOfDocument() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
