#include "memory/feed.h"

#include "base/error.h"

namespace noema::memory {
namespace {

class FeedsOfLife final : public Feeds {
 public:
  explicit FeedsOfLife(const FeedTable& table) : table_(table) {}
  std::optional<std::int64_t> next_length(std::string_view format, std::string_view group,
                                          std::int64_t least) const override {
    return table_.next_length(format, group, least);
  }
  std::vector<FeedRow> find(std::string_view format, std::string_view group,
                            std::string_view content_hash) const override {
    return table_.find(format, group, content_hash);
  }
  std::int64_t record(const FeedRow& row) override { return table_.record(row); }

 private:
  FeedTable table_;
};

}  // namespace

std::unique_ptr<Feeds> feeds_of(Life& life) { return std::make_unique<FeedsOfLife>(life.feeds()); }

FeedCursor::FeedCursor(Life& life, const std::filesystem::path& path, const FeedOptions& options)
    : FeedCursor(feeds_of(life), path, options) {}

FeedCursor::FeedCursor(std::unique_ptr<Feeds> feeds, const std::filesystem::path& path, const FeedOptions& options)
    : feeds_(std::move(feeds)), reader_(path, options.inputs) {
  row_.source = path.string();
  row_.format = options.inputs.format;
  row_.group = options.inputs.group;
  if (!options.again && reader_.rereadable()) resume();
}

/// Reads on as long as some feed may still be recognised; the longest one that is decides where to go on.
void FeedCursor::resume() {
  std::optional<FeedRow> found;
  auto length = feeds_->next_length(row_.format, row_.group, 0);
  while (length && reader_.skip()) {
    const InputPosition& at = reader_.position();
    if (at.lines < *length) continue;
    for (const FeedRow& candidate : feeds_->find(row_.format, row_.group, at.hash.value())) {
      // Within a line the reader is there, or behind the line if the format needs it whole.
      const bool here = (candidate.acknowledged == at.lines && candidate.pieces == at.pieces) ||
                        (candidate.pieces > 0 && candidate.acknowledged + 1 == at.lines && at.pieces == 0);
      if (here) found = candidate;
    }
    if (at.lines > *length) length = feeds_->next_length(row_.format, row_.group, at.lines);
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
  row_.id = feeds_->record(row_);
}

}  // namespace noema::memory
