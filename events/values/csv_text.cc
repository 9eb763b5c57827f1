// The bytes of a spreadsheet's file to text.
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "events/limits.h"
#include "events/values/csv.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

/// The text in that encoding as UTF-8; nothing when it is not well formed.
std::optional<std::string> converted(std::string_view bytes, const char* encoding) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(encoding, &error));
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()),
                                converter.get(), error);
  if (U_FAILURE(error)) return std::nullopt;
  std::string out;
  text.toUTF8String(out);
  return out;
}

/// The line, from 1, in which that place of the text is.
std::uint64_t lineOf(std::string_view text, std::size_t place) {
  std::uint64_t line = 1;
  for (std::size_t i = 0; i < place; ++i) {
    const bool ends = text[i] == '\n' || (text[i] == '\r' && !text.substr(i + 1).starts_with('\n'));
    if (ends) ++line;
  }
  return line;
}

/// How much of a text is UTF-8 beyond ASCII, and how much is none.
struct Utf8Share {
  std::size_t characters = 0;
  std::size_t strayBytes = 0;
  std::size_t firstStray = 0;  // where it is
};

Utf8Share utf8Share(std::string_view text) {
  Utf8Share out;
  for (auto rest = text; !rest.empty();) {
    const auto point = takeCodePoint(rest);
    if (point) {
      if (*point >= 0x80) ++out.characters;
      continue;
    }
    if (out.strayBytes++ == 0) out.firstStray = text.size() - rest.size();
    rest.remove_prefix(1);
  }
  return out;
}

Failure damagedUtf8(std::string_view text, std::size_t place) {
  return usage("csv.utf8",
               msg("line {line} is not UTF-8 like the rest of the file; save it anew as "
                   "\"CSV UTF-8\"",
                   arg("line", lineOf(text, place))));
}

/// Without a mark in front: UTF-8 or Windows-1252.
Result<std::string> unmarked(std::string bytes) {
  const auto share = utf8Share(bytes);
  if (share.strayBytes == 0) return bytes;
  if (share.characters >= share.strayBytes) return damagedUtf8(bytes, share.firstStray);
  return converted(bytes, "windows-1252").value_or(std::string());
}

Result<std::string> utf16(std::string_view bytes, const char* encoding) {
  auto text = converted(bytes, encoding);
  if (text) return *std::move(text);
  return usage("csv.utf16", msg("the file begins as UTF-16 and is none; save it anew as \"CSV "
                                "UTF-8\""));
}

Result<std::string> decoded(std::string bytes) {
  constexpr std::string_view utf8Mark = "\xEF\xBB\xBF";
  const std::string_view all = bytes;
  if (all.starts_with("\xFF\xFE")) return utf16(all.substr(2), "UTF-16LE");
  if (all.starts_with("\xFE\xFF")) return utf16(all.substr(2), "UTF-16BE");
  if (!all.starts_with(utf8Mark)) return unmarked(std::move(bytes));
  if (const auto share = utf8Share(all); share.strayBytes != 0) {
    return damagedUtf8(all, share.firstStray);
  }
  bytes.erase(0, utf8Mark.size());
  return bytes;
}

}  // namespace

Result<std::string> decodeCsv(std::string bytes) {
  if (bytes.size() > limits::csv_bytes_max) {
    return usage("csv.size",
                 msg("the file is longer than {max} bytes, which is more than a table of "
                     "entries can be; check that it is the right one, or save it in "
                     "several files",
                     arg("max", limits::csv_bytes_max)));
  }
  auto text = decoded(std::move(bytes));
  if (!text) return text;
  if (const auto nul = text->find('\0'); nul != text->npos) {
    return usage("csv.nul",
                 msg("line {line} holds a NUL, so the file is not a text; save the table "
                     "as \"CSV UTF-8\"",
                     arg("line", lineOf(*text, nul))));
  }
  return text;
}

}  // namespace consulta
