// What may be written for --each, and what belongs to it.
#include <fmt/format.h>

#include "cli/each.h"
#include "cli/each_columns.h"
#include "cli/each_rows.h"
#include "cli/each_source.h"

namespace consulta {

Status checkEachAbsent(const Arguments& arguments) {
  Failures failures;
  for (const auto* option : {"except", "each-as", "map"}) {
    if (!arguments.has(option)) continue;
    failures.push_back(usage("each.alone", msg("--{option} belongs to --each GROUP or --each "
                                               "FILE.csv, which is missing",
                                               arg("option", option))));
  }
  if (!failures.empty()) return failures;
  return Done{};
}

void addEachOptions(const EventInfo& act, Command& command) {
  command.example += "\n" + command.name + " --each list.csv --dry-run";
  command.options.push_back({.name = "each",
                             .value = "GROUP|FILE.csv",
                             .help =
                                 "one entry for each member of the group, or for each row of the "
                                 "spreadsheet, all or nothing",
                             .file = true,
                             .ending = "csv",
                             .names = Names::group});
  command.options.push_back({.name = "except",
                             .value = "ID",
                             .help = "with --each: leave out what names it",
                             .repeats = true,
                             .refs = {"party"}});
  Parameter as{.name = "each-as",
               .value = "FIELD",
               .help = "with --each GROUP: the field that the member fills"};
  for (const auto* field : memberFields(act)) as.choices.push_back(field->option);
  if (!as.choices.empty()) command.options.push_back(std::move(as));
  command.options.push_back({.name = "map",
                             .value = "COLUMN=FIELD",
                             .help = "with --each FILE.csv: what a column is; nothing after the = "
                                     "passes it over",
                             .repeats = true});
  // What may be written for --map follows from the file that was written for --each.
  command.further = [&act, map = command.options.back()](Session& session,
                                                         const Arguments& arguments) {
    auto out = map;
    for (const auto& heading : headingsOf(session, arguments.at("each"))) {
      out.choices.push_back(heading + "=");
      for (const auto& name : columnNames(act)) {
        out.choices.push_back(fmt::format("{}={}", heading, name));
      }
    }
    return std::vector<Parameter>{std::move(out)};
  };
}

}  // namespace consulta
