#pragma once
// The stream: the units that the life has perceived, and the mentions over them. Every count of the graph is a function
// of the stream and the nodes, so a thought can be checked, replayed and undone.

#include <cstdint>
#include <span>
#include <vector>

#include "concepts/counts.h"
#include "concepts/positions.h"

namespace noema::concepts {

/// The units of all episodes one after another (`leaf`), and over them the mentions: `owner(p)` is the node of the
/// mention that begins at p, or kInside. The oldest episodes may be let go of; positions and episode numbers keep their
/// meaning, and only what is attached (from first_episode() on) may be asked for. 8 bytes a unit.
class Stream {
 public:
  /// Appends one episode of single-unit mentions; returns its index. Empty episodes count too.
  std::uint32_t append(std::span<const ConceptId> leaves);
  /// Lets go of the episodes before `episode`. Amortised O(units).
  void drop_until(std::uint32_t episode);
  /// The inverse of letting go: puts episodes of single-unit mentions, oldest first, before the first attached one.
  /// O(attached units).
  void prepend(const std::vector<std::vector<ConceptId>>& episodes);
  /// Makes room for so many units to come, which are then appended without moving what is there.
  void reserve(std::size_t units);
  /// Makes an empty stream go on at this episode and position, as if the episodes before had been let go of.
  void start_at(std::uint32_t episode, Position position);

  ConceptId leaf(Position p) const { return leaves_[p - first_]; }
  ConceptId owner(Position p) const { return owners_[p - first_]; }
  /// The position after the last unit, and the number after the last episode. Both count what was let go of.
  Position size() const { return first_ + static_cast<Position>(leaves_.size()); }
  std::uint32_t episodes() const { return first_held_ + static_cast<std::uint32_t>(begins_.size()); }
  /// The oldest episode that is attached, and where it begins; episodes() and size() if there is none.
  std::uint32_t first_episode() const { return first_episode_; }
  Position first_position() const { return begin(first_episode_); }
  std::uint32_t attached_episodes() const { return episodes() - first_episode_; }
  Position attached_units() const { return size() - first_position(); }

  Position begin(std::uint32_t episode) const { return episode < episodes() ? begins_[episode - first_held_] : size(); }
  Position end(std::uint32_t episode) const { return begin(episode + 1); }
  /// True where an episode's first unit stands, and past the last one's end. O(1), unlike begin(episode_of(p)).
  bool begins_episode(Position p) const { return p - first_ >= firsts_.size() || firsts_[p - first_]; }
  /// Index of the episode that holds position p. O(log episodes).
  std::uint32_t episode_of(Position p) const;
  /// The same for a position that lies before episode `before` begins. O(log of how many episodes lie between).
  std::uint32_t episode_of(Position p, std::uint32_t before) const;

  std::span<const ConceptId> leaves(std::uint32_t episode) const {
    return {leaves_.data() + (begin(episode) - first_), leaves_.data() + (end(episode) - first_)};
  }

  /// Start of the mention after the one beginning at p; equals end(episode) for the last.
  Position next_mention(Position p, Position episode_end) const {
    do ++p;
    while (p < episode_end && owner(p) == kInside);
    return p;
  }
  /// Start of the mention before the one beginning at p > begin(episode).
  Position previous_mention(Position p) const {
    do --p;
    while (owner(p) == kInside);
    return p;
  }

  /// Makes the units [p, p + length) one mention of `node`.
  void cover(Position p, std::uint32_t length, ConceptId node);

  /// Bytes that the attached units and episodes need: a function of their numbers alone.
  std::uint64_t bytes() const;
  std::uint64_t held_bytes() const {
    return leaves_.capacity() * 4 + owners_.capacity() * 4 + begins_.capacity() * 4 + firsts_.capacity() / 8;
  }

 private:
  void compact();

  // The columns hold the units from position first_ on and the episodes from number first_held_ on. The episodes before
  // first_episode_ were let go of; compact() removes them when there are enough of them.
  std::vector<ConceptId> leaves_;
  std::vector<ConceptId> owners_;
  std::vector<Position> begins_;
  std::vector<bool> firsts_;
  Position first_ = 0;
  std::uint32_t first_held_ = 0;
  std::uint32_t first_episode_ = 0;
};

}  // namespace noema::concepts
