#pragma once
// Where the sources that a life was fed with go on (memory/feed.h has the cursor that uses it).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "memory/rows.h"

namespace noema::memory {

struct LifeImpl;

/// Where a source that is fed again goes on.
struct FeedRow {
  std::int64_t id = 0;
  std::string content_hash;  ///< FeedHash over the acknowledged lines
  std::string source;
  std::string format;
  std::string group;
  std::int64_t acknowledged = 0;  ///< lines
  std::int64_t bytes = 0;         ///< of all that the hash is over
  std::int64_t pieces = 0;        ///< pieces or inputs of the next line that are stored too
  EpisodeId begins_at = 0;        ///< the episode that holds the first piece of the input that was stored last
};

/// The feeds of one open life, which must outlive it.
class FeedTable {
 public:
  explicit FeedTable(LifeImpl& life) : life_(&life) {}

  /// The fewest acknowledged lines, but not below `least`, of a feed of this format and group that stands on a
  /// resumable source; nothing if there is none. O(log feeds).
  std::optional<std::int64_t> next_length(std::string_view format, std::string_view group, std::int64_t least) const;
  /// Feeds of this format and group whose acknowledged lines have this hash, longest first. O(log feeds).
  std::vector<FeedRow> find(std::string_view format, std::string_view group, std::string_view content_hash) const;
  /// Adds (id 0) or updates a feed in the life's current batch; returns its id.
  std::int64_t record(const FeedRow& row);

 private:
  LifeImpl* life_;
};

}  // namespace noema::memory
