// Rules of reference lists: an item is found by "list/code", so that is how it is named.
#include "projections/rows/reference.h"

#include <capnp/schema.h>

#include "engine/rules/guard.h"
#include "projections/describe.h"

namespace consulta {

namespace {

void checkListed(const Case& on, schema::Event::Reader all, std::string_view symbol, Refusals& no) {
  const auto e = all.getReference().getListed();
  const auto name = described::enumName(e.getList()) + "/" + e.getCode().cStr();
  if (symbol != name) {
    no.refuse(
        "reference.listed.name",
        msg("an item is named by its list and code; write {name} as its id", arg("name", name)));
  }
  if (!e.hasParent()) return;
  // A country is part of a region; every other item is part of one of its own list.
  const auto country = e.getList() == schema::ReferenceList::COUNTRY;
  const auto list = described::enumName(country ? schema::ReferenceList::REGION : e.getList());
  if (on.state.named(list + "/" + e.getParent().cStr(), on.act.aggregate).empty()) {
    no.refuse("reference.listed.parent",
              msg("the list {list} has no item {parent}; enter it first, or leave --parent out",
                  arg("list", list), arg("parent", e.getParent().cStr())));
  }
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  if (all.getReference().isListed()) return checkListed(on, all, on.symbol, no);
  const auto& row = as<Reference>(*on.row);
  if (row.retired) {
    no.refuse("reference.retired", msg("{entity} is retired; nothing more can be entered on it",
                                       arg("entity", on.self())));
  }
}

}  // namespace

const Rules& rulesOfReference() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
