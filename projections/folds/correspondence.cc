#include "projections/rows/correspondence.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

template <typename Opening>
void describe(Correspondence& row, Opening e, Position at) {
  row.kind = e.getKind();
  row.direction = e.getDirection();
  take(row.sender, e.getSender());
  take(row.addressees, e.getAddressees());
  take(row.ourReference, e.getOurReference());
  take(row.theirReference, e.getTheirReference());
  take(row.subject, e.getSubject(), at, "subject");
  take(row.summary, e.getSummary(), at, "summary");
  take(row.language, e.getLanguage());
  take(row.written, e.getWritten());
  take(row.sent, e.getSent());
  take(row.received, e.getReceived());
  take(row.inReplyTo, e.getInReplyTo());
  take(row.about, e.getAbout());
  take(row.files, e.getFiles());
}

}  // namespace

void fold(Correspondence& row, RowHead&, schema::CorrespondenceEvent::Reader event,
          const FoldStep& step) {
  using E = schema::CorrespondenceEvent;
  switch (event.which()) {
    case E::REGISTERED:
      return describe(row, event.getRegistered(), step.valuesAt);
    case E::FOUND:
      return describe(row, event.getFound(), step.valuesAt);
    case E::ADDRESSEE_ADDED:
      row.addressees.emplace_back(event.getAddresseeAdded().getAddressee());
      return;
    case E::SUBJECT_COVERED:
      row.about.emplace_back(event.getSubjectCovered().getAbout());
      return;
    case E::FILE_ENCLOSED:
      row.files.emplace_back(event.getFileEnclosed().getFile());
      return;
    case E::SENT:
      take(row.sent, event.getSent().getSent());
      return take(row.ourReference, event.getSent().getOurReference());
    case E::RECEIVED:
      return take(row.received, event.getReceived().getReceived());
    case E::REPLY_ASKED:
      take(row.replyBy, event.getReplyAsked().getBy());
      return take(row.replyOffice, event.getReplyAsked().getOffice());
    case E::ANSWERED:
      return take(row.reply, event.getAnswered().getReply());
    case E::FILED:
      return take(row.remarks, event.getFiled().getRemarks(), step.valuesAt, "remarks");
    case E::REOPENED:
      row.reply = EntityId{};
      row.replyBy = RowDate{};
      row.replyOffice = EntityId{};
      return take(row.remarks, event.getReopened().getReason(), step.valuesAt, "reason");
  }
  throw std::logic_error("an event of a correspondence without a fold");
}

std::unique_ptr<Row> newCorrespondenceRow() {
  return std::make_unique<RowOf<Correspondence, &schema::Event::Reader::getCorrespondence>>();
}

}  // namespace consulta
