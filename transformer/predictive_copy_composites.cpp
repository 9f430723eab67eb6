// Adding composites to the vocabulary of a predictive copy, and their initial vectors.

#include <algorithm>

#include "base/error.h"
#include "transformer/kernels.h"
#include "transformer/predictive_copy.h"
#include "transformer/segment_reading.h"

namespace noema::transformer {

using reading::require_unit;
using Unit = Composites::Unit;

int PredictiveCopy::add_composite(std::vector<Unit> units, const std::vector<float>& output) {
  for (const Unit& unit : units) require_unit(unit, model_.tokenizer());
  const std::size_t width = size(model_.width());
  std::vector<float> vector = output;
  if (vector.empty()) {
    vector.resize(width);
    for (const Unit& unit : units) add(vector.data(), weights_.data() + size(unit.front()) * width, width);
    multiply(vector.data(), width, 1.0F / static_cast<float>(std::max<std::size_t>(1, units.size())));
  }
  base::check(vector.size() == width, "a composite's vector is as wide as the model");
  const int before = composites_.size(), number = composites_.add(std::move(units));
  if (number < before) return number;
  weights_.insert(weights_.end(), vector.begin(), vector.end());
  starts_.insert(starts_.end(), vector.begin(), vector.end());
  if (!anchor_.empty()) anchor_.insert(anchor_.end(), vector.begin(), vector.end());
  stale_ = true;
  return number;
}

}  // namespace noema::transformer
