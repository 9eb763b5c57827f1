#include "events/canonical.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace consulta {

namespace {

static_assert(std::endian::native == std::endian::little, "words are read as they are stored");

constexpr int depth_max = 16;

enum Kind : unsigned { toStruct = 0, toList = 1 };  // others lead out of the segment
enum Element : unsigned { pointers = 6, structs = 7 };
/// Of what elements else there are.
constexpr std::array<std::uint64_t, 6> element_bits{0, 1, 8, 16, 32, 64};
constexpr unsigned word_bits = 64;

/// What a pointer to a struct says of it, or the tag before a list of structs; in words.
struct Sizes {
  explicit Sizes(std::uint64_t word) : data((word >> 32U) & 0xFFFFU), pointers(word >> 48U) {}
  [[nodiscard]] std::size_t all() const { return data + pointers; }
  std::size_t data;
  std::size_t pointers;
};

class Check {
 public:
  explicit Check(std::span<const capnp::word> words) : words_(words) {}

  bool all() {
    if (words_.empty() || kindOf(at(0)) != toStruct) return false;
    next_ = 1;
    return pointer(0, depth_max) && next_ == words_.size();
  }

 private:
  [[nodiscard]] std::uint64_t at(std::size_t index) const {
    std::uint64_t out = 0;
    std::memcpy(&out, &words_[index], sizeof out);
    return out;
  }
  static unsigned kindOf(std::uint64_t pointer) { return pointer & 3U; }
  static std::int64_t offsetOf(std::uint64_t pointer) {
    return std::bit_cast<std::int32_t>(static_cast<std::uint32_t>(pointer)) >> 2;
  }
  [[nodiscard]] std::size_t left() const { return words_.size() - next_; }

  /// The pointer in that word and all that it leads to, which begins where nothing was yet.
  bool pointer(std::size_t index, int depth) {
    const auto word = at(index);
    if (word == 0) return true;
    const auto kind = kindOf(word);
    if (kind > toList || depth == 0) return false;
    if (kind == toStruct && Sizes(word).all() == 0) return offsetOf(word) == -1;
    if (static_cast<std::int64_t>(index) + 1 + offsetOf(word) != static_cast<std::int64_t>(next_)) {
      return false;
    }
    return kind == toStruct ? structure(Sizes(word), depth - 1) : list(word, depth - 1);
  }

  bool structure(Sizes sizes, int depth) {
    if (sizes.all() > left()) return false;
    const auto begin = next_;
    next_ += sizes.all();
    Used used;
    return content(begin, sizes, depth, used) && used.data && used.pointers;
  }

  /// Whether the last word of each section says something, in one of several structs.
  struct Used {
    bool data = false;
    bool pointers = false;
  };
  bool content(std::size_t begin, Sizes sizes, int depth, Used& used) {
    const auto middle = begin + sizes.data;
    const auto end = middle + sizes.pointers;
    if (sizes.data == 0 || at(middle - 1) != 0) used.data = true;
    if (sizes.pointers == 0 || at(end - 1) != 0) used.pointers = true;
    for (auto index = middle; index < end; ++index) {
      if (!pointer(index, depth)) return false;
    }
    return true;
  }

  bool list(std::uint64_t word, int depth) {
    const auto element = (word >> 32U) & 7U;
    const std::uint64_t count = word >> 35U;
    if (element == structs) return listOfStructs(count, depth);
    if (element == pointers) {
      if (count > left()) return false;
      const auto begin = next_;
      next_ += count;
      for (auto index = begin; index < begin + count; ++index) {
        if (!pointer(index, depth)) return false;
      }
      return true;
    }
    const auto bits = count * element_bits.at(element);
    const auto size = (bits + word_bits - 1) / word_bits;
    if (size > left()) return false;
    next_ += size;
    const auto ofLast = bits % word_bits;
    return ofLast == 0 || at(next_ - 1) >> ofLast == 0;
  }

  /// `size` is that of all elements, in words. What they lead to follows behind the last.
  bool listOfStructs(std::uint64_t size, int depth) {
    if (left() == 0 || size > left() - 1) return false;
    const auto tag = at(next_);
    const Sizes sizes(tag);
    const std::uint64_t count = static_cast<std::uint32_t>(tag) >> 2U;
    if (kindOf(tag) != toStruct || count * sizes.all() != size) return false;
    const auto begin = next_ + 1;
    next_ = begin + size;
    if (sizes.all() == 0) return true;
    Used used;
    for (auto index = begin; index < begin + size; index += sizes.all()) {
      if (!content(index, sizes, depth, used)) return false;
    }
    return used.data && used.pointers;
  }

  const std::span<const capnp::word> words_;
  std::size_t next_ = 0;  // the first word to which nothing has led yet
};

}  // namespace

bool isCanonical(std::span<const capnp::word> words) {
  return Check(words).all();
}

}  // namespace consulta
