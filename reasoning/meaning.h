#pragma once
// Meaning as dense vectors: what the key encoder, which sees both sides, made of a concept's mentions, averaged.

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <string_view>
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
  /// to units[i]. O(tokens parameters).
  void perceive(const std::vector<std::string>& surfaces, const std::vector<concepts::ConceptId>& units);

  /// The mean state of a concept's units [width], at length 1, its forms together; empty if there is none.
  Eigen::VectorXf vector_of(const concepts::Graph& graph, concepts::ConceptId concept_id) const;

  /// For the checkpoint: mentions (4 bytes), scale (4 bytes), int8 [width]; empty if there is nothing.
  std::string coded(concepts::ConceptId unit) const;
  /// Throws base::Error if the bytes are of another width.
  void restore(concepts::ConceptId unit, std::string_view bytes);

  double seconds() const { return seconds_; }
  std::uint64_t bytes() const {
    return means_.capacity() * sizeof(Mean) + means_.size() * static_cast<std::uint64_t>(width_) * 4;
  }

 private:
  struct Mean {
    std::uint32_t mentions = 0;
    Eigen::VectorXf sum;  // [width]
  };

  const transformer::Model& model_;
  transformer::Encoder encoder_;
  Eigen::Index width_;
  std::vector<Mean> means_;  // by unit
  double seconds_ = 0;
};

}  // namespace noema::reasoning
