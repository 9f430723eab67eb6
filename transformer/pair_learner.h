#pragma once
// A copy of a translator that goes on learning from pairs, after it was trained: fine-tuning, a step at a time. The
// model that it was copied from does not change.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "transformer/corpus.h"
#include "transformer/model.h"
#include "transformer/network.h"
#include "transformer/optimizer.h"

namespace noema::transformer {

struct PairLearnerOptions {
  float rate = 3e-4F;  // of Adam
  int warm_up = 20;    // steps in which the rate rises, while Adam's means are new
  OptimizerOptions optimizer{0.9F, 0.98F, 1e-8F, 0.0F, 1.0F, 1.0F};  // no weight decay
};

class PairLearner {
 public:
  /// most_pairs: in one step. Throws Error if the model was not trained on pairs.
  PairLearner(const Model& model, int most_pairs, const PairLearnerOptions& options = {});

  /// One step of Adam (Kingma & Ba 2015) down the mean of -ln p over the targets' tokens, without dropout. Returns that
  /// mean, of before the step. If the gradient is not finite nothing changes. The same bits every time. O(tokens
  /// parameters).
  double learn(std::span<const Pair> pairs);

  /// With the present weights; the same object, whose weights change with each step.
  const Model& model() const { return model_; }
  std::uint64_t bytes() const { return 4 * sizeof(float) * static_cast<std::uint64_t>(model_.weights().size()); }

 private:
  Model model_;
  PairLearnerOptions options_;
  std::unique_ptr<Network> network_;
  Optimizer optimizer_;
  std::vector<std::vector<float>> gradient_;
  std::uint64_t steps_ = 0;
};

}  // namespace noema::transformer
