#include "cli/glance.h"

#include <algorithm>
#include <ostream>

#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr std::size_t gap = 2;
/// What is left for dates and titles beside the labels must be worth it; otherwise labels stand
/// above.
constexpr std::size_t beside_min = 50;

/// Where the parts of a line begin.
struct Shape {
  std::size_t id = 0;     // blanks before the id
  std::size_t state = 0;  // width of the id
  std::size_t brief = 0;  // width of the state
  bool labelsAbove = false;
};

Shape shapeOf(const std::vector<GlanceLine>& lines, std::size_t room) {
  Shape out;
  for (const auto& line : lines) {
    out.id = std::max(out.id, columns(line.label) + gap);
    // What stands alone may be as long as it likes.
    if (line.state.text.empty() && line.brief.empty()) continue;
    out.state = std::max(out.state, columns(line.id.text));
    out.brief = std::max(out.brief, columns(line.state.text));
  }
  out.labelsAbove = room < out.id + beside_min;
  if (out.labelsAbove) out.id = gap;
  return out;
}

class Printer {
 public:
  Printer(std::ostream& out, const Terminal& terminal, const Shape& shape)
      : out_(out), terminal_(terminal), shape_(shape) {}

  void print(const GlanceLine& line, bool labelled) {
    std::string lead(shape_.id, ' ');
    if (labelled) {
      const auto label = styled(Style::dim, line.label, terminal_.colour);
      if (shape_.labelsAbove) {
        out_ << label << '\n';
      } else {
        lead = label + std::string(shape_.id - columns(line.label), ' ');
      }
    }
    const auto below = shape_.id + gap;
    const std::string indent(below, ' ');
    if (line.id.text.empty() && line.state.text.empty() && line.brief.empty()) {
      return wrap(lead, shape_.id, line.text);
    }
    const bool beside = briefAt(line) + columns(line.brief) <= terminal_.width;
    out_ << lead << head(line, beside && !line.brief.empty()) << '\n';
    if (!beside && !line.brief.empty()) wrap(indent, below, line.brief);
    if (!line.text.empty()) wrap(indent, below, line.text);
  }

 private:
  /// Where the brief begins: in the place of the state when there is none.
  [[nodiscard]] std::size_t briefAt(const GlanceLine& line) const {
    const auto state = shape_.id + shape_.state + gap;
    return line.state.text.empty() ? state : state + shape_.brief + gap;
  }

  /// Id and state, and the brief when it stands beside them.
  [[nodiscard]] std::string head(const GlanceLine& line, bool beside) const {
    std::string out;
    std::size_t used = shape_.id;
    const auto put = [&](const Cell& cell, std::size_t at) {
      const auto text = forTerminal(cell.text);
      if (text.empty()) return;
      if (at > used) out.append(at - used, ' ');
      out += styled(cell.style, text, terminal_.colour);
      used = std::max(used, at) + columns(text);
    };
    put(line.id, shape_.id);
    put(line.state, shape_.id + shape_.state + gap);
    if (beside) put(Cell{line.brief}, briefAt(line));
    return out;
  }

  /// `lead`, then the text; further lines begin under its first word.
  void wrap(const std::string& lead, std::size_t indent, const std::string& text) {
    const auto room = terminal_.width > indent ? terminal_.width - indent : 1;
    bool first = true;
    for (const auto& part : wrapped(forTerminal(text), room)) {
      out_ << (first ? lead : std::string(indent, ' ')) << part << '\n';
      first = false;
    }
  }

  std::ostream& out_;
  const Terminal& terminal_;
  const Shape& shape_;
};

}  // namespace

void Glance::print(std::ostream& out, const Terminal& terminal) const {
  const auto shape = shapeOf(lines_, terminal.width);
  Printer printer(out, terminal, shape);
  const std::string* last = nullptr;
  for (const auto& line : lines_) {
    printer.print(line, last == nullptr || *last != line.label);
    last = &line.label;
  }
}

}  // namespace consulta
