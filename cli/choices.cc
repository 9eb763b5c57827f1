#include "cli/choices.h"

#include <algorithm>

#include "cli/called.h"
#include "cli/value_text.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

/// Shorter words are particles: they agree with nothing.
constexpr std::size_t agreeing_min = 5;

std::string labelOf(const Speech& speech, const std::string& name) {
  ValueView view;
  view.say = speech;
  return words(name, view);
}

bool hasOwnWords(const Speech& speech, const std::string& name) {
  return foldName(labelOf(speech, name)) != foldName(name);
}

/// One folded word without the endings of gender and number in French and Spanish: "acceptees",
/// "aceptadas".
std::string withoutEnding(std::string word) {
  if (word.size() < agreeing_min) return word;
  if (word.ends_with('s')) word.pop_back();
  while (!word.empty() && std::string_view("aeo").find(word.back()) != std::string_view::npos) {
    word.pop_back();
  }
  return word;
}

/// Every word of the folded text without its ending.
std::string stemsOf(std::string_view folded) {
  std::string out;
  while (true) {
    const auto end = folded.find(' ');
    out += withoutEnding(std::string(folded.substr(0, end)));
    if (end == std::string_view::npos) return out;
    out += ' ';
    folded.remove_prefix(end + 1);
  }
}

std::optional<std::string> choiceCalled(const Speech& speech, const std::vector<std::string>& names,
                                        const std::string& written) {
  const auto folded = foldName(written);
  const auto exact = std::ranges::find_if(names, [&](const std::string& one) {
    return one == kebab(written) || foldName(one) == folded;
  });
  if (exact != names.end()) return *exact;
  std::vector<std::string> agreeing;
  for (const auto& name : names) {
    const auto label = foldName(labelOf(speech, name));
    if (label == folded) return name;
    if (speech.lang() != Lang::en && stemsOf(label) == stemsOf(folded)) agreeing.push_back(name);
  }
  return agreeing.size() == 1 ? std::optional(agreeing.front()) : std::nullopt;
}

}  // namespace

std::vector<std::string> choiceNames(const FieldInfo& field) {
  std::vector<std::string> out;
  for (const auto& choice : field.choices) {
    if (choice.name != "not-stated") out.push_back(choice.name);
  }
  return out;
}

std::string choicesShown(const Speech& speech, const std::vector<std::string>& names) {
  return joined(names, [&](const std::string& name) {
    return hasOwnWords(speech, name) ? name + " (" + labelOf(speech, name) + ")" : name;
  });
}

Result<std::string> readChoice(const Speech& speech, const FieldInfo& field,
                               const std::string& written) {
  const auto names = choiceNames(field);
  if (auto name = choiceCalled(speech, names, written)) return std::move(*name);
  const auto isSpoken = [&](const std::string& name) { return hasOwnWords(speech, name); };
  if (std::ranges::none_of(names, isSpoken)) return written;
  auto known = names;
  for (const auto& name : names) known.push_back(labelOf(speech, name));
  const auto text = arg("text", excerpt(written));
  const auto choices = arg("choices", choicesShown(speech, names));
  const auto near = nearest(written, known);
  const auto why = near ? msg("\"{text}\" is not one of: {choices}. Did you mean {near}?", text,
                              choices, arg("near", *near))
                        : msg("\"{text}\" is not one of: {choices}", text, choices);
  return usage("entry.field", msg("--{field}: {why}", arg("field", field.option), arg("why", why)));
}

}  // namespace consulta
