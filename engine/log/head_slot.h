// The bytes of one slot of the head file. Private to it.
//
//   16 magic   8 number   8 position   16 register   8 epoch   32 hash   zeros   4 CRC-32C
//
// Numbers have their lowest byte first; the checksum is over the 508 bytes before it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/log/head_file.h"

namespace consulta {

struct HeadSlot {
  std::uint64_t number = 0;
  Head head;
};

[[nodiscard]] std::string writeHeadSlot(const HeadSlot& slot);
/// None when it is not a whole slot, as it was written.
[[nodiscard]] std::optional<HeadSlot> readHeadSlot(std::string_view bytes);

}  // namespace consulta
