#include "events/message.h"

#include <algorithm>

namespace consulta {

std::string fill(std::string_view text, const std::vector<Arg>& args) {
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
    } else {
      out += std::to_string(std::get<std::int64_t>(found->value));
    }
    text.remove_prefix(close + 1);
  }
  out += text;
  return out;
}

}  // namespace consulta
