#include "engine/log/head_slot.h"

#include <algorithm>

#include "engine/log/crc32c.h"

namespace consulta {
namespace {

constexpr std::string_view magic = "consulta head 1\n";
constexpr std::size_t number_bytes = 8;
constexpr std::size_t crc_bytes = 4;

void putNumber(std::string& out, std::uint64_t number, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) {
    out.push_back(static_cast<char>(number & 0xFFU));
    number >>= 8U;
  }
}

/// The caller has checked that the bytes are there.
std::uint64_t takeNumber(std::string_view& bytes, std::size_t count) {
  std::uint64_t number = 0;
  for (std::size_t i = count; i > 0; --i) {
    number = number << 8U | static_cast<unsigned char>(bytes[i - 1]);
  }
  bytes.remove_prefix(count);
  return number;
}

}  // namespace

std::string writeHeadSlot(const HeadSlot& slot) {
  std::string out(magic);
  putNumber(out, slot.number, number_bytes);
  putNumber(out, slot.head.position.value, number_bytes);
  putNumber(out, slot.head.identity.registerId.high, number_bytes);
  putNumber(out, slot.head.identity.registerId.low, number_bytes);
  putNumber(out, slot.head.identity.epoch, number_bytes);
  out.append(slot.head.hash.begin(), slot.head.hash.end());
  out.resize(head_slot_bytes - crc_bytes);
  putNumber(out, crc32c(out), crc_bytes);
  return out;
}

std::optional<HeadSlot> readHeadSlot(std::string_view bytes) {
  if (bytes.size() != head_slot_bytes || !bytes.starts_with(magic)) return std::nullopt;
  std::string_view tail = bytes.substr(head_slot_bytes - crc_bytes);
  if (takeNumber(tail, crc_bytes) != crc32c(bytes.substr(0, head_slot_bytes - crc_bytes))) {
    return std::nullopt;
  }
  bytes.remove_prefix(magic.size());
  HeadSlot slot;
  slot.number = takeNumber(bytes, number_bytes);
  slot.head.position = Position(takeNumber(bytes, number_bytes));
  slot.head.identity.registerId.high = takeNumber(bytes, number_bytes);
  slot.head.identity.registerId.low = takeNumber(bytes, number_bytes);
  slot.head.identity.epoch = takeNumber(bytes, number_bytes);
  std::transform(bytes.begin(), bytes.begin() + slot.head.hash.size(), slot.head.hash.begin(),
                 [](char c) { return static_cast<std::uint8_t>(c); });
  return slot;
}

}  // namespace consulta
