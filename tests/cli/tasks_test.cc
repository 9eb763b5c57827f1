// The worklist of one office or of one programme.
#include <doctest/doctest.h>

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

}  // namespace

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
