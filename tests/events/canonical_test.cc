#include "events/canonical.h"

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <doctest/doctest.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "events/record.h"
#include "tests/support/seed.h"

namespace consulta::test {

namespace {

using Words = std::vector<std::uint64_t>;

bool isOurs(const Words& words) {
  return isCanonical({reinterpret_cast<const capnp::word*>(words.data()), words.size()});
}

/// What the library says, which refuses by an exception what it cannot read.
bool isTheirs(const Words& words) {
  try {
    const kj::ArrayPtr<const capnp::word> segment(
        reinterpret_cast<const capnp::word*>(words.data()), words.size());
    capnp::ReaderOptions options;
    options.nestingLimit = 16;
    capnp::SegmentArrayMessageReader message(kj::arrayPtr(&segment, 1), options);
    message.getRoot<schema::Record>();
    return message.isCanonical();
  } catch (const kj::Exception&) {
    return false;
  }
}

/// A record with structs, lists of each kind, and texts that fill their words or do not.
Words sample() {
  capnp::MallocMessageBuilder message;
  auto record = message.initRoot<schema::Record>();
  record.setPosition(7);
  record.setEntity(3);
  auto found = record.initEvent().initMeeting().initFound();
  auto title = found.initTitle().initPhrases(3);
  for (unsigned i = 0; i < title.size(); ++i) {
    title[i].setLanguage(std::string(i + 2, 'e'));
    title[i].setText(std::string(6 * i, 't'));
  }
  found.setPlace("Vienna");
  auto organizers = found.initOrganizers(2);
  organizers.set(0, 5);
  organizers.set(1, 6);
  const auto built = Record::of(record);
  Words words(built->bytes().size() / sizeof(std::uint64_t));
  std::memcpy(words.data(), built->bytes().data(), built->bytes().size());
  return words;
}

}  // namespace

TEST_CASE("a record that was built is canonical, and no part of it is") {
  const auto words = sample();
  CHECK(isOurs(words));
  CHECK(isTheirs(words));
  for (std::size_t count = 0; count < words.size(); ++count) {
    CHECK_FALSE(isOurs({words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count)}));
  }
  auto more = words;
  more.push_back(0);
  CHECK_FALSE(isOurs(more));
}

TEST_CASE("whatever is changed in a record, it is canonical when Cap'n Proto says so") {
  const auto seed = seedOr(std::random_device()());
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  const auto whole = sample();
  const auto below = [&](std::size_t most) { return random() % most; };
  int canonical = 0;
  int laxer = 0;
  for (int i = 0; i < 100'000; ++i) {
    auto words = whole;
    for (auto changes = 1 + below(3); changes > 0; --changes) {
      auto& word = words[below(words.size())];
      switch (below(4)) {
        case 0:
          word ^= std::uint64_t{1} << below(64);
          break;
        case 1:
          word = whole[below(whole.size())];
          break;
        case 2:  // a struct or a list, small and near
          word = below(2) | below(8) << 2U | below(4) << 32U | below(8) << 35U | below(3) << 48U;
          break;
        default:
          word = 0;
      }
    }
    if (below(8) == 0) words.resize(1 + below(words.size()));
    INFO("change " << i);
    const bool ours = isOurs(words);
    const bool theirs = isTheirs(words);
    canonical += ours ? 1 : 0;
    if (ours) CHECK(theirs);
    laxer += theirs && !ours ? 1 : 0;
  }
  CHECK(canonical > 1'000);
  // It overlooks the highest bit of a count, and where an empty list of bits would be.
  CHECK(laxer < 20);
}

TEST_CASE("pointers that lead back, out, too deep or to what another one has are refused") {
  const auto pointer = [](std::uint64_t kind, std::int32_t offset, std::uint64_t above) {
    return kind | static_cast<std::uint32_t>(offset) << 2U | above << 32U;
  };
  const std::uint64_t two_pointers = std::uint64_t{2} << 16U;
  const std::uint64_t one_pointer = std::uint64_t{1} << 16U;
  const std::uint64_t one_word = 1;
  CHECK(isOurs({pointer(0, 0, one_word), 5}));
  CHECK_FALSE(isOurs({pointer(0, 0, one_word), 0}));     // nothing is said with that word
  CHECK_FALSE(isOurs({pointer(0, 0, one_word), 5, 0}));  // nobody leads to that one
  CHECK_FALSE(isOurs({pointer(0, 1, one_word), 0, 5}));  // a gap
  CHECK_FALSE(isOurs({pointer(0, -1, one_word)}));       // to itself
  CHECK_FALSE(isOurs({pointer(2, 0, one_word), 5}));     // into another segment
  CHECK_FALSE(isOurs({pointer(0, 0, two_pointers), pointer(0, 1, one_word), pointer(0, 0, one_word),
                      5}));  // two to the same
  CHECK(isOurs(
      {pointer(0, 0, two_pointers), pointer(0, 1, one_word), pointer(0, 1, one_word), 5, 6}));
  CHECK_FALSE(isOurs({pointer(0, 0, one_pointer), pointer(1, 0, 2U | 0xFFFFFFF8U), 5}));
  Words deep;
  for (int i = 0; i < 15; ++i) deep.push_back(pointer(0, 0, one_pointer));
  auto deeper = deep;
  deeper.push_back(pointer(0, 0, one_pointer));
  for (auto* const one : {&deep, &deeper}) {
    one->push_back(pointer(0, 0, one_word));
    one->push_back(5);
  }
  CHECK(isOurs(deep));
  CHECK(isTheirs(deep));
  CHECK_FALSE(isOurs(deeper));
  CHECK_FALSE(isTheirs(deeper));
}

}  // namespace consulta::test
