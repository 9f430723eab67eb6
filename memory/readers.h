#pragma once
// Connections for reading a life, lent to any thread for a moment: beside the writer, and beside each other.

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "memory/life.h"

namespace noema::memory {

/// A bounded set of lives open for reading. Thread-safe. Each connection is opened read-only when it is first needed
/// and kept for the next reader.
class Readers {
 public:
  /// A life for one thread, until it goes. Movable; must not outlive its Readers.
  class Reader {
   public:
    Reader(Reader&&) noexcept = default;
    Reader& operator=(Reader&&) = delete;
    ~Reader();
    const Life& operator*() const { return *life_; }
    const Life* operator->() const { return life_.get(); }

   private:
    friend class Readers;
    Reader(Readers& readers, std::unique_ptr<Life> life) : readers_(&readers), life_(std::move(life)) {}
    Readers* readers_;
    std::unique_ptr<Life> life_;
  };

  /// Opens nothing yet. At most `most` connections are open at once (at least 1).
  explicit Readers(std::filesystem::path path, std::size_t most = 16, const OpenOptions& options = {});
  /// All readers must be back.
  ~Readers();
  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;

  /// A connection that sees what is committed now; waits while all are lent. Throws base::Error if the life cannot be
  /// opened.
  Reader take();

 private:
  void give_back(std::unique_ptr<Life> life);

  std::filesystem::path path_;
  std::size_t most_;
  OpenOptions options_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Life>> idle_;  ///< guarded by the mutex, as is the next
  std::size_t lent_ = 0;
};

}  // namespace noema::memory
