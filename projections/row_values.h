// The values rows are made of, and how a fold takes them out of an entry.
//
// They are plain copies of what the record holds, already checked when it was entered. A fold only
// records: it takes what an entry states and leaves alone what the entry does not mention.
#pragma once

#include <capnp/common.h>
#include <capnp/list.h>

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/ids.h"
#include "events/values.capnp.h"

namespace consulta {

/// A date as canonical EDTF; empty: not stated. `words` are the source's own, if they were kept.
struct RowDate {
  std::string edtf;
  std::string words;
  bool operator==(const RowDate&) const = default;
};
BOOST_DESCRIBE_STRUCT(RowDate, (), (edtf, words))

/// One language's version of a text.
struct RowPhrase {
  std::string language;
  std::string text;
  bool operator==(const RowPhrase&) const = default;
};
BOOST_DESCRIBE_STRUCT(RowPhrase, (), (language, text))

/// A text in several languages, in the order entered.
struct RowTexts {
  std::vector<RowPhrase> phrases;
  bool operator==(const RowTexts&) const = default;
};
BOOST_DESCRIBE_STRUCT(RowTexts, (), (phrases))

/// Minor units of `currency`; an empty currency means no amount is known.
struct RowMoney {
  std::int64_t minor = 0;
  std::string currency;
  bool operator==(const RowMoney&) const = default;
};
BOOST_DESCRIBE_STRUCT(RowMoney, (), (minor, currency))

/// unscaled * 10^-scale. `stated` tells a zero from nothing.
struct RowDecimal {
  std::int64_t unscaled = 0;
  std::uint8_t scale = 0;
  bool stated = false;
  bool operator==(const RowDecimal&) const = default;
};
BOOST_DESCRIBE_STRUCT(RowDecimal, (), (unscaled, scale, stated))

/// A wall-clock moment, resolved when it was decided; an empty `local` means none.
struct RowZonedTime {
  std::string local;
  std::string zone;
  std::int64_t utcNs = 0;
  bool operator==(const RowZonedTime&) const = default;
};
BOOST_DESCRIBE_STRUCT(RowZonedTime, (), (local, zone, utcNs))

/// A day, or "before that session".
struct RowDeadline {
  RowDate date;
  EntityId beforeSession;
  bool operator==(const RowDeadline&) const = default;
};
BOOST_DESCRIBE_STRUCT(RowDeadline, (), (date, beforeSession))

/// Where a sealed personal value lies: its record and field. Position none: no value.
struct SealedRef {
  Position at;
  std::string field;
  bool operator==(const SealedRef&) const = default;
};
BOOST_DESCRIBE_STRUCT(SealedRef, (), (at, field))

/// A moment as a date: "2006-07-14T16:00:00Z", whole seconds.
[[nodiscard]] RowDate instantDate(std::int64_t utcNs);

/// Who entered something, as rows name them: a random id as text; empty for nobody.
[[nodiscard]] inline std::string actorText(std::uint64_t high, std::uint64_t low) {
  const auto id = wideId<ActorId>(high, low);
  return id ? toText(id) : std::string();
}

inline void take(std::string& to, capnp::Text::Reader from) {
  if (from.size() != 0) to.assign(from.begin(), from.size());
}

inline void take(EntityId& to, std::uint64_t from) {
  if (from != 0) to = EntityId(from);
}

void take(RowDate& to, schema::Date::Reader from);
void take(RowTexts& to, schema::Texts::Reader from);
void take(RowMoney& to, schema::Money::Reader from);
/// A decimal is a pointer in the record: pass whether it is there, `e.hasRate()`.
void take(RowDecimal& to, bool stated, schema::Decimal::Reader from);
void take(RowZonedTime& to, schema::ZonedTime::Reader from);
void take(RowDeadline& to, schema::Deadline::Reader from);
/// `at` is where the entry's values lie, `field` the name of the field in the schema.
void take(SealedRef& to, schema::Sealed::Reader from, Position at, const char* field);
void take(std::vector<std::string>& to, capnp::List<capnp::Text>::Reader from);
void take(std::vector<EntityId>& to, capnp::List<std::uint64_t>::Reader from);

}  // namespace consulta
