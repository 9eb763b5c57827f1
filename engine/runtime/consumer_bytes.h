// Consumers as they are stored (engine/store/consumer.capnp says under which keys).
#pragma once

#include <string>
#include <string_view>

#include "engine/runtime/consumers.h"
#include "events/ids.h"

namespace consulta {

[[nodiscard]] std::string consumerKey(std::string_view name);
[[nodiscard]] std::string heldKey(std::string_view name, EntityId entity);

[[nodiscard]] std::string encoded(const ConsumerFacts& facts);
[[nodiscard]] std::string encoded(const HeldEntity& held);

// Both fill in what is stored, which is not what the key says; false when it cannot be read.
[[nodiscard]] bool decode(std::string_view bytes, ConsumerFacts& facts);
[[nodiscard]] bool decode(std::string_view bytes, HeldEntity& held);

}  // namespace consulta
