// What the parts of a client share. Inside part of it.
#pragma once

#include <capnp/blob.h>
#include <kj/exception.h>

#include <string_view>
#include <type_traits>

#include "events/result.h"

namespace consulta {

[[nodiscard]] inline kj::ArrayPtr<const kj::byte> dataOf(std::string_view bytes) {
  return kj::arrayPtr(reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size());
}

[[nodiscard]] inline std::string_view textOf(capnp::Data::Reader data) {
  return {reinterpret_cast<const char*>(data.begin()), data.size()};
}

/// The server has said what cannot be understood.
[[nodiscard]] Failure noAnswer();

/// Reading what was made up throws; whoever calls a client is told as of any other failure.
template <typename Read>
[[nodiscard]] std::invoke_result_t<Read> checked(const Read& read) {
  try {
    return read();
  } catch (const kj::Exception&) {
    return noAnswer();
  }
}

}  // namespace consulta
