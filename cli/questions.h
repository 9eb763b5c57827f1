// Questions on a terminal: what is missing is asked for, a wrong answer is explained and asked
// again, and the end of the input ends all of it.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "cli/session.h"
#include "events/catalogue.h"

namespace consulta {

/// For one thread; the session must outlive it. An answer that is nothing means that the input has
/// ended: whoever asked gives up, with cancelled().
class Questions {
 public:
  explicit Questions(Session& session) : session_(session) {}

  /// Whether anything was asked: what was pieced together is shown before it is entered.
  [[nodiscard]] bool asked() const { return asked_; }

  /// One line, without blanks at its ends.
  [[nodiscard]] std::optional<std::string> line(std::string_view question);
  /// A value of a field: several when it may hold several. "?" explains and lists what is known.
  /// Null when the field is to be left out, if it may be.
  [[nodiscard]] std::optional<boost::json::value> value(const EventInfo& act,
                                                        const FieldInfo& field,
                                                        bool mayBeLeftOut = false);
  /// An id that is free, `proposed` when nothing is typed.
  [[nodiscard]] std::optional<std::string> newId(const AggregateInfo& aggregate,
                                                 const std::string& proposed);
  /// The id of an entity that is there.
  [[nodiscard]] std::optional<std::string> knownId(const AggregateInfo& aggregate);
  /// A whole number from `low` to `high`.
  [[nodiscard]] std::optional<std::size_t> number(std::string_view question, std::size_t low,
                                                  std::size_t high);
  /// Shows what would be entered and asks whether it is right; --yes answers by itself.
  [[nodiscard]] bool confirmed(std::string_view what, const boost::json::object& entry);

  /// Asks until the answer is yes or no; `choices` says what either does. The end of the input is
  /// a no, --yes a yes.
  [[nodiscard]] bool agreed(const Message& question, const Message& choices);

  /// Says that nothing was entered; the exit code of a refusal.
  int cancelled();

 private:
  void say(const std::string& text);
  void explain(const FieldInfo& field);
  void explain(const Failures& failures);
  void listKnown(const FieldInfo& field);
  [[nodiscard]] std::optional<boost::json::value> oneValue(const EventInfo& act,
                                                           const FieldInfo& field,
                                                           const boost::json::array& before,
                                                           bool mayBeLeftOut);
  [[nodiscard]] Failures faults(const EventInfo& act, const FieldInfo& field,
                                const boost::json::value& value);

  Session& session_;
  bool asked_ = false;
};

}  // namespace consulta
