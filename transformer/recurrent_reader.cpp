#include "transformer/recurrent_reader.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/stop.h"
#include "transformer/buffers.h"
#include "transformer/encoder.h"
#include "transformer/kernels.h"
#include "transformer/ops.h"

namespace noema::transformer {
namespace {

RecurrentNetworkShape shape_of(const Model& model) {
  const std::string& name = model.options().architecture;
  if (name != "lstm" && name != "gru" && name != "elmo")
    throw base::Error(fmt::format("the model is of architecture {}; expected lstm, gru or elmo here", name));
  return {model.options(), model.tokenizer().size()};
}

std::vector<float> row_of(std::span<const float> rows, std::size_t index, std::size_t width) {
  const auto row = rows.subspan(index * width, width);
  return {row.begin(), row.end()};
}

/// The states of one direction of a recurrent model, in the order of the tokens.
std::vector<std::vector<float>> states(const Model& model, std::span<const Token> tokens, std::size_t direction,
                                       const std::stop_token& stop) {
  RecurrentReader reader(model, direction);
  std::vector<std::vector<float>> all(tokens.size());
  for (std::size_t step = 0; step < tokens.size(); ++step) {
    base::stop_if_requested(stop);
    const std::size_t i = direction == 0 ? step : tokens.size() - 1 - step;
    const auto state = reader.read(tokens[i]);
    all[i].assign(state.begin(), state.end());
  }
  return all;
}

}  // namespace

RecurrentReader::RecurrentReader(const Model& model, std::size_t direction)
    : model_(model), shape_(shape_of(model)), state_(shape_.directions.at(direction)) {
  read(kStart);
}

RecurrentReader::RecurrentReader(const Model& model, std::span<const Token> source) : RecurrentReader(model) {
  for (const Token token : source) read(token);
  read(kSeparator);
}

std::span<const float> RecurrentReader::read(Token token) {
  return state_.step(model_.weights().data(),
                     model_.weights().data() + shape_.embedding() + size(token) * size(shape_.width));
}

std::vector<float> RecurrentReader::log_probabilities() const {
  std::vector<float> log_p(size(shape_.vocabulary));
  token_log_probabilities(log_p.data(), output().data(), model_.weights().data() + shape_.embedding(), 1, shape_.width,
                          shape_.vocabulary);
  return log_p;
}

std::vector<std::vector<float>> token_vectors(const Model& model, std::span<const Token> tokens,
                                              const std::stop_token& stop) {
  base::stop_if_requested(stop);
  const std::string& architecture = model.options().architecture;
  const std::size_t width = size(model.width());
  std::vector<std::vector<float>> vectors;
  if (architecture == "transformer") {
    const auto hidden = model.encode(tokens, Mask::kBidirectional);
    for (std::size_t i = 0; i < tokens.size(); ++i) vectors.push_back(row_of(hidden, i, width));
    return vectors;
  }
  if (architecture == "skipgram") {  // the vectors of the centres come first in the weights
    for (const Token token : tokens) vectors.push_back(row_of(model.weights(), size(token), width));
    return vectors;
  }
  vectors = states(model, tokens, 0, stop);
  if (architecture != "elmo") return vectors;
  const auto backward = states(model, tokens, 1, stop);
  for (std::size_t i = 0; i < tokens.size(); ++i)
    vectors[i].insert(vectors[i].end(), backward[i].begin(), backward[i].end());
  return vectors;
}

}  // namespace noema::transformer
