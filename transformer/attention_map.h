#pragma once
// What a head attends to, as a picture: for each token of a text, how much it takes from each token it sees.

#include <string>
#include <string_view>
#include <vector>

#include "transformer/model.h"

namespace noema::transformer {

struct AttentionMap {
  std::vector<std::string> tokens;          ///< the start token first; bytes of a split character as <0xE4>
  int layer = 0, head = 0;                  ///< from 0
  std::vector<std::vector<float>> weights;  ///< [tokens][tokens], a row a reading token; rows sum to 1
};

/// Reads one line of text. Throws UsageError if there is no such layer or head, Error if the text is longer than the
/// context. O(T (parameters + T width)).
AttentionMap attention_map(const Model& model, std::string_view text, int layer, int head, Mask mask = Mask::kCausal);

/// A table for terminals, columns aligned also for wide characters; weights that a mask hides are dots.
std::string attention_table(const AttentionMap& map);

/// A heat map with the weights written in its cells, for browsers and papers.
std::string attention_svg(const AttentionMap& map);

}  // namespace noema::transformer
