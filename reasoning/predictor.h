#pragma once
// Prediction: the experts (experts/registry.h) mixed on the next unit, with weights that are learned as it goes.

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "reasoning/experts/registry.h"
#include "reasoning/mixture.h"
#include "reasoning/reading.h"

namespace noema::reasoning {

struct PredictorOptions {
  bool graph = true;              ///< false: experts that read the concept graph are left out
  std::set<std::string> without;  ///< names of further voices that are left out (voice_names())
  MixtureOptions mixture;
  std::uint64_t max_bytes = 0;  ///< of the life, of which experts hold their shares; 0: no limit
  double taxed = 1.75;  ///< kept_share: mass of the taxed tokens, relative to the mass that the others are given
};

class Predictor {
 public:
  /// Throws base::UsageError where `without` names no voice, or the transformer.
  Predictor(std::size_t width, const PredictorOptions& options = {},
            const std::vector<ExpertKind>& kinds = expert_kinds());

  void begin_line();
  /// Bits that the unit costs; then learns weights from it and stores it in the experts. Graph and facts are only
  /// read; they learn the line when the mind attaches it and thinks about it.
  double experience(const concepts::Graph& graph, const UnitReading& unit,
                    const concepts::facts::FactLayer* facts = nullptr);
  /// Takes the unit in without scoring: what a life read before it was opened.
  void warm(const UnitReading& unit);
  /// The hidden states that the experts hold are another model's: forgets them.
  void forget_recent();

  std::uint64_t bytes() const;
  /// What was learned, by the names of experts, voices and features, to be kept with the life. restore() takes what has
  /// a name here and leaves the rest as it is; it also reads the unnamed state of the first format. Throws base::Error
  /// for a damaged state.
  std::string state() const;
  void restore(std::string_view state);

 private:
  struct Seat {
    const ExpertKind* kind;
    std::unique_ptr<Expert> expert;  ///< null if it reads the graph and there is none
    std::size_t first_voice = 0;
    std::vector<std::size_t> features;  ///< index in the gate of each of its features
  };
  void ask(const Moment& moment);
  void spell_escapes(const Moment& moment);
  double mix(const Moment& moment);
  void remember(const Moment& moment);
  nlohmann::json gate_state() const;
  void restore_gate(const nlohmann::json& gate);
  nlohmann::json learned() const;
  void restore_learned(const nlohmann::json& state);

  PredictorOptions options_;
  std::vector<std::string> voices_;    // names, in the order in which they are mixed
  std::vector<std::string> features_;  // names, in the order of the gate; the first is always 1
  std::size_t line_begins_feature_ = 0;
  std::vector<std::size_t> gain_features_;  // by voice: index of its recent gain
  std::vector<bool> left_out_;              // by voice
  std::vector<Seat> seats_;
  Mixture mixture_;
  std::vector<double> recent_gain_;  // by voice: fading mean of what it gained against the transformer, nats
  std::size_t bucket_ = 0;           // of the last unit
  bool line_begins_ = true;
  std::vector<concepts::ConceptId> history_;  // units of the line so far; kInside for unknown ones
  std::vector<Opinion> opinions_;             // of the unit at hand
  std::vector<double> feature_values_;        // likewise
};

}  // namespace noema::reasoning
