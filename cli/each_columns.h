// Which column of a spreadsheet says what of an entry.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/session.h"
#include "events/catalogue.h"

namespace consulta {

/// One column, and what its cells are.
struct EachColumn {
  enum class Says { nothing, id, on, note, source, ground, field };
  std::string heading;
  Says says = Says::nothing;
  const FieldInfo* field = nullptr;  // of Says::field
  std::string language;              // of a text in one language: "fr"

  [[nodiscard]] bool sameAs(const EachColumn& other) const {
    return says == other.says && field == other.field && language == other.language;
  }
  /// Several columns may say it together.
  [[nodiscard]] bool mayRepeat() const {
    return says == Says::nothing || says == Says::source || says == Says::ground ||
           (field != nullptr && field->list);
  }
};

/// Columns by their headings, in order. A heading is the name of a field as an option or in the
/// words of the session's language, case, accents, blanks and dashes aside, with a language behind
/// that of a text ("Title (fr)"); or id, on, note, source, ground. `maps` are the words of --map,
/// which win: "Heading=field", or "Heading=" for a column to be passed over. All that is wrong is
/// returned, with the nearest names.
[[nodiscard]] Result<std::vector<EachColumn>> columnsOf(Session& session,
                                                        const AggregateInfo& aggregate,
                                                        const EventInfo& act,
                                                        const std::vector<std::string>& headings,
                                                        const std::vector<std::string>& maps);

/// All that a column may be called, as it is written after "=" in --map.
[[nodiscard]] std::vector<std::string> columnNames(const EventInfo& act);

}  // namespace consulta
