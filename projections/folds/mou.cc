#include "projections/rows/mou.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/folds/move.h"
#include "projections/row_of.h"

namespace consulta {

namespace {

using schema::MouPartyRole;
using schema::MouState;

/// Opening and found entries describe a memorandum by the same fields.
template <typename Opening>
void describe(Mou& row, Opening e) {
  take(row.title, e.getTitle());
  take(row.subject, e.getSubject());
  take(row.supports, e.getSupports());
  for (auto party : e.getParties()) {
    row.parties.push_back(MouParty{EntityId(party), MouPartyRole::SIGNATORY});
  }
}

void foldFound(Mou& row, schema::MouFound::Reader e) {
  describe(row, e);
  take(row.signedOn, e.getSignedOn());
  take(row.signedAt, e.getSignedAt());
  for (auto party : e.getSignedBy()) {
    auto& signature = row.signatures.emplace_back();
    signature.party = EntityId(party);
    take(signature.date, e.getSignedOn());
    take(signature.place, e.getSignedAt());
  }
  row.entryIntoForce = e.getEntryIntoForce();
  take(row.inForceOn, e.getInForceOn());
  if (row.entryIntoForce == schema::EntryIntoForce::ON_DATE) row.entryDate = row.inForceOn;
  take(row.endsOn, e.getEndsOn());
  row.noticeDays = e.getNoticeDays();
  take(row.text, e.getText());
  row.signatureComplete = e.getState() >= MouState::SIGNED_BY_ALL;
}

void foldDraft(Mou& row, schema::MouDrafted::Reader e, const FoldStep& step) {
  auto& draft = row.drafts.emplace_back();
  draft.revision = e.getRevision();
  take(draft.file, e.getFile());
  take(draft.document, e.getDocument());
  draft.date = step.date();
}

/// A clause entered again has a new wording; it keeps its place.
void foldClause(Mou& row, schema::MouClauseAdded::Reader e) {
  const std::string_view number(e.getNumber().begin(), e.getNumber().size());
  auto clause = std::ranges::find(row.clauses, number, &MouClause::number);
  if (clause == row.clauses.end()) clause = row.clauses.emplace(clause);
  take(clause->number, e.getNumber());
  take(clause->heading, e.getHeading());
  take(clause->text, e.getText());
}

void foldEntryIntoForce(Mou& row, schema::MouEntryIntoForceSet::Reader e) {
  row.entryIntoForce = e.getEntry();
  row.entryDate = RowDate{};
  take(row.entryDate, e.getDate());
  take(row.entryClause, e.getClause());
}

void foldTerm(Mou& row, schema::MouTermSet::Reader e) {
  row.termMonths = e.getMonths();
  row.endsOn = RowDate{};
  take(row.endsOn, e.getEndsOn());
  row.tacitRenewal = e.getTacitRenewal();
  take(row.termClause, e.getClause());
}

void foldCleared(Mou& row, schema::MouCleared::Reader e, const FoldStep& step) {
  take(row.clearedBy, e.getOffice());
  row.clearedOn = step.date();
  take(row.clearanceRemarks, e.getRemarks(), step.valuesAt, "remarks");
}

void foldAgreed(Mou& row, schema::MouAgreed::Reader e, const FoldStep& step) {
  row.agreedOn = step.date();
  take(row.text, e.getFile());
  take(row.wording, e.getText());
}

void foldSigned(Mou& row, RowHead& head, schema::MouSigned::Reader e, const FoldStep& step) {
  auto& signature = row.signatures.emplace_back();
  signature.party = EntityId(e.getParty());
  signature.date = step.date();
  take(signature.signatory, e.getSignatory(), step.valuesAt, "signatory");
  take(signature.capacity, e.getCapacity(), step.valuesAt, "capacity");
  take(signature.person, e.getPerson());
  take(signature.fullPowers, e.getFullPowers());
  take(signature.place, e.getPlace());
  signature.adReferendum = e.getAdReferendum();
  row.signedOn = step.date();
  moveTo(head, isSignedByAll(row) ? MouState::SIGNED_BY_ALL : MouState::SIGNED_BY_SOME);
}

void foldConfirmed(Mou& row, RowHead& head, schema::MouSignatureConfirmed::Reader e,
                   const FoldStep& step) {
  const auto party = EntityId(e.getParty());
  for (auto& signature : row.signatures) {
    if (signature.party != party || signature.isFinal()) continue;
    signature.confirmed = step.date();
    take(signature.confirmation, e.getConfirmation());
    row.signedOn = step.date();
  }
  if (isSignedByAll(row)) moveTo(head, MouState::SIGNED_BY_ALL);
}

void foldAmendment(Mou& row, schema::MouAmended::Reader e, const FoldStep& step) {
  auto& amendment = row.amendments.emplace_back();
  amendment.date = step.date();
  take(amendment.text, e.getText());
  take(amendment.clause, e.getClause());
  take(amendment.document, e.getDocument());
  take(amendment.inForceOn, e.getInForceOn());
  take(amendment.endsOn, e.getEndsOn());
  amendment.noticeDays = e.getNoticeDays();
  take(row.endsOn, e.getEndsOn());
  if (e.getNoticeDays() != 0) row.noticeDays = e.getNoticeDays();
}

void foldRenewal(Mou& row, schema::MouRenewed::Reader e, const FoldStep& step) {
  auto& renewal = row.renewals.emplace_back();
  renewal.date = step.date();
  take(renewal.endsOn, e.getEndsOn());
  take(renewal.document, e.getDocument());
  row.endsOn = renewal.endsOn;  // the old term is over, whether or not the new one has an end
  row.termMonths = 0;
  row.expiredOn = RowDate{};
  row.expiredLateSeconds = 0;
}

void foldNotice(Mou& row, schema::MouNoticeGiven::Reader e, const FoldStep& step) {
  auto& notice = row.notices.emplace_back();
  notice.party = EntityId(e.getParty());
  notice.date = step.date();
  take(notice.effective, e.getEffective());
  take(notice.letter, e.getNotice());
}

void foldTerminated(Mou& row, schema::MouTerminated::Reader e, const FoldStep& step) {
  row.terminatedOn = step.date();
  take(row.terminationReason, e.getReason(), step.valuesAt, "reason");
  take(row.terminatedBy, e.getBy());
  take(row.replacement, e.getReplacement());
}

}  // namespace

bool isNamed(const Mou& mou, EntityId party, schema::MouPartyRole role) {
  return std::ranges::find(mou.parties, MouParty{party, role}) != mou.parties.end();
}

bool isNamed(const Mou& mou, EntityId party) {
  return std::ranges::find(mou.parties, party, &MouParty::party) != mou.parties.end();
}

std::vector<EntityId> signatoriesOf(const Mou& mou) {
  std::vector<EntityId> out;
  for (const auto& one : mou.parties) {
    if (one.role == MouPartyRole::SIGNATORY) out.push_back(one.party);
  }
  return out;
}

const MouSignature* signatureOf(const Mou& mou, EntityId party) {
  const auto found = std::ranges::find(mou.signatures, party, &MouSignature::party);
  return found == mou.signatures.end() ? nullptr : &*found;
}

bool isSignedByAll(const Mou& mou) {
  const auto signatories = signatoriesOf(mou);
  return !signatories.empty() && std::ranges::all_of(signatories, [&](EntityId party) {
    const auto* signature = signatureOf(mou, party);
    return signature != nullptr && signature->isFinal();
  });
}

bool isNotifiedByAll(const Mou& mou) {
  const auto signatories = signatoriesOf(mou);
  return !signatories.empty() && std::ranges::all_of(signatories, [&](EntityId party) {
    return std::ranges::find(mou.notifications, party, &MouNotification::party) !=
           mou.notifications.end();
  });
}

void fold(Mou& row, RowHead& head, schema::MouEvent::Reader event, const FoldStep& step) {
  using E = schema::MouEvent;
  switch (event.which()) {
    case E::PROPOSED:
      return describe(row, event.getProposed());
    case E::FOUND:
      return foldFound(row, event.getFound());
    case E::PARTY_NAMED: {
      const auto e = event.getPartyNamed();
      row.parties.push_back(MouParty{EntityId(e.getParty()), e.getRole()});
      return;
    }
    case E::SUPPORT_STATED:
      row.supports.emplace_back(event.getSupportStated().getSupported());
      return;
    case E::RETITLED:
      take(row.title, event.getRetitled().getTitle());
      return take(row.subject, event.getRetitled().getSubject());
    case E::DRAFTED:
      return foldDraft(row, event.getDrafted(), step);
    case E::CLAUSE_ADDED:
      return foldClause(row, event.getClauseAdded());
    case E::ENTRY_INTO_FORCE_SET:
      return foldEntryIntoForce(row, event.getEntryIntoForceSet());
    case E::TERM_SET:
      return foldTerm(row, event.getTermSet());
    case E::NOTICE_SET:
      row.noticeDays = event.getNoticeSet().getDays();
      return take(row.noticeClause, event.getNoticeSet().getClause());
    case E::CLEARED:
      return foldCleared(row, event.getCleared(), step);
    case E::AGREED:
      return foldAgreed(row, event.getAgreed(), step);
    case E::SIGNED:
      return foldSigned(row, head, event.getSigned(), step);
    case E::SIGNATURE_CONFIRMED:
      return foldConfirmed(row, head, event.getSignatureConfirmed(), step);
    case E::SIGNED_BY_ALL:
      row.signatureComplete = true;
      return take(row.signedOn, event.getSignedByAll().getLastSignature());
    case E::NOTIFIED: {
      auto& one = row.notifications.emplace_back();
      one.party = EntityId(event.getNotified().getParty());
      one.date = step.date();
      return take(one.letter, event.getNotified().getNotification());
    }
    case E::ENTERED_INTO_FORCE:
      take(row.inForceOn, event.getEnteredIntoForce().getDate());
      row.inForceLateSeconds = event.getEnteredIntoForce().getLateSeconds();
      return;
    case E::AMENDED:
      return foldAmendment(row, event.getAmended(), step);
    case E::RENEWED:
      return foldRenewal(row, event.getRenewed(), step);
    case E::NOTICE_GIVEN:
      return foldNotice(row, event.getNoticeGiven(), step);
    case E::TERMINATED:
      return foldTerminated(row, event.getTerminated(), step);
    case E::EXPIRED:
      take(row.expiredOn, event.getExpired().getEndedOn());
      row.expiredLateSeconds = event.getExpired().getLateSeconds();
      return;
  }
  throw std::logic_error("a memorandum's event without a fold");
}

std::unique_ptr<Row> newMouRow() {
  return std::make_unique<RowOf<Mou, &schema::Event::Reader::getMou>>();
}

}  // namespace consulta
