// The address of a Unix socket in a directory, however long its path is.
#pragma once

#include <filesystem>
#include <string>

#include "engine/log/file.h"
#include "events/result.h"

namespace consulta {

/// An address holds 107 bytes, a path more: it is named through the descriptor of its directory.
/// Valid as long as this lives.
class UnixAddress {
 public:
  [[nodiscard]] static Result<UnixAddress> of(const std::filesystem::path& path);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  UnixAddress(FileHandle directory, std::string text)
      : directory_(std::move(directory)), text_(std::move(text)) {}
  FileHandle directory_;
  std::string text_;
};

}  // namespace consulta
