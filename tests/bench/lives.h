// Realistic lives, made from a seed: what a secretariat enters in the course of years.
//
// Meetings with invitations and replies, recommendations through both axes, memoranda, projects
// with their funds, letters, contacts. Many lives run side by side, as they do; every entry is
// lawful in the order in which it comes. The same seed, span and number give the same entries.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <queue>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/bench/script.h"

namespace consulta::bench {

/// For one thread.
class Lives {
 public:
  /// About `entries` entries are spread over the span; more can be asked for, all at its end.
  Lives(std::uint64_t seed, std::int64_t fromNs, std::int64_t toNs, std::uint64_t entries);

  /// Times never decrease from piece to piece.
  LifePiece next();

  /// The programme that much of it belongs to.
  static constexpr const char* programme = "PROG-LAC";
  /// The nth meeting, as people name it; how many there are so far, the newest just planned.
  [[nodiscard]] static std::string meetingName(std::uint64_t number);
  [[nodiscard]] std::uint64_t meetings() const { return meetings_; }

 private:
  struct Planned {
    LifePiece piece;
    std::uint64_t order = 0;
    bool operator<(const Planned& other) const {  // what comes first is the greatest
      return std::pair(piece.atNs, order) > std::pair(other.piece.atNs, other.order);
    }
  };

  void begin();
  void plan(Script& script);
  [[nodiscard]] std::int64_t birthNs() const;
  void bear(Script& script);

  // lives_told.cc
  void party(Script& script);
  void meeting(Script& script);
  std::vector<std::string> invitations(Script& script, const std::string& meeting);
  void recommendation(Script& script, const std::string& origin);
  void followUp(Script& script, const std::string& recommendation);
  void memorandum(Script& script);
  void project(Script& script);
  std::string pledge(Script& script, const std::string& project);
  void letters(Script& script);
  void contact(Script& script);

  std::size_t below(std::size_t bound);
  bool chance(unsigned percent) { return below(100) < percent; }
  std::string words(std::size_t count);
  boost::json::object texts(std::size_t count);
  std::string money();
  std::string anyParty() { return numbered("party:P", 1 + below(parties_)); }
  std::string anyOffice();

  std::mt19937_64 random_;
  const std::int64_t fromNs_;
  const std::int64_t toNs_;
  const std::uint64_t entries_;
  std::uint64_t planned_ = 0;  // entries
  std::uint64_t order_ = 0;
  std::priority_queue<Planned> queue_;
  std::uint64_t parties_ = 0;  // each with one person
  std::uint64_t meetings_ = 0;
  std::uint64_t recommendations_ = 0;
  std::uint64_t memoranda_ = 0;
  std::uint64_t projects_ = 0;
  std::uint64_t pledges_ = 0;
  std::uint64_t letters_ = 0;
  std::uint64_t contacts_ = 0;
};

}  // namespace consulta::bench
