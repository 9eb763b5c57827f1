#include "cli/named_paths.h"

#include <doctest/doctest.h>

#include <vector>

namespace consulta::test {

TEST_CASE("a server may read what a command names and what lies in directories that it names") {
  const std::vector<std::string> words{
      "attach",      "MTG-1",    "notes/a.pdf", "--each=./replies.csv",
      "--templates", "letters/", "/srv/in"};
  const NamedPaths paths(words);
  for (const auto* may : {"notes/a.pdf", "replies.csv", "notes/../notes/a.pdf",
                          "letters/invitation.es.txt", "/srv/in/deep/x", "letters"}) {
    CAPTURE(may);
    CHECK(paths.mayRead(may));
    CHECK(paths.mayWrite(may, true));
  }
  for (const auto* mayNot :
       {"notes", "notes/b.pdf", "/home/me/.ssh/id_ed25519", "letters/../x", "../notes/a.pdf",
        "/srv/in/.hidden", "/srv/in/.git/config", "/srv/in/..", "/srv/input", "", ".", "/"}) {
    CAPTURE(mayNot);
    CHECK_FALSE(paths.mayRead(mayNot));
    CHECK_FALSE(paths.mayWrite(mayNot, true));
  }
}

TEST_CASE("a key is withheld from a server even where the command names it") {
  const std::vector<std::string> words{"--key", "partner.key", "attach", "MTG-1", ".", "/srv/in"};
  NamedPaths paths(words);
  CHECK(paths.mayRead("partner.key"));
  paths.withhold("partner.key");
  paths.withhold("/srv/in/./other.key");
  for (const auto* key :
       {"partner.key", "./partner.key", "x/../partner.key", "/srv/in/other.key"}) {
    CAPTURE(key);
    CHECK_FALSE(paths.mayRead(key));
    CHECK_FALSE(paths.mayWrite(key, true));
    CHECK_FALSE(paths.mayWrite(key, false));
  }
  CHECK(paths.mayRead("partner.pem"));
  CHECK(paths.mayRead("/srv/in/deep/other.key"));
}

TEST_CASE("a server may make new files where a command is typed, or one directory below") {
  NamedPaths paths({});
  CHECK(paths.mayWrite("MTG-1-invitation/UY.eml", false));
  CHECK(paths.mayWrite("MTG-1-invitation", false));
  CHECK_FALSE(paths.mayWrite("MTG-1-invitation/UY.eml", true));
  for (const auto* mayNot : {".bashrc", ".config/x", "a/.x", "a/b/c", "/tmp/x", "../x", "a/../../x",
                             "..", ".", "", "/"}) {
    CAPTURE(mayNot);
    CHECK_FALSE(paths.mayWrite(mayNot, false));
  }
  paths.add(" report.pdf\n");
  CHECK(paths.mayRead("report.pdf"));
}

TEST_CASE("where a command names the directory that it is typed in, what is in it may be read") {
  const std::vector<std::string> words{"file", "save", "F-1", "."};
  const NamedPaths paths(words);
  CHECK(paths.mayRead("memorandum.pdf"));
  CHECK(paths.mayWrite("memorandum.pdf", true));
  CHECK_FALSE(paths.mayRead(".ssh/config"));
  CHECK_FALSE(paths.mayRead("../memorandum.pdf"));
}

}  // namespace consulta::test
