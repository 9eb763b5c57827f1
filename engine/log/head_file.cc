#include "engine/log/head_file.h"

#include <fcntl.h>
#include <openssl/evp.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "engine/log/head_slot.h"

namespace consulta {
namespace {

constexpr std::size_t no_slot = head_slots;

/// Between two syncs of the head file. Syncing without a pause takes a fifth of the log's rate,
/// because the disk serves one sync after the other; where a sync takes long, so would syncing with
/// this one alone.
constexpr std::chrono::milliseconds pause_between_syncs(20);
/// So many times as long as the last sync took is paused at least, up to the second bound: of the
/// disk's time the head file takes a small part, be the disk fast or slow.
constexpr int pause_in_syncs = 20;
constexpr std::chrono::milliseconds pause_between_syncs_max(500);

std::uint64_t offsetOf(std::size_t slot) {
  return slot * head_slot_stride_bytes;
}

std::chrono::steady_clock::duration pauseAfter(std::chrono::steady_clock::duration syncTook) {
  using Duration = std::chrono::steady_clock::duration;
  return std::clamp<Duration>(pause_in_syncs * syncTook, pause_between_syncs,
                              pause_between_syncs_max);
}

}  // namespace

RecordHash recordHash(std::string_view bytes) {
  // To look an algorithm up by its name takes longer than to hash a record, so it is kept.
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> sha256(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
  RecordHash hash{};
  unsigned length = 0;
  if (!sha256 ||
      EVP_Digest(bytes.data(), bytes.size(), hash.data(), &length, sha256.get(), nullptr) != 1 ||
      length != hash.size()) {
    throw std::runtime_error("OpenSSL does not compute SHA-256");
  }
  return hash;
}

struct HeadFile::State {
  std::filesystem::path path;
  FileHandle file;
  HeadSlot newest;

  // What follows is shared with the thread that syncs, under the mutex.
  std::mutex mutex;
  std::condition_variable changed;
  std::condition_variable hurried;  // ends the pause; a head that comes meanwhile does not
  std::size_t durable = no_slot;
  std::size_t syncing = no_slot;
  std::size_t written = no_slot;  // holds the newest head and waits for the next sync
  bool closing = false;
  bool hurry = false;  // somebody waits for the sync: no pause
  std::atomic<bool> failed = false;
  std::thread syncer;  // started with the first write: who only reads needs none

  /// Takes the newest head of the file and returns its slot; no_slot when there is none.
  std::size_t findNewest();
  std::size_t slotToWrite() const;
  void syncInTurn();
};

std::size_t HeadFile::State::slotToWrite() const {
  if (written != no_slot) return written;
  std::size_t slot = 0;
  while (slot == durable || slot == syncing) ++slot;
  assert(slot < head_slots);
  return slot;
}

void HeadFile::State::syncInTurn() {
  std::unique_lock lock(mutex);
  while (true) {
    changed.wait(lock, [this] { return closing || written != no_slot; });
    if (written == no_slot || failed) return;
    syncing = std::exchange(written, no_slot);
    lock.unlock();
    const auto began = std::chrono::steady_clock::now();
    const bool synced = file.sync();
    const auto pause = pauseAfter(std::chrono::steady_clock::now() - began);
    lock.lock();
    if (synced) durable = syncing;
    if (!synced) failed = true;
    syncing = no_slot;
    changed.notify_all();
    hurried.wait_for(lock, pause, [this] { return closing || hurry; });
  }
}

Status HeadFile::create(const std::filesystem::path& path, const Head& head,
                        const FileGuard& guard) {
  std::string bytes = writeHeadSlot({1, head});
  // All blocks are written once, so that later writes change nothing but content.
  bytes.resize(head_slots * head_slot_stride_bytes);
  return replaceFile(path, bytes, guard);
}

namespace {

Failure missingHead(const std::filesystem::path& path) {
  return damaged("head.missing",
                 msg("The file {path}, which says how far the register was written, is missing. "
                     "Restore the register from a backup.",
                     arg("path", path.string())));
}

Failure damagedHead(const std::filesystem::path& path) {
  return damaged("head.damaged",
                 msg("The file {path}, which says how far the register was written, is damaged. "
                     "Restore the register from a backup.",
                     arg("path", path.string())));
}

}  // namespace

std::size_t HeadFile::State::findNewest() {
  std::size_t found = no_slot;
  for (std::size_t slot = 0; slot < head_slots; ++slot) {
    const auto read = readHeadSlot(file.readAt(head_slot_bytes, offsetOf(slot)));
    if (!read || read->number <= newest.number) continue;
    newest = *read;
    found = slot;
  }
  return found;
}

Result<std::unique_ptr<HeadFile>> HeadFile::open(const std::filesystem::path& path,
                                                 const FileGuard& guard) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->file = FileHandle::open(path, O_RDWR, guard);
  if (!state->file.isOpen()) {
    return errno == ENOENT ? missingHead(path) : fileFailure(path, errno);
  }
  state->durable = state->findNewest();
  if (state->durable == no_slot) return damagedHead(path);
  // A crash of the process may have left the newest head to the operating system's care only.
  if (!state->file.sync()) return fileFailure(path, errno);
  return std::unique_ptr<HeadFile>(new HeadFile(std::move(state)));
}

Result<Head> HeadFile::read(const std::filesystem::path& path) {
  State state;
  state.file = FileHandle::open(path, O_RDONLY);
  if (!state.file.isOpen()) return errno == ENOENT ? missingHead(path) : fileFailure(path, errno);
  if (state.findNewest() == no_slot) return damagedHead(path);
  return state.newest.head;
}

HeadFile::HeadFile(std::unique_ptr<State> state) : state_(std::move(state)) {}

HeadFile::~HeadFile() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->closing = true;
  }
  state_->changed.notify_all();
  state_->hurried.notify_all();
  if (state_->syncer.joinable()) state_->syncer.join();
}

const Head& HeadFile::head() const {
  return state_->newest.head;
}

Status HeadFile::write(Position position, const RecordHash& hash) {
  assert(position > head().position);
  HeadSlot next = state_->newest;
  ++next.number;
  next.head.position = position;
  next.head.hash = hash;
  const std::string bytes = writeHeadSlot(next);
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->failed) return fileFailure(state_->path, EIO);
    const std::size_t slot = state_->slotToWrite();
    if (!state_->file.writeAt(bytes, offsetOf(slot))) {
      const int error = errno;
      state_->failed = true;
      return fileFailure(state_->path, error);
    }
    state_->written = slot;
  }
  state_->newest = next;
  state_->changed.notify_all();
  if (!state_->syncer.joinable()) state_->syncer = std::thread([this] { state_->syncInTurn(); });
  return Done{};
}

Status HeadFile::sync() {
  std::unique_lock lock(state_->mutex);
  state_->hurry = true;
  state_->hurried.notify_all();
  state_->changed.wait(lock, [this] {
    return state_->failed || (state_->written == no_slot && state_->syncing == no_slot);
  });
  state_->hurry = false;
  if (state_->failed) return fileFailure(state_->path, EIO);
  return Done{};
}

bool HeadFile::failed() const {
  return state_->failed;
}

}  // namespace consulta
