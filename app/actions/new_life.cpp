#include "app/actions/new_life.h"

#include "base/clock.h"
#include "memory/life.h"
#include "reasoning/budget.h"
#include "reasoning/checkpoint.h"
#include "transformer/model.h"

namespace noema::app {
namespace {

bool is_preset(const std::string& model) { return model == "tiny" || model == "small"; }

/// Loads a model file, or makes random weights for a life from birth, which reads bytes because it has no text yet.
transformer::Model model_for(const std::string& name, std::uint64_t seed) {
  if (!is_preset(name)) {
    auto model = transformer::Model::load(name);
    model.shape();  // throws unless the model is a transformer
    return model;
  }
  transformer::ModelOptions options = transformer::ModelOptions::preset(name);
  options.tokenizer = "bytes";
  return transformer::Model::random(options, transformer::Tokenizer::train(options.tokenizer, {}, seed), seed);
}

}  // namespace

NewLife new_life(const NewLifeRequest& request) {
  const transformer::Model model = model_for(request.model, request.seed);
  reasoning::budget_of(request.max_concepts, request.max_bytes, static_cast<std::size_t>(model.width()));
  memory::CreateOptions options;
  options.model_bytes = model.serialize();
  options.model_hash = model.hash();
  options.seed = request.seed;
  options.max_concepts = request.max_concepts;
  options.max_bytes = request.max_bytes;
  options.time = base::SystemClock().now_seconds();
  options.force = request.force;
  if (is_preset(request.model)) options.options = nlohmann::json{{reasoning::kFromBirth, request.model}}.dump();
  const auto life = memory::Life::create(request.life, options);
  return {request.life, model.hash(), is_preset(request.model), request.seed, life.file_bytes()};
}

nlohmann::ordered_json to_json(const NewLife& value) {
  return {{"life", value.life}, {"model", value.model}, {"seed", value.seed}, {"file_bytes", value.file_bytes}};
}

}  // namespace noema::app
