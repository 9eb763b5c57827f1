// How much a server holds, sends and waits for: events/limits.h, in one value, so that tests can
// make a bound small enough to meet it.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "events/limits.h"

namespace consulta {

namespace limits {
/// What one peer may ask in a second, and at once before that counts; a pause follows, and no
/// refusal. A request of the event protocol takes some microseconds of the thread that all share,
/// one of HTTP some ten.
constexpr std::size_t requests_per_second = 50'000;
constexpr std::size_t requests_burst = 50'000;
/// What is begun must be whole in rest_of_request_ms, and a second later for so many bytes of it
/// that have come: so a long frame or body passes over a slow line, and nobody holds a place by
/// bytes that drip.
constexpr std::size_t rest_of_request_bytes_per_second = std::size_t{16} << 10U;
/// How often an entry is sent to a consumer again that cannot handle it; then it is parked.
constexpr std::uint32_t consumer_attempts_max = 20;
}  // namespace limits

struct ServerLimits {
  std::size_t frame_bytes_max = limits::frame_bytes_max;
  std::size_t first_frame_bytes_max = limits::first_frame_bytes_max;
  std::size_t connections_max = limits::connections_max;
  /// Of them, those of whom nothing is known yet but that they have connected over TCP.
  std::size_t arrivals_max = limits::connections_max / 16;
  /// Of these, those who come from one address (of IPv6: from one network of /64).
  std::size_t arrivals_of_address_max = limits::connections_max / 64;
  std::size_t requests_open_max = limits::requests_open_max;
  std::size_t requests_per_second = limits::requests_per_second;
  std::size_t requests_burst = limits::requests_burst;
  std::size_t unsent_bytes_max = limits::unsent_bytes_max;
  std::size_t event_batch_bytes = limits::event_batch_bytes;
  std::size_t commands_at_once = limits::commands_at_once;
  std::uint32_t consumer_attempts_max = limits::consumer_attempts_max;
  std::chrono::milliseconds hello{limits::hello_ms};
  std::chrono::milliseconds restOfRequest{limits::rest_of_request_ms};
  std::size_t rest_of_request_bytes_per_second = limits::rest_of_request_bytes_per_second;
  std::chrono::milliseconds stall{limits::stall_ms};
  std::chrono::milliseconds idle{limits::idle_ms};
  std::chrono::milliseconds heartbeat{limits::heartbeat_ms};

  /// How long after its beginning a frame or a request must be whole of which so many bytes came.
  [[nodiscard]] std::chrono::milliseconds forRest(std::size_t bytes) const {
    return restOfRequest +
           std::chrono::milliseconds(bytes * 1'000 / rest_of_request_bytes_per_second);
  }

  /// How often a connection looks at the time: as often as the shortest time that is waited for
  /// needs, within what costs nothing.
  [[nodiscard]] std::chrono::milliseconds lookEvery() const {
    const auto shortest = std::min({hello, restOfRequest, stall, idle, heartbeat});
    return std::clamp(shortest / 10, std::chrono::milliseconds(5),
                      std::chrono::milliseconds(1'000));
  }
};

}  // namespace consulta
