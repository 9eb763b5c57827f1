// A memorandum of understanding as it stands: its parties, text, signatures and term.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/mou.capnp.h"
#include "projections/row.h"

namespace consulta {

/// A party may be named in two roles: a depositary is a signatory as a rule.
struct MouParty {
  EntityId party;
  schema::MouPartyRole role = schema::MouPartyRole::SIGNATORY;
  bool operator==(const MouParty&) const = default;
};
BOOST_DESCRIBE_STRUCT(MouParty, (), (party, role))

struct MouDraft {
  std::uint32_t revision = 0;  // 0: not numbered
  EntityId file;
  EntityId document;
  RowDate date;
  bool operator==(const MouDraft&) const = default;
};
BOOST_DESCRIBE_STRUCT(MouDraft, (), (revision, file, document, date))

struct MouClause {
  std::string number;
  RowTexts heading;
  RowTexts text;
  bool operator==(const MouClause&) const = default;
};
BOOST_DESCRIBE_STRUCT(MouClause, (), (number, heading, text))

/// One party's signature. One ad referendum counts once it is confirmed.
struct MouSignature {
  EntityId party;
  RowDate date;
  SealedRef signatory;
  SealedRef capacity;
  EntityId person;
  EntityId fullPowers;
  std::string place;
  bool adReferendum = false;
  RowDate confirmed;
  EntityId confirmation;
  bool operator==(const MouSignature&) const = default;

  [[nodiscard]] bool isFinal() const { return !adReferendum || !confirmed.edtf.empty(); }
};
BOOST_DESCRIBE_STRUCT(MouSignature, (),
                      (party, date, signatory, capacity, person, fullPowers, place, adReferendum,
                       confirmed, confirmation))

/// A party's word that it is ready for entry into force.
struct MouNotification {
  EntityId party;
  RowDate date;
  EntityId letter;
  bool operator==(const MouNotification&) const = default;
};
BOOST_DESCRIBE_STRUCT(MouNotification, (), (party, date, letter))

struct MouAmendment {
  RowDate date;
  RowTexts text;
  std::string clause;
  EntityId document;
  RowDate inForceOn;
  RowDate endsOn;
  std::uint32_t noticeDays = 0;
  bool operator==(const MouAmendment&) const = default;
};
BOOST_DESCRIBE_STRUCT(MouAmendment, (),
                      (date, text, clause, document, inForceOn, endsOn, noticeDays))

struct MouRenewal {
  RowDate date;
  RowDate endsOn;  // empty: without limit
  EntityId document;
  bool operator==(const MouRenewal&) const = default;
};
BOOST_DESCRIBE_STRUCT(MouRenewal, (), (date, endsOn, document))

/// Notice of termination.
struct MouNotice {
  EntityId party;
  RowDate date;
  RowDate effective;
  EntityId letter;
  bool operator==(const MouNotice&) const = default;
};
BOOST_DESCRIBE_STRUCT(MouNotice, (), (party, date, effective, letter))

struct Mou {
  static constexpr auto aggregate = schema::Event::MOU;

  RowTexts title;
  RowTexts subject;
  std::vector<MouParty> parties;
  std::vector<EntityId> supports;
  std::vector<MouDraft> drafts;
  std::vector<MouClause> clauses;
  EntityId clearedBy;
  RowDate clearedOn;
  SealedRef clearanceRemarks;
  RowDate agreedOn;
  EntityId text;     // file or document with the agreed text
  RowTexts wording;  // the agreed text itself, when it is short
  schema::EntryIntoForce entryIntoForce = schema::EntryIntoForce::NOT_STATED;
  RowDate entryDate;  // of an entry into force on a date
  std::string entryClause;
  std::uint32_t termMonths = 0;  // 0: not limited in months
  RowDate endsOn;
  bool tacitRenewal = false;
  std::string termClause;
  std::uint32_t noticeDays = 0;  // 0: not stated
  std::string noticeClause;
  std::vector<MouSignature> signatures;
  RowDate signedOn;                // the last signature, or confirmation of one
  std::string signedAt;            // the place, of a memorandum found as signed
  bool signatureComplete = false;  // it is on record that every signatory has signed
  std::vector<MouNotification> notifications;
  RowDate inForceOn;
  std::uint64_t inForceLateSeconds = 0;
  std::vector<MouAmendment> amendments;
  std::vector<MouRenewal> renewals;
  std::vector<MouNotice> notices;
  RowDate terminatedOn;
  EntityId terminatedBy;  // none: by agreement
  SealedRef terminationReason;
  EntityId replacement;
  RowDate expiredOn;
  std::uint64_t expiredLateSeconds = 0;
  bool operator==(const Mou&) const = default;
};
BOOST_DESCRIBE_STRUCT(Mou, (),
                      (title, subject, parties, supports, drafts, clauses, clearedBy, clearedOn,
                       clearanceRemarks, agreedOn, text, wording, entryIntoForce, entryDate,
                       entryClause, termMonths, endsOn, tacitRenewal, termClause, noticeDays,
                       noticeClause, signatures, signedOn, signedAt, signatureComplete,
                       notifications, inForceOn, inForceLateSeconds, amendments, renewals, notices,
                       terminatedOn, terminatedBy, terminationReason, replacement, expiredOn,
                       expiredLateSeconds))

[[nodiscard]] bool isNamed(const Mou& mou, EntityId party, schema::MouPartyRole role);
/// In any role.
[[nodiscard]] bool isNamed(const Mou& mou, EntityId party);
[[nodiscard]] std::vector<EntityId> signatoriesOf(const Mou& mou);
/// A party's signature, or null. Valid until the memorandum changes.
[[nodiscard]] const MouSignature* signatureOf(const Mou& mou, EntityId party);
/// Every signatory has signed, none subject to confirmation; false when none is named.
[[nodiscard]] bool isSignedByAll(const Mou& mou);
/// Every signatory has notified the others; false when none is named.
[[nodiscard]] bool isNotifiedByAll(const Mou& mou);

void fold(Mou& row, RowHead& head, schema::MouEvent::Reader event, const FoldStep& step);

}  // namespace consulta
