#include "reasoning/concept_store.h"

#include <algorithm>

#include "base/error.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::CountMap;
using concepts::Graph;
using concepts::kBoundary;
using concepts::Node;
using concepts::Position;

namespace {

/// One level of back-off: p(w) = share(w) + escape * p_lower(w).
struct Level {
  double share = 0;
  double escape = 1;
};

/// The level of a set of nodes whose followers are pooled; each node's cells are discounted by themselves, so the level
/// stays proper.
Level level_of(const Graph& graph, std::span<const ConceptId> nodes, std::optional<ConceptId> unit) {
  const concepts::LevelCode& code = graph.codes().row;
  double total = 0, distinct = 0, own = 0;
  for (const ConceptId id : nodes) {
    const CountMap& followers = graph.followers_of(id);
    total += static_cast<double>(graph.followed(id));
    distinct += followers.size();
    if (!unit) continue;
    const std::uint32_t count = followers[*unit];
    if (count > 0) own += count - code.discount();
  }
  if (total == 0) return {};
  return {own / (total + code.strength()), (code.strength() + code.discount() * distinct) / (total + code.strength())};
}

/// How likely a member is among those of its category: by how often it was chosen. The rest keeps some of its mass for
/// what it does not know yet, as in L.
double choice(const Graph& graph, ConceptId member) {
  const concepts::Statistics& units = graph.units();
  const ConceptId category = units.parent(member);
  const auto chosen = static_cast<double>(units.chosen(member));
  const auto drawn = static_cast<double>(units.drawn(category));
  if (chosen == 0) return 0;
  if (category != concepts::Statistics::kRest) return chosen / drawn;
  const concepts::LevelCode& code = graph.codes().rest;
  return (chosen - code.discount()) / (drawn + code.strength());
}

/// What the rest keeps for what it does not know yet.
double kept_by_rest(const Graph& graph) {
  const concepts::Statistics& units = graph.units();
  const concepts::LevelCode& code = graph.codes().rest;
  const auto members = static_cast<double>(units.members(concepts::Statistics::kRest));
  const auto drawn = static_cast<double>(units.drawn(concepts::Statistics::kRest));
  return (code.strength() + code.discount() * members) / (drawn + code.strength());
}

/// One restaurant of categories: what it gives the unit, what it sends up, and what it leaves to units nobody knows.
struct CategoryLevel {
  double share = 0;
  double up = 1;
  double unknown = 0;
};

/// `image` is what the unit is counted as there, `given` how likely the unit is given its image.
CategoryLevel category_level(const concepts::LevelCode& code, double total, double distinct, double image_count,
                             double given, double rest_count, double kept) {
  if (total == 0) return {};
  const auto mass = [&](double count) { return count > 0 ? (count - code.discount()) / (total + code.strength()) : 0; };
  return {given * mass(image_count), (code.strength() + code.discount() * distinct) / (total + code.strength()),
          kept * mass(rest_count)};
}

/// Backs off from the last unit over its categories to the root, as customers go up in L. The escape is what is left
/// for units nobody knows.
Level above_unit(const Graph& graph, ConceptId context, std::optional<ConceptId> unit) {
  using concepts::Statistics;
  const Statistics& units = graph.units();
  const concepts::LevelCode& code = graph.codes().category;
  const double kept = kept_by_rest(graph);
  std::vector<CategoryLevel> levels;
  std::optional<ConceptId> image = unit;
  double given = 1;
  const auto up = [&] {
    if (!image || units.parent(*image) == Statistics::kNone) return false;
    given *= choice(graph, *image);
    image = units.parent(*image);
    return true;
  };
  for (ConceptId category = units.parent(context); category != Statistics::kNone; category = units.parent(category)) {
    up();
    const CountMap& row = units.next(category);
    levels.push_back(category_level(code, static_cast<double>(units.total(category)), row.size(),
                                    image ? row[*image] : 0, given, row[Statistics::kRest], kept));
  }
  while (up()) {
  }
  levels.push_back(category_level(code, static_cast<double>(units.root_total()),
                                  static_cast<double>(units.root_distinct()),
                                  image ? static_cast<double>(units.under(*image)) : 0, given,
                                  static_cast<double>(units.under(Statistics::kRest)), kept));
  Level level;  // above the root there is nothing known
  for (auto lower = levels.rbegin(); lower != levels.rend(); ++lower)
    level = {lower->share + lower->up * level.share, lower->unknown + lower->up * level.escape};
  return level;
}

}  // namespace

void ConceptStore::begin_line() {
  history_.clear();
  pointers_.clear();
  followers_.clear();
  by_length_ = {};
}

ConceptStore::Prediction ConceptStore::predict(const Graph& graph, std::optional<ConceptId> unit) const {
  Prediction prediction;
  std::vector<ConceptId> contexts;
  if (history_.empty() || history_.back() != concepts::kInside) {
    // An unknown unit cuts the history: what stands before it is not what it follows.
    const auto known = std::find(history_.rbegin(), history_.rend(), concepts::kInside).base();
    contexts = graph.contexts({known, history_.end()});
  }

  Level counts = above_unit(graph, contexts.empty() ? kBoundary : contexts.back(), unit);
  Level direct;
  const auto back_off = [&](const Level& level) {
    counts = {level.share + level.escape * counts.share, level.escape * counts.escape};
    direct = {level.share + level.escape * direct.share, level.escape * direct.escape};
  };
  if (!contexts.empty()) {
    const std::vector<ConceptId> forms = graph.forms_of(graph.concept_of(contexts.back()));
    if (forms.size() > 1) back_off(level_of(graph, forms, unit));
  }
  for (auto context = contexts.rbegin(); context != contexts.rend(); ++context)
    back_off(level_of(graph, {&*context, 1}, unit));
  std::array<double, kMaxContext + 1> own_by_length{};
  if (unit)
    for (const Follower& follower : followers_)
      if (follower.unit == *unit)
        for (std::size_t length = 1; length <= follower.length; ++length) own_by_length[length] += 1;
  for (std::size_t length = 1; length <= kMaxContext && by_length_[length].total > 0; ++length) {
    const double whole = by_length_[length].total + options_.strength;
    back_off({std::max(own_by_length[length] - options_.discount, 0.0) / whole,
              (options_.strength + options_.discount * by_length_[length].distinct) / whole});
    prediction.context = length;
  }
  if (!contexts.empty()) prediction.followed = static_cast<double>(graph.followed(contexts.back()));
  prediction.shares = {counts.share, direct.share, 0};
  prediction.escapes = {counts.escape, direct.escape, 1};

  double all = 0, own = 0, confidence = 0;
  for (const Pointer& pointer : pointers_) {
    const double right = rate(pointer.length);
    const double vote = right / (1 - right);
    all += vote;
    if (unit && *unit == (pointer.next < pointer.end ? graph.stream().leaf(pointer.next) : kBoundary)) own += vote;
    confidence = std::max(confidence, right);
    prediction.match = std::max<std::size_t>(prediction.match, pointer.length);
  }
  if (all > 0) {
    prediction.shares[2] = confidence * own / all;
    prediction.escapes[2] = 1 - confidence;
  }
  return prediction;
}

void ConceptStore::advance(const Graph& graph, std::optional<ConceptId> unit) {
  std::vector<Pointer> still;
  for (Pointer pointer : pointers_) {
    const bool right = unit && *unit == (pointer.next < pointer.end ? graph.stream().leaf(pointer.next) : kBoundary);
    trials_[pointer.length] += 1;
    hits_[pointer.length] += right;
    if (!right || pointer.next >= pointer.end) continue;
    ++pointer.next;
    pointer.length = std::min<std::uint32_t>(pointer.length + 1, kMaxMatch);
    still.push_back(pointer);
  }
  pointers_ = std::move(still);
  history_.push_back(unit.value_or(concepts::kInside));
  followers_.clear();
  by_length_ = {};
  if (!unit) return;
  find_pointers(graph);
  find_followers(graph);
}

/// What followed the last units in the line so far and where they stood most recently in the stream. O(recent).
void ConceptStore::find_followers(const Graph& graph) {
  const std::size_t read = history_.size();
  const ConceptId last = history_.back();
  const std::size_t begin = read - 1 > options_.recent ? read - 1 - options_.recent : 0;
  for (std::size_t at = read - 1; at-- > begin;) {
    if (history_[at] != last || history_[at + 1] == concepts::kInside) continue;
    std::uint32_t length = 1;
    while (length < kMaxContext && length <= at && history_[at - length] != concepts::kInside &&
           history_[at - length] == history_[read - 1 - length])
      ++length;
    followers_.push_back({history_[at + 1], length});
  }
  const auto& positions = graph.node(last).positions;
  const auto& stream = graph.stream();
  const std::size_t looked_at = std::min(options_.recent, positions.size());
  for (std::size_t i = 1; i <= looked_at; ++i) {
    const Position place = positions[positions.size() - i];
    std::uint32_t length = 1;
    while (length < kMaxContext && length < read && !stream.begins_episode(place - length + 1) &&
           stream.leaf(place - length) == history_[read - 1 - length])
      ++length;
    followers_.push_back({stream.begins_episode(place + 1) ? kBoundary : stream.leaf(place + 1), length});
  }

  longest_.resize(std::max(longest_.size(), graph.size()));
  for (const Follower& follower : followers_) {
    std::uint8_t& longest = longest_[follower.unit];
    for (std::size_t length = 1; length <= follower.length; ++length) by_length_[length].total += 1;
    for (std::size_t length = longest + 1U; length <= follower.length; ++length) by_length_[length].distinct += 1;
    longest = std::max(longest, static_cast<std::uint8_t>(follower.length));
  }
  for (const Follower& follower : followers_) longest_[follower.unit] = 0;
}

/// Adds the most recent places where the last unit stood, unless they are followed already.
void ConceptStore::find_pointers(const Graph& graph) {
  const auto& positions = graph.node(history_.back()).positions;
  const auto& stream = graph.stream();
  const std::size_t looked_at = std::min(options_.fresh, positions.size());
  for (auto place = positions.rbegin(); place != positions.rbegin() + static_cast<std::ptrdiff_t>(looked_at); ++place) {
    if (pointers_.size() >= options_.pointers) break;
    const auto followed = [&](const Pointer& pointer) { return pointer.next == *place + 1; };
    if (std::any_of(pointers_.begin(), pointers_.end(), followed)) continue;
    const std::uint32_t episode = stream.episode_of(*place);
    std::uint32_t length = 1;
    while (length < options_.max_match && length < history_.size() && *place >= stream.begin(episode) + length &&
           stream.leaf(*place - length) == history_[history_.size() - 1 - length])
      ++length;
    pointers_.push_back({*place + 1, stream.end(episode), length});
  }
}

std::vector<double> ConceptStore::state() const {
  std::vector<double> state(hits_.begin(), hits_.end());
  state.insert(state.end(), trials_.begin(), trials_.end());
  return state;
}

void ConceptStore::restore(std::span<const double> state) {
  base::check(state.size() == hits_.size() + trials_.size(), "the state of a concept store has another size");
  std::copy_n(state.begin(), hits_.size(), hits_.begin());
  std::copy_n(state.begin() + static_cast<std::ptrdiff_t>(hits_.size()), trials_.size(), trials_.begin());
}

}  // namespace noema::reasoning
