#include "app/actions/evaluate.h"

#include "base/failure_context.h"
#include "transformer/model.h"

namespace noema::app {

using nlohmann::ordered_json;

EvaluateValue evaluate(const EvaluateRequest& request) {
  const base::FailureContext context("measuring a model");
  const auto model = transformer::Model::load(request.model);
  return {transformer::evaluate_files(model, request.files, request.threads, {}, request.stop)};
}

ordered_json to_json(const EvaluateValue& value) {
  const transformer::Evaluation& e = value.evaluation;
  const auto perplexity = e.word_perplexity();
  return {{"bits_per_char", e.bits_per_character()},
          {"nats_per_char", e.nats_per_character()},
          {"word_perplexity", perplexity ? ordered_json(*perplexity) : ordered_json()},
          {"words", e.words},
          {"chars", e.characters},
          {"lines", e.lines},
          {"tokens", e.tokens}};
}

}  // namespace noema::app
