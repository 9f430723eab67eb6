#include "memory/feed.h"

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
  std::optional<FeedRow> found;
  auto length = life_->feeds().next_length(row_.format, row_.group, 0);
  while (length && reader_.skip()) {
    const InputPosition& at = reader_.position();
    if (at.lines < *length) continue;
    for (const FeedRow& candidate : life_->feeds().find(row_.format, row_.group, at.hash.value())) {
      // Within a line the reader is there, or behind the line if the format needs it whole.
      const bool here = (candidate.acknowledged == at.lines && candidate.pieces == at.pieces) ||
                        (candidate.pieces > 0 && candidate.acknowledged + 1 == at.lines && at.pieces == 0);
      if (here) found = candidate;
    }
    if (at.lines > *length) length = life_->feeds().next_length(row_.format, row_.group, at.lines);
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
  row_.id = life_->feeds().record(row_);
}

}  // namespace noema::memory
