#pragma once
// The episodes of a life, by id and by what they hold.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "memory/rows.h"

namespace noema::memory {

struct LifeImpl;

/// Reads the episodes of one open life, which must outlive it.
class EpisodeLog {
 public:
  explicit EpisodeLog(const LifeImpl& life) : life_(&life) {}

  std::optional<EpisodeRow> find(EpisodeId id) const;
  std::optional<EpisodeRow> find(std::string_view group, std::string_view outer_id) const;
  /// The whole input that an episode is a piece of: the row of its first piece, with the text and the attachments of
  /// all. Most inputs have one piece, so this is that episode.
  std::optional<EpisodeRow> input(EpisodeId id) const;
  /// Visits the headings of the episodes with id > after, ascending, streaming. O(bytes of these rows).
  void for_each_heading(EpisodeId after, const std::function<void(const EpisodeHeading&)>& visit) const;
  /// Inputs (by their first episodes) that hold any of the terms, best BM25 first, at most k; `group`: only this one. A
  /// term is matched as a whole (several words: as a phrase); nothing in it can be a syntax error. Terms must be folded
  /// like those of Life::append().
  std::vector<LexicalHit> search(const std::vector<std::string>& terms, std::size_t k,
                                 const std::optional<std::string>& group = std::nullopt) const;
  /// The rule by which the units of the row at this log position are told apart: rows keep the one that they were taken
  /// in by. O(1).
  base::IdentityRule rule_at(Position position) const;

 private:
  const LifeImpl* life_;
};

}  // namespace noema::memory
