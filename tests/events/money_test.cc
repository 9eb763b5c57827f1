#include "events/values/money.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "events/values/currencies.h"
#include "tests/events/random_text.h"

using namespace consulta;

namespace {

std::string readingOf(std::string_view text) {
  const auto read = readMoney(text);
  return read ? toText(*read) : "refused: " + inEnglish(read.failures().front().text);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

constexpr auto largest = std::numeric_limits<std::int64_t>::max();
constexpr auto smallest = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_CASE("amounts are read as people write them") {
  const std::vector<std::array<std::string, 2>> cases = {
      {"1250000.50 EUR", "1250000.50 EUR"},
      {"1 250 000.50 EUR", "1250000.50 EUR"},
      {"1\xC2\xA0"
       "250\xE2\x80\xAF"
       "000,50 EUR",
       "1250000.50 EUR"},
      {"EUR 1,250,000.50", "1250000.50 EUR"},
      {"EUR 1 250 000", "1250000.00 EUR"},
      {"USD1000000", "1000000.00 USD"},
      {"1000000usd", "1000000.00 USD"},
      {"1.250.000,50 EUR", "1250000.50 EUR"},
      {"1.250.000 EUR", "1250000.00 EUR"},
      {"1,250,000 EUR", "1250000.00 EUR"},
      {"1'250'000.50 CHF", "1250000.50 CHF"},
      {"1\xE2\x80\x99"
       "250 CHF",
       "1250.00 CHF"},
      {"1,250.00 EUR", "1250.00 EUR"},
      {"1.5 EUR", "1.50 EUR"},
      {"1,5 EUR", "1.50 EUR"},
      {"0,25 EUR", "0.25 EUR"},
      {"12 €", "12.00 EUR"},
      {"€12", "12.00 EUR"},
      {"-12.50 EUR", "-12.50 EUR"},
      {"\xE2\x88\x92"
       "12.50 EUR",
       "-12.50 EUR"},
      {"EUR -12.50", "-12.50 EUR"},
      {"-0.05 EUR", "-0.05 EUR"},
      {"1,250 JPY", "1250 JPY"},
      {"1.250 KWD", "1.250 KWD"},
      {"1.2500 CLF", "1.2500 CLF"},
      {"2.5 million USD", "2500000.00 USD"},
      {"2,5 millions EUR", "2500000.00 EUR"},
      {"2,5 millions d'EUR", "2500000.00 EUR"},
      {"2,5 millones de USD", "2500000.00 USD"},
      {"1 millón USD", "1000000.00 USD"},
      {"USD 2.5 million", "2500000.00 USD"},
      {"USD 2.5 mill.", "2500000.00 USD"},
      {"3 mil USD", "3000.00 USD"},
      {"2 milliards XOF", "2000000000 XOF"},
      {"100 DEM", "100.00 DEM"},
      {"92233720368547758.07 EUR", "92233720368547758.07 EUR"},
      {"-92233720368547758.08 EUR", "-92233720368547758.08 EUR"},
  };
  for (const auto& test : cases) {
    const auto& input = test[0];
    const auto& canonical = test[1];
    CAPTURE(input);
    CHECK(readingOf(input) == canonical);
  }
}

TEST_CASE("an amount that cannot be kept as written is refused with what to write") {
  const std::vector<std::array<std::string, 2>> cases = {
      {"1,250 EUR", "write 1250.00 EUR or 1.25 EUR"},
      {"1.250 EUR", "write 1250.00 EUR or 1.25 EUR"},
      {"1,255 KWD", "write 1255.000 KWD or 1.255 KWD"},
      {"12.345 EUR", "write 12345.00 EUR, or round"},
      {"1.255 million EUR", "write 1255 million EUR or 1.2550 million EUR"},
      {"1.250 million EUR", "write 1250 million EUR or 1.25 million EUR"},
      {"1.2345 EUR", "EUR has 2 decimals"},
      {"1250.505 EUR", "EUR has 2 decimals"},
      {"0.125 EUR", "EUR has 2 decimals"},
      {"1.5 JPY", "JPY has no decimals"},
      {"1.2345678901 million EUR", "EUR has 2 decimals"},
      {"92233720368547758.08 EUR", "more than the register can keep"},
      {"-92233720368547758.09 EUR", "more than the register can keep"},
      {"99999999999999999999999 EUR", "more than the register can keep"},
      {"10 XYZ", "not a currency"},
      {"10 EURO", "did you mean EUR"},
      {"10 XAU", "not a currency"},
      {"10", "which currency"},
      {"10 million", "which currency"},
      {"$10", "several currencies"},
      {"10 £", "several currencies"},
      {"1 billion USD", "nine zeros in English"},
      {"10 EUR USD", "one word too many"},
      {"10 gazillion EUR", "one word too many"},
      {"EUR", "not an amount"},
      {"", "not an amount"},
      {"1 25 000 EUR", "not an amount"},
      {"12,34,567 EUR", "not an amount"},
      {"1,250.000,50 EUR", "not an amount"},
      {"1 250,000.50 EUR", "not an amount"},
      {"1..5 EUR", "not an amount"},
      {"1. EUR", "not an amount"},
      {".5 EUR", "not an amount"},
      {", EUR", "not an amount"},
      {"1 EUR 2", "not an amount"},
      {"1-2 EUR", "not an amount"},
      {"--1 EUR", "not an amount"},
      {"1e5 EUR", "not an amount"},
      {"0 250 EUR", "not an amount"},
  };
  for (const auto& test : cases) {
    const auto& input = test[0];
    const auto& reason = test[1];
    CAPTURE(input);
    const auto reading = readingOf(input);
    CAPTURE(reading);
    CHECK(reading.starts_with("refused"));
    CHECK(contains(reading, reason));
  }
}

TEST_CASE("both readings of a refused amount are accepted as they are offered") {
  for (const std::string unit : {"EUR", "KWD", "CLF", "million EUR", "million JPY", "mil KWD"}) {
    for (const std::string number : {"1,250", "1,255", "12,500", "999,000", "1.200"}) {
      const auto written = fmt::format("{} {}", number, unit);
      const auto read = readMoney(written);
      CAPTURE(written);
      if (read) {
        CHECK(unit == "KWD");  // "1.200 KWD" is canonical
        continue;
      }
      for (const auto& argument : read.failures().front().text.args) {
        if (argument.name != "thousands" && argument.name != "decimals") continue;
        const auto offered = std::get<std::string>(argument.value);
        CAPTURE(offered);
        CHECK(readMoney(offered).ok());
      }
    }
  }
}

TEST_CASE("sums are checked") {
  CHECK(add({150, "EUR"}, {50, "EUR"}).value() == Money{200, "EUR"});
  CHECK(subtract({150, "EUR"}, {200, "EUR"}).value() == Money{-50, "EUR"});
  CHECK_FALSE(add({largest, "EUR"}, {1, "EUR"}).ok());
  CHECK_FALSE(subtract({smallest, "EUR"}, {1, "EUR"}).ok());
  CHECK_FALSE(subtract({0, "EUR"}, {smallest, "EUR"}).ok());
  const auto mixed = add({1, "EUR"}, {1, "USD"});
  REQUIRE_FALSE(mixed.ok());
  CHECK(mixed.failures().front().fault == Fault::refused);
  CHECK(contains(inEnglish(mixed.failures().front().text), "0.01 EUR and 0.01 USD"));
}

TEST_CASE("the table of currencies is in order and holds what it should") {
  CHECK(currencies().size() > 190);
  CHECK(findCurrency("EUR")->numeric == 978);
  CHECK(findCurrency("USD")->numeric == 840);
  CHECK(findCurrency("CLP")->exponent == 0);
  CHECK(findCurrency("TND")->exponent == 3);
  CHECK(findCurrency("DEM")->withdrawn);
  CHECK_FALSE(findCurrency("EUR")->withdrawn);
  CHECK(findCurrency("eur") == nullptr);
  CHECK(findCurrency("") == nullptr);
  CHECK(readCurrency(" eur ").value()->code == "EUR");
  for (const auto& currency : currencies()) {
    CAPTURE(currency.code);
    CHECK(currency.code.size() == 3);
    CHECK(currency.exponent <= 4);
    CHECK_FALSE(currency.name.empty());
  }
}

TEST_CASE("a stored amount in an unknown currency is seen and still shown") {
  CHECK_FALSE(checkMoney({5, "xyz"}).ok());
  CHECK(checkMoney({5, "EUR"}).ok());
  CHECK(toText(Money{5, "x\x1b"}) == "5 units of x\\x1b");
}

TEST_CASE("canonical amounts of every currency come back exactly") {
  constexpr std::uint64_t seed = 4217;
  CAPTURE(seed);
  test::RandomText random(seed);
  for (const auto& currency : currencies()) {
    for (int i = 0; i < 60; ++i) {
      const std::int64_t bound = i % 3 == 0 ? 2'000'000 : largest;
      const Money money{i == 0   ? largest
                        : i == 1 ? smallest
                                 : random.between(-bound, bound),
                        std::string(currency.code)};
      CAPTURE(toText(money));
      const auto read = readMoney(toText(money));
      REQUIRE(read.ok());
      CHECK(*read == money);
    }
  }
}

TEST_CASE("no text crashes the reader of amounts, and what is accepted comes back") {
  constexpr std::uint64_t seed = 17;
  CAPTURE(seed);
  test::RandomText random(seed);
  const std::vector<std::string> good = {"1 250 000.50 EUR", "EUR 1,250,000.50", "2,5 millions EUR",
                                         "1'250 CHF", "-12 €"};
  for (int i = 0; i < 30'000; ++i) {
    const auto text = i % 3 == 0   ? random.bytes(24)
                      : i % 3 == 1 ? random.from("0123456789.,' EURmilion-", 20)
                                   : random.spoiled(good[random.below(good.size())]);
    const auto read = readMoney(text);
    if (!read) continue;
    CAPTURE(text);
    CHECK(readMoney(toText(*read)).value() == *read);
  }
}
