// What a peer asks for: each request of the event protocol.
#include <spdlog/logger.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "engine/runtime/consumers.h"
#include "engine/server/native_connection.h"
#include "engine/server/submission_intake.h"
#include "events/values/utf8.h"

namespace consulta {

namespace asio = boost::asio;

void NativeConnection::refuse(std::uint32_t request, const Failures& failures) {
  service_.countRefusal(peer_, failures);
  send(refusal(service_.reg.id(), request, failures));
}

std::size_t NativeConnection::openRequests() const {
  return submissions_.size() + subscriptions_.size() + commands_.size();
}

bool NativeConnection::isOpen(std::uint32_t request) const {
  return submissions_.contains(request) || subscriptions_.contains(request) ||
         commands_.contains(request);
}

LogPlace NativeConnection::lastPlace() const {
  return {service_.reg.epoch(), service_.reg.last(), service_.reg.newestRecordedNs()};
}

void NativeConnection::handle(wire::ToServer::Reader message) {
  const auto request = message.getRequest();
  const auto reg = idOf<RegisterId>(message.getRegister());
  if (reg ? reg != service_.reg.id() : !message.isHello()) {
    return end({usage("register.other",
                      msg("this server has the register {id}, not {other}",
                          arg("id", toText(service_.reg.id())), arg("other", toText(reg))))});
  }
  if (message.isHello()) return hello(request, message.getHello());
  if (!actor_) return end({usage("hello.missing", msg("begin with hello"))});
  const bool begins = message.isSubmit() || message.isSubscribe() || message.isRun();
  if (begins && (request == 0 || isOpen(request))) {
    return end({usage("request.number", msg("a request has a number of its own, other than 0 and "
                                            "those that are open"))});
  }
  if (begins && openRequests() >= service_.limits.requests_open_max) {
    return refuse(request, {unavailable("requests.open",
                                        msg("{count} requests are open. Wait for some of them",
                                            arg("count", openRequests())))});
  }
  if (begins && stopping_) {
    return refuse(request,
                  {unavailable("server.stopping", msg("the server stops. Connect again"))});
  }
  switch (message.which()) {
    case wire::ToServer::HELLO:
      return;
    case wire::ToServer::SUBMIT:
      return submit(request, message.getSubmit());
    case wire::ToServer::SUBSCRIBE:
      return subscribe(request, message.getSubscribe());
    case wire::ToServer::CREDIT:
      if (const auto one = subscriptions_.find(request); one != subscriptions_.end()) {
        one->second.grant(message.getCredit());
        pumpAll();
      }
      return;  // one that has ended meanwhile needs none
    case wire::ToServer::CANCEL:
      return cancel(request);
    case wire::ToServer::ACK: {
      const auto ack = message.getAck();
      return handled(request, [&](NativeSubscription& one) {
        return one.ack(Position(ack.getPosition()), EntityId(ack.getEntity()));
      });
    }
    case wire::ToServer::RETRY: {
      const auto retry = message.getRetry();
      return hold(request, Position(retry.getPosition()),
                  {std::chrono::milliseconds(retry.getDelayMs()), retry.getReason().cStr()});
    }
    case wire::ToServer::PARK: {
      const auto park = message.getPark();
      return hold(request, Position(park.getPosition()), {std::nullopt, park.getReason().cStr()});
    }
    case wire::ToServer::RUN:
      return run(request, message.getRun());
    case wire::ToServer::ANSWER:
      if (const auto one = commands_.find(request); one != commands_.end()) {
        one->second->answered(message.getAnswer());
      }
      return;
    case wire::ToServer::PING:
      return pong(request);
  }
  end({usage("request.unknown",
             msg("this server knows no such request; it speaks version {version} "
                 "of the protocol",
                 arg("version", wire::VERSION)))});
}

void NativeConnection::hold(std::uint32_t request, Position position, const Hold& how) {
  handled(request, [&](NativeSubscription& one) { return one.hold(*this, position, how); });
}

void NativeConnection::pong(std::uint32_t request) {
  ToClient out(service_.reg.id(), request);
  write(out.root.initHeartbeat(), lastPlace());
  send(out.bytes());
}

void NativeConnection::hello(std::uint32_t request, wire::Hello::Reader hello) {
  if (actor_) return end({usage("hello.again", msg("hello is said once"))});
  if (hello.getVersion() == 0) {
    return end({usage("hello.version", msg("a client says which version of the protocol it speaks; "
                                           "the first is 1"))});
  }
  const auto actor = service_.admission.admit(peer_);
  if (!actor) return end(actor.failures());
  actor_ = *actor;
  frames_.allow(service_.limits.frame_bytes_max);
  service_.log.debug("{} ({}) is connected: {}", peer_.where, peer_.account,
                     forTerminal(excerpt(hello.getClient().cStr())));
  ToClient out(service_.reg.id(), request);
  auto welcome = out.root.initWelcome();
  welcome.setVersion(std::min(hello.getVersion(), wire::VERSION));
  welcome.setServer("consulta");
  ToClient::write(welcome.initActor(), actor_.high, actor_.low);
  write(welcome.initLast(), lastPlace());
  send(out.bytes());
}

void NativeConnection::submit(std::uint32_t request, wire::Submit::Reader submit) {
  IncomingSubmission incoming;
  incoming.id = idOf<SubmissionId>(submit.getId());
  incoming.actor = actor_;
  incoming.onBehalfOf = idOf<ActorId>(submit.getOnBehalfOf());
  if (submit.hasLanguage()) incoming.language = submit.getLanguage().cStr();
  incoming.entries = textOf(submit.getEntries());
  incoming.dryRun = submit.getDryRun();
  submissions_.emplace(request, incoming.entries.size());
  submittedBytes_ += incoming.entries.size();
  consulta::submit(service_, std::move(incoming),
                   [self = shared_from_this(), request, dry = submit.getDryRun()](
                       const Result<Receipt>& receipt) { self->submitted(request, receipt, dry); });
}

void NativeConnection::forgetSubmission(std::uint32_t request) {
  const auto one = submissions_.find(request);
  submittedBytes_ -= one->second;
  submissions_.erase(one);
  room_.cancel();
}

void NativeConnection::submitted(std::uint32_t request, const Result<Receipt>& receipt, bool dry) {
  forgetSubmission(request);
  if (!receipt) return refuse(request, receipt.failures());
  ++service_.figures.submissions;
  ToClient out(service_.reg.id(), request);
  auto accepted = out.root.initAccepted();
  accepted.setRepeated(receipt->repeated);
  accepted.setDryRun(dry);
  auto records = accepted.initRecords(static_cast<unsigned>(receipt->records.size()));
  for (unsigned i = 0; i < records.size(); ++i) {
    const auto bytes = receipt->records[i]->bytes();
    records.set(i, kj::arrayPtr(reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()));
  }
  send(out.bytes());
}

namespace {

FeedRequest requestOf(wire::Subscribe::Reader subscribe) {
  FeedRequest out;
  const auto begin = subscribe.getFrom();
  switch (begin.which()) {
    case wire::Subscribe::From::POSITION:
      out.position = Position(begin.getPosition());
      break;
    case wire::Subscribe::From::TIME_NS:
      out.timeNs = begin.getTimeNs();
      break;
    case wire::Subscribe::From::BEGINNING:
      break;
    case wire::Subscribe::From::NOW:
      out.now = true;
      break;
  }
  out.epoch = subscribe.getEpoch();
  out.to = Position(subscribe.getTo());
  if (subscribe.hasFilter()) out.filter = subscribe.getFilter().cStr();
  return out;
}

}  // namespace

void NativeConnection::subscribe(std::uint32_t request, wire::Subscribe::Reader subscribe) {
  auto wanted = requestOf(subscribe);
  auto feed = Feed::of(service_.reg, wanted);
  if (!feed) return refuse(request, feed.failures());
  std::unique_ptr<NativeConsumer> consumer;
  const auto now = std::chrono::steady_clock::now();
  if (subscribe.hasConsumer() && subscribe.getConsumer().size() > 0) {
    // Its changes become durable in another thread, and that is told here.
    auto tell = [&io = service_.io, weak = weak_from_this(), request] {
      asio::post(io, [weak, request] {
        const auto self = weak.lock();
        if (!self) return;
        const auto one = self->subscriptions_.find(request);
        if (one == self->subscriptions_.end()) return;
        one->second.kept(*self);
        if (one->second.over()) self->subscriptions_.erase(one);
      });
    };
    auto seat =
        service_.reg.consumers().take({subscribe.getConsumer().cStr(), actor_, wanted.filter,
                                       Position(feed->next().value - 1), service_.reg.epoch()},
                                      std::move(tell));
    if (!seat) return refuse(request, seat.failures());
    wanted.position = Position((*seat)->done().value + 1);
    wanted.timeNs.reset();
    wanted.now = false;
    wanted.epoch = 0;
    wanted.filter = (*seat)->filter();
    feed = Feed::of(service_.reg, wanted);
    if (!feed) return refuse(request, feed.failures());
    consumer = std::make_unique<NativeConsumer>(std::move(*seat), service_.reg.now(), now);
  }
  subscriptions_.emplace(request,
                         NativeSubscription(request, std::move(*feed), subscribe.getCredit(),
                                            service_.reg.last(), now, std::move(consumer)));
  pumpAll();
}

void NativeConnection::handled(std::uint32_t request,
                               const std::function<Status(NativeSubscription&)>& say) {
  const auto one = subscriptions_.find(request);
  if (one == subscriptions_.end()) return;  // it has ended meanwhile, and what was said is lost
  if (const auto said = say(one->second); !said) {
    subscriptions_.erase(one);
    return refuse(request, said.failures());
  }
  one->second.kept(*this);  // what changed nothing, once all else is on the disk
  if (one->second.over()) {
    subscriptions_.erase(one);
    return;
  }
  const auto wakes = one->second.wakes();
  pumpAll();
  if (wakes < watch_.expiry()) watch_.cancel();
}

void NativeConnection::run(std::uint32_t request, wire::Run::Reader run) {
  CommandLine line;
  for (const auto word : run.getWords()) line.words.emplace_back(word.cStr(), word.size());
  line.language = run.getLanguage().cStr();
  line.timeZone = run.getTimeZone().cStr();
  line.width = run.getWidth();
  line.colour = run.getColour();
  line.asks = run.getAsks();
  line.talkIsSeen = run.getTalkIsSeen();
  if (run.hasGoOn()) {
    const auto place = placeOf(run.getGoOn());
    line.goOn = Reached{place.epoch, place.position};
  }
  const auto command = std::make_shared<NativeCommand>(weak_from_this(), service_, peer_, request);
  commands_.emplace(request, command);
  if (service_.commands.start([command, line] { command->run(line); })) return;
  commands_.erase(request);
  refuse(request, {unavailable("server.busy", msg("too many commands run here. Try again"))});
}

void NativeConnection::cancel(std::uint32_t request) {
  if (const auto one = subscriptions_.find(request); one != subscriptions_.end()) {
    one->second.end(*this, wire::Ended::Reason::CANCELLED, "");
    subscriptions_.erase(one);
  }
  if (const auto one = commands_.find(request); one != commands_.end()) one->second->leave();
}

}  // namespace consulta
