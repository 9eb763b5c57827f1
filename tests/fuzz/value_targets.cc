// The readers of values: what a clerk types into a field.
#include <algorithm>
#include <string>

#include "events/values/deadline.h"
#include "events/values/decimal.h"
#include "events/values/duration.h"
#include "events/values/edtf.h"
#include "events/values/human_date.h"
#include "events/values/money.h"
#include "events/values/symbol.h"
#include "events/values/texts.h"
#include "events/values/zoned_time.h"
#include "tests/fuzz/promises.h"
#include "tests/fuzz/targets.h"

namespace consulta::test {
namespace {

constexpr Day today{2006, 4, 6};

void promiseSoundDate(const Edtf& date) {
  const auto again = readEdtf(date.text());
  promise(again.ok() && *again == date, "canonical EDTF reads back as the same");
  promise(again->bounds() == date.bounds(), "the same text has the same bounds");
  promise(date.bounds().earliestNs <= date.bounds().latestNs, "the earliest is not the latest");
  const auto bounds = dateBounds(date.text());
  promise(bounds.ok() && *bounds == date.bounds(), "bounds alone are the same bounds");
  for (const Lang lang : {Lang::en, Lang::fr, Lang::es}) {
    const std::string shown = showDate(date, lang);
    promise(!shown.empty() && isUtf8(shown), "a date is shown in words");
  }
}

}  // namespace

void fuzzEdtf(std::span<const std::byte> input) {
  const auto date = readEdtf(textOf(input));
  if (!date) return promiseSaid(date.failures());
  promiseSoundDate(*date);
}

void fuzzHumanDate(std::span<const std::byte> input) {
  const auto text = textOf(input);
  const auto date = readHumanDate(text, today);
  if (!date) return promiseSaid(date.failures());
  promiseSoundDate(date->value);
  promise(isUtf8(date->words), "the words of a source are UTF-8");
  const auto plain = readEdtf(text);
  promise(!plain || *plain == date->value, "EDTF is never read as anything else");
}

void fuzzDeadline(std::span<const std::byte> input) {
  const auto deadline = readDeadline(textOf(input), today);
  if (!deadline) return promiseSaid(deadline.failures());
  promise(deadline->date || deadline->beforeSession, "a deadline is a date or a session");
  const auto again = readDeadline(toText(*deadline), today);
  promise(again.ok(), "what is printed can be read");
  promise(again->beforeSession == deadline->beforeSession, "the session reads back as the same");
  promise(again->date.has_value() == deadline->date.has_value(), "so does whether there is a date");
  if (deadline->date) promise(again->date->value == deadline->date->value, "and the date itself");
}

void fuzzZonedTime(std::span<const std::byte> input) {
  promiseReadsBack(readZonedTime(textOf(input)), readZonedTime);
}

void fuzzMoney(std::span<const std::byte> input) {
  const auto amount = readMoney(textOf(input));
  promiseReadsBack(amount, readMoney);
  if (!amount) return;
  promise(checkMoney(*amount).ok(), "what was read can be stored");
  const auto twice = add(*amount, *amount);
  if (!twice) return promiseSaid(twice.failures());
  const auto back = subtract(*twice, *amount);
  promise(back.ok() && *back == *amount, "what is added can be taken away");
}

void fuzzDecimal(std::span<const std::byte> input) {
  const auto number = readDecimal(textOf(input));
  promiseReadsBack(number, readDecimal);
  if (!number) return;
  promise(checkDecimal(*number).ok(), "what was read can be stored");
  promise(readDecimal(toText(*number))->scale == number->scale, "the scale is kept");
  const auto product = multiply(Money{100'000, "EUR"}, *number);
  if (!product) promiseSaid(product.failures());
}

void fuzzSymbol(std::span<const std::byte> input) {
  promiseReadsBack(readSymbol(textOf(input)), readSymbol);
  promiseReadsBack(readEntityName(textOf(input)), readEntityName);
}

void fuzzDuration(std::span<const std::byte> input) {
  const auto duration = readDuration(textOf(input));
  promiseReadsBack(duration, readDuration);
  if (!duration) return;
  promise(duration->secondsAtLeast() > 0, "a length of time is longer than none");
  const auto shown = toText(*duration);
  promise(toText(*readDuration(shown)) == shown, "the shortest form stays as it is");
  const auto last = dayAfter(*duration, today, WorkingDays{});
  if (!last) return promiseSaid(last.failures());
  promise(isDay(*last) && *last >= today, "what begins today ends today or later");
}

void fuzzTexts(std::span<const std::byte> input) {
  const auto text = textOf(input);
  const auto read = readText(text);
  if (read) {
    const auto again = readText(*read);
    promise(again.ok() && *again == *read, "a stored text reads back as the same");
  } else {
    promiseSaid(read.failures());
  }
  const auto phrase = readPhrase(text, "en");
  promiseReadsBack(phrase, [](std::string_view shown) { return readPhrase(shown, "fr"); });
  if (phrase) promise(checkTexts({*phrase}).ok(), "what was read can be stored");
  const auto visible = forTerminal(text);
  promise(isUtf8(visible) && forTerminal(visible) == visible, "what is made visible stays so");
  const auto quoted = excerpt(text);
  promise(isUtf8(quoted) && forTerminal(quoted) == quoted, "what is quoted is harmless");
  promise(quoted.find('\n') == quoted.npos, "what is quoted stays on its line");
}

}  // namespace consulta::test
