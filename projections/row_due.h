// What of an entity waits for a day: a deadline that somebody has to keep, or a day on which
// something takes effect by itself.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>

#include "events/ids.h"
#include "events/values/deadline.h"
#include "projections/row_values.h"

namespace consulta {

BOOST_DESCRIBE_ENUM(Overdue, no, possibly, yes)

/// What the day was set for. Of a consultation: `opening` of one that is planned, `conclusion` of
/// one in which nothing else is under way, `join` where a step waits for parallel ones,
/// `resumption` of a suspended one. `answer` to a letter; `signature` of a memorandum that is
/// agreed.
enum class DueKind : std::uint8_t {
  request,
  recommendation,
  instalment,
  followUp,
  reply,
  meeting,
  consultation,
  document,
  indicator,
  silence,
  vote,
  entryIntoForce,
  expiry,
  step,
  reminder,
  escalation,
  opening,
  conclusion,
  join,
  resumption,
  answer,
  signature,
};
BOOST_DESCRIBE_ENUM(DueKind, request, recommendation, instalment, followUp, reply, meeting,
                    consultation, document, indicator, silence, vote, entryIntoForce, expiry, step,
                    reminder, escalation, opening, conclusion, join, resumption, answer, signature)

struct RowDue {
  DueKind kind = DueKind::request;
  std::string number;  // of the request, indicator, revision or round; name of the step
  EntityId of;         // the party whose reply or payment is awaited
  RowDeadline due;     // an hour is an instant: "2006-07-14T16:00:00Z"
  RowZonedTime hour;   // the same by the clocks of its place, where it is an hour
  bool noted = false;  // the engine has entered that it was missed; it is awaited all the same
  /// The entry that set the day, and when it was recorded: what was past by then never takes effect
  /// by the clock, for it is history that is being entered.
  Position at;
  std::int64_t recordedNs = 0;
  Position movedBy;  // the entry that says that it moved last, and from when
  RowDate movedFrom;
  bool operator==(const RowDue&) const = default;
};
BOOST_DESCRIBE_STRUCT(RowDue, (),
                      (kind, number, of, due, hour, noted, at, recordedNs, movedBy, movedFrom))

/// Whether the engine enters that such a day has come; of the others it is only listed.
[[nodiscard]] constexpr bool entersItself(DueKind kind) {
  switch (kind) {
    case DueKind::request:
    case DueKind::recommendation:
    case DueKind::instalment:
    case DueKind::followUp:
    case DueKind::reply:
    case DueKind::silence:
    case DueKind::vote:
    case DueKind::entryIntoForce:
    case DueKind::expiry:
    case DueKind::step:
    case DueKind::reminder:
    case DueKind::escalation:
      return true;
    case DueKind::meeting:
    case DueKind::consultation:
    case DueKind::document:
    case DueKind::indicator:
    case DueKind::opening:
    case DueKind::conclusion:
    case DueKind::join:
    case DueKind::resumption:
    case DueKind::answer:
    case DueKind::signature:
      return false;
  }
  return false;
}

/// These wait for somebody even where no day is set.
[[nodiscard]] constexpr bool waitsWithoutDay(DueKind kind) {
  switch (kind) {
    case DueKind::step:
    case DueKind::opening:
    case DueKind::conclusion:
    case DueKind::join:
    case DueKind::resumption:
    case DueKind::answer:
    case DueKind::signature:
      return true;
    default:
      return false;
  }
}

/// Of these the day itself brings something about; the others are merely missed.
[[nodiscard]] constexpr bool takesEffect(DueKind kind) {
  return kind == DueKind::silence || kind == DueKind::vote || kind == DueKind::entryIntoForce ||
         kind == DueKind::expiry;
}

/// These take effect at the beginning of their day, or at their hour; the others when it is over.
[[nodiscard]] constexpr bool isOnItsDay(DueKind kind) {
  return kind == DueKind::entryIntoForce || kind == DueKind::reminder ||
         kind == DueKind::escalation;
}

}  // namespace consulta
