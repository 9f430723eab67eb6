#pragma once
// The first layer of L: the code of which concept follows which, in which of its forms, with which filler in its slot.

#include <map>
#include <unordered_map>

#include "concepts/layer.h"
#include "concepts/sequence_counts.h"

namespace noema::concepts {

class SequenceLayer : public Layer {
 public:
  SequenceLayer() : codes_(concentrations_) {}

  /// Counts over concepts.
  const Statistics& statistics() const { return counts_.read().concepts; }
  /// The same over units instead of mentions, with the categories of the units' concepts: prediction backs off by it.
  const Statistics& units() const { return counts_.read().units; }
  const Concentrations& concentrations() const { return concentrations_; }
  const Codes& codes() const { return codes_; }
  void set_concentrations(const Concentrations& concentrations);
  /// What L would shrink by under other concentrations, in nats.
  double concentrations_gain(const Concentrations& other) const;
  /// How often each unit filled the slot of a schema.
  const CountMap& fillers_of(ConceptId schema) const;

  std::string_view name() const override { return "sequence"; }
  std::unique_ptr<Layer> empty() const override;
  void add_node(ConceptId id, const Node& node) override;
  void pass_over(std::size_t size) override;
  void remove_node(ConceptId id) override;
  void attach(const Ground& ground, const Episode& episode, std::vector<ConceptId>& touched) override;
  void detach(const Ground& ground, const Episode& episode, std::vector<ConceptId>& touched) override;
  double growth(const Ground& ground, const Effect& effect) const override;
  void apply(const Ground& ground, const Effect& effect, std::vector<ConceptId>& touched) override;
  double nats(const Ground& ground) const override;
  void hash_parameters(base::Sha256& sha) const override;
  void hash_node(base::Sha256& sha, ConceptId id, std::span<const ConceptId> rank) const override;
  std::optional<std::string> difference(ConceptId id, const Layer& other) const override;
  std::string save() const override;
  void load(const std::string& state) override;
  std::uint64_t bytes() const override { return statistics().bytes() + units().bytes() + slot_bytes_; }
  std::uint64_t held_bytes() const override;

 private:
  void add_slots(const Ground& ground, const Episode& episode, int sign);
  void add_slot(ConceptId schema, ConceptId filler, std::int64_t delta);
  void place_in(const Nodes& nodes, ConceptId id, ConceptId category);
  void place_units(const Nodes& nodes, std::span<const ConceptId> forms, ConceptId category);
  double pairs_growth(const Effect& effect) const;
  void add_forms_growth(const Ground& ground, const Effect& effect, double& nats) const;
  void add_slots_growth(const Ground& ground, const Effect& effect, double& nats) const;
  double slots_nats(ConceptId id, const Schema& schema) const;

  SequenceCounts counts_;
  Concentrations concentrations_;
  Codes codes_;
  std::unordered_map<ConceptId, CountMap> slots_;  // schema -> filler -> how often it filled the slot
  std::uint64_t slot_bytes_ = 0;
};

}  // namespace noema::concepts
