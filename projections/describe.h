// What is generic over the description of a row: its tree, its stored form, what it refers to.
//
// A row struct is described once with Boost.Describe; these templates are instantiated in one file
// (projections/any_row.cc) and nowhere else.
#pragma once

#include <capnp/schema.h>

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "events/catalogue.h"
#include "projections/node.h"

namespace consulta::described {

template <typename T>
constexpr bool is_row_value =
    std::is_same_v<T, RowDate> || std::is_same_v<T, RowTexts> || std::is_same_v<T, RowMoney> ||
    std::is_same_v<T, RowDecimal> || std::is_same_v<T, RowZonedTime> ||
    std::is_same_v<T, RowDeadline> || std::is_same_v<T, SealedRef> || std::is_same_v<T, EntityId>;

template <typename T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public>;

/// Calls f(name, member) for each described member of `row`, in order.
template <typename Row, typename F>
void forEachMember(Row& row, F&& f) {
  boost::mp11::mp_for_each<MembersOf<std::remove_const_t<Row>>>(
      [&](auto one) { f(one.name, row.*one.pointer); });
}

/// The name people use: of an enum of the schema by reflection, of one of ours by its description.
template <typename E>
requires(boost::describe::has_describe_enumerators<E>::value) std::string enumName(E value) {
  return kebab(boost::describe::enum_to_string(value, ""));
}

template <typename E>
requires(!boost::describe::has_describe_enumerators<E>::value) std::string enumName(E value) {
  const auto all = capnp::Schema::from<E>().getEnumerants();
  const auto index = static_cast<unsigned>(value);
  if (index >= all.size()) return {};
  return kebab(all[index].getProto().getName().cStr());
}

// --- the tree ---

template <typename T>
Node toNode(const T& value);

template <typename T>
Node listNode(const T& values) {
  Node::List list;
  for (const auto& one : values) list.push_back(toNode(one));
  return Node{std::move(list)};
}

template <typename T>
struct IsList : std::false_type {};
template <typename T>
struct IsList<std::vector<T>> : std::true_type {};

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

/// A flag or number as its node has it.
template <typename T>
using Stated = std::conditional_t<std::is_same_v<T, bool>, Flag, Number>;

/// A plain flag or number has no absence of its own: false and zero are what was never stated.
/// Where they can be a statement, the member is an optional.
template <typename T>
Node toNode(const T& value) {
  if constexpr (std::is_same_v<T, std::string> || is_row_value<T>) {
    return Node{value};
  } else if constexpr (std::is_integral_v<T>) {
    return Node{value == T{} ? Stated<T>() : Stated<T>(value)};
  } else if constexpr (IsOptional<T>::value) {
    using Inner = typename T::value_type;
    return Node{value ? Stated<Inner>(*value) : Stated<Inner>()};
  } else if constexpr (std::is_enum_v<T>) {
    return Node{ChoiceName{enumName(value)}};
  } else if constexpr (IsList<T>::value) {
    return listNode(value);
  } else {
    Node::Members members;
    forEachMember(value, [&](const char* name, const auto& member) {
      members.push_back(Node::Member{name, toNode(member)});
    });
    return Node{std::move(members)};
  }
}

// --- the shape: the tree of any row at all, with one thing in each list and every choice named ---

template <typename E>
Node choicesOf() {
  Node::List names;
  const auto add = [&](std::string name) {
    if (name != "not-stated") names.push_back(Node{ChoiceName{std::move(name)}});
  };
  if constexpr (boost::describe::has_describe_enumerators<E>::value) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto one) { add(kebab(one.name)); });
  } else {
    for (auto one : capnp::Schema::from<E>().getEnumerants()) {
      add(kebab(one.getProto().getName().cStr()));
    }
  }
  return Node{std::move(names)};
}

template <typename T>
Node shapeOf() {
  if constexpr (IsList<T>::value) {
    return Node{Node::List{shapeOf<typename T::value_type>()}};
  } else if constexpr (std::is_enum_v<T>) {
    return choicesOf<T>();
  } else if constexpr (boost::describe::has_describe_members<T>::value && !is_row_value<T>) {
    Node::Members members;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto one) {
      using Member = std::remove_cvref_t<decltype(std::declval<T&>().*one.pointer)>;
      members.push_back(Node::Member{one.name, shapeOf<Member>()});
    });
    return Node{std::move(members)};
  } else {
    return toNode(T{});
  }
}

// --- the stored form: numbers as variable-length integers, texts and lists with their length ---

inline void putNumber(std::string& out, std::uint64_t number) {
  while (number >= 0x80) {
    out += static_cast<char>((number & 0x7FU) | 0x80U);
    number >>= 7U;
  }
  out += static_cast<char>(number);
}

/// Small negative numbers stay short.
inline std::uint64_t zigzag(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1U) ^ static_cast<std::uint64_t>(number >> 63U);
}
inline std::int64_t unzigzag(std::uint64_t number) {
  return static_cast<std::int64_t>((number >> 1U) ^ (~(number & 1U) + 1U));
}

template <typename T>
void put(std::string& out, const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    putNumber(out, value.size());
    if (!value.empty()) out += value;  // most are
  } else if constexpr (std::is_enum_v<T> || std::is_unsigned_v<T>) {
    putNumber(out, static_cast<std::uint64_t>(value));
  } else if constexpr (std::is_integral_v<T>) {
    putNumber(out, zigzag(value));
  } else if constexpr (std::is_same_v<T, EntityId> || std::is_same_v<T, Position>) {
    putNumber(out, value.value);
  } else if constexpr (IsOptional<T>::value) {
    put(out, value.has_value());
    if (value) put(out, *value);
  } else if constexpr (IsList<T>::value) {
    putNumber(out, value.size());
    for (const auto& one : value) put(out, one);
  } else if constexpr (std::is_array_v<T> || requires { std::tuple_size<T>::value; }) {
    for (const auto& one : value) put(out, one);
  } else {
    forEachMember(value, [&](const char*, const auto& member) { put(out, member); });
  }
}

/// Reads the stored form. After anything that cannot be right, `broken` is set and stays set.
struct Source {
  std::string_view rest;
  bool broken = false;

  std::uint64_t number() {
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest.empty()) break;
      const auto byte = static_cast<unsigned char>(rest.front());
      rest.remove_prefix(1);
      out |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if ((byte & 0x80U) == 0) return out;
    }
    broken = true;
    return 0;
  }
};

template <typename T>
void get(Source& from, T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    const auto size = from.number();
    if (size > from.rest.size()) {
      from.broken = true;
      return;
    }
    value.assign(from.rest.substr(0, size));
    from.rest.remove_prefix(size);
  } else if constexpr (std::is_enum_v<T> || std::is_unsigned_v<T>) {
    value = static_cast<T>(from.number());
  } else if constexpr (std::is_integral_v<T>) {
    value = static_cast<T>(unzigzag(from.number()));
  } else if constexpr (std::is_same_v<T, EntityId> || std::is_same_v<T, Position>) {
    value = T(from.number());
  } else if constexpr (IsOptional<T>::value) {
    value.reset();
    if (from.number() != 0) get(from, value.emplace());
  } else if constexpr (IsList<T>::value) {
    auto size = from.number();
    value.clear();
    // Every member takes at least one byte, so a damaged length cannot ask for much memory.
    if (size > from.rest.size()) from.broken = true;
    for (; size != 0 && !from.broken; --size) get(from, value.emplace_back());
  } else if constexpr (std::is_array_v<T> || requires { std::tuple_size<T>::value; }) {
    for (auto& one : value) get(from, one);
  } else {
    forEachMember(value, [&](const char*, auto& member) { get(from, member); });
  }
}

// --- what it refers to ---

template <typename T, typename F>
void forEachRef(const T& value, const F& f) {
  if constexpr (std::is_same_v<T, EntityId>) {
    if (value) f(value);
  } else if constexpr (IsList<T>::value) {
    for (const auto& one : value) forEachRef(one, f);
  } else if constexpr (std::is_same_v<T, std::string> || std::is_arithmetic_v<T> ||
                       std::is_enum_v<T> || std::is_same_v<T, Position> || IsOptional<T>::value ||
                       requires { std::tuple_size<T>::value; }) {
    return;
  } else {
    forEachMember(value, [&](const char*, const auto& member) { forEachRef(member, f); });
  }
}

// --- the words it is shown by ---

/// Calls f(name) for each name that a value of this type is shown by: those of its members at any
/// depth, and of the enumerators of its enums.
template <typename T, typename F>
void forEachName(const F& f) {
  if constexpr (IsList<T>::value) {
    forEachName<typename T::value_type>(f);
  } else if constexpr (boost::describe::has_describe_enumerators<T>::value) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto one) { f(one.name); });
  } else if constexpr (std::is_enum_v<T>) {
    for (auto one : capnp::Schema::from<T>().getEnumerants()) f(one.getProto().getName().cStr());
  } else if constexpr (boost::describe::has_describe_members<T>::value && !is_row_value<T>) {
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto one) {
      f(one.name);
      forEachName<std::remove_cvref_t<decltype(std::declval<T&>().*one.pointer)>>(f);
    });
  }
}

}  // namespace consulta::described
