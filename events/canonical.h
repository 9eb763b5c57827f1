// Whether the bytes of a message are the one way of writing its content.
#pragma once

#include <capnp/common.h>

#include <span>

namespace consulta {

/// Whether these words are a Cap'n Proto message of one segment in the canonical form that its
/// encoding defines: objects in the order in which pointers lead to them, each named once and none
/// left over, structs without trailing zeroes, nothing in the gaps. Then every pointer leads to
/// something within the words, so that they may be read without looking for that again; what no
/// schema is needed for is all that is checked. As the library's own isCanonical() with its bounds,
/// which was half of what it took to read a record. The root must be a struct; pointers may be
/// sixteen deep.
[[nodiscard]] bool isCanonical(std::span<const capnp::word> words);

}  // namespace consulta
