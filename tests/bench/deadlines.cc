// What waits for a day: what it costs each entry, and how what has come takes effect.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <stdexcept>

#include "events/entry.h"
#include "events/values/edtf.h"
#include "tests/bench/benches.h"
#include "tests/bench/made_register.h"
#include "tests/bench/measure.h"

namespace consulta::bench {

namespace {

namespace json = boost::json;

const std::string today = "2006-03-15";

std::int64_t beginningOf(const std::string& day) {
  return orBroken(dateBounds(day)).earliestNs;
}

/// A register that keeps the contacts of a bureau, each with a follow-up by a day.
class Contacts {
 public:
  Contacts(const Catalogue& catalogue, const std::filesystem::path& directory)
      : catalogue_(catalogue) {
    RegisterOptions options;
    options.directory = directory;
    options.command = "bench";
    options.clock = clock_.clock();
    options.disk.files = ends_.guard(directory / "head");
    register_ = orBroken(Register::create(catalogue, options));
    enter({entry("party.registered", "party:UY", {{"name", "en:Uruguay"}, {"kind", "institution"}}),
           entry("office.established", "office:LAC",
                 {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}})});
    if (auto done = register_->complete(); !done) throw Broken(done.failures().front());
  }

  void add(std::uint64_t count, const std::string& due) {
    constexpr std::uint64_t together = 500;
    for (std::uint64_t left = count; left > 0;) {
      std::vector<json::object> entries;
      for (auto more = std::min(left, together); more > 0; --more, --left) {
        const auto name = fmt::format("liaison:LIA-{}", ++last_);
        entries.push_back(contact(name));
        entries.push_back(
            entry("liaison.followUpAsked", name, {{"what", "Ask again"}, {"due", due}}));
      }
      enter(entries);
    }
  }

  /// Seconds to decide one more, without writing it.
  double decidesOne() {
    constexpr int tries = 500;
    std::vector<Submission> all;
    all.reserve(tries);
    for (int i = 0; i < tries; ++i) {
      all.push_back(submission({contact(fmt::format("liaison:NEW-{}", i))}));
    }
    return seconds([&] {
             for (auto& one : all) static_cast<void>(orBroken(register_->dryRun(std::move(one))));
           }) /
           tries;
  }

  std::uint64_t enterDue(const std::string& day) {
    clock_.reach(beginningOf(day));
    return orBroken(register_->enterDue()).entries;
  }
  [[nodiscard]] std::size_t syncs() const { return ends_.all().size(); }

 private:
  static json::object entry(const char* type, const std::string& entity, json::object data) {
    return {{"type", type}, {"entity", entity}, {"occurred", today}, {"data", std::move(data)}};
  }
  static json::object contact(const std::string& name) {
    return entry("liaison.logged", name,
                 {{"office", "LAC"}, {"party", "UY"}, {"channel", "letter"}});
  }
  Submission submission(const std::vector<json::object>& entries) const {
    Submission out;
    out.id = randomId<SubmissionId>();
    for (const auto& one : entries) {
      out.entries.push_back(orBroken(readEntry(catalogue_, one, EntryDefaults{})));
    }
    return out;
  }
  void enter(const std::vector<json::object>& entries) {
    static_cast<void>(orBroken(register_->submit(submission(entries))));
  }

  const Catalogue& catalogue_;
  StoryClock clock_{beginningOf(today)};
  BatchEnds ends_;
  std::unique_ptr<Register> register_;
  std::uint64_t last_ = 0;
};

}  // namespace

void benchDeadlines(const Setting& setting) {
  const auto directory = setting.base / "deadlines";
  std::filesystem::remove_all(directory);
  const auto ahead = setting.large / 10;
  const auto come = setting.large / 100;
  std::vector<double> without;
  std::vector<double> with;
  {
    Contacts contacts(setting.catalogue, directory);
    for (int i = 0; i < rounds; ++i) without.push_back(contacts.decidesOne());
    contacts.add(ahead, "2016-12-31");
    for (int i = 0; i < rounds; ++i) with.push_back(contacts.decidesOne());
    print({.what = fmt::format("deciding an entry, {} deadlines ahead", ahead),
           .ours = fmt::format("{:.1f} us", median(with) * 1e6),
           .limit = fmt::format("{:.1f} us", median(without) * 1e6),
           .reached = median(with) / median(without),
           .must = 1.3,
           .aim = 1.1,
           .lessIsBetter = true});
    contacts.add(come, "2006-03-31");
    const auto before = contacts.syncs();
    std::uint64_t entered = 0;
    const auto took = seconds([&] { entered = contacts.enterDue("2006-04-02"); });
    if (entered != come) throw std::runtime_error("not all that had come took effect");
    const auto syncs = std::max<std::size_t>(contacts.syncs() - before, 1);
    print({.what = fmt::format("{} deadlines that come at once, a sync", come),
           .ours = fmt::format("{:.0f} ms", took * 1'000),
           .limit = fmt::format("{} syncs", syncs),
           .reached = static_cast<double>(entered) / static_cast<double>(syncs),
           .must = std::min(100.0, static_cast<double>(come)),
           .aim = std::min(1'000.0, static_cast<double>(come))});
  }
  std::filesystem::remove_all(directory);
}

}  // namespace consulta::bench
