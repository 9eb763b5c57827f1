#include "engine/rules/consultation_terms.h"

#include <algorithm>
#include <string>

#include "engine/rules/rule_values.h"
#include "events/values/edtf.h"
#include "projections/rows/consultation_asked.h"

namespace consulta {

bool isAmong(const std::vector<EntityId>& parties, EntityId party) {
  return std::ranges::count(parties, party) != 0;
}

std::uint32_t revisionMeant(const Consultation& row, std::uint32_t named) {
  return named != 0 ? named : revisionUnderDiscussion(row);
}

bool canBeBefore(std::string_view date, std::int64_t momentNs) {
  return !date.empty() && orBroken(dateBounds(date)).earliestNs < momentNs;
}

Arrival arrivalOf(const RowZonedTime& received, std::string_view occurred,
                  std::int64_t deadlineNs) {
  if (!received.local.empty()) {
    return received.utcNs <= deadlineNs ? Arrival::inTime : Arrival::late;
  }
  if (certainlyAfter(occurred, deadlineNs)) return Arrival::late;
  return certainlyBefore(occurred, deadlineNs) ? Arrival::inTime : Arrival::untold;
}

Arrival arrivalOf(const ConsultationObjection& objection) {
  if (objection.deadline.local.empty()) return Arrival::inTime;
  return arrivalOf(objection.receivedAt, objection.raised.edtf, objection.deadline.utcNs);
}

std::vector<const ConsultationObjection*> objectionsInTheWay(const Consultation& row,
                                                             std::uint32_t revision) {
  auto out = standingObjections(row, revision);
  std::erase_if(out, [](const auto* one) { return arrivalOf(*one) == Arrival::late; });
  return out;
}

std::string namesOf(const Case& on, const std::vector<const ConsultationObjection*>& objections) {
  return joined(objections, [&](const auto* one) { return on.name(one->party); });
}

void noObjection(const Case& on, const Consultation& row, std::uint32_t revision,
                 std::string_view rule, Refusals& no) {
  const auto standing = objectionsInTheWay(row, revision);
  if (standing.empty()) return;
  no.refuse(rule, msg("{parties} object to revision {revision} of {entity}; enter \"consultation "
                      "withdraw-objection\" when they no longer do, or table a new revision",
                      arg("parties", namesOf(on, standing)), arg("revision", revision),
                      arg("entity", on.self())));
}

void needsOpenText(const Case& on, const Consultation& row, std::uint32_t revision,
                   std::string_view rule, Refusals& no) {
  const auto* text = textOf(row, revision);
  if (text == nullptr) {
    return no.refuse(rule, msg("revision {revision} of {entity} has not been tabled; enter "
                               "\"consultation table\" first",
                               arg("revision", revision), arg("entity", on.self())));
  }
  if (text->standing == TextStanding::silenceObserved || text->standing == TextStanding::carried ||
      text->standing == TextStanding::agreed) {
    no.refuse(rule, msg("revision {revision} of {entity} stands adopted already; enter "
                        "\"consultation conclude\", table a new revision, or undo the adoption on "
                        "authority with \"consultation reopen\"",
                        arg("revision", revision), arg("entity", on.self())));
  }
}

void checkReceipt(const Case& on, schema::ZonedTime::Reader received, Refusals& no) {
  if (received.getLocal().size() == 0 || received.getUtcNs() <= on.nowNs) return;
  no.refuse("consultation.received.past",
            msg("{time} has not come yet; give the hour of receipt with --received-at",
                arg("time", received.getLocal().cStr())));
}

// --- what state alone says ---

void noSilence(const Case& on, const Consultation& row, std::string_view rule, Refusals& no) {
  const auto* silence = runningSilence(row);
  if (silence == nullptr) return;
  no.refuse(rule, msg("revision {revision} of {entity} is under silence until {deadline}; an "
                      "objection ends it (\"consultation object\"), or its deadline",
                      arg("revision", silence->revision), arg("entity", on.self()),
                      arg("deadline", entryText(silence->deadline))));
}

void noVote(const Case& on, const Consultation& row, std::string_view rule, Refusals& no) {
  const auto* vote = openVote(row);
  if (vote == nullptr) return;
  no.refuse(rule, msg("round {round} of the vote on {entity} is open until {closes}; it is counted "
                      "then, and votes are entered with \"consultation vote\"",
                      arg("round", vote->round), arg("entity", on.self()),
                      arg("closes", entryText(vote->closes))));
}

void needsText(const Case& on, const Consultation& row, std::string_view rule, Refusals& no) {
  if (!row.texts.empty()) return;
  no.refuse(rule, msg("no text of {entity} has been tabled; enter \"consultation table\" first",
                      arg("entity", on.self())));
}

void needsEligible(const Case& on, const Consultation& row, std::string_view kind,
                   std::string_view rule, Refusals& no) {
  if (!entitledParties(row, kind).empty()) return;
  if (!eligibleParties(row).empty()) {
    return no.refuse(rule, msg("of those whom the step under way asks, nobody on the roll of "
                               "{entity} is counted; enter \"consultation enrol\" with --standing "
                               "eligible for them first",
                               arg("entity", on.self())));
  }
  no.refuse(rule, msg("nobody on the roll of {entity} is counted; enter \"consultation enrol\" "
                      "with --standing eligible first",
                      arg("entity", on.self())));
}

}  // namespace consulta
