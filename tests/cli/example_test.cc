// The standing example: the history of the regional programme, entered by its script.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"

namespace consulta::test {

namespace json = boost::json;

namespace {

/// All entries, each a line of JSON.
std::vector<std::string> entries(const std::string& data) {
  const auto log = runProgram({"--data", data, "--json", "log"});
  REQUIRE(log.code == 0);
  std::vector<std::string> out;
  std::istringstream lines(log.out);
  for (std::string line; std::getline(lines, line);) out.push_back(line);
  return out;
}

}  // namespace

TEST_CASE("the history of the regional programme is entered as a clerk would and reads as told") {
  const TempDir directory;
  const auto data = (directory.path() / "register").string();
  REQUIRE(runProgram({"--data", data, "init", "--organization", "en:UNIDO", "--time-zone",
                      "Europe/Vienna"})
              .code == 0);
  const auto shipped = entries(data).size();
  const auto folder = std::filesystem::path(CONSULTA_PROGRAM).parent_path().string();
  const auto command = "CONSULTA_DATA='" + data + "' PATH='" + folder +
                       "':$PATH bash '" CONSULTA_SOURCE_DIR
                       "/cli/examples/programme-regional-lac.sh'";
  REQUIRE(std::system(command.c_str()) == 0);  // NOLINT: the script is a shell's

  // Every entry of the script says where it stands.
  const auto after = entries(data);
  CHECK(after.size() > shipped + 50);
  for (auto i = shipped; i < after.size(); ++i) {
    INFO(after[i]);
    const auto entry = json::parse(after[i]).as_object();
    REQUIRE(entry.contains("sources"));
    CHECK(json::serialize(entry.at("sources")).find("DG-REPORT-LAC") != std::string::npos);
  }

  const auto show = [&](const char* id) {
    const auto run = runProgram({"--data", data, "--json", "show", id});
    INFO(run.err);
    REQUIRE(run.code == 0);
    return json::serialize(json::parse(run.out));
  };
  const auto has = [](const std::string& text, const char* part) {
    INFO(part << " in " << text);
    CHECK(text.find(part) != text.npos);
  };
  const auto lacks = [](const std::string& text, const char* part) {
    INFO(part << " in " << text);
    CHECK(text.find(part) == text.npos);
  };
  // The head: the report's own symbol is not known. § 6: taking note is proposed, not taken.
  const auto report = show("DG-REPORT-LAC");
  has(report, "takes-note");
  has(report, "proposedActions");
  lacks(report, "IDB.31/");
  // § 1: a request before a session whose dates are not known; three circles.
  has(show("GC.11/Res.1"), "IDB.31");
  const auto mechanism = show("MECH-LAC");
  for (const char* part :
       {"being-elaborated", "member-states", "regional-group", "countries-and-stakeholders",
        "consensual", "lasting", "comprehensive", "resource-mobilization", "permanent-missions"}) {
    has(mechanism, part);
  }
  // § 3: areas, goals and the imprecise first meeting, in the words of the source.
  const auto programme = show("PROG-LAC");
  for (const char* part : {"poverty-reduction", "trade-capacity", "environment-energy", "MDG8",
                           "results-based-management", "strategic-alliances"}) {
    has(programme, part);
  }
  has(show("MTG-EXPERT-2006"), "2006-06/2006-07");
  has(show("MTG-EXPERT-2006"), "juin-juillet 2006");
  // § 4: signed, entry into force not stated; South-South and other regions are two things.
  const auto mou = show("MOU-SEGIB-2006");
  has(mou, "signed-by-all");
  has(mou, "2006-04-06");
  lacks(mou, "on-last-signature");
  has(show("EXC-SOUTH-SOUTH"), "within-region");
  has(show("EXC-OTHER-REGIONS"), "across-regions");
  // § 5: planned, not held; expected is not actual; amounts are unknown.
  const auto montevideo = show("MTG-MONTEVIDEO-2006");
  for (const char* part : {"scheduled", "2006-09", "Montevideo", "round-table", "side-event",
                           "national", "regional"}) {
    has(montevideo, part);
  }
  const auto status = runProgram({"--data", data, "status"});
  CHECK(status.code == 0);
  has(status.out, "unknown");
}

}  // namespace consulta::test
