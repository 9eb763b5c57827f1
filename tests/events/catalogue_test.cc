#include "events/catalogue.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "events/entry.h"

namespace consulta {

namespace {

template <typename F>
void forEachAct(const Catalogue& catalogue, F&& f) {
  for (const auto& aggregate : catalogue.aggregates()) {
    for (const auto& act : aggregate.events) f(aggregate, act);
  }
}

/// Splits a command as a shell would, as far as examples need it.
std::vector<std::string> words(const std::string& line) {
  std::vector<std::string> out;
  std::string word;
  bool quoted = false;
  bool any = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
      any = true;
    } else if (c == ' ' && !quoted) {
      if (any || !word.empty()) out.push_back(word);
      word.clear();
      any = false;
    } else {
      word += c;
    }
  }
  if (any || !word.empty()) out.push_back(word);
  return out;
}

}  // namespace

TEST_CASE("the schema does not contradict itself") {
  CHECK_NOTHROW(Catalogue());
}

TEST_CASE("every act of a clerk has a verb in lower case, one line of help and an example") {
  const Catalogue catalogue;
  forEachAct(catalogue, [](const AggregateInfo& aggregate, const EventInfo& act) {
    INFO(act.type);
    CHECK_FALSE(act.help.empty());
    CHECK_FALSE(act.help.ends_with('.'));
    CHECK_FALSE(aggregate.help.empty());
    if (act.verb.empty()) return;
    CHECK(kebab(act.verb) == act.verb);
    CHECK_FALSE(act.example.empty());
  });
}

TEST_CASE("an example names only fields that there are, and all that are required") {
  const Catalogue catalogue;
  forEachAct(catalogue, [](const AggregateInfo&, const EventInfo& act) {
    if (act.verb.empty()) return;
    INFO(act.type << ": " << act.example);
    std::set<std::string> named;
    for (const auto& word : words(act.example)) {
      if (!word.starts_with("--")) continue;
      named.insert(word.substr(2));
      INFO(word);
      const bool known = act.field(word.substr(2)) != nullptr || word == "--on" ||
                         word == "--note" || word == "--source" || word == "--ground";
      CHECK(known);
    }
    for (const auto& field : act.fields) {
      INFO("--" << field.option);
      const bool shown = !field.required || named.contains(field.option);
      CHECK(shown);
    }
  });
}

TEST_CASE("a free text is public or personal, and there is no third kind") {
  const Catalogue catalogue;
  forEachAct(catalogue, [](const AggregateInfo&, const EventInfo& act) {
    for (const auto& field : act.fields) {
      if (field.kind != FieldKind::text && field.kind != FieldKind::texts) continue;
      INFO(act.type << " " << field.name);
      const bool clear = field.isPublic || field.alias || field.symbol || !field.code.empty() ||
                         !field.choices.empty();
      CHECK(clear);
    }
  });
}

TEST_CASE("a choice that may be left out begins with \"not stated\"") {
  const Catalogue catalogue;
  forEachAct(catalogue, [](const AggregateInfo&, const EventInfo& act) {
    for (const auto& field : act.fields) {
      if (field.kind != FieldKind::choice || field.required || field.list) continue;
      INFO(act.type << " " << field.name);
      CHECK(field.choices.front().name == "not-stated");
    }
  });
}

TEST_CASE("every aggregate with states can be opened as found in any of them") {
  const Catalogue catalogue;
  for (const auto& aggregate : catalogue.aggregates()) {
    INFO(aggregate.name);
    const auto opening = std::ranges::count_if(aggregate.events, &EventInfo::opens);
    CHECK(opening >= 1);
    const auto* found = aggregate.byName("found");
    CHECK((found != nullptr) == !aggregate.axes.empty());
    if (found != nullptr) CHECK(found->opens);
  }
}

TEST_CASE("every state but a first one is reached by some act") {
  const Catalogue catalogue;
  for (const auto& aggregate : catalogue.aggregates()) {
    for (std::size_t axis = 0; axis < aggregate.axes.size(); ++axis) {
      std::set<std::uint16_t> reached;
      bool computed = false;
      for (const auto& act : aggregate.events) {
        for (const auto& move : act.moves) {
          if (move.axis != axis || act.found) continue;
          if (move.to == MoveInfo::To::state) reached.insert(move.state);
          computed = computed || move.to == MoveInfo::To::computed;
        }
      }
      for (const auto& state : aggregate.axes[axis].states) {
        INFO(aggregate.name << " " << state.name);
        const bool reachable = computed || reached.contains(state.value);
        CHECK(reachable);
      }
    }
  }
}

TEST_CASE("references name aggregates that there are") {
  const Catalogue catalogue;
  forEachAct(catalogue, [&](const AggregateInfo&, const EventInfo& act) {
    for (const auto& field : act.fields) {
      for (const auto& ref : field.refs) {
        INFO(act.type << " " << field.name << " -> " << ref);
        const bool known = ref == "*" || catalogue.aggregate(ref) != nullptr;
        CHECK(known);
      }
    }
  });
}

TEST_CASE("names of the schema become names of the command line") {
  CHECK(kebab("signedOn") == "signed-on");
  CHECK(kebab("state") == "state");
}

}  // namespace consulta
