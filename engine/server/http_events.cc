// Those who follow the entries over HTTP: as server-sent events, as lines of JSON, or through a
// WebSocket.
#include <spdlog/logger.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>
#include <vector>

#include "engine/server/event_text.h"
#include "engine/server/http_connection.h"
#include "engine/server/http_problem.h"
#include "engine/server/http_upgrade.h"

namespace consulta {

namespace asio = boost::asio;

namespace {

constexpr std::string_view events_type = "text/event-stream";
constexpr std::string_view lines_type = "application/x-ndjson";

/// Of what is accepted, whatever is named first that there is; who accepts anything, or says
/// nothing, follows server-sent events.
std::optional<EventForm> acceptedForm(const HttpRequest& request) {
  const auto accepted = request.header("accept");
  if (accepted.empty()) return EventForm::serverSent;
  const auto lines = std::min(accepted.find(lines_type), accepted.find("application/json"));
  const auto events =
      std::min({accepted.find(events_type), accepted.find("text/*"), accepted.find("*/*")});
  if (lines == std::string::npos && events == std::string::npos) return std::nullopt;
  return lines < events ? EventForm::lines : EventForm::serverSent;
}

Result<FeedRequest> feedRequestOf(const HttpRequest& request, Position last) {
  FeedRequest out;
  Failures failures;
  const auto number = [&](std::string_view name, auto& into) {
    const auto text = request.parameter(name);
    if (!text) return;
    if (const auto value = wholeNumber(*text)) {
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
  // The header is newer: a browser that comes again by itself asks for the same path as at first.
  const auto header = request.header("last-event-id");
  const auto lastPlace = header.empty() ? request.parameter("after").value_or("") : header;
  if (!lastPlace.empty()) {
    if (const auto place = readPlace(lastPlace)) {
      out.epoch = place->epoch;
      out.position = Position(place->position.value + 1);
    } else if (header.empty()) {
      failures.push_back(
          usage("http.parameter", msg("{name} is the place that was told last, as in {example}",
                                      arg("name", "after"), arg("example", "1:4711"))));
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

/// What the protocol calls an end.
WebSocket::Code codeOf(std::string_view ended) {
  if (ended == "complete") return WebSocket::Code::done;
  if (ended == "stopping") return WebSocket::Code::goingAway;
  return ended == "spoken" ? WebSocket::Code::unwanted : WebSocket::Code::failed;
}

}  // namespace

asio::awaitable<void> HttpConnection::follow(Request request) {
  auto key = webSocketKey(*request, service_.origins);
  if (key && *key && reader_.inRequest()) {
    key = usage("http.upgrade", msg("more was sent before the handshake was answered. Wait for "
                                    "the answer"));
  }
  if (!key) co_return co_await refuse(key.failures(), *request);
  const auto form = *key ? EventForm::messages : acceptedForm(*request);
  if (!form) {
    co_return co_await refuse(
        Failures(1, usage("http.accept", msg("events come as text/event-stream or as "
                                             "application/x-ndjson"))),
        *request);
  }
  const auto wanted = feedRequestOf(*request, service_.reg.published());
  auto feed = wanted ? Feed::of(service_.reg, *wanted) : Result<Feed>(wanted.failures());
  if (*key) co_await upgrade(**key);
  if (!feed) {
    // A browser shows a page nothing of a handshake that was refused; a message it does.
    if (!socket_) co_return co_await refuse(feed.failures(), *request);
    count(feed.failures());
    co_await write(R"({"notice":"refused","problem":)" + problem(feed.failures()).body + "}");
    co_return co_await leave(WebSocket::Code::refused, feed.failures().front().rule);
  }
  if (!socket_) ++service_.figures.httpAnswers[HttpAnswer().status];
  const Counted counted(service_.figures.followers);
  co_await follow(request, std::move(*feed), *form);
}

asio::awaitable<void> HttpConnection::follow(Request request, Feed feed, EventForm form) {
  auto& reg = service_.reg;
  const auto& limits = service_.limits;
  const bool chunked = request->takesChunks && !socket_;
  const auto replayedTo = reg.published();
  const EventText text(reg, form);
  bool caughtUp = false;
  std::string_view ended;
  const auto send = [&](const std::string& piece) { return write(httpPiece(piece, chunked)); };
  const auto type = form == EventForm::lines ? lines_type : events_type;
  if (!socket_) co_await write(httpHead(type, request->keepsAlive, chunked));
  while (!closed_ && ended.empty()) {
    std::vector<std::shared_ptr<const Record>> records;
    const auto read = feed.read(reg, limits.event_batch_bytes, [&](std::string_view bytes) {
      records.push_back(orBroken(Record::read(feed.next(), bytes)));
    });
    service_.figures.events += records.size();
    const auto place = Position(feed.next().value - 1);
    std::string notice;
    if (!read) {
      service_.log.error("{}: {}", peer_.where, inEnglish(read.failures().front().text));
      ended = "failed";
    } else if (feed.complete()) {
      ended = "complete";
    } else if (stopping_ || spoken_) {
      ended = stopping_ ? "stopping" : "spoken";
    } else if (!feed.behind(reg.published()) && !caughtUp) {
      caughtUp = true;
      notice = text.notice("caughtUp", place);
    }
    if (!ended.empty()) notice = text.notice("ended", place, ended);
    if (!records.empty() || !notice.empty()) {
      const auto begins = Steady::now();
      co_await send(text.events(records, replayedTo, place));
      co_await send(notice);
      if (caughtUp && feed.behind(reg.published()) && Steady::now() - begins >= limits.stall / 10) {
        ++service_.figures.fellBehind;
        caughtUp = false;
        co_await send(text.notice("fellBehind", place));
      }
    } else if (feed.behind(reg.published())) {
      co_await asio::post(service_.io, asio::use_awaitable);  // a filter: others have their turn
    }
    const auto waits = [&] {
      return !closed_ && !stopping_ && !spoken_ && ended.empty() && !feed.behind(reg.published());
    };
    while (waits()) {
      const auto until = Steady::now() + limits.heartbeat;
      co_await change(until);
      if (Steady::now() >= until) co_await send(text.notice("heartbeat", place));
    }
  }
  if (socket_) {
    co_return co_await leave(
        codeOf(ended), std::string(ended) + " " + text.place(Position(feed.next().value - 1)));
  }
  co_await write(std::string(httpEnd(chunked)));
  if (!chunked) close();
}

/// From here on the connection is a WebSocket, which takes what is written and is listened to.
asio::awaitable<void> HttpConnection::upgrade(std::string key) {
  static constexpr unsigned switching_protocols = 101;
  ++service_.figures.httpAnswers[switching_protocols];
  auto socket = std::make_unique<WebSocket>(service_.io.get_executor(), *channel_, rate_);
  writing_ = true;
  writingSince_ = Steady::now();
  boost::system::error_code error;
  co_await socket->accept(std::move(key), error);
  writing_ = false;
  socket_ = std::move(socket);
  if (error) close();
  if (!closed_) asio::co_spawn(service_.io, listening(), asio::detached);
}

asio::awaitable<void> HttpConnection::listening() {
  const auto self = shared_from_this();
  spoken_ = co_await socket_->listen();
  if (spoken_) {
    wake_.cancel();  // nothing is asked through a WebSocket: it ends
  } else {
    close();
  }
}

asio::awaitable<void> HttpConnection::leave(WebSocket::Code code, std::string why) {
  if (!closed_) {
    writing_ = true;
    writingSince_ = Steady::now();
    co_await socket_->close(code, std::move(why));
    writing_ = false;
  }
  close();
}

}  // namespace consulta
