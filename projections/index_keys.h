// The index keys of a row one by one, for whoever makes many of them and keeps none as a string.
#pragma once

#include <functional>
#include <string_view>

#include "projections/row.h"

namespace consulta {

/// The keys of indexKeys() in projections/rows.h, in no order and perhaps repeated. A key is valid
/// during the call.
void forEachIndexKey(const Row& row, const std::function<void(std::string_view)>& visit);

}  // namespace consulta
