// An attached file: the hash of its bytes and what it is. The bytes lie elsewhere.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/file.capnp.h"
#include "projections/row.h"

namespace consulta {

struct File {
  static constexpr auto aggregate = schema::Event::FILE;

  schema::FileKind kind = schema::FileKind::TEXT;
  std::string sha256;
  std::uint64_t size = 0;
  std::string mediaType;
  SealedRef name;
  std::string language;
  EntityId translationOf;
  schema::Authenticity authenticity = schema::Authenticity::NOT_STATED;
  std::vector<EntityId> about;
  EntityId supersededBy;
  SealedRef reason;
  bool operator==(const File&) const = default;
};
BOOST_DESCRIBE_STRUCT(File, (),
                      (kind, sha256, size, mediaType, name, language, translationOf, authenticity,
                       about, supersededBy, reason))

void fold(File& row, RowHead& head, schema::FileEvent::Reader event, const FoldStep& step);

}  // namespace consulta
