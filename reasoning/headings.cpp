#include "reasoning/headings.h"

#include <algorithm>

#include "reasoning/taught.h"

namespace noema::reasoning {

void Headings::catch_up(const memory::Life& life, std::uint32_t first) {
  if (first < first_ || first > end()) headings_.clear();
  if (first > first_ && !headings_.empty())
    headings_.erase(headings_.begin(), headings_.begin() + static_cast<std::ptrdiff_t>(first - first_));
  first_ = first;
  life.episodes().for_each_heading(static_cast<memory::EpisodeId>(end()), [&](const memory::EpisodeHeading& row) {
    Heading heading;
    heading.time = row.time;
    heading.group = number_of(row.group);
    if (row.speaker) heading.speaker = number_of(*row.speaker);
    heading.first = static_cast<std::uint32_t>((row.begins_at != 0 ? row.begins_at : row.id) - 1);
    heading.is_question = is_question(row.kind);
    headings_.push_back(heading);
  });
}

std::uint32_t Headings::number_of(std::string_view name) {
  return numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(numbers_.size() + 1)).first->second;
}

Headings::Wanted Headings::wanted(const RecallFilter& filter) const {
  const auto number = [&](const std::optional<std::string>& name) -> std::optional<std::uint32_t> {
    if (!name) return std::nullopt;
    const auto found = numbers_.find(*name);
    return found == numbers_.end() ? static_cast<std::uint32_t>(numbers_.size() + 1) : found->second;
  };
  return {number(filter.group), number(filter.speaker), filter.since, {}};
}

bool Headings::passes(std::uint32_t episode, const Wanted& wanted) const {
  const Heading& heading = (*this)[episode];
  return !heading.is_question && (!wanted.group || heading.group == *wanted.group) &&
         (!wanted.speaker || heading.speaker == *wanted.speaker) && (!wanted.since || heading.time >= *wanted.since) &&
         !wanted.withdrawn.contains(heading.first);
}

bool passes(const memory::EpisodeRow& row, const RecallFilter& filter) {
  return !is_question(row) && (!filter.group || row.group == *filter.group) &&
         (!filter.speaker || row.speaker == *filter.speaker) && (!filter.since || row.time >= *filter.since);
}

}  // namespace noema::reasoning
