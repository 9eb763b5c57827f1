// One condition against the values of a row.
#include <algorithm>
#include <charconv>

#include "cli/filter.h"
#include "cli/row_tree.h"
#include "events/values/decimal.h"
#include "events/values/edtf.h"
#include "events/values/human_date.h"
#include "events/values/money.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

using Op = Condition::Op;

template <typename T>
bool compares(Op op, const T& a, const T& b) {
  switch (op) {
    case Op::less:
      return a < b;
    case Op::greater:
      return a > b;
    case Op::atMost:
      return a <= b;
    case Op::atLeast:
      return a >= b;
    default:
      return a == b;
  }
}

bool datesCompare(Op op, const DateBounds& a, const DateBounds& b) {
  switch (op) {
    case Op::less:
      return a.latestNs < b.earliestNs;
    case Op::greater:
      return a.earliestNs > b.latestNs;
    case Op::atMost:
      return a.latestNs <= b.latestNs;
    case Op::atLeast:
      return a.earliestNs >= b.earliestNs;
    default:
      return a.earliestNs >= b.earliestNs && a.latestNs <= b.latestNs;
  }
}

/// Words compare without case, accents, and what joins them: "In force" is "in-force".
std::string folded(std::string_view text) {
  auto out = foldLatin(trimmed(text));
  std::ranges::replace(out, ' ', '-');
  return out;
}

/// One condition against one value.
class Matcher {
 public:
  Matcher(const Condition& condition, const State& state, Day today)
      : condition_(condition), state_(state), today_(today) {}

  Result<bool> operator()(const Node& node) {
    if (condition_.value.empty()) return node.empty();
    // A flag that was never raised is answered like one that is down.
    if (node.empty() && !std::holds_alternative<Flag>(node.value)) return false;
    if (condition_.op == Op::contains) return contains(node);
    return std::visit(*this, node.value);
  }

  Result<bool> operator()(std::monostate) { return false; }
  Result<bool> operator()(Flag flag) {
    const auto word = folded(condition_.value);
    const bool yes = word == "yes" || word == "true" || word == "oui" || word == "si";
    const bool no = word == "no" || word == "false" || word == "non";
    if (!yes && !no) return wrong(msg("yes or no"));
    if (isOrder()) return noOrder();
    return flag.value_or(false) == yes;
  }
  Result<bool> operator()(Number number) {
    std::int64_t value = 0;
    const auto* end = condition_.value.data() + condition_.value.size();
    const auto read = std::from_chars(condition_.value.data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end) return wrong(msg("a whole number"));
    return compares(condition_.op, number.value(), value);
  }
  Result<bool> operator()(const std::string& text) {
    if (isOrder()) return compares(condition_.op, foldLatin(text), foldLatin(condition_.value));
    if (isOneOf(condition_.codes, text)) return true;
    return foldLatin(text) == foldLatin(condition_.value);
  }
  Result<bool> operator()(const ChoiceName& choice) {
    if (isOrder()) return noOrder();
    return folded(choice.name) == folded(condition_.value);
  }
  Result<bool> operator()(EntityId id) {
    if (isOrder()) return noOrder();
    return isOneOf(condition_.entities, id);
  }
  Result<bool> operator()(const RowDate& date) {
    const auto value = readHumanDate(condition_.value, today_);
    if (!value) return value.failures();
    if (value->value.isUnknown() || date.edtf == "XXXX") {
      return !isOrder() && value->value.text() == date.edtf;
    }
    const auto bounds = dateBounds(date.edtf);
    return bounds && datesCompare(condition_.op, *bounds, value->value.bounds());
  }
  Result<bool> operator()(const RowTexts& texts) {
    if (isOrder()) return noOrder();
    return std::ranges::any_of(texts.phrases, [&](const RowPhrase& phrase) {
      return foldLatin(phrase.text) == foldLatin(condition_.value);
    });
  }
  Result<bool> operator()(const RowMoney& money) {
    const auto value = readMoney(condition_.value);
    if (!value) return value.failures();
    return money.currency == value->currency && compares(condition_.op, money.minor, value->minor);
  }
  Result<bool> operator()(const RowDecimal& number) {
    const auto value = readDecimal(condition_.value);
    if (!value) return value.failures();
    return compares(condition_.op, Decimal{number.unscaled, number.scale}, *value);
  }
  Result<bool> operator()(const RowZonedTime& time) {
    const auto value = readHumanDate(condition_.value, today_);
    if (!value) return value.failures();
    return datesCompare(condition_.op, DateBounds{time.utcNs, time.utcNs}, value->value.bounds());
  }
  Result<bool> operator()(const RowDeadline& deadline) {
    if (!condition_.entities.empty()) return isOneOf(condition_.entities, deadline.beforeSession);
    if (deadline.date.edtf.empty()) return false;
    return (*this)(deadline.date);
  }
  Result<bool> operator()(const SealedRef&) {
    return usage(
        "where.personal",
        msg("\"{text}\": this field is personal, and a condition does not look into it; \"consulta "
            "find\" does, within your rights",
            arg("text", excerpt(condition_.written))));
  }
  Result<bool> operator()(const Node::List&) { return false; }
  Result<bool> operator()(const Node::Members& members) {
    return usage("where.parts",
                 msg("\"{text}\": this field has parts; name one of them: {parts}",
                     arg("text", excerpt(condition_.written)), arg("parts", partsOf(members))));
  }

 private:
  static std::string partsOf(const Node::Members& members) {
    return joined(members, [](const Node::Member& member) { return kebab(member.name); });
  }
  template <typename T>
  static bool isOneOf(const std::vector<T>& all, const T& one) {
    return std::ranges::find(all, one) != all.end();
  }
  [[nodiscard]] bool isOrder() const {
    return condition_.op != Op::is && condition_.op != Op::isNot;
  }
  [[nodiscard]] Failure wrong(const Message& what) const {
    return usage("where.value", msg("\"{text}\": this field takes {what}; write it after the "
                                    "operator",
                                    arg("text", excerpt(condition_.written)), arg("what", what)));
  }
  [[nodiscard]] Failure noOrder() const {
    return usage("where.order", msg("\"{text}\": this field has no order; compare it with =, != or "
                                    "~",
                                    arg("text", excerpt(condition_.written))));
  }

  Result<bool> contains(const Node& node) {
    const auto part = foldLatin(condition_.value);
    const auto in = [&](std::string_view text) {
      return foldLatin(text).find(part) != std::string::npos;
    };
    const auto inAny = [&](const RowTexts& texts) {
      return std::ranges::any_of(texts.phrases, [&](const RowPhrase& one) { return in(one.text); });
    };
    if (const auto* text = std::get_if<std::string>(&node.value)) {
      return in(*text) || isOneOf(condition_.codes, *text);
    }
    if (const auto* choice = std::get_if<ChoiceName>(&node.value)) {
      return folded(choice->name).find(folded(condition_.value)) != std::string::npos;
    }
    if (const auto* texts = std::get_if<RowTexts>(&node.value)) return inAny(*texts);
    if (const auto* id = std::get_if<EntityId>(&node.value)) {
      if (in(state_.nameOf(*id))) return true;
      const auto row = state_.row(*id);
      const auto title = row ? titleOf(*row) : Node{};
      if (const auto* text = std::get_if<std::string>(&title.value)) return in(*text);
      const auto* texts = std::get_if<RowTexts>(&title.value);
      return texts != nullptr && inAny(*texts);
    }
    if (const auto* date = std::get_if<RowDate>(&node.value)) {
      return in(date->edtf) || in(date->words);
    }
    if (std::holds_alternative<SealedRef>(node.value)) return (*this)(SealedRef{});
    return usage("where.contains", msg("\"{text}\": ~ looks into texts; compare this field with =",
                                       arg("text", excerpt(condition_.written))));
  }

  const Condition& condition_;
  const State& state_;
  Day today_;
};

}  // namespace

Result<bool> holds(const Condition& condition, const Node& tree, const State& state, Day today) {
  const auto nodes = nodesAt(tree, condition.path);
  if (!nodes) return nodes.failures();
  Matcher match(condition, state, today);
  bool any = nodes->empty() && condition.value.empty() && condition.op != Op::contains;
  for (const auto* node : *nodes) {
    auto one = match(*node);
    if (!one) return one;
    any = any || *one;
  }
  return condition.op == Op::isNot ? !any : any;
}

}  // namespace consulta
