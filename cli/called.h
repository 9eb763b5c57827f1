// Entities and codes by what people call them: they say "Uruguay", the register says UY.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/looking.h"
#include "events/limits.h"

namespace consulta {

/// Letters and digits in lower case and without accents, everything between them one blank:
/// "Côte d’Ivoire" and "COTE D'IVOIRE" are the same.
[[nodiscard]] std::string foldName(std::string_view text);

/// Names looked up within one look, which it must not outlive. For one thread; what was found once
/// is remembered. Rows have no index by name, so each is read, up to limits::names_scanned_max:
/// among more than these nothing is known by its name, since another one may have it too.
class Called {
 public:
  explicit Called(const Looking& at, std::size_t rowsMax = limits::names_scanned_max)
      : at_(at), rowsMax_(rowsMax) {}

  /// The entity of one of these kinds ("*": any) that is written so: by symbol, or by its name,
  /// title or acronym in any language, or by the beginning of one that no other has ("Bolivia" for
  /// "Bolivia, Plurinational State of"). "*" means items of reference lists only when nothing else
  /// is called so. What could be several, or is none, is refused with what could have been meant,
  /// as long as there are not many.
  [[nodiscard]] Result<EntityId> entity(const std::vector<std::string>& kinds,
                                        const std::string& written);
  /// The code of a reference list, written as such or by its name.
  [[nodiscard]] Result<std::string> code(const std::string& list, const std::string& written);
  /// The actor who has this name or random id.
  [[nodiscard]] Result<ActorId> actor(const FieldInfo& field, const std::string& written);

 private:
  using Names = std::multimap<std::string, EntityId>;  // folded

  [[nodiscard]] Result<EntityId> lookUp(const std::vector<std::string>& kinds,
                                        const std::string& prefix, const std::string& written);
  [[nodiscard]] Result<EntityId> byName(const std::vector<std::string>& asked,
                                        const std::string& prefix, const std::string& written);
  /// Among `kinds`, which stand for those that were asked for.
  [[nodiscard]] Result<EntityId> among(const std::vector<std::string>& kinds,
                                       const std::vector<std::string>& asked,
                                       const std::string& prefix, const std::string& written);
  [[nodiscard]] std::string shown(EntityId id, const std::string& prefix) const;
  /// Into names_, all that these kinds have; false when they are too many.
  [[nodiscard]] bool readNames(const std::vector<std::string>& kinds, const std::string& prefix);
  void addNames(const Row& row, Names& names) const;

  const Looking& at_;
  std::size_t rowsMax_;                            // that are read for one question
  std::size_t unknown_ = 0;                        // names that nothing has
  std::map<std::string, Names> names_;             // by prefix and kind
  std::set<std::vector<std::string>> tooMany_;     // kinds that have more rows
  std::map<std::string, Result<EntityId>> found_;  // by kinds and what was written
  std::map<std::string, Result<ActorId>> actors_;  // by field and what was written
};

/// Words that somebody typed for entities or codes, as an entry names them: see Looking::named()
/// and Looking::code(). They open the session's register, of the present or as composeFrom() looks
/// at it, and say on its stderr how a name is read.
[[nodiscard]] Result<std::vector<std::string>> entitiesWritten(
    Session& session, std::string_view option, const std::vector<std::string>& kinds,
    std::vector<std::string> written);
[[nodiscard]] Result<std::vector<std::string>> codesWritten(Session& session,
                                                            std::string_view option,
                                                            const std::string& list,
                                                            std::vector<std::string> written);

}  // namespace consulta
