// Where things lie in RocksDB's table files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace consulta::test {

/// The place of the last byte of a table's properties. RocksDB 7.8 reads that block before it
/// checks its checksum, and aborts the process when the highest bit of this byte is set; it is the
/// only byte of which that is true.
///
/// A table ends with a footer of 53 bytes: the kind of the checksums, then the offset of the block
/// that lists the other ones, seven bits a byte, the lowest first. The properties come right before
/// that block, with a trailer of five bytes (how they are compressed, and the checksum).
inline std::size_t lastOfProperties(const std::string& table) {
  constexpr std::size_t footer_bytes = 53;
  constexpr std::size_t trailer_bytes = 5;
  if (table.size() < footer_bytes) throw std::invalid_argument("not a table");
  std::uint64_t offset = 0;
  for (std::size_t i = 0; i < 10; ++i) {
    const auto byte = static_cast<unsigned char>(table[table.size() - footer_bytes + 1 + i]);
    offset |= std::uint64_t{byte & 0x7FU} << (7 * i);
    if (byte < 0x80U) break;
  }
  if (offset <= trailer_bytes || offset >= table.size()) throw std::invalid_argument("not a table");
  return static_cast<std::size_t>(offset) - trailer_bytes - 1;
}

}  // namespace consulta::test
