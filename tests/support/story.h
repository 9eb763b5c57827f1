// Given / when / then over the rules and folds, in memory and without any I/O.
//
//   Story story;
//   story.given("party.found", "UNIDO", {{"name", "en:UNIDO"}, ...});
//   story.on("2006-04-06").when("mou.signed", "MOU-1", {{"party", "UNIDO"}});
//   CHECK(story.refusedBy("mou.signed.party-signs-once"));
//
// given() must be accepted (the test fails where it is not); when() may be refused. All entries of
// one story are recorded at `now`, years after what they tell.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/rules/due_entries.h"
#include "engine/rules/submission.h"
#include "events/catalogue.h"
#include "events/entry.h"
#include "events/values/edtf.h"
#include "projections/dues.h"
#include "projections/overlay.h"
#include "projections/past.h"
#include "projections/rows.h"

namespace consulta::test {

/// Commits to the value itself, so that stories are the same each time.
class PlainSealing final : public Sealing {
 public:
  [[nodiscard]] SubjectId newSubject() override {
    SubjectId id;
    id.high = 1;
    id.low = ++subjects_;
    return id;
  }
  [[nodiscard]] std::string seal(SubjectId, Position, const std::string&,
                                 const std::string& value) override {
    std::string out(32, '\0');
    for (std::size_t i = 0; i < value.size(); ++i) {
      out[i % 32] = static_cast<char>(out[i % 32] + value[i]);
    }
    return out;
  }

 private:
  std::uint64_t subjects_ = 0;
};

class Story {
 public:
  Story() : nothing_(catalogue()), state_(nothing_) {
    now_ = dateBounds("2010-01-01").value().earliestNs;
    actor_.low = 1;
  }

  /// One for all stories: it never changes.
  static const Catalogue& catalogue() {
    static const Catalogue all;
    return all;
  }

  /// The date of the next entries, as EDTF.
  Story& on(std::string edtf) {
    occurred_ = std::move(edtf);
    return *this;
  }
  /// Who enters the next entries.
  Story& by(std::uint64_t actor) {
    actor_.low = actor;
    return *this;
  }
  /// On whose behalf the next entries are entered; 0: on nobody's.
  Story& onBehalfOf(std::uint64_t actor) {
    behalf_.low = actor;
    return *this;
  }
  /// The next entries are recorded so much later.
  Story& later(std::chrono::nanoseconds by) {
    now_ += by.count();
    return *this;
  }
  /// The next entries are recorded at that day's beginning, or that instant.
  Story& recordedAt(const std::string& edtf) {
    now_ = dateBounds(edtf).value().earliestNs;
    return *this;
  }
  /// What has fallen due by now is entered, each thing as a submission of its own; what is refused
  /// is skipped, as a register does.
  void fallDue() {
    std::vector<std::pair<EntityId, std::int64_t>> due;
    state_.scan(timer_keys, [&](std::string_view key) {
      if (keyedMoment(key) >= now_) return false;
      due.emplace_back(keyedId(key), keyedMoment(key));
      return true;
    });
    std::vector<RecordPtr> all;
    for (const auto& [id, moment] : due) {
      for (auto& one : dueEntries(state_, *state_.row(id), moment, now_)) {
        std::vector<Proposal> entries;
        entries.push_back(std::move(one.proposal));
        decideAll(entries, ActorId{}, one.cause);
        all.insert(all.end(), entered_.begin(), entered_.end());
      }
    }
    entered_ = std::move(all);
  }
  /// Further members of the next entry only: "grounds", "note", "sources", "expect".
  Story& with(std::string_view member, boost::json::value value) {
    extra_[member] = std::move(value);
    return *this;
  }

  void when(const std::string& type, const std::string& entity, boost::json::object data = {}) {
    boost::json::object entry = std::exchange(extra_, {});
    entry["type"] = type;
    entry["entity"] = entity;
    entry["occurred"] = occurred_;
    entry["data"] = std::move(data);
    submit(entry);
  }

  void given(const std::string& type, const std::string& entity, boost::json::object data = {}) {
    when(type, entity, std::move(data));
    INFO(type << " " << entity << ": " << why());
    REQUIRE(accepted());
  }

  /// Enters one entry as it stands.
  void submit(const boost::json::object& entry) { submitTogether({entry}); }

  /// Enters several, as they stand, as one submission.
  void submitTogether(const std::vector<boost::json::object>& all) {
    failures_.clear();
    entered_.clear();
    std::vector<Proposal> entries;
    for (const auto& entry : all) {
      auto proposal = readEntry(catalogue(), entry, EntryDefaults{});
      if (!proposal) {
        failures_ = std::move(proposal).failures();
        return;
      }
      entries.push_back(std::move(proposal).value());
    }
    decideAll(entries, actor_, Position{});
  }

  void decideAll(std::vector<Proposal>& entries, ActorId actor, Position cause) {
    failures_.clear();
    entered_.clear();
    Stamp stamp;
    stamp.position = Position(state_.records().size() + 1);
    stamp.recordedAtNs = now_;
    stamp.actor = actor;
    if (actor) stamp.onBehalfOf = behalf_;
    stamp.cause = cause;
    stamp.submission.low = stamp.position.value;
    Overlay scratch(static_cast<const State&>(state_));
    auto decided = decideSubmission(entries, stamp, scratch, sealing_);
    if (!decided) {
      failures_ = std::move(decided).failures();
      return;
    }
    entered_ = std::move(decided).value();
    state_.absorb(scratch);
  }

  [[nodiscard]] bool accepted() const { return failures_.empty(); }
  /// Among others, perhaps.
  [[nodiscard]] bool refusedBy(std::string_view rule) const {
    return std::ranges::any_of(failures_, [&](const Failure& one) {
      return one.rule == rule || one.rule == "order." + std::string(rule);
    });
  }
  [[nodiscard]] std::string why() const {
    std::string out;
    for (const auto& one : failures_) out += one.rule + ": " + inEnglish(one.text) + "\n";
    return out;
  }
  [[nodiscard]] const Failures& failures() const { return failures_; }
  /// What the last entry brought in, consequences among them.
  [[nodiscard]] const std::vector<RecordPtr>& entered() const { return entered_; }
  [[nodiscard]] std::vector<std::string> enteredTypes() const {
    std::vector<std::string> out;
    for (const auto& record : entered_) {
      out.push_back(actOf(catalogue(), record->get().getEvent())->type);
    }
    return out;
  }

  [[nodiscard]] const Overlay& state() const { return state_; }
  /// What an entity is called now; the test fails when there is none.
  [[nodiscard]] EntityId id(const std::string& name) const { return row(name)->head.id; }
  /// The row of an entity by its name; the test fails when there is none.
  [[nodiscard]] RowPtr row(const std::string& name) const {
    const auto id = resolve(state_, name, {"*"});
    REQUIRE(id.ok());
    return state_.row(*id);
  }
  template <typename Fields>
  [[nodiscard]] const Fields& as(const std::string& name) {
    kept_ = row(name);
    return consulta::as<Fields>(*kept_);
  }
  /// The name of its state on an axis: "signed-by-some".
  [[nodiscard]] std::string stateOf(const std::string& name, std::size_t axis = 0) const {
    const auto found = row(name);
    return catalogue()
        .aggregate(found->aggregate())
        .axes.at(axis)
        .states.at(found->head.states[axis])
        .name;
  }

 private:
  EmptyState nothing_;
  Overlay state_;
  PlainSealing sealing_;
  std::string occurred_ = "2006-04-06";
  std::int64_t now_ = 0;
  ActorId actor_;
  ActorId behalf_;
  boost::json::object extra_;
  Failures failures_;
  std::vector<RecordPtr> entered_;
  RowPtr kept_;
};

}  // namespace consulta::test
