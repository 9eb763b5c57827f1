#include "engine/store/media_type.h"

#include <doctest/doctest.h>

#include <string>

using namespace consulta;

TEST_CASE("what the bytes say counts before the name of the file") {
  CHECK(mediaTypeOf("%PDF-1.4 ...", "letter.docx") == "application/pdf");
  CHECK(mediaTypeOf("\x89PNG\r\n\x1A\n....", "scan") == "image/png");
  CHECK(mediaTypeOf("\xFF\xD8\xFF\xE0", "scan.pdf") == "image/jpeg");
}

TEST_CASE("the name tells apart what begins alike") {
  const std::string zip("PK\x03\x04....");
  CHECK(mediaTypeOf(zip, "Mou.DOCX") ==
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  CHECK(mediaTypeOf(zip, "all.zip") == "application/zip");
  CHECK(mediaTypeOf("a;b\n1;2\n", "list.csv") == "text/csv");
  CHECK(mediaTypeOf("a;b\n1;2\n", "list") == "text/plain");
}

TEST_CASE("what nobody knows is bytes, and a name makes no text of it") {
  CHECK(mediaTypeOf(std::string("\0\1\2\3", 4), "note.txt") == "application/octet-stream");
  CHECK(mediaTypeOf("caf\xE9 in Latin-1", "note.txt") == "application/octet-stream");
  CHECK(mediaTypeOf("note", "note.docx") == "text/plain");
}

TEST_CASE("a text whose beginning ends within a character is a text") {
  std::string text;
  while (text.size() < media_type_bytes_seen) text += "\xC3\xA9";
  text = "x" + text;
  CHECK(mediaTypeOf(std::string_view(text).substr(0, media_type_bytes_seen), "acta.md") ==
        "text/markdown");
}
