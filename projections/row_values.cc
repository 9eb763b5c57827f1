#include "projections/row_values.h"

#include <fmt/format.h>

#include "events/values/calendar.h"

namespace consulta {

namespace {

std::string text(capnp::Text::Reader from) {
  return {from.begin(), from.size()};
}

}  // namespace

void take(RowDate& to, schema::Date::Reader from) {
  const auto edtf = from.getEdtf();
  if (edtf.size() == 0) return;
  to.edtf.assign(edtf.begin(), edtf.size());
  to.words.clear();
  if (from.hasWords()) take(to.words, from.getWords());
}

void take(RowTexts& to, schema::Texts::Reader from) {
  const auto phrases = from.getPhrases();
  if (phrases.size() == 0) return;
  to.phrases.clear();
  to.phrases.reserve(phrases.size());
  for (auto phrase : phrases) {
    to.phrases.push_back(RowPhrase{text(phrase.getLanguage()), text(phrase.getText())});
  }
}

void take(RowMoney& to, schema::Money::Reader from) {
  if (from.getCurrency().size() == 0) return;
  to = RowMoney{from.getMinor(), text(from.getCurrency())};
}

void take(RowDecimal& to, bool stated, schema::Decimal::Reader from) {
  if (stated) to = RowDecimal{from.getUnscaled(), from.getScale(), true};
}

void take(RowZonedTime& to, schema::ZonedTime::Reader from) {
  if (from.getLocal().size() == 0) return;
  to = RowZonedTime{text(from.getLocal()), text(from.getZone()), from.getUtcNs()};
}

void take(RowDeadline& to, schema::Deadline::Reader from) {
  if (from.getBeforeSession() == 0 && from.getDate().getEdtf().size() == 0) return;
  to = RowDeadline{};
  take(to.date, from.getDate());
  take(to.beforeSession, from.getBeforeSession());
}

void take(SealedRef& to, schema::Sealed::Reader from, Position at, const char* field) {
  if (from.getCommitment().size() == 0) return;
  to.at = from.getPosition() != 0 ? Position(from.getPosition()) : at;
  to.field = field;
}

void take(std::vector<std::string>& to, capnp::List<capnp::Text>::Reader from) {
  if (from.size() == 0) return;
  to.clear();
  for (auto one : from) to.push_back(text(one));
}

void take(std::vector<EntityId>& to, capnp::List<std::uint64_t>::Reader from) {
  if (from.size() == 0) return;
  to.clear();
  for (auto one : from) to.emplace_back(one);
}

RowDate instantDate(std::int64_t utcNs) {
  const auto day = dayAt(utcNs);
  const auto second = (utcNs - dayStartNs(day)) / nsPerSecond;
  RowDate out;
  out.edtf = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", day.year, day.month, day.day,
                         second / 3'600, second / 60 % 60, second % 60);
  return out;
}

}  // namespace consulta
