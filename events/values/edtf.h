// Dates as a register of the past needs them: exact, imprecise, spans, sets and unknown.
//
// The text is EDTF (ISO 8601-2), levels 0 and 1 and the sets of level 2:
//   2006-04-06  2006-04  2006            a day, a month, a year
//   2006-04-06T10:00:00+02:00            an instant; the offset (or Z) is required
//   2006?  2006-04~  2006-04-06%         uncertain, approximate, both
//   201X  20XX  2004-XX  2004-06-XX      digits that are not known, from the right
//   2006-21 .. 2006-24                   spring, summer, autumn, winter
//   2006-06/2006-07  2006/..  2006/      a span; its end open, or not known
//   [2006-06,2006-07]  [..2006,2008]     one of these
//   {2006-06,2006-07}  {2006..2008}      all of these
//   XXXX                                 unknown
//
// Values copy and compare; every function here is safe from any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "events/result.h"
#include "events/values/calendar.h"

namespace consulta {

/// The moments that a date can mean, in nanoseconds since 1970-01-01T00:00Z, both included.
/// Days are days in UTC. An instant has earliest == latest. The width of the whole of time is more
/// than 64 bits hold: compare the bounds, never subtract them.
struct DateBounds {
  std::int64_t earliestNs = 0;
  std::int64_t latestNs = 0;

  auto operator<=>(const DateBounds&) const = default;
};

/// The bounds of what may be any time: the whole of yearMin to yearMax.
[[nodiscard]] DateBounds wholeTime();

/// A valid date in canonical text, with its bounds. The default is unknown.
///
/// Bounds cover everything the text allows: the whole of a span, every member of a set, every
/// value of an X. An end that is open or unknown reaches to the end of time (wholeTime()). A season
/// names no hemisphere, so its bounds hold in both: spring and autumn lie between March and
/// December of their year, summer and winter between January and March of the next year. The marks
/// ? ~ % say nothing of by how much, so they move no bound; see isQualified().
class Edtf {
 public:
  enum class Kind : std::uint8_t { unknown, instant, date, span, oneOf, allOf };

  Edtf();
  /// A day that must exist (isDay()); anything else is a bug and throws std::invalid_argument.
  [[nodiscard]] static Edtf day(int year, int month, int day);
  [[nodiscard]] static Edtf day(const Day& day) { return Edtf::day(day.year, day.month, day.day); }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const DateBounds& bounds() const { return bounds_; }
  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool isUnknown() const { return kind_ == Kind::unknown; }
  /// A whole day or an instant, without any doubt expressed.
  [[nodiscard]] bool isExact() const { return exact_; }
  [[nodiscard]] bool isInstant() const { return kind_ == Kind::instant; }
  [[nodiscard]] bool isSpan() const { return kind_ == Kind::span; }
  /// Carries ? ~ or % somewhere.
  [[nodiscard]] bool isQualified() const { return qualified_; }

  /// By text: 2006 and 2006-01/2006-12 are two things.
  bool operator==(const Edtf& other) const { return text_ == other.text_; }
  /// By earliest moment, then by latest, then by text.
  std::strong_ordering operator<=>(const Edtf& other) const;

 private:
  friend Result<Edtf> readEdtf(std::string_view text);

  std::string text_;
  DateBounds bounds_;
  Kind kind_ = Kind::unknown;
  bool exact_ = false;
  bool qualified_ = false;
};

/// Reads the forms above, also with blanks around, lower-case letters, seconds left out, and the
/// word "unknown". A usage failure says what is wrong and what to write. Reading the canonical text
/// of a plain day back allocates nothing.
[[nodiscard]] Result<Edtf> readEdtf(std::string_view text);

/// The bounds alone. The text may come from a disk: it is checked like any other.
[[nodiscard]] Result<DateBounds> dateBounds(std::string_view canonical);

}  // namespace consulta
