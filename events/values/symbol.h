// Symbols of documents, and the names that entities go by. Plain values, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"

namespace consulta {

/// One part of a symbol: "10" (no kind), "Res.1", or "INF" (no number, 0).
struct SymbolPart {
  std::string kind;
  std::uint32_t number = 0;

  bool operator==(const SymbolPart&) const = default;
};

/// "IDB.16/6/Rev.1": a body, its session, and at least one part.
struct SymbolSeries {
  std::string body;
  std::uint32_t session = 0;
  std::vector<SymbolPart> parts;

  bool operator==(const SymbolSeries&) const = default;
};

/// A document's symbol; a document of two bodies has two: "IDB.18/8-PBC.13/6".
struct DocumentSymbol {
  std::vector<SymbolSeries> series;

  bool operator==(const DocumentSymbol&) const = default;
};

/// Reads GC.11/Res.1, IDB.31/10, PBC.37/1/Add.1, GC.18/INF/4 and the like, in any case.
[[nodiscard]] Result<DocumentSymbol> readSymbol(std::string_view text);
/// "GC.11/Res.1", which readSymbol() reads back.
[[nodiscard]] std::string toText(const DocumentSymbol& symbol);

/// A name of an entity, with its aggregate when it was written: "mou:MOU-SEGIB-2006".
struct EntityName {
  std::string aggregate;  // may be empty
  std::string name;

  bool operator==(const EntityName&) const = default;
};

/// Reads "MOU-SEGIB-2006", "GC.11/Res.1" or "mandate:GC.11/Res.1". A name begins with a letter or
/// digit; letters of any alphabet, digits and - . / _ + follow, up to limits::symbol_bytes_max. It
/// is no bare number, because those are positions. Accents are composed (Unicode NFC), so that
/// names that look the same are the same; case is kept.
[[nodiscard]] Result<EntityName> readEntityName(std::string_view text);
[[nodiscard]] std::string toText(const EntityName& name);

}  // namespace consulta
