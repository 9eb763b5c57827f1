// Inputs by chance for the tests of values; the same seed gives the same inputs everywhere.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace consulta::test {

class RandomText {
 public:
  explicit RandomText(std::uint64_t seed) : engine_(seed) {}

  // Not std::uniform_int_distribution, whose numbers differ from library to library.
  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    const auto width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    const auto step = width == UINT64_MAX ? engine_() : below(width + 1);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + step);
  }
  std::string bytes(std::size_t lengthMax) {
    std::string out(below(lengthMax + 1), '\0');
    for (char& c : out) c = static_cast<char>(below(256));
    return out;
  }
  std::string from(std::string_view alphabet, std::size_t lengthMax) {
    std::string out(below(lengthMax + 1), '\0');
    for (char& c : out) c = alphabet[below(alphabet.size())];
    return out;
  }
  // One of the texts with a few bytes changed, taken out or doubled.
  std::string spoiled(std::string text) {
    for (auto i = below(4); i > 0 && !text.empty(); --i) {
      const auto place = below(text.size());
      if (below(3) == 0) {
        text.erase(place, 1);
      } else if (below(2) == 0) {
        text.insert(place, 1, text[below(text.size())]);
      } else {
        text[place] = static_cast<char>(below(256));
      }
    }
    return text;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace consulta::test
