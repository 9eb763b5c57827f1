#include "events/values/decimal.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "tests/events/random_text.h"

using namespace consulta;

namespace {

std::string readingOf(std::string_view text) {
  const auto read = readDecimal(text);
  return read ? toText(*read) : "refused: " + inEnglish(read.failures().front().text);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

Decimal number(std::string_view text) {
  return readDecimal(text).value();
}

}  // namespace

TEST_CASE("decimal numbers keep what was written") {
  for (const std::string text : {"0", "12", "1.2345", "-0.5", "1.50", "0.000000000000000001",
                                 "9223372036854775807", "-9223372036854775808", "1.234"}) {
    CAPTURE(text);
    CHECK(readingOf(text) == text);
  }
  CHECK(readingOf(" 1,5 ") == "1.5");
  CHECK(readingOf("0,125") == "0.125");
  CHECK(readingOf("1250,125") == "1250.125");
  CHECK(readingOf("-0") == "0");
  CHECK(readingOf("007.5") == "7.5");
}

TEST_CASE("a decimal number that cannot be read is refused with what to write") {
  CHECK(contains(readingOf("1,234"), "write 1234 or 1.234"));
  CHECK(contains(readingOf("-1,234"), "write -1234 or -1.234"));
  CHECK(contains(readingOf("9223372036854775808"), "more digits"));
  CHECK(contains(readingOf("0.1234567890123456789"), "more than 18 decimals"));
  for (const std::string text :
       {"", "-", ".", "1.", ".5", "1.2.3", "1 000", "1,000.5", "+1", "1e5", "0x10", "one"}) {
    CAPTURE(text);
    CHECK(contains(readingOf(text), "not a decimal number"));
  }
}

TEST_CASE("decimal numbers compare by value") {
  CHECK(number("1.5") == number("1.50"));
  CHECK(number("-0.1") < number("0"));
  CHECK(number("0.999999999999999999") < number("1"));
  CHECK(number("9223372036854775807") > number("0.000000000000000001"));
  CHECK(number("-9223372036854775808") < number("-9.223372036854775808"));
}

TEST_CASE("a rate rounds half to even, in the decimals of the other currency") {
  const auto at = [](const Money& amount, std::string_view rate, std::string_view currency) {
    return toText(convert(amount, number(rate), currency).value());
  };
  CHECK(at({10'000, "EUR"}, "1.2635", "USD") == "126.35 USD");
  CHECK(at({100, "EUR"}, "0.125", "USD") == "0.12 USD");
  CHECK(at({100, "EUR"}, "0.135", "USD") == "0.14 USD");
  CHECK(at({-100, "EUR"}, "0.125", "USD") == "-0.12 USD");
  CHECK(at({-100, "EUR"}, "0.135", "USD") == "-0.14 USD");
  CHECK(at({100, "EUR"}, "0.1250001", "USD") == "0.13 USD");
  CHECK(at({10'000, "USD"}, "116.5", "JPY") == "11650 JPY");
  CHECK(at({150, "USD"}, "1", "JPY") == "2 JPY");
  CHECK(at({250, "USD"}, "1", "JPY") == "2 JPY");
  CHECK(at({100, "JPY"}, "0.0085", "USD") == "0.85 USD");
  CHECK(at({1, "JPY"}, "2", "KWD") == "2.000 KWD");
  CHECK(toText(multiply({1000, "EUR"}, number("0.075")).value()) == "0.75 EUR");
}

TEST_CASE("a rate serves the other way round too, and rounds half to even") {
  const auto at = [](const Money& amount, std::string_view rate, std::string_view currency) {
    return toText(convertBack(amount, number(rate), currency).value());
  };
  CHECK(at({12'143, "USD"}, "1.2143", "EUR") == "100.00 EUR");
  CHECK(at({100, "USD"}, "8", "EUR") == "0.12 EUR");
  CHECK(at({300, "USD"}, "8", "EUR") == "0.38 EUR");
  CHECK(at({-100, "USD"}, "8", "EUR") == "-0.12 EUR");
  CHECK(at({11'650, "JPY"}, "116.5", "USD") == "100.00 USD");
  CHECK(at({2000, "KWD"}, "0.0025", "JPY") == "800 JPY");
  CHECK_FALSE(convertBack({1, "EUR"}, number("0"), "USD").ok());
  CHECK_FALSE(convertBack({1, "EUR"}, number("-1"), "USD").ok());
  constexpr auto largest = std::numeric_limits<std::int64_t>::max();
  CHECK(convertBack({largest, "EUR"}, number("1"), "USD").value().minor == largest);
  const auto refused = convertBack({largest, "EUR"}, number("0.5"), "USD");
  REQUIRE_FALSE(refused.ok());
  CHECK(inEnglish(refused.failures().front().text).find("EUR divided by 0.5") != std::string::npos);
}

TEST_CASE("a rate that leads too far, or from nowhere, is refused") {
  constexpr auto largest = std::numeric_limits<std::int64_t>::max();
  CHECK_FALSE(multiply({largest, "EUR"}, number("1.1")).ok());
  CHECK_FALSE(convert({largest, "JPY"}, number("9223372036854775807"), "CLF").ok());
  CHECK(multiply({largest, "EUR"}, number("1")).value().minor == largest);
  CHECK_FALSE(convert({1, "EUR"}, number("1"), "XYZ").ok());
  CHECK_FALSE(convert({1, "XYZ"}, number("1"), "EUR").ok());
  CHECK_FALSE(multiply({1, "EUR"}, Decimal{1, 19}).ok());
  CHECK_FALSE(checkDecimal(Decimal{1, 200}).ok());
}

TEST_CASE("decimal numbers come back exactly, and no text crashes the reader") {
  constexpr std::uint64_t seed = 1871;
  CAPTURE(seed);
  test::RandomText random(seed);
  for (int i = 0; i < 20'000; ++i) {
    const Decimal decimal{random.between(std::numeric_limits<std::int64_t>::min(),
                                         std::numeric_limits<std::int64_t>::max()),
                          static_cast<std::uint8_t>(random.below(19))};
    const auto read = number(toText(decimal));
    CHECK(read.unscaled == decimal.unscaled);
    CHECK(read.scale == decimal.scale);
    const auto text = i % 2 == 0 ? random.bytes(12) : random.from("0123456789.,-", 12);
    if (const auto other = readDecimal(text)) CHECK(number(toText(*other)) == *other);
  }
}
