#include "memory/feed.h"

#include <algorithm>

#include "base/error.h"
#include "base/hash.h"

namespace noema::memory {

void FeedHash::add(std::string_view line) {
  base::Sha256 hash;
  hash.text(value_);
  hash.text(line);
  value_ = hash.hex();
}

FeedCursor::FeedCursor(Life& life, const std::filesystem::path& path, const FeedOptions& options)
    : life_(&life), reader_(path) {
  row_.source = path.string();
  row_.format = options.format;
  row_.group = options.group;
  if (!options.again && path != "-") resume(path);
}

// Reads on as long as some feed may still be recognised; the longest one that is decides where to go on.
void FeedCursor::resume(const std::filesystem::path& path) {
  std::vector<FeedRow> candidates = life_->feeds(row_.format, row_.group);
  std::reverse(candidates.begin(), candidates.end());
  std::optional<FeedRow> found;
  FeedHash found_hash;
  std::int64_t line_number = 0;
  auto candidate = candidates.begin();
  while (candidate != candidates.end()) {
    const auto line = reader_.next();
    if (!line) break;
    hash_.add(*line);
    ++line_number;
    for (; candidate != candidates.end() && candidate->acknowledged == line_number; ++candidate) {
      if (candidate->content_hash != hash_.value()) continue;
      found = *candidate;
      found_hash = hash_;
    }
  }
  reader_ = base::LineReader(path);
  hash_ = found_hash;
  if (!found) return;
  for (std::int64_t line = 0; line < found->acknowledged; ++line) reader_.next();
  const std::string source = row_.source;
  row_ = *found;
  row_.source = source;
  resumed_after_ = row_.acknowledged;
  recorded_ = row_.acknowledged;
}

std::optional<std::string> FeedCursor::next() {
  auto line = reader_.next();
  if (!line) return line;
  hash_.add(*line);
  ++row_.acknowledged;
  row_.bytes += static_cast<std::int64_t>(line->size()) + 1;
  return line;
}

void FeedCursor::acknowledge() {
  if (row_.acknowledged == recorded_) return;
  row_.content_hash = hash_.value();
  row_.id = life_->record_feed(row_);
  recorded_ = row_.acknowledged;
}

}  // namespace noema::memory
