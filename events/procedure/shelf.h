// Procedures by their texts, each taken apart once: every entry of a consultation that runs by one
// reads it.
//
// Threads: any, at any time. Bounded by limits::procedures_kept_max; what is handed out stays valid
// beyond that.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "events/procedure/definition.h"

namespace consulta {

class ProcedureShelf {
 public:
  /// What a text says that was entered, and checked then. Throws Broken when it is none.
  [[nodiscard]] std::shared_ptr<const ProcedureDefinition> of(const std::string& toml);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const ProcedureDefinition>> kept_;
};

}  // namespace consulta
