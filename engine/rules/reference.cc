// Rules of reference lists: an item is found by "list/code", so that is how it is named; what is
// retired is not used anew.
#include "projections/rows/reference.h"

#include <capnp/schema.h>

#include <string>

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "engine/rules/rule_values.h"
#include "projections/describe.h"

namespace consulta {

namespace {

using schema::ReferenceList;

/// The item of a list that a code names; none when there is no such item.
EntityId itemOf(const Case& on, ReferenceList list, const std::string& code) {
  const auto found = on.state.named(described::enumName(list) + "/" + code, on.act.aggregate);
  return found.empty() ? EntityId{} : found.front();
}

/// A country is part of a region; every other item is part of one of its own list.
ReferenceList listOfParents(ReferenceList list) {
  return list == ReferenceList::COUNTRY ? ReferenceList::REGION : list;
}

bool isRetired(const Case& on, EntityId item) {
  const auto row = on.other(item);
  const auto* fields = tryAs<Reference>(row.get());
  return fields != nullptr && fields->retired;
}

/// Whether the way up from `item` comes to the one acted on. Items elsewhere may form a circle.
bool isPartOfItself(const Case& on, EntityId item, ReferenceList list) {
  constexpr int steps_max = 32;  // regions lie four deep
  for (int steps = 0; item && steps < steps_max; ++steps) {
    if (item == on.entity) return true;
    const auto row = on.state.row(item);
    const auto* fields = tryAs<Reference>(row.get());
    if (fields == nullptr || fields->parent.empty()) return false;
    item = itemOf(on, list, fields->parent);
  }
  return false;
}

void checkName(const Case& on, schema::ReferenceListed::Reader e, Refusals& no) {
  const auto name = described::enumName(e.getList()) + "/" + e.getCode().cStr();
  if (on.symbol == name) return;
  if (on.state.row(on.entity)) {
    no.refuse("reference.listed.name",
              msg("{symbol} stays in its list under its code, for entries name it by them; enter "
                  "\"reference retire {symbol}\", then \"reference add {name}\"",
                  arg("symbol", on.symbol), arg("name", name)));
    return;
  }
  no.refuse(
      "reference.listed.name",
      msg("an item is named by its list and code; write {name} as its id", arg("name", name)));
}

void checkParent(const Case& on, schema::ReferenceListed::Reader e, Refusals& no) {
  if (!e.hasParent()) return;
  const auto list = listOfParents(e.getList());
  const auto written = arg("list", described::enumName(list));
  const auto code = arg("parent", e.getParent().cStr());
  const auto parent = itemOf(on, list, e.getParent().cStr());
  if (!parent) {
    no.refuse("reference.listed.parent",
              msg("the list {list} has no item {parent}; enter it first, or leave --parent out",
                  written, code));
  } else if (isPartOfItself(on, parent, list)) {
    no.refuse("reference.listed.circle",
              msg("{symbol} would be part of itself; name another --parent than {parent}, or leave "
                  "it out",
                  arg("symbol", on.symbol), code));
  } else if (isRetired(on, parent)) {
    no.refuse(
        "reference.listed.parent-retired",
        msg("item {parent} of the list {list} is retired; name another --parent", written, code));
  }
}

void checkValidity(std::string_view rule, std::string_view from, std::string_view to,
                   Refusals& no) {
  if (!certainlyBefore(to, from)) return;
  no.refuse(rule, msg("it would be valid until {to}, before it is valid from {from}; give a later "
                      "--valid-to",
                      arg("to", to), arg("from", from)));
}

void checkListed(const Case& on, schema::ReferenceListed::Reader e, Refusals& no) {
  checkName(on, e, no);
  checkParent(on, e, no);
  checkValidity("reference.listed.validity", e.getValidFrom().getEdtf().cStr(),
                e.getValidTo().getEdtf().cStr(), no);
}

void checkRetired(const Case& on, const Reference& row, schema::ReferenceRetired::Reader e,
                  Refusals& no) {
  checkValidity("reference.retired.validity", row.validFrom.edtf, e.getValidTo().getEdtf().cStr(),
                no);
  if (!e.hasReplacedBy()) return;
  const auto code = arg("code", e.getReplacedBy().cStr());
  const auto list = arg("list", described::enumName(row.list));
  const auto item = itemOf(on, row.list, e.getReplacedBy().cStr());
  if (!item) {
    no.refuse("reference.retired.replacement",
              msg("the list {list} has no item {code}; enter it first with \"reference add\", or "
                  "leave --replaced-by out",
                  list, code));
  } else if (item == on.entity) {
    no.refuse("reference.retired.itself",
              msg("{entity} does not take its own place; name another item with --replaced-by, or "
                  "leave it out",
                  arg("entity", on.self())));
  } else if (isRetired(on, item)) {
    no.refuse("reference.retired.replacement-retired",
              msg("item {code} of the list {list} is retired itself; name one that is in use with "
                  "--replaced-by",
                  list, code));
  }
}

void guard(const Case& on, Refusals& no) {
  const auto* row = tryAs<Reference>(on.row);
  if (row == nullptr || !row->retired) return;
  no.refuse("reference.retired",
            msg("{entity} is retired, so nothing more is entered on it; correct an entry of it "
                "with \"consulta correct\", or add another item with \"reference add\"",
                arg("entity", on.self())));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getReference();
  if (event.isListed()) {
    checkListed(on, event.getListed(), no);
  } else if (event.isRetired()) {
    checkRetired(on, as<Reference>(*on.row), event.getRetired(), no);
  }
}

}  // namespace

const Rules& rulesOfReference() {
  static const Rules rules{&guard, &check, nullptr};
  return rules;
}

}  // namespace consulta
