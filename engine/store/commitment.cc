#include "engine/store/commitment.h"

#include <cassert>
#include <stdexcept>

#include "events/limits.h"

namespace consulta {

namespace {

constexpr char sealed_format = 0x01;

void appendName(std::string& out, std::string_view name) {
  if (name.empty() || name.size() > limits::symbol_bytes_max) {
    throw std::invalid_argument("an origin or a field has 1 to symbol_bytes_max bytes");
  }
  appendU16(out, name.size());
  out += name;
}

std::string associatedWith(const Place& place, SubjectId subject) {
  std::string out(1, sealed_format);
  out += placeBytes(place);
  appendId(out, subject);
  return out;
}

}  // namespace

void appendU16(std::string& out, std::size_t number) {
  if (number > 0xFFFF) throw std::invalid_argument("the number does not fit 16 bits");
  out += static_cast<char>(number >> 8U);
  out += static_cast<char>(number & 0xFFU);
}

void appendU64(std::string& out, std::uint64_t number) {
  for (unsigned shift = 64; shift > 0; shift -= 8) {
    out += static_cast<char>((number >> (shift - 8)) & 0xFFU);
  }
}

std::uint64_t readU64(std::string_view eightBytes) {
  assert(eightBytes.size() == 8);
  std::uint64_t number = 0;
  for (const char c : eightBytes) number = (number << 8U) | static_cast<unsigned char>(c);
  return number;
}

std::string placeBytes(const Place& place) {
  if (!place.position) throw std::invalid_argument("a personal value needs a position");
  std::string out;
  out.reserve(2 + place.origin.size() + 8 + 2 + place.field.size());
  appendName(out, place.origin);
  appendU64(out, place.position.value);
  appendName(out, place.field);
  return out;
}

PlaceKeys placeKeys(Crypto& crypto, const Secret& subjectKey, const Place& place) {
  const auto where = placeBytes(place);
  const auto extracted = crypto.extract({}, subjectKey.bytes());
  return {crypto.expand(extracted, "commit" + where), crypto.expand(extracted, "seal" + where)};
}

Secret commitKey(Crypto& crypto, const Secret& subjectKey, const Place& place) {
  return crypto.hkdf(subjectKey, "commit" + placeBytes(place));
}

Secret sealKey(Crypto& crypto, const Secret& subjectKey, const Place& place) {
  return crypto.hkdf(subjectKey, "seal" + placeBytes(place));
}

Commitment commitmentTo(Crypto& crypto, const Secret& commitKey, std::string_view value) {
  return crypto.hmac(commitKey.bytes(), value);
}

std::string sealValue(Crypto& crypto, const Secret& sealKey, const Place& place, SubjectId subject,
                      std::string_view value) {
  std::string out;
  out.reserve(1 + Crypto::seal_overhead_bytes + value.size());
  out += sealed_format;
  crypto.seal(sealKey, associatedWith(place, subject), value, out);
  return out;
}

std::optional<std::string> openValue(Crypto& crypto, const Secret& sealKey, const Place& place,
                                     SubjectId subject, std::string_view sealed) {
  if (sealed.empty() || sealed.front() != sealed_format) return std::nullopt;
  return crypto.open(sealKey, associatedWith(place, subject), sealed.substr(1));
}

bool verifyDisclosure(Crypto& crypto, const Disclosure& disclosure, const Commitment& commitment) {
  const auto made = commitmentTo(crypto, disclosure.commitKey, disclosure.value);
  return sameBytes(bytesOf(made), bytesOf(commitment));
}

}  // namespace consulta
