#pragma once
// Which architectures there are: for each, where its weights lie and what network trains them. A new architecture is a
// network of its own and a line in architecture.cpp.

#include <memory>
#include <span>
#include <string_view>

#include "transformer/layout.h"
#include "transformer/model.h"
#include "transformer/network.h"

namespace noema::transformer {

/// Names that ModelOptions::architecture may have.
std::span<const std::string_view> architectures();

/// The tensors of a model with these options and so many tokens.
Layout layout_of(const ModelOptions& options, int vocabulary);

/// For batches of at most sequences * length tokens in all, of sequences of at most `length`; shorter ones may be more.
std::unique_ptr<Network> make_network(const ModelOptions& options, int vocabulary, int sequences, int length);

}  // namespace noema::transformer
