#include "engine/server/native_command.h"

#include <boost/asio/post.hpp>
#include <cerrno>
#include <utility>

#include "engine/server/native_connection.h"
#include "engine/server/service.h"

namespace consulta {

namespace {

/// Output that is on its way before the command waits for its reader.
constexpr std::size_t output_bytes_max = std::size_t{256} << 10U;
constexpr std::size_t output_piece_bytes = std::size_t{64} << 10U;

PathFacts::Kind kindOf(wire::Answer::Kind kind) {
  switch (kind) {
    case wire::Answer::Kind::FILE:
      return PathFacts::Kind::file;
    case wire::Answer::Kind::DIRECTORY:
      return PathFacts::Kind::directory;
    case wire::Answer::Kind::OTHER:
      return PathFacts::Kind::other;
    case wire::Answer::Kind::NOTHING:
      break;
  }
  return PathFacts::Kind::nothing;
}

}  // namespace

NativeCommand::NativeCommand(std::weak_ptr<NativeConnection> connection, Service& service, Peer who,
                             std::uint32_t request)
    : connection_(std::move(connection)),
      service_(service),
      who_(std::move(who)),
      request_(request),
      work_(service.io.get_executor()) {}

void NativeCommand::run(const CommandLine& line) {
  const int code = service_.host.run(who_, line, *this);
  ToClient out(service_.reg.id(), request_);
  out.root.setDone(code);
  post(out.bytes());
  boost::asio::post(service_.io, [connection = connection_, request = request_] {
    if (const auto alive = connection.lock()) alive->commandEnded(request);
  });
}

void NativeCommand::post(SharedBytes bytes, std::function<void()> sent) {
  boost::asio::post(service_.io, [connection = connection_, bytes = std::move(bytes),
                                  sent = std::move(sent)]() mutable {
    if (const auto alive = connection.lock()) {
      alive->send(std::move(bytes), std::move(sent));
    } else if (sent) {
      sent();
    }
  });
}

bool NativeCommand::write(OutputStream stream, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto piece = bytes.substr(0, output_piece_bytes);
    bytes.remove_prefix(piece.size());
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return gone_ || unsent_ < output_bytes_max; });
      if (gone_) return false;
      unsent_ += piece.size();
    }
    ToClient out(service_.reg.id(), request_);
    auto output = out.root.initOutput();
    output.setStream(stream == OutputStream::data ? wire::Output::Stream::DATA
                                                  : wire::Output::Stream::TALK);
    output.setBytes(dataOf(piece));
    post(out.bytes(), [self = shared_from_this(), size = piece.size()] {
      const std::scoped_lock lock(self->mutex_);
      self->unsent_ -= size;
      self->changed_.notify_all();
    });
  }
  return true;
}

NativeCommand::Answer NativeCommand::ask(ToClient& question) {
  Answer gone;
  gone.error = EPIPE;
  {
    const std::scoped_lock lock(mutex_);
    if (gone_ || stopping_) return gone;
    answer_.reset();
  }
  post(question.bytes());
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return gone_ || stopping_ || answer_.has_value(); });
  if (!answer_) return gone;
  auto out = std::move(*answer_);
  answer_.reset();
  return out;
}

std::string NativeCommand::input(std::size_t bytes_max) {
  ToClient out(service_.reg.id(), request_);
  out.root.initQuestion().setInput(static_cast<std::uint32_t>(bytes_max));
  return ask(out).bytes;
}

PathFacts NativeCommand::look(const std::string& path) {
  ToClient out(service_.reg.id(), request_);
  out.root.initQuestion().setLook(path);
  const auto answer = ask(out);
  return {answer.kind, answer.size, answer.error};
}

PeerBytes NativeCommand::read(const std::string& path, std::uint64_t offset, std::uint32_t count) {
  ToClient out(service_.reg.id(), request_);
  auto read = out.root.initQuestion().initRead();
  read.setPath(path);
  read.setOffset(offset);
  read.setCount(count);
  auto answer = ask(out);
  if (answer.bytes.size() > count) return {"", EPROTO};
  return {std::move(answer.bytes), answer.error};
}

int NativeCommand::write(const std::string& path, std::string_view bytes, bool last,
                         bool replaces) {
  ToClient out(service_.reg.id(), request_);
  auto write = out.root.initQuestion().initWrite();
  write.setPath(path);
  write.setBytes(dataOf(bytes));
  write.setLast(last);
  write.setReplaces(replaces);
  return ask(out).error;
}

void NativeCommand::abandon(const std::string& path) {
  ToClient out(service_.reg.id(), request_);
  auto write = out.root.initQuestion().initWrite();
  write.setPath(path);
  write.setAbandon(true);
  static_cast<void>(ask(out));  // what was begun is gone either way
}

int NativeCommand::makeDirectory(const std::string& path) {
  ToClient out(service_.reg.id(), request_);
  out.root.initQuestion().setMakeDirectory(path);
  return ask(out).error;
}

bool NativeCommand::over() const {
  const std::scoped_lock lock(mutex_);
  return gone_ || stopping_;
}

void NativeCommand::accepted() {
  boost::asio::post(service_.io,
                    [self = shared_from_this()] { ++self->service_.figures.submissions; });
}

void NativeCommand::refused(const Failures& failures) {
  boost::asio::post(service_.io, [self = shared_from_this(), failures] {
    self->service_.countRefusal(self->who_, failures);
  });
}

bool NativeCommand::reached(const Reached& place) {
  {
    const std::scoped_lock lock(mutex_);
    if (gone_) return false;
  }
  ToClient out(service_.reg.id(), request_);
  consulta::write(out.root.initOutput().initReached(), {place.epoch, place.next, 0});
  post(out.bytes());
  return true;
}

void NativeCommand::answered(wire::Answer::Reader answer) {
  Answer out;
  out.error = answer.getError();
  const auto bytes = answer.getBytes();
  out.bytes.assign(reinterpret_cast<const char*>(bytes.begin()), bytes.size());
  out.kind = kindOf(answer.getKind());
  out.size = answer.getSize();
  const std::scoped_lock lock(mutex_);
  answer_ = std::move(out);
  changed_.notify_all();
}

void NativeCommand::leave() {
  const std::scoped_lock lock(mutex_);
  gone_ = true;
  changed_.notify_all();
}

void NativeCommand::stop() {
  const std::scoped_lock lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
}

}  // namespace consulta
