// consulta find WORD ...: entities by what is written in them, best first.
#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <ostream>
#include <tuple>

#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "events/values/utf8.h"
#include "projections/search.h"

namespace consulta {

namespace {

namespace json = boost::json;

/// Best hits kept: all the memory that a search takes, however large the register.
constexpr std::int64_t hits_max = 10'000;
constexpr std::int64_t hits_shown = 50;
constexpr std::size_t excerpt_letters_min = 20;
constexpr std::size_t excerpt_letters = 200;
constexpr std::size_t indent = 4;

struct Hit {
  EntityId id;
  std::uint16_t aggregate = 0;
  bool reference = false;
  SearchHit found;

  /// Best first; what the product ships as reference data behind what was entered; then as the
  /// register holds them.
  [[nodiscard]] auto rank() const { return std::tuple(found.fit, reference, aggregate, id); }
};

struct Hits {
  std::vector<Hit> best;  // in order
  std::size_t all = 0;

  void add(Hit hit, std::size_t most) {
    ++all;
    if (best.size() == most && best.back().rank() < hit.rank()) return;
    const auto place = std::ranges::upper_bound(best, hit.rank(), {}, &Hit::rank);
    best.insert(place, std::move(hit));
    if (best.size() > most) best.pop_back();
  }
};

Hits lookFor(const Looking& at, Search& search, const std::vector<const AggregateInfo*>& kinds,
             std::size_t most) {
  Hits out;
  for (const auto* kind : kinds) {
    const bool reference = isReference(at.state.catalogue(), kind->tag);
    at.state.each(kind->tag, [&](const RowPtr& row) {
      if (auto found = search.in(*row)) {
        out.add(Hit{row->head.id, kind->tag, reference, std::move(*found)}, most);
      }
      return true;
    });
  }
  return out;
}

/// What was found stands out: bold where there is colour, else between asterisks.
std::string marked(const FoundText& text, const Terminal& terminal) {
  std::string out;
  std::size_t from = 0;
  const auto piece = [&](std::size_t begin, std::size_t end) {
    return forTerminal(std::string_view(text.excerpt).substr(begin, end - begin));
  };
  for (const auto& [begin, end] : text.marks) {
    out += piece(from, begin);
    out += terminal.colour ? styled(Style::bold, piece(begin, end), true)
                           : "*" + piece(begin, end) + "*";
    from = end;
  }
  return out + piece(from, text.excerpt.size());
}

std::string fieldLabel(const Looking& at, const FoundText& text) {
  const auto view = at.view();
  std::string out;
  std::string_view rest = text.field;
  while (!rest.empty()) {
    const auto dot = rest.find('.');
    if (!out.empty()) out += ", ";
    out += words(rest.substr(0, dot), view);
    rest = dot == rest.npos ? std::string_view() : rest.substr(dot + 1);
  }
  if (!text.language.empty()) out += " [" + forTerminal(text.language) + "]";
  if (text.personal) out += " " + at.say("(personal)");
  return out;
}

void printText(const Looking& at, const Hits& hits) {
  auto& out = at.session.out();
  const auto& terminal = at.session.terminal;
  at.head();
  for (const auto& hit : hits.best) {
    const auto row = at.state.row(hit.id);
    const auto front = words(at.state.catalogue().aggregate(hit.aggregate).name, at.view()) + " ";
    const auto symbol = at.symbolOf(hit.id);
    auto rest = at.states(*row);
    if (const auto title = at.title(*row); !title.empty())
      rest += (rest.empty() ? "" : "; ") + title;
    if (at.possibly(hit.id)) rest += " (" + at.say("possibly") + ")";
    const auto used = columns(front) + columns(symbol) + 2;
    out << front << styled(Style::bold, symbol, terminal.colour);
    if (terminal.width > used + 1) out << "  " << shortened(rest, terminal.width - used);
    out << '\n';
    for (const auto& text : hit.found.texts) {
      const auto label = fieldLabel(at, text) + ":";
      out << std::string(indent, ' ') << styled(Style::dim, label, terminal.colour);
      const auto stars = 2 * text.marks.size();
      const bool fits =
          indent + columns(label) + 1 + columns(text.excerpt) + stars <= terminal.width;
      out << (fits ? " " : "\n" + std::string(2 * indent, ' ')) << marked(text, terminal) << '\n';
    }
  }
}

void printJson(const Looking& at, const Hits& hits) {
  static constexpr std::array<std::string_view, 5> names = {"symbol", "in-symbol", "word-start",
                                                            "inside", "related"};
  for (const auto& hit : hits.best) {
    json::array matches;
    for (const auto& text : hit.found.texts) {
      json::object one{{"field", text.field}, {"excerpt", text.excerpt}};
      if (!text.language.empty()) one["language"] = text.language;
      if (text.personal) one["personal"] = true;
      json::array found;
      for (const auto& [begin, end] : text.marks) {
        found.emplace_back(text.excerpt.substr(begin, end - begin));
      }
      one["found"] = std::move(found);
      matches.push_back(std::move(one));
    }
    json::object object{{"id", at.state.nameOf(hit.id)},
                        {"aggregate", at.state.catalogue().aggregate(hit.aggregate).name},
                        {"fit", names.at(static_cast<std::size_t>(hit.found.fit))},
                        {"matches", std::move(matches)}};
    if (at.possibly(hit.id)) object["possibly"] = true;
    at.session.out() << json::serialize(object) << '\n';
  }
}

int runFind(Session& session, const Arguments& arguments) {
  std::vector<const AggregateInfo*> kinds;
  Failures failures;
  for (const auto& written : arguments.all("aggregate")) {
    const auto kind = readAggregate(session.catalogue(), written);
    if (kind) {
      kinds.push_back(*kind);
    } else {
      std::ranges::copy(kind.failures(), std::back_inserter(failures));
    }
  }
  if (kinds.empty()) {
    for (const auto& one : session.catalogue().aggregates()) kinds.push_back(&one);
  }
  const auto limit =
      readNumber("limit", arguments.get("limit").value_or(std::to_string(hits_shown)), 1, hits_max);
  if (!limit) std::ranges::copy(limit.failures(), std::back_inserter(failures));
  if (!failures.empty()) return session.fail(failures);
  return look(session, [&](const Looking& at) {
    const auto reveal = [&](Position position, std::string_view field) {
      return at.reveal(position, field);
    };
    const auto width = session.terminal.width * 3 / 5;
    auto search =
        Search::read(arguments.all("WORD"), reveal,
                     session.options.json ? excerpt_letters : std::max(excerpt_letters_min, width));
    if (!search) return session.fail(search.failures());
    const auto hits = lookFor(at, *search, kinds, static_cast<std::size_t>(*limit));
    if (session.options.json) {
      printJson(at, hits);
    } else {
      printText(at, hits);
    }
    if (hits.all == 0) session.say(msg("nothing in the register has all of these words"));
    if (hits.all > hits.best.size()) {
      session.say(msg("{count} more; --limit shows as many as you like, and another word fewer",
                      arg("count", hits.all - hits.best.size())));
    }
    return 0;
  });
}

}  // namespace

Command findCommand() {
  Command out;
  out.name = "find";
  out.help = "Find entities by words in their texts, references, symbols and names";
  out.example = "find energia renovable --aggregate meeting";
  out.about =
      "Capitals and accents do not matter, part of a word is enough, and texts are looked into in "
      "every language. All words must be found in the same entity; words in quotes are found as "
      "they stand together. What is found as a symbol comes first, then beginnings of words, then "
      "parts of words, then words that differ in their ending. Personal values are looked into as "
      "far as you may see them, and are marked so. With --json each line is one entity.";
  out.places = {
      Parameter{.name = "WORD", .help = "what to look for", .required = true, .repeats = true}};
  out.options = {
      Parameter{.name = "aggregate",
                .value = "AGGREGATE",
                .help = "only entities of this kind",
                .repeats = true,
                .names = Names::aggregate},
      Parameter{.name = "limit", .value = "N", .help = "at most so many; without it 50"},
  };
  out.run = runFind;
  return out;
}

}  // namespace consulta
