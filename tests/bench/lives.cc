#include "tests/bench/lives.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace consulta::bench {

namespace {

constexpr std::uint64_t offices = 12;
constexpr std::uint64_t parties_at_first = 24;
constexpr std::array vocabulary{
    "regional",    "programme",   "cooperation",  "energy",      "industry",   "renewable",
    "approach",    "consensus",   "mechanism",    "ministers",   "monitoring", "partners",
    "small",       "enterprises", "trade",        "capacity",    "poverty",    "reduction",
    "environment", "sustainable", "development",  "countries",   "statement",  "framework",
    "biennium",    "resources",   "mobilization", "secretariat", "experts",    "annual",
    "review",      "of",          "the",          "and",         "in",         "for",
    "strategy",    "technical",   "productive",   "activities",  "network",    "exchange",
    "southern",    "field",       "office",       "agreement",   "proposal",   "stakeholders"};

}  // namespace

std::string dayText(std::int64_t ns) {
  const auto day = dayAt(ns);
  return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
}

std::string numbered(std::string_view prefix, std::uint64_t number) {
  return fmt::format("{}-{:07}", prefix, number);
}

Lives::Lives(std::uint64_t seed, std::int64_t fromNs, std::int64_t toNs, std::uint64_t entries)
    : random_(seed), fromNs_(fromNs), toNs_(toNs), entries_(std::max<std::uint64_t>(entries, 1)) {
  begin();
}

std::string Lives::meetingName(std::uint64_t number) {
  return numbered("MTG", number);
}

/// Who and what is there from the first day.
void Lives::begin() {
  Script script(fromNs_, toNs_);
  for (std::uint64_t i = 1; i <= offices; ++i) {
    script.act("office.established", numbered("O", i),
               {{"name", texts(4)}, {"kind", i < 4 ? "headquarters-unit" : "field-office"}});
  }
  script.act("programme.identified", programme,
             {{"title", texts(6)}, {"region", "419"}, {"period", "2006/2007"}});
  for (std::uint64_t i = 0; i < parties_at_first; ++i) party(script);
  plan(script);
}

void Lives::plan(Script& script) {
  for (auto& piece : script.pieces()) {
    planned_ += piece.entries.size();
    queue_.push(Planned{std::move(piece), order_++});
  }
}

/// When the share of the span has passed that is filled already.
std::int64_t Lives::birthNs() const {
  const auto share =
      static_cast<double>(std::min(planned_, entries_)) / static_cast<double>(entries_);
  return fromNs_ + static_cast<std::int64_t>(share * static_cast<double>(toNs_ - fromNs_));
}

LifePiece Lives::next() {
  while (queue_.empty() || birthNs() <= queue_.top().piece.atNs) {
    Script script(birthNs(), toNs_);
    bear(script);
    plan(script);
    if (birthNs() == toNs_) break;  // the span is full: no need to look ahead
  }
  auto piece = queue_.top().piece;
  queue_.pop();
  return piece;
}

void Lives::bear(Script& script) {
  const auto kind = below(100);
  if (kind < 6) return party(script);
  if (kind < 36) return meeting(script);
  if (kind < 46) return memorandum(script);
  if (kind < 56) return project(script);
  if (kind < 85) return letters(script);
  contact(script);
}

std::size_t Lives::below(std::size_t bound) {
  return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
}

std::string Lives::words(std::size_t count) {
  std::string out;
  for (; count > 0; --count) {
    if (!out.empty()) out += ' ';
    out += vocabulary[below(vocabulary.size())];
  }
  return out;
}

boost::json::object Lives::texts(std::size_t count) {
  boost::json::object out;
  out["en"] = words(count);
  return out;
}

std::string Lives::money() {
  return fmt::format("{}.{:02} EUR", 1'000 + below(400'000), below(100));
}

std::string Lives::anyOffice() {
  return numbered("office:O", 1 + below(offices));
}

}  // namespace consulta::bench
