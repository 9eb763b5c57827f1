#include "events/ids.h"

#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr std::size_t uuid_chars = 36;

bool isDashPlace(std::size_t i) {
  return i == 8 || i == 13 || i == 18 || i == 23;
}

}  // namespace

std::string uuidText(std::uint64_t high, std::uint64_t low) {
  std::string out(uuid_chars, '-');
  std::size_t digit = 0;
  for (std::size_t i = 0; i < uuid_chars; ++i) {
    if (isDashPlace(i)) continue;
    const auto half = digit < 16 ? high : low;
    out[i] = "0123456789abcdef"[(half >> (60 - 4 * (digit % 16))) & 0xFU];
    ++digit;
  }
  return out;
}

Result<std::array<std::uint64_t, 2>> readUuid(std::string_view text) {
  const auto bad = [&] {
    return usage("value.uuid", msg("\"{text}\" is not a UUID; write 32 hexadecimal digits as "
                                   "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
                                   arg("text", excerpt(text))));
  };
  if (text.size() != 36) return bad();
  std::array<std::uint64_t, 2> halves{};
  unsigned digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (isDashPlace(i)) {
      if (text[i] != '-') return bad();
      continue;
    }
    const auto digit = hexDigit(text[i]);
    if (!digit) return bad();
    auto& half = halves[digits / 16];
    half = (half << 4U) | *digit;
    ++digits;
  }
  return halves;
}

}  // namespace consulta
