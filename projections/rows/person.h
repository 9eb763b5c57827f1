// A person we deal with. Everything that says who it is lies sealed.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/person.capnp.h"
#include "projections/row.h"

namespace consulta {

struct Person {
  static constexpr auto aggregate = schema::Event::PERSON;

  SealedRef name;
  SealedRef function;
  EntityId party;
  EntityId office;
  SealedRef email;
  SealedRef telephone;
  SealedRef address;
  std::vector<std::string> languages;
  EntityId successor;
  bool operator==(const Person&) const = default;
};
BOOST_DESCRIBE_STRUCT(Person, (),
                      (name, function, party, office, email, telephone, address, languages,
                       successor))

void fold(Person& row, RowHead& head, schema::PersonEvent::Reader event, const FoldStep& step);

}  // namespace consulta
