#include "cli/each_rows.h"

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <iterator>
#include <optional>

#include "cli/act_entry.h"
#include "cli/each_cells.h"
#include "cli/each_columns.h"
#include "cli/each_source.h"
#include "cli/entering.h"
#include "cli/looking.h"
#include "engine/rules/decide.h"
#include "events/values/utf8.h"
#include "projections/rows/party.h"

namespace consulta {

namespace json = boost::json;

namespace {

using Says = EachColumn::Says;

bool contains(const std::vector<EntityId>& list, EntityId id) {
  return std::ranges::find(list, id) != list.end();
}

class Rows {
 public:
  Rows(const Looking& at, const AggregateInfo& aggregate, const EventInfo& act,
       const Arguments& arguments, const json::object& base)
      : at_(at), aggregate_(aggregate), act_(act), arguments_(arguments), base_(base), cells_(at) {}

  Result<EachRows> ofGroup(EntityId group) {
    const auto field = memberField();
    if (!field) return field.failures();
    if (auto complete = checkComplete({*field}); !complete) return std::move(complete).failures();
    out_.headings = {at_.say("member"), at_.say("name")};
    out_.idsDiffer = act_.opens;
    for (const auto id : membersOf(group)) addMember(id, *field);
    if (out_.rows.empty()) {
      return refused("each.members",
                     msg("{group} had no members on that day; \"consulta party join "
                         "ID --group {group}\" enters them",
                         arg("group", at_.symbolOf(group))));
    }
    return finish();
  }

  Result<EachRows> ofTable(const CsvTable& table) {
    auto columns = columnsOf(at_.session, aggregate_, act_, table.columns, arguments_.all("map"));
    if (!columns) return std::move(columns).failures();
    if (auto fits = checkColumns(*columns); !fits) return std::move(fits).failures();
    if (table.rows.empty()) {
      return usage("each.rows", msg("the file names its columns and has no rows: there is nothing "
                                    "to enter"));
    }
    const auto orders = ordersOf(*columns, table);
    for (const auto& one : *columns) {
      if (isShown(one)) out_.headings.push_back(one.heading);
    }
    for (const auto& row : table.rows) addRow(*columns, orders, row);
    return finish();
  }

 private:
  // --- members ---

  /// The members by the end of the day of the act.
  [[nodiscard]] std::vector<EntityId> membersOf(EntityId group) const {
    const auto when = instant();
    std::vector<EntityId> out;
    at_.state.each(Party::aggregate, [&](const RowPtr& now) {
      const auto row = at_.state.rowAt(now->head.id, when);
      if (!row || stateOf<schema::PartyState>(row->head) != schema::PartyState::ACTIVE) return true;
      if (contains(as<Party>(*row).groups, group)) out.push_back(row->head.id);
      return true;
    });
    return out;
  }

  [[nodiscard]] std::int64_t instant() const {
    const auto& on = at_.session.options.on;
    const auto date = readHumanDate(on.value_or("today"), at_.session.today());
    // What --on says was read before; of an unknown day the members of today are meant.
    return date && !date->value.isUnknown() ? date->value.bounds().latestNs : at_.session.now();
  }

  /// The field that the member fills; null: it is the entity acted on.
  [[nodiscard]] Result<const FieldInfo*> memberField() const {
    const bool noId = !act_.opens && !base_.contains("entity");
    if (noId && aggregate_.name == "party" && !arguments_.has("each-as")) return nullptr;
    if (noId) return idMissing();
    if (arguments_.has("each-as")) return chosenField(arguments_.at("each-as"));
    std::vector<const FieldInfo*> free;
    for (const auto* field : memberFields(act_)) {
      if (!arguments_.has(field->option)) free.push_back(field);
    }
    for (const bool required : {true, false}) {
      std::vector<const FieldInfo*> found;
      for (const auto* field : free) {
        if (field->required == required && !field->list) found.push_back(field);
      }
      if (found.size() == 1) return found.front();
      if (found.size() > 1) return severalFields(found);
    }
    if (!free.empty()) return severalFields(free);
    return usage("each.field", msg("nothing in {what} is left that could name a member of a group; "
                                   "--each takes a FILE.csv with a column for each field",
                                   arg("what", what())));
  }

  [[nodiscard]] Result<const FieldInfo*> chosenField(const std::string& name) const {
    for (const auto* field : memberFields(act_)) {
      if (field->option == name && !arguments_.has(name)) return field;
    }
    return usage("each.field", msg("--each-as {name}: that is no free field of {what} that could "
                                   "name a member; it is one of {fields}",
                                   arg("name", excerpt(name)), arg("what", what()),
                                   arg("fields", joined(memberFields(act_), &FieldInfo::option))));
  }

  [[nodiscard]] Failure severalFields(const std::vector<const FieldInfo*>& fields) const {
    return usage("each.field", msg("a member could be {fields} of {what}; say which with --each-as "
                                   "{first}",
                                   arg("fields", joined(fields, &FieldInfo::option)),
                                   arg("what", what()), arg("first", fields.front()->option)));
  }

  void addMember(EntityId id, const FieldInfo* field) {
    EachRow row;
    row.entry = base_;
    row.label = at_.symbolOf(id);
    row.named.insert(id);
    const auto name = at_.state.nameOf(id);
    if (field == nullptr) {
      row.entry["entity"] = name;
    } else if (field->list) {
      row.entry["data"].as_object()[field->name] = json::array{name};
    } else {
      row.entry["data"].as_object()[field->name] = name;
    }
    const auto party = at_.state.row(id);
    row.cells = {row.label, party ? at_.title(*party) : ""};
    out_.rows.push_back(std::move(row));
  }

  // --- rows of a file ---

  [[nodiscard]] static bool isShown(const EachColumn& column) {
    return column.says != EachColumn::Says::nothing && column.says != EachColumn::Says::id;
  }

  [[nodiscard]] Failure idMissing() const {
    return usage("each.id",
                 msg("the ID is missing: which {aggregate}? Write it after \"{what}\", or "
                     "give it in a column called id (--map \"Column=id\")",
                     arg("aggregate", aggregate_.name), arg("what", what())));
  }

  /// What is given for all rows is in no column; what is needed is in one of them.
  [[nodiscard]] Status checkColumns(const std::vector<EachColumn>& columns) {
    Failures failures;
    if (arguments_.has("each-as")) {
      failures.push_back(usage("each.field", msg("--each-as is for a group; the columns of a file "
                                                 "say what they are, and --map helps")));
    }
    bool hasId = base_.contains("entity");
    std::vector<const FieldInfo*> filled;
    for (const auto& column : columns) {
      const auto option = column.says == Says::field    ? column.field->option
                          : column.says == Says::on     ? "on"
                          : column.says == Says::note   ? "note"
                          : column.says == Says::source ? "source"
                          : column.says == Says::ground ? "ground"
                                                        : "";
      if (column.field != nullptr) filled.push_back(column.field);
      const bool isId = column.says == Says::id;
      if (isId ? base_.contains("entity") : isGiven(option)) {
        failures.push_back(
            usage("each.column", msg("column \"{column}\" gives what \"{option}\" gives for all "
                                     "rows; leave one of them out (--map \"{column}=\")",
                                     arg("column", excerpt(column.heading)),
                                     arg("option", isId ? "ID" : "--" + std::string(option)))));
      }
      hasId = hasId || isId;
      out_.datesDiffer = out_.datesDiffer || column.says == Says::on;
    }
    if (!hasId && !act_.opens) failures.push_back(idMissing());
    out_.idsDiffer = act_.opens || !base_.contains("entity");
    if (auto complete = checkComplete(filled); !complete) {
      std::ranges::move(std::move(complete).failures(), std::back_inserter(failures));
    }
    if (!failures.empty()) return failures;
    return Done{};
  }

  [[nodiscard]] bool isGiven(const std::string& option) const {
    if (option == "on") return at_.session.options.on.has_value();
    return arguments_.has(option);
  }

  [[nodiscard]] Status checkComplete(const std::vector<const FieldInfo*>& filled) const {
    Failures failures;
    for (const auto& field : act_.fields) {
      if (!field.required || field.kind == FieldKind::flag || arguments_.has(field.option))
        continue;
      if (std::ranges::find(filled, &field) != filled.end()) continue;
      failures.push_back(
          usage("each.required", msg("{what}: --{field} is missing; give it for all, or in a file "
                                     "with a column for it",
                                     arg("what", what()), arg("field", field.option))));
    }
    if (!failures.empty()) return failures;
    return Done{};
  }

  /// A column of dates is written in one way; one date that can be read in no other tells which.
  [[nodiscard]] static std::vector<DayMonth> ordersOf(const std::vector<EachColumn>& columns,
                                                      const CsvTable& table) {
    std::vector<DayMonth> out;
    std::vector<std::string> cells(table.rows.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const bool dates = columns[i].says == EachColumn::Says::on ||
                         (columns[i].field != nullptr && columns[i].field->kind == FieldKind::date);
      for (std::size_t row = 0; dates && row < cells.size(); ++row) {
        cells[row] = table.rows[row].cells[i];
      }
      out.push_back(dates ? dayMonthOf(cells) : DayMonth::unknown);
    }
    return out;
  }

  void addRow(const std::vector<EachColumn>& columns, const std::vector<DayMonth>& orders,
              const CsvRow& source) {
    EachRow row;
    row.line = source.line;
    row.entry = base_;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      auto read =
          cells_.take(columns[i], source.cells[i], orders[i], aggregate_, act_.opens, row.entry);
      row.named.insert(read.named.begin(), read.named.end());
      std::ranges::move(read.wrong, std::back_inserter(row.inTheWay));
      if (columns[i].says == EachColumn::Says::id) row.id = read.shown;
      if (isShown(columns[i])) row.cells.push_back(std::move(read.shown));
    }
    if (!act_.opens && row.inTheWay.empty() && !row.entry.contains("entity")) {
      row.inTheWay.push_back(usage("each.id", msg("its ID is missing")));
    }
    if (out_.datesDiffer && row.inTheWay.empty() && !row.entry.contains("occurred")) {
      row.inTheWay.push_back(usage("each.on", msg("its day is missing; write it, or unknown")));
    }
    out_.rows.push_back(std::move(row));
  }

  // --- both ---

  [[nodiscard]] std::string what() const { return aggregate_.name + " " + act_.verb; }

  Result<EachRows> finish() {
    if (auto done = leaveOut(); !done) return std::move(done).failures();
    if (act_.opens) proposeIds();
    return std::move(out_);
  }

  Status leaveOut() {
    Failures failures;
    for (const auto& written : arguments_.all("except")) {
      auto id = cells_.entity({"party"}, written);
      if (!id && aggregate_.name != "party") {
        if (auto other = cells_.entity({aggregate_.name}, written)) id = std::move(other);
      }
      if (!id) id = orAnything(written, std::move(id));
      if (!id) {
        std::ranges::copy(id.failures(), std::back_inserter(failures));
      } else if (std::erase_if(out_.rows,
                               [&](const auto& row) { return row.named.contains(*id); }) == 0) {
        failures.push_back(usage("each.except", msg("--except {written}: no row names it; leave it "
                                                    "out, or check the name",
                                                    arg("written", excerpt(written)))));
      }
    }
    if (!failures.empty()) return failures;
    if (out_.rows.empty()) return usage("each.rows", msg("--except leaves nothing to enter"));
    return Done{};
  }

  [[nodiscard]] Result<EntityId> orAnything(const std::string& written,
                                            const Result<EntityId>& otherwise) const {
    auto any = resolve(at_.state, written, {"*"});
    return any ? any : otherwise;
  }

  void proposeIds() {
    ProposedIds ids(aggregate_, at_.state);
    for (auto& row : out_.rows) {
      const auto* given = row.entry.if_contains("entity");
      if (given == nullptr) continue;
      const std::string id(given->as_string());
      row.id = id;
      row.entry["entity"] = entityWritten(aggregate_, id);
      ids.keepFrom(id.substr(id.find(':') + 1));
    }
    for (auto& row : out_.rows) {
      if (row.entry.contains("entity")) continue;
      row.id = ids.next(yearOf(row.entry));
      row.entry["entity"] = entityWritten(aggregate_, row.id);
    }
  }

  [[nodiscard]] int yearOf(const json::object& entry) const {
    const auto* occurred = entry.if_contains("occurred");
    if (occurred == nullptr) return proposedYear(at_.session);
    const auto& text = occurred->is_object() ? occurred->at("edtf") : *occurred;
    const auto date = readEdtf(std::string(text.as_string()));
    if (!date || date->isUnknown()) return at_.session.today().year;
    return dayAt(date->bounds().earliestNs).year;
  }

  const Looking& at_;
  const AggregateInfo& aggregate_;
  const EventInfo& act_;
  const Arguments& arguments_;
  const json::object& base_;
  EachCells cells_;
  EachRows out_;
};

/// The group that is meant, or nothing when it is a file.
Result<std::optional<EntityId>> groupMeant(const Looking& at, const std::string& written) {
  const auto symbol = written.substr(written.find(':') + 1);
  if (at.state.named(symbol, Party::aggregate).empty() && isFileName(at.session, written)) {
    return std::optional<EntityId>{};
  }
  EachCells cells(at);
  const auto group = cells.entity({"party"}, written);
  if (!group) return group.failures();
  if (as<Party>(*at.state.row(*group)).kind != schema::PartyKind::GROUP) {
    return usage("each.group", msg("{party} is not a group; --each takes a group of parties or a "
                                   "FILE.csv",
                                   arg("party", at.symbolOf(*group))));
  }
  return std::optional(*group);
}

}  // namespace

Result<EachRows> eachRows(Session& session, Register& reg, const AggregateInfo& aggregate,
                          const EventInfo& act, const Arguments& arguments,
                          const json::object& base) {
  const auto source = arguments.at("each");
  std::optional<Result<EachRows>> out;
  const auto looking = [&](const std::function<Result<EachRows>(const Looking&)>& make) {
    composeFrom(session, reg, [&](const Looking& at) { out = make(at); });
  };
  bool isFile = false;
  looking([&](const Looking& at) -> Result<EachRows> {
    const auto group = groupMeant(at, source);
    if (!group) return group.failures();
    isFile = !group->has_value();
    if (isFile) return EachRows{};
    if (arguments.has("map")) {
      return usage("each.map", msg("--map is for the columns of a file, and {group} is a group",
                                   arg("group", source)));
    }
    return Rows(at, aggregate, act, arguments, base).ofGroup(**group);
  });
  if (!isFile) return *std::move(out);
  // Read while nobody waits for the state: a file may be slow, and standard input is.
  const auto table = readTable(session, source);
  if (!table) return table.failures();
  looking(
      [&](const Looking& at) { return Rows(at, aggregate, act, arguments, base).ofTable(*table); });
  return *std::move(out);
}

std::vector<const FieldInfo*> memberFields(const EventInfo& act) {
  std::vector<const FieldInfo*> out;
  for (const auto& field : act.fields) {
    const auto names = [&](const char* kind) {
      return std::ranges::find(field.refs, kind) != field.refs.end();
    };
    if (field.kind == FieldKind::ref && (names("party") || names("*"))) out.push_back(&field);
  }
  return out;
}

}  // namespace consulta
