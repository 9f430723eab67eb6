// Adding composites to the vocabulary of a predictive copy, and their initial vectors.

#include <algorithm>

#include "base/error.h"
#include "transformer/kernels.h"
#include "transformer/predictive_copy.h"
#include "transformer/segment_reading.h"

namespace noema::transformer {

using reading::Lines;
using reading::require_unit;
using reading::Weights;
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

std::vector<float> PredictiveCopy::vector_from_contexts(const std::vector<Unit>& units, const Lines& lines) const {
  Composites wanted;
  wanted.add(units);
  const Weights w{model_, weights_.data(), composites_};
  const std::size_t width = size(model_.width()), context = size(model_.context());
  SegmentNetwork network(model_.shape(), model_.tokenizer().begin_end());
  std::vector<float> everywhere(width), before(width);  // sums of hidden states
  double wished = 0;                                    // sum of logits
  std::size_t found = 0, rows = 0;
  for (const auto& line : lines)
    for (std::size_t begin = 0; begin < line.size(); begin += context / 2) {
      const auto window = std::span(line).subspan(begin, std::min(context, line.size() - begin));
      const auto occurrences = wanted.find(window, model_.tokenizer().begin_end());
      if (!occurrences.empty()) {
        std::vector<Token> inputs(1, kStart);
        inputs.insert(inputs.end(), window.begin(), window.end() - 1);
        network.clear();
        network.append(w.data, w.composites.size(), inputs, true);
        for (int row = 0; row < network.rows(); ++row)
          add(everywhere.data(), network.prediction(row).hidden.data(), width);
        rows += inputs.size();
        for (const Occurrence& o : occurrences) {
          const Prediction p = network.prediction(o.row);
          add(before.data(), p.hidden.data(), width);
          wished += double{p.normaliser};
          for (int i = 0; i < o.rows; ++i)
            wished += network.prediction(o.row + i).log_probability(window[size(o.row + i)]);
        }
        found += occurrences.size();
      }
      if (begin + context >= line.size()) break;
    }
  if (found == 0) return {};
  multiply(everywhere.data(), width, 1.0F / static_cast<float>(rows));
  multiply(before.data(), width, 1.0F / static_cast<float>(found));
  const float* first = weights_.data() + size(units.front().front()) * width;
  std::vector<float> vector(first, first + width);
  const float along = dot(before.data(), everywhere.data(), width);
  if (along <= 0) return vector;  // moving along the mean state would not help
  const float missing = static_cast<float>(wished / static_cast<double>(found)) - dot(before.data(), first, width);
  multiply(everywhere.data(), width, missing / along);
  add(vector.data(), everywhere.data(), width);
  return vector;
}

}  // namespace noema::transformer
