// Rules of memoranda beyond their lifecycle: who signs, and when they enter into force.
#include "projections/rows/mou.h"

#include <algorithm>
#include <set>

#include "engine/rules/mou_terms.h"
#include "engine/rules/naming.h"
#include "engine/rules/rule_values.h"

namespace consulta {

namespace {

using E = schema::MouEvent;
using schema::EntryIntoForce;
using schema::MouPartyRole;
using schema::MouState;

std::string edtfOf(schema::Date::Reader date) {
  return date.getEdtf().cStr();
}

bool hasPendingSignature(const Mou& mou) {
  return std::ranges::any_of(mou.signatures,
                             [](const MouSignature& one) { return !one.isFinal(); });
}

// --- by state alone ---

void guardAgreed(const Case& on, const Mou& mou, Refusals& no) {
  if (signatoriesOf(mou).size() >= 2) return;
  no.refuse("mou.agreed.needs-parties",
            msg("{entity} names fewer than two signatories; enter \"mou name-party\" for each "
                "before its text is agreed",
                arg("entity", on.self())));
}

void guardSigned(const Case& on, const Mou& mou, Refusals& no) {
  const auto signatories = signatoriesOf(mou);
  if (signatories.empty() || std::ranges::any_of(signatories, [&](EntityId party) {
        return signatureOf(mou, party) == nullptr;
      })) {
    return;
  }
  no.refuse("mou.signed.nobody-left",
            msg("every signatory of {entity} has signed, some subject to confirmation; enter \"mou "
                "confirm-signature\" when that comes",
                arg("entity", on.self())));
}

void guardConfirmed(const Case& on, const Mou& mou, Refusals& no) {
  if (hasPendingSignature(mou)) return;
  no.refuse("mou.signatureConfirmed.none-pending",
            msg("no signature of {entity} is subject to confirmation; enter \"mou sign "
                "--ad-referendum\" first for one that is",
                arg("entity", on.self())));
}

void guardSignedByAll(const Case& on, const Mou& mou, Refusals& no) {
  if (isSignedByAll(mou)) return;
  no.refuse("mou.signedByAll.signatures",
            msg("not every signatory of {entity} has signed; enter \"mou sign\" for those who have",
                arg("entity", on.self())));
}

void guard(const Case& on, Refusals& no) {
  const auto* mou = tryAs<Mou>(on.row);
  if (mou == nullptr) return;
  if (on.act.tag == E::AGREED) guardAgreed(on, *mou, no);
  if (on.act.tag == E::SIGNED) guardSigned(on, *mou, no);
  if (on.act.tag == E::SIGNATURE_CONFIRMED) guardConfirmed(on, *mou, no);
  if (on.act.tag == E::SIGNED_BY_ALL) guardSignedByAll(on, *mou, no);
}

// --- opening ---

template <typename Opening>
void checkNames(const Case& on, Opening e, Refusals& no) {
  checkDistinct(on, "mou.parties.distinct", "parties", e.getParties(), no);
  checkDistinct(on, "mou.supports.distinct", "supports", e.getSupports(), no);
}

/// Those who have signed, and all parties of one that was signed by all, have had their part.
void checkFoundStanding(const Case& on, schema::MouFound::Reader e, Refusals& no) {
  needsStanding(on, "mou.text.retired", EntityId(e.getText()), no);
  if (e.getState() >= MouState::SIGNED_BY_ALL) return;
  std::set<std::uint64_t> left;
  for (auto party : e.getParties()) left.insert(party);
  for (auto party : e.getSignedBy()) left.erase(party);
  for (auto party : left) needsStanding(on, "mou.parties.standing", EntityId(party), no);
}

void checkFoundSignatures(const Case& on, schema::MouFound::Reader e, Refusals& no) {
  if (e.getState() < MouState::SIGNED_BY_SOME &&
      (e.getSignedBy().size() != 0 || e.hasSignedOn() || e.getSignedAt().size() != 0)) {
    no.refuse("mou.found.not-signed",
              msg("a memorandum that has been signed is found at least as signed-by-some; give "
                  "that --state, or leave the signatures out"));
  }
  std::set<std::uint64_t> left;
  for (auto party : e.getParties()) left.insert(party);
  for (auto party : e.getSignedBy()) {
    if (left.erase(party) != 0) continue;
    no.refuse("mou.found.signed-by-party",
              msg("{party} has signed but is not named, or has signed twice; name it once with "
                  "--parties and once with --signed-by",
                  arg("party", on.name(EntityId(party)))));
  }
  if (e.getState() == MouState::SIGNED_BY_SOME && e.getParties().size() != 0 && left.empty()) {
    no.refuse("mou.found.all-signed",
              msg("every party named has signed; give --state signed-by-all"));
  }
}

void checkFound(const Case& on, schema::MouFound::Reader e, Refusals& no) {
  checkNames(on, e, no);
  checkFoundStanding(on, e, no);
  checkFoundSignatures(on, e, no);
  if (e.getState() == MouState::SIGNED_BY_ALL &&
      e.getEntryIntoForce() == EntryIntoForce::ON_LAST_SIGNATURE) {
    no.refuse("mou.found.in-force",
              msg("a memorandum that enters into force on the last signature and is signed by all "
                  "is in force; give --state in-force"));
  }
  if (certainlyBefore(edtfOf(e.getEndsOn()), edtfOf(e.getInForceOn()))) {
    no.refuse("mou.term.order",
              msg("it would end on {end}, before it is in force on {start}; check --ends-on and "
                  "--in-force-on",
                  arg("end", edtfOf(e.getEndsOn())), arg("start", edtfOf(e.getInForceOn()))));
  }
}

// --- parties and text ---

void checkPartyNamed(const Case& on, schema::MouPartyNamed::Reader e, const Mou& mou,
                     Refusals& no) {
  const auto party = EntityId(e.getParty());
  needsStanding(on, "mou.parties.standing", party, no);
  if (isNamed(mou, party, e.getRole())) {
    no.refuse("mou.partyNamed.once",
              msg("{party} is named in that role already in {entity}; name another party or "
                  "another --role",
                  arg("party", on.name(party)), arg("entity", on.self())));
  }
  const auto isObserver = e.getRole() == MouPartyRole::OBSERVER;
  const auto against = isObserver ? MouPartyRole::SIGNATORY : MouPartyRole::OBSERVER;
  if (e.getRole() != MouPartyRole::DEPOSITARY && isNamed(mou, party, against)) {
    no.refuse("mou.partyNamed.role",
              msg("{party} cannot be signatory and observer of {entity} at once; correct the entry "
                  "that named it",
                  arg("party", on.name(party)), arg("entity", on.self())));
  }
}

void checkDrafted(const Case& on, schema::MouDrafted::Reader e, const Mou& mou, Refusals& no) {
  needsStanding(on, "mou.text.retired", EntityId(e.getFile()), no);
  std::uint32_t last = 0;
  for (const auto& draft : mou.drafts) last = std::max(last, draft.revision);
  if (e.getRevision() == 0 || e.getRevision() > last) return;
  no.refuse("mou.drafted.revision",
            msg("{entity} has draft {last} already; give the new one a higher --revision",
                arg("entity", on.self()), arg("last", last)));
}

void checkSupport(const Case& on, schema::MouSupportStated::Reader e, const Mou& mou,
                  Refusals& no) {
  const auto supported = EntityId(e.getSupported());
  if (std::ranges::find(mou.supports, supported) == mou.supports.end()) return;
  no.refuse("mou.supportStated.once",
            msg("{entity} is in support of {supported} already; nothing needs to be entered",
                arg("entity", on.self()), arg("supported", on.name(supported))));
}

void checkEntryIntoForce(schema::MouEntryIntoForceSet::Reader e, Refusals& no) {
  const auto* rule = "mou.entryIntoForceSet.date";
  const bool onDate = e.getEntry() == EntryIntoForce::ON_DATE;
  if (onDate && !e.hasDate()) {
    no.needs("date", rule,
             msg("an entry into force on a date needs the date; give it with --date"));
  } else if (!onDate && e.hasDate()) {
    no.refuse(rule, msg("a date belongs to an entry into force on a date; give --entry on-date, or "
                        "leave out --date"));
  }
}

// --- signatures ---

void checkSigned(const Case& on, schema::MouSigned::Reader e, const Mou& mou, Refusals& no) {
  const auto party = EntityId(e.getParty());
  needsStanding(on, "mou.signed.party-standing", party, no);
  needsStanding(on, "mou.signed.person", EntityId(e.getPerson()), no);
  needsStanding(on, "mou.signed.full-powers", EntityId(e.getFullPowers()), no);
  if (!isNamed(mou, party, MouPartyRole::SIGNATORY)) {
    no.refuse("mou.signed.party-named",
              msg("{party} is not named as a signatory of {entity}; only those who are can sign. "
                  "If it should be, correct the entry that names the parties",
                  arg("party", on.name(party)), arg("entity", on.self())));
  }
  const auto* signature = signatureOf(mou, party);
  if (signature == nullptr) return;
  no.refuse("mou.signed.party-signs-once",
            signature->isFinal()
                ? msg("{party} has signed {entity} on {date}; a party signs once. See \"consulta "
                      "next {entity}\" for what can be entered",
                      arg("party", on.name(party)), arg("entity", on.self()),
                      arg("date", signature->date.edtf))
                : msg("{party} has signed {entity} on {date} subject to confirmation; enter \"mou "
                      "confirm-signature\" when that comes",
                      arg("party", on.name(party)), arg("entity", on.self()),
                      arg("date", signature->date.edtf)));
}

void checkConfirmed(const Case& on, schema::MouSignatureConfirmed::Reader e, const Mou& mou,
                    Refusals& no) {
  const auto party = EntityId(e.getParty());
  needsStanding(on, "mou.signatureConfirmed.standing", party, no);
  const auto* signature = signatureOf(mou, party);
  if (signature != nullptr && !signature->isFinal()) return;
  no.refuse(
      "mou.signatureConfirmed.pending",
      msg("{party} has no signature of {entity} that waits for confirmation; enter \"mou sign "
          "--ad-referendum\" first if it has signed so",
          arg("party", on.name(party)), arg("entity", on.self())));
}

void checkNotified(const Case& on, schema::MouNotified::Reader e, const Mou& mou, Refusals& no) {
  const auto party = EntityId(e.getParty());
  needsStanding(on, "mou.notified.standing", party, no);
  needsSignatory(on, "mou.notified.signatory", party, mou, no);
  if (std::ranges::find(mou.notifications, party, &MouNotification::party) ==
      mou.notifications.end()) {
    return;
  }
  no.refuse("mou.notified.once",
            msg("{party} has notified already that it is ready for entry into force of {entity}; "
                "nothing needs to be entered",
                arg("party", on.name(party)), arg("entity", on.self())));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getMou();
  if (event.isProposed()) {
    checkNames(on, event.getProposed(), no);
    return needsStanding(on, "mou.parties.standing", event.getProposed().getParties(), no);
  }
  if (event.isFound()) return checkFound(on, event.getFound(), no);
  const auto& mou = as<Mou>(*on.row);
  if (event.isPartyNamed()) return checkPartyNamed(on, event.getPartyNamed(), mou, no);
  if (event.isSupportStated()) return checkSupport(on, event.getSupportStated(), mou, no);
  if (event.isDrafted()) return checkDrafted(on, event.getDrafted(), mou, no);
  if (event.isEntryIntoForceSet()) return checkEntryIntoForce(event.getEntryIntoForceSet(), no);
  if (event.isCleared()) {
    return needsStanding(on, "mou.cleared.office", EntityId(event.getCleared().getOffice()), no);
  }
  if (event.isAgreed()) {
    return needsStanding(on, "mou.text.retired", EntityId(event.getAgreed().getFile()), no);
  }
  if (event.isSigned()) return checkSigned(on, event.getSigned(), mou, no);
  if (event.isSignatureConfirmed()) {
    return checkConfirmed(on, event.getSignatureConfirmed(), mou, no);
  }
  if (event.isNotified()) return checkNotified(on, event.getNotified(), mou, no);
  checkMouTerms(on, event, mou, no);
}

// --- what follows at once ---

/// The day of a signature or notification; of one that was found without its day, not known.
std::string dayOf(const std::string& edtf) {
  return edtf.empty() ? "XXXX" : edtf;
}

Consequence intoForce(const char* entry, const std::string& date) {
  return Consequence{"mou.enteredIntoForce", {{"entry", entry}, {"date", date}}, date};
}

bool isFound(const FoldStep& entry) {
  return entry.event.isMou() && entry.event.getMou().isFound();
}

/// The last signature, and entry into force where nothing but it, or the last notification, was
/// awaited, each with the day on which it came about: that of the last signature in order, which
/// need not be the one entered last. Entry into force on a day is a matter of the clock.
std::vector<Consequence> follow(const State&, const Row& after, const FoldStep& entry) {
  const auto& mou = as<Mou>(after);
  if (isFound(entry) || stateOf<MouState>(after.head) != MouState::SIGNED_BY_ALL) return {};
  const auto last = dayOf(mou.signedOn.edtf);
  if (!mou.signatureComplete) {
    return {Consequence{"mou.signedByAll", {{"lastSignature", last}}, last}};
  }
  if (mou.entryIntoForce == EntryIntoForce::ON_LAST_SIGNATURE) {
    return {intoForce("on-last-signature", last)};
  }
  if (mou.entryIntoForce == EntryIntoForce::ON_NOTIFICATION && isNotifiedByAll(mou)) {
    return {intoForce("on-notification", mou.notifications.back().date.edtf)};
  }
  return {};
}

}  // namespace

const Rules& rulesOfMou() {
  static const Rules rules{&guard, &check, &follow};
  return rules;
}

}  // namespace consulta
