#include "reasoning/experts/matches.h"

#include <algorithm>

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::Graph;
using concepts::kBoundary;

Matches::Prediction Matches::predict(const Graph& graph, std::optional<ConceptId> unit) const {
  Prediction prediction;
  double all = 0, own = 0, confidence = 0;
  for (const Pointer& pointer : pointers_) {
    const double right = rate(pointer.length);
    const double vote = right / (1 - right);
    all += vote;
    if (unit && *unit == (pointer.next < pointer.end ? graph.stream().leaf(pointer.next) : kBoundary)) own += vote;
    confidence = std::max(confidence, right);
    prediction.length = std::max<std::size_t>(prediction.length, pointer.length);
  }
  if (all > 0) {
    prediction.share = confidence * own / all;
    prediction.escape = 1 - confidence;
  }
  return prediction;
}

void Matches::advance(const Graph& graph, std::span<const ConceptId> history) {
  const ConceptId unit = history.back();
  const bool known = unit != concepts::kInside;
  std::vector<Pointer> still;
  for (Pointer pointer : pointers_) {
    const bool right = known && unit == (pointer.next < pointer.end ? graph.stream().leaf(pointer.next) : kBoundary);
    trials_[pointer.length] += 1;
    hits_[pointer.length] += right;
    if (!right || pointer.next >= pointer.end) continue;
    ++pointer.next;
    pointer.length = std::min<std::uint32_t>(pointer.length + 1, kMaxMatch);
    still.push_back(pointer);
  }
  pointers_ = std::move(still);
  if (known) find_pointers(graph, history);
}

/// Adds the most recent places of the last unit, unless they are followed already.
void Matches::find_pointers(const Graph& graph, std::span<const ConceptId> history) {
  const auto& positions = graph.node(history.back()).positions;
  const auto& stream = graph.stream();
  const std::size_t looked_at = std::min(options_.fresh, positions.size());
  for (auto place = positions.rbegin(); place != positions.rbegin() + static_cast<std::ptrdiff_t>(looked_at); ++place) {
    if (pointers_.size() >= options_.pointers) break;
    const auto followed = [&](const Pointer& pointer) { return pointer.next == *place + 1; };
    if (std::any_of(pointers_.begin(), pointers_.end(), followed)) continue;
    const std::uint32_t episode = stream.episode_of(*place);
    std::uint32_t length = 1;
    while (length < options_.max_match && length < history.size() && *place >= stream.begin(episode) + length &&
           stream.leaf(*place - length) == history[history.size() - 1 - length])
      ++length;
    pointers_.push_back({*place + 1, stream.end(episode), length});
  }
}

void Matches::restore(const ByLength& hits, const ByLength& trials) {
  hits_ = hits;
  trials_ = trials;
}

namespace {

class MatchesExpert final : public Expert {
 public:
  void begin_line() override { matches_.begin_line(); }
  void predict(const Moment& moment, std::span<Opinion> opinions, std::span<double> features) override {
    const Matches::Prediction prediction = matches_.predict(moment.graph, moment.node);
    opinions[0] = {prediction.share * moment.unit.writing_share, prediction.escape, false};
    features[0] = std::min<double>(static_cast<double>(prediction.length), 8) / 4 - 0.5;
    features[1] = prediction.length > 0 ? 1 : 0;
    features[2] = 2 * prediction.escape - 1;
  }
  void learn(const Moment& moment) override { matches_.advance(moment.graph, moment.history); }

  nlohmann::json learned() const override { return {{"hits", matches_.hits()}, {"trials", matches_.trials()}}; }
  void restore(const nlohmann::json& learned) override {
    const auto numbers = [&](const char* key) {
      Matches::ByLength values{};
      const auto found = learned.find(key);
      if (found == learned.end() || !found->is_array()) return values;
      for (std::size_t i = 0; i < std::min(values.size(), found->size()); ++i)
        if ((*found)[i].is_number()) values[i] = (*found)[i].get<double>();
      return values;
    };
    if (learned.is_object()) matches_.restore(numbers("hits"), numbers("trials"));
  }

 private:
  Matches matches_;
};

}  // namespace

ExpertKind matches_expert() {
  return {"what followed where the last units were read before",
          {"matches"},
          {"match", "matched", "match escape"},
          true,
          [](const ExpertSettings&) -> std::unique_ptr<Expert> { return std::make_unique<MatchesExpert>(); }};
}

}  // namespace noema::reasoning
