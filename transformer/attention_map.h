#pragma once
// What a head attends to, as a picture: for each token of a text, how much it takes from each token it sees. Of a
// sequence-to-sequence model: for each token said, how much of each of the source's tokens stands behind it.

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/model.h"

namespace noema::transformer {

struct AttentionMap {
  std::vector<std::string> tokens;          ///< that are read from, by token_names()
  std::vector<std::string> readers;         ///< a transformer's: the same tokens, the start token first
  int layer = 0, head = 0;                  ///< from 0
  std::vector<std::vector<float>> weights;  ///< [readers][tokens]; rows sum to 1
};

/// Reads one line of text. A sequence-to-sequence model with attention translates it (greedily), or, if it is "source
/// TAB target", says that target; its one layer and head is 0. Throws UsageError if there is no such layer or head,
/// Error if the text is longer than the context or the model has no attention, Interrupted when a stop is requested.
/// O(T (parameters + T width)).
AttentionMap attention_map(const Model& model, std::string_view text, int layer, int head, Mask mask = Mask::kCausal,
                           const std::stop_token& stop = {});

/// A table for terminals, columns aligned also for wide characters; weights that a mask hides are dots.
std::string attention_table(const AttentionMap& map);

/// A heat map with the weights written in its cells, for browsers and papers.
std::string attention_svg(const AttentionMap& map);

}  // namespace noema::transformer
