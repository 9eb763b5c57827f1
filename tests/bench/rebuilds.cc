// A full rebuild, against a raw scan of the same files.
#include <fmt/format.h>
#include <sched.h>

#include "engine/runtime/register.h"
#include "tests/bench/benches.h"
#include "tests/bench/made_register.h"
#include "tests/bench/measure.h"
#include "tests/bench/raw.h"

namespace consulta::bench {

namespace {

/// As long as it lives the process runs on one core only.
class OneCore {
 public:
  OneCore() {
    sched_getaffinity(0, sizeof before_, &before_);
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(0, &one);
    sched_setaffinity(0, sizeof one, &one);
  }
  ~OneCore() { sched_setaffinity(0, sizeof before_, &before_); }
  OneCore(const OneCore&) = delete;
  OneCore& operator=(const OneCore&) = delete;

 private:
  cpu_set_t before_{};
};

double rebuild(const Setting& setting, const std::filesystem::path& directory) {
  const auto reg = orBroken(Register::open(setting.catalogue, optionsOf(directory)));
  return seconds([&] { orBroken(reg->rebuild([](Position, Position) {})); });
}

}  // namespace

/// Both against the scan by one thread: on both cores a rebuild may come to twice the rate.
void benchRebuild(const Setting& setting) {
  const auto directory = madeRegister(setting.catalogue, setting.base, setting.seed, setting.large);
  std::vector<double> scan;
  std::vector<double> one;
  std::vector<double> both;
  for (int i = 0; i < rounds; ++i) {
    scan.push_back(scanRecords(directory));
    both.push_back(rebuild(setting, directory));
    const OneCore only;
    one.push_back(rebuild(setting, directory));
  }
  const auto entries = static_cast<double>(setting.large);
  const auto rate = [&](double took) { return fmt::format("{:.0f}/s", entries / took); };
  print({.what = "rebuild on one core / raw scan",
         .ours = rate(median(one)),
         .limit = rate(median(scan)),
         .reached = median(scan) / median(one),
         .must = 0.25,
         .aim = 0.6});
  print({.what = "rebuild on both cores / raw scan",
         .ours = rate(median(both)),
         .limit = rate(median(scan)),
         .reached = median(scan) / median(both),
         .must = 0.45,
         .aim = 1});
}

}  // namespace consulta::bench
