// A meeting on the way to being held, as stories about its rules begin.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "tests/support/story_steps.h"

namespace consulta::test {

/// A ministerial meeting in Montevideo, scheduled on 3 April 2006 for September, with two States
/// and an organization to invite and people to send.
struct Scheduled : Story {
  Scheduled() {
    on("2006-04-03");
    for (const std::string country : {"UY", "AT"}) {
      listItem(*this, "country", country);
      given("party.registered", country,
            {{"name", "en:" + country}, {"kind", "member-state"}, {"country", country}});
    }
    given("party.registered", "SEGIB", {{"name", "en:SEGIB"}, {"kind", "regional-organization"}});
    given("office.established", "LAC", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}});
    for (const std::string person : {"PER-1", "PER-2"}) {
      given("person.registered", person, {{"name", "A person"}});
    }
    given("meeting.scheduled", "MTG-1", ministerial("2006-09"));
  }
  static boost::json::object ministerial(const std::string& dates) {
    return {{"title", "en:Renewable energy"},
            {"kind", "ministerial"},
            {"dates", dates},
            {"place", "Montevideo"},
            {"country", "UY"}};
  }
};

struct Confirmed : Scheduled {
  Confirmed() {
    on("2006-05-10").given("meeting.confirmed", "MTG-1", {{"dates", "2006-09-26/2006-09-28"}});
  }
};

/// Uruguay and Austria are invited and asked for an answer by the end of June.
struct Invited : Confirmed {
  Invited() {
    on("2006-05-15");
    for (const std::string party : {"UY", "AT"}) {
      given("meeting.invited", "MTG-1", {{"party", party}, {"replyBy", "2006-06-30"}});
    }
    on("2006-06-01");
  }
};

inline boost::json::object answer(const std::string& party, const std::string& answer) {
  return {{"party", party}, {"answer", answer}};
}

struct Accepted : Invited {
  Accepted() { given("meeting.answered", "MTG-1", answer("UY", "accepted")); }
};

struct Convened : Confirmed {
  Convened() { on("2006-09-26").given("meeting.convened", "MTG-1"); }
};

}  // namespace consulta::test
