// What a disk holds, and what is left of it when the process or the power goes: a plain value.
//
// The model is stricter than most file systems: only a sync makes the content of a file durable,
// only a sync of its directory makes a name durable. Of the rest a power failure leaves what it
// likes: of what was appended to a file any part from its beginning, of what was written over
// something else any piece or none, of the names that came and went a part from the first on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/log/file.h"

namespace consulta::testing {

class DiskModel {
 public:
  /// Paths in calls begin with this; it is the one directory that is always there.
  explicit DiskModel(std::string root) : root_(std::move(root)) {}

  void apply(const FileCall& call) {
    using Kind = FileCall::Kind;
    const std::string path = within(call.path);
    switch (call.kind) {
      case Kind::create:
        if (!names_.contains(path)) name(Change{{}, path, newFile()});
        return;
      case Kind::resize:
      case Kind::write:
        if (auto* open = file(path)) {
          open->change({call.offset, std::string(call.bytes), call.kind == Kind::resize});
        }
        return;
      case Kind::sync:
        if (auto* open = file(path)) open->sync();
        return;
      case Kind::rename:
        name(Change{path, within(call.target), names_.at(path)});
        return;
      case Kind::link:
        name(Change{{}, within(call.target), names_.at(path)});
        return;
      case Kind::remove:
        name(Change{path, {}, {}});
        return;
      case Kind::makeDirectory:
        if (!names_.contains(path)) name(Change{{}, path, directory});
        return;
      case Kind::syncDirectory:
        syncNames(path);
        return;
    }
  }

  /// Takes away what was not synced: all of it, or what `random` likes.
  void losePower(std::mt19937_64* random) {
    const std::size_t kept = random == nullptr ? 0 : (*random)() % (pending_.size() + 1);
    for (std::size_t i = 0; i < kept; ++i) pending_[i].applyTo(durable_);
    pending_.clear();
    std::erase_if(durable_, [&](const auto& one) { return !reachable(one.first); });
    names_ = durable_;
    for (auto& file : files_) file.losePower(random);
  }

  /// The files as they are, by their path below the root.
  [[nodiscard]] std::map<std::string, std::string_view> files() const {
    std::map<std::string, std::string_view> out;
    for (const auto& [path, id] : names_) {
      if (id != directory) out.emplace(path, files_[id].content);
    }
    return out;
  }

  /// Makes them below `root`, which must be empty, and moves the model there.
  void writeTo(const std::filesystem::path& root) {
    namespace fs = std::filesystem;
    for (const auto& [path, id] : names_) {
      if (id == directory) fs::create_directory(root / path);
    }
    for (const auto& [path, bytes] : files()) {
      std::ofstream(root / path, std::ios::binary)
          .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      // The key of a register is refused when others could read it.
      fs::permissions(root / path, fs::perms::owner_read | fs::perms::owner_write);
    }
    root_ = root.string();
  }

 private:
  using FileId = std::size_t;
  static constexpr FileId directory = static_cast<FileId>(-1);
  using Names = std::map<std::string, FileId>;

  struct Piece {
    std::uint64_t offset;
    std::string bytes;
    bool cuts;  // the file ends at the offset

    void applyTo(std::string& content) const {
      if (cuts || content.size() < offset + bytes.size()) content.resize(offset + bytes.size());
      content.replace(offset, bytes.size(), bytes);
    }
  };

  struct File {
    std::string content;
    std::string durable;
    std::vector<Piece> pending;

    void change(Piece piece) {
      piece.applyTo(content);
      pending.push_back(std::move(piece));
    }
    void sync() {
      durable = content;
      pending.clear();
    }
    void losePower(std::mt19937_64* random) {
      bool grows = true;  // what is appended after something that is lost is lost as well
      for (auto& piece : pending) {
        if (random == nullptr) break;
        const bool appends = piece.cuts || piece.offset + piece.bytes.size() > durable.size();
        if (appends && !grows) continue;
        const auto fate = (*random)() % 3;
        if (appends && fate != 0) grows = false;
        if (fate == 1) continue;
        if (fate == 2) piece.bytes.resize((*random)() % (piece.bytes.size() + 1));
        piece.applyTo(durable);
      }
      pending.clear();
      content = durable;
    }
  };

  /// A name that goes, a name that comes, or both in one step.
  struct Change {
    std::string from;
    std::string to;
    FileId id = directory;

    void applyTo(Names& names) const {
      if (!from.empty()) names.erase(from);
      if (!to.empty()) names.insert_or_assign(to, id);
    }
    [[nodiscard]] bool isIn(const std::string& parent) const {
      return parentOf(to.empty() ? from : to) == parent;
    }
  };

  static std::string parentOf(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
  }

  [[nodiscard]] std::string within(std::string_view path) const {
    std::string_view rest = path;
    if (!rest.starts_with(root_)) throw std::logic_error("not on this disk: " + std::string(path));
    rest.remove_prefix(root_.size());
    while (rest.starts_with('/')) rest.remove_prefix(1);
    while (rest.ends_with('/')) rest.remove_suffix(1);
    return std::string(rest);
  }
  FileId newFile() {
    files_.emplace_back();
    return files_.size() - 1;
  }
  /// Null when it has been removed: nobody will find what is still written to it.
  File* file(const std::string& path) {
    const auto found = names_.find(path);
    return found == names_.end() ? nullptr : &files_.at(found->second);
  }
  void name(Change change) {
    change.applyTo(names_);
    pending_.push_back(std::move(change));
  }
  void syncNames(const std::string& parent) {
    std::erase_if(pending_, [&](const Change& change) {
      if (!change.isIn(parent)) return false;
      change.applyTo(durable_);
      return true;
    });
  }
  [[nodiscard]] bool reachable(const std::string& path) const {
    const std::string parent = parentOf(path);
    return parent.empty() || (durable_.contains(parent) && reachable(parent));
  }

  std::string root_;
  std::vector<File> files_;
  Names names_;
  Names durable_;
  std::vector<Change> pending_;
};

}  // namespace consulta::testing
