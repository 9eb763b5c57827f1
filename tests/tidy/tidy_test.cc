// The project's own files, held against the checks. CONSULTA_SOURCE_DIR is the project's root and
// CONSULTA_BUILT_LIST a file with every source of every target, one path from the root a line.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

#include "tests/tidy/tidy_checks.h"
#include "tests/tidy/tidy_tree.h"

namespace consulta::tidy {
namespace {

const std::filesystem::path root = CONSULTA_SOURCE_DIR;

TEST_CASE("every folder of the project is looked at") {
  const auto files = readTree(root);
  for (const std::string_view folder : {"events/", "projections/", "engine/", "cli/", "tests/"}) {
    CAPTURE(folder);
    CHECK(std::any_of(files.begin(), files.end(),
                      [&](const SourceFile& file) { return file.path.starts_with(folder); }));
  }
}

TEST_CASE("the project's files are tidy") {
  const auto files = readTree(root);
  const auto built = readList(readWhole(CONSULTA_BUILT_LIST));
  CHECK(built.contains("tests/tidy/tidy_test.cc"));
  for (const auto& violation : checkAll(files, built)) {
    ADD_FAIL_CHECK_AT(violation.path.c_str(), static_cast<int>(violation.line), violation.advice);
  }
}

}  // namespace
}  // namespace consulta::tidy
