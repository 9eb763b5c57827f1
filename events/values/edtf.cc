#include "events/values/edtf.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "events/limits.h"
#include "events/values/edtf_parts.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr auto edtf_rule = "value.date";
constexpr std::string_view unknownText = "XXXX";

Failure bad(std::string_view text, std::string_view message) {
  return usage(edtf_rule, msg(message, arg("text", excerpt(text))));
}

// What stands at one end of a span, or of a range in a set.
Result<DateEnd> readEnd(std::string_view text) {
  if (text.empty()) return DateEnd{};
  if (text == "..") return DateEnd{DateEnd::Kind::open, {}};
  if (text == unknownText) {
    return bad(text, "write an end that is unknown as nothing at all: 2006/ or /2006, not {text}");
  }
  auto point = readDatePoint(text);
  if (!point) return std::move(point).failures();
  if (point->grain == DatePoint::Grain::second) {
    return bad(text,
               "\"{text}\" is a moment; a span or a set is made of days, months or years: "
               "leave the hour out, as 2006-06-06/2006-06-10");
  }
  return DateEnd{DateEnd::Kind::date, *point};
}

Result<DateRange> readEnds(std::string_view whole, std::string_view from, std::string_view to) {
  auto first = readEnd(from);
  auto last = readEnd(to);
  if (!first) return std::move(first).failures();
  if (!last) return std::move(last).failures();
  const bool dated = first->kind == DateEnd::Kind::date;
  if (!dated && last->kind != DateEnd::Kind::date) {
    return bad(whole,
               "\"{text}\" names no date at all; write \"unknown\", or name one "
               "end, as 2006-06/..");
  }
  if (dated && last->kind == DateEnd::Kind::date &&
      boundsOf(last->point).latestNs < boundsOf(first->point).earliestNs) {
    return bad(whole, "\"{text}\" ends before it begins; write the earlier date first");
  }
  return DateRange{*first, *last, false};
}

// Puts one date or range into its canonical place.
void appendRange(std::string& out, const DateRange& range, std::string_view between) {
  const auto put = [&](const DateEnd& end) {
    if (end.kind == DateEnd::Kind::date) appendText(out, end.point);
    if (end.kind == DateEnd::Kind::open && between != "..") out += "..";
  };
  put(range.from);
  if (range.single) return;
  out += between;
  put(range.to);
}

bool isQualified(const DateRange& range) {
  return range.from.point.qualifier != 0 || range.to.point.qualifier != 0;
}

struct Parts {
  std::string text;
  DateBounds bounds;
  bool qualified = false;
};

Result<Parts> readSet(std::string_view text) {
  const char close = text.front() == '[' ? ']' : '}';
  if (text.size() < 2 || text.back() != close) {
    return bad(text,
               "\"{text}\" is a set that is not closed; write [2006-06,2006-07] for one of "
               "the two, or {2006-06,2006-07} for both");
  }
  Parts parts{std::string(1, text.front()), {}, false};
  auto rest = text.substr(1, text.size() - 2);
  bool only = true;
  for (bool more = true; more; only = only && !more) {
    const auto comma = rest.find(',');
    more = comma != rest.npos;
    auto member = readMember(trimmed(rest.substr(0, comma)));
    if (!member) return std::move(member).failures();
    if (only && !more && member->single) {
      return bad(text, "\"{text}\" is a set of one; write the date without brackets");
    }
    const auto bounds = boundsOf(*member);
    const bool first = parts.text.size() == 1;
    parts.bounds.earliestNs =
        first ? bounds.earliestNs : std::min(parts.bounds.earliestNs, bounds.earliestNs);
    parts.bounds.latestNs =
        first ? bounds.latestNs : std::max(parts.bounds.latestNs, bounds.latestNs);
    parts.qualified = parts.qualified || isQualified(*member);
    if (!first) parts.text += ',';
    appendRange(parts.text, *member, "..");
    if (more) rest.remove_prefix(comma + 1);
  }
  parts.text += close;
  return parts;
}

}  // namespace

Result<DateRange> readSpan(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == text.npos || text.find('/', slash + 1) != text.npos) {
    return bad(text,
               "\"{text}\" is not a span, which has one stroke between two dates; write "
               "2006-06/2006-07, and a day as 2006-04-06");
  }
  return readEnds(text, trimmed(text.substr(0, slash)), trimmed(text.substr(slash + 1)));
}

Result<DateRange> readMember(std::string_view text) {
  if (text.empty()) {
    return bad(text,
               "a set has a member that is empty; write the dates with commas between them, "
               "as [2006-06,2006-07]");
  }
  const auto dots = text.find("..");
  if (dots == text.npos) {
    auto date = readEnd(text);
    if (!date) return std::move(date).failures();
    return DateRange{*date, *date, true};
  }
  const auto end = [](std::string_view part) {
    return part.empty() ? std::string_view("..") : part;
  };
  const auto from = end(trimmed(text.substr(0, dots)));
  const auto to = end(trimmed(text.substr(dots + 2)));
  return readEnds(text, from, to);
}

DateBounds boundsOf(const DateRange& range) {
  auto bounds = wholeTime();
  if (range.from.kind == DateEnd::Kind::date) {
    bounds.earliestNs = boundsOf(range.from.point).earliestNs;
  }
  if (range.to.kind == DateEnd::Kind::date) bounds.latestNs = boundsOf(range.to.point).latestNs;
  return bounds;
}

DateBounds wholeTime() {
  return {dayStartNs({yearMin, 1, 1}), dayBounds({yearMax, 12, 31}).latestNs};
}

Edtf::Edtf() : text_(unknownText), bounds_(wholeTime()) {}

Edtf Edtf::day(int year, int month, int day) {
  const Day date{year, month, day};
  if (!isDay(date)) throw std::invalid_argument("Edtf::day: a day that does not exist");
  Edtf edtf;
  edtf.text_ = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  edtf.bounds_ = dayBounds(date);
  edtf.kind_ = Kind::date;
  edtf.exact_ = true;
  return edtf;
}

std::strong_ordering Edtf::operator<=>(const Edtf& other) const {
  if (const auto order = bounds_ <=> other.bounds_; order != 0) return order;
  return text_ <=> other.text_;
}

Result<Edtf> readEdtf(std::string_view text) {
  const auto source = trimmed(text);
  Edtf edtf;
  if (const auto day = plainDay(source)) {
    edtf.text_ = source;
    edtf.bounds_ = dayBounds(*day);
    edtf.kind_ = Edtf::Kind::date;
    edtf.exact_ = true;
    return edtf;
  }
  if (source.empty()) {
    return usage(edtf_rule, msg("there is no date; write a day as 2006-04-06, or \"unknown\""));
  }
  if (source.size() > limits::symbol_bytes_max) {
    return usage(edtf_rule,
                 msg("the date beginning \"{text}\" is longer than {max} bytes; write a span "
                     "as 2006-06/2006-07 and what else there is to say as a note",
                     arg("text", excerpt(source)), arg("max", limits::symbol_bytes_max)));
  }
  // Letters that no such date has stay as they were written, for what is said about them.
  const bool hasOthers =
      source.find_first_not_of("0123456789-+/.,[]{}~?%: TtZzXxYyEeSs") != source.npos;
  auto upper = hasOthers ? std::string(source) : asciiUpper(source);
  if (upper.size() > 11 && upper[10] == ' ' && plainDay(source.substr(0, 10)) &&
      isDigit(upper[11])) {
    upper[10] = 'T';
  }
  if (upper == unknownText || asciiUpper(source) == "UNKNOWN") return edtf;
  if (upper.front() == '[' || upper.front() == '{') {
    auto set = readSet(upper);
    if (!set) return std::move(set).failures();
    edtf.text_ = std::move(set->text);
    edtf.bounds_ = set->bounds;
    edtf.qualified_ = set->qualified;
    edtf.kind_ = upper.front() == '[' ? Edtf::Kind::oneOf : Edtf::Kind::allOf;
    return edtf;
  }
  edtf.text_.clear();
  if (upper.find('/') != upper.npos) {
    const auto span = readSpan(upper);
    if (!span) return span.failures();
    appendRange(edtf.text_, *span, "/");
    edtf.bounds_ = boundsOf(*span);
    edtf.qualified_ = isQualified(*span);
    edtf.kind_ = Edtf::Kind::span;
    return edtf;
  }
  const auto point = readDatePoint(upper);
  if (!point) return point.failures();
  appendText(edtf.text_, *point);
  edtf.bounds_ = boundsOf(*point);
  edtf.qualified_ = point->qualifier != 0;
  edtf.kind_ = point->grain == DatePoint::Grain::second ? Edtf::Kind::instant : Edtf::Kind::date;
  edtf.exact_ = edtf.kind_ == Edtf::Kind::instant ||
                (point->grain == DatePoint::Grain::day && point->day != 0 && !edtf.qualified_);
  return edtf;
}

Result<DateBounds> dateBounds(std::string_view canonical) {
  if (const auto day = plainDay(canonical)) return dayBounds(*day);
  auto edtf = readEdtf(canonical);
  if (!edtf) return std::move(edtf).failures();
  return edtf->bounds();
}

}  // namespace consulta
