#pragma once
// Which architectures there are: for each, where its weights lie, what network trains them and what translates with
// them. A new architecture is a network of its own and a line in architecture.cpp.

#include <memory>
#include <span>
#include <string_view>

#include "transformer/corpus.h"
#include "transformer/hypotheses.h"
#include "transformer/layout.h"
#include "transformer/model.h"
#include "transformer/network.h"

namespace noema::transformer {

/// Names that ModelOptions::architecture may have.
std::span<const std::string_view> architectures();

/// What a model of an architecture is trained on and measured by.
struct Traits {
  bool text = true;         ///< it predicts any text; otherwise targets of pairs alone
  bool both_sides = false;  ///< it can learn to fill gaps: objectives prefix and masked
  bool likelihood = true;   ///< its training loss is -ln p of tokens
};
const Traits& traits_of(const ModelOptions& options);

/// Sets what follows from the text alone and is never trained (skip-gram's counts). O(tokens).
void count_text(float* weights, const ModelOptions& options, int vocabulary, const Corpus& corpus,
                const std::vector<Pair>& pairs);

/// The tensors of a model with these options and so many tokens.
Layout layout_of(const ModelOptions& options, int vocabulary);

/// For batches of at most sequences * length tokens in all, of sequences of at most `length`; shorter ones may be more.
std::unique_ptr<Network> make_network(const ModelOptions& options, int vocabulary, int sequences, int length);

/// What translations by the model are searched with, side by side in so many slots. The model must outlive it. Throws
/// Error if the architecture predicts no text.
std::unique_ptr<Hypotheses> make_hypotheses(const Model& model, int slots);

}  // namespace noema::transformer
