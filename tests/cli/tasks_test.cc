// The worklist of one office or of one programme.
#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

/// Two offices and two programmes, and what each has to do by May 2006.
struct Worklist {
  Desk desk;

  Worklist() {
    for (const std::string office : {"LAC", "EVAL"}) {
      on({"office", "establish", office, "--name", "en:Office", "--kind", "headquarters-unit"});
    }
    for (const std::string programme : {"PROG-1", "PROG-2"}) {
      on({"programme", "identify", programme, "--title", "en:Programme", "--office", "LAC"});
    }
    recommend("REC-1", "PROG-1", "LAC");
    recommend("REC-2", "PROG-2", "EVAL");
    on({"meeting", "schedule", "MTG-1", "--kind", "technical", "--title", "en:Meeting",
        "--programme", "PROG-1", "--dates", "2006-05-02"});
    on({"meeting", "invite", "MTG-1", "--party", "UY", "--reply-by", "2006-04-20"});
    on({"liaison", "log", "LIA-1", "--office", "EVAL", "--party", "UY", "--channel", "call"});
    on({"liaison", "ask-follow-up", "LIA-1", "--what", "Send it", "--due", "2006-05-01"});
    on({"mandate", "adopt", "MAN-1", "--title", "en:Mandate", "--body", "GC"});
    for (const std::string number : {"1", "2"}) {
      on({"mandate", "request", "MAN-1", "--number", number, "--text", "en:Report", "--addressee",
          "en:Director General", "--deadline", "2006-05-0" + number});
      assign(number, number == "1" ? "LAC" : "EVAL");
    }
  }

  void on(std::vector<std::string> words) const {
    words.insert(words.end(), {"--on", "2006-02-01"});
    desk.enter(words);
  }
  void recommend(const std::string& id, const std::string& programme,
                 const std::string& office) const {
    on({"recommendation", "found", id, "--text", "en:Meet", "--acceptance", "accepted",
        "--implementation", "in-progress", "--programme", programme, "--office", office, "--due",
        "2006-05-03"});
  }
  void assign(const std::string& request, const std::string& office) const {
    on({"mandate", "assign", "MAN-1", "--request", request, "--office", office});
  }
  /// "LIA-1 followUp", by day.
  std::vector<std::string> tasks(const std::vector<std::string>& options) const {
    std::vector<std::string> words{"tasks", "--json"};
    words.insert(words.end(), options.begin(), options.end());
    std::istringstream lines(desk.enter(words).out);
    std::vector<std::string> out;
    for (std::string line; std::getline(lines, line);) {
      const auto task = boost::json::parse(line);
      const std::string id(task.at("id").as_string());
      out.push_back(id.substr(id.find(':') + 1) + " " + std::string(task.at("kind").as_string()));
      if (const auto* number = task.as_object().if_contains("number")) {
        out.back() += " " + std::string(number->as_string());
      }
    }
    return out;
  }
};

using All = std::vector<std::string>;

/// The text of the one line of the worklist that says so.
std::string lineWith(const std::string& text, const std::string& part) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (says(line, part)) return line;
  }
  return "";
}

/// A consultation of the 33 members of GRULAC, by the shipped procedure of contributions in
/// writing, at its step of contributions.
struct Contributing {
  Desk desk;

  Contributing() {
    on("2006-02-01",
       {"office", "establish", "LAC", "--name", "en:Office", "--kind", "headquarters-unit"});
    on("2006-02-01", {"consultation", "plan", "CON-1", "--title", "en:On energy", "--procedure",
                      "WRITTEN-CONSULTATION", "--office", "LAC"});
    on("2006-02-02",
       {"correspondence", "register", "COR-1", "--kind", "letter", "--direction", "outgoing"});
    on("2006-02-02", {"consultation", "invite", "CON-1", "--standing", "eligible", "--invitation",
                      "COR-1", "--each", "GRULAC", "--yes"});
    on("2006-02-03", {"consultation", "open", "CON-1"});
  }
  void on(const std::string& day, std::vector<std::string> words) const {
    words.insert(words.end(), {"--on", day});
    desk.enter(words);
  }
  boost::json::value step() const {
    std::istringstream lines(desk.enter({"tasks", "--json"}).out);
    for (std::string line; std::getline(lines, line);) {
      auto task = boost::json::parse(line);
      if (task.at("kind") == "step") return task;
    }
    return {};
  }
};

}  // namespace

TEST_CASE("tasks says for whom a step waits: the first few, and how many more") {
  const Contributing list;
  CHECK(says(lineWith(list.desk.wide({"tasks"}), "step contributions"), "and 28 more"));
  CHECK(list.step().at("waitsFor").as_array().size() == 33);
  CHECK(list.step().at("offices").as_array() == boost::json::array{"office:LAC"});
  list.on("2006-02-05", {"consultation", "contribute", "CON-1", "--contribution", "Yes", "--each",
                         "GRULAC", "--except", "UY", "--except", "AR", "--yes"});
  CHECK(says(lineWith(list.desk.wide({"tasks"}), "step contributions"), "AR, UY"));
  CHECK(list.step().at("waitsFor").as_array() == boost::json::array{"party:AR", "party:UY"});
  CHECK(says(lineWith(list.desk.wide({"tasks", "--office", "LAC"}), "step contributions"), "AR"));
}

TEST_CASE("next names the step of a consultation that is under way, and what it waits for") {
  const Contributing list;
  const auto text = list.desk.wide({"next", "CON-1"});
  CHECK(says(text, "What its procedure waits for"));
  CHECK(says(lineWith(text, "contributions of "), "and 28 more"));
  CHECK(says(text, "consulta consultation report-step CON-1 --step contributions --outcome"));
  CHECK_FALSE(says(text, "--step meeting"));
  const auto steps = list.desk.answer({"next", "CON-1"}).at("steps").as_array();
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].at("step") == "contributions");
  CHECK(steps[0].at("due") == "2006-03-05");
}

TEST_CASE("next says in sentences what stands in the way of the acts of a consultation") {
  const Contributing list;
  const auto text = list.desk.wide({"next", "CON-1"});
  CHECK(says(lineWith(text, "put-under-silence"), "contributions is under way and waits"));
  CHECK(
      says(lineWith(text, "note-adoption"), "nothing has been adopted in consultation:CON-1 yet"));
  CHECK(says(lineWith(text, "  vote "), "no vote on consultation:CON-1 is open"));
}

TEST_CASE("tasks says who may object to a text under silence") {
  const Contributing list;
  list.on("2006-02-05", {"consultation", "report-step", "CON-1", "--step", "contributions",
                         "--outcome", "closed"});
  list.on("2006-02-06", {"consultation", "table", "CON-1", "--revision", "1", "--text", "en:T"});
  list.on("2006-02-07", {"consultation", "put-under-silence", "CON-1", "--revision", "1",
                         "--deadline", "2006-02-20T18:00 Europe/Vienna", "--languages", "en",
                         "--languages", "fr", "--languages", "es"});
  CHECK(says(lineWith(list.desk.wide({"tasks"}), "silence 1"), "and 28 more may object"));
  CHECK(list.step().at("mayObject").as_array().size() == 33);
}

TEST_CASE("what waits without a day stands at the end, and not among what is due by a day") {
  const Contributing list;
  list.desk.agreedMemorandum("MOU-1", "ACME", "BETA");
  const auto text = list.desk.wide({"tasks"});
  CHECK(says(lineWith(text, "MOU-1"), "without a day"));
  CHECK(says(lineWith(text, "MOU-1"), "ACME, BETA"));
  CHECK(text.find("MOU-1") > text.find("step contributions"));
  CHECK_FALSE(says(list.desk.wide({"tasks", "--due", "2030-01-01"}), "MOU-1"));
}

TEST_CASE("tasks says that something is possibly overdue while its dates leave it open") {
  const Desk desk;
  desk.enter({"session", "add", "IDB.99", "--body", "IDB", "--number", "99", "--on", "2006-02-01"});
  desk.enter(
      {"mandate", "adopt", "MAN-1", "--title", "en:M", "--body", "GC", "--on", "2006-02-01"});
  desk.enter({"mandate", "request", "MAN-1", "--number", "1", "--text", "en:Report", "--addressee",
              "en:Director General", "--deadline", "before IDB.99", "--on", "2006-02-01"});
  CHECK(says(lineWith(desk.wide({"tasks", "--overdue"}), "request 1"), "possibly overdue"));
  CHECK(says(desk.enter({"tasks", "--json"}).out, "\"overdue\":\"possibly\""));
}

TEST_CASE("tasks lists letters that wait for a reply, for the office that has to reply") {
  const Contributing list;
  list.on("2006-02-02", {"correspondence", "register", "COR-2", "--kind", "letter", "--direction",
                         "incoming", "--sender", "UY"});
  list.on("2006-02-03",
          {"correspondence", "ask-reply", "COR-2", "--by", "2006-03-01", "--office", "LAC"});
  const auto line = lineWith(list.desk.wide({"tasks", "--office", "LAC"}), "COR-2");
  CHECK(says(line, "answer"));
  CHECK(says(line, "LAC"));
}

TEST_CASE("tasks --office lists what the office has to do, and no request of another one") {
  const Worklist list;
  CHECK(list.tasks({"--office", "LAC"}) == All{"MAN-1 request 1", "REC-1 recommendation"});
  CHECK(list.tasks({"--office", "EVAL"}) ==
        All{"LIA-1 followUp", "MAN-1 request 2", "REC-2 recommendation"});
  list.assign("1", "EVAL");
  CHECK(list.tasks({"--office", "LAC"}) == All{"REC-1 recommendation"});
  CHECK(list.tasks({"--office", "LAC", "--due", "2006-05-02"}).empty());
  CHECK(says(list.desk.wide({"tasks", "--office", "EVAL"}), "request 1"));
  const auto nobody = list.desk.run({"tasks", "--office", "LACC"});
  CHECK(nobody.code == 1);
  CHECK(says(nobody.err, "Did you mean LAC?"));
}

TEST_CASE("tasks --programme lists what belongs to it") {
  const Worklist list;
  CHECK(list.tasks({"--programme", "PROG-1"}) ==
        All{"MTG-1 reply", "MTG-1 meeting", "REC-1 recommendation"});
  CHECK(list.tasks({"--programme", "PROG-2"}) == All{"REC-2 recommendation"});
  CHECK(list.tasks({"--programme", "PROG-2", "--office", "LAC"}).empty());
  CHECK(list.desk.run({"tasks", "--programme", "REC-1"}).code == 1);
}

}  // namespace consulta::test
