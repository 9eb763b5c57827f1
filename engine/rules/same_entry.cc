#include "engine/rules/same_entry.h"

#include "engine/rules/decide.h"

namespace consulta {

namespace {

std::string_view bytes(capnp::Data::Reader data) {
  return {reinterpret_cast<const char*>(data.begin()), data.size()};
}

/// The sealed place of the stored record that belongs to a personal value of the proposal.
schema::Sealed::Reader storedPlace(const Catalogue& catalogue, const Record& stored,
                                   const std::string& field) {
  const auto record = stored.get();
  if (field == "note") return record.getNote();
  auto event = record.getEvent();
  if (event.isCorrigendum()) {
    if (field == "corrigendum.reason") return event.getCorrigendum().getReason();
    event = event.getCorrigendum().getRight();
  }
  const auto* act = actOf(catalogue, event);
  const auto* info = act == nullptr ? nullptr : act->field(field);
  if (info == nullptr || info->kind != FieldKind::sealed) return {};
  return eventFields(catalogue, *act, event).get(info->schema).as<schema::Sealed>();
}

bool resolveRefs(Proposal& proposal, const State& state) {
  for (auto& ref : proposal.refs) {
    const auto id = resolve(state, ref.written, ref.kinds);
    if (!id) return false;
    if (ref.index) {
      ref.owner.get(ref.member).as<capnp::DynamicList>().set(*ref.index, id->value);
    } else {
      ref.owner.set(ref.member, id->value);
    }
  }
  return true;
}

bool samePersonal(Proposal& proposal, const Record& stored, const State& state,
                  const MatchesValue& matches) {
  for (auto& personal : proposal.personal) {
    const auto place = storedPlace(state.catalogue(), stored, personal.field);
    if (!matches(stored, personal.field, personal.value, bytes(place.getCommitment()))) {
      return false;
    }
    personal.place.setCommitment(place.getCommitment());
  }
  return true;
}

bool sameEntity(const Proposal& proposal, const Record& stored, const State& state) {
  if (proposal.act->opens) {
    const std::string symbol = stored.get().getSymbol().cStr();
    const auto& aggregate = state.catalogue().aggregate(proposal.act->aggregate).name;
    return proposal.entity == symbol || proposal.entity == aggregate + ":" + symbol;
  }
  const auto id = resolve(state, proposal.entity, {"*"});
  return id && *id == stored.entity();
}

/// The right values as stored, with the wished ones laid over them: the same if nothing changes.
bool rebuildCorrection(Proposal& proposal, const Record& stored, const State& state) {
  const auto then = stored.get().getEvent().getCorrigendum();
  const auto meant = state.timeline(stored.entity()).corrected(proposal.correction->target);
  if (Position(then.getCorrects()) != meant) return false;
  const auto* act = actOf(state.catalogue(), then.getRight());
  if (act == nullptr) return false;
  auto now = proposal.record().getEvent().getCorrigendum();
  now.setCorrects(then.getCorrects());
  now.setRight(then.getRight());
  now.setFields(then.getFields());
  now.setOrderNs(then.getOrderNs());
  auto right = eventFields(state.catalogue(), *act, now.getRight());
  boost::json::object values;
  for (const auto& [name, value] : proposal.correction->right) {
    const auto* field = act->field(name);
    if (field == nullptr) return false;
    right.clear(field->schema);
    if (!value.is_null()) values[field->name] = value;
  }
  Failures failures;
  const auto& wish = *proposal.correction;
  writeFields(*act, values, right, EntryDefaults{wish.language, {}, wish.today}, proposal,
              failures);
  return failures.empty();
}

/// Takes over what the register decided, so that only what was submitted is left to differ.
void takeDecided(schema::Record::Builder now, schema::Record::Reader then, bool dateWasFilledIn) {
  now.setPosition(then.getPosition());
  now.setRecordedAtNs(then.getRecordedAtNs());
  now.setOrderNs(then.getOrderNs());
  now.setEntity(then.getEntity());
  now.setRevision(then.getRevision());
  now.setSchemaVersion(then.getSchemaVersion());
  now.setActorHigh(then.getActorHigh());
  now.setActorLow(then.getActorLow());
  now.setOnBehalfOfHigh(then.getOnBehalfOfHigh());
  now.setOnBehalfOfLow(then.getOnBehalfOfLow());
  now.setSubmissionHigh(then.getSubmissionHigh());
  now.setSubmissionLow(then.getSubmissionLow());
  now.setCorrelationHigh(then.getCorrelationHigh());
  now.setCorrelationLow(then.getCorrelationLow());
  now.setSubjectHigh(then.getSubjectHigh());
  now.setSubjectLow(then.getSubjectLow());
  now.setCause(then.getCause());
  if (then.hasSymbol()) now.setSymbol(then.getSymbol());
  if (dateWasFilledIn) now.setOccurred(then.getOccurred());
  const auto sources = then.getSources();
  for (unsigned i = 0; i < sources.size() && i < now.getSources().size(); ++i) {
    now.getSources()[i].setEntity(sources[i].getEntity());
  }
}

}  // namespace

bool isSameEntry(Proposal& proposal, const Record& stored, const State& state, bool dateWasFilledIn,
                 const MatchesValue& matches) {
  if (proposal.act != actOf(state.catalogue(), stored.get().getEvent())) return false;
  if (!sameEntity(proposal, stored, state)) return false;
  if (proposal.correction && !rebuildCorrection(proposal, stored, state)) return false;
  if (!resolveRefs(proposal, state)) return false;
  if (!samePersonal(proposal, stored, state, matches)) return false;
  takeDecided(proposal.record(), stored.get(), dateWasFilledIn);
  return encode(proposal.record().asReader()) == encode(stored.get());
}

}  // namespace consulta
