#include "memory/feed.h"

#include <algorithm>

#include "base/error.h"

namespace noema::memory {

FeedCursor::FeedCursor(Life& life, const std::filesystem::path& path, const FeedOptions& options)
    : life_(&life), reader_(path, options.inputs) {
  row_.source = path.string();
  row_.format = options.inputs.format;
  row_.group = options.inputs.group;
  if (!options.again && reader_.rereadable()) resume();
}

/// Reads on as long as some feed may still be recognised; the longest one that is decides where to go on.
void FeedCursor::resume() {
  const std::vector<FeedRow> candidates = life_->feeds(row_.format, row_.group);
  if (candidates.empty()) return;
  const std::int64_t longest = candidates.front().acknowledged;
  std::optional<FeedRow> found;
  while (reader_.position().lines <= longest && reader_.skip()) {
    const InputPosition& at = reader_.position();
    for (const FeedRow& candidate : candidates) {
      const bool in_line = candidate.pieces > 0;
      const bool here = in_line ? candidate.acknowledged + (at.pieces == 0) == at.lines
                                : candidate.acknowledged == at.lines && at.pieces == 0;
      if (here && candidate.content_hash == at.hash.value()) found = candidate;
    }
  }
  reader_.restart();
  if (!found) return;
  while (reader_.position().lines < found->acknowledged && reader_.skip()) {
  }
  for (std::int64_t piece = 0; piece < found->pieces; ++piece) reader_.next();
  const std::string source = row_.source;
  row_ = *found;
  row_.source = source;
  resumed_after_ = row_.acknowledged;
}

std::optional<Input> FeedCursor::next() {
  auto input = reader_.next();
  if (!input) return input;
  given_part_ = input->part;
  if (input->part > 0) input->begins_at = row_.begins_at;
  return input;
}

void FeedCursor::stored(EpisodeId episode) {
  if (given_part_ == 0) row_.begins_at = episode;
}

void FeedCursor::acknowledge() {
  const InputPosition& at = reader_.position();
  const bool nothing_new = row_.acknowledged == at.lines && row_.pieces == at.pieces;
  if (nothing_new || !reader_.rereadable()) return;
  row_.acknowledged = at.lines;
  row_.pieces = at.pieces;
  row_.bytes = at.bytes;
  row_.content_hash = at.hash.value();
  row_.id = life_->record_feed(row_);
}

}  // namespace noema::memory
