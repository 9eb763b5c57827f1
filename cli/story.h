// Entries as history tells them: in the order they take effect, with what was corrected, what came
// late, and what may not have happened yet.
#pragma once

#include <string>
#include <vector>

#include "cli/looking.h"
#include "projections/timeline.h"

namespace consulta {

struct StoryLine {
  Timeline::Step step;
  const EventInfo* act = nullptr;  // null: this program does not know it
  bool late = false;               // entered after something that comes later in the order
  RecordPtr withdrawnBy;           // the retraction that took it away, or null
  bool possibly = false;           // may have happened only after the moment that was asked for
};

enum class Withdrawn { leftOut, shown };
/// The story of one entity, up to the moment that was asked for: what takes effect, and what was
/// withdrawn where it is to be shown.
[[nodiscard]] std::vector<StoryLine> storyOf(const Looking& at, EntityId id,
                                             Withdrawn withdrawn = Withdrawn::leftOut);

/// What the entry says now, corrections included.
[[nodiscard]] std::string saysLine(const Looking& at, const StoryLine& line);
/// What the entry said when it was recorded; of a corrigendum, which entry it corrects, the right
/// values and the reason.
[[nodiscard]] std::string saysLine(const Looking& at, const Record& record);
/// Why a corrigendum or retraction was entered, with its authority and note; may be empty.
[[nodiscard]] std::string reasonLine(const Looking& at, const Record& record);
/// What was known before the corrections: "was: place: Vienna"; empty when nothing was corrected.
[[nodiscard]] std::string knownBefore(const Looking& at, const StoryLine& line);
/// What it rests on: "COR-2006-014; IDB.31/10 §4", entities and then texts as cited.
[[nodiscard]] std::string sourcesLine(const Looking& at, schema::Record::Reader record);
/// The actor's name, and on whose behalf; "the register" for what the engine entered.
[[nodiscard]] std::string actorLine(const Looking& at, schema::Record::Reader record);
/// The same, and of what the engine entered because of which entry, and of which other entity.
[[nodiscard]] std::string byLine(const Looking& at, schema::Record::Reader record);

}  // namespace consulta
