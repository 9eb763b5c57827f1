#include "cli/arguments.h"

#include <charconv>

#include "events/values/utf8.h"

namespace consulta {

void Arguments::set(const std::string& name, std::vector<std::string> values) {
  values_[name] = std::move(values);
}

bool Arguments::has(std::string_view name) const {
  return values_.contains(name);
}

std::optional<std::string> Arguments::get(std::string_view name) const {
  const auto& values = all(name);
  if (values.empty()) return std::nullopt;
  return values.back();
}

const std::vector<std::string>& Arguments::all(std::string_view name) const {
  static const std::vector<std::string> none;
  const auto found = values_.find(name);
  return found == values_.end() ? none : found->second;
}

Result<std::int64_t> readNumber(std::string_view option, std::string_view text, std::int64_t low,
                                std::int64_t high) {
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc() && stop == end && number >= low && number <= high) return number;
  return usage("option.number", msg("{option}: \"{text}\" is not a whole number from {low} to "
                                    "{high}",
                                    arg("option", option), arg("text", excerpt(text)),
                                    arg("low", low), arg("high", high)));
}

}  // namespace consulta
