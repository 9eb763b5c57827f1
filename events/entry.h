// An entry as somebody proposes it, before the register has decided: read from JSON, which is also
// what the command line and imports make.
//
//   { "type": "mou.signed", "entity": "mou:MOU-SEGIB-2006", "occurred": "2006-04-06",
//     "data": { "party": "party:UNIDO", "place": "Vienna" },
//     "note": "...", "sources": ["IDB.31/10 §4"], "grounds": ["meeting:MTG-1"], "expect": 3,
//     "authority": {"en": "Presiding officer"} }
//
// The authority stands in an entry that undoes, or newly brings about, what the register has
// entered by itself.
//
// An entry is a proposed event: there is no second set of command structs. It is built as the very
// message that will be stored; what only the register can know (positions, ids behind symbols,
// commitments of personal values) is filled in when it is decided.
#pragma once

#include <capnp/dynamic.h>
#include <capnp/message.h>

#include <boost/json/object.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "events/catalogue.h"
#include "events/envelope.capnp.h"
#include "events/ids.h"
#include "events/result.h"
#include "events/values/calendar.h"

namespace consulta {

/// What the submitter believes of the entity: nothing said, that it does not exist, or that its
/// newest entry has this revision.
struct Expect {
  enum class Kind { any, none, exact };
  Kind kind = Kind::any;
  Revision revision;
};

/// A reference still to be resolved: a symbol, "aggregate:symbol" or "#position".
struct PendingRef {
  std::string written;
  std::vector<std::string> kinds;       // what it may name; "*" alone: anything
  std::string field;                    // for messages
  capnp::DynamicStruct::Builder owner;  // valid as long as the proposal's message
  capnp::StructSchema::Field member;
  std::optional<unsigned> index;  // of a list of references
};

/// A personal value, kept out of the message: a commitment will stand in its place.
struct PersonalText {
  std::string field;  // its name in the schema, "note" for the envelope's own
  std::string value;
  schema::Sealed::Builder place;  // valid as long as the proposal's message
};

/// A corrigendum's wish: which fields of which entry, with their right values.
struct CorrectionWish {
  Position target;
  boost::json::object right;  // the right values by field name
  std::string language;       // of a right text that names none
  Day today;                  // what "today" means in a right deadline written in words
};

struct Proposal {
  const EventInfo* act = nullptr;  // lives as long as the catalogue
  std::string entity;              // as written: a symbol, with or without "aggregate:", or "#17"
  std::unique_ptr<capnp::MallocMessageBuilder> message;  // root: schema::Record
  std::vector<PendingRef> refs;
  std::vector<PersonalText> personal;
  Expect expect;
  std::optional<CorrectionWish> correction;

  [[nodiscard]] schema::Record::Builder record() const {
    return message->getRoot<schema::Record>();
  }
};

/// What an entry may leave out.
struct EntryDefaults {
  std::string language = "en";  // of a text that names none
  std::string occurred;         // EDTF, when the entry says nothing; empty: it must
  Day today;                    // what "today" means in a deadline written in words
};

/// Reads one entry. All that is wrong is returned, not the first. Members that a printed log adds
/// (position, revision, recorded, actor, submission ...) are accepted and ignored: the register
/// decides them anew.
[[nodiscard]] Result<Proposal> readEntry(const Catalogue& catalogue,
                                         const boost::json::object& entry,
                                         const EntryDefaults& defaults);

/// Sets fields of `event`, a struct of `act`, from JSON values by name; what is wrong is added to
/// `failures`, references and personal values to `proposal`. Used for entries and corrigenda.
void writeFields(const EventInfo& act, const boost::json::object& data,
                 capnp::DynamicStruct::Builder event, const EntryDefaults& defaults,
                 Proposal& proposal, Failures& failures);

/// The struct of the act that is set in `event`.
[[nodiscard]] capnp::DynamicStruct::Reader eventFields(const Catalogue& catalogue,
                                                       const EventInfo& act,
                                                       schema::Event::Reader event);
/// Likewise, to be changed. Valid as long as the message.
[[nodiscard]] capnp::DynamicStruct::Builder eventFields(const Catalogue& catalogue,
                                                        const EventInfo& act,
                                                        schema::Event::Builder event);
/// Sets the act in `event` and returns its empty struct. Valid as long as the message.
capnp::DynamicStruct::Builder initEventFields(const Catalogue& catalogue, const EventInfo& act,
                                              schema::Event::Builder event);
/// The act that is set in `event`, or null when this schema does not know it.
[[nodiscard]] const EventInfo* actOf(const Catalogue& catalogue, schema::Event::Reader event);

}  // namespace consulta
