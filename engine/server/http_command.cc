#include "engine/server/http_command.h"

#include <boost/asio/post.hpp>
#include <cerrno>
#include <utility>

namespace consulta {

namespace {

/// What is printed ahead of its reader.
constexpr std::size_t printed_bytes_max = std::size_t{256} << 10U;

}  // namespace

void HttpCommand::tell() {
  boost::asio::post(io_, [self = shared_from_this()] { self->changed_(); });
}

void HttpCommand::run(CommandHost& host, const Peer& who, const CommandLine& line) {
  const int code = host.run(who, line, *this);
  {
    const std::scoped_lock lock(mutex_);
    code_ = code;
  }
  tell();
}

bool HttpCommand::write(OutputStream stream, std::string_view bytes) {
  std::unique_lock lock(mutex_);
  if (stream == OutputStream::talk) return !gone_;  // is for people at a terminal
  room_.wait(lock, [&] { return gone_ || printed_.size() < printed_bytes_max; });
  if (gone_) return false;
  const bool first = printed_.empty();
  printed_ += bytes;
  lock.unlock();
  if (first) tell();
  return true;
}

PeerBytes HttpCommand::read(const std::string&, std::uint64_t, std::uint32_t) {
  return {"", EACCES};
}

int HttpCommand::write(const std::string&, std::string_view, bool, bool) {
  return EACCES;
}

int HttpCommand::makeDirectory(const std::string&) {
  return EACCES;
}

bool HttpCommand::over() const {
  const std::scoped_lock lock(mutex_);
  return gone_;
}

std::string HttpCommand::take() {
  const std::scoped_lock lock(mutex_);
  room_.notify_all();
  return std::exchange(printed_, {});
}

std::optional<int> HttpCommand::code() const {
  const std::scoped_lock lock(mutex_);
  return code_;
}

void HttpCommand::leave() {
  const std::scoped_lock lock(mutex_);
  gone_ = true;
  room_.notify_all();
}

}  // namespace consulta
