#pragma once
// One writer a life. SQLite's own locks last a transaction; this one lasts as long as a life is open for writing.

#include <filesystem>

#include "base/error.h"

namespace noema::memory {

/// Another process has the life open for writing.
class HasWriter : public base::Error {
 public:
  using Error::Error;
};

/// Holds LIFE-lock beside the life while it lives (flock, so that a killed process leaves no lock behind).
class WriterLock {
 public:
  /// Throws HasWriter naming the process that has the life open, or Error if the folder cannot be written.
  explicit WriterLock(const std::filesystem::path& life);
  ~WriterLock();
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

}  // namespace noema::memory
