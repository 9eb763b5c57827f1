// That the rows of a register are what a fold of its whole log gives.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "engine/runtime/register.h"
#include "projections/overlay.h"
#include "projections/rows.h"

namespace consulta::test {

inline std::vector<std::string> keysOf(const State& state) {
  std::vector<std::string> keys;
  state.scan("", [&](std::string_view key) {
    keys.emplace_back(key);
    return true;
  });
  return keys;
}

/// Reads every record; positions must be dense, and each row and each key that of a replay.
inline void checkAgainstReplay(const Register& reg) {
  const EmptyState nothing(reg.catalogue());
  Overlay replay(nothing);
  Position expected(1);
  const Status read = reg.log(Position(1), reg.last(), [&](const RecordPtr& record) {
    REQUIRE(record->position() == expected);
    expected.value += 1;
    replay.add(record);
    return true;
  });
  REQUIRE(read.ok());
  REQUIRE(expected.value == reg.last().value + 1);
  reg.read([&](const State& state) {
    const auto keys = keysOf(state);  // damage throws, and passes
    REQUIRE(keys == keysOf(replay));
    for (const auto& [id, begin] : replay.submissions()) {
      const auto kept = state.submitted(id);
      REQUIRE(kept == begin);
    }
    for (const auto& [id, row] : replay.rows()) {
      const auto entries = state.timeline(id);
      REQUIRE(entries.records().size() == replay.entries().at(id).size());
      const auto kept = state.row(id);
      REQUIRE((kept == nullptr) == (row == nullptr));  // null: withdrawn
      if (row) REQUIRE(kept->equals(*row));
    }
  });
}

}  // namespace consulta::test
