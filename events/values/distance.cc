#include "events/values/distance.h"

#include <algorithm>
#include <vector>

#include "events/limits.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

std::u32string letters(std::string_view word) {
  const auto folded = foldLatin(word);
  std::string_view rest = folded;
  std::u32string out;
  while (const auto point = takeCodePoint(rest)) out += *point;
  return out;
}

std::size_t distance(const std::u32string& a, const std::u32string& b) {
  // Rows i-2, i-1 and i of the usual table: a swap of neighbours looks two rows back.
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(above);
    above.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

bool isLong(std::string_view word) {
  return word.size() > limits::symbol_bytes_max;
}

}  // namespace

std::size_t editDistance(std::string_view a, std::string_view b) {
  if (isLong(a) || isLong(b)) return std::max(a.size(), b.size());
  return distance(letters(a), letters(b));
}

namespace {

/// The only name that begins with `wanted`; the same name may stand there several times.
const std::string* onlyBeginning(const std::u32string& wanted, std::span<const std::string> names) {
  const std::string* found = nullptr;
  for (const auto& name : names) {
    if (isLong(name) || !letters(name).starts_with(wanted)) continue;
    if (found != nullptr && *found != name) return nullptr;
    found = &name;
  }
  return found;
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> names) {
  if (isLong(word)) return std::nullopt;
  const auto wanted = letters(word);
  const std::size_t allowed = wanted.size() < 3 ? 0 : std::max<std::size_t>(1, wanted.size() / 3);
  std::size_t best = allowed + 1;
  const std::string* found = nullptr;
  for (const auto& name : names) {
    if (isLong(name)) continue;
    const auto candidate = letters(name);
    const auto longer = std::max(candidate.size(), wanted.size());
    if (longer - std::min(candidate.size(), wanted.size()) >= best) continue;
    const auto steps = distance(wanted, candidate);
    if (steps < best) {
      best = steps;
      found = &name;
    }
  }
  if (found == nullptr && wanted.size() >= 3) found = onlyBeginning(wanted, names);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

}  // namespace consulta
