#include "engine/server/client.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <limits>
#include <utility>

#include "engine/server/client_parts.h"
#include "engine/server/client_socket.h"
#include "events/limits.h"

namespace consulta {

Failure noAnswer() {
  return unavailable("server.answer", msg("the server says something that this program does not "
                                          "understand; they are of different versions"));
}

Client::Client(std::unique_ptr<ClientSocket> socket)
    : socket_(std::move(socket)), frames_(limits::frame_bytes_max) {}

Client::~Client() = default;

Result<std::unique_ptr<Client>> Client::connect(const std::filesystem::path& socket,
                                                const std::string& name) {
  return greeted(ClientSocket::connect(socket), name);
}

Result<std::unique_ptr<Client>> Client::connect(const TcpAddress& address, const TlsFiles& files,
                                                const std::string& name) {
  return greeted(ClientSocket::connect(address, files), name);
}

Result<std::unique_ptr<Client>> Client::greeted(Result<std::unique_ptr<ClientSocket>> socket,
                                                const std::string& name) {
  if (!socket) return std::move(socket).failures();
  std::unique_ptr<Client> out(new Client(std::move(*socket)));
  if (auto done = out->hello(name); !done) return std::move(done).failures();
  return out;
}

Status Client::send(ToServer& message) {
  return socket_->send(*message.bytes());
}

Result<Frame> Client::receive() {
  while (true) {
    auto frame = frames_.next();
    if (!frame) return noAnswer();
    if (frame->has_value()) return std::move(**frame);
    const auto got = socket_->receive(frames_.space());
    if (!got) return got.failures();
    frames_.received(*got);
  }
}

Result<Frame> Client::receive(std::uint32_t request) {
  return checked([&] { return receiveFor(request); });
}

Result<Frame> Client::receiveFor(std::uint32_t request) {
  if (const auto kept = kept_.find(request); kept != kept_.end()) {
    auto frame = std::move(kept->second.front());
    kept->second.pop_front();
    if (kept->second.empty()) kept_.erase(kept);
    return frame;
  }
  while (true) {
    auto frame = receive();
    if (!frame) return frame;
    const auto message = frame->root<wire::ToClient>();
    if (message.getRequest() == request) return frame;
    if (message.getRequest() == 0) {
      if (message.isRefused()) return failuresOf(message.getRefused());
      continue;
    }
    kept_[message.getRequest()].push_back(std::move(*frame));
  }
}

Status Client::hello(const std::string& name) {
  const auto request = newRequest();
  ToServer out(register_, request);
  auto hello = out.root.initHello();
  hello.setVersion(wire::VERSION);
  hello.setClient(name);
  if (auto sent = send(out); !sent) return sent;
  const auto frame = receive(request);
  if (!frame) return frame.failures();
  return checked([&]() -> Status {
    const auto answer = frame->root<wire::ToClient>();
    if (answer.isRefused()) return failuresOf(answer.getRefused());
    if (!answer.isWelcome()) return noAnswer();
    register_ = idOf<RegisterId>(answer.getRegister());
    actor_ = idOf<ActorId>(answer.getWelcome().getActor());
    last_ = placeOf(answer.getWelcome().getLast());
    return Done{};
  });
}

namespace {

/// A record as it came. What the server hands on was checked when it was stored; what came over a
/// socket is checked again.
Result<RecordPtr> recordOf(std::string_view bytes) {
  if (bytes.size() > limits::record_bytes_max) return noAnswer();
  auto record = Record::received(bytes);
  if (!record) return noAnswer();
  return record;
}

Result<ClientReceipt> receiptOf(wire::ToClient::Reader answer) {
  if (answer.isRefused()) return failuresOf(answer.getRefused());
  if (!answer.isAccepted()) return noAnswer();
  ClientReceipt receipt;
  receipt.repeated = answer.getAccepted().getRepeated();
  for (const auto one : answer.getAccepted().getRecords()) {
    auto record = recordOf(textOf(one));
    if (!record) return std::move(record).failures();
    receipt.records.push_back(std::move(*record));
  }
  return receipt;
}

}  // namespace

Result<ClientReceipt> Client::submit(SubmissionId id, std::string_view entries,
                                     const SubmitOptions& options) {
  const auto request = newRequest();
  ToServer out(register_, request);
  auto submit = out.root.initSubmit();
  ToServer::write(submit.initId(), id.high, id.low);
  submit.setEntries(dataOf(entries));
  submit.setDryRun(options.dryRun);
  if (!options.language.empty()) submit.setLanguage(options.language);
  ToServer::write(submit.initOnBehalfOf(), options.onBehalfOf.high, options.onBehalfOf.low);
  if (auto sent = send(out); !sent) return std::move(sent).failures();
  const auto frame = receive(request);
  if (!frame) return frame.failures();
  return checked([&] { return receiptOf(frame->root<wire::ToClient>()); });
}

Result<ClientEvents> Client::subscribe(const SubscribeOptions& options) {
  const auto request = newRequest();
  ToServer out(register_, request);
  auto subscribe = out.root.initSubscribe();
  auto from = subscribe.initFrom();
  if (options.onlyNew) {
    from.setNow();
  } else if (options.fromTimeNs != 0) {
    from.setTimeNs(options.fromTimeNs);
  } else if (options.from) {
    from.setPosition(options.from.value);
  } else {
    from.setBeginning();
  }
  subscribe.setEpoch(options.epoch);
  subscribe.setTo(options.to.value);
  subscribe.setFilter(options.filter);
  subscribe.setConsumer(options.consumer);
  subscribe.setCredit(options.window_bytes);
  if (auto sent = send(out); !sent) return std::move(sent).failures();
  ClientEvents events(*this, request);
  events.resume_ = {last_.epoch, options.from, 0};
  return events;
}

Status ClientEvents::take(wire::Events::Reader events) {
  if (at_ == batch_.size()) {
    batch_.clear();
    at_ = 0;
  }
  const EntityId again(events.getAgain());
  for (const auto one : events.getRecords()) {
    auto record = recordOf(textOf(one));
    if (!record) return std::move(record).failures();
    owed_ += one.size();
    batch_.push_back({std::move(*record), again});
  }
  if (!again) resume_.position = Position(events.getNext());
  return Done{};
}

Status ClientEvents::take(const Frame& frame) {
  const auto message = frame.root<wire::ToClient>();
  switch (message.which()) {
    case wire::ToClient::EVENTS:
      return take(message.getEvents());
    case wire::ToClient::KEPT:
      kept_ = message.getKept();
      return Done{};
    case wire::ToClient::CAUGHT_UP:
      caughtUp_ = true;
      return Done{};
    case wire::ToClient::FELL_BEHIND:
      caughtUp_ = false;
      return Done{};
    case wire::ToClient::HEARTBEAT:
      return Done{};
    case wire::ToClient::REFUSED:
      ended_ = true;
      return failuresOf(message.getRefused());
    case wire::ToClient::ENDED: {
      ended_ = true;
      const auto ended = message.getEnded();
      resume_ = placeOf(ended.getResume());
      const auto reason = ended.getReason();
      if (reason != wire::Ended::Reason::STALLED && reason != wire::Ended::Reason::FAILED) {
        return Done{};
      }
      return unavailable("subscription.ended",
                         msg("the subscription has ended: {why}. Subscribe again from {position}",
                             arg("why", std::string(ended.getText().cStr())),
                             arg("position", resume_.position.value)));
    }
    default:
      return noAnswer();
  }
}

Status ClientEvents::fill() {
  while (at_ == batch_.size() && !ended_) {
    if (owed_ > 0) {
      ToServer out(client_->register_, request_);
      out.root.setCredit(std::exchange(owed_, 0));
      // A server that has closed may have said why before: that is read first.
      static_cast<void>(client_->send(out));
    }
    const auto frame = client_->receive(request_);
    if (!frame) return frame.failures();
    if (auto taken = checked([&] { return take(*frame); }); !taken) return taken;
  }
  return Done{};
}

bool ClientEvents::passesOver(const Event& event) {
  const auto held = held_.find(event.record->entity());
  if (held == held_.end()) return false;
  if (!event.again || event.record->position() != held->second) return true;
  held_.erase(held);
  return false;
}

Result<std::optional<RecordPtr>> ClientEvents::next() {
  do {
    if (auto filled = fill(); !filled) return std::move(filled).failures();
    if (at_ == batch_.size()) return std::optional<RecordPtr>();
    last_ = batch_[at_++];
  } while (passesOver(last_));
  if (last_.again) {
    const auto at = last_.record->position();
    again_.try_emplace(last_.again, Run{at, at}).first->second.last = at;
  } else {
    turn_ = last_.record->position();
  }
  return std::optional(last_.record);
}

Status ClientEvents::say(ToServer& message) {
  ++said_;
  return client_->send(message);
}

Status ClientEvents::held(ToServer& message) {
  const auto run = again_.find(last_.again);
  held_.insert_or_assign(last_.record->entity(),
                         run == again_.end() ? last_.record->position() : run->second.first);
  if (run != again_.end()) again_.erase(run);
  return say(message);
}

Status ClientEvents::done() {
  if (turn_) {
    ToServer out(client_->register_, request_);
    out.root.initAck().setPosition(turn_->value);
    if (auto sent = say(out); !sent) return sent;
    turn_.reset();
  }
  for (const auto& [entity, run] : std::exchange(again_, {})) {
    ToServer out(client_->register_, request_);
    auto ack = out.root.initAck();
    ack.setPosition(run.last.value);
    ack.setEntity(entity.value);
    if (auto sent = say(out); !sent) return sent;
  }
  return Done{};
}

Status ClientEvents::retry(std::chrono::milliseconds delay, std::string_view reason) {
  assert(last_.record);
  ToServer out(client_->register_, request_);
  auto retry = out.root.initRetry();
  retry.setPosition(last_.record->position().value);
  retry.setDelayMs(static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(delay.count(), 0, std::numeric_limits<std::uint32_t>::max())));
  retry.setReason(std::string(reason));
  return held(out);
}

Status ClientEvents::park(std::string_view reason) {
  assert(last_.record);
  ToServer out(client_->register_, request_);
  auto park = out.root.initPark();
  park.setPosition(last_.record->position().value);
  park.setReason(std::string(reason));
  return held(out);
}

Status ClientEvents::settle() {
  while (kept_ < said_ && !ended_) {
    const auto frame = client_->receive(request_);
    if (!frame) return frame.failures();
    if (auto taken = checked([&] { return take(*frame); }); !taken) return taken;
  }
  if (kept_ < said_) {
    return unavailable("subscription.ended",
                       msg("the subscription has ended before everything was kept"));
  }
  return Done{};
}

}  // namespace consulta
