#include "cli/peer_streams.h"

#include <cerrno>
#include <istream>
#include <utility>

namespace consulta {

namespace {

constexpr std::uint32_t piece_bytes = std::uint32_t{64} << 10U;

/// A file of a peer's as a stream: read piece by piece, from its beginning to its end.
class PeerFile final : public std::istream {
 public:
  PeerFile(CommandPeer& peer, std::string path, std::string first)
      : std::istream(nullptr), buffer_(peer, std::move(path), std::move(first)) {
    rdbuf(&buffer_);
  }

 private:
  class Buffer final : public std::streambuf {
   public:
    Buffer(CommandPeer& peer, std::string path, std::string first)
        : peer_(peer), path_(std::move(path)), piece_(std::move(first)) {
      take();
    }

   protected:
    int_type underflow() override {
      if (piece_.size() < piece_bytes) return traits_type::eof();
      auto next = peer_.read(path_, offset_, piece_bytes);
      // As a local stream does with a disk that fails: it ends, and is bad.
      if (next.error != 0) throw std::ios_base::failure("the file cannot be read on");
      piece_ = std::move(next.bytes);
      take();
      return piece_.empty() ? traits_type::eof() : traits_type::to_int_type(piece_.front());
    }

   private:
    void take() {
      offset_ += piece_.size();
      setg(piece_.data(), piece_.data(), piece_.data() + piece_.size());
    }

    CommandPeer& peer_;
    const std::string path_;
    std::string piece_;
    std::uint64_t offset_ = 0;
  };

  Buffer buffer_;
};

}  // namespace

PeerOutput::PeerOutput(CommandPeer& peer, OutputStream stream) : peer_(peer), stream_(stream) {
  setp(piece_.data(), piece_.data() + piece_.size());
}

PeerOutput::int_type PeerOutput::overflow(int_type next) {
  if (sync() != 0) return traits_type::eof();
  if (traits_type::eq_int_type(next, traits_type::eof())) return traits_type::not_eof(next);
  *pptr() = traits_type::to_char_type(next);
  pbump(1);
  return next;
}

int PeerOutput::sync() {
  const std::string_view bytes(pbase(), static_cast<std::size_t>(pptr() - pbase()));
  if (!bytes.empty() && !peer_.write(stream_, bytes)) return -1;
  setp(piece_.data(), piece_.data() + piece_.size());
  return 0;
}

PeerInput::int_type PeerInput::underflow() {
  out_.pubsync();
  err_.pubsync();
  piece_ = peer_.input(piece_bytes);
  if (piece_.empty()) return traits_type::eof();
  setg(piece_.data(), piece_.data(), piece_.data() + piece_.size());
  return traits_type::to_int_type(piece_.front());
}

PathFacts PeerFiles::look(const std::filesystem::path& path) {
  return peer_.look(path.string());
}

std::unique_ptr<std::istream> PeerFiles::open(const std::filesystem::path& path) {
  auto first = peer_.read(path.string(), 0, piece_bytes);
  if (first.error != 0) {
    errno = first.error;
    return nullptr;
  }
  return std::make_unique<PeerFile>(peer_, path.string(), std::move(first.bytes));
}

Result<SourceFile> PeerFiles::source(const std::filesystem::path& path) {
  const auto facts = look(path);
  if (facts.error != 0) return unreadableSource(path, facts.error);
  switch (facts.kind) {
    case PathFacts::Kind::nothing:
      return unreadableSource(path, ENOENT);
    case PathFacts::Kind::directory:
      return unreadableSource(path, EISDIR);
    case PathFacts::Kind::other:
      return noSource(path);
    case PathFacts::Kind::file:
      break;
  }
  return SourceFile{path,
                    [&peer = peer_, name = path.string()](std::size_t count, std::uint64_t offset) {
                      auto read = peer.read(name, offset, static_cast<std::uint32_t>(count));
                      errno = read.error;
                      return std::move(read.bytes);
                    }};
}

int PeerFiles::write(const std::filesystem::path& path, bool replaces, const FillFile& fill) {
  const auto name = path.string();
  // Whether it may be written at all is known before anything is.
  if (const int why = peer_.write(name, "", false, replaces); why != 0) return why;
  const auto put = [&](std::string_view bytes) {
    while (!bytes.empty()) {
      const auto piece = bytes.substr(0, piece_bytes);
      bytes.remove_prefix(piece.size());
      errno = peer_.write(name, piece, false, replaces);
      if (errno != 0) return false;
    }
    return true;
  };
  if (fill(put)) return peer_.write(name, "", true, replaces);
  const int why = errno;
  peer_.abandon(name);
  return why != 0 ? why : EIO;
}

int PeerFiles::makeDirectory(const std::filesystem::path& path) {
  return peer_.makeDirectory(path.string());
}

}  // namespace consulta
