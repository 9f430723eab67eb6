#include "concepts/sequence_counts.h"

#include <boost/sort/spreadsort/integer_sort.hpp>
#include <vector>

namespace noema::concepts {
namespace {

/// Pairs that are entered together.
class Pairs {
 public:
  explicit Pairs(Statistics& statistics) : statistics_(statistics) {}

  void add(ConceptId from, ConceptId to) {
    pairs_.push_back(std::uint64_t{from} << 32 | to);
    if (pairs_.size() == kMostAtOnce) enter();
  }
  void enter() {
    boost::sort::spreadsort::integer_sort(pairs_.begin(), pairs_.end());
    for (auto pair = pairs_.begin(); pair != pairs_.end();) {
      auto end = pair;
      while (end != pairs_.end() && *end == *pair) ++end;
      statistics_.add(static_cast<ConceptId>(*pair >> 32), static_cast<ConceptId>(*pair), end - pair);
      pair = end;
    }
    pairs_.clear();
  }

 private:
  static constexpr std::size_t kMostAtOnce = std::size_t{1} << 23;  // 8 bytes each

  Statistics& statistics_;
  std::vector<std::uint64_t> pairs_;
};

}  // namespace

void SequenceCounts::wait_for(const Ground& ground, std::uint32_t episode) {
  const bool follows = nodes_ == &ground.nodes && stream_ == &ground.stream && episode == end_;
  if (!follows) read();
  if (!some_wait_.load(std::memory_order_relaxed)) first_ = episode;
  nodes_ = &ground.nodes;
  stream_ = &ground.stream;
  end_ = episode + 1;
  some_wait_.store(true, std::memory_order_relaxed);
}

void SequenceCounts::count_waiting() const {
  const std::lock_guard alone(counting_);
  if (!some_wait_.load(std::memory_order_relaxed)) return;  // another reader was first
  {
    Pairs pairs(both_.units);
    for (std::uint32_t episode = first_; episode < end_; ++episode)
      for_each_unit_pair(stream_->leaves(episode), [&](ConceptId from, ConceptId to) { pairs.add(from, to); });
    pairs.enter();
  }
  Pairs pairs(both_.concepts);
  for (std::uint32_t episode = first_; episode < end_; ++episode)
    for_each_concept_pair(*nodes_, mentions_of(*stream_, episode),
                          [&](ConceptId from, ConceptId to) { pairs.add(from, to); });
  pairs.enter();
  some_wait_.store(false, std::memory_order_release);
}

}  // namespace noema::concepts
