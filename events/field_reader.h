// One field of an entry, read from JSON into the message. The list of kinds is the schema's.
#pragma once

#include <capnp/dynamic.h>

#include <boost/json/value.hpp>
#include <string>

#include "events/catalogue.h"
#include "events/entry.h"
#include "events/values.capnp.h"

namespace consulta {

/// Reads one value after the other into the fields of one event; collects what is wrong.
class FieldReader {
 public:
  /// `what` names the act in messages: "mou sign". The references must outlive the reader.
  FieldReader(std::string what, const EntryDefaults& defaults, Proposal& proposal,
              Failures& failures)
      : what_(std::move(what)), defaults_(defaults), proposal_(proposal), failures_(failures) {}

  void read(const FieldInfo& field, const boost::json::value& value,
            capnp::DynamicStruct::Builder event);

  /// The envelope's own values have no field of an act.
  void readDate(const std::string& name, const boost::json::value& value,
                schema::Date::Builder out);
  void readPersonal(const std::string& name, const boost::json::value& value,
                    schema::Sealed::Builder out);
  void readTexts(const std::string& name, const boost::json::value& value,
                 schema::Texts::Builder out);

 private:
  void readList(const FieldInfo& field, const boost::json::value& value,
                capnp::DynamicStruct::Builder event);
  /// The choice that is named, or null after saying what is wrong.
  const ChoiceInfo* choiceIn(const FieldInfo& field, const boost::json::value& value);
  void readChoice(const FieldInfo& field, const boost::json::value& value,
                  capnp::DynamicStruct::Builder event);
  void readInteger(const FieldInfo& field, const boost::json::value& value,
                   capnp::DynamicStruct::Builder event);
  void readFlag(const FieldInfo& field, const boost::json::value& value,
                capnp::DynamicStruct::Builder event);
  void readMoney(const FieldInfo& field, const boost::json::value& value,
                 schema::Money::Builder out);
  void readDecimal(const FieldInfo& field, const boost::json::value& value,
                   schema::Decimal::Builder out);
  void readZonedTime(const FieldInfo& field, const boost::json::value& value,
                     schema::ZonedTime::Builder out);
  void readDeadline(const FieldInfo& field, const boost::json::value& value,
                    schema::Deadline::Builder out);
  void addRef(const FieldInfo& field, const std::string& written,
              capnp::DynamicStruct::Builder owner, std::optional<unsigned> index);
  void addSession(const FieldInfo& field, const std::string& written,
                  schema::Deadline::Builder out);
  std::optional<std::string> readPlain(const FieldInfo& field, const boost::json::value& value);
  std::optional<std::string> asText(const std::string& field, const boost::json::value& value);
  void wrong(const std::string& field, const Message& why);
  void wrong(const std::string& field, const Failures& why);

  std::string what_;
  const EntryDefaults& defaults_;
  Proposal& proposal_;
  Failures& failures_;
};

}  // namespace consulta
