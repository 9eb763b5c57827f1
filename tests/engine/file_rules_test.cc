#include <doctest/doctest.h>

#include <string>

#include "projections/rows/file.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

boost::json::object attached(const std::string& language) {
  boost::json::object out{{"kind", "text"},
                          {"sha256", std::string(64, 'a')},
                          {"size", 9},
                          {"mediaType", "application/pdf"}};
  if (!language.empty()) out["language"] = language;
  return out;
}

boost::json::object translation(const std::string& language, const std::string& of) {
  auto out = attached(language);
  out["translationOf"] = of;
  return out;
}

/// EN, and its translation FR.
struct Files : Story {
  Files() {
    on("2006-05-01");
    for (const std::string code : {"en", "fr", "es"}) listItem(*this, "language", code);
    given("file.attached", "EN", attached("en"));
    given("file.attached", "FR", translation("fr", "EN"));
  }
};

}  // namespace

TEST_CASE("a file is known by a SHA-256 in lower case") {
  Files story;
  auto data = attached("");
  for (const auto& hash : {std::string(64, 'A'), std::string(63, 'a'), std::string(64, 'g')}) {
    data["sha256"] = hash;
    story.when("file.attached", "X", data);
    CHECK(story.refusedBy("file.sha256"));
  }
}

TEST_CASE("a file has bytes") {
  Files story;
  auto data = attached("");
  data["size"] = 0;
  story.when("file.attached", "X", data);
  CHECK(story.refusedBy("file.size"));
}

TEST_CASE("a media type is a type and a subtype, without parameters") {
  Files story;
  auto data = attached("");
  for (const std::string type : {"pdf", "/pdf", "text/", "text/plain; charset=utf-8", "a/b/c"}) {
    data["mediaType"] = type;
    story.when("file.attached", "X", data);
    CHECK(story.refusedBy("file.media-type"));
  }
  data["mediaType"] = "application/vnd.oasis.opendocument.text";
  story.when("file.attached", "X", data);
  CHECK(story.accepted());
}

TEST_CASE("what was found on paper has no bytes, and what has bytes has their hash") {
  Files story;
  boost::json::object data{{"kind", "minutes"}, {"state", "attached"}};
  story.when("file.found", "PAPER", data);
  CHECK(story.accepted());
  data["size"] = 9;
  story.when("file.found", "X", data);
  CHECK(story.refusedBy("file.found.bytes"));
  data["sha256"] = "abc";
  story.when("file.found", "X", data);
  CHECK(story.refusedBy("file.sha256"));
  data["sha256"] = std::string(64, 'b');
  data["mediaType"] = "pdf";
  story.when("file.found", "X", data);
  CHECK(story.refusedBy("file.media-type"));
}

TEST_CASE("a translation is in a language, another one than its original") {
  Files story;
  story.when("file.attached", "X", translation("en", "EN"));
  CHECK(story.refusedBy("file.translation.language"));
  story.when("file.attached", "X", translation("", "EN"));
  CHECK(story.refusedBy("file.translation.language-stated"));
  story.when("file.attached", "X", translation("es", "EN"));
  CHECK(story.accepted());
  correctOpening(story, "X", {{"language", "en"}});
  CHECK(story.refusedBy("file.translation.language"));
}

TEST_CASE("the language of an original is not that of a translation of it") {
  Files story;
  story.when("file.described", "EN", {{"language", "fr"}});
  CHECK(story.refusedBy("file.language.translated"));
  correctOpening(story, "EN", {{"language", "fr"}});
  CHECK_FALSE(story.accepted());
  correctOpening(story, "EN", {{"language", "es"}});
  CHECK(story.accepted());
}

TEST_CASE("a file is no translation of itself, neither at once nor by way of others") {
  Files story;
  story.when("file.described", "EN", {{"translationOf", "EN"}});
  CHECK(story.refusedBy("file.translation.itself"));
  story.when("file.described", "EN", {{"translationOf", "FR"}});
  CHECK(story.refusedBy("file.translation.itself"));
  correctOpening(story, "EN", {{"translationOf", "EN"}});
  CHECK(story.refusedBy("file.translation.itself"));
}

TEST_CASE("an authentic text is not a translation") {
  Files story;
  auto data = translation("es", "EN");
  data["authenticity"] = "authentic";
  story.when("file.attached", "ES", data);
  CHECK(story.refusedBy("file.translation.authentic"));
  data["authenticity"] = "official";
  story.given("file.attached", "ES", data);
  story.when("file.described", "ES", {{"authenticity", "authentic"}});
  CHECK(story.refusedBy("file.translation.authentic"));
  story.given("file.described", "EN", {{"authenticity", "authentic"}});
  CHECK(story.as<File>("EN").authenticity == schema::Authenticity::AUTHENTIC);
}

TEST_CASE("a description says something, and attaches a file to the same thing once") {
  Files story;
  story.when("file.described", "EN");
  CHECK(story.refusedBy("file.described.something"));
  story.when("file.described", "EN", {{"about", boost::json::array{"EN"}}});
  CHECK(story.refusedBy("file.about.itself"));
  story.when("file.described", "EN", {{"about", {"FR", "FR"}}});
  CHECK(story.refusedBy("file.about.distinct"));
  for (int i = 0; i < 2; ++i) {
    story.given("file.described", "EN", {{"about", boost::json::array{"FR"}}});
  }
  CHECK(story.as<File>("EN").about.size() == 1);
}

TEST_CASE("a file is superseded by another one that is in use") {
  Files story;
  story.when("file.superseded", "EN", {{"by", "EN"}});
  CHECK(story.refusedBy("file.superseded.itself"));
  story.given("file.attached", "EN-2", attached("en"));
  story.given("file.superseded", "EN", {{"by", "EN-2"}});
  CHECK(story.stateOf("EN") == "superseded");
  story.when("file.superseded", "EN-2", {{"by", "EN"}});
  CHECK(story.refusedBy("file.superseded.in-use"));
  CHECK(story.why().find("file:EN-2") != std::string::npos);
  story.when("file.described", "EN", {{"authenticity", "unofficial"}});
  CHECK(story.refusedBy("file.lifecycle"));
}

TEST_CASE("a retired file is not translated any more") {
  Files story;
  story.given("file.retired", "EN", {{"reason", "Attached by mistake"}});
  story.on("2006-06-01").when("file.attached", "ES", translation("es", "EN"));
  CHECK(story.refusedBy("file.translation.retired"));
}
