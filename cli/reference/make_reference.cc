// Run by the build: writes the reference data as a source file.
//
//   make_reference <this folder> <procedures> <iso-codes json> <locales> <source file to write>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "cli/reference/compose.h"

namespace consulta::reference {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.is_open() && !file.bad()) return text;
  throw Broken(unavailable("reference.file", msg("cannot read {path}; is iso-codes installed?",
                                                 arg("path", path.string()))));
}

/// The value, or all that was wrong on the standard error output and then the first of it.
template <typename T>
T orReport(Result<T> result) {
  if (!result) {
    for (const auto& failure : result.failures()) {
      fmt::print(stderr, "{}\n", inEnglish(failure.text));
    }
  }
  return orBroken(std::move(result));
}

Table table(const fs::path& folder, std::string_view name) {
  const auto path = folder / fmt::format("{}.csv", name);
  return orReport(readTable(path.string(), contents(path)));
}

IsoNames isoNames(const fs::path& json, const fs::path& locale, const std::string& list,
                  const std::string& code) {
  const auto path = json / fmt::format("iso_{}.json", list);
  const auto catalogue = [&](std::string_view language) {
    const auto mo = locale / language / "LC_MESSAGES" / fmt::format("iso_{}.mo", list);
    return orReport(MoCatalogue::read(mo.string(), contents(mo)));
  };
  return IsoNames{orReport(readIsoItems(path.string(), contents(path), list, code)),
                  catalogue("fr"), catalogue("es")};
}

Facts facts(const fs::path& folder, const fs::path& json, const fs::path& locale) {
  Facts out;
  out.areas = table(folder, "areas");
  out.bodies = table(folder, "bodies");
  out.countries = table(folder, "countries");
  out.currencies = table(folder, "currencies");
  out.goals = table(folder, "goals");
  out.groups = table(folder, "groups");
  out.languages = table(folder, "languages");
  out.members = table(folder, "members");
  out.regions = table(folder, "regions");
  out.isoCountries = isoNames(json, locale, "3166-1", "alpha_2");
  out.isoCurrencies = isoNames(json, locale, "4217", "alpha_3");
  return out;
}

std::vector<ProcedureFile> procedures(const fs::path& folder) {
  std::vector<ProcedureFile> out;
  for (const auto& one : fs::directory_iterator(folder)) {
    if (one.path().extension() != ".toml") continue;
    out.push_back({one.path().string(), contents(one.path())});
  }
  std::ranges::sort(out, {}, &ProcedureFile::name);
  return out;
}

std::string literal(const std::string& entry) {
  return fmt::format("    R\"entry({})entry\",\n", entry);
}

/// One literal an entry, so that none comes near a compiler's limit. JSON has its quotes and
/// backslashes, hence raw literals.
std::string sourceOf(const std::vector<Group>& groups, const std::vector<std::string>& procedures) {
  std::string entries;
  std::string spans;
  std::size_t first = 0;
  for (const auto& group : groups) {
    for (const auto& entry : group.entries) entries += literal(entry);
    spans += fmt::format("    {{\"{}\", std::span(entries).subspan({}, {})}},\n", group.name, first,
                         group.entries.size());
    first += group.entries.size();
  }
  std::string shipped;
  for (const auto& entry : procedures) shipped += literal(entry);
  return fmt::format(
      "#include \"cli/reference.h\"\n\n"
      "namespace consulta {{\n\nnamespace {{\n\n"
      "constexpr std::string_view entries[] = {{\n{}}};\n\n"
      "constexpr ReferenceGroup groups[] = {{\n{}}};\n\n"
      "constexpr std::string_view procedures[] = {{\n{}}};\n\n"
      "}}  // namespace\n\n"
      "std::span<const std::string_view> referenceEntries() {{ return entries; }}\n"
      "std::span<const ReferenceGroup> referenceGroups() {{ return groups; }}\n\n"
      "std::span<const std::string_view> procedureEntries() {{ return procedures; }}\n\n"
      "}}  // namespace consulta\n",
      entries, spans, shipped);
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (file) return;
  throw Broken(
      unavailable("reference.file", msg("cannot write {path}", arg("path", path.string()))));
}

}  // namespace
}  // namespace consulta::reference

int main(int argc, char** argv) {
  using namespace consulta::reference;
  if (argc != 6) {
    std::fputs("usage: make_reference DATA PROCEDURES JSON LOCALE OUTPUT\n", stderr);
    return 2;
  }
  try {
    const auto groups = orReport(compose(facts(argv[1], argv[3], argv[4])));
    const auto shipped = orReport(composeProcedures(procedures(argv[2])));
    write(argv[5], sourceOf(groups, shipped));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "make_reference: %s\n", error.what());
    return 1;
  }
  return 0;
}
