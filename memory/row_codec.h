#pragma once
// Rows to and from statements, and the checksums of rows.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "memory/checksum.h"
#include "memory/database.h"
#include "memory/life.h"
#include "memory/rows.h"

namespace noema::memory {

/// Column lists in the order that the readers below expect.
inline constexpr const char* kEpisodeColumns =
    "id, position, time, source, line, group_name, speaker, outer_id, label, answer, kind, part, begins_at, text, "
    "attachments, image";
inline constexpr const char* kThoughtColumns =
    "id, position, time, kind, operands, result_id, gain_bits, cost_seconds, candidates, evidence, reason, details, "
    "after_episode, undone_by";
inline constexpr const char* kFeedColumns =
    "id, content_hash, source, format, group_name, acknowledged, bytes, pieces, begins_at";

/// JSON array of integers.
std::string encode_ids(const std::vector<std::int64_t>& ids);
/// Throws base::Error for anything but a JSON array of integers.
std::vector<std::int64_t> decode_ids(std::string_view json);
/// JSON object {"id":count}, in the given order.
std::string encode_counts(const std::vector<std::pair<std::int64_t, std::int64_t>>& counts);
/// In order of id.
std::vector<std::pair<std::int64_t, std::int64_t>> decode_counts(std::string_view json);
std::string encode_forms(const std::vector<std::pair<std::string, std::int64_t>>& forms);
/// In order of surface.
std::vector<std::pair<std::string, std::int64_t>> decode_forms(std::string_view json);
/// Throws base::Error unless `json` is a JSON object.
void require_object(std::string_view json, std::string_view what);

/// 0 is stored as NULL.
std::optional<std::int64_t> or_null(std::int64_t id);

/// Readers of a row standing on the columns above. Throw base::Error if the row cannot be decoded.
EpisodeRow read_episode(const Statement& row);
ThoughtRow read_thought(const Statement& row);
FeedRow read_feed(const Statement& row);

void add_to(Checksum& checksum, const EpisodeRow& row);
/// All but undone_by, which the undo's own log entry repeats.
void add_to(Checksum& checksum, const ThoughtRow& row);
std::int64_t feed_checksum(const FeedRow& row);
std::int64_t pair_checksum(std::string_view key, std::string_view value);

/// The log's name of a kind, and back (throws base::Error for an unknown one).
const char* name_of(LogKind kind);
LogKind log_kind(std::string_view name);

}  // namespace noema::memory
