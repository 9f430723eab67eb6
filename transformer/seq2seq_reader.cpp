#include "transformer/seq2seq_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "transformer/buffers.h"
#include "transformer/kernels.h"

namespace noema::transformer {
namespace {

Seq2SeqShape shape_of(const Model& model) {
  if (model.options().architecture != "seq2seq")
    throw base::Error(
        fmt::format("the model is of architecture {}; expected seq2seq here: train one with "
                    "--arch seq2seq",
                    model.options().architecture));
  return {model.options(), model.tokenizer().size()};
}

}  // namespace

Seq2SeqReader::Seq2SeqReader(const Model& model, std::span<const Token> source)
    : model_(model), shape_(shape_of(model)), state_(shape_.encoder) {
  const float* const weights = model.weights().data();
  auto memory = std::make_shared<std::vector<float>>(source.size() * size(shape_.width));
  for (std::size_t i = source.size(); i-- > 0;) {
    const auto state = state_.step(weights, weights + shape_.embedding() + at(source[i], shape_.width));
    std::copy(state.begin(), state.end(), memory->begin() + at(static_cast<int>(i), shape_.width));
  }
  memory_ = std::move(memory);
  state_ = state_.moved_to(shape_.decoder);
  read(kSeparator);
}

void Seq2SeqReader::read(Token token) {
  const float* const weights = model_.weights().data();
  const auto state = state_.step(weights, weights + shape_.embedding() + at(token, shape_.width));
  if (shape_.attention)
    attend(state);
  else
    output_.assign(state.begin(), state.end());
}

/// Computes the equations of luong_attention.h.
void Seq2SeqReader::attend(std::span<const float> state) {
  const float* const weights = model_.weights().data();
  const int w = shape_.width;
  const std::size_t keys = memory_->size() / size(w);
  query_.resize(size(w));
  combined_.assign(2 * size(w), 0.0F);
  attention_.resize(keys);
  matmul(1, w, w, {state.data(), w}, {weights + shape_.score(), w}, 0, query_.data(), w);
  for (std::size_t key = 0; key < keys; ++key)
    attention_[key] = dot(query_.data(), memory_->data() + key * size(w), size(w));
  if (keys > 0) softmax(attention_.data(), keys, 1);
  for (std::size_t key = 0; key < keys; ++key)
    for (std::size_t j = 0; j < size(w); ++j) combined_[j] += attention_[key] * (*memory_)[key * size(w) + j];
  std::copy(state.begin(), state.end(), combined_.begin() + w);
  output_.resize(size(w));
  matmul(1, w, 2 * w, {combined_.data(), 2 * w}, {weights + shape_.combine(), w}, 0, output_.data(), w);
  tanh_row(output_.data(), size(w));
}

}  // namespace noema::transformer
