#pragma once
// The attention weights of one head as a matrix: for each token of a text, its weights over the tokens that it sees.
// For a sequence-to-sequence model: for each token of the target, its weights over the tokens of the source.

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/model.h"

namespace noema::transformer {

struct AttentionMap {
  std::vector<std::string> tokens;          ///< names (token_names()) of the tokens attended to
  std::vector<std::string> readers;         ///< names of the tokens that attend; in a transformer the same ones
  int layer = 0, head = 0;                  ///< from 0
  std::vector<std::vector<float>> weights;  ///< [readers][tokens]; rows sum to 1
};

/// Reads one line of text; a transformer puts the start token before it. A sequence-to-sequence model with attention
/// translates the line greedily, or, if it is "source TAB target", aligns this target; its only layer and head are 0.
/// Throws UsageError if there is no such layer or head, Error if the text is longer than the context or the model has
/// no attention, Interrupted when a stop is requested. O(T (parameters + T width)).
AttentionMap attention_map(const Model& model, std::string_view text, int layer, int head, Mask mask = Mask::kCausal,
                           const std::stop_token& stop = {});

/// A table for terminals, whose columns are aligned also with wide characters. Masked weights are dots.
std::string attention_table(const AttentionMap& map);

/// A heat map as SVG, with the weights written in its cells.
std::string attention_svg(const AttentionMap& map);

}  // namespace noema::transformer
