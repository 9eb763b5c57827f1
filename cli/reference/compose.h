// From facts to entries: what the reference data says, as entries that a register can take.
#pragma once

#include <string>
#include <vector>

#include "cli/reference/mo_catalogue.h"
#include "cli/reference/table.h"
#include "events/result.h"

namespace consulta::reference {

/// The names of one list of the package iso-codes.
struct IsoNames {
  std::map<std::string, Row, std::less<>> items;  // by code: alpha_3, numeric, name
  MoCatalogue french;
  MoCatalogue spanish;
};

/// The data files of this folder, and what iso-codes has.
struct Facts {
  Table areas;
  Table bodies;
  Table countries;
  Table currencies;
  Table goals;
  Table groups;
  Table languages;
  Table members;
  Table regions;
  IsoNames isoCountries;
  IsoNames isoCurrencies;
};

struct Group {
  std::string name;
  std::vector<std::string> entries;  // each one JSON object
};

/// Reads iso_3166-1.json or iso_4217.json; `list` is the one member that its object has, and
/// `code` the member of each item that identifies it. `name` is the file's, for messages.
[[nodiscard]] Result<std::map<std::string, Row, std::less<>>> readIsoItems(std::string_view name,
                                                                           std::string_view text,
                                                                           std::string_view list,
                                                                           std::string_view code);

/// All entries, in an order in which each needs only those before it. All that is wrong with the
/// facts is returned: an unknown code, one that comes twice, a name that is missing.
[[nodiscard]] Result<std::vector<Group>> compose(const Facts& facts);

/// A procedure of cli/procedures, in TOML.
struct ProcedureFile {
  std::string name;  // of the file, for messages
  std::string text;
};

/// Their entries, in the order of the files. A procedure that is wrong, or comes twice, is refused.
[[nodiscard]] Result<std::vector<std::string>> composeProcedures(
    const std::vector<ProcedureFile>& files);

}  // namespace consulta::reference
