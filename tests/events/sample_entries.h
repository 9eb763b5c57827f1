// One entry of every act with every field filled in, made from the schema alone: always the same.
#pragma once

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <string>

#include "events/catalogue.h"
#include "events/entry.h"
#include "events/record.h"

namespace consulta::test {

inline boost::json::value sampleValue(const FieldInfo& field) {
  switch (field.kind) {
    case FieldKind::flag:
      return true;
    case FieldKind::integer:
      return 12;
    case FieldKind::text:
      if (field.symbol) return "IDB.31/10";
      if (!field.choices.empty()) return boost::json::value(field.choices.back().name);
      return boost::json::value(field.alias ? "ALIAS-1" : field.name + " text");
    case FieldKind::texts:
      return boost::json::object{{"en", field.name + " in English"}, {"fr", "énergie"}};
    case FieldKind::date:
      return boost::json::object{{"edtf", "2006-06/2006-07"}, {"words", "juin-juillet 2006"}};
    case FieldKind::money:
      return "1250000.50 EUR";
    case FieldKind::decimal:
      return "1.2345";
    case FieldKind::zonedTime:
      return "2006-07-14T18:00 Europe/Vienna";
    case FieldKind::deadline:
      return boost::json::object{{"date", "2006-10-31"}, {"beforeSession", "#31"}};
    case FieldKind::sealed:
      return boost::json::value(field.name + " personal");
    case FieldKind::choice:
      return boost::json::value(field.choices.back().name);
    case FieldKind::ref:
      return "#17";
  }
  return nullptr;
}

inline boost::json::object sampleEntry(const EventInfo& act) {
  boost::json::object data;
  for (const auto& field : act.fields) {
    auto one = sampleValue(field);
    data[field.name] = field.list ? boost::json::value(boost::json::array{one, one}) : one;
  }
  return {{"type", act.type},
          {"entity", act.opens ? "SAMPLE-1" : "#17"},
          {"occurred", "2006-04-06"},
          {"data", std::move(data)},
          {"note", "a note"},
          {"grounds", boost::json::array{"#3"}},
          {"sources", boost::json::array{"GC.11/Res.1 §3-5"}}};
}

/// Fills in what the register would: positions for "#n", a commitment for each personal value. The
/// tzdata edition is the machine's, so it is set to one that is always the same.
inline RecordPtr sampleRecord(const Catalogue& catalogue, const EventInfo& act,
                              const boost::json::object& entry) {
  auto proposal = readEntry(catalogue, entry, EntryDefaults{});
  if (!proposal) throw std::logic_error(inEnglish(proposal.failures().front().text));
  for (auto& ref : proposal->refs) {
    std::uint64_t id = 0;
    std::from_chars(ref.written.data() + 1, ref.written.data() + ref.written.size(), id);
    if (ref.index) {
      ref.owner.get(ref.member).as<capnp::DynamicList>().set(*ref.index, id);
    } else {
      ref.owner.set(ref.member, id);
    }
  }
  for (auto& personal : proposal->personal) {
    std::string commitment(32, 'c');
    commitment.replace(0, std::min<std::size_t>(personal.field.size(), 32), personal.field, 0, 32);
    personal.place.setCommitment(capnp::Data::Reader(
        reinterpret_cast<const kj::byte*>(commitment.data()), commitment.size()));
  }
  auto record = proposal->record();
  for (const auto& field : act.fields) {
    if (field.kind != FieldKind::zonedTime) continue;
    capnp::DynamicStruct::Builder all = record.getEvent();
    all.get(catalogue.aggregate(act.aggregate).member)
        .as<capnp::DynamicStruct>()
        .get(act.member)
        .as<capnp::DynamicStruct>()
        .get(field.schema)
        .as<schema::ZonedTime>()
        .setTzdata("2024a");
  }
  record.setPosition(100);
  record.setRecordedAtNs(1'144'310'400'000'000'000);
  record.setOrderNs(1'144'281'600'000'000'000);
  record.setEntity(act.opens ? 100 : 17);
  record.setRevision(act.opens ? 1 : 5);
  record.setSchemaVersion(schema_version);
  record.setActorHigh(1);
  record.setActorLow(2);
  record.setSubmissionHigh(3);
  record.setSubmissionLow(4);
  record.setSubjectHigh(5);
  record.setSubjectLow(6);
  if (act.opens) record.setSymbol("SAMPLE-1");
  return Record::read(Position(100), encode(record.asReader())).value();
}

}  // namespace consulta::test
