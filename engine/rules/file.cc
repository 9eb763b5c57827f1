// Rules of attached files: what identifies the bytes, and how texts in several languages belong
// together.
#include "projections/rows/file.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "engine/rules/other_entity.h"

namespace consulta {

namespace {

using schema::Authenticity;

// --- the bytes ---

bool isSha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

void checkHash(std::string_view text, Refusals& no) {
  if (isSha256(text)) return;
  no.refuse(
      "file.sha256",
      msg("a SHA-256 is 64 hexadecimal digits in lower case; write what \"sha256sum\" prints"));
}

/// A name of RFC 6838: letters, digits and a few signs, at most 127 of them.
bool isTypeName(std::string_view text) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyz0123456789"
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ!#$&-^_.+";
  return !text.empty() && text.size() <= 127 && text.find_first_not_of(allowed) == text.npos;
}

void checkMediaType(std::string_view text, Refusals& no) {
  const auto slash = text.find('/');
  if (slash != text.npos && isTypeName(text.substr(0, slash)) &&
      isTypeName(text.substr(slash + 1))) {
    return;
  }
  no.refuse("file.media-type",
            msg("{text} is no media type; write it as application/pdf, without parameters",
                arg("text", text)));
}

void checkAttached(schema::FileAttached::Reader e, Refusals& no) {
  checkHash(e.getSha256().cStr(), no);
  checkMediaType(e.getMediaType().cStr(), no);
  if (e.getSize() == 0) {
    no.refuse("file.size", msg("a file of no bytes says nothing; give its --size, above zero"));
  }
}

/// What lies only on paper has no bytes.
void checkFound(schema::FileFound::Reader e, Refusals& no) {
  if (e.hasMediaType()) checkMediaType(e.getMediaType().cStr(), no);
  if (e.hasSha256()) return checkHash(e.getSha256().cStr(), no);
  if (e.getSize() == 0 && !e.hasMediaType()) return;
  no.needs("sha256", "file.found.bytes",
           msg("a file with bytes is known by their hash; give --sha256, or leave out --size and "
               "--media-type of what lies only on paper"));
}

// --- texts in several languages ---

/// What a file is, as far as translations look at it.
struct Text {
  std::string language;
  EntityId translationOf;
  Authenticity authenticity = Authenticity::NOT_STATED;
};

template <typename Opening>
Text textOf(Opening e) {
  return Text{e.getLanguage().cStr(), EntityId(e.getTranslationOf()), e.getAuthenticity()};
}

/// What the file is once the entry has said more of it.
Text describedText(const File& row, schema::FileDescribed::Reader e) {
  auto out = textOf(e);
  if (out.language.empty()) out.language = row.language;
  if (!out.translationOf) out.translationOf = row.translationOf;
  if (out.authenticity == Authenticity::NOT_STATED) out.authenticity = row.authenticity;
  return out;
}

std::vector<EntityId> originalOf(const Row& row) {
  const auto* file = tryAs<File>(&row);
  return file == nullptr ? std::vector<EntityId>{} : std::vector<EntityId>{file->translationOf};
}

/// A translation is in another language than its original, and is not itself what it translates.
void checkTranslation(const Case& on, const Text& text, Refusals& no) {
  if (!text.translationOf) return;
  const auto original = arg("original", on.name(text.translationOf));
  if (leadsBack(on, text.translationOf, AsOf::today, &originalOf)) {
    return no.refuse("file.translation.itself",
                     msg("{original} is this file itself or a translation of it; name the file it "
                         "was translated from with --translation-of, or leave it out",
                         original));
  }
  needsStanding(on, "file.translation.retired", text.translationOf, no);
  if (text.authenticity == Authenticity::AUTHENTIC) {
    no.refuse("file.translation.authentic",
              msg("an authentic text is not a translation; leave out --translation-of {original}, "
                  "or give --authenticity official or unofficial",
                  original));
  }
  const auto row = otherByThen(on, text.translationOf);
  const auto* of = tryAs<File>(row.get());
  if (of == nullptr || text.language.empty() || of->language != text.language) return;
  no.refuse("file.translation.language",
            msg("{original} is in {language} too, and a translation is in another language; give "
                "another --language, or name the file it was translated from",
                original, arg("language", text.language)));
}

void needsLanguage(const Text& text, Refusals& no) {
  if (!text.translationOf || !text.language.empty()) return;
  no.needs("language", "file.translation.language-stated",
           msg("say into which language it was translated: --language"));
}

/// What was translated does not take on the language of one of its translations.
void checkTranslations(const Case& on, const std::string& language, Refusals& no) {
  if (language.empty()) return;
  for (const auto id : on.state.linkedTo(on.entity)) {
    const auto row = on.state.row(id);
    const auto* other = tryAs<File>(row.get());
    if (other == nullptr || other->translationOf != on.entity || other->language != language) {
      continue;
    }
    no.refuse("file.language.translated",
              msg("{other} is a translation of it into {language}, so it is in another language "
                  "itself; give another --language, or correct that of {other}",
                  arg("other", on.name(id)), arg("language", language)));
  }
}

void checkAbout(const Case& on, capnp::List<std::uint64_t>::Reader about, Refusals& no) {
  checkDistinct(on, "file.about.distinct", "about", about, no);
  for (auto id : about) {
    if (EntityId(id) != on.entity) continue;
    no.refuse("file.about.itself",
              msg("a file is not attached to itself; name something else with --about"));
  }
}

template <typename Opening>
void checkOpening(const Case& on, Opening e, Refusals& no) {
  checkTranslation(on, textOf(e), no);
  checkTranslations(on, e.getLanguage().cStr(), no);
  checkAbout(on, e.getAbout(), no);
}

void checkDescribed(const Case& on, const File& row, schema::FileDescribed::Reader e,
                    Refusals& no) {
  if (!e.hasLanguage() && e.getTranslationOf() == 0 && e.getAbout().size() == 0 &&
      e.getAuthenticity() == Authenticity::NOT_STATED) {
    no.needs("language", "file.described.something",
             msg("say more of it: --language, --translation-of, --authenticity or --about"));
  }
  const auto text = describedText(row, e);
  checkTranslation(on, text, no);
  if (e.getTranslationOf() != 0) needsLanguage(text, no);
  checkTranslations(on, e.getLanguage().cStr(), no);
  checkAbout(on, e.getAbout(), no);
}

void checkSuperseded(const Case& on, EntityId by, Refusals& no) {
  if (by == on.entity) {
    return no.refuse("file.superseded.itself",
                     msg("{file} does not take its own place; name the file that does with --by",
                         arg("file", on.self())));
  }
  const auto row = otherByThen(on, by);
  const auto* file = tryAs<File>(row.get());
  if (file == nullptr || stateOf<schema::FileState>(row->head) == schema::FileState::ATTACHED) {
    return;
  }
  no.refuse("file.superseded.in-use",
            file->supersededBy
                ? msg("{by} was itself superseded, by {later}; name the file that holds now with "
                      "--by",
                      arg("by", on.name(by)), arg("later", on.name(file->supersededBy)))
                : msg("{by} is not in use; name a file that is with --by", arg("by", on.name(by))));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getFile();
  if (event.isAttached()) {
    checkAttached(event.getAttached(), no);
    needsLanguage(textOf(event.getAttached()), no);
    checkOpening(on, event.getAttached(), no);
  } else if (event.isFound()) {
    checkFound(event.getFound(), no);
    checkOpening(on, event.getFound(), no);
  } else if (event.isDescribed()) {
    checkDescribed(on, as<File>(*on.row), event.getDescribed(), no);
  } else if (event.isSuperseded()) {
    checkSuperseded(on, EntityId(event.getSuperseded().getBy()), no);
  }
}

}  // namespace

const Rules& rulesOfFile() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
