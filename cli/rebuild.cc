// Folds the whole log anew.
#include <boost/json.hpp>
#include <ostream>

#include "cli/entering.h"
#include "cli/progress.h"

namespace consulta {

namespace {

int run(Session& session, const Arguments&) {
  auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
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
    session.out() << session.speech()(
                         msg("rebuilt from {count} entries", arg("count", (*reg)->last().value)))
                  << '\n';
  }
  return 0;
}

}  // namespace

Command rebuildCommand() {
  Command out;
  out.name = "rebuild";
  out.help = "Fold the whole history anew and put the result in the place of what is there";
  out.example = "rebuild";
  out.about =
      "Nothing in the history changes. The new rows are written beside the old ones and take their "
      "place at once, when all of them are there.";
  out.run = run;
  return out;
}

}  // namespace consulta
