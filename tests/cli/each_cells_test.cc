// What --each says of its rows, and how their cells are read.
#include <doctest/doctest.h>

#include <fstream>

#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

/// A table beside the register.
std::string saved(const Desk& desk, const std::string& bytes) {
  const auto path = desk.file("list.csv").string();
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

}  // namespace

TEST_CASE("what is the same in some rows is said once, by their lines") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto file = saved(desk,
                          "party,on\nNN,2006-04-10\nNN,2006-04-10\nUY,2006-04-10\n"
                          "NN,2006-04-10\nXX,2006-04-10\n");
  const auto refused = desk.run({"meeting", "invite", "MTG-1", "--each", file, "--dry-run"});
  INFO(refused.err);
  CHECK(says(refused.err, "lines 2-3, 5: column \"party\""));
  CHECK(says(refused.err, "line 6: column \"party\""));
  CHECK(count(refused.err, "\"NN\"") == 1);
}

}  // namespace consulta::test
