// Registers full of lives, made through the same decide and append as any entry.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/runtime/register.h"
#include "events/catalogue.h"
#include "tests/bench/lives.h"

namespace consulta::bench {

/// The time that a register of lives is told: that of the newest piece, and later at each question.
/// Threads: any.
class StoryClock {
 public:
  explicit StoryClock(std::int64_t startNs);
  void reach(std::int64_t ns);
  [[nodiscard]] Clock clock() const;

 private:
  struct Hands;
  std::shared_ptr<Hands> hands_;
};

/// Listens to what is written to the head file, once for each batch: where batches end.
class BatchEnds {
 public:
  [[nodiscard]] FileGuard guard(const std::filesystem::path& head);
  [[nodiscard]] std::vector<Position> all() const;

 private:
  struct Heard;
  std::shared_ptr<Heard> heard_;
};

/// A register that is being filled.
class MadeRegister {
 public:
  /// Makes a register with the reference lists in `directory`, and lives for `entries` entries that
  /// end today, so that the program itself can go on with it. The catalogue must outlive it.
  MadeRegister(const Catalogue& catalogue, const std::filesystem::path& directory,
               std::uint64_t seed, std::uint64_t entries);
  ~MadeRegister();

  /// What is ready to be submitted, and when in the story it is.
  struct Piece {
    Submission submission;
    std::int64_t atNs = 0;
  };
  [[nodiscard]] Piece next();
  /// The story comes to the time of the piece, which is to be submitted now.
  [[nodiscard]] Submission reach(Piece piece);
  /// Submits pieces, many of them under way at a time, until the register holds `entries`. A piece
  /// that is refused is a bug of the lives: it is thrown.
  void fill(std::uint64_t entries, const std::function<void(std::uint64_t)>& progress);

  /// The last positions of all batches that were written.
  [[nodiscard]] std::vector<Position> ends() const { return ends_.all(); }
  [[nodiscard]] Register& reg() { return *register_; }
  [[nodiscard]] const Lives& lives() const { return lives_; }
  /// Lets the rows catch up and closes the register.
  void close() { register_.reset(); }

 private:
  void found();
  void enter(const std::vector<boost::json::object>& entries);

  const Catalogue& catalogue_;
  StoryClock clock_;
  BatchEnds ends_;
  Lives lives_;
  std::vector<ActorId> clerks_;
  std::unique_ptr<Register> register_;
};

/// For opening one again, in our own time.
[[nodiscard]] RegisterOptions optionsOf(const std::filesystem::path& directory);

/// Makes the register unless the directory holds it from an earlier run with the same seed and
/// number; says the rate that was reached on standard error.
std::filesystem::path madeRegister(const Catalogue& catalogue, const std::filesystem::path& base,
                                   std::uint64_t seed, std::uint64_t entries);

}  // namespace consulta::bench
