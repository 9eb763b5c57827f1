#include "events/message.h"

#include <algorithm>

#include "events/labels.h"

namespace consulta {

std::string fill(std::string_view text, const std::vector<Arg>& args, const Wording& wording) {
  std::string out;
  out.reserve(text.size() + 16 * args.size());
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = open == text.npos ? text.npos : text.find('}', open);
    if (close == text.npos) break;
    const auto name = text.substr(open + 1, close - open - 1);
    const auto found = std::ranges::find(args, name, &Arg::name);
    out += text.substr(0, open);
    if (found == args.end()) {
      out += text.substr(open, close - open + 1);
    } else if (const auto* word = std::get_if<std::string>(&found->value)) {
      out += *word;
    } else if (const auto* number = std::get_if<std::int64_t>(&found->value)) {
      out += std::to_string(*number);
    } else if (const auto* actor = std::get_if<ActorArg>(&found->value)) {
      out += wording.nameOf(*actor);
    } else {
      for (const auto& message : std::get<std::vector<Message>>(found->value)) {
        out += wording.within(message);
      }
    }
    text.remove_prefix(close + 1);
  }
  out += text;
  return out;
}

namespace {

Arg listed(std::string_view name, std::vector<Message> all) {
  std::vector<Message> out;
  for (auto& one : all) {
    if (!out.empty()) out.push_back(Message{", ", {}});
    out.push_back(std::move(one));
  }
  return Arg{std::string(name), std::move(out)};
}

}  // namespace

Message anyOf(std::vector<Message> choices) {
  if (choices.empty()) return {};
  auto last = std::move(choices.back());
  choices.pop_back();
  if (choices.empty()) return last;
  return msg("{others} or {last}", listed("others", std::move(choices)),
             arg("last", std::move(last)));
}

Message anyOf(const std::vector<std::string>& names) {
  std::vector<Message> choices;
  choices.reserve(names.size());
  for (const auto& name : names) choices.push_back(Message{"{name}", {arg("name", name)}});
  return anyOf(std::move(choices));
}

Message allOf(const std::vector<ActorArg>& actors) {
  std::vector<Message> all;
  all.reserve(actors.size());
  for (const auto& one : actors) all.push_back(Message{"{actor}", {arg("actor", one)}});
  return Message{"{all}", {listed("all", std::move(all))}};
}

Message inWords(std::string_view name) {
  return Message{labelOf(name), {}};
}

const std::string& englishOf(const Message& message) {
  return message.plural.empty() || message.count == 1 ? message.id : message.plural;
}

std::string inEnglish(const Message& message) {
  return fill(englishOf(message), message.args);
}

}  // namespace consulta
