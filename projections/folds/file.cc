#include "projections/rows/file.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

template <typename Opening>
void describe(File& row, Opening e, Position at) {
  row.kind = e.getKind();
  take(row.sha256, e.getSha256());
  row.size = e.getSize();
  take(row.mediaType, e.getMediaType());
  take(row.name, e.getName(), at, "name");
  take(row.language, e.getLanguage());
  take(row.translationOf, e.getTranslationOf());
  row.authenticity = e.getAuthenticity();
  take(row.about, e.getAbout());
}

/// A file is attached to the same thing once.
void attach(File& row, EntityId about) {
  if (std::ranges::find(row.about, about) == row.about.end()) row.about.push_back(about);
}

void foldDescribed(File& row, schema::FileDescribed::Reader e) {
  take(row.language, e.getLanguage());
  take(row.translationOf, e.getTranslationOf());
  if (e.getAuthenticity() != schema::Authenticity::NOT_STATED) {
    row.authenticity = e.getAuthenticity();
  }
  for (auto about : e.getAbout()) attach(row, EntityId(about));
}

}  // namespace

void fold(File& row, RowHead&, schema::FileEvent::Reader event, const FoldStep& step) {
  using E = schema::FileEvent;
  switch (event.which()) {
    case E::ATTACHED:
      return describe(row, event.getAttached(), step.valuesAt);
    case E::FOUND:
      return describe(row, event.getFound(), step.valuesAt);
    case E::DESCRIBED:
      return foldDescribed(row, event.getDescribed());
    case E::SUPERSEDED:
      return take(row.supersededBy, event.getSuperseded().getBy());
    case E::RETIRED:
      return take(row.reason, event.getRetired().getReason(), step.valuesAt, "reason");
  }
  throw std::logic_error("an event of a file without a fold");
}

std::unique_ptr<Row> newFileRow() {
  return std::make_unique<RowOf<File, &schema::Event::Reader::getFile>>();
}

}  // namespace consulta
