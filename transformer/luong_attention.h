#pragma once
// Attention of a decoder over what an encoder read (Bahdanau et al. 2015; here Luong et al. 2015, global, "general"):
//   a = softmax(h score k^T) over the source's states k, context = a k, out = tanh([context, h] combine).

#include <vector>

#include "transformer/network.h"

namespace noema::transformer {

class LuongAttention {
 public:
  /// For at most `sequences` sequences of at most `length` states on either side.
  LuongAttention(int width, int sequences, int length);

  /// What both passes have in common. Keys of a sequence before begins are not there.
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
