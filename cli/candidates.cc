#include "cli/candidates.h"

#include <algorithm>
#include <optional>

#include "cli/row_tree.h"
#include "events/values/utf8.h"
#include "projections/rows.h"
#include "projections/rows/party.h"

namespace consulta {

namespace {

/// Keys of the index that are looked at; beyond them the rest of a very large register is not seen.
constexpr std::size_t keys_scanned_max = 200'000;
/// A name is looked for only when it is not likely to be the beginning of a code.
constexpr std::size_t name_letters_min = 3;

constexpr std::string_view reference = "reference";

/// Rows that one answer may still read.
class RowsLeft {
 public:
  explicit RowsLeft(std::size_t most) : left_(most) {}
  /// Visits rows of the aggregate until `visit` returns false or none may be read any more.
  void each(const State& state, std::uint16_t aggregate,
            const std::function<bool(const Row&)>& visit) {
    if (left_ == 0) return;
    state.each(aggregate, [&](const RowPtr& row) { return visit(*row) && --left_ != 0; });
  }

 private:
  std::size_t left_;
};

struct Found {
  EntityId id;
  std::string symbol;  // folded
};

struct SymbolKey {
  std::string_view symbol;
  std::uint16_t aggregate = 0;
};

/// 's' symbol 0 aggregate(2) id(8)
SymbolKey readSymbolKey(std::string_view key) {
  constexpr std::size_t tail = 2 + 8;
  const auto high = static_cast<unsigned char>(key[key.size() - tail]);
  const auto low = static_cast<unsigned char>(key[key.size() - tail + 1]);
  return {key.substr(1, key.size() - tail - 2), static_cast<std::uint16_t>((high << 8U) | low)};
}

/// The beginning that the keys of all symbols share that begin with `text`.
std::string keysOfSymbolsLike(std::string_view text) {
  auto out = symbolKeys(text);
  out.pop_back();  // the end of the symbol
  return out;
}

std::vector<Found> scanSymbols(const State& state, std::string_view beginning, std::size_t most,
                               const std::function<bool(std::uint16_t)>& wanted) {
  std::vector<Found> out;
  std::optional<Found> last;
  std::size_t scanned = 0;
  state.scan(keysOfSymbolsLike(beginning), [&](std::string_view key) {
    const auto one = readSymbolKey(key);
    if (wanted(one.aggregate)) {
      Found found{keyedId(key), std::string(one.symbol)};
      if (out.size() < most) {
        out.push_back(std::move(found));
      } else {
        last = std::move(found);
      }
    }
    return ++scanned < keys_scanned_max;
  });
  if (last && !out.empty()) out.back() = *last;
  return out;
}

/// The symbol as people write it; a former name only while it is what is being written.
std::optional<std::string> writtenSymbol(const Row& row, const std::string& folded, bool former) {
  if (foldSymbol(row.head.name()) == folded) return row.head.name();
  if (!former) return std::nullopt;
  for (const auto& symbol : row.head.symbols) {
    if (foldSymbol(symbol.text) == folded) return symbol.text;
  }
  return std::nullopt;
}

bool namedLike(const Row& row, const std::string& folded) {
  const auto title = titleOf(row);
  if (const auto* line = std::get_if<std::string>(&title.value)) {
    return foldLatin(*line).starts_with(folded);
  }
  const auto* texts = std::get_if<RowTexts>(&title.value);
  return texts != nullptr && std::ranges::any_of(texts->phrases, [&](const auto& phrase) {
           return foldLatin(phrase.text).starts_with(folded);
         });
}

}  // namespace

std::vector<Candidate> entitiesLike(const Looking& at, const std::vector<std::string>& kinds,
                                    std::string_view written, std::size_t most,
                                    std::size_t rowsMax) {
  const auto& catalogue = at.state.catalogue();
  const AggregateInfo* only = nullptr;
  auto beginning = written;
  if (const auto colon = written.find(':'); colon != written.npos) {
    only = catalogue.aggregate(written.substr(0, colon));
    if (only != nullptr) beginning = written.substr(colon + 1);
  }
  const bool any = kinds.size() == 1 && kinds.front() == "*";
  const bool references = beginning.find('/') != beginning.npos;
  const auto wanted = [&](std::uint16_t tag) {
    const auto& info = catalogue.aggregate(tag);
    if (only != nullptr && &info != only) return false;
    if (any) return only != nullptr || references || info.name != reference;
    return std::ranges::find(kinds, info.name) != kinds.end();
  };
  std::vector<Candidate> out;
  const auto add = [&](const Row& row, const std::string& symbol) {
    const auto& name = catalogue.aggregate(row.aggregate()).name;
    const bool inFull = only != nullptr || at.state.named(symbol, std::nullopt).size() > 1;
    out.push_back({inFull ? name + ":" + symbol : symbol, at.title(row)});
  };
  for (const auto& one : scanSymbols(at.state, beginning, most, wanted)) {
    const auto row = at.state.row(one.id);
    if (!row) continue;
    if (const auto symbol = writtenSymbol(*row, one.symbol, !beginning.empty())) add(*row, *symbol);
  }
  if (!out.empty() || beginning.size() < name_letters_min) return out;
  const auto folded = foldLatin(beginning);
  RowsLeft left(rowsMax);
  for (const auto& aggregate : catalogue.aggregates()) {
    if (!wanted(aggregate.tag) || out.size() >= most) continue;
    left.each(at.state, aggregate.tag, [&](const Row& row) {
      if (namedLike(row, folded)) add(row, row.head.name());
      return out.size() < most;
    });
  }
  return out;
}

std::vector<Candidate> groupsLike(const Looking& at, std::string_view written, std::size_t most) {
  std::vector<Candidate> out;
  const auto folded = foldSymbol(written);
  RowsLeft left(limits::names_scanned_max);
  left.each(at.state, Party::aggregate, [&](const Row& row) {
    const bool wanted = as<Party>(row).kind == schema::PartyKind::GROUP &&
                        foldSymbol(row.head.name()).starts_with(folded);
    if (wanted) out.push_back({row.head.name(), at.title(row)});
    return out.size() < most;
  });
  return out;
}

std::vector<Candidate> codesLike(const Looking& at, std::string_view list, std::string_view written,
                                 std::size_t most) {
  const auto* references = at.state.catalogue().aggregate(reference);
  std::vector<Candidate> out;
  if (references == nullptr) return out;
  const auto wanted = [&](std::uint16_t tag) { return tag == references->tag; };
  const auto add = [&](const Row& row) {
    const auto symbol = row.head.name();
    out.push_back({symbol.substr(symbol.find('/') + 1), at.title(row)});
  };
  const auto all = std::string(list) + "/";
  for (const auto& one : scanSymbols(at.state, all + std::string(written), most, wanted)) {
    if (const auto row = at.state.row(one.id)) add(*row);
  }
  if (!out.empty() || written.size() < name_letters_min) return out;
  const auto folded = foldLatin(written);
  for (const auto& one : scanSymbols(at.state, all, limits::names_scanned_max, wanted)) {
    if (out.size() >= most) break;
    const auto row = at.state.row(one.id);
    if (row && namedLike(*row, folded)) add(*row);
  }
  return out;
}

}  // namespace consulta
