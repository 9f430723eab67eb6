#include "reasoning/experts/follower_counts.h"

#include <algorithm>
#include <cmath>

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
  const concepts::LevelCode& code = graph.sequence().codes().row;
  double total = 0, distinct = 0, own = 0;
  for (const ConceptId id : nodes) {
    const CountMap& followers = followers_of(graph, id);
    total += static_cast<double>(followed(graph, id));
    distinct += followers.size();
    if (!unit) continue;
    const std::uint32_t count = followers[*unit];
    if (count > 0) own += count - code.discount();
  }
  if (total == 0) return {};
  return {own / (total + code.strength()), (code.strength() + code.discount() * distinct) / (total + code.strength())};
}

/// Probability of a member given its category: by how often it was chosen. The rest keeps some of its mass for units
/// that it does not know yet, as in L.
double choice(const Graph& graph, ConceptId member) {
  const concepts::Statistics& units = graph.sequence().units();
  const ConceptId category = units.parent(member);
  const auto chosen = static_cast<double>(units.chosen(member));
  const auto drawn = static_cast<double>(units.drawn(category));
  if (chosen == 0) return 0;
  if (category != concepts::Statistics::kRest) return chosen / drawn;
  const concepts::LevelCode& code = graph.sequence().codes().rest;
  return (chosen - code.discount()) / (drawn + code.strength());
}

/// Mass that the rest keeps for units that it does not know yet.
double kept_by_rest(const Graph& graph) {
  const concepts::Statistics& units = graph.sequence().units();
  const concepts::LevelCode& code = graph.sequence().codes().rest;
  const auto members = static_cast<double>(units.members(concepts::Statistics::kRest));
  const auto drawn = static_cast<double>(units.drawn(concepts::Statistics::kRest));
  return (code.strength() + code.discount() * members) / (drawn + code.strength());
}

/// One restaurant of categories: what it gives to the unit, what it sends up, and what it leaves to unknown units.
struct CategoryLevel {
  double share = 0;
  double up = 1;
  double unknown = 0;
};

/// `image` is the concept that the unit is counted as there, `given` the probability of the unit given its image.
CategoryLevel category_level(const concepts::LevelCode& code, double total, double distinct, double image_count,
                             double given, double rest_count, double kept) {
  if (total == 0) return {};
  const auto mass = [&](double count) { return count > 0 ? (count - code.discount()) / (total + code.strength()) : 0; };
  return {given * mass(image_count), (code.strength() + code.discount() * distinct) / (total + code.strength()),
          kept * mass(rest_count)};
}

/// Backs off from the last unit over its categories to the root, as customers go up in L. The escape is the mass left
/// for unknown units.
Level above_unit(const Graph& graph, ConceptId context, std::optional<ConceptId> unit) {
  using concepts::Statistics;
  const Statistics& units = graph.sequence().units();
  const concepts::LevelCode& code = graph.sequence().codes().category;
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
  Level level;  // above the root nothing is known
  for (auto lower = levels.rbegin(); lower != levels.rend(); ++lower)
    level = {lower->share + lower->up * level.share, lower->unknown + lower->up * level.escape};
  return level;
}

}  // namespace

void FollowerCounts::begin_line() {
  followers_.clear();
  by_length_ = {};
}

FollowerCounts::Prediction FollowerCounts::predict(const Graph& graph, std::span<const ConceptId> history,
                                                   std::optional<ConceptId> unit) const {
  Prediction prediction;
  std::vector<ConceptId> contexts;
  if (history.empty() || history.back() != concepts::kInside) {
    // An unknown unit cuts the history: the unit before it is not the one that is followed.
    const auto known = std::find(history.rbegin(), history.rend(), concepts::kInside).base();
    contexts = graph.nodes().contexts({known, history.end()});
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
  if (!contexts.empty()) prediction.followed = static_cast<double>(followed(graph, contexts.back()));
  prediction.shares = {counts.share, direct.share};
  prediction.escapes = {counts.escape, direct.escape};
  return prediction;
}

/// Finds what followed the last units, in the line so far and in their most recent places in the stream. O(recent).
void FollowerCounts::advance(const Graph& graph, std::span<const ConceptId> history) {
  begin_line();
  const ConceptId last = history.back();
  if (last == concepts::kInside) return;
  const std::size_t read = history.size();
  const std::size_t begin = read - 1 > options_.recent ? read - 1 - options_.recent : 0;
  for (std::size_t at = read - 1; at-- > begin;) {
    if (history[at] != last || history[at + 1] == concepts::kInside) continue;
    std::uint32_t length = 1;
    while (length < kMaxContext && length <= at && history[at - length] != concepts::kInside &&
           history[at - length] == history[read - 1 - length])
      ++length;
    followers_.push_back({history[at + 1], length});
  }
  const auto& positions = graph.node(last).positions;
  const auto& stream = graph.stream();
  const std::size_t looked_at = std::min(options_.recent, positions.size());
  for (std::size_t i = 1; i <= looked_at; ++i) {
    const Position place = positions[positions.size() - i];
    std::uint32_t length = 1;
    while (length < kMaxContext && length < read && !stream.begins_episode(place - length + 1) &&
           stream.leaf(place - length) == history[read - 1 - length])
      ++length;
    followers_.push_back({stream.begins_episode(place + 1) ? kBoundary : stream.leaf(place + 1), length});
  }
  count_by_length(graph.size());
}

void FollowerCounts::count_by_length(std::size_t nodes) {
  longest_.resize(std::max(longest_.size(), nodes));
  for (const Follower& follower : followers_) {
    std::uint8_t& longest = longest_[follower.unit];
    for (std::size_t length = 1; length <= follower.length; ++length) by_length_[length].total += 1;
    for (std::size_t length = longest + 1U; length <= follower.length; ++length) by_length_[length].distinct += 1;
    longest = std::max(longest, static_cast<std::uint8_t>(follower.length));
  }
  for (const Follower& follower : followers_) longest_[follower.unit] = 0;
}

namespace {

class FollowerCountsExpert final : public Expert {
 public:
  void begin_line() override { counts_.begin_line(); }
  void predict(const Moment& moment, std::span<Opinion> opinions, std::span<double> features) override {
    const FollowerCounts::Prediction prediction = counts_.predict(moment.graph, moment.history, moment.node);
    for (std::size_t v = 0; v < FollowerCounts::kVoices; ++v)
      opinions[v] = {prediction.shares[v] * moment.unit.writing_share, prediction.escapes[v], false};
    features[0] = 2 * prediction.escapes[1] - 1;
    features[1] = static_cast<double>(prediction.context) / 2 - 1;
    features[2] = std::log1p(prediction.followed) / 4 - 1;
  }
  void learn(const Moment& moment) override { counts_.advance(moment.graph, moment.history); }

 private:
  FollowerCounts counts_;
};

}  // namespace

ExpertKind follower_counts_expert() {
  return {
      "counts of what followed the last concepts, backing off to the categories of the graph, or to the transformer",
      {"counts over root", "counts over transformer"},
      {"escape", "context", "followed"},
      true,
      [](const ExpertSettings&) -> std::unique_ptr<Expert> { return std::make_unique<FollowerCountsExpert>(); }};
}

}  // namespace noema::reasoning
