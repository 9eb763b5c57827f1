#include "projections/rows.h"

#include <capnp/dynamic.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "events/entry.h"
#include "projections/describe.h"
#include "projections/dues.h"
#include "projections/index_keys.h"
#include "projections/key_bytes.h"
#include "projections/rows/correspondence.h"

namespace consulta {

// One maker an aggregate, in the order of the event union; each stands in its fold's file.
#define CONSULTA_AGGREGATE(name) std::unique_ptr<Row> new##name##Row();
#include "projections/aggregates.inc"
#undef CONSULTA_AGGREGATE

namespace {

using RowMaker = std::unique_ptr<Row> (*)();
constexpr RowMaker makers[] = {
#define CONSULTA_AGGREGATE(name) &new##name##Row,
#include "projections/aggregates.inc"
#undef CONSULTA_AGGREGATE
};

}  // namespace

std::unique_ptr<Row> newRow(std::uint16_t aggregate) {
  if (aggregate >= std::size(makers)) throw std::logic_error("an aggregate without a row");
  return makers[aggregate]();
}

std::string Row::encode() const {
  std::string out;
  out.reserve(512);  // most fit
  described::putNumber(out, aggregate());
  described::put(out, head);
  encodeFields(out);
  return out;
}

std::unique_ptr<Row> decodeRow(std::string_view bytes) {
  described::Source from{bytes};
  const auto aggregate = from.number();
  if (from.broken || aggregate >= std::size(makers)) return nullptr;
  auto row = newRow(static_cast<std::uint16_t>(aggregate));
  described::get(from, row->head);
  if (from.broken || !row->decodeFields(from.rest)) return nullptr;
  return row;
}

RowStart startOfRow(std::string_view bytes) {
  described::Source from{bytes};
  from.number();  // the aggregate
  RowHead head;
  described::get(from, head.id);
  described::get(from, head.revision);
  described::get(from, head.last);
  described::get(from, head.firstOrderNs);
  return RowStart{head.id, head.last, head.firstOrderNs};
}

namespace {

void move(RowHead& head, std::size_t axis, std::uint16_t to) {
  if (head.states[axis] == to) return;
  head.before[axis] = head.states[axis];
  head.states[axis] = to;
}

/// A found entry states each axis in a field of its own, and may name the state before in another.
/// A state before that is the state itself is not known.
void takeFoundStates(const Catalogue& catalogue, const EventInfo& act, RowHead& head,
                     schema::Event::Reader event) {
  const auto found = eventFields(catalogue, act, event);
  for (const auto& field : act.fields) {
    if (!field.axis) continue;
    head.states[*field.axis] = found.get(field.schema).as<capnp::DynamicEnum>().getRaw();
    head.before[*field.axis] = head.states[*field.axis];
  }
  for (const auto& field : act.fields) {
    if (!field.axisBefore) continue;
    const auto name = found.get(field.schema).as<capnp::Text>();
    const auto state = std::ranges::find(field.choices, name.cStr(), &ChoiceInfo::name);
    if (state != field.choices.end()) head.before[*field.axisBefore] = state->value;
  }
}

void addSymbol(RowHead& head, capnp::Text::Reader text, std::int64_t sinceNs) {
  if (text.size() == 0) return;
  std::string symbol(text.begin(), text.size());
  std::erase_if(head.symbols, [&](const RowSymbol& one) { return one.text == symbol; });
  head.symbols.push_back(RowSymbol{std::move(symbol), sinceNs});
}

/// Texts of the entry that become symbols of the entity.
void addAliases(const Catalogue& catalogue, const EventInfo& act, RowHead& head,
                const FoldStep& step) {
  const auto isAlias = [](const FieldInfo& field) { return field.alias; };
  if (std::ranges::none_of(act.fields, isAlias)) return;
  const auto event = eventFields(catalogue, act, step.event);
  for (const auto& field : act.fields) {
    if (field.alias) addSymbol(head, event.get(field.schema).as<capnp::Text>(), step.orderNs);
  }
}

void addNote(RowHead& head, schema::Record::Reader record) {
  if (!record.hasNote()) return;
  SealedRef note;
  take(note, record.getNote(), Position(record.getPosition()), "note");
  if (note.at) head.notes.push_back(std::move(note));
}

void applyMoves(const EventInfo& act, RowHead& head) {
  for (const auto& one : act.moves) {
    switch (one.to) {
      case MoveInfo::To::stays:
      case MoveInfo::To::computed:
        break;
      case MoveInfo::To::state:
        move(head, one.axis, one.state);
        break;
      case MoveInfo::To::previous:
        move(head, one.axis, head.before[one.axis]);
        break;
    }
  }
}

}  // namespace

void countEntry(RowHead& head, schema::Record::Reader record) {
  head.id = EntityId(record.getEntity());
  head.revision = std::max<std::uint64_t>(head.revision, record.getRevision());
  if (head.last < Position(record.getPosition())) {
    head.last = Position(record.getPosition());
    head.newestOrderNs = record.getOrderNs();
  }
  if ((record.getSubjectHigh() | record.getSubjectLow()) != 0) {
    head.subjectHigh = record.getSubjectHigh();
    head.subjectLow = record.getSubjectLow();
  }
}

void applyEntry(const Catalogue& catalogue, Row& row, const FoldStep& step) {
  auto& head = row.head;
  countEntry(head, step.record);
  head.lastOrderNs = std::max(head.lastOrderNs, step.orderNs);
  head.corrected = head.corrected || step.valuesAt != Position(step.record.getPosition());
  take(head.changed, step.occurred);
  addNote(head, step.record);
  if (step.event.isSymbolGiven()) {
    addSymbol(head, step.event.getSymbolGiven().getSymbol(), step.orderNs);
    return;
  }
  if (step.event.isDeadlinesReleased()) return;  // what it brings about is entered beside it
  if (step.event.isDeadlineMoved()) return noteMoved(row, step);
  const auto& act = catalogue.aggregate(row.aggregate()).events.at(row.eventTag(step.event));
  if (act.opens) {
    take(head.opened, step.occurred);
    head.firstOrderNs = step.orderNs;
    addSymbol(head, step.record.getSymbol(), step.orderNs);
    head.found = act.found;
    if (act.found) takeFoundStates(catalogue, act, head, step.event);
  }
  applyMoves(act, head);
  addAliases(catalogue, act, head, step);
  row.fold(step);
  noteDues(row, step);
}

// --- keys ---

namespace {

void foldCase(std::string& text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
}

}  // namespace

std::string foldSymbol(std::string_view symbol) {
  std::string out(symbol);
  foldCase(out);
  return out;
}

std::string_view lookUpOf(std::string_view key) {
  constexpr std::size_t id_bytes = 8;
  const auto first = [&](std::size_t bytes) {
    return key.size() < bytes ? std::string_view() : key.substr(0, bytes);
  };
  const auto throughEnd = [&](std::size_t from) {  // of a symbol or a reference
    const auto end = key.find('\0', from);
    return end == key.npos ? std::string_view() : key.substr(0, end + 1);
  };
  switch (key.empty() ? '\0' : key.front()) {
    case 'a':
    case 'g':
      return first(1 + 2);
    case 'l':
      return first(1 + id_bytes);
    case 's':
    case 'f':
      return throughEnd(1);
    case 'r':
      return throughEnd(1 + id_bytes);
    default:
      return first(1);
  }
}

std::string aggregateKeys(std::uint16_t aggregate) {
  std::string out = "a";
  putBig(out, aggregate, 2);
  return out;
}

std::string symbolKeys(std::string_view symbol) {
  std::string out;
  out.reserve(1 + symbol.size() + 1 + 2 + 8);  // what an index key goes on with
  out += 's';
  out += symbol;
  foldCase(out);
  out += '\0';
  return out;
}

bool keptAsFormer(std::string_view key) {
  return key.starts_with('s') || key.starts_with('a');
}

std::string formerKey(std::string_view key) {
  return (key.starts_with('a') ? "g" : "f") + std::string(key.substr(1));
}

std::string keyOfFormer(std::string_view formerKey) {
  return (formerKey.starts_with('g') ? "a" : "s") + std::string(formerKey.substr(1));
}

std::string linkKeys(EntityId target) {
  std::string out = "l";
  putBig(out, target.value, 8);
  return out;
}

std::string referenceKeys(EntityId sender, std::string_view reference) {
  std::string out = "r";
  putBig(out, sender.value, 8);
  out += foldSymbol(reference);
  out += '\0';
  return out;
}

EntityId keyedId(std::string_view key) {
  return EntityId(readBig(key.substr(key.size() - 8)));
}

namespace {

constexpr std::size_t targets_mostly = 32;

/// What a row names, in the order of its fields, perhaps repeated.
std::vector<EntityId> targetsOf(const Row& row) {
  std::vector<EntityId> out;
  out.reserve(targets_mostly);
  row.forEachRef([&](EntityId target) { out.push_back(target); });
  return out;
}

/// What tells a letter that came in from all others; empty for everything else.
std::string referenceKeys(const Row& row) {
  const auto* letter = tryAs<Correspondence>(&row);
  if (letter == nullptr || letter->direction != schema::Direction::INCOMING || !letter->sender ||
      letter->theirReference.empty()) {
    return {};
  }
  return referenceKeys(letter->sender, letter->theirReference);
}

}  // namespace

void forEachIndexKey(const Row& row, const std::function<void(std::string_view)>& visit) {
  std::string key;
  const auto give = [&] {
    putBig(key, row.head.id.value, 8);
    visit(key);
  };
  key = aggregateKeys(row.aggregate());
  give();
  for (const auto& symbol : row.head.symbols) {
    key = symbolKeys(symbol.text);
    putBig(key, row.aggregate(), 2);
    give();
  }
  auto targets = targetsOf(row);  // most stand there more than once
  std::ranges::sort(targets);
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
  for (const auto target : targets) {
    key = 'l';
    putBig(key, target.value, 8);
    give();
  }
  key = referenceKeys(row);
  if (!key.empty()) give();
}

std::vector<std::string> indexKeys(const Row& row) {
  std::vector<std::string> keys;
  forEachIndexKey(row, [&](std::string_view key) { keys.emplace_back(key); });
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

bool sameKeys(const Row& a, const Row& b) {
  return a.head.symbols == b.head.symbols && targetsOf(a) == targetsOf(b) &&
         referenceKeys(a) == referenceKeys(b);
}

}  // namespace consulta
