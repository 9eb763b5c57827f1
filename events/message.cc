#include "events/message.h"

#include <algorithm>

namespace consulta {

std::string fill(std::string_view text, const std::vector<Arg>& args,
                 const std::function<std::string(const Message&)>& within) {
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
    } else {
      for (const auto& message : std::get<std::vector<Message>>(found->value)) {
        out += within(message);
      }
    }
    text.remove_prefix(close + 1);
  }
  out += text;
  return out;
}

std::string inEnglish(const Message& message) {
  return fill(message.id, message.args, inEnglish);
}

}  // namespace consulta
