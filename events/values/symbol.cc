#include "events/values/symbol.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "events/limits.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr auto symbol_rule = "value.symbol";

// The kinds in use, as they are written.
constexpr std::array<std::string_view, 15> kinds = {"Res", "Dec", "INF", "Rev",  "Corr",
                                                    "Add", "L",   "CRP", "SR",   "PV",
                                                    "NGO", "WP",  "PM",  "Misc", "Conf"};

Failure bad(std::string_view text, std::string_view message, std::string_view part = {}) {
  return usage(symbol_rule, msg(message, arg("text", excerpt(text)), arg("part", excerpt(part))));
}

// A number from 1 to 99999 without leading zeros.
std::optional<std::uint32_t> readNumber(std::string_view text) {
  if (text.empty() || text.size() > 5 || text.front() == '0') return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text) {
    if (!isDigit(c)) return std::nullopt;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return value;
}

Result<std::string> readKind(std::string_view text, std::string_view kind) {
  const auto wanted = asciiLower(kind);
  for (const auto known : kinds) {
    if (asciiLower(known) == wanted) return std::string(known);
  }
  const std::vector<std::string> names(kinds.begin(), kinds.end());
  if (const auto near = nearest(kind, names)) {
    return usage(symbol_rule,
                 msg("\"{part}\" in \"{text}\" is no part of a symbol; did you mean {near}? "
                     "Write it as GC.11/{near}.1",
                     arg("part", excerpt(kind)), arg("text", excerpt(text)), arg("near", *near)));
  }
  return bad(
      text,
      "\"{part}\" in \"{text}\" is no part of a symbol; write Res, Dec, INF, Rev, Corr, Add, "
      "L or CRP with a number, as GC.11/Res.1, or a number alone, as IDB.31/10",
      kind);
}

Result<SymbolPart> readPart(std::string_view text, std::string_view part) {
  if (part.empty()) {
    return bad(text, "\"{text}\" has nothing between or after its strokes; write it as IDB.31/10");
  }
  if (isDigit(part.front())) {
    const auto number = readNumber(part);
    if (number) return SymbolPart{{}, *number};
    return bad(text,
               "the number \"{part}\" in \"{text}\" cannot be read; write 1 to 99999 without "
               "zeros in front, as IDB.31/10",
               part);
  }
  const auto dot = part.find('.');
  auto kind = readKind(text, part.substr(0, dot));
  if (!kind) return std::move(kind).failures();
  if (dot == part.npos) {
    if (*kind == "INF") return SymbolPart{*kind, 0};
    return usage(symbol_rule,
                 msg("{kind} in \"{text}\" needs its number; write it as GC.11/{kind}.1",
                     arg("kind", *kind), arg("text", excerpt(text))));
  }
  const auto number = readNumber(part.substr(dot + 1));
  if (!number) {
    return bad(text,
               "\"{part}\" in \"{text}\" needs a number from 1 after its dot; write it as "
               "GC.11/Res.1",
               part);
  }
  return SymbolPart{*kind, *number};
}

Result<SymbolSeries> readSeries(std::string_view text, std::string_view one) {
  const auto stroke = one.find('/');
  const auto head = one.substr(0, stroke);
  const auto dot = head.find('.');
  const auto body = head.substr(0, dot);
  if (body.size() < 2 || body.size() > 10 ||
      !std::ranges::all_of(body, [](char c) { return isAsciiLetter(c); })) {
    return bad(text,
               "\"{text}\" does not begin with a body, two to ten letters as GC or IDB; write "
               "it as IDB.31/10");
  }
  const auto session = dot == head.npos ? std::nullopt : readNumber(head.substr(dot + 1));
  if (!session) {
    return bad(text,
               "\"{text}\" does not name a session by its number after the body and a dot; "
               "write it as IDB.31/10");
  }
  if (stroke == one.npos) {
    return bad(text,
               "\"{text}\" names a session and no document of it; add the document, as "
               "IDB.31/10 or GC.11/Res.1");
  }
  SymbolSeries series{asciiUpper(body), *session, {}};
  auto rest = one.substr(stroke + 1);
  for (bool more = true; more;) {
    const auto next = rest.find('/');
    auto part = readPart(text, rest.substr(0, next));
    if (!part) return std::move(part).failures();
    series.parts.push_back(*std::move(part));
    more = next != rest.npos;
    if (more) rest.remove_prefix(next + 1);
  }
  return series;
}

}  // namespace

Result<DocumentSymbol> readSymbol(std::string_view text) {
  auto rest = trimmed(text);
  const auto whole = rest;
  if (whole.empty()) {
    return usage(symbol_rule, msg("there is no symbol; write one as IDB.31/10 or GC.11/Res.1"));
  }
  if (whole.size() > limits::symbol_bytes_max) {
    return usage(symbol_rule,
                 msg("the symbol beginning \"{text}\" is longer than {max} bytes; write it as "
                     "IDB.31/10",
                     arg("text", excerpt(whole)), arg("max", limits::symbol_bytes_max)));
  }
  DocumentSymbol symbol;
  for (bool more = true; more;) {
    const auto dash = rest.find('-');
    auto series = readSeries(whole, rest.substr(0, dash));
    if (!series) return std::move(series).failures();
    symbol.series.push_back(*std::move(series));
    more = dash != rest.npos;
    if (more) rest.remove_prefix(dash + 1);
  }
  return symbol;
}

std::string toText(const DocumentSymbol& symbol) {
  std::string out;
  for (const auto& series : symbol.series) {
    if (!out.empty()) out += '-';
    out += fmt::format("{}.{}", series.body, series.session);
    for (const auto& part : series.parts) {
      out += '/';
      out += part.kind;
      if (part.number == 0) continue;
      if (!part.kind.empty()) out += '.';
      out += std::to_string(part.number);
    }
  }
  return out;
}

}  // namespace consulta
