// The streams and files of a command that a server runs for somebody elsewhere.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <streambuf>
#include <string>

#include "cli/named_file.h"
#include "engine/server/command_host.h"

namespace consulta {

/// Output on its way to a peer, sent in pieces. It must not outlive the peer, here and below.
class PeerOutput final : public std::streambuf {
 public:
  PeerOutput(CommandPeer& peer, OutputStream stream);

 protected:
  int_type overflow(int_type next) override;
  int sync() override;

 private:
  CommandPeer& peer_;
  const OutputStream stream_;
  std::array<char, 16'384> piece_{};
};

/// Input from a peer, asked for when it is needed. What was said before is sent first.
class PeerInput final : public std::streambuf {
 public:
  PeerInput(CommandPeer& peer, PeerOutput& out, PeerOutput& err)
      : peer_(peer), out_(out), err_(err) {}

 protected:
  int_type underflow() override;

 private:
  CommandPeer& peer_;
  PeerOutput& out_;
  PeerOutput& err_;
  std::string piece_;
};

/// Files where the command was typed.
class PeerFiles final : public NamedFiles {
 public:
  explicit PeerFiles(CommandPeer& peer) : peer_(peer) {}

  PathFacts look(const std::filesystem::path& path) override;
  std::unique_ptr<std::istream> open(const std::filesystem::path& path) override;
  Result<SourceFile> source(const std::filesystem::path& path) override;
  int write(const std::filesystem::path& path, bool replaces, const FillFile& fill) override;
  int makeDirectory(const std::filesystem::path& path) override;

 private:
  CommandPeer& peer_;
};

}  // namespace consulta
