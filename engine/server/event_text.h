// Entries as text for those who follow them over HTTP, in each of its forms.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/runtime/register.h"
#include "engine/server/cloud_event.h"
#include "events/ids.h"
#include "events/record.h"

namespace consulta {

enum class EventForm {
  serverSent,  // text/event-stream
  lines,       // of JSON: events only, an empty line shows that all is well
  messages,    // of a WebSocket: each a JSON object
};

/// A plain value over a register, which must outlive it.
class EventText {
 public:
  EventText(const Register& reg, EventForm form);

  /// What a follower comes again with, once it has all up to there: "EPOCH:POSITION".
  [[nodiscard]] std::string place(Position at) const;
  /// Several as they are stored, in their order, and how far one is with them; empty of none.
  [[nodiscard]] std::string events(const std::vector<std::shared_ptr<const Record>>& records,
                                   Position replayedTo, Position at) const;
  /// Something about the stream itself, after what has been sent up to `at`; empty where the form
  /// has no words for it.
  [[nodiscard]] std::string notice(std::string_view name, Position at,
                                   std::string_view why = {}) const;

 private:
  const Register& reg_;
  EventSource source_;
  EventForm form_;
};

}  // namespace consulta
