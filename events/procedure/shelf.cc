#include "events/procedure/shelf.h"

#include "events/limits.h"

namespace consulta {

std::shared_ptr<const ProcedureDefinition> ProcedureShelf::of(const std::string& toml) {
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(toml);
  if (found != kept_.end()) return found->second;
  auto out = std::make_shared<const ProcedureDefinition>(orBroken(parseProcedure(toml)));
  if (kept_.size() >= limits::procedures_kept_max) kept_.clear();
  kept_.emplace(toml, out);
  return out;
}

}  // namespace consulta
