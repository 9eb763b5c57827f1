#include "engine/server/server_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "engine/runtime/consumers.h"
#include "engine/runtime/latency.h"
#include "engine/server/service.h"

namespace consulta {

namespace {

class Text {
 public:
  void head(std::string_view name, std::string_view kind, std::string_view help) {
    add("# HELP consulta_{} {}\n# TYPE consulta_{} {}\n", name, help, name, kind);
  }
  void line(std::string_view name, std::uint64_t value) { add("consulta_{} {}\n", name, value); }
  template <typename Label>
  void line(std::string_view name, std::string_view label, const Label& of, std::uint64_t value) {
    add("consulta_{}{{{}=\"{}\"}} {}\n", name, label, of, value);
  }

  void counter(std::string_view name, std::string_view help, std::uint64_t value) {
    head(name, "counter", help);
    line(name, value);
  }
  void gauge(std::string_view name, std::string_view help, std::uint64_t value) {
    head(name, "gauge", help);
    line(name, value);
  }

  void histogram(std::string_view name, std::string_view help, const LatencyHistogram& of) {
    head(name, "histogram", help);
    constexpr double us_per_s = 1e6;
    const auto bucket = fmt::format("{}_bucket", name);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < LatencyHistogram::bounds_us.size(); ++i) {
      sum += of.count(i);
      line(bucket, "le", static_cast<double>(LatencyHistogram::bounds_us.at(i)) / us_per_s, sum);
    }
    sum += of.count(LatencyHistogram::bounds_us.size());
    line(bucket, "le", "+Inf", sum);
    add("consulta_{}_sum {}\n", name, static_cast<double>(of.sum()) / us_per_s);
    line(fmt::format("{}_count", name), sum);
  }

  [[nodiscard]] const std::string& all() const { return all_; }

 private:
  template <typename... Args>
  void add(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(all_), form, std::forward<Args>(args)...);
  }

  std::string all_;
};

}  // namespace

std::string figuresText(const Service& service) {
  const auto& figures = service.figures;
  const auto& written = service.reg.figures();
  Text out;
  out.gauge("position", "The newest entry of the register", service.reg.last().value);
  out.gauge("epoch", "The epoch in which positions count", service.reg.epoch());
  out.gauge("ready", "1 while entries can be taken", service.reg.takesEntries() ? 1 : 0);
  out.counter("entries_total", "Entries that became durable", written.entries.load());
  out.histogram("commit_seconds", "From the first decision of a batch until all is durable",
                written.commits);
  out.histogram("sync_seconds", "Of these: writing and syncing the records", written.syncs);
  out.counter("submissions_total", "Submissions of peers that were accepted", figures.submissions);
  out.head("refused_total", "counter", "What peers were refused, by the rule that says so");
  for (const auto& [rule, count] : figures.refused) out.line("refused_total", "rule", rule, count);
  out.gauge("connections", "Peers that are connected", service.connections());
  out.head("connections_total", "counter", "Peers that connected, by what they spoke");
  out.line("connections_total", "protocol", "native", figures.nativePeers);
  out.line("connections_total", "protocol", "http", figures.httpPeers);
  out.counter("turned_away_total", "Connections that were not let in", figures.turnedAway);
  out.head("tls_failed_total", "counter", "Connections over TLS that were not let in, by why");
  for (const auto& [reason, count] : figures.handshakesFailed) {
    out.line("tls_failed_total", "reason", reason, count);
  }
  out.head("http_answers_total", "counter", "Answers over HTTP, by their status");
  for (const auto& [status, count] : figures.httpAnswers) {
    out.line("http_answers_total", "status", status, count);
  }
  out.gauge("subscribers", "Those who follow the entries now", figures.followers);
  out.counter("events_sent_total", "Events sent to subscribers", figures.events);
  out.counter("fell_behind_total", "Subscribers that were told that they fell behind",
              figures.fellBehind);
  out.counter("stalled_total", "Subscribers that were given up, as they took nothing",
              figures.stalled);
  out.counter("slowed_total", "Times that a peer asked too fast and was not read from for a while",
              figures.slowed);
  const auto consumers = service.reg.consumers().all();
  const auto last = service.reg.last();
  out.head("consumer_lag", "gauge", "Entries behind what each consumer has done");
  for (const auto& one : consumers) {
    out.line("consumer_lag", "consumer", one.name, one.lag(last));
  }
  out.head("consumer_held", "gauge", "Entities that each consumer holds back");
  for (const auto& one : consumers) {
    out.line("consumer_held", "consumer", one.name, one.waiting + one.parked);
  }
  return out.all();
}

}  // namespace consulta
