#include "transformer/seq2seq_network.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "transformer/buffers.h"
#include "transformer/ops.h"

namespace noema::transformer {
Seq2SeqShape::Seq2SeqShape(const ModelOptions& options, int vocabulary_size)
    : vocabulary(vocabulary_size),
      width(options.width),
      attention(options.attention == "luong"),
      encoder{Cell::kLstm, options.layers, options.width, size(vocabulary_size) * size(options.width)},
      decoder{Cell::kLstm, options.layers, options.width, encoder.end()} {}

Layout Seq2SeqShape::layout() const {
  Layout all;
  all.matrix("embedding", vocabulary, width, 0.4);  // as in the recurrent language models
  encoder.append(all, "encoder");
  decoder.append(all, "decoder");
  if (attention) {
    all.matrix("score", width, width, 1 / std::sqrt(1.0 * width));
    all.matrix("combine", 2 * width, width, 1 / std::sqrt(2.0 * width));
  }
  return all;
}

Seq2SeqNetwork::Seq2SeqNetwork(const Seq2SeqShape& shape, int sequences, int length)
    : shape_(shape), encoder_(shape.encoder, sequences, length), decoder_(shape.decoder, sequences, length) {
  if (shape_.attention) attention_.emplace(shape_.width, sequences, length);
}

/// The sources are reversed, so that their first words are near those of the targets (Sutskever et al. 2014). All of
/// them end in the last column; there are as many columns as the longest source needs.
void Seq2SeqNetwork::divide(const Batch& batch) {
  const auto length = static_cast<std::ptrdiff_t>(batch.length);
  sequences_ = batch.sequences;
  source_.length = target_.length = 1;
  first_.resize(size(sequences_));
  begins_.resize(size(sequences_));
  for (int s = 0; s < sequences_; ++s) {
    const auto begin = batch.inputs.begin() + s * length, end = begin + length;
    const auto separator = std::find(begin, end, kSeparator), last = std::find(separator, end, kPad);
    base::check(separator != end, "a sequence of seq2seq holds a separator");
    first_[size(s)] = static_cast<int>(separator - begin);
    source_.length = std::max(source_.length, first_[size(s)] - 1);
    target_.length = std::max(target_.length, static_cast<int>(last - separator));
  }
  source_.inputs.assign(size(sequences_) * size(source_.length), kPad);
  target_.inputs.assign(size(sequences_) * size(target_.length), kPad);
  targets_.assign(target_.inputs.size(), -1);
  for (int s = 0; s < sequences_; ++s) {
    const auto row = s * length, first = static_cast<std::ptrdiff_t>(first_[size(s)]);
    begins_[size(s)] = source_.length - (first_[size(s)] - 1);
    std::reverse_copy(batch.inputs.begin() + row + 1, batch.inputs.begin() + row + first,
                      source_.inputs.begin() + s * source_.length + begins_[size(s)]);
    const auto count = std::min<std::ptrdiff_t>(target_.length, length - first);
    std::copy_n(batch.inputs.begin() + row + first, count, target_.inputs.begin() + s * target_.length);
    std::copy_n(batch.targets.begin() + row + first, count, targets_.begin() + s * target_.length);
  }
}

RecurrentStack::Pass Seq2SeqNetwork::source_pass(const float* weights, const Regularisation& regularisation) const {
  return {weights,
          weights + shape_.embedding(),
          source_.inputs,
          sequences_,
          source_.length,
          regularisation,
          begins_.data(),
          nullptr,
          0};
}

RecurrentStack::Pass Seq2SeqNetwork::target_pass(const float* weights, const Regularisation& regularisation) {
  return {weights,        weights + shape_.embedding(),
          target_.inputs, sequences_,
          target_.length, {regularisation.dropout, regularisation.seed + 0xa0761d6478bd642fULL},
          nullptr,        &encoder_,
          source_.length};
}

LuongAttention::Pass Seq2SeqNetwork::attention_pass(const float* weights, const Regularisation& regularisation) const {
  return {weights + shape_.score(),
          weights + shape_.combine(),
          decoder_.output(),
          encoder_.output(),
          sequences_,
          target_.length,
          source_.length,
          begins_.data(),
          regularisation};
}

void Seq2SeqNetwork::forward(const float* weights, const Regularisation& regularisation) {
  encoder_.forward(source_pass(weights, regularisation));
  decoder_.forward(target_pass(weights, regularisation));
  if (attention_) attention_->forward(attention_pass(weights, regularisation));
}

/// Copies the losses from the positions of the target side to those of the batch.
void Seq2SeqNetwork::put_losses(float* losses, const Batch& batch) const {
  if (!losses) return;
  std::fill_n(losses, batch.targets.size(), 0.0F);
  for (int s = 0; s < sequences_; ++s) {
    const int first = first_[size(s)], count = std::min(target_.length, batch.length - first);
    std::copy_n(losses_.begin() + s * target_.length, count, losses + s * batch.length + first);
  }
}

double Seq2SeqNetwork::loss(const float* weights, const Batch& batch, float* losses) {
  divide(batch);
  forward(weights, {});
  losses_.resize(targets_.size());
  const double total = cross_entropy(losses_.data(), nullptr, nullptr, output(), weights + shape_.embedding(), targets_,
                                     shape_.width, shape_.vocabulary, 1.0F, logits_);
  put_losses(losses, batch);
  return total;
}

double Seq2SeqNetwork::loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                                         const Regularisation& regularisation, float* losses) {
  const int w = shape_.width;
  divide(batch);
  forward(weights, regularisation);
  losses_.resize(targets_.size());
  float* const dtable = gradient + shape_.embedding();
  std::fill_n(dtable, size(shape_.vocabulary) * size(w), 0.0F);
  float* const doutput = attention_ ? attention_->output_gradient() : decoder_.output_gradient();
  const double total = cross_entropy(losses_.data(), doutput, dtable, output(), weights + shape_.embedding(), targets_,
                                     w, shape_.vocabulary, scale, logits_);
  put_losses(losses, batch);
  if (attention_)
    attention_->backward(attention_pass(weights, regularisation), gradient + shape_.score(),
                         gradient + shape_.combine(), decoder_.output_gradient(), encoder_.output_gradient());
  else
    std::fill_n(encoder_.output_gradient(), source_.inputs.size() * size(w), 0.0F);
  decoder_.backward(target_pass(weights, regularisation), gradient);
  encoder_.backward(source_pass(weights, regularisation), gradient);
  embedding_backward(dtable, decoder_.output_gradient(), target_.inputs, w);
  embedding_backward(dtable, encoder_.output_gradient(), source_.inputs, w);
  return total;
}

}  // namespace noema::transformer
