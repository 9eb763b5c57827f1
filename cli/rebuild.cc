// Folds the whole log anew.
#include <boost/json.hpp>
#include <ostream>

#include "cli/actors.h"
#include "cli/entering.h"
#include "cli/progress.h"
#include "cli/value_text.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

/// A register that differs more is rebuilt without looking further.
constexpr std::size_t differing_shown_max = 20;
/// The one projection there is: rows with their indexes, which are made together.
constexpr std::string_view rows_name = "rows";

/// Folds every entity anew and compares it with its row, one at a time; those that differ.
std::vector<std::string> differing(Session& session, const Register& reg, std::uint64_t& compared) {
  std::vector<std::string> out;
  Progress progress(session.err(), session.showsProgress(), session.speech()(msg("comparing")),
                    session.clock());
  reg.read([&](const State& state) {
    std::uint64_t all = 0;
    state.scan("a", [&](std::string_view) { return ++all, true; });
    for (const auto& aggregate : state.catalogue().aggregates()) {
      state.each(aggregate.tag, [&](const RowPtr& row) {
        const auto anew = state.timeline(row->head.id).fold(state.catalogue());
        if (!anew || !anew->equals(*row)) out.push_back(state.nameOf(row->head.id));
        progress.at(++compared, all);
        return out.size() < differing_shown_max;
      });
    }
  });
  return out;
}

/// With --dry-run: whether a rebuild would change anything.
int compare(Session& session, const Register& reg) {
  std::uint64_t compared = 0;
  const auto found = differing(session, reg, compared);
  if (!found.empty()) {
    return session.fail(
        damaged("rebuild.differs",
                msg("not as the history says: {entities}; \"consulta rebuild\" puts them "
                    "right",
                    arg("entities", joined(found)))));
  }
  if (session.options.json) {
    session.out() << boost::json::serialize(boost::json::object{{"compared", compared}}) << '\n';
  } else {
    session.out() << session.speech()(
                         msgs("{count} entity was folded anew and is as it stands: "
                              "a rebuild would change nothing",
                              "{count} entities were folded anew and are as they stand: "
                              "a rebuild would change nothing",
                              compared))
                  << '\n';
  }
  return 0;
}

int runRebuild(Session& session, const Arguments& arguments) {
  const auto projection = arguments.get("PROJECTION");
  if (projection && *projection != rows_name) {
    return session.fail(usage("rebuild.projection",
                              msg("there is no projection \"{name}\"; what can be made anew is: "
                                  "{all}",
                                  arg("name", excerpt(*projection)), arg("all", rows_name))));
  }
  if (auto may = checkKeepsRegister(session); !may) return session.fail(may.failures());
  auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  if (session.options.dryRun) return compare(session, **reg);
  {
    Progress progress(session.err(), session.showsProgress(), session.speech()(msg("rebuilding")),
                      session.clock());
    auto done =
        (*reg)->rebuild([&](Position at, Position all) { progress.at(at.value, all.value); });
    if (!done) return session.fail(done.failures());
  }
  if (session.options.json) {
    session.out() << boost::json::serialize(boost::json::object{{"rebuilt", (*reg)->last().value}})
                  << '\n';
  } else {
    session.out() << session.speech()(msgs("rebuilt from {count} entry",
                                           "rebuilt from {count} entries", (*reg)->last().value))
                  << '\n';
  }
  return 0;
}

}  // namespace

Command rebuildCommand() {
  Command out;
  out.name = "rebuild";
  out.makes = true;
  out.help = "Fold the whole history anew and put the result in the place of what is there";
  out.example = "rebuild";
  out.places = {Parameter{.name = "PROJECTION",
                          .help =
                              "what is to be made anew; without it everything that follows from "
                              "the history, which is the rows with their indexes",
                          .choices = {std::string(rows_name)}}};
  out.about =
      "Nothing in the history changes. The new rows are written beside the old ones and take their "
      "place at once, when all of them are there. With --dry-run nothing is written: every entity "
      "is "
      "folded anew and compared with what is there.";
  out.run = runRebuild;
  return out;
}

}  // namespace consulta
