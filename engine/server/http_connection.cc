#include "engine/server/http_connection.h"

#include <spdlog/logger.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>
#include <utility>
#include <vector>

#include "engine/server/cloud_event.h"
#include "engine/server/http_command.h"
#include "engine/server/http_problem.h"
#include "engine/server/open_api.h"
#include "engine/server/submission_intake.h"
#include "events/values/utf8.h"

namespace consulta {

namespace asio = boost::asio;

namespace {

constexpr auto told = asio::as_tuple(asio::use_awaitable);
constexpr unsigned created = 201;
constexpr unsigned service_unavailable = 503;

HttpAnswer plain(std::string_view text) {
  HttpAnswer out;
  out.type = "text/plain";
  out.body = text;
  return out;
}

/// Whether it is what a command prints of a refusal.
bool isRefusal(std::string_view printed) {
  return printed.starts_with(R"({"error")");
}

/// What was entered, as the same events that those who follow are sent.
std::string receiptText(const Register& reg, const Receipt& receipt, bool dry) {
  boost::json::array events;
  reg.read([&](const State& state) {
    const EventSource source(reg.id(), reg.epoch());
    JsonView view;
    view.nameOf = [&](EntityId id) { return state.nameOf(id); };
    for (const auto& record : receipt.records) {
      events.push_back(cloudEvent(state.catalogue(), source, *record, receipt.repeated, view));
    }
  });
  return boost::json::serialize(boost::json::object{{"submission", toText(receipt.id)},
                                                    {"repeated", receipt.repeated},
                                                    {"dryRun", dry},
                                                    {"events", std::move(events)}}) +
         "\n";
}

}  // namespace

void HttpConnection::start(Service& service, std::unique_ptr<Channel> channel, Peer peer) {
  const auto made = std::make_shared<HttpConnection>(service, std::move(channel), std::move(peer));
  ++service.figures.httpPeers;
  service.enter(made);
  asio::co_spawn(service.io, made->serving(), asio::detached);
  asio::co_spawn(service.io, made->watching(), asio::detached);
}

HttpConnection::HttpConnection(Service& service, std::unique_ptr<Channel> channel, Peer peer)
    : service_(service),
      channel_(std::move(channel)),
      peer_(std::move(peer)),
      reader_(service.limits.frame_bytes_max),
      rate_(service.limits.requests_per_second, service.limits.requests_burst,
            service.figures.slowed),
      wake_(service.io),
      watch_(service.io),
      lastHeard_(Steady::now()),
      requestBegan_(lastHeard_),
      writingSince_(lastHeard_) {}

void HttpConnection::close() {
  if (closed_) return;
  closed_ = true;
  channel_->close();
  wake_.cancel();
  watch_.cancel();
  service_.leave(shared_from_this());
}

void HttpConnection::stop() {
  if (stopping_) return;
  stopping_ = true;
  stoppedAt_ = Steady::now();
  if (reading_ && !reader_.inRequest()) return close();
  wake_.cancel();
}

asio::awaitable<bool> HttpConnection::write(std::string bytes) {
  if (!closed_ && !bytes.empty()) {
    writing_ = true;
    writingSince_ = Steady::now();
    boost::system::error_code error;
    if (socket_) {
      co_await socket_->write(std::move(bytes), error);
    } else {
      std::vector<asio::const_buffer> all{asio::buffer(bytes)};
      co_await channel_->write(std::move(all), error);
    }
    writing_ = false;
    if (error) close();
  }
  co_return !closed_;
}

asio::awaitable<void> HttpConnection::change(Time until) {
  wake_.expires_at(until);
  co_await wake_.async_wait(told);
}

asio::awaitable<void> HttpConnection::watching() {
  const auto self = shared_from_this();
  const auto every = service_.limits.lookEvery();
  while (!closed_) {
    watch_.expires_after(every);
    co_await watch_.async_wait(told);
    if (closed_) break;
    if (isLate(Steady::now())) {
      // Nothing else is written meanwhile: whoever is late is read from.
      const Failures late(1,
                          usage("http.late", msg("the rest of the request did not come in time")));
      count(late);
      co_await write(httpText(problem(late), false, false));
      close();
    }
    if (!closed_) look();
  }
}

/// Both count from the beginning, however steadily bytes drip; a long body has longer.
bool HttpConnection::isLate(Time now) const {
  if (!reading_ || !reader_.inRequest()) return false;
  const auto& limits = service_.limits;
  const auto may = reader_.headIsWhole() ? limits.forRest(reader_.begun()) : limits.restOfRequest;
  return now - requestBegan_ >= may;
}

void HttpConnection::look() {
  const auto now = Steady::now();
  const auto& limits = service_.limits;
  if (writing_ && now - writingSince_ >= limits.stall) {
    ++service_.figures.stalled;
    service_.log.warn("{} does not read what it is sent; the connection is closed", peer_.where);
    return close();
  }
  if (stopping_ && now - stoppedAt_ >= limits.stall) return close();
  if (reading_ && !reader_.inRequest() && now - lastHeard_ >= limits.idle) close();
}

void HttpConnection::count(const Failures& failures) {
  service_.countRefusal(peer_, failures);
}

asio::awaitable<void> HttpConnection::serving() {
  const auto self = shared_from_this();
  static_cast<void>(admit());  // who may not come in is told so when it asks for something
  while (!closed_ && !stopping_) {
    const auto request = co_await nextRequest();
    if (!request) break;
    try {
      co_await handle(request);
    } catch (const Broken& broken) {
      service_.log.error("a request met a broken register: {}", inEnglish(broken.failure().text));
      break;  // what was begun cannot be ended well
    }
    if (!request->keepsAlive) break;
  }
  close();
}

asio::awaitable<HttpConnection::Request> HttpConnection::nextRequest() {
  requestBegan_ = Steady::now();  // of one that came in part while another was answered
  while (!closed_) {
    auto next = reader_.next();
    if (!next) {
      // Who may not come in is told that, and not how to ask.
      if (auto may = admit(); !may) next = std::move(may).failures();
      count(next.failures());
      co_await answer(problem(next.failures()), false);
      break;
    }
    if (next->has_value()) {
      co_await pace();
      co_return std::make_shared<const HttpRequest>(std::move(**next));
    }
    if (stopping_ && !reader_.inRequest()) break;
    if (reader_.asksToGoOn()) co_await write("HTTP/1.1 100 Continue\r\n\r\n");
    if (closed_) break;
    const auto space = reader_.space();
    const bool begins = !reader_.inRequest();
    boost::system::error_code error;
    reading_ = true;
    const auto count = co_await channel_->read(asio::buffer(space.data(), space.size()), error);
    reading_ = false;
    if (error) break;
    lastHeard_ = Steady::now();
    if (begins) requestBegan_ = lastHeard_;
    reader_.received(count);
  }
  co_return nullptr;
}

asio::awaitable<void> HttpConnection::pace() {
  rate_.count(Steady::now());
  while (!closed_ && !stopping_ && rate_.until() > Steady::now()) co_await change(rate_.until());
}

asio::awaitable<void> HttpConnection::answer(HttpAnswer answer, bool keepsAlive, bool headOnly) {
  ++service_.figures.httpAnswers[answer.status];
  co_await write(httpText(answer, keepsAlive && !stopping_, headOnly));
}

asio::awaitable<void> HttpConnection::refuse(Failures failures, const HttpRequest& request) {
  count(failures);
  co_await answer(problem(failures), request.keepsAlive, request.method == "HEAD");
}

Status HttpConnection::admit() {
  if (!peer_.needsRole) return Done{};
  const auto actor = service_.admission.admit(peer_);
  // Of who may not come in no more is kept than of who has not said hello.
  const auto& limits = service_.limits;
  reader_.allow(actor ? limits.frame_bytes_max : limits.first_frame_bytes_max);
  if (!actor) return actor.failures();
  actor_ = *actor;
  return Done{};
}

void HttpConnection::advanced() {
  wake_.cancel();
  if (!actor_) return;
  if (const auto may = service_.admission.check(peer_, actor_); !may) {
    count(may.failures());
    close();
  }
}

asio::awaitable<void> HttpConnection::handle(Request request) {
  const auto match = matchHttp(*request);
  const bool forAll = match && match->route->kind == HttpRoute::Kind::health;
  auto may = forAll ? Status(Done{}) : admit();
  if (!may) co_return co_await refuse(std::move(may).failures(), *request);
  if (!match) co_return co_await refuse(match.failures(), *request);
  const bool headOnly = request->method == "HEAD";
  switch (match->route->kind) {
    case HttpRoute::Kind::events:
      co_return co_await follow(request);
    case HttpRoute::Kind::submissions:
      co_return co_await enter(request);
    case HttpRoute::Kind::command: {
      auto line = commandOf(*match, *request);
      if (!line) co_return co_await refuse(line.failures(), *request);
      co_return co_await run(request, std::move(*line), *match->route);
    }
    case HttpRoute::Kind::description: {
      HttpAnswer out;
      out.type = match->route->type;
      out.body = openApiText(service_.reg.catalogue());
      co_return co_await answer(std::move(out), request->keepsAlive, headOnly);
    }
    case HttpRoute::Kind::health:
      co_return co_await answer(plain("ok\n"), request->keepsAlive, headOnly);
    case HttpRoute::Kind::readiness: {
      auto out = plain("ready\n");
      if (!service_.reg.takesEntries() || stopping_) {
        out = plain(stopping_ ? "the server stops\n" : "a write to the disk has failed\n");
        out.status = service_unavailable;
      }
      co_return co_await answer(std::move(out), request->keepsAlive, headOnly);
    }
    case HttpRoute::Kind::figures: {
      auto out = plain(figuresText(service_));
      out.type = match->route->type;
      co_return co_await answer(std::move(out), request->keepsAlive, headOnly);
    }
  }
}

asio::awaitable<void> HttpConnection::enter(Request request) {
  Failures failures;
  IncomingSubmission incoming;
  incoming.entries = request->body;
  incoming.language = request->parameter("lang").value_or("");
  incoming.dryRun = request->parameter("dry-run") == "true";
  if (const auto dry = request->parameter("dry-run"); dry && *dry != "true" && *dry != "false") {
    failures.push_back(usage("http.parameter", msg("dry-run is \"true\" or \"false\"")));
  }
  if (const auto type = request->header("content-type");
      !type.starts_with("application/json") && !type.empty()) {
    failures.push_back(usage("http.type", msg("entries are sent as application/json")));
  }
  const auto readId = [&](const std::string& text, auto& into, const char* rule) {
    if (text.empty()) return;
    auto id = readWideId<std::remove_reference_t<decltype(into)>>(text);
    if (id) {
      into = *id;
    } else {
      failures.push_back(usage(rule, id.failures().front().text));
    }
  };
  readId(request->header("idempotency-key"), incoming.id, "submission.id");
  readId(request->parameter("on-behalf-of").value_or(""), incoming.onBehalfOf,
         "submission.on-behalf-of");
  if (failures.empty() && !incoming.id) {
    failures.push_back(usage("submission.id", msg("the header Idempotency-Key is missing: a random "
                                                  "UUID of the client's own, so that a submission "
                                                  "can be sent again")));
  }
  if (failures.empty()) {
    if (const auto actor = service_.admission.admit(peer_)) {
      incoming.actor = *actor;
    } else {
      failures = actor.failures();
    }
  }
  if (!failures.empty()) co_return co_await refuse(std::move(failures), *request);
  const bool dry = incoming.dryRun;
  const auto receipt = std::make_shared<std::optional<Result<Receipt>>>();
  submit(service_, std::move(incoming),
         [self = shared_from_this(), receipt](const Result<Receipt>& answer) {
           *receipt = answer;
           self->wake_.cancel();
         });
  while (!*receipt) co_await change();
  const auto& outcome = **receipt;
  if (!outcome) co_return co_await refuse(outcome.failures(), *request);
  ++service_.figures.submissions;
  HttpAnswer out;
  out.status = outcome->repeated || dry ? out.status : created;
  out.type = "application/json";
  out.body = receiptText(service_.reg, *outcome, dry);
  co_await answer(std::move(out), request->keepsAlive);
}

/// What is printed is sent on as it comes; what the status is to be is known with the first of it.
/// Who follows is sent an empty line when there is nothing else.
asio::awaitable<void> HttpConnection::run(Request request, CommandLine line,
                                          const HttpRoute& route) {
  const auto command = std::make_shared<HttpCommand>(service_.io, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->wake_.cancel();
  });
  const bool started =
      service_.commands.start([command, &host = service_.host, who = peer_,
                               line = std::move(line)] { command->run(host, who, line); });
  if (!started) {
    co_return co_await refuse(
        Failures(1, unavailable("server.busy", msg("too much is under way here. Try again"))),
        *request);
  }
  bool begun = false;
  std::string printed;
  bool lineEnds = true;
  const bool chunked = request->takesChunks;
  const bool follows = request->parameter("follow") == "true";
  while (!closed_) {
    const auto code = command->code();  // first: what was printed before it has ended is taken
    printed += command->take();
    if (code && *code != 0) {
      // Once something has been sent, that it was not all can only be said by breaking off.
      if (begun) close();
      std::string rule;
      const bool pathNames = route.path.find('{') != std::string_view::npos;
      auto failed = problemOf(printed, *code, pathNames, rule);
      ++service_.figures.refused[rule];
      service_.log.info("{} ({}) is refused {}", peer_.where, peer_.account, rule);
      if (!begun) co_await answer(std::move(failed), request->keepsAlive);
      break;
    }
    if (code && !begun) {
      HttpAnswer out;
      out.type = route.type;
      out.body = std::move(printed);
      co_await answer(std::move(out), request->keepsAlive);
      break;
    }
    // A refusal is short: until the command has ended, what is short waits.
    static constexpr std::size_t short_bytes = std::size_t{64} << 10U;
    const bool begins = follows ? !isRefusal(printed) : printed.size() > short_bytes;
    if (!printed.empty() && (begun || begins)) {
      lineEnds = printed.ends_with('\n');
      auto bytes = begun ? std::string() : httpHead(route.type, request->keepsAlive, chunked);
      if (!begun) ++service_.figures.httpAnswers[HttpAnswer().status];
      begun = true;
      co_await write(std::move(bytes) + httpPiece(std::exchange(printed, {}), chunked));
      continue;
    }
    if (code) {
      co_await write(std::string(httpEnd(chunked)));
      if (!chunked) close();
      break;
    }
    if (!follows) {
      co_await change();
      continue;
    }
    if (stopping_) command->leave();  // and then it ends
    const auto until = Steady::now() + service_.limits.heartbeat;
    co_await change(until);
    if (begun && lineEnds && Steady::now() >= until) co_await write(httpPiece("\n", chunked));
  }
  command->leave();
}

}  // namespace consulta
