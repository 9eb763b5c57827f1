// A consultation brought to the points from which its rules are tested.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "projections/rows/consultation.h"
#include "tests/support/story.h"

namespace consulta::test {

using Types = std::vector<std::string>;

/// A consultation with AR, BR and UY counted and MX observing, planned.
struct Planned : Story {
  Planned() {
    on("2006-05-01");
    for (const std::string party : {"AR", "BR", "UY", "MX", "CL"}) {
      given("party.registered", party, {{"name", "en:" + party}, {"kind", "institution"}});
    }
    given("consultation.planned", "CON-1", {{"title", "en:On the programme"}});
    for (const std::string party : {"AR", "BR", "UY"}) {
      given("consultation.invited", "CON-1", {{"party", party}, {"standing", "eligible"}});
    }
    given("consultation.invited", "CON-1", {{"party", "MX"}, {"standing", "observer"}});
  }
};

struct Opened : Planned {
  Opened() { on("2006-07-01").given("consultation.opened", "CON-1"); }
};

struct Tabled : Opened {
  Tabled() { given("consultation.tabled", "CON-1", {{"revision", 1}, {"text", "en:We agree"}}); }
};

/// Revision 1 under silence from 10 July until 14 July 2006, 18:00.
struct UnderSilence : Tabled {
  UnderSilence() {
    on("2006-07-10")
        .given("consultation.putUnderSilence", "CON-1",
               {{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
  }
};

struct Observed : UnderSilence {
  Observed() {
    on("2006-07-14T16:00:01Z")
        .given("consultation.silenceObserved", "CON-1",
               {{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
  }
};

/// A vote of AR, BR and UY with a quorum of two, to be counted on 20 July.
struct UnderVote : Tabled {
  explicit UnderVote(const std::string& majority = "simple") {
    on("2006-07-10")
        .given("consultation.voteOpened", "CON-1",
               {{"round", 1},
                {"majority", majority},
                {"quorum", 2},
                {"closes", "2006-07-20T18:00 Europe/Vienna"}});
  }
};

inline boost::json::object ballot(const std::string& party, const std::string& vote) {
  return {{"round", 1}, {"party", party}, {"vote", vote}};
}

inline boost::json::object objection(const std::string& party) {
  return {{"party", party}, {"reason", "Paragraph 3 goes too far"}};
}

/// The objection of a party, received at that hour of Vienna: "2006-07-14T17:20".
inline boost::json::object received(const std::string& party, const std::string& hour) {
  auto out = objection(party);
  out["receivedAt"] = hour + " Europe/Vienna";
  return out;
}

inline boost::json::object extension(const std::string& deadline) {
  return {{"deadline", deadline + " Europe/Vienna"},
          {"authority", "en:Presiding officer"},
          {"reason", "The text came late"}};
}

/// Because of an objection of a party, received at that hour of Vienna.
inline boost::json::object reopening(const std::string& party, const std::string& hour) {
  return {{"authority", "en:Presiding officer"},
          {"reason", "An objection was overlooked"},
          {"party", party},
          {"receivedAt", hour + " Europe/Vienna"}};
}

}  // namespace consulta::test
