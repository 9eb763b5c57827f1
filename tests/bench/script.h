// A life being written down: acts, each some days after the one before it.
#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/values/calendar.h"

namespace consulta::bench {

/// What is entered together, by whom and when.
struct LifePiece {
  std::int64_t atNs = 0;
  unsigned clerk = 0;  // below clerks_max: who verifies is not who implemented
  std::vector<boost::json::object> entries;
};
constexpr unsigned clerks_max = 2;

/// "2006-04-03".
[[nodiscard]] std::string dayText(std::int64_t ns);
/// "MTG-0000017".
[[nodiscard]] std::string numbered(std::string_view prefix, std::uint64_t number);

/// Times never run beyond the end of the span: what would come later comes at its end.
class Script {
 public:
  Script(std::int64_t beginNs, std::int64_t endNs) : atNs_(beginNs), endNs_(endNs) {}

  void passDays(std::size_t days) {
    atNs_ = std::min(endNs_, atNs_ + static_cast<std::int64_t>(days) * nsPerDay);
  }
  /// The day that passDays() would lead to.
  [[nodiscard]] std::string day(int daysOn = 0) const {
    return dayText(std::min(endNs_, atNs_ + daysOn * nsPerDay));
  }

  [[nodiscard]] boost::json::object entry(const char* type, const std::string& entity,
                                          boost::json::object data = {}) const {
    boost::json::object out;
    out["type"] = type;
    out["entity"] = entity;
    out["occurred"] = day();
    out["data"] = std::move(data);
    return out;
  }
  void together(std::vector<boost::json::object> entries, unsigned clerk = 0) {
    pieces_.push_back(LifePiece{atNs_, clerk, std::move(entries)});
  }
  void act(const char* type, const std::string& entity, boost::json::object data = {},
           unsigned clerk = 0) {
    std::vector<boost::json::object> one;
    one.push_back(entry(type, entity, std::move(data)));
    together(std::move(one), clerk);
  }

  [[nodiscard]] std::vector<LifePiece>& pieces() { return pieces_; }

 private:
  std::int64_t atNs_;
  const std::int64_t endNs_;
  std::vector<LifePiece> pieces_;
};

}  // namespace consulta::bench
