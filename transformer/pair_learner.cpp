#include "transformer/pair_learner.h"

#include <algorithm>

#include "base/error.h"
#include "transformer/architecture.h"
#include "transformer/sampler.h"

namespace noema::transformer {
namespace {

Model pairs_model(const Model& model) {
  if (model.options().pairs.empty())
    throw base::Error("the model was trained on text alone; expected one trained on pairs: noema train --pairs FILE");
  return model;
}

}  // namespace

PairLearner::PairLearner(const Model& model, int most_pairs, const PairLearnerOptions& options)
    : model_(pairs_model(model)),
      options_(options),
      network_(make_network(model.options(), model.tokenizer().size(), most_pairs, model.context())),
      optimizer_(layout_of(model.options(), model.tokenizer().size()), options.optimizer),
      gradient_(1, std::vector<float>(model.weights().size())) {}

double PairLearner::learn(std::span<const Pair> pairs) {
  const Batch batch = batch_of_pairs(pairs, model_.options());
  const auto predicted = std::count_if(batch.targets.begin(), batch.targets.end(), [](Token t) { return t >= 0; });
  if (predicted == 0) return 0;
  ++steps_;
  const double nats = network_->loss_and_gradient(gradient_.front().data(), model_.weights().data(), batch,
                                                  1.0F / static_cast<float>(predicted), {});
  const double share = std::min(1.0, static_cast<double>(steps_) / std::max(1, options_.warm_up));
  optimizer_.step(model_.weights_to_learn(), gradient_, options_.rate * static_cast<float>(share), steps_);
  return nats / static_cast<double>(predicted);
}

}  // namespace noema::transformer
