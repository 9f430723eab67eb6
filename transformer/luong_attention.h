#pragma once
// Attention of a decoder over the states of an encoder, after Bahdanau et al. 2015. This is the global attention of
// Luong et al. 2015 with the "general" score:
//   a = softmax(h score k^T) over the source's states k, context = a k, out = tanh([context, h] combine).

#include <vector>

#include "transformer/network.h"

namespace noema::transformer {

class LuongAttention {
 public:
  /// For at most `sequences` sequences of at most `length` states on either side.
  LuongAttention(int width, int sequences, int length);

  /// Inputs of both passes. A sequence's keys before begins[sequence] are padding.
  struct Pass {
    const float *score, *combine;  // [width, width], [2 width, width]
    const float *states, *memory;  // [sequences * queries, width], [sequences * keys, width]
    int sequences, queries, keys;
    const int* begins;  // [sequences]
    Regularisation regularisation;
  };

  /// output(): [sequences * queries, width], after dropout. O(rows width (width + keys)), on all threads.
  void forward(const Pass& pass);
  const float* output() const { return output_.data(); }

  /// Sets dscore, dcombine, dstates and dmemory from output_gradient(), which the caller sets.
  void backward(const Pass& pass, float* dscore, float* dcombine, float* dstates, float* dmemory);
  float* output_gradient() { return doutput_.data(); }

 private:
  void forward(const Pass& pass, int sequence);
  void backward(const Pass& pass, int sequence, float* dstates, float* dmemory);

  int width_;
  std::vector<float> queries_, weights_, combined_, squashed_, output_;
  std::vector<float> doutput_, dqueries_, dweights_, dcombined_;
};

}  // namespace noema::transformer
