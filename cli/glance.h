// A screen of labelled lines: what stands under one label is told in a line or two each.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "cli/table.h"

namespace consulta {

/// One thing on the screen. `text` goes below the rest, over the whole width, so that a long title
/// stays readable beside long ids. Nothing in it can steer the terminal.
struct GlanceLine {
  std::string label;  // shown once for all lines that follow each other with it
  Cell id = "";
  Cell state = "";
  std::string brief;  // on the same line when it fits: a date, an amount
  std::string text;   // alone, without an id, it begins where the ids do
};

/// Collects lines, then prints them aligned. A narrow terminal gets each label on a line of its
/// own.
class Glance {
 public:
  void add(GlanceLine line) { lines_.push_back(std::move(line)); }
  void print(std::ostream& out, const Terminal& terminal) const;

 private:
  std::vector<GlanceLine> lines_;
};

}  // namespace consulta
