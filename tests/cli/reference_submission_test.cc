// The reference data as a new register takes it: a submission for each group, by all the rules.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/reference.h"
#include "tests/support/story.h"

using namespace consulta;

namespace {

struct FreshRegister {
  EmptyState nothing{test::Story::catalogue()};
  Overlay state{nothing};
  test::PlainSealing sealing;
  std::size_t entered = 0;
};

std::vector<Proposal> proposals(const ReferenceGroup& group) {
  std::vector<Proposal> out;
  for (const auto line : group.entries) {
    out.push_back(orBroken(readEntry(test::Story::catalogue(), boost::json::parse(line).as_object(),
                                     EntryDefaults{})));
  }
  return out;
}

/// What is wrong with it; nothing when it was accepted.
std::string submit(FreshRegister& to, const ReferenceGroup& group) {
  auto entries = proposals(group);
  Stamp stamp;
  stamp.position = Position(to.entered + 1);
  stamp.recordedAtNs = dateBounds("2024-03-01").value().earliestNs;
  stamp.actor.low = 1;
  stamp.submission.low = to.entered + 1;
  Overlay scratch(static_cast<const State&>(to.state));
  const auto decided = decideSubmission(entries, stamp, scratch, to.sealing);
  if (!decided) return inEnglish(decided.failures().front().text);
  to.entered += decided->size();
  to.state.absorb(scratch);
  return {};
}

}  // namespace

TEST_CASE("a new register accepts the reference data group by group, and nothing follows from it") {
  FreshRegister fresh;
  for (const auto& group : referenceGroups()) {
    CAPTURE(group.name);
    CHECK(submit(fresh, group) == "");
  }
  CHECK(fresh.entered == referenceEntries().size());
  for (const auto* name : {"reference:country/UY", "reference:region/419", "reference:goal/MDG1",
                           "party:UY", "party:GRULAC", "UY", "body/IDB"}) {
    CAPTURE(name);
    CHECK(resolve(fresh.state, name, {"*"}));
  }
}
