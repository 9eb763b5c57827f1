// The readers of whole entries: JSON from an import, bytes from the disk, and filters over them.
#include <kj/exception.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <string>

#include "cli/filter.h"
#include "events/entry_json.h"
#include "events/limits.h"
#include "projections/overlay.h"
#include "projections/record_filter.h"
#include "tests/events/sample_entries.h"
#include "tests/fuzz/promises.h"
#include "tests/fuzz/targets.h"

namespace consulta::test {
namespace {

const Catalogue& catalogue() {
  static const Catalogue all;  // it never changes
  return all;
}

/// As "#17" is written: the only kind of reference that needs no register to be resolved.
bool isPosition(std::string_view written) {
  constexpr std::size_t digits_max = 18;
  if (written.size() < 2 || written.size() > digits_max + 1 || written[0] != '#') return false;
  return written[1] != '0' && written.find_first_not_of("0123456789", 1) == written.npos;
}

/// Whether the register would have nothing to look up before it stores the entry.
bool standsAlone(const Proposal& proposal) {
  if (proposal.correction) return false;
  return std::ranges::all_of(proposal.refs,
                             [](const auto& ref) { return isPosition(ref.written); });
}

void promisePrintsBack(const boost::json::object& entry, const Proposal& proposal) {
  std::map<std::string, std::string, std::less<>> personal;
  for (const auto& one : proposal.personal) personal[one.field] = one.value;
  JsonView view;
  view.reveal = [&](Position, std::string_view field) -> std::optional<std::string> {
    const auto found = personal.find(field);
    if (found == personal.end()) return std::nullopt;
    return found->second;
  };
  const auto record = sampleRecord(catalogue(), *proposal.act, entry);
  const auto printed = entryJson(catalogue(), record->get(), view);
  const auto again = readEntry(catalogue(), printed, EntryDefaults{});
  promise(again.ok(), "what is printed can be read");
  const auto back = sampleRecord(catalogue(), *again->act, printed);
  promise(encode(back->get()) == encode(record->get()), "what is printed reads back as the same");
}

}  // namespace

void fuzzFilter(std::span<const std::byte> input) {
  const auto text = textOf(input);
  const auto condition = readCondition(text);
  if (condition) {
    promise(!condition->path.empty(), "a condition is about a field");
    const auto again = readCondition(condition->written);
    promise(again.ok() && again->path == condition->path && again->value == condition->value,
            "a condition reads back as the same");
  } else {
    promiseSaid(condition.failures());
  }
  const auto order = readOrder(text);
  if (!order) promiseSaid(order.failures());
  const EmptyState nothing(catalogue());
  const auto filter = RecordFilter::read(nothing, text);
  if (!filter) promiseSaid(filter.failures());
}

void fuzzEntry(std::span<const std::byte> input) {
  boost::json::parse_options options;
  options.max_depth = limits::json_depth_max;
  boost::system::error_code wrong;
  const auto value = boost::json::parse(textOf(input), wrong, {}, options);
  if (wrong || !value.is_object()) return;
  const auto proposal = readEntry(catalogue(), value.get_object(), EntryDefaults{});
  if (!proposal) return promiseSaid(proposal.failures());
  promise(proposal->act != nullptr, "an entry is of a type");
  if (standsAlone(*proposal)) promisePrintsBack(value.get_object(), *proposal);
}

/// A record whose bytes are a message but not one of this schema is damage that Cap'n Proto reports
/// by an exception when it is looked at.
void fuzzRecord(std::span<const std::byte> input) {
  const auto bytes = textOf(input);
  const auto record = Record::read(Position(100), bytes);
  if (!record) return promiseSaid(record.failures());
  promise(encode((*record)->get()) == bytes, "a record is stored as it was read");
  try {
    const auto printed = entryJson(catalogue(), (*record)->get(), JsonView{});
    promise(!printed.empty(), "a record can be printed");
    const EmptyState nothing(catalogue());
    Overlay folded(nothing);
    folded.add(*record);
  } catch (const kj::Exception&) {
    return;
  }
}

}  // namespace consulta::test
