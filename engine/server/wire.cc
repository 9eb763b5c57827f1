#include "engine/server/wire.h"

#include <utility>

#include "engine/server/frame.h"

namespace consulta {

template <typename Root>
SharedBytes WireMessage<Root>::bytes() {
  return std::make_shared<const std::string>(frameOf(message_));
}
template class WireMessage<wire::ToClient>;
template class WireMessage<wire::ToServer>;

namespace {

using WireFault = wire::Failure::Fault;

WireFault wireFault(Fault fault) {
  switch (fault) {
    case Fault::refused:
      return WireFault::REFUSED;
    case Fault::usage:
      return WireFault::USAGE;
    case Fault::conflict:
      return WireFault::CONFLICT;
    case Fault::damaged:
      return WireFault::DAMAGED;
    case Fault::unavailable:
      break;
  }
  return WireFault::UNAVAILABLE;
}

Fault faultOf(WireFault fault) {
  switch (fault) {
    case WireFault::USAGE:
      return Fault::usage;
    case WireFault::CONFLICT:
      return Fault::conflict;
    case WireFault::DAMAGED:
      return Fault::damaged;
    case WireFault::UNAVAILABLE:
      return Fault::unavailable;
    case WireFault::NONE:
    case WireFault::REFUSED:
      break;
  }
  return Fault::refused;  // also a fault of a later version
}

}  // namespace

void write(wire::Place::Builder out, const LogPlace& place) {
  out.setEpoch(place.epoch);
  out.setPosition(place.position.value);
  out.setRecordedAtNs(place.recordedAtNs);
}

LogPlace placeOf(wire::Place::Reader place) {
  return {place.getEpoch(), Position(place.getPosition()), place.getRecordedAtNs()};
}

SharedBytes refusal(RegisterId reg, std::uint32_t request, const Failures& failures) {
  ToClient out(reg, request);
  auto list = out.root.initRefused(static_cast<unsigned>(failures.size()));
  for (unsigned i = 0; i < list.size(); ++i) {
    list[i].setCode(failures[i].rule);
    list[i].setFault(wireFault(failures[i].fault));
    list[i].setText(inEnglish(failures[i].text));
  }
  return out.bytes();
}

Failures failuresOf(capnp::List<wire::Failure>::Reader failures) {
  Failures out;
  for (const auto one : failures) {
    out.push_back({faultOf(one.getFault()), one.getCode().cStr(),
                   msg("{why}", arg("why", std::string(one.getText().cStr())))});
  }
  if (out.empty()) {
    out.push_back(unavailable("server.answer", msg("the server refuses, and does not say why")));
  }
  return out;
}

std::int64_t EventBatch::lastRecordedNs() const {
  const std::size_t begin = ends.size() > 1 ? ends[ends.size() - 2] : 0;
  RecordScan scan;
  return scan.read(std::string_view(bytes).substr(begin)).getRecordedAtNs();
}

SharedBytes eventsMessage(RegisterId reg, std::uint32_t request, const EventBatch& batch,
                          Position next, bool replayed, EntityId again) {
  // One segment that holds it all: the records are whole words, each with its pointer.
  const auto words = batch.bytes.size() / sizeof(capnp::word) + batch.ends.size() + 32;
  capnp::MallocMessageBuilder message(static_cast<unsigned>(words));
  auto root = message.initRoot<wire::ToClient>();
  ToClient::write(root.initRegister(), reg.high, reg.low);
  root.setRequest(request);
  auto events = root.initEvents();
  events.setNext(next.value);
  events.setReplayed(replayed);
  events.setAgain(again.value);
  auto list = events.initRecords(static_cast<unsigned>(batch.ends.size()));
  std::size_t begin = 0;
  for (unsigned i = 0; i < list.size(); ++i) {
    const auto* bytes = reinterpret_cast<const kj::byte*>(batch.bytes.data() + begin);
    list.set(i, kj::arrayPtr(bytes, batch.ends[i] - begin));
    begin = batch.ends[i];
  }
  return std::make_shared<const std::string>(frameOf(message));
}

}  // namespace consulta
