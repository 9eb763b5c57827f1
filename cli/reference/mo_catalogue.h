// Translations out of a compiled gettext catalogue (.mo).
//
// gettext itself gives translations only for locales that are installed on the machine, which a
// fresh Debian has none of; the file format is small and documented in gettext's manual.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "events/result.h"

namespace consulta::reference {

/// Owns its texts; safe from any thread once it is made.
class MoCatalogue {
 public:
  MoCatalogue() = default;

  /// Reads a whole file of either byte order. Its bytes are not trusted: every offset is checked
  /// and the texts must be UTF-8. `name` is the file's, for messages.
  [[nodiscard]] static Result<MoCatalogue> read(std::string_view name, std::string_view bytes);

  /// The translation; nothing when there is none. The view lives as long as the catalogue.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view original) const;

 private:
  std::map<std::string, std::string, std::less<>> translations_;
};

}  // namespace consulta::reference
