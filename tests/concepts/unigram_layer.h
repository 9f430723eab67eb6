#pragma once
// A second layer for tests: how often each concept is mentioned, by a Dirichlet-multinomial code over the concepts that
// are mentioned at all. No part of L outside the tests.

#include <map>
#include <string>

#include "base/error.h"
#include "base/numbers.h"
#include "concepts/layer.h"

namespace noema::concepts {

class UnigramLayer : public Layer {
 public:
  /// halves: twice what a concept counts before it is mentioned.
  explicit UnigramLayer(std::int64_t halves = 1) : halves_(halves) {}
  std::string_view name() const override { return "unigram"; }
  std::unique_ptr<Layer> empty() const override { return std::make_unique<UnigramLayer>(halves_); }
  void add_node(ConceptId, const Node&) override {}
  void pass_over(std::size_t) override {}
  void remove_node(ConceptId id) override { counts_.erase(id); }

  void attach(const Ground& ground, const Episode& episode, std::vector<ConceptId>&) override {
    for (const Mention& mention : episode.mentions) add(ground.nodes.concept_of(mention.node), 1);
  }
  void detach(const Ground& ground, const Episode& episode, std::vector<ConceptId>&) override {
    for (const Mention& mention : episode.mentions) add(ground.nodes.concept_of(mention.node), -1);
  }
  double growth(const Ground&, const Effect& effect) const override {
    double nats = 0;
    std::int64_t total = total_;
    for (const auto& [id, delta] : deltas(effect)) {
      nats += cell(count(id) + delta) - cell(count(id));
      total += delta;
    }
    return nats + rest(total) - rest(total_);
  }
  void apply(const Ground&, const Effect& effect, std::vector<ConceptId>&) override {
    for (const auto& [id, delta] : deltas(effect)) add(id, delta);
  }
  double nats(const Ground&) const override {
    double nats = rest(total_);
    for (const auto& [id, count] : counts_) nats += cell(count);
    return nats;
  }
  void hash_parameters(base::Sha256& sha) const override { sha.integer(halves_); }
  void hash_node(base::Sha256& sha, ConceptId id, std::span<const ConceptId>) const override { sha.integer(count(id)); }
  std::optional<std::string> difference(ConceptId id, const Layer& other) const override {
    const auto& there = dynamic_cast<const UnigramLayer&>(other);
    return count(id) == there.count(id) ? std::nullopt : std::optional<std::string>("unigram count");
  }
  std::string save() const override { return std::to_string(halves_); }
  void load(const std::string& state) override {
    if (state.empty() || state.find_first_not_of("0123456789") != std::string::npos)
      throw base::Error("the state of the layer unigram is '" + state + "', expected a number; run `noema check`");
    halves_ = std::stoll(state);
  }
  std::uint64_t bytes() const override { return counts_.size() * 48; }
  std::uint64_t held_bytes() const override { return bytes(); }

  std::int64_t count(ConceptId id) const {
    const auto found = counts_.find(id);
    return found == counts_.end() ? 0 : found->second;
  }
  std::int64_t halves() const { return halves_; }
  /// For tests of checking: a count that no episode explains.
  void spoil(ConceptId id) { add(id, 1); }

 private:
  static std::map<ConceptId, std::int64_t> deltas(const Effect& effect) {
    std::map<ConceptId, std::int64_t> deltas;
    for (const CellChange& pair : effect.pairs)
      if (pair.to != kBoundary) deltas[pair.to] += pair.delta;
    return deltas;
  }
  double cell(std::int64_t count) const {
    const double prior = static_cast<double>(halves_) / 2;
    return count == 0 ? 0 : base::log_gamma(prior) - base::log_gamma(static_cast<double>(count) + prior);
  }
  static double rest(std::int64_t total) { return base::log_gamma(static_cast<double>(total) + 1); }
  void add(ConceptId id, std::int64_t delta) {
    if ((counts_[id] += delta) == 0) counts_.erase(id);
    total_ += delta;
  }

  std::map<ConceptId, std::int64_t> counts_;
  std::int64_t total_ = 0;
  std::int64_t halves_;
};

}  // namespace noema::concepts
