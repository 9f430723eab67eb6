#pragma once
// An expert of the mixture: one way to predict the next unit. An expert is a file pair of its own in this folder, its
// test, and one line in registry.cpp.

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "concepts/facts/fact_layer.h"
#include "concepts/graph.h"
#include "reasoning/mixture.h"
#include "reasoning/reading.h"

namespace noema::reasoning {

/// The unit that is predicted, and what is known before it is read.
struct Moment {
  const concepts::Graph& graph;
  const UnitReading& unit;
  std::optional<concepts::ConceptId> node;       ///< of the unit in the graph; absent if the graph does not know it
  std::span<const concepts::ConceptId> history;  ///< units of the line so far, kInside for unknown ones
  const concepts::facts::FactLayer* facts = nullptr;  ///< what is known of what was told; null if nothing is
};

/// An expert speaks with one voice or several: predictions that share one computation, such as a cache read at three
/// temperatures. The mixture weighs voices.
class Expert {
 public:
  virtual ~Expert() = default;

  /// Forgets the line; the next unit is the first of a line.
  virtual void begin_line() {}
  /// Writes one opinion for each voice, and the expert's features. The opinions of a voice over all units that the
  /// graph or the reader knows sum, together with its escape, to 1 at most. Both spans are zero, and the opinions
  /// absent, when it is called.
  virtual void predict(const Moment& moment, std::span<Opinion> opinions, std::span<double> features) = 0;
  /// Learns from the unit after it was scored.
  virtual void learn(const Moment&) {}
  /// Stores the unit: after learn(), or alone for a unit that was read before and is not scored again.
  virtual void store(const UnitReading&) {}
  /// Probability of the unit by this expert if it spells what the other experts leave to their escape, in place of the
  /// transformer; absent if it does not.
  virtual std::optional<double> spelling(const Moment&) const { return std::nullopt; }
  /// Forgets hidden states: they are another model's.
  virtual void forget_states() {}

  virtual std::uint64_t bytes() const { return 0; }
  /// What was learned, kept with the life; null if nothing is. restore() gets what an earlier learned() gave, perhaps
  /// of an earlier version, and ignores what does not fit.
  virtual nlohmann::json learned() const { return nullptr; }
  virtual void restore(const nlohmann::json&) {}
};

/// What an expert may be made with.
struct ExpertSettings {
  std::size_t width = 0;        ///< of the hidden states
  std::uint64_t max_bytes = 0;  ///< of the life, of which an expert may hold its share; 0: no limit
};

/// An expert as the registry knows it.
struct ExpertKind {
  std::string help;                   ///< one sentence
  std::vector<std::string> voices;    ///< names in reports and after `-` in an arm, at least one
  std::vector<std::string> features;  ///< names of what it tells the gate, in the order predict() writes them
  bool reads_graph = false;           ///< it has nothing to say when the concept graph is left out
  std::unique_ptr<Expert> (*make)(const ExpertSettings&) = nullptr;
};

/// Numbers as the bytes of a binary JSON value, and back; false, and nothing is read, if it holds another amount.
template <typename Number>
nlohmann::json packed(std::span<const Number> numbers) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(numbers.data());
  return nlohmann::json::binary({bytes, bytes + numbers.size_bytes()});
}
template <typename Number>
nlohmann::json packed(const std::vector<Number>& numbers) {
  return packed(std::span<const Number>(numbers));
}
template <typename Number>
std::vector<Number> unpacked(const nlohmann::json& value) {
  if (!value.is_binary()) return {};
  const auto& bytes = value.get_binary();
  std::vector<Number> numbers(bytes.size() / sizeof(Number));
  std::copy_n(bytes.data(), numbers.size() * sizeof(Number), reinterpret_cast<std::uint8_t*>(numbers.data()));
  return numbers;
}

}  // namespace noema::reasoning
