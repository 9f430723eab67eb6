#include "concepts/stream.h"

#include <algorithm>

#include "base/error.h"

namespace noema::concepts {
namespace {

constexpr std::size_t kShare = 8;  // columns keep at most 1 / kShare beyond what they need, at either end

/// Room for `more`, growing by a share instead of doubling: a stream is the largest thing there is.
template <typename Column>
void make_room(Column& column, std::size_t more) {
  const std::size_t wanted = column.size() + more;
  if (wanted > column.capacity()) column.reserve(std::max<std::size_t>(64, wanted + wanted / kShare));
}

template <typename Column>
void drop_front(Column& column, std::size_t count) {
  column.erase(column.begin(), column.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace

void Stream::reserve(std::size_t units) {
  leaves_.reserve(leaves_.size() + units);
  owners_.reserve(owners_.size() + units);
  firsts_.reserve(firsts_.size() + units);
}

std::uint32_t Stream::append(std::span<const ConceptId> leaves) {
  base::check(std::uint64_t{size()} + leaves.size() < kInside, "a stream holds at most 4 billion units");
  make_room(begins_, 1);
  make_room(leaves_, leaves.size());
  make_room(owners_, leaves.size());
  begins_.push_back(size());
  leaves_.insert(leaves_.end(), leaves.begin(), leaves.end());
  owners_.insert(owners_.end(), leaves.begin(), leaves.end());
  firsts_.resize(leaves_.size());
  if (!leaves.empty()) firsts_[begins_.back() - first_] = true;
  return episodes() - 1;
}

void Stream::drop_until(std::uint32_t episode) {
  base::check(episode >= first_episode_ && episode <= episodes(), "only attached episodes are let go of");
  first_episode_ = episode;
  const std::size_t units = first_position() - first_, gone = first_episode_ - first_held_;
  if (units >= leaves_.size() / kShare + 64 || gone >= begins_.size() / kShare + 64) compact();
}

/// Gives back what was let go of.
void Stream::compact() {
  const std::size_t units = first_position() - first_, gone = first_episode_ - first_held_;
  drop_front(leaves_, units);
  drop_front(owners_, units);
  drop_front(firsts_, units);
  drop_front(begins_, gone);
  first_ += static_cast<Position>(units);
  first_held_ = first_episode_;
  if (leaves_.size() < leaves_.capacity() / 2) {
    leaves_.shrink_to_fit();
    owners_.shrink_to_fit();
    firsts_.shrink_to_fit();
    begins_.shrink_to_fit();
  }
}

void Stream::prepend(const std::vector<std::vector<ConceptId>>& episodes) {
  compact();
  std::vector<ConceptId> units;
  std::vector<Position> begins;
  std::vector<bool> firsts;
  for (const auto& episode : episodes) {
    begins.push_back(static_cast<Position>(units.size()));
    units.insert(units.end(), episode.begin(), episode.end());
    firsts.resize(units.size());
    if (!episode.empty()) firsts[begins.back()] = true;
  }
  base::check(episodes.size() <= first_episode_ && units.size() <= first_, "what is put before was there before");
  first_ -= static_cast<Position>(units.size());
  for (Position& begin : begins) begin += first_;
  leaves_.insert(leaves_.begin(), units.begin(), units.end());
  owners_.insert(owners_.begin(), units.begin(), units.end());
  firsts_.insert(firsts_.begin(), firsts.begin(), firsts.end());
  begins_.insert(begins_.begin(), begins.begin(), begins.end());
  first_episode_ -= static_cast<std::uint32_t>(episodes.size());
  first_held_ = first_episode_;
}

void Stream::start_at(std::uint32_t episode, Position position) {
  base::check(leaves_.empty() && begins_.empty(), "only an empty stream is given a start");
  first_ = position;
  first_held_ = first_episode_ = episode;
}

std::uint32_t Stream::episode_of(Position p) const {
  // Empty episodes share their begin with the next one: the last episode that begins at or before p holds it.
  const auto after = std::upper_bound(begins_.begin(), begins_.end(), p);
  return first_held_ + static_cast<std::uint32_t>(after - begins_.begin()) - 1;
}

std::uint32_t Stream::episode_of(Position p, std::uint32_t before) const {
  std::ptrdiff_t high = before - first_held_, step = 1;  // all that begin from here on begin after p
  std::ptrdiff_t low = high - step;
  while (low > 0 && begins_[static_cast<std::size_t>(low)] > p) {
    high = low;
    step *= 2;
    low -= step;
  }
  const auto after = std::upper_bound(begins_.begin() + std::max<std::ptrdiff_t>(low, 0), begins_.begin() + high, p);
  return first_held_ + static_cast<std::uint32_t>(after - begins_.begin()) - 1;
}

void Stream::cover(Position p, std::uint32_t length, ConceptId node) {
  owners_[p - first_] = node;
  for (std::uint32_t i = 1; i < length; ++i) owners_[p + i - first_] = kInside;
}

std::uint64_t Stream::bytes() const {
  const std::uint64_t units = attached_units(), episodes = attached_episodes();
  const std::uint64_t needed = units * 2 * sizeof(ConceptId) + units / 8 + episodes * sizeof(Position);
  return needed + needed / kShare;
}

}  // namespace noema::concepts
