// Another one that keeps events in order and answers after a sync, measured on the same disk in the
// same run: a stream of Redis. It is started here, in a directory of its own, when its Debian
// package (redis-server) is there.
#pragma once

#include <cstddef>
#include <optional>

#include "tests/bench/raw.h"

namespace consulta::bench {

/// All values appended to one stream (appendfsync always) by so many clients over its Unix socket,
/// each with one under way; seconds. Nothing when there is no redis-server.
std::optional<double> appendToRedis(const KeyValues& all, std::size_t clients);

}  // namespace consulta::bench
