// A cell of a spreadsheet as a value of an entry.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/called.h"
#include "cli/each_columns.h"
#include "events/values/human_date.h"

namespace consulta {

/// Reads cells within one look, which it must not outlive. For one thread.
class EachCells {
 public:
  explicit EachCells(const Looking& at) : at_(at), called_(at) {}

  /// What became of a cell.
  struct Reading {
    std::string shown;            // for people: the value, with the words behind it if they differ
    std::vector<EntityId> named;  // the entities that it names
    Failures wrong;               // each names the column
  };

  /// Puts what the cell says into the entry; an empty cell says nothing. `order` is that of the
  /// dates in the column. The id of an entity to be opened is taken as it is.
  [[nodiscard]] Reading take(const EachColumn& column, const std::string& cell, DayMonth order,
                             const AggregateInfo& aggregate, bool opens,
                             boost::json::object& entry);

  /// An entity as it may be called in a cell.
  [[nodiscard]] Result<EntityId> entity(const std::vector<std::string>& kinds,
                                        const std::string& written) {
    return called_.entity(kinds, written);
  }

 private:
  [[nodiscard]] std::optional<boost::json::value> fieldValue(const EachColumn& column,
                                                             const std::string& text,
                                                             DayMonth order, Reading& reading);
  [[nodiscard]] std::optional<std::string> nameOf(const std::vector<std::string>& kinds,
                                                  const std::string& written, Reading& reading);
  [[nodiscard]] std::optional<boost::json::value> date(const std::string& text, DayMonth order,
                                                       Reading& reading);
  [[nodiscard]] std::optional<boost::json::value> choice(const FieldInfo& field,
                                                         const std::string& text,
                                                         Reading& reading) const;

  const Looking& at_;
  Called called_;
};

/// The order in which the dates of a column are written, if any of them tells and none another.
[[nodiscard]] DayMonth dayMonthOf(const std::vector<std::string>& cells);

}  // namespace consulta
