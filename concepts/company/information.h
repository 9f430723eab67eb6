#pragma once
// What it tells of a word that another one stands near it: pointwise mutual information, from counts.

#include <cmath>
#include <vector>

#include "concepts/company/window_counts.h"

namespace noema::concepts::company {

/// Positive pointwise mutual information max(0, ln(n(w, c) S / (n(w) n(c)^.75))), S the sum of n(c)^.75 over all
/// contexts c (Levy, Goldberg & Dagan 2015, equation 3). A context is a word on one side, or on either.
class Information {
 public:
  /// words: n(w); contexts: n(c).
  Information(const std::vector<double>& words, const std::vector<double>& contexts);

  /// log_count: ln n(w, c).
  float of(Word word, Word context, float log_count) const {
    const float value = log_count - words_[word] - contexts_[context];
    return value > 0 ? value : 0;
  }

 private:
  std::vector<float> words_, contexts_;
};

}  // namespace noema::concepts::company
