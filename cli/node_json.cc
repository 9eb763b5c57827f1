#include "cli/node_json.h"

#include "cli/row_tree.h"
#include "cli/value_text.h"
#include "events/values/decimal.h"
#include "events/values/money.h"

namespace consulta {

namespace json = boost::json;

namespace {

json::value rowDateJson(const RowDate& date) {
  if (date.words.empty()) return json::value(date.edtf);
  return json::object{{"edtf", date.edtf}, {"words", date.words}};
}

struct ToJson {
  const JsonView& view;

  std::string name(EntityId id) const {
    return view.nameOf ? view.nameOf(id) : "#" + std::to_string(id.value);
  }

  json::value operator()(std::monostate) const { return nullptr; }
  json::value operator()(Flag flag) const { return json::value(flag.value()); }
  json::value operator()(Number number) const { return json::value(number.value()); }
  json::value operator()(const std::string& text) const { return json::value(text); }
  json::value operator()(const ChoiceName& choice) const { return json::value(choice.name); }
  json::value operator()(EntityId id) const { return json::value(name(id)); }
  json::value operator()(const RowDate& date) const { return rowDateJson(date); }
  json::value operator()(const RowTexts& texts) const {
    json::object out;
    for (const auto& phrase : texts.phrases) out[phrase.language] = phrase.text;
    return out;
  }
  json::value operator()(const RowMoney& money) const {
    return json::value(toText(Money{money.minor, money.currency}));
  }
  json::value operator()(const RowDecimal& number) const {
    return json::value(toText(Decimal{number.unscaled, number.scale}));
  }
  json::value operator()(const RowZonedTime& time) const {
    return json::object{
        {"local", time.local}, {"zone", time.zone}, {"utc", instantText(time.utcNs)}};
  }
  json::value operator()(const RowDeadline& deadline) const {
    json::object out;
    if (!deadline.date.edtf.empty()) out["date"] = rowDateJson(deadline.date);
    if (deadline.beforeSession) out["beforeSession"] = name(deadline.beforeSession);
    return out;
  }
  json::value operator()(const SealedRef& ref) const {
    if (!view.reveal) return json::object{{"position", ref.at.value}};
    if (auto clear = view.reveal(ref.at, ref.field)) return json::value(*clear);
    return json::object{{"closed", true}};
  }
  json::value operator()(const Node::List& list) const {
    json::array out;
    for (const auto& one : list) out.push_back(nodeJson(one, view));
    return out;
  }
  json::value operator()(const Node::Members& members) const {
    json::object out;
    for (const auto& member : members) {
      if (!member.node.empty()) out[member.name] = nodeJson(member.node, view);
    }
    return out;
  }
};

}  // namespace

json::value nodeJson(const Node& node, const JsonView& view) {
  if (node.empty()) {
    if (std::holds_alternative<Node::Members>(node.value)) return json::object{};
    if (std::holds_alternative<Node::List>(node.value)) return json::array{};
    return nullptr;
  }
  return std::visit(ToJson{view}, node.value);
}

json::object rowJson(const Catalogue& catalogue, const Row& row, const JsonView& view) {
  const ToJson to{view};
  json::object out;
  out["id"] = to.name(row.head.id);
  out["position"] = row.head.id.value;
  out["aggregate"] = catalogue.aggregate(row.aggregate()).name;
  json::array symbols;
  for (const auto& symbol : row.head.symbols) symbols.emplace_back(symbol.text);
  out["symbols"] = std::move(symbols);
  for (const auto& [axis, state] : statesOf(catalogue, row)) out[axis] = state;
  if (!row.head.opened.edtf.empty()) out["opened"] = rowDateJson(row.head.opened);
  if (!row.head.changed.edtf.empty()) out["changed"] = rowDateJson(row.head.changed);
  out["found"] = row.head.found;
  out["corrected"] = row.head.corrected;
  out["revision"] = row.head.revision;
  json::array notes;
  for (const auto& note : row.head.notes) notes.push_back(nodeJson(Node{note}, view));
  if (!notes.empty()) out["notes"] = std::move(notes);
  out["fields"] = nodeJson(row.fields(), view);
  return out;
}

json::object publicRowJson(const State& state, const RowFields& fields, const Row& row,
                           const JsonView& view) {
  auto out = rowJson(state.catalogue(), row, view);
  for (const auto& field : fields.head(row.aggregate())) {
    if (!field.publishable) out.stable_erase(field.name);
  }
  out["fields"] = nodeJson(fields.publishable(state, row), view);
  return out;
}

}  // namespace consulta
