#pragma once
// Hypotheses of recurrent models: a slot is a reader with its own state, and one matrix product computes the logits of
// all slots.

#include <optional>
#include <span>
#include <vector>

#include "transformer/buffers.h"
#include "transformer/hypotheses.h"
#include "transformer/model.h"
#include "transformer/ops.h"

namespace noema::transformer {

/// Reader is constructed with (model, source) and has read(token) and output(), the vector [width] that predicts the
/// next token. The output matrix is the embedding, the first tensor of the weights.
template <typename Reader>
class RecurrentHypotheses final : public Hypotheses {
 public:
  /// The model must outlive it.
  RecurrentHypotheses(const Model& model, int slots) : model_(model), slots_(size(slots)) {}

  std::span<const float> begin(int slot, std::span<const Token> source) override {
    slots_[size(slot)].emplace(model_, source);
    return predict({&slot, 1});
  }

  std::span<const float> step(std::span<const int> slots, std::span<const Token> tokens) override {
    for (std::size_t i = 0; i < slots.size(); ++i) slots_[size(slots[i])]->read(tokens[i]);
    return predict(slots);
  }

  void copy(int from, int to) override { slots_[size(to)].emplace(*slots_[size(from)]); }

  std::span<const float> hidden(int slot) const override { return slots_[size(slot)]->output(); }
  std::span<const float> attention(int slot) const override {
    if constexpr (requires(const Reader& reader) { reader.attention(); })
      return slots_[size(slot)]->attention();
    else
      return {};
  }

 private:
  std::span<const float> predict(std::span<const int> slots) {
    const int rows = static_cast<int>(slots.size()), vocabulary = model_.tokenizer().size();
    grow(outputs_, slots.size() * size(model_.width()));
    grow(log_probabilities_, slots.size() * size(vocabulary));
    for (int i = 0; i < rows; ++i) {
      const auto output = slots_[size(slots[size(i)])]->output();
      std::copy(output.begin(), output.end(), outputs_.begin() + at(i, model_.width()));
    }
    token_log_probabilities(log_probabilities_.data(), outputs_.data(), model_.weights().data(), rows, model_.width(),
                            vocabulary);
    return std::span(log_probabilities_).first(slots.size() * size(vocabulary));
  }

  const Model& model_;
  std::vector<std::optional<Reader>> slots_;
  std::vector<float> outputs_, log_probabilities_;
};

}  // namespace noema::transformer
