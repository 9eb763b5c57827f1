// The description of what is answered over HTTP, for programs that make clients of it.
#pragma once

#include <string>

#include "events/catalogue.h"

namespace consulta {

/// OpenAPI 3.1, as JSON: every route with its parameters, and what each entry may say, made of the
/// same catalogue that entries are read by.
[[nodiscard]] std::string openApiText(const Catalogue& catalogue);

}  // namespace consulta
