// What letters are made of: a template with named places, and what stands in them. Pure.
//
//   Version: 2
//   Subject: Invitation: {title}
//
//   Dear {name},
//   ...
//
// A line that names a place for which there is nothing is left out, so that one template serves
// meetings of which all is known and others.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"

namespace consulta {

struct LetterTemplate {
  std::string version;  // as its author counts them
  std::string subject;
  std::vector<std::string> lines;
};

/// The places that a template can name.
[[nodiscard]] const std::vector<std::string>& letterPlaces();

/// Reads a template; `file` is what it is called in what is refused, which is said by line.
[[nodiscard]] Result<LetterTemplate> readLetterTemplate(std::string_view text,
                                                        std::string_view file);

struct LetterText {
  std::string subject;
  std::string body;
};
/// Places that are not in `values`, or empty there, are places for which there is nothing.
[[nodiscard]] LetterText fillLetter(const LetterTemplate& letter,
                                    const std::map<std::string, std::string>& values);

}  // namespace consulta
