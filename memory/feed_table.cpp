#include "memory/feed_table.h"

#include "memory/life_impl.h"
#include "memory/row_codec.h"

namespace noema::memory {
namespace {

constexpr const char* kResumable = " AND source <> '-' AND acknowledged + pieces > 0 ";

}  // namespace

std::optional<std::int64_t> FeedTable::next_length(std::string_view format, std::string_view group,
                                                   std::int64_t least) const {
  static const std::string kSql = std::string(
                                      "SELECT acknowledged FROM feeds WHERE format = ? AND group_name = ? AND "
                                      "acknowledged >= ?") +
                                  kResumable + "ORDER BY acknowledged LIMIT 1";
  auto query = life_->database->use(kSql);
  if (!query->bind_all(format, group, least).step()) return std::nullopt;
  return query->integer(0);
}

std::vector<FeedRow> FeedTable::find(std::string_view format, std::string_view group,
                                     std::string_view content_hash) const {
  static const std::string kSql = std::string("SELECT ") + kFeedColumns +
                                  " FROM feeds WHERE content_hash = ? AND format = ? AND group_name = ?" + kResumable +
                                  "ORDER BY acknowledged DESC, id";
  std::vector<FeedRow> rows;
  auto query = life_->database->use(kSql);
  query->bind_all(content_hash, format, group);
  while (query->step()) rows.push_back(read_feed(*query));
  return rows;
}

std::int64_t FeedTable::record(const FeedRow& given) {
  LifeImpl& life = *life_;
  FeedRow row = given;
  return life.in_batch([&] {
    if (row.id == 0) {
      row.id = life.database->integer("SELECT coalesce(max(id), 0) + 1 FROM feeds");
    } else {
      auto old = life.database->use("SELECT checksum FROM feeds WHERE id = ?");
      if (old->bind_all(row.id).step()) life.now.feeds_digest -= static_cast<std::uint64_t>(old->integer(0));
    }
    const std::int64_t checksum = feed_checksum(row);
    auto insert = life.database->use(
        "INSERT OR REPLACE INTO feeds(id, content_hash, source, format, group_name, acknowledged, bytes, pieces, "
        "begins_at, checksum) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert->bind_all(row.id, row.content_hash, row.source, row.format, row.group, row.acknowledged, row.bytes,
                     row.pieces, or_null(row.begins_at), checksum);
    insert->run();
    life.now.feeds_digest += static_cast<std::uint64_t>(checksum);
    return row.id;
  });
}

}  // namespace noema::memory
