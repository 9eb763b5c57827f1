#include "engine/rules/decide.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "engine/rules/acting.h"
#include "engine/rules/name_check.h"
#include "engine/rules/release.h"
#include "engine/rules/replay_check.h"
#include "engine/rules/retraction.h"
#include "engine/rules/rule_values.h"
#include "events/limits.h"
#include "events/values/calendar.h"
#include "events/values/edtf.h"
#include "events/values/symbol.h"

namespace consulta {

namespace {

/// One decision: fills the proposal's record in, checks it, and gives it out.
class Decision {
 public:
  Decision(Proposal& proposal, const Stamp& stamp, const State& state, Sealing& sealing)
      : proposal_(proposal),
        stamp_(stamp),
        state_(state),
        sealing_(sealing),
        record_(proposal.record()) {}

  Result<Decided> run() {
    findEntity();
    if (!no_.empty()) return no_.take();
    if (proposal_.correction) buildCorrection();
    retracts_ = proposal_.act == &catalogue().retraction();
    resolveRefs();
    const bool isWhole = no_.empty();  // all that it names is there
    if (!isWhole && proposal_.correction) return no_.take();
    if (corrected_ != nullptr) checkChanges();
    stampRecord();
    checkExpected();
    checkOccurred();
    if (isWhole) checkActing(state_, record_.asReader(), act(), before_.get(), no_);
    const auto& info = corrected_ != nullptr ? *corrected_ : act();
    const auto entry = valued();
    checkCodes(state_, info, entry, no_);
    checkSymbols(state_, info, entry.event, entity_, no_);
    if (no_.empty()) {
      checkRules();
    } else {
      checkLife();
    }
    assert(std::ranges::all_of(no_.failures(), [&](const Failure& one) {
      return one.field.empty() || info.field(one.field) != nullptr;
    }));
    if (!no_.empty()) return no_.take();
    sealPersonal();
    auto record = encoded();
    if (!record) return std::move(record).failures();
    return Decided{std::move(*record), std::move(undone_)};
  }

 private:
  const EventInfo& act() const { return *proposal_.act; }
  const Catalogue& catalogue() const { return state_.catalogue(); }

  void findEntity() {
    if (act().opens) return openEntity();
    const auto common = act().type.starts_with("common.");
    const auto kind = common ? std::string("*") : catalogue().aggregate(act().aggregate).name;
    auto id = resolve(state_, proposal_.entity, {kind});
    if (!id) {
      // "none" was expected, or an opening verb is what the clerk is after: say how to open one.
      return no_.add(std::move(id).failures());
    }
    entity_ = *id;
    before_ = state_.row(entity_);
  }

  void openEntity() {
    const auto& aggregate = catalogue().aggregate(act().aggregate);
    auto name = readEntityName(proposal_.entity);
    if (!name) return no_.add(std::move(name).failures());
    if (!name->aggregate.empty() && name->aggregate != aggregate.name) {
      return no_.refuse("entity.kind",
                        msg("\"{written}\" names a {other}; {verb} opens a {kind}",
                            arg("written", proposal_.entity), arg("other", name->aggregate),
                            arg("verb", act().verb), arg("kind", aggregate.name)));
    }
    auto written = std::move(name->name);
    for (const auto id : state_.named(written, act().aggregate)) {
      no_.refuse(aggregate.name + ".symbol.unique",
                 msg("{entity} exists already; choose another id, or see \"consulta next {id}\" "
                     "for what can be entered on it",
                     arg("entity", state_.nameOf(id)), arg("id", written)));
    }
    symbol_ = std::move(written);
    entity_ = EntityId(stamp_.position.value);
  }

  void resolveRefs() {
    for (auto& ref : proposal_.refs) {
      auto id = resolve(state_, ref.written, ref.kinds);
      if (!id) {
        for (auto failure : std::move(id).failures()) {
          failure.text =
              msg("--{field}: {why}", arg("field", kebab(ref.field)), arg("why", failure.text));
          no_.add({std::move(failure)});
        }
        continue;
      }
      if (ref.index) {
        ref.owner.get(ref.member).as<capnp::DynamicList>().set(*ref.index, id->value);
      } else {
        ref.owner.set(ref.member, id->value);
      }
    }
  }

  /// The whole right event: what the entry says today, with the wished fields put right.
  void buildCorrection() {
    const auto timeline = state_.timeline(entity_);
    const auto steps = timeline.steps();
    auto& wanted = proposal_.correction->target;
    wanted = timeline.corrected(wanted);
    const auto target = std::ranges::find(steps, wanted, &Timeline::Step::position);
    if (target == steps.end()) {
      return no_.refuse("corrigendum.target",
                        msg("position {position} is not an entry of {entity} that can be "
                            "corrected; \"consulta history {entity}\" lists them",
                            arg("position", wanted.value), arg("entity", state_.nameOf(entity_))));
    }
    target_ = *target;
    const auto now = target->fold();
    corrected_ = actOf(catalogue(), now.event);
    auto corrigendum = record_.getEvent().getCorrigendum();
    corrigendum.setCorrects(wanted.value);
    corrigendum.setRight(now.event);
    const auto& info = *corrected_;
    const auto right = eventFields(catalogue(), info, corrigendum.getRight());
    keepSealedPlaces(info, right, now.valuesAt);
    putRight(info, right, corrigendum);
    if (corrigendum.hasOccurred()) orderCorrection(timeline, corrigendum);
  }

  /// A personal value that stays as it was lies where it was first entered.
  static void keepSealedPlaces(const EventInfo& info, capnp::DynamicStruct::Builder right,
                               Position valuesAt) {
    for (const auto& field : info.fields) {
      if (field.kind != FieldKind::sealed || !right.has(field.schema)) continue;
      auto sealed = right.get(field.schema).as<schema::Sealed>();
      if (sealed.getPosition() == 0) sealed.setPosition(valuesAt.value);
    }
  }

  void putRight(const EventInfo& info, capnp::DynamicStruct::Builder right,
                schema::Corrigendum::Builder corrigendum) {
    Failures wrong;
    boost::json::object values;
    std::vector<std::string> names;
    for (const auto& [name, value] : proposal_.correction->right) {
      const auto* field = info.field(name);
      if (field == nullptr) {
        values[name] = value;  // writeFields() says that there is none
        continue;
      }
      names.push_back(field->name);
      right.clear(field->schema);
      if (!value.is_null()) {
        values[field->name] = value;
      } else if (field->required) {
        no_.refuse("corrigendum.required",
                   msg("--{field} cannot be left out of this entry", arg("field", field->option)));
      }
    }
    const auto& wish = *proposal_.correction;
    writeFields(info, values, right, EntryDefaults{wish.language, {}, wish.today}, proposal_,
                wrong);
    no_.add(std::move(wrong));
    auto list = corrigendum.initFields(static_cast<unsigned>(names.size()));
    for (unsigned i = 0; i < names.size(); ++i) list.set(i, names[i]);
  }

  /// A corrigendum makes its entry another one, in a value or in its date.
  void checkChanges() {
    const auto now = target_.fold();
    capnp::MallocMessageBuilder before;
    before.setRoot(now.event);
    keepSealedPlaces(*corrected_,
                     eventFields(catalogue(), *corrected_, before.getRoot<schema::Event>()),
                     now.valuesAt);
    const auto corrigendum = record_.getEvent().getCorrigendum().asReader();
    const capnp::AnyStruct::Reader values = before.getRoot<schema::Event>().asReader();
    if (!(values == capnp::AnyStruct::Reader(corrigendum.getRight()))) return;
    const capnp::AnyStruct::Reader date = now.occurred;
    if (corrigendum.hasOccurred() &&
        !(date == capnp::AnyStruct::Reader(corrigendum.getOccurred()))) {
      return;
    }
    no_.refuse(
        "corrigendum.changes",
        msg("entry {position} of {entity} says that already; give what is to be another "
            "value, or look at what it says with \"consulta history {entity}\"",
            arg("position", target_.position().value), arg("entity", state_.nameOf(entity_))));
  }

  void orderCorrection(const Timeline& timeline, schema::Corrigendum::Builder corrigendum) {
    RowHead predecessor;
    bool any = false;
    for (const auto& record : timeline.records()) {
      if (record->position() >= proposal_.correction->target) break;
      if (record->get().getEvent().isCorrigendum()) continue;
      predecessor.newestOrderNs = record->get().getOrderNs();
      any = true;
    }
    corrigendum.setOrderNs(
        orderingInstant(corrigendum.getOccurred().getEdtf().cStr(), any ? &predecessor : nullptr));
  }

  void stampRecord() {
    record_.setPosition(stamp_.position.value);
    record_.setRecordedAtNs(stamp_.recordedAtNs);
    record_.setEntity(entity_.value);
    record_.setRevision(static_cast<std::uint32_t>(before_ ? before_->head.revision + 1 : 1));
    record_.setSchemaVersion(schema_version);
    record_.setActorHigh(stamp_.actor.high);
    record_.setActorLow(stamp_.actor.low);
    record_.setOnBehalfOfHigh(stamp_.onBehalfOf.high);
    record_.setOnBehalfOfLow(stamp_.onBehalfOf.low);
    record_.setSubmissionHigh(stamp_.submission.high);
    record_.setSubmissionLow(stamp_.submission.low);
    record_.setCorrelationHigh(stamp_.correlation.high);
    record_.setCorrelationLow(stamp_.correlation.low);
    record_.setCause(stamp_.cause.value);
    if (act().opens) record_.setSymbol(symbol_);
    record_.setOrderNs(
        std::max(stamp_.notBeforeNs, orderingInstant(record_.getOccurred().getEdtf().cStr(),
                                                     before_ ? &before_->head : nullptr)));
    for (auto source : record_.getSources()) {
      const auto cited = state_.named(source.getSource().cStr(), std::nullopt);
      if (cited.size() == 1) source.setEntity(cited.front().value);
    }
  }

  void checkExpected() {
    const auto& expect = proposal_.expect;
    const auto actual = before_ ? before_->head.revision : 0;
    if (expect.kind == Expect::Kind::any) return;
    const auto expected = expect.kind == Expect::Kind::none ? 0 : expect.revision.value;
    if (expected == actual) return;
    if (expect.kind == Expect::Kind::none) {
      no_.add(
          {conflict("entity.revision",
                    msg("{entity} exists already, and --expect none says that it does not; look "
                        "at \"consulta history {entity}\" and choose another id, or another "
                        "--expect",
                        arg("entity", state_.nameOf(entity_))))});
      return;
    }
    no_.add({conflict("entity.revision",
                      msg("{entity} is at revision {actual}, not {expected}: somebody entered "
                          "something meanwhile; look at \"consulta history {entity}\" and enter "
                          "yours again if it still stands",
                          arg("entity", before_ ? state_.nameOf(entity_) : proposal_.entity),
                          arg("actual", actual), arg("expected", expected)))});
  }

  void checkOccurred() {
    const auto check = [&](capnp::Text::Reader edtf) {
      const auto bounds = orBroken(dateBounds(edtf.cStr()));
      if (bounds.earliestNs <= stamp_.recordedAtNs + zones_ahead_ns) return;
      no_.refuse("entry.occurred.past",
                 msg("{date} has not come yet; an entry says what has happened. Plans have dates "
                     "of their own (--dates, --due); give the day of the act with --on",
                     arg("date", edtf.cStr())));
    };
    check(record_.getOccurred().getEdtf());
    if (proposal_.correction && record_.getEvent().getCorrigendum().hasOccurred()) {
      check(record_.getEvent().getCorrigendum().getOccurred().getEdtf());
    }
  }

  /// The entry whose values count: this one, or the one it corrects as it is to say from now on.
  /// Valid until the record is filled in further.
  [[nodiscard]] FoldStep valued() const {
    const auto own = Timeline::plainStep(record_.asReader());
    if (corrected_ == nullptr) return own;
    const auto corrigendum = own.event.getCorrigendum();
    auto right = target_.fold();
    right.event = corrigendum.getRight();
    right.valuesAt = own.valuesAt;
    if (corrigendum.hasOccurred()) {
      right.occurred = corrigendum.getOccurred();
      right.orderNs = corrigendum.getOrderNs();
    }
    return right;
  }

  /// What can be said of an entry that is refused already: whether it would be lawful at all. The
  /// other rules take what it names and says for right, and would refuse what follows from that.
  void checkLife() {
    if (proposal_.correction || retracts_ || !before_) return;
    if (record_.getOrderNs() < before_->head.lastOrderNs) return;
    no_.add(lifecycle(state_, act(), *before_));
  }

  /// In order: against the row as it is. Out of order, a corrigendum or a retraction: against the
  /// whole order.
  void checkRules() {
    const bool late = before_ && record_.getOrderNs() < before_->head.lastOrderNs;
    if (retracts_) no_.add(checkRetraction(state_, entity_, record_.asReader()));
    if (&act() == &catalogue().deadlinesReleased()) no_.add(checkRelease(state_, stamp_.actor));
    if (!no_.empty()) return;
    if (late || proposal_.correction || retracts_) {
      const auto record = Record::of(record_.asReader());
      return giveWay(standingInOrder(state_, record, stamp_.recordedAtNs));
    }
    const auto step = Timeline::plainStep(record_.asReader());
    no_.add(checkStep(state_, before_.get(), step, stamp_.recordedAtNs));
    // Behind what is entered as it happens there is at most what happened on the same day, which
    // is not held against it; behind backlog there may be more.
    if (!no_.empty() || !before_ || record_.getOrderNs() + nsPerDay > stamp_.recordedAtNs) return;
    if (state_.linkedTo(entity_).empty()) return;
    const auto record = Record::of(record_.asReader());
    giveWay(standingAmongDependents(state_, record, stamp_.recordedAtNs));
  }

  /// What is the engine's own gives way where somebody has ordered it; anything else that stands in
  /// the way is refused, with what would be withdrawn.
  void giveWay(Standing standing) {
    if (standing.inTheWay.empty()) return;
    const bool ordered = carriesAuthority(catalogue(), record_.asReader()) || stamp_.ordered;
    if (ordered && standing.canBeMadeRoom()) {
      undone_ = std::move(standing.roots);
      return;
    }
    no_.add(std::move(standing.inTheWay));
    refuseUndone(standing.undone);
  }

  void refuseUndone(const std::vector<RecordPtr>& undone) {
    for (const auto& record : undone) {
      no_.refuse("consequence.undone",
                 msg("entry {position} of {entity} ({entry}), which the register has entered by "
                     "itself, would be withdrawn; if somebody has ordered that, give the function "
                     "with --authority",
                     arg("position", record->position().value),
                     arg("entity", state_.nameOf(record->entity())),
                     arg("entry", describe(state_, record))));
    }
  }

  void sealPersonal() {
    if (proposal_.personal.empty()) return;
    auto subject = before_ ? before_->head.subject() : SubjectId{};
    if (!subject) subject = sealing_.newSubject();
    record_.setSubjectHigh(subject.high);
    record_.setSubjectLow(subject.low);
    for (auto& personal : proposal_.personal) {
      const auto commitment =
          sealing_.seal(subject, stamp_.position, personal.field, personal.value);
      personal.place.setCommitment(capnp::Data::Reader(
          reinterpret_cast<const kj::byte*>(commitment.data()), commitment.size()));
    }
  }

  Result<RecordPtr> encoded() {
    auto record = Record::of(record_.asReader());
    const auto size = record->bytes().size();
    if (size > limits::record_bytes_max) {
      return refused("entry.size",
                     msg("the entry is {size} bytes long, more than {max}; shorten its texts or "
                         "attach them as a file",
                         arg("size", size), arg("max", limits::record_bytes_max)));
    }
    return record;
  }

  Proposal& proposal_;
  const Stamp& stamp_;
  const State& state_;
  Sealing& sealing_;
  schema::Record::Builder record_;
  Refusals no_;
  EntityId entity_;
  std::string symbol_;
  RowPtr before_;
  std::vector<RecordPtr> undone_;
  bool retracts_ = false;
  const EventInfo* corrected_ = nullptr;  // of a corrigendum: the act of the entry it corrects
  Timeline::Step target_;                 // and that entry
};

}  // namespace

Result<Decided> decide(Proposal& proposal, const Stamp& stamp, const State& state,
                       Sealing& sealing) {
  return Decision(proposal, stamp, state, sealing).run();
}

}  // namespace consulta
