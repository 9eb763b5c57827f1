// Rules of attached files.
#include "projections/rows/file.h"

#include <algorithm>
#include <string_view>

#include "engine/rules/guard.h"

namespace consulta {

namespace {

bool isSha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

void checkHash(std::string_view text, Refusals& no) {
  if (isSha256(text)) return;
  no.refuse("file.sha256", msg("a SHA-256 is 64 hexadecimal digits in lower case"));
}

void checkMediaType(std::string_view text, Refusals& no) {
  const auto slash = text.find('/');
  if (slash != text.npos && slash > 0 && slash + 1 < text.size()) return;
  no.refuse("file.media-type", msg("a media type is written as application/pdf"));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getFile();
  if (event.isAttached()) {
    checkHash(event.getAttached().getSha256().cStr(), no);
    return checkMediaType(event.getAttached().getMediaType().cStr(), no);
  }
  if (event.isFound()) {
    if (event.getFound().hasSha256()) checkHash(event.getFound().getSha256().cStr(), no);
    if (event.getFound().hasMediaType()) {
      checkMediaType(event.getFound().getMediaType().cStr(), no);
    }
    return;
  }
  const auto self = on.row->head.id;
  if (event.isSuperseded() && EntityId(event.getSuperseded().getBy()) == self) {
    no.refuse("file.superseded.itself", msg("a file does not take its own place"));
  } else if (event.isDescribed() && EntityId(event.getDescribed().getTranslationOf()) == self) {
    no.refuse("file.translation.itself", msg("a file is not a translation of itself"));
  }
}

}  // namespace

const Rules& rulesOfFile() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
