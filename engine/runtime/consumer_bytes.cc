#include "engine/runtime/consumer_bytes.h"

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <kj/exception.h>

#include <algorithm>

#include "engine/store/consumer.capnp.h"
#include "projections/key_bytes.h"

namespace consulta {

namespace {

std::string bytesOf(capnp::MessageBuilder& message) {
  const auto words = capnp::messageToFlatArray(message);
  const auto bytes = words.asBytes();
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

/// Reads a stored message with `read`, which fills in what it says; false when it is none.
template <typename Root, typename Read>
bool decode(std::string_view bytes, Read&& read) {
  if (bytes.size() % sizeof(capnp::word) != 0) return false;
  auto words = kj::heapArray<capnp::word>(bytes.size() / sizeof(capnp::word));
  std::ranges::copy(bytes, reinterpret_cast<char*>(words.begin()));
  try {
    capnp::FlatArrayMessageReader message(words);
    read(message.getRoot<Root>());
  } catch (const kj::Exception&) {
    return false;
  }
  return true;
}

}  // namespace

std::string consumerKey(std::string_view name) {
  return "c" + std::string(name);
}

std::string heldKey(std::string_view name, EntityId entity) {
  auto out = "h" + std::string(name);
  out.push_back('\0');
  putBig(out, entity.value, 8);
  return out;
}

std::string encoded(const ConsumerFacts& facts) {
  capnp::MallocMessageBuilder message;
  auto out = message.initRoot<stored::Consumer>();
  out.setOwnerHigh(facts.owner.high);
  out.setOwnerLow(facts.owner.low);
  out.setFilter(facts.filter);
  out.setDone(facts.done.value);
  out.setMadeAtNs(facts.madeAtNs);
  out.setDoneAtNs(facts.doneAtNs);
  out.setEpoch(facts.epoch);
  return bytesOf(message);
}

std::string encoded(const HeldEntity& held) {
  capnp::MallocMessageBuilder message;
  auto out = message.initRoot<stored::Held>();
  out.setBegin(held.begin.value);
  out.setFrom(held.from.value);
  out.setParked(!held.dueNs);
  out.setDueNs(held.dueNs.value_or(0));
  out.setAttempts(held.attempts);
  out.setReason(held.reason);
  out.setHeldAtNs(held.heldAtNs);
  return bytesOf(message);
}

bool decode(std::string_view bytes, ConsumerFacts& facts) {
  return decode<stored::Consumer>(bytes, [&](stored::Consumer::Reader in) {
    facts.owner = wideId<ActorId>(in.getOwnerHigh(), in.getOwnerLow());
    facts.filter = in.getFilter().cStr();
    facts.done = Position(in.getDone());
    facts.madeAtNs = in.getMadeAtNs();
    facts.doneAtNs = in.getDoneAtNs();
    facts.epoch = in.getEpoch();
  });
}

bool decode(std::string_view bytes, HeldEntity& held) {
  return decode<stored::Held>(bytes, [&](stored::Held::Reader in) {
    held.begin = Position(in.getBegin());
    held.from = Position(in.getFrom());
    if (!in.getParked()) held.dueNs = in.getDueNs();
    held.attempts = in.getAttempts();
    held.reason = in.getReason().cStr();
    held.heldAtNs = in.getHeldAtNs();
  });
}

}  // namespace consulta
