#include "engine/server/submission_text.h"

#include <boost/json.hpp>
#include <utility>

#include "events/exact_json.h"
#include "events/limits.h"

namespace consulta {

namespace json = boost::json;

namespace {

Result<Proposal> readOne(const Catalogue& catalogue, const json::value& entry,
                         const EntryDefaults& defaults) {
  if (const auto* object = entry.if_object()) return readEntry(catalogue, *object, defaults);
  return usage("submission.entry", msg("an entry is a JSON object with \"type\", \"entity\", "
                                       "\"occurred\" and \"data\""));
}

}  // namespace

Result<std::vector<Proposal>> readSubmissionText(const Catalogue& catalogue,
                                                 const std::string& text,
                                                 const EntryDefaults& defaults) {
  auto value = readExactJson(text);
  if (!value) return std::move(value).failures();
  std::vector<Proposal> out;
  auto* list = value->if_array();
  if (list == nullptr) {
    auto one = readOne(catalogue, *value, defaults);
    if (!one) return std::move(one).failures();
    out.push_back(std::move(one).value());
    return out;
  }
  if (list->empty() || list->size() > limits::submission_entries_max) {
    return usage("submission.entries",
                 msg("a submission has 1 to {max} entries, not {count}",
                     arg("max", limits::submission_entries_max), arg("count", list->size())));
  }
  Failures failures;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto one = readOne(catalogue, (*list)[i], defaults);
    if (one) {
      out.push_back(std::move(one).value());
      continue;
    }
    for (auto failure : std::move(one).failures()) {
      failure.text =
          msg("entry {number}: {why}", arg("number", i + 1), arg("why", std::move(failure.text)));
      failures.push_back(std::move(failure));
    }
  }
  if (!failures.empty()) return failures;
  return out;
}

}  // namespace consulta
