#include "cli/looking.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "cli/actors.h"
#include "cli/called.h"
#include "cli/row_tree.h"
#include "engine/rules/decide.h"
#include "events/values/distance.h"
#include "events/values/edtf.h"
#include "events/values/utf8.h"
#include "projections/rows/register.h"

namespace consulta {

Looking::Looking(Session& session_, const Register& reg_, const State& now, const PastState* past_,
                 Position last_)
    : session(session_),
      reg(reg_),
      state(past_ != nullptr ? *past_ : now),
      past(past_),
      last(last_ ? last_ : reg_.last()),
      seesPersonal(session_.seesPersonal(now)),
      now_(now) {}

std::int64_t Looking::nowNs() const {
  if (past == nullptr || past->moment().asOfNs == Timeline::the_end) return session.now();
  return std::min(past->moment().asOfNs, session.now());
}

Day Looking::today() const {
  const bool isPast = past != nullptr && past->moment().asOfNs < session.now();
  return isPast ? dayAt(past->moment().asOfNs) : session.today();
}

std::string Looking::say(std::string_view english) const {
  return session.speech()(english);
}

ValueView Looking::view() const {
  ValueView out;
  out.lang = session.lang();
  out.nameOf = [this](EntityId id) { return symbolOf(id); };
  if (seesPersonal) {
    out.reveal = [this](Position at, std::string_view field) { return reg.reveal(at, field); };
  }
  out.nameOfCode = [this](std::string_view field, const std::string& code, CodeWords words) {
    return codeName(field, code, words);
  };
  out.say = [this](const Message& message) { return session.speech()(message); };
  return out;
}

ValueView Looking::viewWithTitles() const {
  auto out = view();
  out.nameOf = [this](EntityId id) { return titledName(id); };
  out.sourceWords = true;
  return out;
}

JsonView Looking::json() const {
  JsonView out;
  out.nameOf = [this](EntityId id) { return state.nameOf(id); };
  if (seesPersonal) {
    out.reveal = [this](Position at, std::string_view field) { return reg.reveal(at, field); };
  }
  return out;
}

std::string Looking::symbolOf(EntityId id) const {
  const auto row = state.row(id);
  if (!row || row->head.symbols.empty()) return "#" + std::to_string(id.value);
  const auto name = row->head.name();
  return state.named(name, std::nullopt).size() > 1 ? state.nameOf(id) : name;
}

std::string Looking::titledName(EntityId id) const {
  const auto row = state.row(id);
  auto out = symbolOf(id);
  const auto called = row ? title(*row) : std::string();
  return called.empty() ? out : out + " (" + called + ")";
}

std::string Looking::title(const Row& row) const {
  return valueText(titleOf(row), view());
}

std::string Looking::states(const Row& row) const {
  std::string out;
  for (const auto& [axis, name] : statesOf(state.catalogue(), row)) {
    if (!out.empty()) out += ", ";
    out += words(name, view());
  }
  return out;
}

std::string Looking::actor(ActorId actor) const {
  return seesPersonal ? nameOfActor(reg, now_, actor) : toText(actor);
}

std::optional<std::string> Looking::reveal(Position at, std::string_view field) const {
  return seesPersonal ? reg.reveal(at, field) : std::nullopt;
}

std::vector<ActorId> Looking::knownActors() const {
  std::vector<ActorId> out;
  const auto whole = registerRow(now_);
  const auto* row = tryAs<RegisterRow>(whole.get());
  if (row == nullptr) return out;
  for (const auto& one : row->actors) {
    if (const auto id = readWideId<ActorId>(one.id)) out.push_back(*id);
  }
  return out;
}

RegisterCurrency Looking::currency() const {
  const auto row = registerRow(now_);
  if (!row) return {};
  return {row->head.id, as<RegisterRow>(*row).currency};
}

namespace {

/// What is wrong with the value of an option is said of it.
Failures ofOption(Failures failures, std::string_view option) {
  if (option.empty()) return failures;
  for (auto& one : failures) {
    one.text = msg("--{field}: {why}", arg("field", option), arg("why", std::move(one.text)));
  }
  return failures;
}

}  // namespace

void Looking::sayReading(const std::string& written, const std::string& read,
                         std::string_view option) const {
  const auto words = arg("words", forTerminal(written));
  session.say(option.empty()
                  ? msg("\"{words}\" is read as {read}", words, arg("read", read))
                  : msg("{option} \"{words}\" is read as {read}",
                        arg("option", "--" + std::string(option)), words, arg("read", read)));
}

Result<EntityId> Looking::find(const std::string& written, const std::vector<std::string>& kinds,
                               std::string_view option) const {
  if (auto symbol = resolve(state, written, kinds)) return symbol;
  auto found = Called(*this).entity(kinds, written);
  if (found) {
    sayReading(written, titledName(*found), option);
    return found;
  }
  const auto later = past == nullptr ? found : resolve(now_, written, kinds);
  if (!later) return ofOption(std::move(found).failures(), option);
  return refused("moment.before",
                 msg("{heading} {entity} was not in the register yet; \"consulta "
                     "history {entity}\" tells since when it is",
                     arg("heading", session.momentHeading()), arg("entity", now_.nameOf(*later))));
}

Result<std::string> Looking::named(const std::string& written,
                                   const std::vector<std::string>& kinds,
                                   std::string_view option) const {
  if (resolve(state, written, kinds)) return written;
  const auto id = find(written, kinds, option);
  if (!id) return id.failures();
  return state.nameOf(*id);
}

Result<std::string> Looking::code(const std::string& written, const std::string& list,
                                  std::string_view option) const {
  auto found = Called(*this).code(list, written);
  if (!found) return ofOption(std::move(found).failures(), option);
  if (*found == written) return found;
  const auto item = resolve(state, list + "/" + *found, {"reference"});
  sayReading(written, item ? *found + " (" + title(*state.row(*item)) + ")" : *found, option);
  return found;
}

bool Looking::possibly(EntityId id) const {
  return past != nullptr && !past->possibly(id).empty();
}

void Looking::head() const {
  if (past == nullptr || session.options.json) return;
  auto heading = session.momentHeading();
  if (heading.empty()) return;
  if (heading.front() >= 'a' && heading.front() <= 'z') {
    heading.front() = static_cast<char>(heading.front() - 'a' + 'A');
  }
  session.out() << styled(Style::bold, heading, session.terminal.colour) << "\n\n";
}

namespace {

/// Whether the field holds ids of actors: the schema says so with an act that has it.
bool namesActor(const Catalogue& catalogue, std::string_view field) {
  return std::ranges::any_of(catalogue.aggregates(), [&](const AggregateInfo& aggregate) {
    return std::ranges::any_of(aggregate.events, [&](const EventInfo& act) {
      const auto* info = act.field(field);
      return info != nullptr && info->actor;
    });
  });
}

}  // namespace

/// Who it is, of an actor. Else which reference list a field's codes are of: the schema says so
/// with every act that has it.
std::string Looking::codeName(std::string_view field, const std::string& code,
                              CodeWords words) const {
  const auto* references = state.catalogue().aggregate("reference");
  if (references == nullptr || code.empty()) return {};
  if (const auto id = readWideId<ActorId>(code); id && namesActor(state.catalogue(), field)) {
    const auto name = actor(*id);
    return name == code ? std::string() : name;
  }
  const auto plain = [&](const FieldInfo& one) {
    return !one.code.empty() && (one.name == field || one.code == field);
  };
  for (const auto& aggregate : state.catalogue().aggregates()) {
    for (const auto& act : aggregate.events) {
      const auto info = std::ranges::find_if(act.fields, plain);
      if (info == act.fields.end()) continue;
      const auto found = state.named(info->code + "/" + code, references->tag);
      if (found.empty()) continue;
      const auto row = state.row(found.front());
      if (!row) return {};
      const auto fields = row->fields();
      const auto* names = fields.member("names");
      if (names == nullptr) return {};
      const auto* texts = std::get_if<RowTexts>(&names->value);
      if (texts == nullptr) return {};
      ValueView plainView;
      plainView.lang = session.lang();
      const auto name = textsText(*texts, plainView);
      if (name.empty() || name == code) return {};
      return words == CodeWords::nameAlone ? name : fmt::format("{} ({})", name, code);
    }
  }
  return {};
}

int look(Session& session, const std::function<int(const Looking&)>& at) {
  const auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  const auto moment = session.moment();
  if (!moment) return session.fail(moment.failures());
  int code = 0;
  (*reg)->read([&](const State& now, Position last) {
    if (moment->isNow()) {
      code = at(Looking(session, **reg, now, nullptr, last));
      return;
    }
    const PastState past(now, *moment);
    code = at(Looking(session, **reg, now, &past, last));
  });
  return code;
}

Result<Moment> readMoment(Session& session, const Register& reg, std::string_view option,
                          std::string_view text) {
  static constexpr std::string_view known = "known:";
  Moment out;
  if (text == "now") return out;
  const bool isKnown = text.starts_with(known);
  if (isKnown) text.remove_prefix(known.size());
  const auto date = session.readMomentDate(option, text);
  if (!date) return date.failures();
  if (isKnown) {
    out.known = reg.knownAt(date->value.bounds().latestNs);
  } else {
    out.asOfNs = date->value.bounds().latestNs;
  }
  return out;
}

Result<const AggregateInfo*> readAggregate(const Catalogue& catalogue, const std::string& written) {
  std::vector<std::string> names;
  for (const auto& one : catalogue.aggregates()) {
    if (written == one.name || written == one.plural) return &one;
    names.push_back(one.name);
  }
  const auto near = nearest(written, names);
  return usage("list.aggregate",
               near
                   ? msg("there is nothing called \"{written}\" to list. Did you mean {near}?",
                         arg("written", excerpt(written)), arg("near", *near))
                   : msg("there is nothing called \"{written}\" to list; what can be listed: {all}",
                         arg("written", excerpt(written)), arg("all", joined(names))));
}

bool isReference(const Catalogue& catalogue, std::uint16_t aggregate) {
  return catalogue.aggregate(aggregate).name == "reference";
}

void eachEntity(const State& state, bool all, const std::function<void(const RowPtr&)>& visit) {
  for (const auto& aggregate : state.catalogue().aggregates()) {
    if (!all && isReference(state.catalogue(), aggregate.tag)) continue;
    state.each(aggregate.tag, [&](const RowPtr& row) {
      visit(row);
      return true;
    });
  }
}

}  // namespace consulta
