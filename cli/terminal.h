// What is known of where the output goes, and how text is laid out for it.
//
// Widths are columns of a terminal: combining marks take none, East Asian wide characters two.
// Pure functions, safe from any thread; only terminalFacts() looks at the machine.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "events/values/lang.h"

namespace consulta {

/// Facts of the three streams. Plain values, so that tests can state their own.
struct Terminal {
  bool asks = false;        // input and talk are a terminal: questions can be put
  bool colour = false;      // data goes to a terminal, and NO_COLOR is not set
  bool talkIsSeen = false;  // talk goes to a terminal: a progress bar makes sense
  std::size_t width = 80;   // columns of the data
  Lang lang = Lang::en;     // of what is laid out
};

/// Of this process. The width is that of the terminal, or COLUMNS, or 80.
[[nodiscard]] Terminal terminalFacts();

enum class Style { plain, bold, dim, red, green, yellow };

/// `text` in that style, when colour is wanted.
[[nodiscard]] std::string styled(Style style, std::string_view text, bool colour);

/// How many columns a text takes. Line ends take none.
[[nodiscard]] std::size_t columns(std::string_view text);
/// The text with blanks added at its end until it takes `width` columns.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);
/// The text cut to at most `width` columns, with an ellipsis when something was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t width);
/// The text in lines of at most `width` columns, broken at blanks and kept line ends; a longer word
/// gets a line of its own. Never empty: an empty text is one empty line.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace consulta
