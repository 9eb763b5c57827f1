#include "cli/story.h"

#include <algorithm>

#include "cli/event_node.h"
#include "events/entry.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

std::string str(capnp::Text::Reader text) {
  return {text.begin(), text.size()};
}

/// A text of an entry among others says what it is about; "show" has the whole of it.
constexpr std::size_t text_columns_max = 240;

ValueView storyView(const Looking& at) {
  auto out = at.view();
  out.textColumns = text_columns_max;
  return out;
}

RowDate dateOf(schema::Date::Reader from) {
  RowDate out;
  take(out, from);
  return out;
}

/// What was entered and withdrawn, where it stood: it takes no effect, but it is not forgotten.
/// Withdrawn corrigenda are in the log alone.
void addWithdrawn(const Looking& at, EntityId id, std::int64_t uptoNs,
                  std::vector<StoryLine>& out) {
  const auto timeline = at.state.timeline(id);
  const auto withdrawn = timeline.withdrawn();
  if (withdrawn.empty()) return;
  for (const auto& record : timeline.records()) {
    const auto by = withdrawn.find(record->position());
    const auto root = record->get();
    if (by == withdrawn.end() || root.getEvent().isCorrigendum() || root.getOrderNs() > uptoNs) {
      continue;
    }
    StoryLine line;
    line.act = actOf(at.state.catalogue(), root.getEvent());
    line.withdrawnBy = by->second;
    line.step.entry = record;
    line.step.orderNs = root.getOrderNs();
    out.push_back(std::move(line));
  }
  std::ranges::sort(out, {}, [](const StoryLine& line) {
    return std::pair(line.step.orderNs, line.step.position());
  });
}

}  // namespace

std::vector<StoryLine> storyOf(const Looking& at, EntityId id, Withdrawn withdrawn) {
  std::vector<StoryLine> out;
  const auto upto = at.past != nullptr ? at.past->moment().asOfNs : Timeline::the_end;
  const auto possibly = at.past != nullptr ? at.past->possibly(id) : std::vector<Position>{};
  for (auto& step : at.state.timeline(id).steps(upto)) {
    StoryLine line;
    line.act = actOf(at.state.catalogue(), step.entry->get().getEvent());
    line.possibly = std::ranges::find(possibly, step.position()) != possibly.end();
    line.step = std::move(step);
    out.push_back(std::move(line));
  }
  if (withdrawn == Withdrawn::shown) addWithdrawn(at, id, upto, out);
  // From the end: late is what has an older entry behind it.
  Position oldestBehind(std::numeric_limits<std::uint64_t>::max());
  for (auto line = out.rbegin(); line != out.rend(); ++line) {
    line->late = oldestBehind < line->step.position();
    oldestBehind = std::min(oldestBehind, line->step.position());
  }
  return out;
}

namespace {

/// A personal value of a record; as it is shown to those who may not see it, too.
std::string personalText(const Looking& at, schema::Record::Reader record,
                         schema::Sealed::Reader sealed, const char* field, std::string_view name) {
  SealedRef ref;
  take(ref, sealed, Position(record.getPosition()), field);
  return ref.at ? valueText(Node{std::move(ref)}, storyView(at), name) : std::string();
}

/// What stands beside the event itself: on whose authority, and what was noted.
std::string withMargin(const Looking& at, schema::Record::Reader record, std::string line) {
  const auto add = [&](std::string_view name, const std::string& text) {
    if (text.empty()) return;
    line += (line.empty() ? "" : "; ") + labelled(words(name, at.view()), text, at.view().lang);
  };
  RowTexts authority;
  take(authority, record.getAuthority());
  add("authority", textsText(authority, storyView(at)));
  add("note", personalText(at, record, record.getNote(), "note", "note"));
  return line;
}

}  // namespace

std::string saysLine(const Looking& at, const StoryLine& line) {
  if (line.act == nullptr) return withMargin(at, line.step.entry->get(), {});
  const auto step = line.step.fold();
  auto out = eventLine(eventNode(at.state.catalogue(), *line.act, step.event, step.valuesAt),
                       storyView(at));
  if (line.act->opens && out.empty()) out = forTerminal(str(step.record.getSymbol()));
  return withMargin(at, step.record, std::move(out));
}

namespace {

/// A right value may lie beside the same record under the name of its own field.
std::string correctionReason(const Looking& at, schema::Record::Reader record) {
  return personalText(at, record, record.getEvent().getCorrigendum().getReason(),
                      "corrigendum.reason", "reason");
}

std::string correctionLine(const Looking& at, const Record& record) {
  const auto view = storyView(at);
  const auto corrigendum = record.get().getEvent().getCorrigendum();
  auto out =
      at.session.speech()(msg("entry {position}", arg("position", corrigendum.getCorrects())));
  const auto add = [&](std::string_view name, const std::string& text) {
    out += "; " + labelled(words(name, view), text, view.lang);
  };
  const auto* target = actOf(at.state.catalogue(), corrigendum.getRight());
  if (target != nullptr && corrigendum.getFields().size() != 0) {
    const auto right =
        eventNode(at.state.catalogue(), *target, corrigendum.getRight(), record.position());
    for (auto name : corrigendum.getFields()) {
      const auto* member = right.member(name.cStr());
      add(name.cStr(),
          member != nullptr ? valueText(*member, view, name.cStr()) : at.say("not stated"));
    }
  }
  if (corrigendum.hasOccurred()) add("date", dateText(dateOf(corrigendum.getOccurred()), view));
  add("reason", correctionReason(at, record.get()));
  return out;
}

}  // namespace

std::string saysLine(const Looking& at, const Record& record) {
  const auto root = record.get();
  const auto event = root.getEvent();
  if (event.isCorrigendum()) return withMargin(at, root, correctionLine(at, record));
  const auto& catalogue = at.state.catalogue();
  const auto* act = actOf(catalogue, event);
  if (act == nullptr) return withMargin(at, root, {});
  return withMargin(at, root,
                    eventLine(eventNode(catalogue, *act, event, record.position()), storyView(at)));
}

std::string reasonLine(const Looking& at, const Record& record) {
  const auto root = record.get();
  const auto event = root.getEvent();
  auto out = event.isCorrigendum() ? correctionReason(at, root)
             : event.isRetraction()
                 ? personalText(at, root, event.getRetraction().getReason(), "reason", "reason")
                 : std::string();
  return withMargin(at, root, std::move(out));
}

std::string knownBefore(const Looking& at, const StoryLine& line) {
  if (line.act == nullptr || (!line.step.rightValues && !line.step.rightDate)) return {};
  const auto view = storyView(at);
  const auto record = line.step.entry->get();
  const auto now = line.step.fold();
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : "; ") + text; };
  if (line.step.rightDate) {
    add(labelled(words("date", view), dateText(dateOf(record.getOccurred()), view), view.lang));
  }
  const auto& catalogue = at.state.catalogue();
  const auto before = eventNode(catalogue, *line.act, record.getEvent(), line.step.position());
  const auto after = eventNode(catalogue, *line.act, now.event, now.valuesAt);
  const auto nothing = Node{};
  const auto compare = [&](const Node::Member& member, const Node* other) {
    if (other != nullptr && *other == member.node) return;
    const auto text = valueText(member.node, view, member.name);
    add(labelled(words(member.name, view), text.empty() ? at.say("not stated") : text, view.lang));
  };
  // Only what the corrigendum names has changed; a personal value it repeats lies elsewhere.
  if (!line.step.rightValues) return out;
  for (auto name : line.step.rightValues->get().getEvent().getCorrigendum().getFields()) {
    const auto* old = before.member(str(name));
    compare(Node::Member{str(name), old != nullptr ? *old : nothing}, after.member(str(name)));
  }
  return out;
}

std::string sourcesLine(const Looking& at, schema::Record::Reader record) {
  std::string out;
  for (auto ground : record.getGrounds()) {
    out += (out.empty() ? "" : "; ") + at.symbolOf(EntityId(ground));
  }
  for (auto source : record.getSources()) {
    if (!out.empty()) out += "; ";
    out += forTerminal(str(source.getSource()));
    if (source.hasParagraph()) out += " §" + forTerminal(str(source.getParagraph()));
  }
  return out;
}

std::string actorLine(const Looking& at, schema::Record::Reader record) {
  const auto actor = wideId<ActorId>(record.getActorHigh(), record.getActorLow());
  if (record.getCause() != 0 || !actor) return at.say("the register");
  const auto behalf = wideId<ActorId>(record.getOnBehalfOfHigh(), record.getOnBehalfOfLow());
  if (!behalf) return at.actor(actor);
  return at.session.speech()(msg("{actor}, on behalf of {other}", arg("actor", at.actor(actor)),
                                 arg("other", at.actor(behalf))));
}

std::string byLine(const Looking& at, schema::Record::Reader record) {
  const Position cause(record.getCause());
  if (cause.value == 0) return actorLine(at, record);
  EntityId entity;
  const auto read = at.reg.log(cause, cause, [&](const RecordPtr& one) {
    entity = one->entity();
    return false;
  });
  const auto position = arg("position", cause.value);
  if (!read || entity == EntityId(record.getEntity())) {
    return at.session.speech()(msg("the register, because of entry {position}", position));
  }
  return at.session.speech()(msg("the register, because of entry {position} of {entity}", position,
                                 arg("entity", at.symbolOf(entity))));
}

}  // namespace consulta
