// Measuring: medians of three, and a table of what was reached beside its limit.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace consulta::bench {

constexpr int rounds = 3;

/// Seconds that `work` takes.
template <typename Work>
double seconds(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.at(values.size() / 2);
}

/// One line of the table. Of a ratio more is better; of a time or a size less is.
struct Figure {
  std::string what = {};
  std::string ours = {};   // with its unit
  std::string limit = {};  // of the peer measured in the same run; empty where the goal is absolute
  double reached = 0;
  double must = 0;
  double aim = 0;
  bool lessIsBetter = false;
};

/// Prints a line as soon as it is known; the head first.
void printHead();
void print(const Figure& figure);

}  // namespace consulta::bench
