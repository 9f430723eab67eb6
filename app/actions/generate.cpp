#include "app/actions/generate.h"

#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <span>
#include <vector>

#include "app/command.h"
#include "base/error.h"
#include "base/failure_context.h"
#include "base/rng.h"
#include "base/stop.h"
#include "base/text.h"
#include "transformer/corpus.h"
#include "transformer/decoder.h"
#include "transformer/recurrent_reader.h"

namespace noema::app {
namespace {

using transformer::Model;
using transformer::Token;

/// Chooses the next token from the natural logarithms of the probabilities.
using Choose = std::function<Token(std::span<const float> log_probabilities)>;

/// A token drawn from p^(1/temperature); the likeliest at temperature 0.
Token draw(std::span<const float> log_probabilities, double temperature, base::Rng& rng) {
  if (std::isnan(log_probabilities[transformer::kSpecials]))
    throw base::Error(
        "the model's predictions are not finite: its training diverged; train it with a lower "
        "--learning-rate");
  std::size_t best = transformer::kSpecials;
  for (std::size_t i = best; i < log_probabilities.size(); ++i)
    if (log_probabilities[i] > log_probabilities[best]) best = i;
  if (temperature <= 0) return static_cast<Token>(best);
  const auto weight = [&](std::size_t i) {
    return std::exp(static_cast<double>(log_probabilities[i] - log_probabilities[best]) / temperature);
  };
  double total = 0;
  for (std::size_t i = transformer::kSpecials; i < log_probabilities.size(); ++i) total += weight(i);
  double left = rng.uniform() * total;
  for (std::size_t i = transformer::kSpecials; i < log_probabilities.size(); ++i)
    if ((left -= weight(i)) < 0) return static_cast<Token>(i);
  return static_cast<Token>(best);
}

std::vector<Token> continue_with_transformer(const Model& model, std::span<const Token> prompt, int count,
                                             const Choose& choose) {
  transformer::Decoder decoder(model);
  decoder.append(prompt);
  std::vector<Token> tokens;
  for (int i = 0; i < count; ++i) {
    tokens.push_back(choose(decoder.position().log_probabilities));
    decoder.append({&tokens.back(), 1});
  }
  return tokens;
}

std::vector<Token> continue_with_recurrent(const Model& model, std::span<const Token> prompt, int count,
                                           const Choose& choose) {
  transformer::RecurrentReader reader(model);
  for (const Token token : prompt) reader.read(token);
  std::vector<Token> tokens;
  for (int i = 0; i < count; ++i) {
    tokens.push_back(choose(reader.log_probabilities()));
    reader.read(tokens.back());
  }
  return tokens;
}

GenerateValue continued(const Model& model, const GenerateRequest& request) {
  const auto prompt = transformer::tokens_of_line(request.prompt, model.tokenizer());
  base::Rng rng = base::Rng(request.seed).fork("generate");
  const Choose choose = [&](std::span<const float> log_probabilities) {
    base::stop_if_requested(request.stop);
    return draw(log_probabilities, request.temperature, rng);
  };
  const auto tokens = model.options().architecture == "transformer"
                          ? continue_with_transformer(model, prompt, request.tokens, choose)
                          : continue_with_recurrent(model, prompt, request.tokens, choose);
  return {request.prompt, printable(model.tokenizer().decode(tokens)), tokens.size(), std::nullopt};
}

GenerateValue translated(const Model& model, const GenerateRequest& request) {
  const std::vector<std::vector<Token>> sources = {transformer::tokens_of_line(request.prompt, model.tokenizer())};
  const auto found = transformer::Translator(model, 1, request.search).translate(sources, request.stop).front();
  return {request.prompt, printable(model.tokenizer().decode(found.tokens)), found.tokens.size(),
          found.log_probability};
}

}  // namespace

GenerateValue generate(const Model& model, const GenerateRequest& request) {
  const base::FailureContext context("generating text");
  if (const auto invalid = base::first_invalid_utf8(request.prompt))
    throw base::Error(fmt::format("generate: byte {} of the prompt is not UTF-8", *invalid));
  return model.options().pairs.empty() ? continued(model, request) : translated(model, request);
}

nlohmann::ordered_json to_json(const GenerateValue& value) {
  nlohmann::ordered_json object{{"prompt", value.prompt}, {"text", value.text}, {"tokens", value.tokens}};
  if (value.log_probability) object["log_probability"] = *value.log_probability;
  return object;
}

}  // namespace noema::app
