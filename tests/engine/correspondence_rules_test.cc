#include <doctest/doctest.h>

#include <string>

#include "projections/rows/correspondence.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// A note verbale of Uruguay, received on 4 May 2006, and a letter of ours.
struct Letters : Story {
  Letters() {
    on("2006-05-04");
    for (const std::string code : {"UY", "AR"}) {
      listItem(*this, "country", code);
      given("party.registered", code,
            {{"name", "en:" + code}, {"kind", "member-state"}, {"country", code}});
    }
    given("office.established", "LAC", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}});
    given("correspondence.registered", "IN-1", incoming("UY", "123/2006"));
    given("correspondence.registered", "OUT-1",
          {{"kind", "letter"},
           {"direction", "outgoing"},
           {"sender", "LAC"},
           {"addressees", boost::json::array{"UY"}},
           {"written", "2006-05-10"}});
  }
  static boost::json::object incoming(const std::string& sender, const std::string& reference) {
    return {{"kind", "note-verbale"},      {"direction", "incoming"}, {"sender", sender},
            {"theirReference", reference}, {"written", "2006-05-02"}, {"received", "2006-05-04"}};
  }
};

}  // namespace

TEST_CASE("an incoming reference of one sender is registered once") {
  Letters story;
  story.when("correspondence.registered", "IN-2", Letters::incoming("UY", "123/2006"));
  CHECK(story.refusedBy("correspondence.reference.once"));
  CHECK(story.why().find("correspondence:IN-1") != std::string::npos);
  story.when("correspondence.registered", "IN-2", Letters::incoming("AR", "123/2006"));
  CHECK(story.accepted());
  story.when("correspondence.registered", "IN-3", Letters::incoming("UY", "124/2006"));
  CHECK(story.accepted());
  auto found = Letters::incoming("UY", "124/2006");
  found["state"] = "filed";
  story.when("correspondence.found", "IN-4", found);
  CHECK(story.refusedBy("correspondence.reference.once"));
}

TEST_CASE("the same reference in other letters of the alphabet is the same reference") {
  Letters story;
  story.given("correspondence.registered", "IN-2", Letters::incoming("UY", "Nota 7/B"));
  story.when("correspondence.registered", "IN-3", Letters::incoming("UY", "NOTA 7/b"));
  CHECK(story.refusedBy("correspondence.reference.once"));
}

TEST_CASE("a correction gives no letter the reference of another, and leaves it its own") {
  Letters story;
  story.given("correspondence.registered", "IN-2", Letters::incoming("UY", "124/2006"));
  correctOpening(story, "IN-2", {{"theirReference", "123/2006"}});
  CHECK(story.refusedBy("correspondence.reference.once"));
  correctOpening(story, "IN-2", {{"written", "2006-05-01"}, {"theirReference", "124/2006"}});
  CHECK(story.accepted());
  correctOpening(story, "IN-2", {{"written", "2006-05-03"}});
  CHECK(story.accepted());
  story.given("correspondence.registered", "IN-3", Letters::incoming("AR", "123/2006"));
  correctOpening(story, "IN-3", {{"sender", "UY"}});
  CHECK(story.refusedBy("correspondence.reference.once"));
}

TEST_CASE("a letter is written, sent and received in this order") {
  Letters story;
  auto data = Letters::incoming("AR", "1");
  data["sent"] = "2006-05-01";
  story.when("correspondence.registered", "IN-2", data);
  CHECK(story.refusedBy("correspondence.dates.sent"));
  data["sent"] = "2006-05-05";
  story.when("correspondence.registered", "IN-2", data);
  CHECK(story.refusedBy("correspondence.dates.received"));
  data["sent"] = "2006-05";
  story.when("correspondence.registered", "IN-2", data);
  CHECK(story.accepted());
  correctOpening(story, "IN-2", {{"received", "2006-04-30"}});
  CHECK(story.refusedBy("correspondence.dates.received"));
}

TEST_CASE("a letter has not been sent on a day that has not come") {
  Letters story;
  story.when("correspondence.sent", "OUT-1", {{"sent", "2011-01-01"}});
  CHECK(story.refusedBy("correspondence.dates.past"));
}

TEST_CASE("a letter is sent and received once, not before it was written") {
  Letters story;
  story.on("2006-05-12");
  story.when("correspondence.sent", "OUT-1", {{"sent", "2006-05-09"}});
  CHECK(story.refusedBy("correspondence.dates.sent"));
  story.given("correspondence.sent", "OUT-1", {{"sent", "2006-05-11"}});
  story.when("correspondence.sent", "OUT-1", {{"sent", "2006-05-12"}});
  CHECK(story.refusedBy("correspondence.sent.once"));
  story.when("correspondence.received", "OUT-1", {{"received", "2006-05-10"}});
  CHECK(story.refusedBy("correspondence.dates.received"));
  story.given("correspondence.received", "OUT-1", {{"received", "2006-05-15"}});
  story.when("correspondence.received", "OUT-1", {{"received", "2006-05-16"}});
  CHECK(story.refusedBy("correspondence.received.once"));
  story.when("correspondence.received", "IN-1", {{"received", "2006-05-16"}});
  CHECK(story.refusedBy("correspondence.received.once"));
}

TEST_CASE("a letter whose reply is awaited can still be sent") {
  Letters story;
  story.given("correspondence.replyAsked", "OUT-1", {{"by", "2006-05-31"}});
  story.when("correspondence.sent", "OUT-1", {{"sent", "2006-05-11"}});
  CHECK(story.accepted());
  CHECK(story.stateOf("OUT-1") == "awaiting-reply");
}

TEST_CASE("what an office of ours writes does not come in, and nobody writes to themselves") {
  Letters story;
  story.when("correspondence.registered", "IN-2", Letters::incoming("LAC", "1"));
  CHECK(story.refusedBy("correspondence.sender.direction"));
  auto data = Letters::incoming("AR", "1");
  data["addressees"] = boost::json::array{"AR"};
  story.when("correspondence.registered", "IN-2", data);
  CHECK(story.refusedBy("correspondence.sender.addressee"));
}

TEST_CASE("addressees, subjects and files are named once") {
  Letters story;
  auto data = Letters::incoming("AR", "1");
  data["addressees"] = boost::json::array{"LAC", "LAC"};
  story.when("correspondence.registered", "IN-2", data);
  CHECK(story.refusedBy("correspondence.addressees.distinct"));
  data["addressees"] = boost::json::array{"LAC"};
  data["about"] = boost::json::array{"UY", "UY"};
  story.when("correspondence.registered", "IN-2", data);
  CHECK(story.refusedBy("correspondence.about.distinct"));
  story.when("correspondence.addresseeAdded", "OUT-1", {{"addressee", "UY"}});
  CHECK(story.refusedBy("correspondence.addressee.once"));
  story.when("correspondence.addresseeAdded", "OUT-1", {{"addressee", "LAC"}});
  CHECK(story.refusedBy("correspondence.addressee.once"));
  story.given("correspondence.addresseeAdded", "OUT-1", {{"addressee", "AR"}});
  story.when("correspondence.subjectCovered", "OUT-1", {{"about", "OUT-1"}});
  CHECK(story.refusedBy("correspondence.about.once"));
  story.given("correspondence.subjectCovered", "OUT-1", {{"about", "AR"}});
  story.when("correspondence.subjectCovered", "OUT-1", {{"about", "AR"}});
  CHECK(story.refusedBy("correspondence.about.once"));
}

TEST_CASE("a file is enclosed once, and not when it is retired") {
  Letters story;
  for (const std::string name : {"FILE-1", "FILE-2"}) {
    story.given("file.attached", name,
                {{"kind", "letter"},
                 {"sha256", std::string(64, 'a')},
                 {"size", 9},
                 {"mediaType", "application/pdf"}});
  }
  auto data = Letters::incoming("AR", "1");
  data["files"] = boost::json::array{"FILE-1", "FILE-1"};
  story.when("correspondence.registered", "IN-2", data);
  CHECK(story.refusedBy("correspondence.files.distinct"));
  story.given("correspondence.fileEnclosed", "IN-1", {{"file", "FILE-1"}});
  story.when("correspondence.fileEnclosed", "IN-1", {{"file", "FILE-1"}});
  CHECK(story.refusedBy("correspondence.file.once"));
  story.given("file.retired", "FILE-2", {{"reason", "A wrong one"}});
  story.on("2006-06-01").when("correspondence.fileEnclosed", "IN-1", {{"file", "FILE-2"}});
  CHECK(story.refusedBy("correspondence.files.retired"));
}

TEST_CASE("an answer goes the other way and is not older than what it answers") {
  Letters story;
  story.given("correspondence.registered", "IN-2", Letters::incoming("AR", "1"));
  story.when("correspondence.answered", "IN-1", {{"reply", "IN-1"}});
  CHECK(story.refusedBy("correspondence.answered.itself"));
  story.when("correspondence.answered", "IN-1", {{"reply", "IN-2"}});
  CHECK(story.refusedBy("correspondence.answered.direction"));
  // Ours is of the 10th; theirs of the 2nd cannot answer it.
  story.when("correspondence.answered", "OUT-1", {{"reply", "IN-1"}});
  CHECK(story.refusedBy("correspondence.answered.later"));
  story.when("correspondence.answered", "IN-1", {{"reply", "OUT-1"}});
  CHECK(story.accepted());
  CHECK(story.stateOf("IN-1") == "answered");
}

TEST_CASE("what stays inside is answered inside") {
  Letters story;
  story.given("correspondence.registered", "INT-1",
              {{"kind", "memorandum"}, {"direction", "internal"}, {"sender", "LAC"}});
  story.when("correspondence.answered", "INT-1", {{"reply", "OUT-1"}});
  CHECK(story.refusedBy("correspondence.answered.direction"));
}

TEST_CASE("a letter is in reply to one, and is named as the answer to that one") {
  Letters story;
  auto reply = Letters::incoming("UY", "200/2006");
  reply["written"] = "2006-05-20";
  reply["received"] = "2006-05-22";
  reply["inReplyTo"] = "IN-1";
  story.when("correspondence.registered", "IN-2", reply);
  CHECK(story.refusedBy("correspondence.answered.direction"));
  reply["inReplyTo"] = "OUT-1";
  story.given("correspondence.registered", "IN-2", reply);
  story.given("correspondence.registered", "OUT-2",
              {{"kind", "letter"}, {"direction", "outgoing"}, {"sender", "LAC"}});
  story.when("correspondence.answered", "OUT-2", {{"reply", "IN-2"}});
  CHECK(story.refusedBy("correspondence.answered.other"));
  story.when("correspondence.answered", "OUT-1", {{"reply", "IN-2"}});
  CHECK(story.accepted());
}

TEST_CASE("a corrected reply neither answers itself nor what came after it") {
  Letters story;
  auto reply = Letters::incoming("UY", "200/2006");
  reply.erase("written");
  reply["received"] = "2006-05-22";
  reply["inReplyTo"] = "OUT-1";
  story.given("correspondence.registered", "IN-2", reply);
  correctOpening(story, "OUT-1", {{"inReplyTo", "OUT-1"}});
  CHECK(story.refusedBy("correspondence.answered.itself"));
  correctOpening(story, "OUT-1", {{"inReplyTo", "IN-2"}});
  CHECK(story.refusedBy("correspondence.reply.circle"));
  correctOpening(story, "OUT-1", {{"inReplyTo", "IN-1"}});
  CHECK(story.accepted());
}

TEST_CASE("a correction is held against the answers that rest on it") {
  Letters story;
  auto reply = Letters::incoming("UY", "200/2006");
  reply["written"] = "2006-05-20";
  reply["received"] = "2006-05-22";
  reply["inReplyTo"] = "OUT-1";
  story.given("correspondence.registered", "IN-2", reply);
  correctOpening(story, "OUT-1", {{"written", "2006-05-21"}});
  CHECK(story.refusedBy("correspondence.answered.later"));
}

TEST_CASE("a reply is asked for by a day to come, and of an office that is open") {
  Letters story;
  story.when("correspondence.replyAsked", "IN-1", {{"by", "2006-05-03"}});
  CHECK(story.refusedBy("correspondence.reply.by"));
  story.given("office.closed", "LAC");
  story.on("2006-06-01").when("correspondence.replyAsked", "IN-1", {{"office", "LAC"}});
  CHECK(story.refusedBy("correspondence.reply.office"));
}

TEST_CASE("what is taken up again waits for nothing until a reply is asked for anew") {
  Letters story;
  story.given("correspondence.replyAsked", "IN-1", {{"by", "2006-05-20"}, {"office", "LAC"}});
  story.on("2006-05-10").given("correspondence.answered", "IN-1", {{"reply", "OUT-1"}});
  story.on("2006-06-10").given("correspondence.reopened", "IN-1", {{"reason", "It came back"}});
  const auto& letter = story.as<Correspondence>("IN-1");
  CHECK(letter.replyBy.edtf.empty());
  CHECK_FALSE(letter.replyOffice);
  CHECK_FALSE(letter.reply);
}
