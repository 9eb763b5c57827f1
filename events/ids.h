// Identities. None converts to another, nor from a bare number without saying so.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "events/result.h"

namespace consulta {

/// A number that means one thing only. Zero is "none".
template <typename Tag>
struct Id {
  std::uint64_t value = 0;

  constexpr Id() = default;
  constexpr explicit Id(std::uint64_t number) : value(number) {}
  [[nodiscard]] constexpr explicit operator bool() const { return value != 0; }
  constexpr auto operator<=>(const Id&) const = default;
};

/// Where a record stands in the log: dense from 1.
using Position = Id<struct PositionTag>;
/// An entity is the position of the entry that opened it.
using EntityId = Id<struct EntityTag>;
/// The n-th entry of one entity: dense from 1.
using Revision = Id<struct RevisionTag>;

/// A 128-bit random id (a UUID on paper). Zero is "none".
template <typename Tag>
struct WideId {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  [[nodiscard]] constexpr explicit operator bool() const { return (high | low) != 0; }
  constexpr auto operator<=>(const WideId&) const = default;
};

using RegisterId = WideId<struct RegisterTag>;
using SubmissionId = WideId<struct SubmissionTag>;
using CorrelationId = WideId<struct CorrelationTag>;
/// Who acts. Random, because a name is personal data and a record is for ever.
using ActorId = WideId<struct ActorTag>;
/// Whose personal values: a random id, so that a record names nobody.
using SubjectId = WideId<struct SubjectTag>;

/// An id of its halves, as records and rows keep them.
template <typename Wide>
[[nodiscard]] constexpr Wide wideId(std::uint64_t high, std::uint64_t low) {
  Wide id;
  id.high = high;
  id.low = low;
  return id;
}

/// "6b1f6f1e-5a3c-4c58-9d5e-0c9f8f1d2a3b", lower case.
[[nodiscard]] std::string uuidText(std::uint64_t high, std::uint64_t low);
/// Reads the same form, either case. Anything else is a usage failure that shows the form.
[[nodiscard]] Result<std::array<std::uint64_t, 2>> readUuid(std::string_view text);

template <typename Tag>
std::string toText(const WideId<Tag>& id) {
  return uuidText(id.high, id.low);
}

template <typename Wide>
Result<Wide> readWideId(std::string_view text) {
  auto halves = readUuid(text);
  if (!halves) return std::move(halves).failures();
  Wide id;
  id.high = (*halves)[0];
  id.low = (*halves)[1];
  return id;
}

}  // namespace consulta

template <typename Tag>
struct std::hash<consulta::Id<Tag>> {
  std::size_t operator()(const consulta::Id<Tag>& id) const noexcept {
    // Positions are dense: a multiplication spreads them over the buckets.
    return static_cast<std::size_t>(id.value * 0x9E3779B97F4A7C15ULL);
  }
};

template <typename Tag>
struct std::hash<consulta::WideId<Tag>> {
  std::size_t operator()(const consulta::WideId<Tag>& id) const noexcept {
    return static_cast<std::size_t>(id.high ^ id.low);  // random already
  }
};
