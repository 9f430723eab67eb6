#include "transformer/decoder.h"

#include <algorithm>

#include "transformer/buffers.h"
#include "transformer/kernels.h"
#include "transformer/ops.h"

namespace noema::transformer {
namespace {

constexpr std::size_t kBlock = 64;  // tokens predicted at once: logits of a block stay in the cache of the CPU

}  // namespace

Decoder::Decoder(const Model& model) : model_(model), inference_(model) { reset(); }

void Decoder::reset() {
  inference_.clear();
  window_.clear();
  const Token start = kStart;
  predict(inference_.append({&start, 1}), 1);
}

/// Computes the log probabilities of the rows; position() is that of the last row.
void Decoder::predict(std::span<const float> hidden, int rows) {
  const Shape& shape = model_.shape();
  const std::size_t vocabulary = size(shape.vocabulary), n = size(rows);
  log_probabilities_.resize(std::max(log_probabilities_.size(), n * vocabulary));
  log_begin_.resize(std::max(log_begin_.size(), n));
  hidden_.assign(hidden.begin(), hidden.end());
  token_logits(log_probabilities_.data(), hidden.data(), model_.weights().data() + shape.embedding(), rows, shape.width,
               shape.vocabulary);
  const std::size_t begins = size(model_.tokenizer().begin_end() - kSpecials);
  for (std::size_t i = 0; i < n; ++i) {
    float* row = log_probabilities_.data() + i * vocabulary;
    const float normaliser = log_sum_exp(row + kSpecials, vocabulary - kSpecials);
    log_begin_[i] = log_sum_exp(row + kSpecials, begins) - normaliser;
    add_scalar(row + kSpecials, vocabulary - kSpecials, -normaliser);
  }
  const auto last = row(rows - 1);
  last_log_probabilities_.assign(last.log_probabilities.begin(), last.log_probabilities.end());
  last_hidden_.assign(last.hidden.begin(), last.hidden.end());
  last_log_begin_ = last.log_begin;
}

Position Decoder::row(int index) const {
  const std::size_t i = size(index), vocabulary = size(model_.shape().vocabulary), width = size(model_.width());
  return {std::span(hidden_).subspan(i * width, width),
          std::span(log_probabilities_).subspan(i * vocabulary, vocabulary), log_begin_[i]};
}

Position Decoder::position() const { return {last_hidden_, last_log_probabilities_, last_log_begin_}; }

/// Forgets the older half of a full context.
void Decoder::make_room() {
  const std::size_t half = size(model_.context()) / 2;
  if (window_.size() > half) window_.erase(window_.begin(), window_.end() - static_cast<std::ptrdiff_t>(half));
  std::vector<Token> again(1, kStart);
  again.insert(again.end(), window_.begin(), window_.end());
  inference_.clear();
  inference_.append(again);
}

void Decoder::append(std::span<const Token> tokens, const std::function<void(std::size_t, const Position&)>& visit) {
  const std::size_t context = size(model_.context());
  for (std::size_t begin = 0; begin < tokens.size();) {
    if (size(inference_.position()) == context) make_room();
    const std::size_t n = std::min({tokens.size() - begin, context - size(inference_.position()), kBlock});
    const auto block = tokens.subspan(begin, n);
    if (visit) visit(begin, position());
    predict(inference_.append(block), static_cast<int>(n));
    for (std::size_t i = 1; visit && i < n; ++i) visit(begin + i, row(static_cast<int>(i) - 1));
    window_.insert(window_.end(), block.begin(), block.end());
    begin += n;
  }
}

}  // namespace noema::transformer
