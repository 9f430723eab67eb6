#pragma once
// The registry of architectures: for each, the layout of its weights, its network for training, and its hypotheses for
// beam search. A new architecture needs a Network and an entry in architecture.cpp.

#include <memory>
#include <span>
#include <string_view>

#include "transformer/corpus.h"
#include "transformer/hypotheses.h"
#include "transformer/layout.h"
#include "transformer/model.h"
#include "transformer/network.h"

namespace noema::transformer {

/// The values that ModelOptions::architecture may have.
std::span<const std::string_view> architectures();

/// What the models of an architecture can be trained on, and what their loss means.
struct Traits {
  bool text = true;         ///< they predict any text; otherwise only the targets of pairs
  bool both_sides = false;  ///< they can see both sides of a token: objectives prefix and masked
  bool likelihood = true;   ///< the training loss is -ln p of tokens
};
const Traits& traits_of(const ModelOptions& options);

/// Sets the weights that are computed from the text and never trained (skip-gram's counts). O(tokens).
void count_text(float* weights, const ModelOptions& options, int vocabulary, const Corpus& corpus,
                std::span<const Pair> pairs);

/// The tensors of a model with these options and a vocabulary of so many tokens.
Layout layout_of(const ModelOptions& options, int vocabulary);

/// A network for batches of at most sequences * length tokens, in sequences of at most `length` tokens; a batch of
/// shorter sequences may have more of them.
std::unique_ptr<Network> make_network(const ModelOptions& options, int vocabulary, int sequences, int length);

/// The hypotheses of a beam search with the model, in so many slots. The model must outlive them. Throws Error if the
/// architecture predicts no text.
std::unique_ptr<Hypotheses> make_hypotheses(const Model& model, int slots);

}  // namespace noema::transformer
