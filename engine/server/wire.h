// Messages of the event protocol, to and from the types of the house.
#pragma once

#include <capnp/message.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/server/outbox.h"
#include "engine/server/protocol.capnp.h"
#include "events/ids.h"
#include "events/record.h"
#include "events/result.h"

namespace consulta {

/// Where the log is, or somebody in it.
struct LogPlace {
  std::uint64_t epoch = 0;
  Position position;
  std::int64_t recordedAtNs = 0;
};

/// One message to a client, or to a server, under construction.
template <typename Root>
class WireMessage {
 public:
  WireMessage(RegisterId reg, std::uint32_t request) : root(message_.initRoot<Root>()) {
    write(root.initRegister(), reg.high, reg.low);
    root.setRequest(request);
  }

  /// As a frame.
  [[nodiscard]] SharedBytes bytes();

  static void write(wire::Id::Builder id, std::uint64_t high, std::uint64_t low) {
    id.setHigh(high);
    id.setLow(low);
  }

 private:
  capnp::MallocMessageBuilder message_;

 public:
  typename Root::Builder root;  // valid as long as this
};

using ToClient = WireMessage<wire::ToClient>;
using ToServer = WireMessage<wire::ToServer>;

// Bytes of a message and of ours, neither copied.
[[nodiscard]] inline kj::ArrayPtr<const kj::byte> dataOf(std::string_view bytes) {
  return kj::arrayPtr(reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size());
}
[[nodiscard]] inline std::string_view textOf(capnp::Data::Reader data) {
  return {reinterpret_cast<const char*>(data.begin()), data.size()};
}

template <typename Wide>
[[nodiscard]] Wide idOf(wire::Id::Reader id) {
  return wideId<Wide>(id.getHigh(), id.getLow());
}

void write(wire::Place::Builder out, const LogPlace& place);
[[nodiscard]] LogPlace placeOf(wire::Place::Reader place);

/// The texts in English: whoever shows them to people in another language has the code.
[[nodiscard]] SharedBytes refusal(RegisterId reg, std::uint32_t request, const Failures& failures);
[[nodiscard]] Failures failuresOf(capnp::List<wire::Failure>::Reader failures);

/// Events as they are stored, copied when they were visited.
struct EventBatch {
  std::string bytes;
  std::vector<std::size_t> ends;  // of each of them in `bytes`

  void add(std::string_view record) {
    bytes += record;
    ends.push_back(bytes.size());
  }
  [[nodiscard]] bool empty() const { return ends.empty(); }
  /// When the last one was recorded; not of an empty batch.
  [[nodiscard]] std::int64_t lastRecordedNs() const;
};

[[nodiscard]] SharedBytes eventsMessage(RegisterId reg, std::uint32_t request,
                                        const EventBatch& batch, Position next, bool replayed,
                                        EntityId again = {});

}  // namespace consulta
