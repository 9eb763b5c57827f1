#include "cli/attached.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <ostream>

#include "cli/node_json.h"
#include "cli/row_tree.h"
#include "cli/table.h"
#include "projections/rows.h"
#include "projections/rows/file.h"

namespace consulta {

namespace {

namespace json = boost::json;

std::vector<RowPtr> filesNaming(const Looking& at, EntityId id,
                                const std::function<bool(const File&)>& fits) {
  std::vector<RowPtr> out;
  for (const auto one : at.state.linkedTo(id)) {
    auto row = at.state.row(one);
    const auto* file = tryAs<File>(row.get());
    if (file != nullptr && fits(*file)) out.push_back(std::move(row));
  }
  return out;
}

std::string field(const Looking& at, const Row& file, std::string_view name) {
  const auto fields = file.fields();
  const auto* node = fields.member(name);
  return node == nullptr ? std::string() : valueText(*node, at.view(), name);
}

/// The life of most files has nothing to tell.
std::string stateText(const Looking& at, const Row& file) {
  const bool plain = stateOf<schema::FileState>(file.head) == schema::FileState::ATTACHED;
  return plain ? std::string() : at.states(file);
}

void addLine(Table& table, const Looking& at, const Row& row, std::string_view indent) {
  const auto& file = as<File>(row);
  const bool stated = file.authenticity != schema::Authenticity::NOT_STATED;
  table.add({std::string(indent) + at.symbolOf(row.head.id), field(at, row, "kind"),
             field(at, row, "language"), stated ? field(at, row, "authenticity") : "",
             file.size == 0 ? "" : bytesText(at.session.speech(), file.size), file.mediaType,
             stateText(at, row), field(at, row, "name")});
}

json::object lineJson(const Looking& at, const Row& row) {
  json::object out{{"file", at.state.nameOf(row.head.id)}};
  const auto fields = row.fields();
  for (const char* name : {"kind", "language", "authenticity", "size", "mediaType", "name"}) {
    const auto* node = fields.member(name);
    if (node != nullptr && !node->empty()) out[name] = nodeJson(*node, at.json());
  }
  for (const auto& [axis, state] : statesOf(at.state.catalogue(), row)) out[axis] = state;
  return out;
}

}  // namespace

FileFacts factsOf(const Row& row) {
  const auto& file = as<File>(row);
  return FileFacts{file.sha256, file.size, file.mediaType};
}

std::optional<bool> isStoredHere(const Looking& at, const Row& row) {
  const auto* file = tryAs<File>(&row);
  if (file == nullptr || file->sha256.empty()) return std::nullopt;
  return orBroken(at.reg.files().isStored(Position(row.head.id.value), factsOf(row)));
}

namespace {

/// With those that were made from another translation; a file is in no circle of them.
std::vector<RowPtr> translationsOf(const Looking& at, EntityId original) {
  std::vector<RowPtr> out;
  const auto add = [&](EntityId from) {
    const auto more =
        filesNaming(at, from, [&](const File& file) { return file.translationOf == from; });
    out.insert(out.end(), more.begin(), more.end());
  };
  add(original);
  std::size_t looked = 0;
  while (looked < out.size()) add(out[looked++]->head.id);  // it grows meanwhile
  return out;
}

}  // namespace

std::vector<AttachedFile> attachedTo(const Looking& at, EntityId id) {
  const auto attached = filesNaming(at, id, [&](const File& file) {
    return std::ranges::find(file.about, id) != file.about.end();
  });
  const auto isAttached = [&](EntityId file) {
    return std::ranges::any_of(attached, [&](const RowPtr& row) { return row->head.id == file; });
  };
  std::vector<AttachedFile> out;
  for (const auto& row : attached) {
    if (isAttached(as<File>(*row).translationOf)) continue;
    out.push_back({row, translationsOf(at, row->head.id)});
  }
  return out;
}

void printAttached(const Looking& at, const std::vector<AttachedFile>& files) {
  if (files.empty()) return;
  auto& out = at.session.out();
  out << '\n' << styled(Style::bold, at.say("Files"), at.session.terminal.colour) << '\n';
  Table table({{"", false, false},
               {"", false, false},
               {"", false, false},
               {"", false, false},
               {"", false, true},
               {"", false, false},
               {"", false, false},
               {"", true, false}});
  for (const auto& one : files) {
    addLine(table, at, *one.file, "");
    for (const auto& translation : one.translations) addLine(table, at, *translation, "  ");
  }
  table.print(out, at.session.terminal);
}

json::array attachedJson(const Looking& at, const std::vector<AttachedFile>& files) {
  json::array out;
  for (const auto& one : files) {
    auto line = lineJson(at, *one.file);
    json::array translations;
    for (const auto& translation : one.translations) {
      translations.push_back(lineJson(at, *translation));
    }
    if (!translations.empty()) line["translations"] = std::move(translations);
    out.push_back(std::move(line));
  }
  return out;
}

std::string bytesText(const Speech& speech, std::uint64_t bytes) {
  constexpr std::uint64_t kilo = 1'000;
  if (bytes < kilo) return speech(msg("{count} bytes", arg("count", bytes)));
  std::uint64_t unit = kilo;
  while (unit < kilo * kilo * kilo && bytes >= kilo * unit) unit *= kilo;
  // Rounded down, so that 999,999 bytes are no "1000.0 kB".
  const auto tenths = bytes / (unit / 10);
  const auto number =
      fmt::format("{}{}{}", tenths / 10, speech.lang() == Lang::en ? '.' : ',', tenths % 10);
  if (unit == kilo) return speech(msg("{count} kB", arg("count", number)));
  if (unit == kilo * kilo) return speech(msg("{count} MB", arg("count", number)));
  return speech(msg("{count} GB", arg("count", number)));
}

}  // namespace consulta
