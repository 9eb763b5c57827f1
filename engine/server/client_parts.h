// What the parts of a client share. Inside part of it.
#pragma once

#include <kj/exception.h>

#include <type_traits>

#include "events/result.h"

namespace consulta {

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
