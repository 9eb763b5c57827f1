// What every command that looks has at hand: the state of the moment that was asked for, and how
// its values are shown.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/session.h"
#include "cli/value_text.h"
#include "events/entry_json.h"
#include "events/values/human_date.h"
#include "projections/past.h"

namespace consulta {

/// The register itself, and the currency that it names.
struct RegisterCurrency {
  EntityId named;
  std::string code;  // empty: it names none
};

/// One look. It lives only while the register holds its state still: keep none beyond.
class Looking {
 public:
  /// `past` is null for the present. `last`: the newest entry that `now` holds; none: that of the
  /// log.
  Looking(Session& session, const Register& reg, const State& now, const PastState* past,
          Position last = {});

  Session& session;
  const Register& reg;
  const State& state;  // of the moment that was asked for
  const PastState* past;
  const Position last;  // the newest entry to be told of: others may come meanwhile
  const bool seesPersonal;

  /// The moment's own now: rules and deadlines are asked as of then.
  [[nodiscard]] std::int64_t nowNs() const;
  /// The day of it.
  [[nodiscard]] Day today() const;

  /// Entities by symbol, or with their title behind it where there is room.
  [[nodiscard]] ValueView view() const;
  [[nodiscard]] ValueView viewWithTitles() const;
  [[nodiscard]] JsonView json() const;

  /// "MTG-2006-001", with its aggregate when another entity has the same symbol; "#17" without one.
  [[nodiscard]] std::string symbolOf(EntityId id) const;
  /// "MTG-2006-001 (Expert meeting)".
  [[nodiscard]] std::string titledName(EntityId id) const;
  [[nodiscard]] std::string title(const Row& row) const;
  /// "in force", or "accepted, in progress" on two axes; empty for what has no life.
  [[nodiscard]] std::string states(const Row& row) const;
  /// The name under which an actor is known here or was enrolled, or the random id.
  [[nodiscard]] std::string actor(ActorId actor) const;

  /// A personal value in clear, if it was not erased and whoever looks may see it.
  [[nodiscard]] std::optional<std::string> reveal(Position at, std::string_view field) const;

  /// Those of whom the register itself knows that they act in it.
  [[nodiscard]] std::vector<ActorId> knownActors() const;

  /// The register itself and the currency of its totals, which are no matter of the moment.
  [[nodiscard]] RegisterCurrency currency() const;

  /// The entity that was meant, of these aggregates ("*": any), by its id or by what people call
  /// it, which is said; one that came only after the moment that was asked for is refused as such.
  /// `option` stands in front of what is said; empty for none.
  [[nodiscard]] Result<EntityId> find(const std::string& written,
                                      const std::vector<std::string>& kinds = {"*"},
                                      std::string_view option = {}) const;
  /// The same as an entry names it: an id stays as it is written.
  [[nodiscard]] Result<std::string> named(const std::string& written,
                                          const std::vector<std::string>& kinds,
                                          std::string_view option) const;
  /// The code of a reference list, written as such or by its name, likewise.
  [[nodiscard]] Result<std::string> code(const std::string& written, const std::string& list,
                                         std::string_view option) const;
  /// Whether any entry counts here that may have happened after the moment.
  [[nodiscard]] bool possibly(EntityId id) const;

  /// The line above an answer about the past, on the data's stream; nothing with --json.
  void head() const;
  /// Text in the language.
  [[nodiscard]] std::string say(std::string_view english) const;

 private:
  [[nodiscard]] std::string codeName(std::string_view field, const std::string& code,
                                     CodeWords words) const;
  void sayReading(const std::string& written, const std::string& read,
                  std::string_view option) const;

  const State& now_;
};

/// Opens the register, looks at the moment that was asked for, and returns the exit code.
int look(Session& session, const std::function<int(const Looking&)>& at);

/// Reads WHEN: a date (as it stood at its end), "known:DATE" (as it was known then), or "now".
[[nodiscard]] Result<Moment> readMoment(Session& session, const Register& reg,
                                        std::string_view option, std::string_view text);

/// The aggregate that was named, in the singular or plural; else a usage failure that offers the
/// nearest one. It lives as long as the catalogue.
[[nodiscard]] Result<const AggregateInfo*> readAggregate(const Catalogue& catalogue,
                                                         const std::string& written);

/// Visits every entity of every aggregate except reference lists, unless `all`, oldest aggregate
/// first.
void eachEntity(const State& state, bool all, const std::function<void(const RowPtr&)>& visit);
/// What the product ships as reference data drowns everything else: left out unless asked for.
[[nodiscard]] bool isReference(const Catalogue& catalogue, std::uint16_t aggregate);

}  // namespace consulta
