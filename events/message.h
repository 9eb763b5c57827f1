// What the program says to people: an id with arguments, never a finished sentence.
//
// The id is the English text itself with named places, "{entity} is {state}", as gettext expects;
// translations are looked up by the command line, so nothing below it depends on a language.
// Values copy and compare; every function here is safe from any thread.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace consulta {

struct Message;

/// Somebody who acts, by the random id that records name: people are told the name instead.
struct ActorArg {
  std::string id;
  bool operator==(const ActorArg&) const = default;
};

/// One named value of a message. Numbers stay numbers so that plurals can be chosen by them; a
/// message within a message (one element) is put into the reader's language like the outer one.
struct Arg {
  std::string name;
  std::variant<std::string, std::int64_t, ActorArg, std::vector<Message>> value;

  bool operator==(const Arg& other) const;
};

/// A text for people: the English source text as its id, and the values of its {places}.
struct Message {
  std::string id;
  std::vector<Arg> args;
  /// Where it speaks of a number of things: what it says of several, while the id speaks of one,
  /// and how many there are. Which of them it is in a language, the language says.
  std::string plural{};
  std::int64_t count = 0;

  bool operator==(const Message&) const = default;
};

inline bool Arg::operator==(const Arg& other) const {
  return name == other.name && value == other.value;
}

inline Arg arg(std::string_view name, std::string_view text) {
  return Arg{std::string(name), std::string(text)};
}

inline Arg arg(std::string_view name, Message message) {
  return Arg{std::string(name), std::vector<Message>{std::move(message)}};
}

inline Arg arg(std::string_view name, ActorArg actor) {
  return Arg{std::string(name), std::move(actor)};
}

inline Arg arg(std::string_view name, std::integral auto number) {
  return Arg{std::string(name), static_cast<std::int64_t>(number)};
}

/// Builds a message. The word is also what extraction for translators looks for.
template <typename... Args>
Message msg(std::string_view id, Args&&... args) {
  return Message{std::string(id), {std::forward<Args>(args)...}};
}

/// Builds a message about a number of things, which is its place {count}:
/// msgs("{count} file is whole", "{count} files are whole", files). Extraction looks for this too.
template <typename... Args>
Message msgs(std::string_view one, std::string_view several, std::integral auto count,
             Args&&... args) {
  return Message{std::string(one),
                 {arg("count", count), std::forward<Args>(args)...},
                 std::string(several),
                 static_cast<std::int64_t>(count)};
}

/// "a, b or c": any one of them, in the reader's language; of none an empty text.
[[nodiscard]] Message anyOf(std::vector<Message> choices);
/// The same of names that are the same in every language: ids, verbs, what is typed.
[[nodiscard]] Message anyOf(const std::vector<std::string>& names);
/// "a, b, c": all of these actors; of none an empty text.
[[nodiscard]] Message allOf(const std::vector<ActorArg>& actors);
/// A name of the schema as people read it: "in-force" is "in force", in the reader's language.
[[nodiscard]] Message inWords(std::string_view name);

/// "a, b, c": names that are the same in every language. `of` gives that of one, as a member does.
template <typename Names, typename Of = std::identity>
[[nodiscard]] std::string joined(const Names& names, Of of = {}) {
  std::string out;
  for (const auto& one : names) {
    if (!out.empty()) out += ", ";
    out += std::invoke(of, one);
  }
  return out;
}

/// The text of a message in its source language, with its places open.
[[nodiscard]] const std::string& englishOf(const Message& message);
/// The message in its source language.
[[nodiscard]] std::string inEnglish(const Message& message);

/// How values are put into words that are none by themselves.
struct Wording {
  std::function<std::string(const Message&)> within = inEnglish;
  std::function<std::string(const ActorArg&)> nameOf = &ActorArg::id;
};

/// Fills the places of `text` from `args`. A place without an argument stays as it is written, so
/// that a faulty translation never loses a message.
[[nodiscard]] std::string fill(std::string_view text, const std::vector<Arg>& args,
                               const Wording& wording = {});

}  // namespace consulta
