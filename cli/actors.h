// Those who enter here, by the names that people call them by.
#pragma once

#include <string>
#include <string_view>

#include "cli/looking.h"

namespace consulta {

/// The name under which an actor is known here or was enrolled, or the random id.
[[nodiscard]] std::string nameOfActor(const Register& reg, const State& state, ActorId actor);

/// The actor that is called `written`, in whatever case, or has that random id; a usage failure
/// that names `option` and who there is otherwise.
[[nodiscard]] Result<ActorId> findActor(const Looking& at, std::string_view option,
                                        const std::string& written);
/// The same in the session's register as it is now.
[[nodiscard]] Result<ActorId> findActor(Session& session, std::string_view option,
                                        const std::string& written);

/// Whoever came over a network only to read leaves nothing behind, not even bytes that no entry
/// will name. Everybody else is asked by the rules, of each entry.
[[nodiscard]] Status checkLeavesSomething(Session& session);
/// Whoever came over a network has the machine of the register work for it, or tidied up, only as
/// an administrator.
[[nodiscard]] Status checkKeepsRegister(Session& session);

/// On whose behalf what this run enters is entered, by --on-behalf-of; none without it.
[[nodiscard]] Result<ActorId> onBehalfOf(Session& session);

}  // namespace consulta
