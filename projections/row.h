// What every row begins with. A row is the fold of one entity's entries and of nothing else.
#pragma once

#include <array>
#include <boost/describe.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "events/catalogue.h"
#include "events/envelope.capnp.h"
#include "events/ids.h"
#include "projections/node.h"
#include "projections/row_due.h"
#include "projections/row_values.h"

namespace consulta {

/// A name of the entity, from the ordering instant on at which it was given.
struct RowSymbol {
  std::string text;
  std::int64_t sinceNs = 0;
  bool operator==(const RowSymbol&) const = default;
};
BOOST_DESCRIBE_STRUCT(RowSymbol, (), (text, sinceNs))

/// Kept by the generic part of every fold. States are numbers of the axis' enum; the rows give them
/// their types back.
struct RowHead {
  EntityId id;
  std::uint64_t revision = 0;      // how many entries the entity has
  Position last;                   // the newest of them, by position
  std::int64_t firstOrderNs = 0;   // the ordering instant of the opening entry: none comes before
  std::int64_t lastOrderNs = 0;    // the latest ordering instant among them
  std::int64_t newestOrderNs = 0;  // the ordering instant of the newest one
  std::vector<RowSymbol> symbols;  // in order; the last one is the current name
  std::array<std::uint16_t, axes_max> states{};
  std::array<std::uint16_t, axes_max> before{};  // the state before the last change of the axis
  bool found = false;                            // opened as found, in mid-life
  bool corrected = false;                        // a corrigendum acts on one of its entries
  RowDate opened;                                // when the opening entry says it occurred
  RowDate changed;                               // when the last entry, in order, says it occurred
  std::uint64_t subjectHigh = 0;  // the data subject of its personal values; 0 0: none yet
  std::uint64_t subjectLow = 0;
  std::vector<RowDue> dues;      // what waits for a day
  std::vector<SealedRef> notes;  // of its entries, in the order in which these take effect

  [[nodiscard]] SubjectId subject() const {
    SubjectId id_;
    id_.high = subjectHigh;
    id_.low = subjectLow;
    return id_;
  }
  /// The current symbol; empty before the opening entry.
  [[nodiscard]] std::string name() const { return symbols.empty() ? "" : symbols.back().text; }

  bool operator==(const RowHead&) const = default;
};
BOOST_DESCRIBE_STRUCT(RowHead, (),
                      (id, revision, last, firstOrderNs, lastOrderNs, newestOrderNs, symbols,
                       states, before, found, corrected, opened, changed, subjectHigh, subjectLow,
                       dues, notes))

/// What a stored row begins with, read without the rest.
struct RowStart {
  EntityId id;
  Position last;                  // as in the head
  std::int64_t firstOrderNs = 0;  // likewise
};

/// One entry as a fold sees it: with the values that are right today, at its place in the order.
struct FoldStep {
  schema::Record::Reader record;      // as it was recorded
  schema::Event::Reader event;        // its own event, or the right one of its latest corrigendum
  schema::Date::Reader occurred;      // likewise
  std::int64_t orderNs = 0;           // likewise
  Position valuesAt;                  // the record in which `event` stands: where sealed values lie
  std::int64_t valuesRecordedNs = 0;  // and when that one was recorded

  [[nodiscard]] EntityId entity() const { return EntityId(record.getEntity()); }
  /// When it occurred, for a row to keep.
  [[nodiscard]] RowDate date() const {
    RowDate out;
    take(out, occurred);
    return out;
  }
};

/// The row of one entity of any aggregate: the head, and below it the plain described struct of its
/// aggregate. Values: clone() copies, == compares.
class Row {
 public:
  RowHead head;

  virtual ~Row() = default;
  /// Which aggregate: its tag in the event union.
  [[nodiscard]] virtual std::uint16_t aggregate() const = 0;
  [[nodiscard]] virtual std::unique_ptr<Row> clone() const = 0;
  /// The aggregate's own fields as a tree; the head is not in it.
  [[nodiscard]] virtual Node fields() const = 0;
  /// The tree of the fields of any row of this aggregate: each list holds one thing, a choice is
  /// the list of its names, and every value is one that was never stated.
  [[nodiscard]] virtual Node shape() const = 0;
  /// Calls `visit` for each entity the fields name, repeated as often as it stands there.
  virtual void forEachRef(const std::function<void(EntityId)>& visit) const = 0;
  /// Calls `visit` for each name that fields of this aggregate are shown by, at any depth, lower
  /// camel: those of a field that is empty here too, and the values that our own enums can have.
  virtual void forEachName(const std::function<void(const char*)>& visit) const = 0;
  /// The member of the aggregate's union that is set in `event`.
  [[nodiscard]] virtual std::uint16_t eventTag(schema::Event::Reader event) const = 0;
  /// Records what the entry says in the fields; the head's generic part has been done before.
  virtual void fold(const FoldStep& step) = 0;
  [[nodiscard]] virtual bool equals(const Row& other) const = 0;
  /// The aggregate's own struct; use as<Fields>() instead.
  [[nodiscard]] virtual const void* body() const = 0;

  /// The stored form. decodeRow() in projections/rows.h reads it.
  [[nodiscard]] std::string encode() const;

 protected:
  Row() = default;
  Row(const Row&) = default;
  Row& operator=(const Row&) = default;
  virtual void encodeFields(std::string& out) const = 0;
  [[nodiscard]] virtual bool decodeFields(std::string_view bytes) = 0;
  friend std::unique_ptr<Row> decodeRow(std::string_view bytes);
};

using RowPtr = std::shared_ptr<const Row>;

/// The aggregate's own struct of a row that is known to be of that aggregate (a bug otherwise).
/// Valid as long as the row.
template <typename Fields>
const Fields& as(const Row& row) {
  if (row.aggregate() != static_cast<std::uint16_t>(Fields::aggregate)) {
    throw std::logic_error("a row was taken for one of another aggregate");
  }
  return *static_cast<const Fields*>(row.body());
}

/// Likewise, or null when the row is none or of another aggregate.
template <typename Fields>
const Fields* tryAs(const Row* row) {
  return row != nullptr && row->aggregate() == static_cast<std::uint16_t>(Fields::aggregate)
             ? &as<Fields>(*row)
             : nullptr;
}

/// The state on an axis, typed.
template <typename State>
State stateOf(const RowHead& head, std::size_t axis = 0) {
  return static_cast<State>(head.states.at(axis));
}

}  // namespace consulta
