#pragma once
// Prediction: transformer, fast store, concept store and a transformer that goes on learning, mixed on the next unit
// with weights that are learned as it goes.

#include <array>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "reasoning/concept_store.h"
#include "reasoning/fast_store.h"
#include "reasoning/mixture.h"
#include "reasoning/reading.h"

namespace noema::reasoning {

/// Which experts stand beside the transformer.
struct PredictorOptions {
  bool fast = true;
  bool concepts = true;
  std::set<std::string> without;  ///< names of further experts that are left out
  FastStoreOptions fast_store;
  ConceptStoreOptions concept_store;
  MixtureOptions mixture;
};

class Predictor {
 public:
  Predictor(std::size_t width, const PredictorOptions& options = {});

  static constexpr std::size_t kExperts = 2 + FastStore::kExperts + ConceptStore::kExperts;
  /// Names of the experts, by index: for reports.
  static std::string_view expert_name(std::size_t index);

  void begin_line();
  /// Bits that the unit costs; then learns weights from it and stores it in the fast store. The graph is only read; it
  /// learns the line when the mind attaches it.
  double experience(const concepts::Graph& graph, const UnitReading& unit);
  /// Takes the unit in without scoring: what a life read before it was opened.
  void warm(const UnitReading& unit);
  /// Empties the fast store: the states in it are another model's.
  void forget_recent();

  std::uint64_t bytes() const { return fast_ ? fast_->bytes() : 0; }
  /// What was learned, to be kept with the life (little-endian doubles). restore ignores the state of another shape.
  std::string state() const;
  void restore(std::string_view state);

 private:
  PredictorOptions options_;
  std::size_t width_;
  std::array<bool, kExperts> left_out_{};
  std::unique_ptr<FastStore> fast_;
  ConceptStore concept_store_;
  Mixture mixture_;
};

}  // namespace noema::reasoning
