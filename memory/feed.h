#pragma once
// Feeding a file again goes on after what the life has of it: a file is recognised by the hash of its acknowledged
// lines.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/files.h"
#include "memory/life.h"

namespace noema::memory {

/// Chained SHA-256 over lines: value() after n lines names these n lines.
class FeedHash {
 public:
  void add(std::string_view line);
  const std::string& value() const { return value_; }

 private:
  std::string value_;
};

struct FeedOptions {
  std::string format = "text";  ///< part of a feed's identity
  std::string group = {};       ///< part of a feed's identity
  bool again = false;           ///< feed it anew, whatever the life has of it
};

/// Reads a source line by line, beginning after the lines that the life has of it. Standard input ("-") never resumes.
///
///     FeedCursor cursor(life, path, {.format = "text"});
///     while (auto line = cursor.next()) { life.append(...); if (batch is full) { cursor.acknowledge(); life.commit();
///     } } cursor.acknowledge(); life.commit();
class FeedCursor {
 public:
  /// Reads over the acknowledged lines. Throws Error if the source cannot be opened or is no text.
  FeedCursor(Life& life, const std::filesystem::path& path, const FeedOptions& options);

  /// The next line that the life does not have yet.
  std::optional<std::string> next();
  /// Number of the line that next() gave last, from 1; before the first next() the number of lines the life had.
  std::int64_t line_number() const { return row_.acknowledged; }
  /// Lines that the life had when the cursor was made.
  std::int64_t resumed_after() const { return resumed_after_; }
  /// Records in the life's current batch that all lines given so far are fed; durable with the next commit().
  void acknowledge();

 private:
  void resume(const std::filesystem::path& path);

  Life* life_;
  base::LineReader reader_;
  FeedHash hash_;
  FeedRow row_;
  std::int64_t resumed_after_ = 0;
  std::int64_t recorded_ = 0;
};

}  // namespace noema::memory
