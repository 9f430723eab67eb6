#pragma once
// What learners said when they were asked, for tests of metrics.

#include <optional>
#include <string>
#include <vector>

#include "experiments/metrics/metric.h"

namespace noema::experiments {

struct Said {
  std::optional<std::string> label;
  double confidence = 1;
  std::string truth = {};
  bool outside = false;   ///< the item is of no class
  std::size_t after = 1;  ///< tasks learned so far, of one
};

/// The runner-up is always "second".
inline void add(Fold& fold, const Said& said) {
  const reasoning::Experience text = reasoning::LabelledText{"x", said.truth};
  const reasoning::Outcome outcome = reasoning::Label{said.label, "second", said.confidence};
  fold.add({text, outcome, {}, {}, AskedAt{said.after, 0, 1, said.outside}});
}

/// A translation, what the right one cost, and the terms of the right one.
inline void add(Fold& fold, const reasoning::ToldPair& pair, const reasoning::Translated& said,
                const std::vector<Term>& terms = {}) {
  const reasoning::Experience experience = pair;
  const reasoning::Outcome outcome = said;
  fold.add({experience, outcome, {}, {}, {}, terms});
}

/// Something that is neither the answer to a label nor a translation: no metric of labels or of pairs counts it.
inline void add_bits(Fold& fold) {
  const reasoning::Experience text = reasoning::Text{"x", nullptr};
  const reasoning::Outcome outcome = reasoning::Bits{{1.0}};
  fold.add({text, outcome, {}, {}, {}});
}

}  // namespace noema::experiments
