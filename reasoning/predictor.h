#pragma once
// Prediction: transformer, fast store and concept store, mixed on the next unit with weights that are learned as it
// goes.

#include <array>
#include <memory>
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
  std::vector<std::string> without;  ///< names of further experts that are left out
  FastStoreOptions fast_store;
  ConceptStoreOptions concept_store;
  MixtureOptions mixture;
  double payers = 1.75;  ///< kept_share: what the transformer's tail that pays holds of what the others are given
};

class Predictor {
 public:
  /// Throws base::UsageError where `without` names no expert, or the transformer.
  Predictor(std::size_t width, const PredictorOptions& options = {});

  static constexpr std::size_t kExperts = 2 + FastStore::kExperts + ConceptStore::kExperts;
  /// Names of the experts, by index: for reports and to leave them out.
  static std::string_view expert_name(std::size_t index);

  void begin_line();
  /// Bits that the unit costs; then learns weights from it and stores it in the fast store. The graph is only read; it
  /// learns the line when the mind attaches it.
  double experience(const concepts::Graph& graph, const UnitReading& unit);
  /// Takes the unit in without scoring: what a life read before it was opened.
  void warm(const UnitReading& unit);

  std::uint64_t bytes() const { return fast_ ? fast_->bytes() : 0; }
  /// What was learned, to be kept with the life (little-endian floats, then doubles). restore ignores the state of
  /// another shape.
  std::string state() const;
  void restore(std::string_view state);

 private:
  static constexpr std::size_t kFeatures = 15 + kExperts;
  static constexpr std::size_t kRooms = 1024;
  using Opinions = std::array<Opinion, kExperts>;
  using Features = std::array<double, kFeatures>;
  void ask_fast_store(const UnitReading& unit, Opinions& opinions, Features& features);
  void ask_concept_store(const concepts::Graph& graph, const UnitReading& unit, Opinions& opinions, Features& features);
  void remember(const UnitReading& unit, const Opinions& opinions);

  PredictorOptions options_;
  std::unique_ptr<FastStore> fast_;
  ConceptStore concept_store_;
  Mixture mixture_;
  std::array<bool, kExperts> left_out_{};
  std::array<double, kExperts> recent_{};  // fading mean of what each expert won against the transformer, nats
  double last_nats_ = 0;                   // of the transformer, on the last unit
  std::size_t room_ = 0;                   // of the last unit
  bool line_begins_ = true;
};

}  // namespace noema::reasoning
