#include "reasoning/openings.h"

#include <algorithm>

#include "base/text.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::GraphView;
using concepts::Stream;

namespace {

std::strong_ordering compare_texts(const Stream& stream, const Opening& a, const Opening& b) {
  const auto left = units_from(stream, a), right = units_from(stream, b);
  return std::lexicographical_compare_three_way(left.begin(), left.end(), right.begin(), right.end());
}

/// By text, then from the oldest telling to the newest.
bool comes_before(const Stream& stream, const Opening& a, const Opening& b) {
  const auto order = compare_texts(stream, a, b);
  return order != 0 ? order < 0 : a.episode < b.episode;
}

}  // namespace

bool is_mark(const GraphView& graph, ConceptId unit) {
  const concepts::Unit* known = graph.still_has(unit) ? graph.node(unit).as<concepts::Unit>() : nullptr;
  return known != nullptr && base::is_mark(known->label);
}

std::span<const ConceptId> units_from(const Stream& stream, const Opening& opening) {
  return stream.leaves(opening.episode).subspan(opening.begin - stream.begin(opening.episode));
}

std::optional<Opening> opening_of(const GraphView& graph, std::uint32_t episode) {
  const Stream& stream = graph.stream();
  const concepts::Position end = stream.end(episode);
  for (concepts::Position p = stream.begin(episode); p < end; ++p)
    if (!is_mark(graph, stream.leaf(p))) return Opening{episode, p};
  return std::nullopt;
}

void Openings::catch_up(const GraphView& graph, const Headings& headings) {
  const Stream& stream = graph.stream();
  const std::uint32_t first = std::max(stream.first_episode(), headings.begin());
  const std::uint32_t last = std::max(first, std::min(stream.episodes(), headings.end()));
  if (first < begin_ || first > end_ || last < end_) {
    order_.clear();
    end_ = first;
  } else if (first > begin_) {
    std::erase_if(order_, [&](const Opening& one) { return one.episode < first; });
  }
  const auto count = [&](std::uint32_t episode) {
    if (headings[episode].is_question) return;
    ++evidence_.episodes;
    evidence_.units += stream.end(episode) - stream.begin(episode);
  };
  if (begin_ != first || end_ == first) {
    evidence_ = {};
    for (std::uint32_t episode = first; episode < end_; ++episode) count(episode);
  }
  begin_ = first;

  const auto before = [&](const Opening& a, const Opening& b) { return comes_before(stream, a, b); };
  std::vector<Opening> more;
  for (; end_ < last; ++end_) {
    count(end_);
    if (headings[end_].is_question || headings[end_].first != end_) continue;
    if (const auto opening = opening_of(graph, end_)) more.push_back(*opening);
  }
  // From the last one on, so that each byte is moved once; comparing is what costs, so each place is searched for.
  std::sort(more.begin(), more.end(), before);
  auto end = static_cast<std::ptrdiff_t>(order_.size());
  order_.resize(order_.size() + more.size());
  auto gap = order_.end();
  for (auto one = more.rbegin(); one != more.rend(); ++one) {
    const auto place = std::upper_bound(order_.begin(), order_.begin() + end, *one, before);
    gap = std::move_backward(place, order_.begin() + end, gap);
    *--gap = *one;
    end = place - order_.begin();
  }
}

Openings::Range Openings::narrowed(const Stream& stream, const Range& range, ConceptId next) const {
  const auto at = [&](std::size_t i) { return order_.begin() + static_cast<std::ptrdiff_t>(i); };
  // The unit after the run; a text that ends there comes before all others.
  const auto unit_of = [&](const Opening& one) -> std::int64_t {
    const concepts::Position p = one.begin + range.length;
    return p < stream.end(one.episode) ? std::int64_t{stream.leaf(p)} : -1;
  };
  const auto low = std::partition_point(at(range.begin), at(range.end),
                                        [&](const Opening& one) { return unit_of(one) < std::int64_t{next}; });
  const auto high =
      std::partition_point(low, at(range.end), [&](const Opening& one) { return unit_of(one) == std::int64_t{next}; });
  return {static_cast<std::size_t>(low - order_.begin()), static_cast<std::size_t>(high - order_.begin()),
          range.length + 1};
}

Openings::Range Openings::with(const Stream& stream, std::span<const ConceptId> units) const {
  Range range = all();
  for (const ConceptId unit : units) range = narrowed(stream, range, unit);
  return range;
}

Openings::Range Openings::tellings(const Stream& stream, std::size_t i) const {
  const auto same = [&](const Opening& other) { return compare_texts(stream, order_[i], other) == 0; };
  const auto here = order_.begin() + static_cast<std::ptrdiff_t>(i);
  auto begin = here, end = here + 1;  // most texts were told once, so the neighbours are asked first
  if (end != order_.end() && same(*end)) end = std::partition_point(end, order_.end(), same);
  if (begin != order_.begin() && same(*(begin - 1)))
    begin = std::partition_point(order_.begin(), begin, [&](const Opening& other) { return !same(other); });
  return {static_cast<std::size_t>(begin - order_.begin()), static_cast<std::size_t>(end - order_.begin()),
          static_cast<std::uint32_t>(units_from(stream, *here).size())};
}

std::optional<std::size_t> Openings::place_of(const GraphView& graph, std::uint32_t episode) const {
  if (episode < begin_ || episode >= end_) return std::nullopt;
  const auto opening = opening_of(graph, episode);
  if (!opening) return std::nullopt;
  const Stream& stream = graph.stream();
  const auto found = std::lower_bound(order_.begin(), order_.end(), *opening,
                                      [&](const Opening& a, const Opening& b) { return comes_before(stream, a, b); });
  if (found == order_.end() || found->episode != episode) return std::nullopt;
  return static_cast<std::size_t>(found - order_.begin());
}

}  // namespace noema::reasoning
