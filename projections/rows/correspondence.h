// A letter, note verbale or message: its references, who wrote to whom, what it concerns.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/correspondence.capnp.h"
#include "projections/row.h"

namespace consulta {

struct Correspondence {
  static constexpr auto aggregate = schema::Event::CORRESPONDENCE;

  schema::CorrespondenceKind kind = schema::CorrespondenceKind::LETTER;
  schema::Direction direction = schema::Direction::INCOMING;
  EntityId sender;
  std::vector<EntityId> addressees;
  std::string ourReference;
  std::string theirReference;
  SealedRef subject;
  SealedRef summary;
  std::string language;
  RowDate written;
  RowDate sent;
  RowDate received;
  EntityId inReplyTo;
  std::vector<EntityId> about;
  std::vector<EntityId> files;
  RowDate replyBy;
  EntityId replyOffice;
  EntityId reply;
  SealedRef remarks;
  bool operator==(const Correspondence&) const = default;
};
BOOST_DESCRIBE_STRUCT(Correspondence, (),
                      (kind, direction, sender, addressees, ourReference, theirReference, subject,
                       summary, language, written, sent, received, inReplyTo, about, files, replyBy,
                       replyOffice, reply, remarks))

void fold(Correspondence& row, RowHead& head, schema::CorrespondenceEvent::Reader event,
          const FoldStep& step);

}  // namespace consulta
