#include "cli/complete.h"

#include <algorithm>
#include <cstdlib>
#include <ostream>

#include "cli/commands.h"
#include "cli/entering.h"
#include "cli/filter.h"
#include "cli/naming.h"
#include "cli/row_tree.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

/// As many as a person may look through.
constexpr std::size_t candidates_max = 200;

/// A word without the quotes that the shell has left around it, the last one perhaps not typed yet.
std::string unquoted(const std::string& word) {
  if (word.empty() || (word.front() != '"' && word.front() != '\'')) return word;
  const bool closed = word.size() > 1 && word.back() == word.front();
  return word.substr(1, word.size() - (closed ? 2 : 1));
}

class Completer {
 public:
  Completer(Session& session, std::vector<std::string> before, std::string last)
      : session_(session), before_(std::move(before)), last_(std::move(last)) {}

  Completion run() {
    const auto named = nameOfWords(session_.catalogue(), before_);
    if (!named) {
      if (before_.size() == 1) offerSecondWords(before_.front());
      return std::move(out_);
    }
    if (named->command) parameters_ = named->command->options;
    takeWords(named->command ? &*named->command : nullptr, named->rest);
    takeGlobals();
    if (named->command && named->command->further) replaceUnlisted(*named->command);
    if (pending_ != nullptr) {
      offerValues(*pending_, last_, "");
    } else if (last_.starts_with("-")) {
      offerOptions();
    } else if (named->command) {
      offerPlace(*named->command);
    } else if (named->aggregate != nullptr) {
      offerVerbs(*named->aggregate);
    } else {
      offerFirstWords();
    }
    return std::move(out_);
  }

 private:
  void add(const std::string& text, const std::string& help, const std::string& front = {}) {
    if (asciiLower(text).starts_with(asciiLower(last_.substr(front.size())))) {
      out_.candidates.push_back({front + text, help});
    }
  }

  const Parameter* option(std::string_view name) const {
    const auto own = std::ranges::find(parameters_, name, &Parameter::name);
    if (own != parameters_.end()) return &*own;
    const auto globals = globalOptions();
    const auto global = std::ranges::find(globals, name, &Parameter::name);
    return global == globals.end() ? nullptr : &*global;
  }

  /// Sorts the words after the command into options and places, as far as they are complete.
  void takeWords(const Command* command, const std::vector<std::string>& words) {
    std::map<std::string, std::vector<std::string>> values;
    std::string open;  // the option whose value comes next
    for (const auto& word : words) {
      if (!open.empty()) {
        values[open].push_back(word);
        open.clear();
        continue;
      }
      if (!word.starts_with("--")) {
        if (!word.starts_with("-")) places_.push_back(word);
        continue;
      }
      const auto equals = word.find('=');
      const auto name = word.substr(2, equals == word.npos ? word.npos : equals - 2);
      const auto* known = option(name);
      if (known == nullptr) continue;
      auto& given = values[name];
      if (equals != word.npos) {
        given.push_back(word.substr(equals + 1));
      } else if (!known->value.empty()) {
        open = name;
      } else {
        given.emplace_back("true");
      }
    }
    for (auto& [name, all] : values) arguments_.set(name, std::move(all));
    if (command != nullptr) {
      const auto count = std::min(places_.size(), command->places.size());
      for (std::size_t i = 0; i < count; ++i) {
        arguments_.set(command->places[i].name, {places_[i]});
      }
    }
    pending_ = open.empty() ? nullptr : option(open);
  }

  void takeGlobals() {
    session_.options.on = arguments_.get("on");
    if (const auto lang = langOf(arguments_.at("lang"))) session_.speak(*lang);
    if (!arguments_.has("data")) return;
    const auto data = arguments_.at("data");
    const char* home = std::getenv("HOME");
    session_.options.data = data;
    // The shell has not read the word yet.
    if (data.starts_with("~/") && home != nullptr) session_.options.data = home + data.substr(1);
  }

  void replaceUnlisted(const Command& command) {
    const auto name = pending_ == nullptr ? std::string() : pending_->name;
    auto further = command.further(session_, arguments_);
    std::erase_if(parameters_, [&](const Parameter& one) {
      return one.unlisted ||
             std::ranges::find(further, one.name, &Parameter::name) != further.end();
    });
    for (auto& one : further) parameters_.push_back(std::move(one));
    pending_ = name.empty() ? nullptr : option(name);
  }

  void offerFirstWords() {
    for (const auto& one : fixedCommands(session_.catalogue())) {
      const auto first = one.name.substr(0, one.name.find(' '));
      if (first != one.name && session_.catalogue().aggregate(first) != nullptr) continue;
      if (!one.hidden) add(one.name.substr(0, one.name.find(' ')), session_.speech()(one.help));
    }
    for (const auto& one : session_.catalogue().aggregates()) {
      add(one.name, session_.speech()(one.help));
    }
    const auto same = [](const Candidate& a, const Candidate& b) { return a.text == b.text; };
    auto& all = out_.candidates;
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
  }

  /// "procedure" alone names nothing, but commands of two words may begin with it.
  void offerSecondWords(const std::string& first) {
    for (const auto& one : fixedCommands(session_.catalogue())) {
      if (one.hidden || !one.name.starts_with(first + " ")) continue;
      add(one.name.substr(first.size() + 1), session_.speech()(one.help));
    }
  }

  void offerVerbs(const AggregateInfo& aggregate) {
    for (const auto* act : typedActs(session_.catalogue(), aggregate)) {
      add(act->verb, session_.speech()(act->help));
    }
    offerSecondWords(aggregate.name);  // "file save" is no act
  }

  void offerOptions() {
    if (const auto equals = last_.find('='); equals != last_.npos && last_.starts_with("--")) {
      const auto* known = option(last_.substr(2, equals - 2));
      if (known != nullptr && !known->value.empty()) {
        offerValues(*known, last_.substr(equals + 1), last_.substr(0, equals + 1));
      }
      return;
    }
    offerOptions(parameters_);
    offerOptions(globalOptions());
  }

  void offerOptions(std::span<const Parameter> parameters) {
    for (const auto& one : parameters) {
      if (one.unlisted || (arguments_.has(one.name) && !one.repeats)) continue;
      add("--" + one.name, session_.speech()(one.help));
    }
  }

  void offerPlace(const Command& command) {
    const auto& places = command.places;
    if (places_.size() < places.size()) return offerValues(places[places_.size()], last_, "");
    if (!places.empty() && places.back().repeats) return offerValues(places.back(), last_, "");
    if (last_.empty()) offerOptions(parameters_);
  }

  /// `front` is what stands before the value in the same word: "--kind=".
  void offerValues(const Parameter& parameter, const std::string& written,
                   const std::string& front) {
    out_.files = parameter.file;
    out_.ending = parameter.ending;
    out_.directories = parameter.names == Names::directory;
    const bool pairs = written.find('=') != written.npos;
    for (const auto& choice : parameter.choices) {
      const auto equals = choice.find('=');
      // Of "column=field" first the column alone.
      if (pairs || equals == choice.npos || equals + 1 == choice.size()) add(choice, "", front);
    }
    offerNames(parameter.names, written, front);
    if (parameter.names == Names::condition) return offerConditionValues(written, front);
    const bool asksRegister = parameter.names == Names::newId || parameter.names == Names::actor ||
                              parameter.names == Names::group;
    if (parameter.refs.empty() && parameter.code.empty() && !asksRegister) return;
    session_.options.ownerWait_ms = 0;
    const auto reg = session_.reg();
    if (!reg) return;
    (*reg)->read([&](const State& now) {
      const Looking at(session_, **reg, now, nullptr);
      std::vector<Candidate> found;
      if (!parameter.refs.empty()) {
        found = entitiesLike(at, parameter.refs, written, candidates_max);
      } else if (!parameter.code.empty()) {
        found = codesLike(at, parameter.code, written, candidates_max);
      } else if (parameter.names == Names::actor) {
        for (const auto id : at.knownActors()) add(at.actor(id), "", front);
      } else if (parameter.names == Names::group) {
        found = groupsLike(at, written, candidates_max);
      } else if (const auto* aggregate = writtenAggregate(); aggregate != nullptr) {
        add(proposedId(session_, *aggregate, now), session_.speech()(msg("the next free id")),
            front);
      }
      for (auto& one : found) out_.candidates.push_back({front + one.text, one.help});
    });
  }

  void offerNames(Names names, const std::string& written, const std::string& front) {
    if (names == Names::language) {
      for (const auto* language : {"en:", "fr:", "es:"}) add(language, "", front);
    } else if (names == Names::aggregate) {
      for (const auto& one : session_.catalogue().aggregates()) {
        add(one.name, session_.speech()(one.help), front);
      }
    } else if (names == Names::state) {
      offerStates(front);
    } else if (names == Names::field) {
      for (const auto& name : fieldNames()) add(name, "", front);
    } else if (names == Names::condition) {
      if (written.find('=') != written.npos) return;
      for (const auto& name : fieldNames()) add(name + "=", "", front);
    }
  }

  /// After "field=": the names of a choice, or what the field may name.
  void offerConditionValues(const std::string& written, const std::string& front) {
    const auto equals = written.find('=');
    const auto* aggregate = writtenAggregate();
    if (equals == written.npos || aggregate == nullptr) return;
    const auto path = written.substr(0, equals);
    const auto before = front + path + "=";
    const auto shape = wholeShape(*aggregate);
    const auto paths = fieldPaths(shape);
    const auto field = std::ranges::find(paths, path, &FieldPath::path);
    if (field == paths.end()) return;
    const auto* list = std::get_if<Node::List>(&field->shape->value);
    const auto& one = list != nullptr && !list->empty() ? list->front() : *field->shape;
    Parameter value;
    if (std::holds_alternative<ChoiceName>(one.value)) {
      for (const auto& name : *list) value.choices.push_back(std::get<ChoiceName>(name.value).name);
    } else if (std::holds_alternative<Flag>(one.value)) {
      value.choices = {"yes", "no"};
    } else if (std::holds_alternative<EntityId>(one.value)) {
      value.refs = {"*"};
    } else if (std::holds_alternative<std::string>(one.value)) {
      value.code = codeListOf(*aggregate, path.substr(path.rfind('.') + 1));
    }
    offerValues(value, written.substr(equals + 1), before);
  }

  /// The aggregate that the command is about: that of its act, or the one that was named.
  const AggregateInfo* writtenAggregate() const {
    const auto& catalogue = session_.catalogue();
    if (arguments_.has("AGGREGATE")) return catalogue.aggregate(arguments_.at("AGGREGATE"));
    for (const auto& word : before_) {
      if (const auto* found = catalogue.aggregate(word)) return found;
    }
    return nullptr;
  }

  void offerStates(const std::string& front) {
    const auto* aggregate = writtenAggregate();
    if (aggregate == nullptr) return;
    for (const auto& axis : aggregate->axes) {
      for (const auto& state : axis.states) add(state.name, session_.speech()(state.help), front);
    }
  }

  std::vector<std::string> fieldNames() {
    const auto& catalogue = session_.catalogue();
    if (const auto* aggregate = writtenAggregate()) {
      std::vector<std::string> paths;
      const auto shape = wholeShape(*aggregate);
      for (auto& one : fieldPaths(shape)) paths.push_back(std::move(one.path));
      return paths;
    }
    std::vector<std::string> out;
    session_.options.ownerWait_ms = 0;
    const auto reg = session_.reg();
    if (!reg || !arguments_.has("ID")) return out;
    (*reg)->read([&](const State& now) {
      const auto id = Looking(session_, **reg, now, nullptr).find(arguments_.at("ID"));
      const auto row = id ? now.row(*id) : nullptr;
      if (row) out = memberNames(wholeRow(catalogue, *row));
    });
    return out;
  }

  Session& session_;
  const std::vector<std::string> before_;
  const std::string last_;
  std::vector<Parameter> parameters_;  // the options of the command
  std::vector<std::string> places_;
  Arguments arguments_;
  const Parameter* pending_ = nullptr;  // its value comes next
  Completion out_;
};

}  // namespace

Completion complete(Session& session, std::span<const std::string> words) {
  std::vector<std::string> before;
  for (const auto& word : words) before.push_back(unquoted(word));
  auto last = before.empty() ? std::string() : std::move(before.back());
  if (!before.empty()) before.pop_back();
  return Completer(session, std::move(before), std::move(last)).run();
}

void printCompletion(Session& session, std::span<const std::string> words) {
  session.options.quiet = true;
  session.options.data = defaultDataDirectory();
  Completion found;
  try {
    found = complete(session, words);
  } catch (const Broken&) {
    return;  // whoever runs the command is told; here there is nothing to offer
  }
  for (const auto& one : found.candidates) {
    session.out() << forTerminal(one.text) << '\t' << forTerminal(one.help) << '\n';
  }
  if (found.files) {
    session.out() << "\tfiles" << (found.ending.empty() ? "" : "\t" + found.ending) << '\n';
  }
  if (found.directories) session.out() << "\tdirectories\n";
}

}  // namespace consulta
