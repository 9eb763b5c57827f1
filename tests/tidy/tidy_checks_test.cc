// Small examples for each check: what it must find, and what it must let pass.
#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/tidy/tidy_checks.h"

namespace consulta::tidy {
namespace {

SourceFile file(std::string path, std::string text) {
  return {std::move(path), std::move(text)};
}

/// The lines that were found at fault, in order.
std::vector<std::size_t> faultLines(const Violations& found) {
  std::vector<std::size_t> lines;
  for (const auto& violation : found) lines.push_back(violation.line);
  return lines;
}

using Lines = std::vector<std::size_t>;

std::string include(std::string_view path) {
  return "#include \"" + std::string{path} + "\"\n";
}

TEST_CASE("an include that points left or stays is lawful") {
  CHECK(checkIncludes(file("events/a.cc", include("events/a.h"))).empty());
  CHECK(checkIncludes(file("projections/a.cc", include("events/values/edtf.h"))).empty());
  CHECK(checkIncludes(file("engine/log/a.cc", include("projections/a.h"))).empty());
  CHECK(checkIncludes(file("cli/a.cc", include("engine/a.h"))).empty());
  CHECK(checkIncludes(file("tests/cli/a_test.cc", include("cli/a.h"))).empty());
  CHECK(checkIncludes(file("events/a.cc", include("events/meeting.capnp.h"))).empty());
  CHECK(checkIncludes(file("events/a.cc", "#include <events.h>\n#include <vector>\n")).empty());
}

TEST_CASE("an include that points right is found with its line") {
  const auto found = checkIncludes(file("events/a.cc", "\n" + include("projections/a.h")));
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == "events/a.cc");
  CHECK(found[0].line == 2);
  CHECK(found[0].advice.find("points only left") != std::string::npos);
  CHECK(faultLines(checkIncludes(file("projections/a.h", include("engine/a.h")))) == Lines{1});
  CHECK(faultLines(checkIncludes(file("engine/a.h", include("cli/a.h")))) == Lines{1});
  CHECK(faultLines(checkIncludes(file("cli/main.cc", include("tests/a.h")))) == Lines{1});
}

TEST_CASE("an include that is not written from the root is found") {
  CHECK(faultLines(checkIncludes(file("engine/log/a.cc", include("../a.h")))) == Lines{1});
  CHECK(faultLines(checkIncludes(file("engine/log/a.cc", include("engine/log/../a.h")))) ==
        Lines{1});
  CHECK(faultLines(checkIncludes(file("engine/log/a.cc", include("a.h")))) == Lines{1});
  CHECK(faultLines(checkIncludes(file("engine/log/a.cc", include("log/a.h")))) == Lines{1});
}

TEST_CASE("angle brackets and odd spacing do not hide an include") {
  CHECK(faultLines(checkIncludes(file("events/a.cc", "#include <engine/a.h>\n"))) == Lines{1});
  CHECK(faultLines(checkIncludes(file("events/a.cc", "  #  include\"engine/a.h\"\n"))) == Lines{1});
}

TEST_CASE("an include in a comment is none") {
  CHECK(checkIncludes(file("events/a.cc", "// " + include("engine/a.h"))).empty());
}

TEST_CASE("imports of schemas keep to the layers too") {
  const auto import = [](std::string_view path) {
    return "using X = import \"" + std::string{path} + "\";\n";
  };
  CHECK(checkIncludes(file("events/a.capnp", import("/capnp/c++.capnp"))).empty());
  CHECK(checkIncludes(file("events/a.capnp", import("values.capnp"))).empty());
  CHECK(checkIncludes(file("engine/a.capnp", import("/events/values.capnp"))).empty());
  CHECK(checkIncludes(file("events/a.capnp", "# " + import("/engine/a.capnp"))).empty());
  CHECK(faultLines(checkIncludes(file("events/a.capnp", import("/engine/a.capnp")))) == Lines{1});
  CHECK(faultLines(checkIncludes(file("engine/a.capnp", import("../events/a.capnp")))) == Lines{1});
}

TEST_CASE("events, projections and rules reach for no clock, chance or I/O") {
  const std::string socket = "#include <boost/asio/ip/tcp.hpp>\n";
  CHECK(faultLines(checkPurity(file("events/a.cc", socket))) == Lines{1});
  CHECK(faultLines(checkPurity(file("projections/documents/a.h", socket))) == Lines{1});
  CHECK(faultLines(checkPurity(file("engine/rules/a.cc", socket))) == Lines{1});
  CHECK(checkPurity(file("engine/server/a.cc", socket)).empty());
  const std::string clock = "auto now = std::chrono::system_clock::now();\n";
  CHECK(faultLines(checkPurity(file("events/a.cc", "\n" + clock))) == Lines{2});
  CHECK(checkPurity(file("cli/a.cc", clock)).empty());
  CHECK(checkPurity(file("events/a.cc", "#include <chrono>\n")).empty());
}

TEST_CASE("a line may have a hundred columns and not one more") {
  CHECK(checkLayout(file("cli/a.cc", std::string(100, 'a') + "\n")).empty());
  CHECK(faultLines(checkLayout(file("cli/a.cc", "\n" + std::string(101, 'a') + "\n"))) == Lines{2});
  CHECK(faultLines(checkLayout(file("CMakeLists.txt", std::string(101, 'a') + "\n"))) == Lines{1});
  CHECK(faultLines(checkLayout(file("events/a.capnp", std::string(101, 'a') + "\n"))) == Lines{1});
  CHECK(checkLayout(file("cli/README.md", std::string(101, 'a') + "\n")).empty());
}

TEST_CASE("columns are counted in code points") {
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "\xC3\xA9";
  CHECK(checkLayout(file("cli/a.cc", accents + "\n")).empty());
  CHECK(faultLines(checkLayout(file("cli/a.cc", accents + "e\n"))) == Lines{1});
}

TEST_CASE("tabs, trailing blanks and a missing final newline are found") {
  CHECK(checkLayout(file("cli/a.cc", "int a;\n\n")).empty());
  CHECK(faultLines(checkLayout(file("cli/a.cc", "\tint a;\n"))) == Lines{1});
  CHECK(faultLines(checkLayout(file("cli/a.cc", "int a;\nint b; \n"))) == Lines{2});
  CHECK(faultLines(checkLayout(file("cli/a.cc", "int a;\r\n"))) == Lines{1});
  CHECK(faultLines(checkLayout(file("cli/a.cc", "int a;\nint b;"))) == Lines{2});
  CHECK(faultLines(checkLayout(file("cli/a.cc", ""))) == Lines{1});
}

TEST_CASE("a script without an extension is code") {
  CHECK(faultLines(checkLayout(file("tests/run", "#!/bin/bash\necho \n"))) == Lines{2});
}

TEST_CASE("a file of too many lines is found") {
  CHECK(checkLayout(file("cli/a.cc", std::string(fileLinesMax, '\n'))).empty());
  CHECK(faultLines(checkLayout(file("cli/a.cc", std::string(fileLinesMax + 1, '\n')))) ==
        Lines{fileLinesMax + 1});
}

TEST_CASE("marks of unfinished work are found everywhere") {
  for (const std::string word : {"TODO", "FIXME", "XXX", "HACK"}) {
    CAPTURE(word);
    CHECK(faultLines(checkUnfinished(file("cli/a.cc", "\n// " + word + ": more\n"))) == Lines{2});
    CHECK(faultLines(checkUnfinished(file("cli/README.md", word))) == Lines{1});
    CHECK(checkUnfinished(file("cli/a.cc", "x = \"" + word + "\";\n")).empty());
    CHECK(checkUnfinished(file("cli/a.cc", "x = A" + word + "B;\n")).empty());
  }
  CHECK(checkUnfinished(file("events/a.cc", "the unknown date is XXXX-XX\n")).empty());
  CHECK(checkUnfinished(file("events/a.cc", "todo en orden\n")).empty());
}

TEST_CASE("a header says what it is for and guards itself") {
  const std::string comment = "// What it is for.\n";
  CHECK(checkHeader(file("cli/a.h", comment + "#pragma once\n")).empty());
  CHECK(checkHeader(file("cli/a.cc", "int a;\n")).empty());
  CHECK(faultLines(checkHeader(file("cli/a.h", "#pragma once\n" + comment))) == Lines{1});
  CHECK(faultLines(checkHeader(file("cli/a.h", "//\n#pragma once\n"))) == Lines{1});
  CHECK(faultLines(checkHeader(file("cli/a.h", comment))) == Lines{1});
  CHECK(checkHeader(file("cli/a.h", "")).size() == 2);
}

TEST_CASE("the names of tests are sentences") {
  CHECK(checkTestFile(file("tests/a_test.cc", "TEST_CASE(\"it is so\") {}\n")).empty());
  CHECK(checkTestFile(file("tests/a_test.cc", "TEST_CASE(\n    \"it is so\") {}\n")).empty());
  CHECK(checkTestFile(file("tests/a_test.cc", "TEST_CASE_FIXTURE(F, \"it is so\") {}\n")).empty());
  const auto found =
      checkTestFile(file("tests/a_test.cc", "TEST_CASE(\"a b\") {}\nTEST_CASE(\"parse\") {}\n"));
  CHECK(faultLines(found) == Lines{2});
}

TEST_CASE("a test file has tests, and tests are in a test file") {
  CHECK(faultLines(checkTestFile(file("tests/a_test.cc", "int a;\n"))) == Lines{1});
  CHECK(faultLines(checkTestFile(file("tests/a.cc", "TEST_CASE(\"a b\") {}\n"))) == Lines{1});
  CHECK(checkTestFile(file("tests/main.cc", "int a;\n")).empty());
  CHECK(checkTestFile(file("cli/a.cc", "int a;\n")).empty());
}

TEST_CASE("a source or schema that is not built is found") {
  const std::vector files = {file("cli/a.cc", ""), file("tests/b_test.cc", ""),
                             file("events/c.capnp", ""), file("cli/README.md", "")};
  CHECK(checkNothingIsDead(files, readList("cli/a.cc\ntests/b_test.cc\nevents/c.capnp\n")).empty());
  const auto found = checkNothingIsDead(files, readList("cli/a.cc\n"));
  REQUIRE(found.size() == 2);
  CHECK(found[0].path == "tests/b_test.cc");
  CHECK(found[1].path == "events/c.capnp");
}

TEST_CASE("a text that translators are not given is found") {
  const auto found = [](const std::string& line) {
    return checkSaid(file("cli/a.cc", "\n" + line + "\n"));
  };
  CHECK(found("say(\"one\"); msg(\"a, \" \"b\", arg(\"c\", d)); speech(field.help);").empty());
  CHECK(found("speech()(msg(\"one\")); say(some ? msg(\"one\") : msg(\"two\"));").empty());
  CHECK(found("says(a ? \"one\" : \"two\");  // say(a ? \"one\" : \"two\")").empty());
  CHECK(found("out << msgs(\"{count} one\", \"{count} many\", n);").empty());
  CHECK(found("out << msgs(\"{count} one\", a ? \"x\" : \"y\", n);").size() == 1);
  CHECK(checkSaid(file("tests/a.cc", "say(a ? \"one\" : \"two\");\n")).empty());
  for (const auto* line : {"say(a ? \"one\" : \"two\");", "speech(\n  a ? \"one\" : \"two\");",
                           "msg(a == ',' ? \"one\" : \"two\", b);", "session.speech()(\"one\");"}) {
    CAPTURE(line);
    const auto faults = found(line);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].line == 2);
  }
}

TEST_CASE("a header that nobody uses is found") {
  const auto built = readList("cli/a.cc");
  const auto source = file("cli/a.cc", include("cli/b.h"));
  CHECK(checkNothingIsDead({source, file("cli/b.h", "")}, built).empty());
  CHECK(checkNothingIsDead({source, file("cli/a.h", "")}, built).empty());
  const auto found = checkNothingIsDead({source, file("cli/c.h", include("cli/c.h"))}, built);
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == "cli/c.h");
}

TEST_CASE("a type of one name in two headers is found, unless their namespaces differ") {
  const std::string one = "namespace consulta {\nstruct File {\n};\n}\n";
  const std::string other = "namespace consulta {\nclass File;\nclass File {\n};\n}\n";
  const std::string apart = "namespace consulta::test {\nclass File {\n};\n}\n";
  const auto found = checkNames({file("events/a.h", one), file("engine/b.h", other)});
  REQUIRE(faultLines(found) == Lines{3});
  CHECK(found[0].path == "engine/b.h");
  CHECK(found[0].advice.find("events/a.h") != std::string::npos);
  CHECK(checkNames({file("events/a.h", one), file("tests/b.h", apart)}).empty());
  CHECK(checkNames({file("events/a.h", one + one)}).empty());
  const std::string outer = "namespace consulta {\nclass Outer {\n};\n}\n";
  const std::string inner = "namespace consulta {\nclass Outer::Inner {\n};\n}\n";
  CHECK(checkNames({file("events/a.h", outer), file("events/b.h", inner)}).empty());
}

TEST_CASE("a folder without a README is found") {
  std::vector files = {file("README.md", "a"),
                       file("events/README.md", "a"),
                       file("projections/README.md", "a"),
                       file("engine/README.md", "a"),
                       file("cli/README.md", "a"),
                       file("tests/README.md", "a"),
                       file("cli/letters/invitation.md", "a")};
  CHECK(checkReadmes(files).empty());
  for (const char* code : {"engine/log/a.h", "events/values/a.cc", "events/more/a.capnp"}) {
    auto more = files;
    more.push_back(file(code, ""));
    const auto found = checkReadmes(more);
    REQUIRE(found.size() == 1);
    const std::string path = code;
    CHECK(found[0].path == path.substr(0, path.rfind('/')) + "/README.md");
  }
  files.pop_back();
  files[3].text = " \n";
  files.pop_back();
  const auto found = checkReadmes(files);
  REQUIRE(found.size() == 2);
  CHECK(found[0].path == "engine/README.md");
  CHECK(found[1].path == "tests/README.md");
}

TEST_CASE("all checks together find what each of them finds") {
  const std::vector files = {
      file("events/a.h", include("cli/a.h") + "#include <fstream>\n\t// " + "TODO" + " \n"),
      file("tests/a_test.cc", "int a;\n")};
  Violations expected;
  const auto expect = [&](const Violations& more) {
    CHECK_FALSE(more.empty());
    expected.insert(expected.end(), more.begin(), more.end());
  };
  for (const auto check : {checkIncludes, checkPurity, checkLayout, checkUnfinished, checkHeader}) {
    expect(check(files[0]));
  }
  expect(checkTestFile(files[1]));
  expect(checkNothingIsDead(files, {}));
  expect(checkReadmes(files));
  CHECK(checkAll(files, {}) == expected);
}

TEST_CASE("a list of paths is read line by line") {
  CHECK(readList("a/b.cc\n\n c/d.cc\r\n").contains("c/d.cc"));
  CHECK(readList("a/b.cc\n\n c/d.cc\r\n").size() == 2);
  CHECK(readList("").empty());
}

}  // namespace
}  // namespace consulta::tidy
