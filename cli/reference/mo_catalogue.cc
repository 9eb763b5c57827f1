#include "cli/reference/mo_catalogue.h"

#include <cstdint>

#include "events/values/utf8.h"

namespace consulta::reference {

namespace {

constexpr auto rule = "reference.catalogue";
constexpr std::uint32_t magic = 0x950412de;
constexpr std::uint32_t magicSwapped = 0xde120495;

/// The header is five numbers: magic, revision, how many texts, and where the two tables begin.
constexpr std::size_t header_bytes = 20;
/// A table has a length and an offset for each text.
constexpr std::size_t table_entry_bytes = 8;

/// Reads numbers and texts, never beyond the end.
class MoFile {
 public:
  explicit MoFile(std::string_view bytes) : bytes_(bytes) {}

  /// Whether it is of this format, and in which byte order.
  bool begins() {
    if (bytes_.size() < header_bytes) return false;
    const auto first = number(0);
    swapped_ = first == magicSwapped;
    // A higher major revision would mean another layout.
    return (first == magic || swapped_) && number(4) >> 16U <= 1;
  }

  /// Only within the header or a table that hasTable() has found complete.
  [[nodiscard]] std::uint32_t number(std::size_t at) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const auto byte = static_cast<unsigned char>(bytes_[at + i]);
      value |= std::uint32_t{byte} << 8U * static_cast<unsigned>(swapped_ ? 3 - i : i);
    }
    return value;
  }

  [[nodiscard]] bool hasTable(std::size_t at, std::size_t count) const {
    return at <= bytes_.size() && count <= (bytes_.size() - at) / table_entry_bytes;
  }

  /// Up to its first NUL: a plural's further forms follow there.
  [[nodiscard]] std::optional<std::string_view> text(std::size_t tableEntry) const {
    const std::size_t length = number(tableEntry);
    const std::size_t at = number(tableEntry + 4);
    if (at > bytes_.size() || length > bytes_.size() - at) return std::nullopt;
    const auto whole = bytes_.substr(at, length);
    return whole.substr(0, whole.find('\0'));
  }

 private:
  std::string_view bytes_;
  bool swapped_ = false;
};

}  // namespace

Result<MoCatalogue> MoCatalogue::read(std::string_view name, std::string_view bytes) {
  const auto broken = usage(rule, msg("{name} is not a catalogue of translations, or is damaged; "
                                      "install the package iso-codes again",
                                      arg("name", name)));
  MoFile file(bytes);
  if (!file.begins()) return broken;
  const std::size_t count = file.number(8);
  const std::size_t originals = file.number(12);
  const std::size_t translations = file.number(16);
  if (!file.hasTable(originals, count) || !file.hasTable(translations, count)) return broken;
  MoCatalogue out;
  for (std::size_t i = 0; i < count; ++i) {
    const auto original = file.text(originals + i * table_entry_bytes);
    const auto translation = file.text(translations + i * table_entry_bytes);
    if (!original || !translation) return broken;
    if (!isUtf8(*original) || !isUtf8(*translation)) return broken;
    out.translations_.emplace(*original, *translation);
  }
  return out;
}

std::optional<std::string_view> MoCatalogue::find(std::string_view original) const {
  // The empty text stands for the header of the file.
  if (original.empty()) return std::nullopt;
  const auto found = translations_.find(original);
  if (found == translations_.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

}  // namespace consulta::reference
