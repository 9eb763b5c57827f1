#include "cli/each_columns.h"

#include <algorithm>
#include <array>
#include <optional>

#include "cli/called.h"
#include "cli/value_text.h"
#include "events/values/distance.h"
#include "events/values/texts.h"

namespace consulta {

namespace {

using Says = EachColumn::Says;

struct Envelope {
  std::string_view name;
  Says says;
};
/// What a column may say beside the fields of the act.
constexpr std::array envelope{Envelope{"id", Says::id}, Envelope{"on", Says::on},
                              Envelope{"note", Says::note}, Envelope{"source", Says::source},
                              Envelope{"ground", Says::ground}};

/// "Reply by", "reply-by" and "RÉPLYBY" are the same.
std::string keyOf(std::string_view text) {
  auto out = foldName(text);
  std::erase(out, ' ');
  return out;
}

class Columns {
 public:
  Columns(Session& session, const AggregateInfo& aggregate, const EventInfo& act,
          const std::vector<std::string>& headings)
      : session_(session), aggregate_(aggregate), act_(act), headings_(headings) {}

  Result<std::vector<EachColumn>> read(const std::vector<std::string>& maps) {
    std::vector<std::optional<EachColumn>> mapped(headings_.size());
    for (const auto& one : maps) takeMap(one, mapped);
    for (std::size_t i = 0; i < headings_.size(); ++i) {
      auto column = mapped[i] ? mapped[i] : named(headings_[i]);
      if (!column) {
        refuseUnknown(headings_[i]);
        continue;
      }
      column->heading = headings_[i];
      refuseTwice(*column);
      out_.push_back(*std::move(column));
    }
    if (!strange_.empty()) failures_.push_back(strangeColumns());
    if (!failures_.empty()) return std::move(failures_);
    return std::move(out_);
  }

 private:
  void takeMap(const std::string& map, std::vector<std::optional<EachColumn>>& mapped) {
    const auto equals = map.rfind('=');
    if (equals == map.npos) {
      failures_.push_back(usage("each.map", msg("--map \"{map}\" has no \"=\"; write --map "
                                                "\"Column name=field\"",
                                                arg("map", excerpt(map)))));
      return;
    }
    const auto heading = map.substr(0, equals);
    const auto name = map.substr(equals + 1);
    const auto column = std::ranges::find(headings_, keyOf(heading), keyOf);
    if (column == headings_.end()) {
      failures_.push_back(noColumn(heading));
      return;
    }
    auto target = keyOf(name).empty() ? EachColumn{} : named(name);
    if (!target) {
      failures_.push_back(unknownTarget(heading, name));
      target = EachColumn{};
    }
    mapped[static_cast<std::size_t>(column - headings_.begin())] = std::move(target);
  }

  /// What a heading, or the word after "=" in --map, means.
  [[nodiscard]] std::optional<EachColumn> named(const std::string& text) const {
    const auto key = keyOf(text);
    for (const auto& field : act_.fields) {
      if (key == keyOf(field.option) || key == keyOf(translated(field.name))) return says(field);
    }
    if (auto inLanguage = namedWithLanguage(text)) return inLanguage;
    for (const auto& one : envelope) {
      if (key == one.name) return EachColumn{{}, one.says, nullptr, {}};
    }
    if (key == keyOf(aggregate_.name) || key == keyOf(translated(aggregate_.name))) {
      return EachColumn{{}, Says::id, nullptr, {}};
    }
    return std::nullopt;
  }

  /// "title.fr", "Title (fr)", "titre fr".
  [[nodiscard]] std::optional<EachColumn> namedWithLanguage(const std::string& text) const {
    const auto folded = foldName(text);
    const auto blank = folded.rfind(' ');
    if (blank == folded.npos) return std::nullopt;
    const auto language = readLanguage(folded.substr(blank + 1));
    if (!language) return std::nullopt;
    const auto key = keyOf(folded.substr(0, blank));
    for (const auto& field : act_.fields) {
      if (field.kind != FieldKind::texts) continue;
      if (key != keyOf(field.option) && key != keyOf(translated(field.name))) continue;
      auto out = says(field);
      out.language = *language;
      return out;
    }
    return std::nullopt;
  }

  static EachColumn says(const FieldInfo& field) { return EachColumn{{}, Says::field, &field, {}}; }

  [[nodiscard]] std::string translated(std::string_view name) const {
    ValueView view;
    view.say = session_.speech();
    return words(name, view);
  }

  void refuseTwice(const EachColumn& column) {
    if (column.mayRepeat()) return;
    const auto same =
        std::ranges::find_if(out_, [&](const EachColumn& one) { return one.sameAs(column); });
    if (same == out_.end()) return;
    failures_.push_back(
        usage("each.column", msg("columns \"{first}\" and \"{second}\" say the same; leave one "
                                 "out with --map \"{second}=\"",
                                 arg("first", same->heading), arg("second", column.heading))));
  }

  [[nodiscard]] std::string what() const { return aggregate_.name + " " + act_.verb; }

  [[nodiscard]] std::string allNames() const { return joined(columnNames(act_)); }

  void refuseUnknown(const std::string& heading) {
    const auto near = nearest(heading, columnNames(act_));
    if (!near) return strange_.push_back(heading);
    failures_.push_back(
        usage("each.column",
              msg("column \"{column}\" is no field of {what}. Did you mean {near}? Write --map "
                  "\"{column}={near}\", or --map \"{column}=\" to pass the column over",
                  arg("column", excerpt(heading)), arg("what", what()), arg("near", *near))));
  }

  /// Those that are like nothing the act knows, in one message.
  [[nodiscard]] Failure strangeColumns() const {
    std::string all;
    for (const auto& one : strange_) all += (all.empty() ? "\"" : ", \"") + excerpt(one) + "\"";
    return usage(
        "each.column",
        msg("no field of {what} is called {columns}. Write for each of them --map "
            "\"{column}=FIELD\", with one of {names}, or --map \"{column}=\" to pass it over",
            arg("what", what()), arg("columns", all), arg("column", excerpt(strange_.front())),
            arg("names", allNames())));
  }

  [[nodiscard]] Failure unknownTarget(const std::string& heading, const std::string& name) const {
    if (const auto near = nearest(name, columnNames(act_))) {
      return usage("each.map", msg("--map: {what} has no field \"{name}\". Did you mean --map "
                                   "\"{column}={near}\"?",
                                   arg("what", what()), arg("name", excerpt(name)),
                                   arg("column", excerpt(heading)), arg("near", *near)));
    }
    return usage("each.map",
                 msg("--map: {what} has no field \"{name}\"; it has {names}", arg("what", what()),
                     arg("name", excerpt(name)), arg("names", allNames())));
  }

  [[nodiscard]] Failure noColumn(const std::string& heading) const {
    if (const auto near = nearest(heading, headings_)) {
      return usage("each.map", msg("--map: the file has no column \"{column}\". Did you mean "
                                   "\"{near}\"?",
                                   arg("column", excerpt(heading)), arg("near", excerpt(*near))));
    }
    return usage("each.map",
                 msg("--map: the file has no column \"{column}\"; it has {columns}",
                     arg("column", excerpt(heading)), arg("columns", joined(headings_))));
  }

  Session& session_;
  const AggregateInfo& aggregate_;
  const EventInfo& act_;
  const std::vector<std::string>& headings_;
  std::vector<EachColumn> out_;
  std::vector<std::string> strange_;
  Failures failures_;
};

}  // namespace

Result<std::vector<EachColumn>> columnsOf(Session& session, const AggregateInfo& aggregate,
                                          const EventInfo& act,
                                          const std::vector<std::string>& headings,
                                          const std::vector<std::string>& maps) {
  return Columns(session, aggregate, act, headings).read(maps);
}

std::vector<std::string> columnNames(const EventInfo& act) {
  std::vector<std::string> out;
  for (const auto& field : act.fields) out.push_back(field.option);
  for (const auto& one : envelope) {
    if (std::ranges::find(out, one.name) == out.end()) out.emplace_back(one.name);
  }
  return out;
}

}  // namespace consulta
