// What the lines of a printed log need before an import can enter them again: what the register
// adds by itself is left out, and what refers to places in the old log is led to those in the new.
//
// A deadline that took effect by the clock does not in a register where it is past when it is
// entered; there the line that tells of it becomes an entry that releases it.
//
// A printed log names entities as they are called today. An entry older than the name means the
// name of its own time, which an entity keeps for good, so references are led to that one.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/runtime/register.h"

namespace consulta {

/// For one import, on one thread. What it is given must outlive it.
class PrintedLog {
 public:
  explicit PrintedLog(const Register& reg) : reg_(reg), catalogue_(reg.catalogue()) {}

  enum class Verdict {
    enter,
    here,    // this register holds that very entry at that very position
    engine,  // the engine enters it by itself, once its cause is entered, or its day released
  };
  /// What to do with an entry. What it names is put into the names and positions of this register.
  /// An entry that only the engine enters, written by somebody else, is refused.
  [[nodiscard]] Result<Verdict> look(boost::json::object& entry);

  /// After a submission of these entries: where they stand now, and what the engine entered with
  /// them.
  void entered(const std::vector<boost::json::object>& entries, const Receipt& receipt);

  /// Entries left to the engine, and those that it has entered.
  [[nodiscard]] std::uint64_t left() const { return left_; }
  [[nodiscard]] std::uint64_t followed() const { return followed_; }

 private:
  /// Entries that stand one behind the other, there as here.
  struct Run {
    Position now;  // of the first one
    std::uint64_t count = 0;
  };

  void noteNow(std::uint64_t position, Position now);
  /// Where the entry of that position in the old log stands now.
  [[nodiscard]] std::optional<Position> nowAt(std::uint64_t position) const;
  void lead(boost::json::object& entry, const EventInfo& act);
  void leadFields(boost::json::object& data, const EventInfo& act) const;
  void leadName(boost::json::value& name) const;
  void leadCorrigendum(boost::json::object& data) const;
  void leadRetraction(boost::json::object& data) const;
  [[nodiscard]] bool matchEngine(const boost::json::object& entry, const EventInfo& act);
  [[nodiscard]] Verdict lookAtEngines(boost::json::object& entry, const EventInfo& act,
                                      bool beginsSubmission);
  [[nodiscard]] bool isFounding(const Record& record) const;
  [[nodiscard]] bool isHere(const boost::json::object& entry, const EventInfo& act) const;

  const Register& reg_;
  const Catalogue& catalogue_;
  std::map<std::string, std::string, std::less<>> formerNames_;  // by the name of today
  std::map<std::uint64_t, Run> runs_;   // by the position of the first entry in the old log
  std::deque<RecordPtr> consequences_;  // of the last submission, not met in the file yet
  std::string submission_;              // of the line before
  std::set<std::string> released_;      // days that the file has let take effect
  std::uint64_t left_ = 0;
  std::uint64_t followed_ = 0;
};

}  // namespace consulta
