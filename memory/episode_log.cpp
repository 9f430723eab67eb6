#include "memory/episode_log.h"

#include "memory/life_impl.h"
#include "memory/row_codec.h"
#include "memory/varint.h"

namespace noema::memory {

std::optional<EpisodeRow> EpisodeLog::find(EpisodeId id) const {
  static const std::string kSql = std::string("SELECT ") + kEpisodeColumns + " FROM episodes WHERE id = ?";
  auto query = life_->database->use(kSql);
  if (!query->bind_all(id).step()) return std::nullopt;
  return read_episode(*query);
}

std::optional<EpisodeRow> EpisodeLog::find(std::string_view group, std::string_view outer_id) const {
  static const std::string kSql =
      std::string("SELECT ") + kEpisodeColumns + " FROM episodes WHERE group_name = ? AND outer_id = ?";
  auto query = life_->database->use(kSql);
  if (!query->bind_all(group, outer_id).step()) return std::nullopt;
  return read_episode(*query);
}

std::optional<EpisodeRow> EpisodeLog::input(EpisodeId id) const {
  auto row = find(id);
  if (row && row->begins_at != 0) row = find(row->begins_at);
  if (!row) return row;
  auto query = life_->database->use("SELECT text, attachments FROM episodes WHERE begins_at = ? ORDER BY part");
  query->bind_all(row->id);
  while (query->step()) {
    row->text += query->text(0);
    const std::vector<ConceptId> more = decode_varints(query->blob(1));
    row->attachments.insert(row->attachments.end(), more.begin(), more.end());
  }
  return row;
}

void EpisodeLog::for_each_heading(EpisodeId after, const std::function<void(const EpisodeHeading&)>& visit) const {
  auto query = life_->database->use(
      "SELECT id, time, group_name, speaker, kind, begins_at FROM episodes WHERE id > ? ORDER BY id");
  query->bind_all(after);
  while (query->step()) {
    EpisodeHeading heading{query->integer(0), query->real(1), query->text(2), {}, query->text(4), query->integer(5)};
    if (!query->is_null(3)) heading.speaker = query->text(3);
    visit(heading);
  }
}

base::IdentityRule EpisodeLog::rule_at(Position position) const {
  return position <= life_->case_folded_until ? base::IdentityRule::kCaseFolded : base::kPresentRule;
}

}  // namespace noema::memory
