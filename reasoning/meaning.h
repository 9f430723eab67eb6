#pragma once
// Meaning as dense vectors: what the key encoder, which sees both sides, made of a concept's mentions, averaged.

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "concepts/graph.h"
#include "concepts/neighbours.h"
#include "transformer/encoder.h"
#include "transformer/model.h"

namespace noema::reasoning {

class Meaning {
 public:
  /// The model must outlive it.
  explicit Meaning(const transformer::Model& model);

  /// Encodes a line's units and adds each unit's state, averaged over its tokens, to its concept. surfaces[i] belongs
  /// to units[i]; the boundary stands for a unit whose concept has faded. O(tokens parameters).
  void perceive(const std::vector<std::string>& surfaces, const std::vector<concepts::ConceptId>& units);

  /// The mean state of a concept's units [width], at length 1, its forms together; empty if there is none.
  Eigen::VectorXf vector_of(const concepts::Graph& graph, concepts::ConceptId concept_id) const;

  /// For the checkpoint: mentions (4 bytes), scale (4 bytes), int8 [width]; empty if there is nothing.
  std::string coded(concepts::ConceptId unit) const;
  /// Throws base::Error if the bytes are of another width.
  void restore(concepts::ConceptId unit, std::string_view bytes);

  /// Gives back the vector of a concept that is gone.
  void forget(concepts::ConceptId unit) { means_.erase(unit); }
  /// The same for all that the graph no longer has. O(vectors).
  void keep_only(const concepts::Graph& graph) {
    std::erase_if(means_, [&](const auto& mean) { return !graph.still_has(mean.first); });
  }

  double seconds() const { return seconds_; }
  std::uint64_t bytes() const { return means_.size() * (kEntry + static_cast<std::uint64_t>(width_) * sizeof(float)); }

 private:
  struct Mean {
    std::uint32_t mentions = 0;
    Eigen::VectorXf sum;  // [width]
  };

  static constexpr std::uint64_t kEntry = 48;  // bytes of the map and the mean beside its numbers

  const transformer::Model& model_;
  transformer::Encoder encoder_;
  Eigen::Index width_;
  std::unordered_map<concepts::ConceptId, Mean> means_;  // by unit
  double seconds_ = 0;
};

}  // namespace noema::reasoning
