#include "events/values/human_date.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "tests/events/random_text.h"

using namespace consulta;

namespace {

constexpr Day today{2006, 10, 1};

std::string readingOf(std::string_view text) {
  const auto read = readHumanDate(text, today);
  return read ? read->value.text() : "refused: " + inEnglish(read.failures().front().text);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("dates in words are read in three languages") {
  const std::vector<std::array<std::string, 2>> cases = {
      {"6 April 2006", "2006-04-06"},
      {"April 6, 2006", "2006-04-06"},
      {"6th of April 2006", "2006-04-06"},
      {"the 1st of May, 2006", "2006-05-01"},
      {"6 avril 2006", "2006-04-06"},
      {"le 6 AVRIL 2006", "2006-04-06"},
      {"1er mai 2006", "2006-05-01"},
      {"6 de abril de 2006", "2006-04-06"},
      {"6 de abril del 2006", "2006-04-06"},
      {"1º de mayo de 2006", "2006-05-01"},
      {"primero de mayo de 2006", "2006-05-01"},
      {"Thursday, 6 April 2006", "2006-04-06"},
      {"jeudi 6 avril 2006", "2006-04-06"},
      {"06.04.2006", "2006-04-06"},
      {"6.4.2006", "2006-04-06"},
      {"13/04/2006", "2006-04-13"},
      {"04/13/2006", "2006-04-13"},
      {"04/04/2006", "2006-04-04"},
      {"2006/04/06", "2006-04-06"},
      {"2006-4-6", "2006-04-06"},
      {"04/2006", "2006-04"},
      {"4.2006", "2006-04"},
      {"June-July 2006", "2006-06/2006-07"},
      {"June \xE2\x80\x93 July 2006", "2006-06/2006-07"},
      {"juin-juillet 2006", "2006-06/2006-07"},
      {"juin/juillet 2006", "2006-06/2006-07"},
      {"junio-julio de 2006", "2006-06/2006-07"},
      {"de junio a julio de 2006", "2006-06/2006-07"},
      {"d'avril à juin 2006", "2006-04/2006-06"},
      {"d\xE2\x80\x99"
       "août à octobre 2006",
       "2006-08/2006-10"},
      {"December 2005 - January 2006", "2005-12/2006-01"},
      {"septembre 2006", "2006-09"},
      {"septiembre de 2006", "2006-09"},
      {"Sept 2006", "2006-09"},
      {"sept. 2006", "2006-09"},
      {"août 2006", "2006-08"},
      {"aou\xCC\x82t 2006", "2006-08"},
      {"AOUT 2006", "2006-08"},
      {"févr. 2006", "2006-02"},
      {"2006", "2006"},
      {"2006-2007", "2006/2007"},
      {"about 2006", "2006~"},
      {"vers 2006", "2006~"},
      {"hacia 2006", "2006~"},
      {"c. 2006", "2006~"},
      {"circa June 2006", "2006-06~"},
      {"alrededor de junio de 2006", "2006-06~"},
      {"probably 2006", "2006?"},
      {"6-10 June 2006", "2006-06-06/2006-06-10"},
      {"June 6-10, 2006", "2006-06-06/2006-06-10"},
      {"du 6 au 10 juin 2006", "2006-06-06/2006-06-10"},
      {"du 6 juin jusqu'au 2 juillet 2006", "2006-06-06/2006-07-02"},
      {"del 6 al 10 de junio de 2006", "2006-06-06/2006-06-10"},
      {"desde el 6 de junio hasta el 2 de julio de 2006", "2006-06-06/2006-07-02"},
      {"from 6 June to 2 July 2006", "2006-06-06/2006-07-02"},
      {"June or July 2006", "[2006-06,2006-07]"},
      {"juin et juillet 2006", "{2006-06,2006-07}"},
      {"today", "2006-10-01"},
      {"yesterday", "2006-09-30"},
      {"aujourd'hui", "2006-10-01"},
      {"hier", "2006-09-30"},
      {"hoy", "2006-10-01"},
      {"Ayer", "2006-09-30"},
      {"mañana", "2006-10-02"},
      {"unknown", "XXXX"},
      {"inconnue", "XXXX"},
      {"fecha desconocida", "XXXX"},
      {"date inconnue", "XXXX"},
      {"spring 2006", "2006-21"},
      {"été 2006", "2006-22"},
      {"otoño de 2006", "2006-23"},
      {"l'hiver 2006", "2006-24"},
      {"the 1990s", "199X"},
      {"2006-06/2006-07", "2006-06/2006-07"},
  };
  for (const auto& test : cases) {
    const auto& input = test[0];
    const auto& canonical = test[1];
    CAPTURE(input);
    CHECK(readingOf(input) == canonical);
  }
}

TEST_CASE("the words of the source are kept unless they were EDTF") {
  CHECK(readHumanDate(" juin-juillet 2006 ", today)->words == "juin-juillet 2006");
  CHECK(readHumanDate("2006-06/2006-07", today)->words.empty());
  CHECK(readHumanDate("2006", today)->words.empty());
}

TEST_CASE("a date in words that says too little or too much is refused with what to write") {
  const std::vector<std::array<std::string, 2>> cases = {
      {"06/04/2006", "write 2006-04-06 or 2006-06-04"},
      {"06-04-2006", "write 2006-04-06 or 2006-06-04"},
      {"06/04/06", "four digits"},
      {"13/13/2006", "no month 13"},
      {"13/2006", "no month 13"},
      {"30 February 2006", "28 days"},
      {"31 juin 2006", "30 days"},
      {"Friday 6 April 2006", "is a Thursday"},
      {"early 2006", "from when to when"},
      {"fin juin 2006", "from when to when"},
      {"before June 2006", "only an end"},
      {"avant juin 2006", "only an end"},
      {"después de junio de 2006", "only a beginning"},
      {"between June and July 2006", "two meanings"},
      {"from June 2006", "not when it ends"},
      {"depuis juin 2006", "not when it ends"},
      {"du 6 avril 2006", "not when it ends"},
      {"June 2006 to July", "in which year it ends"},
      {"December - January 2006", "ends before it begins"},
      {"6 April", "the year"},
      {"6 April 06", "not a date"},
      {"6 Aprril 2006", "did you mean \"April\""},
      {"6 avrill 2006", "did you mean \"avril\""},
      {"6 2006", "not a date"},
      {"June June 2006", "not a date"},
      {"6 - June 2006", "not a date"},
      {"2006 - June 2006", "not a date"},
      {"spring June 2006", "not a date"},
      {"6 April 2006 10:00", "not a date"},
      {"1995s", "not a decade"},
      {"38849", "number by which Excel counts a day, perhaps 2006-05-12"},
      {"1900s", "not a decade"},
      {"6 April 1600", "outside 1700"},
      {"2006-13", "no month 13"},
      {"2006-02-30", "28 days"},
      {"", "there is no date"},
      {"the of", "the year"},
      {"6 April\x1b[31m 2006", "hidden character"},
      {"\xff", "not UTF-8"},
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

TEST_CASE("today at the edge of time is refused, not miscounted") {
  CHECK_FALSE(readHumanDate("yesterday", Day{yearMin, 1, 1}).ok());
  CHECK_FALSE(readHumanDate("tomorrow", Day{yearMax, 12, 31}).ok());
  CHECK_FALSE(readHumanDate("today", Day{2006, 13, 1}).ok());
}

TEST_CASE("dates are shown as people write them") {
  const auto show = [](std::string_view text, Lang lang) {
    return showDate(readEdtf(text).value(), lang);
  };
  struct Case {
    std::string text;
    std::string english;
    std::string french;
    std::string spanish;
  };
  const std::vector<Case> cases = {
      {"2006-04-06", "6 April 2006", "6 avril 2006", "6 de abril de 2006"},
      {"2006-05-01", "1 May 2006", "1er mai 2006", "1 de mayo de 2006"},
      {"2006-09", "September 2006", "septembre 2006", "septiembre de 2006"},
      {"2006", "2006", "2006", "2006"},
      {"2006~", "about 2006", "vers 2006", "hacia 2006"},
      {"2006-04-06~", "about 6 April 2006", "vers le 6 avril 2006", "hacia el 6 de abril de 2006"},
      {"2006?", "2006 (uncertain)", "2006 (incertain)", "2006 (incierto)"},
      {"2006-06/2006-07", "June to July 2006", "de juin à juillet 2006",
       "de junio a julio de 2006"},
      {"2006-04/2006-06", "April to June 2006", "d'avril à juin 2006", "de abril a junio de 2006"},
      {"2005-12/2006-01", "December 2005 to January 2006", "de décembre 2005 à janvier 2006",
       "de diciembre de 2005 a enero de 2006"},
      {"2006-06-06/2006-06-10", "6 to 10 June 2006", "du 6 au 10 juin 2006",
       "del 6 al 10 de junio de 2006"},
      {"2006-06-06/2006-07-02", "6 June to 2 July 2006", "du 6 juin au 2 juillet 2006",
       "del 6 de junio al 2 de julio de 2006"},
      {"2006/2007", "2006 to 2007", "de 2006 à 2007", "de 2006 a 2007"},
      {"2006-06/..", "from June 2006 on", "à partir de juin 2006", "a partir de junio de 2006"},
      {"2006-06-06/", "from 6 June 2006 on, end unknown", "à partir du 6 juin 2006, fin inconnue",
       "a partir del 6 de junio de 2006, fin desconocido"},
      {"../2006-06", "until June 2006", "jusqu'en juin 2006", "hasta junio de 2006"},
      {"2006-06~/2006-07", "June 2006 (approximate) to July 2006",
       "de juin 2006 (environ) à juillet 2006", "de junio de 2006 (aproximado) a julio de 2006"},
      {"[2006-06,2006-07]", "June 2006 or July 2006", "juin 2006 ou juillet 2006",
       "junio de 2006 o julio de 2006"},
      {"{2005,2006,2007..2008}", "2005, 2006 and 2007 to 2008", "2005, 2006 et de 2007 à 2008",
       "2005, 2006 y de 2007 a 2008"},
      {"2006-21", "spring 2006", "printemps 2006", "primavera de 2006"},
      {"201X", "between 2010 and 2019", "entre 2010 et 2019", "entre 2010 y 2019"},
      {"2004-XX", "a month of 2004", "un mois de 2004", "un mes de 2004"},
      {"2004-06-XX", "a day of June 2004", "un jour de juin 2004", "un día de junio de 2004"},
      {"XXXX", "unknown", "inconnue", "desconocida"},
      {"2006-04-06T10:00:00+02:00", "6 April 2006, 10:00 UTC+02:00",
       "6 avril 2006, 10:00 UTC+02:00", "6 de abril de 2006, 10:00 UTC+02:00"},
      {"2006-04-06T10:00:05Z", "6 April 2006, 10:00:05 UTC", "6 avril 2006, 10:00:05 UTC",
       "6 de abril de 2006, 10:00:05 UTC"},
  };
  for (const auto& test : cases) {
    CHECK(show(test.text, Lang::en) == test.english);
    CHECK(show(test.text, Lang::fr) == test.french);
    CHECK(show(test.text, Lang::es) == test.spanish);
  }
}

TEST_CASE("a shown day, month, season or span of them is read back as the same date") {
  constexpr std::uint64_t seed = 31;
  CAPTURE(seed);
  test::RandomText random(seed);
  const auto point = [&](std::uint64_t grain) {
    const auto day =
        dayFromNumber(random.between(dayNumber({1990, 1, 1}), dayNumber({2020, 1, 1})));
    const auto text = Edtf::day(day).text();
    if (grain == 3) return text.substr(0, 4) + "-2" + std::to_string(1 + random.below(4));
    return text.substr(0, grain == 0 ? 4 : grain == 1 ? 7 : 10);
  };
  int checked = 0;
  for (int i = 0; i < 5'000; ++i) {
    const auto grain = random.below(4);
    auto text = point(grain);
    if (random.below(2) == 0) {
      text += "/" + point(grain);
    } else if (random.below(4) == 0) {
      text += "~";
    }
    const auto date = readEdtf(text);
    if (!date) continue;  // the end came before the beginning
    ++checked;
    for (const auto lang : {Lang::en, Lang::fr, Lang::es}) {
      const auto words = showDate(*date, lang);
      CAPTURE(words);
      CHECK(readingOf(words) == text);
    }
  }
  CHECK(checked > 2'000);
}

TEST_CASE("no text crashes the reader or the shower of dates") {
  constexpr std::uint64_t seed = 7;
  CAPTURE(seed);
  test::RandomText random(seed);
  const std::vector<std::string> good = {"du 6 au 10 juin 2006", "6 de abril de 2006",
                                         "June or July 2006", "13/04/2006", "vers le 1er mai 2006"};
  for (int i = 0; i < 20'000; ++i) {
    const auto text =
        i % 2 == 0 ? random.bytes(30) : random.spoiled(good[random.below(good.size())]);
    const auto read = readHumanDate(text, today);
    if (!read) {
      CHECK_FALSE(read.failures().empty());
      continue;
    }
    for (const auto lang : {Lang::en, Lang::fr, Lang::es}) {
      CHECK_FALSE(showDate(read->value, lang).empty());
    }
  }
}

TEST_CASE("a date that can be read in two ways is read as its source writes them") {
  CHECK(dayMonthOf("15/04/2006") == DayMonth::dayFirst);
  CHECK(dayMonthOf(" 04-15-2006 ") == DayMonth::monthFirst);
  for (const auto* text :
       {"06/04/2006", "15.04.2006", "2006-04-15", "15/04/06", "15/15/2006", ""}) {
    CHECK(dayMonthOf(text) == DayMonth::unknown);
  }
  const auto read = [](std::string_view text, DayMonth order) {
    const auto date = readHumanDate(text, today, order);
    return date ? date->value.text() : "refused";
  };
  CHECK(read("06/04/2006", DayMonth::unknown) == "refused");
  CHECK(read("06/04/2006", DayMonth::dayFirst) == "2006-04-06");
  CHECK(read("06/04/2006", DayMonth::monthFirst) == "2006-06-04");
  CHECK(read("06.04.2006", DayMonth::monthFirst) == "2006-04-06");
  CHECK(read("15/04/2006", DayMonth::monthFirst) == "2006-04-15");
}
