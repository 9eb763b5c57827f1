#include "engine/store/media_type.h"

#include <algorithm>
#include <array>

#include "events/values/utf8.h"

namespace consulta {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view zip = "PK\x03\x04"sv;
constexpr std::string_view compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;

/// Formats that are known by how they begin, whatever the file is called.
struct Beginning {
  std::string_view bytes;
  std::string_view type;
};
constexpr std::array beginnings{
    Beginning{"%PDF-"sv, "application/pdf"},
    Beginning{"\x89PNG\r\n\x1A\n"sv, "image/png"},
    Beginning{"\xFF\xD8\xFF"sv, "image/jpeg"},
    Beginning{"GIF87a"sv, "image/gif"},
    Beginning{"GIF89a"sv, "image/gif"},
    Beginning{"II*\0"sv, "image/tiff"},
    Beginning{"MM\0*"sv, "image/tiff"},
    Beginning{"{\\rtf"sv, "application/rtf"},
    Beginning{"%!PS"sv, "application/postscript"},
};

/// Formats that share a beginning and are told apart by the name; the last of a group has none.
struct Named {
  std::string_view begins;
  std::string_view extension;
  std::string_view type;
};
constexpr std::array named{
    Named{zip, ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    Named{zip, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    Named{zip, ".pptx",
          "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    Named{zip, ".odt", "application/vnd.oasis.opendocument.text"},
    Named{zip, ".ods", "application/vnd.oasis.opendocument.spreadsheet"},
    Named{zip, ".odp", "application/vnd.oasis.opendocument.presentation"},
    Named{zip, "", "application/zip"},
    Named{compound, ".doc", "application/msword"},
    Named{compound, ".xls", "application/vnd.ms-excel"},
    Named{compound, ".ppt", "application/vnd.ms-powerpoint"},
    Named{compound, ".msg", "application/vnd.ms-outlook"},
    Named{compound, "", "application/x-ole-storage"},
};

/// Kinds of text; any other name is plain text.
struct TextKind {
  std::string_view extension;
  std::string_view type;
};
constexpr std::array texts{
    TextKind{".html", "text/html"},      TextKind{".htm", "text/html"},
    TextKind{".xml", "application/xml"}, TextKind{".json", "application/json"},
    TextKind{".csv", "text/csv"},        TextKind{".eml", "message/rfc822"},
    TextKind{".md", "text/markdown"},    TextKind{".ics", "text/calendar"},
    TextKind{".svg", "image/svg+xml"},
};

/// UTF-8 without control characters. The end may stand within a character.
bool isText(std::string_view beginning) {
  const auto cut = beginning.size() == media_type_bytes_seen;
  const auto whole = [&] {
    for (std::size_t less = 0; less < (cut ? 4U : 1U); ++less) {
      if (isUtf8(beginning.substr(0, beginning.size() - less))) return true;
    }
    return false;
  };
  return std::ranges::none_of(beginning,
                              [](char c) {
                                const auto byte = static_cast<unsigned char>(c);
                                return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' &&
                                       c != '\f';
                              }) &&
         whole();
}

}  // namespace

std::string mediaTypeOf(std::string_view beginning, std::string_view fileName) {
  const auto name = asciiLower(fileName);
  for (const auto& one : beginnings) {
    if (beginning.starts_with(one.bytes)) return std::string(one.type);
  }
  for (const auto& one : named) {
    if (beginning.starts_with(one.begins) && name.ends_with(one.extension)) {
      return std::string(one.type);
    }
  }
  if (!isText(beginning)) return "application/octet-stream";
  for (const auto& one : texts) {
    if (name.ends_with(one.extension)) return std::string(one.type);
  }
  return "text/plain";
}

}  // namespace consulta
