// Steps that many stories have in common.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <utility>

#include "tests/support/story.h"

namespace consulta::test {

/// Lists an item, so that its code can be used.
inline void listItem(Story& story, const std::string& list, const std::string& code) {
  story.given("reference.listed", list + "/" + code,
              {{"list", list}, {"code", code}, {"names", "en:" + code}});
}

/// The position of the newest entry.
inline std::uint64_t newest(const Story& story) {
  return story.state().records().size();
}

/// Corrects fields of the entry at `position`; it may be refused.
inline void correctEntry(Story& story, const std::string& entity, std::uint64_t position,
                         boost::json::object right) {
  story.when("common.corrigendum", entity,
             {{"corrects", position}, {"right", std::move(right)}, {"reason", "A slip"}});
}

/// Corrects fields of the entry that opened the entity; it may be refused.
inline void correctOpening(Story& story, const std::string& entity, boost::json::object right) {
  correctEntry(story, entity, story.row(entity)->head.id.value, std::move(right));
}

/// Corrects the date of the entry at `position`; it may be refused.
inline void correctDate(Story& story, const std::string& entity, std::uint64_t position,
                        const std::string& occurred) {
  story.when("common.corrigendum", entity,
             {{"corrects", position}, {"occurred", occurred}, {"reason", "A slip"}});
}

}  // namespace consulta::test
