// The form of rows, in writing: bytes of another form are no rows of this edition, so one changes
// with the other.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "projections/row_fields.h"
#include "projections/rows.h"

namespace consulta::test {

namespace {

std::string pathOfForm() {
  return std::string(CONSULTA_SOURCE_DIR) + "/tests/projections/row_form.txt";
}

void tell(std::ostream& out, const std::vector<RowField>& fields, const std::string& indent) {
  for (const auto& field : fields) {
    out << indent << field.name << (field.list ? " list" : "");
    if (field.members.empty()) out << " kind " << static_cast<int>(field.kind);
    out << '\n';
    tell(out, field.members, indent + "  ");
  }
}

std::string form(const Catalogue& catalogue) {
  const RowFields all(catalogue);
  std::ostringstream out;
  for (const auto& aggregate : catalogue.aggregates()) {
    out << aggregate.name << '\n';
    tell(out, all.head(aggregate.tag), "  ");
    tell(out, all.own(aggregate.tag), "  ");
  }
  return out.str();
}

}  // namespace

TEST_CASE("the form of rows changes only with their edition") {
  const Catalogue catalogue;
  const auto now = form(catalogue);
  const auto edition = std::to_string(rows_version);
  std::ifstream file(pathOfForm());
  std::string writtenEdition;
  std::getline(file, writtenEdition);
  std::ostringstream written;
  written << file.rdbuf();
  if (written.str() == now && writtenEdition == edition) return;
  INFO(
      "the members of a row have changed: raise rows_version in projections/rows.h, so that "
      "registers make their rows anew, and run with CONSULTA_WRITE_GOLDEN=1 to write the new form");
  REQUIRE((written.str() == now || writtenEdition != edition));
  REQUIRE(std::getenv("CONSULTA_WRITE_GOLDEN") != nullptr);
  std::ofstream(pathOfForm()) << edition << '\n' << now;
}

}  // namespace consulta::test
