// Those who follow the entries over HTTP: as server-sent events, or as lines of JSON.
#include <spdlog/logger.h>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>
#include <charconv>
#include <utility>
#include <vector>

#include "engine/server/cloud_event.h"
#include "engine/server/http_connection.h"
#include "events/entry_json.h"
#include "events/values/edtf.h"
#include "events/values/utf8.h"

namespace consulta {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr std::string_view events_type = "text/event-stream";
constexpr std::string_view lines_type = "application/x-ndjson";

std::optional<std::uint64_t> numberOf(std::string_view text) {
  std::uint64_t out = 0;
  const auto* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, out);
  if (error != std::errc() || at != end || text.empty()) return std::nullopt;
  return out;
}

/// Whether lines are wanted. Of what is accepted, whatever is named first that there is; who
/// accepts anything, or says nothing, follows events.
std::optional<bool> wantsLines(const HttpRequest& request) {
  const auto accepted = request.header("accept");
  if (accepted.empty()) return false;
  const auto lines = std::min(accepted.find(lines_type), accepted.find("application/json"));
  const auto events =
      std::min({accepted.find(events_type), accepted.find("text/*"), accepted.find("*/*")});
  if (lines == std::string::npos && events == std::string::npos) return std::nullopt;
  return lines < events;
}

/// What a client that comes again was told last: "EPOCH:POSITION".
std::optional<FeedRequest> resumed(std::string_view lastId) {
  const auto colon = lastId.find(':');
  const auto epoch = numberOf(lastId.substr(0, colon));
  const auto position = colon == lastId.npos ? std::nullopt : numberOf(lastId.substr(colon + 1));
  if (!epoch || !position) return std::nullopt;
  FeedRequest out;
  out.epoch = *epoch;
  out.position = Position(*position + 1);
  return out;
}

Result<FeedRequest> feedRequestOf(const HttpRequest& request, Position last) {
  FeedRequest out;
  Failures failures;
  const auto number = [&](std::string_view name, auto& into) {
    const auto text = request.parameter(name);
    if (!text) return;
    if (const auto value = numberOf(*text)) {
      into = std::remove_reference_t<decltype(into)>(*value);
    } else {
      failures.push_back(
          usage("http.parameter", msg("{name} is a whole number", arg("name", std::string(name)))));
    }
  };
  number("epoch", out.epoch);
  if (request.parameter("to") == "last") {
    out.to = last;
  } else {
    number("to", out.to);
  }
  out.filter = request.parameter("filter").value_or("");
  const auto from = request.parameter("from").value_or("beginning");
  if (const auto lastId = request.header("last-event-id"); !lastId.empty()) {
    const auto place = resumed(lastId);
    if (place) {
      out.epoch = place->epoch;
      out.position = place->position;
    } else {
      failures.push_back(usage("http.last-event-id",
                               msg("Last-Event-ID is what the last event had as its id, as in "
                                   "1:4711")));
    }
  } else if (const auto begin = readBegin("from", from, out); !begin) {
    failures.push_back(begin.failures().front());
  }
  if (!failures.empty()) return failures;
  return out;
}

/// One more as long as it lives.
class Counted {
 public:
  explicit Counted(std::uint64_t& count) : count_(count) { ++count_; }
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::uint64_t& count_;
};

/// Events as text, in either form.
class EventText {
 public:
  EventText(const Register& reg, bool lines)
      : reg_(reg), source_{reg.id(), reg.epoch()}, lines_(lines) {}

  /// Several as they are stored, in their order.
  [[nodiscard]] std::string events(const std::vector<std::shared_ptr<const Record>>& records,
                                   Position replayedTo) const {
    std::string out;
    reg_.read([&](const State& state) {
      for (const auto& record : records) {
        const auto event = cloudEvent(state, source_, *record, record->position() <= replayedTo);
        if (!lines_) out += "id: " + id(record->position()) + "\ndata: ";
        out += json::serialize(event);
        out += lines_ ? "\n" : "\n\n";
      }
    });
    return out;
  }

  /// Something about the stream itself, after what has been sent up to `at`. Lines of JSON are
  /// events only: there an empty one shows that all is well.
  [[nodiscard]] std::string notice(std::string_view name, Position at, std::string_view why) const {
    if (lines_) return "\n";
    json::object data{{"epoch", source_.epoch}, {"position", at.value}};
    if (at == reg_.published()) data["recordedtime"] = instantText(reg_.newestRecordedNs());
    if (!why.empty()) data["reason"] = why;
    return "event: " + std::string(name) + "\nid: " + id(at) + "\ndata: " + json::serialize(data) +
           "\n\n";
  }

 private:
  [[nodiscard]] std::string id(Position at) const {
    return std::to_string(source_.epoch) + ":" + std::to_string(at.value);
  }

  const Register& reg_;
  const EventSource source_;
  const bool lines_;
};

}  // namespace

asio::awaitable<void> HttpConnection::follow(Request request) {
  const auto lines = wantsLines(*request);
  if (!lines) {
    co_return co_await refuse(
        Failures(1, usage("http.accept", msg("events come as text/event-stream or as "
                                             "application/x-ndjson"))),
        *request);
  }
  auto wanted = feedRequestOf(*request, service_.reg.published());
  if (!wanted) co_return co_await refuse(wanted.failures(), *request);
  auto feed = Feed::of(service_.reg, *wanted);
  if (!feed) co_return co_await refuse(feed.failures(), *request);
  ++service_.figures.httpAnswers[HttpAnswer().status];
  const Counted counted(service_.figures.followers);
  co_await follow(request, std::move(*feed), *lines);
}

asio::awaitable<void> HttpConnection::follow(Request request, Feed feed, bool lines) {
  auto& reg = service_.reg;
  const auto& limits = service_.limits;
  const bool chunked = request->takesChunks;
  const auto replayedTo = reg.published();
  const EventText text(reg, lines);
  bool caughtUp = false;
  std::string_view ended;
  co_await write(httpHead(lines ? lines_type : events_type, request->keepsAlive, chunked));
  while (!closed_ && ended.empty()) {
    std::vector<std::shared_ptr<const Record>> records;
    const auto read = feed.read(reg, limits.event_batch_bytes, [&](std::string_view bytes) {
      records.push_back(orBroken(Record::read(feed.next(), bytes)));
    });
    auto piece = text.events(records, replayedTo);
    service_.figures.events += records.size();
    const auto place = Position(feed.next().value - 1);
    if (!read) {
      service_.log.error("{}: {}", peer_.where, inEnglish(read.failures().front().text));
      ended = "failed";
    } else if (feed.complete()) {
      ended = "complete";
    } else if (stopping_) {
      ended = "stopping";
    } else if (!feed.behind(reg.published()) && !caughtUp) {
      caughtUp = true;
      if (!lines) piece += text.notice("caughtUp", place, {});
    }
    if (!ended.empty() && !lines) piece += text.notice("ended", place, ended);
    if (!piece.empty()) {
      const auto begins = Steady::now();
      co_await write(httpPiece(piece, chunked));
      if (caughtUp && feed.behind(reg.published()) && Steady::now() - begins >= limits.stall / 10) {
        ++service_.figures.fellBehind;
        caughtUp = false;
        if (!lines) co_await write(httpPiece(text.notice("fellBehind", place, {}), chunked));
      }
    } else if (feed.behind(reg.published())) {
      co_await asio::post(service_.io, asio::use_awaitable);  // a filter: others have their turn
    }
    while (!closed_ && !stopping_ && ended.empty() && !feed.behind(reg.published())) {
      const auto until = Steady::now() + limits.heartbeat;
      co_await change(until);
      if (Steady::now() >= until) {
        co_await write(httpPiece(text.notice("heartbeat", place, {}), chunked));
      }
    }
  }
  co_await write(std::string(httpEnd(chunked)));
  if (!chunked) close();
}

}  // namespace consulta
