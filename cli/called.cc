#include "cli/called.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <utility>

#include "cli/actors.h"
#include "cli/entering.h"
#include "cli/row_tree.h"
#include "engine/rules/decide.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"
#include "projections/rows/reference.h"

namespace consulta {

namespace {

/// A shorter beginning of a name is more likely a code that is not there.
constexpr std::size_t beginning_letters_min = 3;
/// How many unknown names are answered with the nearest one, which is looked for among thousands: a
/// column that is none of names is soon told from one with slips.
constexpr std::size_t guesses_max = 25;

/// "country/" is of the list country.
std::string listOf(const std::string& prefix) {
  return prefix.substr(0, prefix.size() - 1);
}

template <typename Names>
std::set<EntityId> meantBy(const Names& names, const std::string& folded) {
  std::set<EntityId> out;
  const auto [from, to] = names.equal_range(folded);
  for (auto one = from; one != to; ++one) out.insert(one->second);
  if (!out.empty() || folded.size() < beginning_letters_min) return out;
  const auto beginning = folded + " ";
  for (auto one = names.lower_bound(beginning);
       one != names.end() && one->first.starts_with(beginning); ++one) {
    out.insert(one->second);
  }
  return out;
}

}  // namespace

std::string foldName(std::string_view text) {
  const auto folded = foldLatin(text);
  std::string out;
  bool blank = false;
  for (std::string_view rest = folded; !rest.empty();) {
    const auto before = rest;
    const auto point = takeCodePoint(rest);
    if (!point) break;  // foldLatin() gives nothing but UTF-8
    if (u_isalnum(static_cast<UChar32>(*point)) == 0) {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += before.substr(0, before.size() - rest.size());
  }
  return out;
}

Result<EntityId> Called::entity(const std::vector<std::string>& kinds, const std::string& written) {
  return lookUp(kinds, "", written);
}

Result<std::string> Called::code(const std::string& list, const std::string& written) {
  const auto id = lookUp({"reference"}, list + "/", written);
  if (!id) return id.failures();
  return as<Reference>(*at_.state.row(*id)).code;
}

Result<EntityId> Called::lookUp(const std::vector<std::string>& kinds, const std::string& prefix,
                                const std::string& written) {
  std::string key = prefix + written;
  for (const auto& kind : kinds) key += '\n' + kind;
  if (const auto known = found_.find(key); known != found_.end()) return known->second;
  const auto symbol = prefix + written.substr(written.find(':') + 1);
  const bool isSymbol = written.starts_with('#') ||
                        !at_.state.named(symbol, std::nullopt).empty() ||
                        !at_.state.named(prefix + written, std::nullopt).empty();
  // A symbol wins over a name; what is no symbol is not looked for among thousands of them.
  auto found =
      isSymbol ? resolve(at_.state, prefix + written, kinds) : byName(kinds, prefix, written);
  if (isSymbol && !found) {
    if (auto named = byName(kinds, prefix, written)) found = std::move(named);
  }
  return found_.emplace(std::move(key), std::move(found)).first->second;
}

Result<EntityId> Called::byName(const std::vector<std::string>& asked, const std::string& prefix,
                                const std::string& written) {
  if (asked.front() != "*") return among(asked, asked, prefix, written);
  std::vector<std::string> all;
  for (const auto& one : at_.state.catalogue().aggregates()) {
    if (!isReference(at_.state.catalogue(), one.tag)) all.push_back(one.name);
  }
  auto found = among(all, asked, prefix, written);
  if (found || found.failures().front().rule == "reference.ambiguous") return found;
  auto item = among({"reference"}, asked, prefix, written);
  return item ? item : found;
}

Result<EntityId> Called::among(const std::vector<std::string>& kinds,
                               const std::vector<std::string>& asked, const std::string& prefix,
                               const std::string& written) {
  const auto folded = foldName(written);
  const auto what = !prefix.empty()        ? anyOf(std::vector{listOf(prefix)})
                    : asked.front() == "*" ? msg("entity")
                                           : anyOf(asked);
  if (!readNames(kinds, prefix)) {
    return refused("reference.many",
                   msg("there is no {what} with the id \"{written}\", and too many to look for one "
                       "that is called so; \"consulta find\" finds it, with its id",
                       arg("what", what), arg("written", excerpt(written))));
  }
  std::set<EntityId> meant;
  for (const auto& kind : kinds) meant.merge(meantBy(names_.at(prefix + kind), folded));
  if (meant.size() == 1) return *meant.begin();
  if (!meant.empty()) {
    std::vector<std::string> candidates;
    candidates.reserve(meant.size());
    for (const auto id : meant) candidates.push_back(shown(id, prefix));
    return usage("reference.ambiguous",
                 msg("\"{written}\" can mean {candidates}; write the one you mean in full",
                     arg("written", excerpt(written)), arg("candidates", anyOf(candidates))));
  }
  if (++unknown_ > guesses_max) {
    return refused("reference.exists", msg("there is no {what} \"{written}\" in the register",
                                           arg("what", what), arg("written", excerpt(written))));
  }
  auto unknown = resolve(at_.state, prefix + written, asked);
  if (!prefix.empty() || unknown || unknown.failures().front().rule != "reference.exists") {
    return unknown;  // why it is not there any more, or the code that is near
  }
  for (const auto& kind : kinds) {
    const auto& all = names_.at(prefix + kind);
    std::vector<std::string> names;
    for (const auto& [name, id] : all) names.push_back(name);
    const auto near = nearest(folded, names);
    if (!near) continue;
    return refused("reference.exists",
                   msg("there is no {what} \"{written}\" in the register. Did you mean {near}?",
                       arg("what", what), arg("written", excerpt(written)),
                       arg("near", at_.titledName(all.find(*near)->second))));
  }
  return unknown;
}

/// A code without its list in front: it is written so.
std::string Called::shown(EntityId id, const std::string& prefix) const {
  auto out = at_.titledName(id);
  return out.starts_with(prefix) ? out.substr(prefix.size()) : out;
}

bool Called::readNames(const std::vector<std::string>& kinds, const std::string& prefix) {
  if (tooMany_.contains(kinds)) return false;
  auto rowsLeft = rowsMax_;
  for (const auto& kind : kinds) {
    const auto* aggregate = at_.state.catalogue().aggregate(kind);
    const auto made = names_.try_emplace(prefix + kind);
    if (!made.second || aggregate == nullptr) continue;
    auto& names = made.first->second;
    bool isWhole = true;
    at_.state.each(aggregate->tag, [&](const RowPtr& row) {
      isWhole = rowsLeft != 0;
      if (!isWhole) return false;
      --rowsLeft;
      if (row->head.name().starts_with(prefix)) addNames(*row, names);
      return true;
    });
    if (isWhole) continue;
    names_.erase(made.first);
    tooMany_.insert(kinds);
    return false;
  }
  return true;
}

void Called::addNames(const Row& row, Names& names) const {
  const auto add = [&](std::string_view text) {
    auto folded = foldName(text);
    if (!folded.empty()) names.emplace(std::move(folded), row.head.id);
  };
  const auto title = titleOf(row);
  if (const auto* texts = std::get_if<RowTexts>(&title.value)) {
    for (const auto& one : texts->phrases) add(one.text);
  } else if (const auto* line = std::get_if<std::string>(&title.value)) {
    add(*line);
  } else if (const auto* sealed = std::get_if<SealedRef>(&title.value)) {
    add(at_.reveal(sealed->at, sealed->field).value_or(""));
  }
  const auto fields = row.fields();
  const auto* acronym = fields.member("acronym");
  if (acronym == nullptr) return;
  if (const auto* line = std::get_if<std::string>(&acronym->value)) add(*line);
}

Result<ActorId> Called::actor(const FieldInfo& field, const std::string& written) {
  const auto option = "--" + field.option;
  const auto key = option + " " + written;
  const auto known = actors_.find(key);
  if (known != actors_.end()) return known->second;
  return actors_.emplace(key, findActor(at_, option, written)).first->second;
}

namespace {

Result<std::vector<std::string>> eachAsEntered(
    Session& session, std::vector<std::string> written,
    const std::function<Result<std::string>(const Looking&, const std::string&)>& read) {
  const auto reg = session.reg();
  if (!reg) return reg.failures();
  Failures wrong;
  composeFrom(session, **reg, [&](const Looking& at) {
    for (auto& one : written) {
      if (auto entered = read(at, one)) {
        one = std::move(*entered);
      } else {
        std::ranges::move(std::move(entered).failures(), std::back_inserter(wrong));
      }
    }
  });
  if (!wrong.empty()) return wrong;
  return written;
}

}  // namespace

Result<std::vector<std::string>> entitiesWritten(Session& session, std::string_view option,
                                                 const std::vector<std::string>& kinds,
                                                 std::vector<std::string> written) {
  return eachAsEntered(session, std::move(written), [&](const Looking& at, const std::string& one) {
    return at.named(one, kinds, option);
  });
}

Result<std::vector<std::string>> codesWritten(Session& session, std::string_view option,
                                              const std::string& list,
                                              std::vector<std::string> written) {
  return eachAsEntered(session, std::move(written), [&](const Looking& at, const std::string& one) {
    return at.code(one, list, option);
  });
}

}  // namespace consulta
