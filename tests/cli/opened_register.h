// The register of the real program, opened by the test itself between two runs.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <filesystem>
#include <memory>

#include "engine/runtime/register.h"

namespace consulta::test {

class OpenedRegister {
 public:
  explicit OpenedRegister(
      const std::filesystem::path& data,
      Clock clock = [] { return std::int64_t{4'000'000'000'000'000'000}; }) {
    RegisterOptions options;
    options.directory = data;
    options.command = "the test";
    options.clock = std::move(clock);
    options.clockConfirmed = true;
    auto opened = Register::open(catalogue_, options);
    INFO((opened ? std::string() : inEnglish(opened.failures().front().text)));
    REQUIRE(opened.ok());
    register_ = std::move(opened).value();
  }

  Register& operator*() { return *register_; }
  Register* operator->() { return register_.get(); }

 private:
  const Catalogue catalogue_;
  std::unique_ptr<Register> register_;
};

/// How many entries the register holds.
inline std::uint64_t entriesIn(const std::filesystem::path& data) {
  return OpenedRegister(data)->last().value;
}

}  // namespace consulta::test
