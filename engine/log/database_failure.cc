#include "engine/log/database_failure.h"

#include <cstddef>

namespace consulta::rocks {

bool isDamage(const ::rocksdb::Status& status) {
  return status.IsCorruption() || status.IsPathNotFound() ||
         status.subcode() == ::rocksdb::Status::kPathNotFound;
}

Failure failureOf(const ::rocksdb::Status& status, const Message& place) {
  const std::string detail = status.ToString();
  if (isDamage(status)) {
    return damaged("database.damaged",
                   msg("The register's database is damaged ({place}): {detail}. Stop using this "
                       "directory, keep it as it is, and restore the register from a backup.",
                       arg("place", place), arg("detail", detail)));
  }
  if (status.IsNoSpace()) {
    return unavailable("database.full",
                       msg("The disk of the register is full ({place}). Free some space, then "
                           "start the program again: what was acknowledged is safe.",
                           arg("place", place)));
  }
  if (status.IsBusy() || status.IsTimedOut() || status.IsTryAgain()) {
    return unavailable("database.busy", msg("The register's database is busy ({place}): {detail}. "
                                            "Try again in a moment.",
                                            arg("place", place), arg("detail", detail)));
  }
  return unavailable("database.io",
                     msg("The register's database cannot be used ({place}): {detail}. Check the "
                         "disk and the rights on the directory, then start the program again: "
                         "what was acknowledged is safe.",
                         arg("place", place), arg("detail", detail)));
}

std::string keyText(std::string_view key) {
  constexpr std::size_t bytes_shown_max = 24;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char c : key.substr(0, bytes_shown_max)) {
    const auto byte = static_cast<unsigned char>(c);
    text.push_back(digits[byte >> 4U]);
    text.push_back(digits[byte & 15U]);
  }
  if (key.size() > bytes_shown_max) text += "...";
  return text;
}

}  // namespace consulta::rocks
