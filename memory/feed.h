#pragma once
// Feeding a file again goes on after what the life has of it: a file is recognised by the hash of its acknowledged
// lines.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "memory/inputs/reader.h"
#include "memory/life.h"

namespace noema::memory {

struct FeedOptions {
  InputOptions inputs = {};  ///< format and group are part of a feed's identity
  bool again = false;        ///< feed it anew, whatever the life has of it
};

/// The feeds of a life, wherever it is (memory/feed_table.h says what each does).
class Feeds {
 public:
  virtual ~Feeds() = default;
  virtual std::optional<std::int64_t> next_length(std::string_view format, std::string_view group,
                                                  std::int64_t least) const = 0;
  virtual std::vector<FeedRow> find(std::string_view format, std::string_view group,
                                    std::string_view content_hash) const = 0;
  virtual std::int64_t record(const FeedRow& row) = 0;
};
/// Those of an open life, which must outlive them.
std::unique_ptr<Feeds> feeds_of(Life& life);

/// Reads the inputs of a source, beginning after those that the life has of it. Only regular files are recognised:
/// standard input, pipes and FIFOs are read once and fed as they come.
///
///     FeedCursor cursor(life, path, {});
///     while (auto input = cursor.next()) {
///       life.append(...);
///       cursor.stored(id);
///       if (the batch is full) { cursor.acknowledge(); life.commit(); }
///     }
///     cursor.acknowledge(); life.commit();
class FeedCursor {
 public:
  /// Reads over the acknowledged lines. Throws Error if the source cannot be opened or is no text.
  FeedCursor(Life& life, const std::filesystem::path& path, const FeedOptions& options);
  /// The same with feeds that are kept elsewhere.
  FeedCursor(std::unique_ptr<Feeds> feeds, const std::filesystem::path& path, const FeedOptions& options);

  /// The next input, or the next piece of one, that the life does not have yet.
  std::optional<Input> next();
  /// Tells the episode that the last input was stored as, so that the pieces after it name the first.
  void stored(EpisodeId episode);
  /// Lines that were given whole, those that the life had included.
  std::int64_t lines() const { return reader_.position().lines; }
  /// Lines that the life had when the cursor was made.
  std::int64_t resumed_after() const { return resumed_after_; }
  /// Records in the life's current batch that all inputs given so far are fed; durable with the next commit().
  void acknowledge();

  const InputReader& reader() const { return reader_; }
  /// The life is held by another object from now on.
  void move_to(Life& life) { feeds_ = feeds_of(life); }

 private:
  void resume();

  std::unique_ptr<Feeds> feeds_;
  InputReader reader_;
  FeedRow row_;
  std::int64_t resumed_after_ = 0;
  std::int64_t given_part_ = 0;  ///< of the last input
};

}  // namespace noema::memory
