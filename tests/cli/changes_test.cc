// Whoever had the rows as they were known at a position and applies the changes has them as they
// are, whatever happened.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <map>
#include <set>
#include <string>

#include "cli/node_json.h"
#include "projections/changed_rows.h"
#include "projections/row_fields.h"
#include "tests/support/random_entries.h"
#include "tests/support/seed.h"
#include "tests/support/story.h"

namespace consulta::test {

namespace {

JsonView viewOf(const State& state) {
  JsonView view;
  view.nameOf = [&](EntityId id) { return state.nameOf(id); };
  view.reveal = [](Position, std::string_view) -> std::optional<std::string> { return {}; };
  return view;
}

std::string textOf(const State& state, const Row& row) {
  return boost::json::serialize(rowJson(state.catalogue(), row, viewOf(state)));
}

using Copy = std::map<std::uint64_t, std::string>;

/// All rows, as `list --json` prints them.
Copy copyOf(const State& state) {
  Copy out;
  for (const auto& aggregate : state.catalogue().aggregates()) {
    state.each(aggregate.tag, [&](const RowPtr& row) {
      out[row->head.id.value] = textOf(state, *row);
      return true;
    });
  }
  return out;
}

Copy copyAt(const State& state, Position known) {
  return copyOf(PastState(state, Moment{Timeline::the_end, known}));
}

/// What was told, beside what it has made of a copy.
struct Told {
  std::size_t upserts = 0;
  std::size_t withdrawals = 0;
  std::size_t renamed = 0;  // told again because of what another entity is called
  Position done;
};

/// Applies what has changed behind `from`, at most so many lines.
Told apply(const Story& story, Position from, Copy& copy, std::size_t lines_max = SIZE_MAX) {
  Told out;
  out.done = from;
  Position before = from;
  std::size_t lines = 0;
  const State& state = story.state();
  ChangedRows changes(state, from, [&](const RowChange& change) {
    if (lines++ == lines_max) return false;
    REQUIRE(change.position >= before);
    REQUIRE(change.done >= out.done);
    before = change.position;
    out.done = change.done;
    if (!change.row) {
      ++out.withdrawals;
      copy.erase(change.entity.value);
      return true;
    }
    CHECK(change.revision == change.row->head.revision);
    ++(change.row->head.last == change.position ? out.upserts : out.renamed);
    copy[change.entity.value] = textOf(state, *change.row);
    return true;
  });
  const auto& records = story.state().records();
  for (std::size_t i = from.value; i < records.size(); ++i) {
    if (!changes.add(*records[i])) return out;
  }
  if (changes.finish()) out.done = Position(records.size());
  return out;
}

void references(Story& story) {
  const std::pair<const char*, const char*> items[] = {
      {"country", "UY"}, {"country", "AT"},   {"currency", "EUR"}, {"area", "energy"},
      {"goal", "MDG7"},  {"language", "es"},  {"region", "419"},   {"body", "IDB"},
      {"role", "chair"}, {"sector", "21210"},
  };
  for (const auto& [list, code] : items) {
    story.when("reference.listed", std::string(list) + "/" + code,
               {{"list", list}, {"code", code}, {"names", {{"en", code}}}});
  }
}

/// Gives any entity a further name; it may be refused.
void rename(Story& story, RandomEntries& random) {
  const auto& records = story.state().records();
  const auto id = records[random.below(records.size())]->entity();
  story.when("common.symbolGiven", "#" + std::to_string(id.value),
             {{"symbol", "ALSO-" + std::to_string(records.size())}});
}

void meeting(Story& story, const std::string& id) {
  story.given("meeting.scheduled", id,
              {{"title", {{"en", "Expert meeting"}}}, {"kind", "expert-group"}});
}

Position newestOf(const Story& story) {
  return Position(story.state().records().size());
}

/// Opens a meeting by mistake, and withdraws it a while later; it may have been withdrawn by then.
void slip(Story& story, int step, Position& opened) {
  story.by(1);
  if (step % 50 == 0) {
    meeting(story, "SLIP-" + std::to_string(step));
    opened = newestOf(story);
  }
  if (step % 50 != 30) return;
  story.when("common.retraction", "#" + std::to_string(opened.value),
             {{"retracts", opened.value}, {"reason", "a slip"}});
}

/// The names of members at any depth, as "meeting.fields.agenda.title".
void pathsOf(const boost::json::value& value, const std::string& path, std::set<std::string>& out) {
  if (const auto* list = value.if_array()) {
    for (const auto& one : *list) pathsOf(one, path, out);
  } else if (const auto* members = value.if_object(); members && !path.empty()) {
    for (const auto& one : *members) {
      const auto inner = path + "." + std::string(one.key());
      out.insert(inner);
      pathsOf(one.value(), inner, out);
    }
  }
}

/// The same of what is declared publishable; values have parts of their own.
void declaredOf(const std::vector<RowField>& fields, const std::string& path,
                std::set<std::string>& out) {
  for (const auto& field : fields) {
    if (!field.publishable) continue;
    out.insert(path + "." + field.name);
    declaredOf(field.members, path + "." + field.name, out);
  }
}

bool isDeclared(const std::set<std::string>& declared, std::string path) {
  if (declared.contains(path)) return true;
  path.resize(path.rfind('.'));  // a part of a value: a language, the words of a date
  return declared.contains(path) && !path.ends_with(".fields");
}

}  // namespace

TEST_CASE("a copy of random lives that applies the changes since any position is the whole") {
  std::size_t withdrawals = 0;
  std::size_t renamed = 0;
  for (std::uint64_t round = 0; round < times(4); ++round) {
    const auto seed = seedOr(20060406 + round);
    CAPTURE(seed);
    Story story;
    references(story);
    RandomEntries random(seed);
    Position slipped;
    for (int i = 0; i < 700; ++i) {
      story.by(1 + random.below(3));
      story.submit(random.next(story.state()));
      if (random.below(5) == 0) rename(story, random);
      slip(story, i, slipped);
    }
    const auto whole = copyOf(story.state());
    for (int cut = 0; cut < 12; ++cut) {
      const Position from(cut == 0 ? 0 : random.below(newestOf(story).value + 1));
      CAPTURE(from.value);
      auto copy = copyAt(story.state(), from);
      const auto told = apply(story, from, copy);
      CHECK(copy == whole);
      CHECK(told.upserts <= whole.size());
      withdrawals += told.withdrawals;
      renamed += told.renamed;
      if (cut == 0) CHECK(told.upserts == whole.size());
      if (cut == 0) CHECK(told.withdrawals == 0);
    }
  }
  CHECK(withdrawals > 0);
  CHECK(renamed > 0);
}

TEST_CASE(
    "a reader that breaks off anywhere while entries come goes on from the last line's place") {
  const auto seed = seedOr(20070801);
  CAPTURE(seed);
  Story story;
  references(story);
  RandomEntries random(seed);
  Copy copy;
  Position at;
  for (int i = 0; i < 120; ++i) {
    for (int entries = 0; entries < 8; ++entries) story.submit(random.next(story.state()));
    rename(story, random);
    at = apply(story, at, copy, random.below(12)).done;
  }
  CHECK(apply(story, at, copy).done == newestOf(story));
  CHECK(copy == copyOf(story.state()));
}

TEST_CASE("of an entity there is one line, at its newest entry, with the row of now") {
  Story story;
  meeting(story, "MTG-1");
  meeting(story, "MTG-2");
  const auto from = newestOf(story);
  story.given("meeting.relocated", "MTG-1", {{"place", "Viena"}});
  story.given("meeting.retitled", "MTG-1", {{"title", {{"en", "Experts"}}}});
  story.given("common.corrigendum", "MTG-1",
              {{"corrects", from.value + 1}, {"right", {{"place", "Vienna"}}}, {"reason", "slip"}});
  auto copy = copyAt(story.state(), from);
  const auto told = apply(story, from, copy);
  CHECK(told.upserts == 1);
  CHECK(copy == copyOf(story.state()));
  CHECK(copy.at(1).find("\"place\":\"Vienna\"") != std::string::npos);
  Copy nothing;
  CHECK(apply(story, newestOf(story), nothing).upserts == 0);
}

TEST_CASE("who has a row is told that it is withdrawn, and who never had it is not") {
  Story story;
  meeting(story, "MTG-1");
  const auto from = newestOf(story);
  story.given("common.retraction", "MTG-1", {{"retracts", 1}, {"reason", "twice"}});
  auto copy = copyAt(story.state(), from);
  CHECK(copy.size() == 1);
  CHECK(apply(story, from, copy).withdrawals == 1);
  CHECK(copy.empty());
  CHECK(apply(story, Position(), copy).withdrawals == 0);
}

TEST_CASE("an entity that is called otherwise is told with those that name it") {
  Story story;
  story.given("document.found", "DOC-1",
              {{"title", {{"en", "Report"}}}, {"kind", "report"}, {"state", "submitted"}});
  meeting(story, "MTG-1");
  story.given("meeting.agendaItemAdded", "MTG-1",
              {{"number", "1"}, {"title", {{"en", "Report"}}}, {"document", "DOC-1"}});
  meeting(story, "MTG-2");
  const auto from = newestOf(story);
  story.given("common.symbolGiven", "DOC-1", {{"symbol", "IDB.31/10"}});
  auto copy = copyAt(story.state(), from);
  const auto told = apply(story, from, copy);
  CHECK(told.upserts == 1);
  CHECK(told.renamed == 1);
  CHECK(copy == copyOf(story.state()));
  // Until the line of the entity itself is applied, its entry is not done.
  CHECK(apply(story, from, copy, 1).done == from);
  CHECK(apply(story, from, copy, 2).done == newestOf(story));
}

TEST_CASE("what may be published holds nothing that the catalogue does not declare publishable") {
  const RowFields fields(Story::catalogue());
  std::set<std::string> declared;
  for (const auto& aggregate : Story::catalogue().aggregates()) {
    declaredOf(fields.head(aggregate.tag), aggregate.name, declared);
    declared.insert(aggregate.name + ".fields");
    declaredOf(fields.own(aggregate.tag), aggregate.name + ".fields", declared);
  }
  std::set<std::string> published;
  std::size_t secrets = 0;
  for (std::uint64_t round = 0; round < times(4); ++round) {
    const auto seed = seedOr(20080101 + round);
    CAPTURE(seed);
    Story story;
    references(story);
    RandomEntries random(seed);
    for (int i = 0; i < 700; ++i) {
      auto entry = random.next(story.state());
      // Whatever an act says in words and does not declare can be told from the rest.
      const auto* act = Story::catalogue().byType(entry.at("type").as_string().c_str());
      for (auto& [name, value] : entry.at("data").as_object()) {
        const auto* field = act == nullptr ? nullptr : act->field(name);
        if (field == nullptr || field->publishable || field->list) continue;
        if (field->kind == FieldKind::texts) value = {{"en", "SECRET"}};
        if (field->kind == FieldKind::text && field->isPublic) value = "SECRET";
      }
      story.submit(entry);
    }
    for (const auto& aggregate : Story::catalogue().aggregates()) {
      story.state().each(aggregate.tag, [&](const RowPtr& row) {
        if (textOf(story.state(), *row).find("SECRET") != std::string::npos) ++secrets;
        const auto shown = publicRowJson(story.state(), fields, *row, viewOf(story.state()));
        CHECK(boost::json::serialize(shown).find("SECRET") == std::string::npos);
        CHECK(boost::json::serialize(shown).find("closed\":true") == std::string::npos);
        pathsOf(shown, aggregate.name, published);
        return true;
      });
    }
  }
  for (const auto& path : published) {
    INFO(path);
    CHECK(isDeclared(declared, path));
  }
  CHECK(secrets > 0);
  CHECK(published.contains("meeting.fields.title"));
  CHECK(declared.contains("meeting.fields.agenda.title"));
  CHECK_FALSE(declared.contains("meeting.fields.participants.person"));
  CHECK_FALSE(declared.contains("meeting.fields.invitations.state"));  // no act calls it so
}

TEST_CASE("entities of which nothing is declared publishable are not published, nor named") {
  const RowFields fields(Story::catalogue());
  const auto isPublishable = [&](const char* name) {
    return fields.publishable(Story::catalogue().aggregate(name)->tag);
  };
  for (const auto* name : {"meeting", "mou", "recommendation", "document", "project", "party"}) {
    INFO(std::string(name));
    CHECK(isPublishable(name));
  }
  for (const auto* name : {"person", "correspondence", "liaison", "file"}) {
    INFO(std::string(name));
    CHECK_FALSE(isPublishable(name));
  }
}

TEST_CASE("a field that may not be absent is in every row") {
  const auto seed = seedOr(20090101);
  CAPTURE(seed);
  const RowFields fields(Story::catalogue());
  Story story;
  references(story);
  RandomEntries random(seed);
  for (int i = 0; i < 900; ++i) story.submit(random.next(story.state()));
  std::set<std::string> always;
  for (const auto& aggregate : Story::catalogue().aggregates()) {
    story.state().each(aggregate.tag, [&](const RowPtr& row) {
      const auto shown = rowJson(Story::catalogue(), *row, viewOf(story.state()));
      for (const auto& field : fields.head(aggregate.tag)) {
        INFO(aggregate.name << "." << field.name);
        CHECK((field.nullable || shown.contains(field.name)));
      }
      for (const auto& field : fields.own(aggregate.tag)) {
        if (field.nullable) continue;
        INFO(aggregate.name << ".fields." << field.name);
        CHECK(shown.at("fields").as_object().contains(field.name));
        always.insert(aggregate.name + "." + field.name);
      }
      return true;
    });
  }
  CHECK(always.contains("meeting.title"));
}

}  // namespace consulta::test
