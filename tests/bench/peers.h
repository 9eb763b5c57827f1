// Others that keep events in order and answer after a sync, measured on the same disk in the same
// run: a stream of Redis, and a message store in PostgreSQL. Both are started here, in directories
// of their own, when their Debian packages (redis-server, postgresql) are there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "tests/bench/raw.h"

namespace consulta::bench {

/// All values appended to one stream (appendfsync always) by so many clients over its Unix socket,
/// each with one under way; seconds. Nothing when there is no redis-server.
std::optional<double> appendToRedis(const KeyValues& all, std::size_t clients);

/// So many messages of that size written to streams of one category, each with the check of its
/// stream's version, by so many clients over its Unix socket (pgbench); seconds. Nothing when there
/// is no PostgreSQL, or no account for it.
std::optional<double> appendToPostgres(std::uint64_t count, std::size_t bytes, std::size_t clients);

}  // namespace consulta::bench
