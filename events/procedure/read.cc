// Reads a procedure out of TOML. The only file that sees the TOML library, which is heavy.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>
#include <algorithm>
#include <charconv>
#include <set>

#include "events/limits.h"
#include "events/procedure/definition.h"
#include "events/values/distance.h"
#include "events/values/symbol.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

int lineOf(const toml::node& node) {
  return static_cast<int>(node.source().begin.line);
}

Failure atLine(int line, Message why) {
  return refused("procedure.definition",
                 msg("line {line}: {why}", arg("line", line), arg("why", std::move(why))));
}

/// One table of the text: takes known keys out, and in the end complains about the others.
class TableReader {
 public:
  TableReader(const toml::table& table, Failures& failures) : table_(table), failures_(failures) {}

  void wrong(const toml::node& at, Message why) { failures_.push_back(atLine(lineOf(at), why)); }
  void wrong(Message why) { wrong(table_, std::move(why)); }

  const toml::node* node(std::string_view key) {
    known_.emplace_back(key);
    return table_.get(key);
  }

  /// One line of text.
  std::string line(std::string_view key, bool required = false) {
    const auto* value = node(key);
    if (value == nullptr) {
      if (required) wrong(msg("{key} is missing; write {key} = \"...\"", arg("key", key)));
      return {};
    }
    return lineIn(*value, key).value_or("");
  }

  /// One text, or a list of them.
  std::vector<std::string> lines(std::string_view key) {
    std::vector<std::string> out;
    const auto* value = node(key);
    if (value == nullptr) return out;
    const auto keep = [&](const toml::node& one) {
      auto text = lineIn(one, key);
      if (!text) return;
      if (std::ranges::find(out, *text) != out.end()) {
        return wrong(one, msg("{key} names {text} twice", arg("key", key), arg("text", *text)));
      }
      out.push_back(std::move(*text));
    };
    if (const auto* list = value->as_array()) {
      for (const auto& one : *list) keep(one);
    } else {
      keep(*value);
    }
    return out;
  }

  /// "A text", which is English, or { en = "A text", fr = "Un texte" }.
  Texts texts(std::string_view key, bool required) {
    const auto* value = node(key);
    if (value == nullptr) {
      if (required) {
        wrong(
            msg("{key} is missing; write {key} = { en = \"...\", fr = \"...\" }", arg("key", key)));
      }
      return {};
    }
    std::vector<std::string> inputs;
    if (const auto* languages = value->as_table()) {
      for (const auto& [language, text] : *languages) {
        if (auto one = lineIn(text, key)) inputs.push_back(std::string(language) + ":" + *one);
      }
    } else if (auto one = lineIn(*value, key)) {
      inputs.push_back("en:" + *one);
    }
    return take(*value, readTexts(inputs, "en")).value_or(Texts{});
  }

  std::optional<Duration> duration(std::string_view key) {
    const auto* value = node(key);
    if (value == nullptr) return std::nullopt;
    const auto text = lineIn(*value, key);
    return text ? take(*value, readDuration(*text)) : std::nullopt;
  }

  std::optional<Edtf> date(std::string_view key) {
    const auto* value = node(key);
    if (value == nullptr) return std::nullopt;
    if (const auto* day = value->as_date()) {
      const auto& read = day->get();
      return Edtf::day(read.year, read.month, read.day);
    }
    const auto text = lineIn(*value, key);
    return text ? take(*value, readEdtf(*text)) : std::nullopt;
  }

  /// The value whose name is written, among those that nameOf() gives.
  template <typename Choice>
  Choice choice(std::string_view key, bool required) {
    const auto* value = node(key);
    std::vector<std::string> names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Choice>>(
        [&](auto one) { names.emplace_back(nameOf(one.value)); });
    if (value == nullptr) {
      if (required) {
        wrong(msg("{key} is missing; it is one of: {choices}", arg("key", key),
                  arg("choices", joined(names))));
      }
      return {};
    }
    const auto text = lineIn(*value, key);
    if (!text) return {};
    const auto found = std::ranges::find(names, *text);
    if (found != names.end()) return static_cast<Choice>(found - names.begin());
    notOneOf(*value, *text, names);
    return {};
  }

  void notOneOf(const toml::node& at, const std::string& text,
                const std::vector<std::string>& names) {
    const auto near = nearest(text, names);
    wrong(at,
          near ? msg("\"{text}\" is none of: {choices}. Did you mean {near}?",
                     arg("text", excerpt(text)), arg("choices", joined(names)), arg("near", *near))
               : msg("\"{text}\" is none of: {choices}", arg("text", excerpt(text)),
                     arg("choices", joined(names))));
  }

  /// What nobody has asked for.
  void finish() {
    for (const auto& [key, value] : table_) {
      const std::string name(key.str());
      if (std::ranges::find(known_, name) != known_.end()) continue;
      const auto near = nearest(name, known_);
      wrong(value, near ? msg("there is no \"{key}\" here. Did you mean {near}?",
                              arg("key", excerpt(name)), arg("near", *near))
                        : msg("there is no \"{key}\" here; what can be written: {keys}",
                              arg("key", excerpt(name)), arg("keys", joined(known_))));
    }
  }

  std::optional<std::string> lineIn(const toml::node& value, std::string_view key) {
    const auto* text = value.as_string();
    if (text == nullptr) {
      wrong(value, msg("{key} must be a text in quotes", arg("key", key)));
      return std::nullopt;
    }
    return take(value, readLine(text->get()));
  }

  template <typename T>
  std::optional<T> take(const toml::node& at, Result<T> result) {
    if (result) return std::move(result).value();
    for (const auto& failure : result.failures()) wrong(at, failure.text);
    return std::nullopt;
  }

  static std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& one : names) out += (out.empty() ? "" : ", ") + one;
    return out;
  }

 private:
  const toml::table& table_;
  Failures& failures_;
  std::vector<std::string> known_;
};

TimeLimit readLimit(TableReader& in) {
  TimeLimit out;
  out.within = in.duration("within");
  out.from = in.line("from");
  out.until = in.date("until");
  out.beforeSession = in.line("before");
  out.lead = in.duration("lead");
  const int stated =
      (out.within ? 1 : 0) + (out.until ? 1 : 0) + (out.beforeSession.empty() ? 0 : 1);
  if (stated > 1) in.wrong(msg("a step has one time limit: within, until or before"));
  if (!out.from.empty() && !out.within) {
    in.wrong(msg("from says where \"within\" begins to count; write both or none"));
  }
  if (out.lead && out.beforeSession.empty()) {
    in.wrong(msg("lead says how long before a session; write before = \"IDB.31\" too"));
  }
  return out;
}

std::vector<Duration> readReminders(TableReader& in) {
  std::vector<Duration> out;
  const auto* value = in.node("remind");
  if (value == nullptr) return out;
  const auto keep = [&](const toml::node& one) {
    const auto text = in.lineIn(one, "remind");
    if (!text) return;
    if (const auto read = in.take(one, readDuration(*text))) out.push_back(*read);
  };
  if (const auto* list = value->as_array()) {
    for (const auto& one : *list) keep(one);
  } else {
    keep(*value);
  }
  std::ranges::stable_sort(out, std::greater{}, &Duration::secondsAtLeast);
  return out;
}

Quorum readQuorum(TableReader& in) {
  const auto* value = in.node("quorum");
  Quorum out;
  if (value == nullptr) return out;
  if (const auto* count = value->as_integer()) {
    if (count->get() >= 1 && count->get() <= 10'000) {
      out.count = static_cast<std::uint32_t>(count->get());
      return out;
    }
  } else if (const auto* text = value->as_string()) {
    const auto& share = text->get();
    const auto* end = share.data() + share.size();
    const auto first = std::from_chars(share.data(), end, out.numerator);
    if (first.ec == std::errc() && first.ptr != end && *first.ptr == '/') {
      const auto second = std::from_chars(first.ptr + 1, end, out.denominator);
      if (second.ec == std::errc() && second.ptr == end && out.numerator >= 1 &&
          out.numerator <= out.denominator) {
        return out;
      }
    }
  }
  in.wrong(*value, msg("a quorum is a number of parties, quorum = 17, or a share of those "
                       "entitled, quorum = \"1/2\""));
  return Quorum{};
}

std::vector<Branch> readBranches(TableReader& in, StepKind kind, Failures& failures) {
  std::vector<Branch> out;
  const auto* value = in.node("on");
  if (value == nullptr) return out;
  const auto* table = value->as_table();
  if (table == nullptr) {
    in.wrong(*value, msg("on says which step follows which outcome; write [step.on] and below it "
                         "an outcome a line"));
    return out;
  }
  std::vector<std::string> names;
  for (const auto& one : outcomesOf(kind)) names.emplace_back(one.name);
  TableReader branches(*table, failures);
  for (const auto& [key, target] : *table) {
    Branch branch;
    branch.outcome = std::string(key.str());
    branch.line = lineOf(target);
    if (std::ranges::find(names, branch.outcome) == names.end()) {
      in.notOneOf(target, branch.outcome, names);
    }
    branch.next = branches.lines(key.str());
    for (const auto end :
         {ProcedureEnd::adopted, ProcedureEnd::notAdopted, ProcedureEnd::withdrawn}) {
      if (branch.next != std::vector{std::string(nameOf(end))}) continue;
      branch.end = end;
      branch.next.clear();
      break;
    }
    out.push_back(std::move(branch));
  }
  std::ranges::stable_sort(out, {}, &Branch::line);
  return out;
}

ProcedureStep readStep(const toml::table& table, Failures& failures) {
  TableReader in(table, failures);
  ProcedureStep out;
  out.line = lineOf(table);
  out.name = in.line("name", true);
  out.kind = in.choice<StepKind>("kind", true);
  out.title = in.texts("title", true);
  out.by = in.lines("by");
  out.waitsFor = in.lines("waits-for");
  out.limit = readLimit(in);
  out.reminders = readReminders(in);
  const auto office = in.line("escalate-to");
  const auto after = in.duration("escalate-after");
  if (!office.empty()) {
    out.escalation = Escalation{after, office};
  } else if (after) {
    in.wrong(msg("escalate-after says when; write escalate-to = \"OFFICE\" too"));
  }
  if (out.kind == StepKind::silence) {
    out.period = in.duration("period");
    out.languages = in.lines("languages");
  }
  if (out.kind == StepKind::vote) {
    out.majority = in.choice<VoteMajority>("majority", true);
    out.quorum = readQuorum(in);
  }
  out.branches = readBranches(in, out.kind, failures);
  in.finish();
  return out;
}

ProcedureDefinition readDefinition(const toml::table& table, Failures& failures) {
  TableReader in(table, failures);
  ProcedureDefinition out;
  out.name = in.line("name", true);
  out.title = in.texts("title", true);
  out.valid = in.date("valid");
  out.calendar = in.line("calendar");
  out.rules = in.line("rules");
  out.silenceMinimum = in.duration("silence-minimum");
  out.first = in.lines("first");
  const auto* steps = in.node("step");
  const auto* list = steps == nullptr ? nullptr : steps->as_array();
  if (list == nullptr || list->empty()) {
    failures.push_back(
        atLine(1, msg("a procedure has steps; write [[step]] and below it name, kind "
                      "and title")));
  } else if (list->size() > limits::procedure_steps_max) {
    in.wrong(*steps,
             msg("a procedure has at most {max} steps", arg("max", limits::procedure_steps_max)));
  } else {
    for (const auto& one : *list) {
      if (const auto* step = one.as_table()) {
        out.steps.push_back(readStep(*step, failures));
      } else {
        in.wrong(one, msg("a step is a table; write [[step]]"));
      }
    }
  }
  in.finish();
  if (out.first.empty() && !out.steps.empty()) out.first = {out.steps.front().name};
  return out;
}

}  // namespace

Result<ProcedureDefinition> readProcedure(std::string_view toml) {
  if (toml.size() > limits::text_bytes_max) {
    return refused("procedure.definition",
                   msg("the text of a procedure has at most {max} bytes, not {size}",
                       arg("max", limits::text_bytes_max), arg("size", toml.size())));
  }
  const auto parsed = toml::parse(toml);
  if (!parsed) {
    const auto& error = parsed.error();
    return atLine(static_cast<int>(error.source().begin.line),
                  msg("this is no TOML: {why}", arg("why", error.description())));
  }
  Failures failures;
  auto out = readDefinition(parsed.table(), failures);
  if (failures.empty()) failures = checkDefinition(out);
  if (!failures.empty()) return failures;
  return out;
}

}  // namespace consulta
