// People have no rules beyond their lifecycle: what is known of them is personal, and rules never
// look at a personal value.
#include "engine/rules/guard.h"

namespace consulta {

const Rules& rulesOfPerson() {
  static const Rules rules{};
  return rules;
}

}  // namespace consulta
