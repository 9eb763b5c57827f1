// A contact between an office and a party, or their standing working relations.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/liaison.capnp.h"
#include "projections/row.h"

namespace consulta {

struct Liaison {
  static constexpr auto aggregate = schema::Event::LIAISON;

  std::vector<EntityId> offices;
  std::vector<EntityId> parties;
  std::vector<schema::Channel> channels;
  SealedRef subject;
  SealedRef summary;
  RowTexts purpose;
  RowDate period;
  EntityId programme;
  EntityId mechanism;
  std::vector<EntityId> persons;
  EntityId letter;
  SealedRef followUp;
  RowDate due;
  EntityId followUpOffice;
  RowDate done;
  SealedRef result;
  EntityId resultLetter;
  bool overdue = false;
  bool operator==(const Liaison&) const = default;
};
BOOST_DESCRIBE_STRUCT(Liaison, (),
                      (offices, parties, channels, subject, summary, purpose, period, programme,
                       mechanism, persons, letter, followUp, due, followUpOffice, done, result,
                       resultLetter, overdue))

void fold(Liaison& row, RowHead& head, schema::LiaisonEvent::Reader event, const FoldStep& step);

}  // namespace consulta
