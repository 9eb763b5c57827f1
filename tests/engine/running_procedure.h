// A consultation that runs by a procedure, as it happens.
#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "projections/rows/consultation.h"
#include "tests/support/story.h"

namespace consulta::test {

/// The definition of a procedure that is shipped.
inline std::string shipped(const std::string& name) {
  std::ifstream file(std::string(CONSULTA_SOURCE_DIR) + "/cli/procedures/" + name + ".toml",
                     std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// In May 2006: two parties on the roll of a consultation that is to be opened, an observer, a
/// session without dates, a calendar, and a procedure.
struct PlannedProcedure : Story {
  PlannedProcedure(const std::string& definition, const std::string& name) {
    recordedAt("2006-05-02").on("2006-05-01");
    for (const std::string code : {"en", "fr", "es"}) {
      given("reference.listed", "language/" + code,
            {{"list", "language"}, {"code", code}, {"names", "en:" + code}});
    }
    given("reference.listed", "body/IDB", {{"list", "body"}, {"code", "IDB"}, {"names", "en:B"}});
    given("session.listed", "IDB.31", {{"body", "IDB"}, {"number", 31}});
    given("calendar.adopted", "WORKING-DAYS", {{"title", "en:W"}, {"timeZone", "Europe/Vienna"}});
    given("procedure.adopted", name, {{"definition", definition}});
    for (const std::string party : {"AR", "UY", "MX"}) {
      given("party.registered", party, {{"name", "en:" + party}, {"kind", "institution"}});
    }
    given("consultation.planned", "CON-1", {{"title", "en:C"}, {"procedure", name}});
    for (const std::string party : {"AR", "UY"}) {
      given("consultation.invited", "CON-1", {{"party", party}, {"standing", "eligible"}});
    }
    given("consultation.invited", "CON-1", {{"party", "MX"}, {"standing", "observer"}});
  }

  const Consultation& row() { return as<Consultation>("CON-1"); }
  const ConsultationStep& run(const std::string& step) { return *lastRunOf(row(), step); }
  void table(std::uint32_t revision) {
    when("consultation.tabled", "CON-1", {{"revision", revision}, {"text", "en:We agree"}});
  }
  void silence(std::uint32_t revision, const std::string& until) {
    when("consultation.putUnderSilence", "CON-1",
         {{"revision", revision},
          {"deadline", until + "T18:00 Europe/Vienna"},
          {"languages", {"en", "fr", "es"}}});
  }
};

/// By the silence procedure that is shipped, with its first step begun.
struct Silence72 : PlannedProcedure {
  Silence72() : PlannedProcedure(shipped("silence-72"), "SILENCE-72") {
    when("consultation.opened", "CON-1");
    INFO(why());
    REQUIRE(enteredTypes() ==
            std::vector<std::string>{"consultation.opened", "consultation.stepStarted"});
  }
};

/// The silence broken on Friday 12 May, and the text to be revised within ten working days: by the
/// 26th, with a reminder on the 23rd.
struct UnderRevision : Silence72 {
  UnderRevision() {
    table(1);
    recordedAt("2006-05-10").on("2006-05-10");
    silence(1, "2006-05-15");
    recordedAt("2006-05-12").on("2006-05-12");
    given("consultation.objected", "CON-1", {{"party", "AR"}, {"reason", "Too far"}});
    REQUIRE(run("revision").due.date.edtf == "2006-05-26");
  }
};

/// The same, entered years later, so that its time limits are past when they come about.
struct PastRevision : PlannedProcedure {
  PastRevision() : PlannedProcedure(shipped("silence-72"), "SILENCE-72") {
    recordedAt("2010-01-01");
    given("consultation.opened", "CON-1");
    table(1);
    on("2006-05-10");
    silence(1, "2006-05-15");
    on("2006-05-12");
    given("consultation.objected", "CON-1", {{"party", "AR"}, {"reason", "Too far"}});
  }
};

}  // namespace consulta::test
