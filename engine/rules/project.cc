// Rules of projects beyond their lifecycle: shares add up to no more than the whole, and a project
// is approved only on funds that are secured.
#include "projections/rows/project.h"

#include <algorithm>
#include <optional>

#include "engine/rules/other_entity.h"
#include "engine/rules/rule_values.h"
#include "events/values/edtf.h"
#include "projections/rows/funding.h"

namespace consulta {

namespace {

using E = schema::ProjectEvent;
using schema::ProjectState;

constexpr std::int64_t year_ns = 366LL * 86'400 * 1'000'000'000;

// --- shares ---

/// The share as a whole number of the finest unit a decimal can be compared in here: shares with
/// more digits than that after the point are left out of the comparison of sums.
constexpr int share_digits_max = 9;
constexpr std::int64_t whole = 100'000'000'000;

std::optional<std::int64_t> inBillionths(const Decimal& share) {
  if (share.scale > share_digits_max) return std::nullopt;
  std::int64_t out = share.unscaled;
  for (int digit = share.scale; digit < share_digits_max; ++digit) {
    if (__builtin_mul_overflow(out, std::int64_t{10}, &out)) return std::nullopt;
  }
  return out;
}

/// Refuses a share with which the others come to more than 100 per cent.
void checkShare(const Case& on, const std::vector<ProjectShare>& others, std::string_view code,
                const Decimal& share, const std::string& rule, Refusals& no) {
  auto sum = inBillionths(share);
  if (!sum || *sum > whole) return;  // refused as no percentage at all
  for (const auto& one : others) {
    if (one.code == code || !one.share.stated) continue;
    const auto other = inBillionths(decimalOf(one.share));
    if (other) *sum += *other;  // each is at most 100 per cent
  }
  if (*sum <= whole) return;
  no.refuse(rule, msg("with {share} for {code} the shares of {entity} come to more than 100 per "
                      "cent; give a smaller --share, or change another one first",
                      arg("share", toText(share)), arg("code", code), arg("entity", on.self())));
}

void needsOneCountry(schema::ProjectScope scope, std::size_t countries, std::string_view rule,
                     Refusals& no) {
  if (scope != schema::ProjectScope::NATIONAL || countries <= 1) return;
  no.refuse(rule,
            msg("a national project covers one country; leave out the others, or give "
                "--scope regional where it was opened (afterwards with \"consulta correct\")"));
}

void checkCovered(const Case& on, E::Reader event, const Project& row, Refusals& no) {
  const auto e = event.getCountryCovered();
  const bool known =
      std::ranges::count(row.countries, e.getCountry().cStr(), &ProjectShare::code) != 0;
  needsOneCountry(row.scope, row.countries.size() + (known ? 0 : 1),
                  "project.countryCovered.national", no);
  if (!e.hasShare()) return;
  checkPercentage("project.countryCovered.share", e.getShare(), no);
  checkShare(on, row.countries, e.getCountry().cStr(), decimalOf(e.getShare()),
             "project.countryCovered.sum", no);
}

void checkSector(const Case& on, E::Reader event, const Project& row, Refusals& no) {
  const auto e = event.getSectorAssigned();
  if (!e.hasShare()) return;
  checkPercentage("project.sectorAssigned.share", e.getShare(), no);
  checkShare(on, row.sectors, e.getSector().cStr(), decimalOf(e.getShare()),
             "project.sectorAssigned.sum", no);
}

// --- who and how much ---

bool takesPart(const Project& row, EntityId party, schema::ProjectRole role) {
  return std::ranges::any_of(
      row.parties, [&](const ProjectParty& one) { return one.party == party && one.role == role; });
}

void checkPartyAdded(const Case& on, E::Reader event, const Project& row, Refusals& no) {
  const auto e = event.getPartyAdded();
  const auto party = EntityId(e.getParty());
  if (!takesPart(row, party, e.getRole())) return;
  no.refuse("project.partyAdded.once",
            msg("{party} already takes part in {entity} in that role; give another --role",
                arg("party", on.name(party)), arg("entity", on.self())));
}

void checkPartyReleased(const Case& on, E::Reader event, const Project& row, Refusals& no) {
  const auto e = event.getPartyReleased();
  const auto party = EntityId(e.getParty());
  if (takesPart(row, party, e.getRole())) return;
  no.refuse("project.partyReleased.takes-part",
            msg("{party} does not take part in {entity} in that role; give the role it has with "
                "--role, or enter \"project add-party\" first",
                arg("party", on.name(party)), arg("entity", on.self())));
}

void checkBudgeted(E::Reader event, Refusals& no) {
  const auto e = event.getBudgeted();
  checkPositive("project.budgeted.amount", e.getAmount(), no);
  const std::string period = e.getPeriod().getEdtf().cStr();
  if (period.empty()) return;
  const auto bounds = orBroken(dateBounds(period));
  // An open end reaches to the end of time; a difference could be more than fits.
  std::int64_t yearLater = 0;
  const bool fits = !__builtin_add_overflow(bounds.earliestNs, year_ns, &yearLater);
  if (fits && bounds.latestNs <= yearLater) return;
  no.refuse("project.budgeted.year",
            msg("{period} is longer than a year; enter one budget a year, or leave out --period "
                "for the whole project",
                arg("period", period)));
}

// --- approval and what it needs ---

/// A pledge secures a project once it is confirmed. One that was announced only afterwards did not;
/// one found afterwards may have.
void checkFunds(const Case& on, EntityId id, Refusals& no) {
  const auto row = otherByThen(on, id);
  const auto* funding = tryAs<Funding>(row.get());
  if (funding == nullptr) return;
  if (!row->head.found && funding->party && certainlyBefore(on.occurred, row->head.opened.edtf)) {
    return no.refuse(
        "project.approved.by-then",
        msg("{funding} was announced on {date}, after the approval; name other --funds, "
            "or give the day of the approval with --on",
            arg("funding", on.name(id)), arg("date", row->head.opened.edtf)));
  }
  if (!funding->party) {
    return no.refuse("project.approved.pledge",
                     msg("{funding} is a requirement, which secures nothing; name confirmed "
                         "pledges with --funds",
                         arg("funding", on.name(id))));
  }
  auto state = stateOf<schema::FundingState>(row->head);
  // A withdrawal of the same day is not held against the approval.
  if (const auto before = otherBeforehand(on, id);
      before && state == schema::FundingState::WITHDRAWN) {
    state = stateOf<schema::FundingState>(before->head);
  }
  if (state == schema::FundingState::ANNOUNCED) {
    no.refuse("project.approved.confirmed",
              msg("{funding} is announced only; enter \"funding confirm\" first, or name other "
                  "--funds",
                  arg("funding", on.name(id))));
  } else if (state == schema::FundingState::WITHDRAWN) {
    no.refuse("project.approved.withdrawn",
              msg("{funding} is withdrawn; name other --funds", arg("funding", on.name(id))));
  }
}

void checkApproved(const Case& on, E::Reader event, Refusals& no) {
  const auto e = event.getApproved();
  checkPercentage("project.approved.share", e.getSecuredShare(), no);
  if (e.getSecuredShare().getUnscaled() == 0) {
    no.needs("securedShare", "project.approved.secured",
             msg("{entity} is approved only when a share of its funds is secured; give it in per "
                 "cent with --secured-share once \"funding confirm\" is entered",
                 arg("entity", on.self())));
  }
  for (auto id : e.getFunds()) checkFunds(on, EntityId(id), no);
}

void checkRevised(const Case& on, E::Reader event, Refusals& no) {
  const auto e = event.getRevised();
  if (e.hasTitle() || e.hasObjective() || e.hasPeriod() || e.getRegion().size() != 0 ||
      e.getAreas().size() != 0 || e.getDocument() != 0) {
    return;
  }
  no.needs("title", "project.revised.something",
           msg("nothing new is said of {entity}; give --title, --objective, --period, --region, "
               "--areas or --document",
               arg("entity", on.self())));
}

void checkFound(E::Reader event, Refusals& no) {
  const auto e = event.getFound();
  needsOneCountry(e.getScope(), e.getCountries().size(), "project.found.national", no);
  checkPositive("project.found.budget", e.getBudget(), no);
  const auto state = e.getState();
  const bool before = state == ProjectState::CONCEPT || state == ProjectState::FORMULATED ||
                      state == ProjectState::APPRAISED || state == ProjectState::REJECTED;
  if (before && e.getApprovedOn().getEdtf().size() != 0) {
    no.refuse("project.found.approved-on",
              msg("a project in that state has not been approved; leave out --approved-on, or give "
                  "--state approved"));
  }
}

void checkClosed(E::Reader event, Refusals& no) {
  const auto balance = event.getFinanciallyClosed().getBalance();
  if (balance.getMinor() >= 0) return;
  no.refuse("project.financiallyClosed.balance",
            msg("{balance} is less than nothing, and a balance is what was left over; leave out "
                "--balance, or enter what is owed as \"project spend\"",
                arg("balance", toText(moneyOf(balance)))));
}

void checkSuspended(const Case& on, E::Reader event, Refusals& no) {
  const auto until = event.getSuspended().getUntil().getEdtf();
  if (!certainlyBefore(until.cStr(), on.occurred)) return;
  no.refuse("project.suspended.until",
            msg("{until} lies before the suspension; give a later --until, or leave it out",
                arg("until", until.cStr())));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getProject();
  if (event.isConceived()) {
    const auto e = event.getConceived();
    return needsOneCountry(e.getScope(), e.getCountries().size(), "project.conceived.national", no);
  }
  if (event.isFound()) return checkFound(event, no);
  if (on.row == nullptr) return;
  const auto& row = as<Project>(*on.row);
  if (event.isCountryCovered()) return checkCovered(on, event, row, no);
  if (event.isSectorAssigned()) return checkSector(on, event, row, no);
  if (event.isPartyAdded()) return checkPartyAdded(on, event, row, no);
  if (event.isPartyReleased()) return checkPartyReleased(on, event, row, no);
  if (event.isBudgeted()) return checkBudgeted(event, no);
  if (event.isApproved()) return checkApproved(on, event, no);
  if (event.isSpent()) {
    return checkPositive("project.spent.amount", event.getSpent().getAmount(), no);
  }
  if (event.isRevised()) return checkRevised(on, event, no);
  if (event.isFinanciallyClosed()) return checkClosed(event, no);
  if (event.isSuspended()) return checkSuspended(on, event, no);
}

}  // namespace

const Rules& rulesOfProject() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
