#pragma once
// The stream: what the life has perceived, as concepts. Every count of the graph is a function of the stream, the
// composites and the redirects, which is what lets a thought be checked, replayed and undone.

#include <cstdint>
#include <span>
#include <vector>

#include "concepts/counts.h"

namespace noema::concepts {

using Position = std::uint32_t;  ///< index of a unit in the stream

/// Marks a position that lies inside a mention that began before it.
inline constexpr ConceptId kInside = 0xFFFFFFFF;

/// The units of all episodes one after another (`leaf`), and over them the mentions: `owner(p)` is the node of the
/// mention that begins at p, or kInside. 8 bytes a unit.
class Stream {
 public:
  /// Appends one episode of single-unit mentions; returns its index. Empty episodes count too.
  std::uint32_t append(std::span<const ConceptId> leaves);

  ConceptId leaf(Position p) const { return leaves_[p]; }
  ConceptId owner(Position p) const { return owners_[p]; }
  Position size() const { return static_cast<Position>(leaves_.size()); }
  std::uint32_t episodes() const { return static_cast<std::uint32_t>(begins_.size()); }

  Position begin(std::uint32_t episode) const { return begins_[episode]; }
  Position end(std::uint32_t episode) const { return episode + 1 < begins_.size() ? begins_[episode + 1] : size(); }
  /// True where an episode's first unit stands, and past the last one's end. O(1), unlike begin(episode_of(p)).
  bool begins_episode(Position p) const { return p >= firsts_.size() || firsts_[p]; }
  /// Index of the episode that holds position p. O(log episodes).
  std::uint32_t episode_of(Position p) const;

  std::span<const ConceptId> leaves(std::uint32_t episode) const {
    return {leaves_.data() + begin(episode), leaves_.data() + end(episode)};
  }

  /// Start of the mention after the one beginning at p; equals end(episode) for the last.
  Position next_mention(Position p, Position episode_end) const {
    do ++p;
    while (p < episode_end && owners_[p] == kInside);
    return p;
  }
  /// Start of the mention before the one beginning at p > begin(episode).
  Position previous_mention(Position p) const {
    do --p;
    while (owners_[p] == kInside);
    return p;
  }

  /// Makes the units [p, p + length) one mention of `node`.
  void cover(Position p, std::uint32_t length, ConceptId node);

  std::uint64_t bytes() const {
    return leaves_.capacity() * 4 + owners_.capacity() * 4 + begins_.capacity() * 4 + firsts_.capacity() / 8;
  }

 private:
  std::vector<ConceptId> leaves_;
  std::vector<ConceptId> owners_;
  std::vector<Position> begins_;
  std::vector<bool> firsts_;
};

}  // namespace noema::concepts
