#pragma once
// Small translators that were never trained: enough to see what is learned from told pairs.

#include <memory>

#include "reasoning/pairs/pair_mixture.h"
#include "transformer/model.h"

namespace noema::tests {

inline transformer::Model small_translator(const char* architecture = "seq2seq") {
  transformer::ModelOptions shape;
  shape.architecture = architecture;
  shape.layers = 1;
  shape.width = 16;
  shape.heads = 1;
  shape.context = 48;
  shape.dropout = 0;
  shape.tokenizer = "bytes";
  shape.pairs = "causal";
  return transformer::Model::random(shape, transformer::Tokenizer::train("bytes", {}, 1), 1);
}

inline transformer::Pair pair_of(const transformer::Model& model, const char* source, const char* target) {
  return transformer::tokens_of_pair(source, target, model.tokenizer());
}

inline double sum_of(const std::vector<double>& bits) {
  double sum = 0;
  for (const double one : bits) sum += one;
  return sum;
}

/// Bits of a pair, the first time that it is told and after it was told so often.
struct Before {
  double first, later;
};
inline Before told_often(reasoning::PairMixture& mixture, const transformer::Pair& pair, int times) {
  const double first = sum_of(mixture.tell(pair));
  for (int i = 0; i < times; ++i) mixture.tell(pair);
  return {first, sum_of(mixture.tell(pair))};
}

}  // namespace noema::tests
