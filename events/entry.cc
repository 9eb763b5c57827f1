#include "events/entry.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "events/field_reader.h"
#include "events/limits.h"
#include "events/values/distance.h"
#include "events/values/texts.h"
#include "events/values/utf8.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// Most entries fit; Cap'n Proto's own 8 kB would have to be cleared for each.
constexpr unsigned first_segment_words = 128;

/// Members of an entry that are read; the others in the second list belong to a printed log.
constexpr std::string_view members_read[] = {"type",   "entity",   "occurred", "data",
                                             "note",   "grounds",  "sources",  "expect",
                                             "symbol", "authority"};
constexpr std::string_view members_ignored[] = {
    "position",   "revision",   "recorded",    "order", "actor",
    "onBehalfOf", "submission", "correlation", "cause", "schema"};

bool isKnown(std::string_view name) {
  return std::ranges::find(members_read, name) != std::end(members_read) ||
         std::ranges::find(members_ignored, name) != std::end(members_ignored);
}

std::string nameOfAct(const EventInfo& act) {
  if (act.verb.empty()) return act.type;
  if (act.type.starts_with("common.")) return act.verb;
  return act.type.substr(0, act.type.find('.')) + " " + act.verb;
}

/// Reads the envelope's part of an entry; the event's fields are read by writeFields().
class EntryReader {
 public:
  EntryReader(const Catalogue& catalogue, const json::object& entry, const EntryDefaults& defaults)
      : catalogue_(catalogue), entry_(entry), defaults_(defaults) {}

  Result<Proposal> read() {
    if (!readType()) return std::move(failures_);
    proposal_.message = std::make_unique<capnp::MallocMessageBuilder>(first_segment_words);
    record_ = proposal_.message->initRoot<schema::Record>();
    readEntity();
    readExpect();
    FieldReader fields(nameOfAct(*proposal_.act), defaults_, proposal_, failures_);
    readOccurred(fields);
    if (const auto* note = entry_.if_contains("note")) {
      fields.readPersonal("note", *note, record_.initNote());
    }
    if (const auto* authority = entry_.if_contains("authority")) {
      fields.readTexts("authority", *authority, record_.initAuthority());
    }
    readGrounds();
    readSources();
    readData();
    if (!failures_.empty()) return std::move(failures_);
    return std::move(proposal_);
  }

 private:
  void wrong(std::string_view rule, Message text) {
    failures_.push_back(usage(std::string(rule), std::move(text)));
  }

  bool readType() {
    for (const auto& [name, value] : entry_) {
      if (!isKnown(name)) {
        wrong("entry.member", msg("an entry has no \"{name}\"; it has type, entity, occurred, "
                                  "data, note, grounds, sources, authority and expect",
                                  arg("name", excerpt(name))));
      }
    }
    const auto* type = entry_.if_contains("type");
    if (type == nullptr || !type->is_string()) {
      wrong("entry.type", msg("an entry needs a \"type\", as \"mou.signed\""));
      return false;
    }
    proposal_.act = catalogue_.byType(type->get_string());
    if (proposal_.act == nullptr) {
      wrong("entry.type", msg("there is no entry of type \"{type}\"; \"consulta catalogue\" lists "
                              "them all",
                              arg("type", excerpt(type->get_string()))));
      return false;
    }
    return failures_.empty();
  }

  void readEntity() {
    const auto* entity = entry_.if_contains("entity");
    if (entity == nullptr || !entity->is_string()) {
      return wrong("entry.entity", msg("an entry needs an \"entity\": the id it is about"));
    }
    auto line = readLine(entity->get_string());
    if (!line) {
      for (const auto& one : line.failures()) {
        wrong(one.rule, msg("the id: {why}", arg("why", one.text)));
      }
      return;
    }
    proposal_.entity = std::move(line).value();
  }

  void readExpect() {
    const auto* expect = entry_.if_contains("expect");
    if (expect == nullptr) return;
    if (expect->is_string() && expect->get_string() == "any") return;
    if (expect->is_string() && expect->get_string() == "none") {
      proposal_.expect.kind = Expect::Kind::none;
      return;
    }
    if (expect->is_int64() && expect->get_int64() > 0) {
      proposal_.expect.kind = Expect::Kind::exact;
      proposal_.expect.revision = Revision(static_cast<std::uint64_t>(expect->get_int64()));
      return;
    }
    wrong("entry.expect", msg("\"expect\" is any, none or a revision from 1"));
  }

  void readOccurred(FieldReader& fields) {
    if (const auto* occurred = entry_.if_contains("occurred")) {
      fields.readDate("occurred", *occurred, record_.initOccurred());
    } else if (!defaults_.occurred.empty()) {
      fields.readDate("occurred", json::value(defaults_.occurred), record_.initOccurred());
    } else {
      wrong("entry.occurred", msg("say when it occurred: \"occurred\", as \"2006-04-06\", or "
                                  "\"unknown\""));
    }
  }

  /// The members of a list of the envelope; one alone may stand without brackets.
  json::array itemsOf(std::string_view name) {
    const auto* given = entry_.if_contains(name);
    if (given == nullptr) return {};
    auto items = given->is_array() ? given->get_array() : json::array{*given};
    if (items.size() <= limits::list_items_max) return items;
    wrong("entry.list", msg("\"{name}\" has more than {max} values; enter them in several entries",
                            arg("name", name), arg("max", limits::list_items_max)));
    return {};
  }

  /// One line of such a list; nothing, and said why, when it is none.
  std::optional<std::string> lineOf(const json::value& item, const char* rule, Message otherwise) {
    if (!item.is_string()) {
      wrong(rule, std::move(otherwise));
      return std::nullopt;
    }
    auto line = readLine(item.get_string());
    if (line) return std::move(line).value();
    for (const auto& one : line.failures()) failures_.push_back(one);
    return std::nullopt;
  }

  void readGrounds() {
    const auto items = itemsOf("grounds");
    if (items.empty()) return;
    const auto member = capnp::Schema::from<schema::Record>().getFieldByName("grounds");
    record_.initGrounds(static_cast<unsigned>(items.size()));
    for (unsigned i = 0; i < items.size(); ++i) {
      auto line =
          lineOf(items[i], "entry.grounds", msg("a ground is the id of what the entry rests on"));
      if (!line) continue;
      proposal_.refs.push_back(PendingRef{std::move(*line), {"*"}, "ground", record_, member, i});
    }
  }

  void readSources() {
    const auto items = itemsOf("sources");
    if (items.empty()) return;
    auto list = record_.initSources(static_cast<unsigned>(items.size()));
    for (unsigned i = 0; i < items.size(); ++i) {
      const auto line =
          lineOf(items[i], "entry.sources", msg("a source is a text, as \"IDB.31/10 §4\""));
      if (!line) continue;
      // The paragraph follows the mark, as people cite: "IDB.31/10 §4".
      constexpr std::string_view mark = "§";
      const auto at = std::min(line->find(mark), line->size());
      const auto source = trimmed(std::string_view(*line).substr(0, at));
      const auto paragraph = at == line->size()
                                 ? source.substr(0, 0)
                                 : trimmed(std::string_view(*line).substr(at + mark.size()));
      if (source.empty() && paragraph.empty()) {
        wrong("entry.sources", msg("a source is a text, as \"IDB.31/10 §4\""));
      }
      if (!source.empty()) list[i].setSource(std::string(source));
      if (!paragraph.empty()) list[i].setParagraph(std::string(paragraph));
    }
  }

  void readData() {
    static const json::object nothing;
    const auto* data = entry_.if_contains("data");
    if (data != nullptr && !data->is_object()) {
      return wrong("entry.data", msg("\"data\" is an object of fields"));
    }
    const auto& object = data == nullptr ? nothing : data->get_object();
    if (proposal_.act == &catalogue_.corrigendum()) return readCorrigendum(object);
    auto event = initEventFields(catalogue_, *proposal_.act, record_.initEvent());
    writeFields(*proposal_.act, object, event, defaults_, proposal_, failures_);
    for (const auto& field : proposal_.act->fields) {
      if (!field.required || states(field, object)) continue;
      const auto what = arg("what", nameOfAct(*proposal_.act));
      const auto option = arg("field", field.option);
      failures_.push_back(usage(
          "entry.required", field.help.empty() ? msg("{what}: --{field} is missing", what, option)
                                               : msg("{what}: --{field} is missing: {help}", what,
                                                     option, arg("help", msg(field.help)))));
    }
  }

  /// An empty text or list says nothing: what is required is missing all the same.
  static bool states(const FieldInfo& field, const json::object& data) {
    const auto* given = data.if_contains(field.name);
    if (given == nullptr) given = data.if_contains(field.option);
    if (given == nullptr) return false;
    if (given->is_array() && given->get_array().empty()) return false;
    const bool isText = field.kind == FieldKind::text || field.kind == FieldKind::sealed;
    return !isText || !isEmptyText(*given);
  }
  static bool isEmptyText(const json::value& value) {
    return value.is_string() && std::string_view(value.get_string()).find_first_not_of(" \t\n") ==
                                    std::string_view::npos;
  }

  void readCorrigendum(const json::object& data) {
    const auto* target = data.if_contains("corrects");
    boost::system::error_code wrongNumber;
    const auto position = target == nullptr ? 0 : target->to_number<std::uint64_t>(wrongNumber);
    if (wrongNumber || position == 0) {
      return wrong("corrigendum.corrects", msg("a corrigendum needs \"corrects\": the position of "
                                               "the entry that was wrong"));
    }
    CorrectionWish wish;
    wish.target = Position(position);
    wish.language = defaults_.language;
    wish.today = defaults_.today;
    if (const auto* right = data.if_contains("right")) {
      if (!right->is_object()) {
        return wrong("corrigendum.right", msg("\"right\" is an object of the right values"));
      }
      wish.right = right->get_object();
    }
    auto corrigendum = record_.initEvent().initCorrigendum();
    FieldReader fields("correct", defaults_, proposal_, failures_);
    if (const auto* occurred = data.if_contains("occurred")) {
      fields.readDate("occurred", *occurred, corrigendum.initOccurred());
    } else if (wish.right.empty()) {
      wrong("corrigendum.empty", msg("say what is put right: a field with its right value, or the "
                                     "right date with --occurred"));
    }
    const auto* reason = data.if_contains("reason");
    if (reason == nullptr || isEmptyText(*reason)) {
      wrong("corrigendum.reason", msg("a corrigendum needs a reason; give it with --reason"));
    } else {
      fields.readPersonal("corrigendum.reason", *reason, corrigendum.initReason());
    }
    corrigendum.setCorrects(wish.target.value);
    proposal_.correction = std::move(wish);
  }

  const Catalogue& catalogue_;
  const json::object& entry_;
  const EntryDefaults& defaults_;
  Proposal proposal_;
  schema::Record::Builder record_{nullptr};
  Failures failures_;
};

}  // namespace

Result<Proposal> readEntry(const Catalogue& catalogue, const json::object& entry,
                           const EntryDefaults& defaults) {
  return EntryReader(catalogue, entry, defaults).read();
}

void writeFields(const EventInfo& act, const json::object& data,
                 capnp::DynamicStruct::Builder event, const EntryDefaults& defaults,
                 Proposal& proposal, Failures& failures) {
  FieldReader reader(nameOfAct(act), defaults, proposal, failures);
  for (const auto& [name, value] : data) {
    const auto* field = act.field(name);
    if (field != nullptr) {
      reader.read(*field, value, event);
      continue;
    }
    std::vector<std::string> names;
    for (const auto& one : act.fields) names.push_back(one.option);
    const auto near = nearest(kebab(name), names);
    failures.push_back(
        near ? usage("entry.field.unknown",
                     msg("{what} has no field --{field}. Did you mean --{near}?",
                         arg("what", nameOfAct(act)), arg("field", excerpt(kebab(name))),
                         arg("near", *near)))
             : usage("entry.field.unknown",
                     msg("{what} has no field --{field}; --help lists them",
                         arg("what", nameOfAct(act)), arg("field", excerpt(kebab(name))))));
  }
}

namespace {

/// `Any` is a DynamicStruct's Reader or Builder.
template <typename Any>
Any memberOf(const Catalogue& catalogue, const EventInfo& act, Any all) {
  if (act.type.starts_with("common."))
    return all.get(act.member).template as<capnp::DynamicStruct>();
  return all.get(catalogue.aggregate(act.aggregate).member)
      .template as<capnp::DynamicStruct>()
      .get(act.member)
      .template as<capnp::DynamicStruct>();
}

}  // namespace

capnp::DynamicStruct::Reader eventFields(const Catalogue& catalogue, const EventInfo& act,
                                         schema::Event::Reader event) {
  return memberOf<capnp::DynamicStruct::Reader>(catalogue, act, event);
}

capnp::DynamicStruct::Builder eventFields(const Catalogue& catalogue, const EventInfo& act,
                                          schema::Event::Builder event) {
  return memberOf<capnp::DynamicStruct::Builder>(catalogue, act, event);
}

capnp::DynamicStruct::Builder initEventFields(const Catalogue& catalogue, const EventInfo& act,
                                              schema::Event::Builder event) {
  capnp::DynamicStruct::Builder all = event;
  if (act.type.starts_with("common.")) return all.init(act.member).as<capnp::DynamicStruct>();
  return all.init(catalogue.aggregate(act.aggregate).member)
      .as<capnp::DynamicStruct>()
      .init(act.member)
      .as<capnp::DynamicStruct>();
}

namespace {

/// Where in a message stands which of its own union's members an aggregate's event sets.
struct TagPlace {
  unsigned pointer = 0;       // of the event: leads to the aggregate's own
  std::size_t tag_bytes = 0;  // into that one's data
};

/// By tag of the event union. To ask the schema each time takes many times as long as all the rest.
const std::vector<TagPlace>& tagPlaces() {
  static const auto all = [] {
    std::vector<TagPlace> out;
    for (const auto field : capnp::Schema::from<schema::Event>().getUnionFields()) {
      const std::size_t tag = field.getProto().getDiscriminantValue();
      if (out.size() <= tag) out.resize(tag + 1);
      const auto own = field.getType().asStruct().getProto().getStruct();
      out[tag] = TagPlace{field.getProto().getSlot().getOffset(),
                          own.getDiscriminantOffset() * sizeof(std::uint16_t)};
    }
    return out;
  }();
  return all;
}

/// The member that is set in the union of the aggregate's own event, as it stands in the message.
std::uint16_t ownTag(schema::Event::Reader event, std::uint16_t aggregate) {
  const auto place = tagPlaces().at(aggregate);
  const capnp::AnyStruct::Reader all = event;
  const auto pointers = all.getPointerSection();
  std::uint16_t tag = 0;  // what is not stored
  if (place.pointer >= pointers.size()) return tag;
  const auto data = pointers[place.pointer].getAs<capnp::AnyStruct>().getDataSection();
  if (place.tag_bytes + sizeof(tag) > data.size()) return tag;
  for (std::size_t i = sizeof(tag); i-- > 0;) {
    tag = static_cast<std::uint16_t>(tag << 8U | data[place.tag_bytes + i]);
  }
  return tag;
}

}  // namespace

const EventInfo* actOf(const Catalogue& catalogue, schema::Event::Reader event) {
  const auto tag = static_cast<std::uint16_t>(event.which());
  const auto* act = catalogue.byTags(tag, 0);
  if (act == nullptr || act->type.starts_with("common.")) return act;
  return catalogue.byTags(tag, ownTag(event, tag));
}

}  // namespace consulta
