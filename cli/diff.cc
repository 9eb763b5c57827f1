// consulta diff --from WHEN --to WHEN [ID]: what differs between two moments, field by field.
#include <boost/json/serialize.hpp>
#include <limits>
#include <ostream>

#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "cli/node_json.h"
#include "cli/row_tree.h"
#include "cli/table.h"

namespace consulta {

namespace {

namespace json = boost::json;

/// The two moments, each with how its values are shown: an entity may have got its name between.
struct Sides {
  const Looking& before;
  const Looking& after;
};

/// Bookkeeping that follows from every entry and says nothing by itself.
Node compared(const Catalogue& catalogue, const Row& row) {
  auto tree = wholeRow(catalogue, row);
  std::erase_if(std::get<Node::Members>(tree.value), [](const Node::Member& one) {
    return one.name == "revision" || one.name == "changed";
  });
  return tree;
}

std::vector<Difference> differencesOf(const Sides& sides, const Row* before, const Row* after) {
  const auto& catalogue = sides.after.state.catalogue();
  if (before == nullptr || after == nullptr) return {};
  return differences(compared(catalogue, *before), compared(catalogue, *after));
}

/// The last name of a path: "invitations[2].state" is about "state".
std::string fieldOf(const std::string& path) {
  auto out = path.substr(path.rfind('.') == path.npos ? 0 : path.rfind('.') + 1);
  return out.substr(0, out.find('['));
}

/// The path in the words of show: "invitations[2].credentials received".
std::string pathWords(std::string_view path, const ValueView& view) {
  std::string out;
  while (true) {
    const auto end = path.find('.');
    const auto part = path.substr(0, end);
    const auto name = part.substr(0, part.find('['));
    out += words(name, view) + std::string(part.substr(name.size()));
    if (end == path.npos) return out;
    out += '.';
    path.remove_prefix(end + 1);
  }
}

void printJson(const Sides& sides, const Row* before, const Row* after,
               const std::vector<Difference>& fields) {
  const auto& at = after != nullptr ? sides.after : sides.before;
  const auto& row = after != nullptr ? *after : *before;
  json::array list;
  for (const auto& one : fields) {
    list.push_back(json::object{{"path", one.path},
                                {"before", nodeJson(one.before, sides.before.json())},
                                {"after", nodeJson(one.after, sides.after.json())}});
  }
  json::object out{{"id", at.state.nameOf(row.head.id)},
                   {"change", before == nullptr  ? "appeared"
                              : after == nullptr ? "disappeared"
                                                 : "changed"}};
  if (before != nullptr && after != nullptr) out["fields"] = std::move(list);
  at.session.out() << json::serialize(out) << '\n';
}

void addRows(Table& table, const Sides& sides, const Row* before, const Row* after,
             const std::vector<Difference>& fields) {
  const auto& at = after != nullptr ? sides.after : sides.before;
  const auto& row = after != nullptr ? *after : *before;
  Cell name{at.symbolOf(row.head.id), Style::bold};
  if (before == nullptr || after == nullptr) {
    table.add({name,
               Cell{before == nullptr ? at.say("appeared") : at.say("disappeared"),
                    before == nullptr ? Style::green : Style::red},
               before == nullptr ? "" : at.title(row), after == nullptr ? "" : at.title(row)});
    return;
  }
  const auto shown = [](const Node& node, const Looking& side, const std::string& path) {
    const auto text = valueText(node, side.view(), fieldOf(path));
    return text.empty() ? std::string("-") : text;
  };
  for (const auto& one : fields) {
    table.add({name, pathWords(one.path, at.view()),
               Cell{shown(one.before, sides.before, one.path), Style::dim},
               shown(one.after, sides.after, one.path)});
    name.text.clear();
  }
}

int compare(const Sides& sides, const State& now, std::optional<EntityId> only, bool all) {
  auto& session = sides.after.session;
  Table table({{sides.after.say("id"), false, false},
               {sides.after.say("field"), false, false},
               {sides.after.say("before"), true, false},
               {sides.after.say("after"), true, false}});
  const auto one = [&](EntityId id) {
    const auto before = sides.before.state.row(id);
    const auto after = sides.after.state.row(id);
    if (!before && !after) return;
    if (before && after && before->equals(*after)) return;
    const auto fields = differencesOf(sides, before.get(), after.get());
    if (before && after && fields.empty()) return;
    if (session.options.json) {
      printJson(sides, before.get(), after.get(), fields);
    } else {
      addRows(table, sides, before.get(), after.get(), fields);
    }
  };
  if (only) {
    one(*only);
  } else {
    // The present holds every entity that any moment holds.
    eachEntity(now, all, [&](const RowPtr& row) { one(row->head.id); });
  }
  if (session.options.json) return 0;
  if (table.empty()) {
    session.say(msg("nothing differs between the two"));
    return 0;
  }
  table.print(session.out(), session.terminal);
  return 0;
}

/// A day as it stood and a day as it was known have no order between them.
bool isLater(const Moment& a, const Moment& b) {
  const auto known = [](const Moment& one) {
    return one.known.value_or(Position(std::numeric_limits<std::uint64_t>::max()));
  };
  const bool noEarlier = a.asOfNs >= b.asOfNs && known(a) >= known(b);
  return noEarlier && (a.asOfNs > b.asOfNs || known(a) > known(b));
}

Result<std::pair<Moment, Moment>> readMoments(Session& session, const Register& reg,
                                              const Arguments& arguments) {
  auto from = readMoment(session, reg, "--from", arguments.at("from"));
  auto to = readMoment(session, reg, "--to", arguments.get("to").value_or("now"));
  if (from && to) {
    if (isLater(*from, *to)) {
      return usage("diff.order", msg("--from is later than --to; exchange the two: --from {to} "
                                     "--to {from}",
                                     arg("from", arguments.at("from")),
                                     arg("to", arguments.get("to").value_or("now"))));
    }
    return std::pair(*from, *to);
  }
  Failures failures;
  if (!from) failures = std::move(from).failures();
  if (!to) failures.insert(failures.end(), to.failures().begin(), to.failures().end());
  return failures;
}

int runDiff(Session& session, const Arguments& arguments) {
  const auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  const auto moments = readMoments(session, **reg, arguments);
  if (!moments) return session.fail(moments.failures());
  int code = 0;
  (*reg)->read([&](const State& now) {
    const PastState from(now, moments->first);
    const PastState to(now, moments->second);
    const Looking before(session, **reg, now, &from);
    const Looking after(session, **reg, now, &to);
    std::optional<EntityId> only;
    if (const auto written = arguments.get("ID")) {
      const auto id = Looking(session, **reg, now, nullptr).find(*written);
      if (!id) {
        code = session.fail(id.failures());
        return;
      }
      only = *id;
    }
    code = compare(Sides{before, after}, now, only, arguments.has("all"));
  });
  return code;
}

}  // namespace

Command diffCommand() {
  Command out;
  out.name = "diff";
  out.help = "Compare the register, or one entity, at two moments, field by field";
  out.example = "diff --from 2006-07-31 --to known:2006-12-31 MTG-2006-001";
  out.about =
      "WHEN is a date (as it stood at its end), known:DATE (as it was known then), or now. With "
      "--json each line is one entity that appeared, disappeared or changed.";
  out.places = {Parameter{.name = "ID", .help = "one entity; without it all", .refs = {"*"}}};
  out.options = {
      Parameter{.name = "from", .value = "WHEN", .help = "the earlier moment", .required = true},
      Parameter{.name = "to", .value = "WHEN", .help = "the later moment; without it now"},
      Parameter{.name = "all", .help = "reference lists too"},
  };
  out.run = runDiff;
  return out;
}

}  // namespace consulta
