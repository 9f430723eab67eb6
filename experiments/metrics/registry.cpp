#include "experiments/metrics/registry.h"

#include <fmt/format.h>

#include <cmath>

#include "experiments/metrics/accuracy.h"
#include "experiments/metrics/bits_per_char.h"
#include "experiments/metrics/calibration.h"
#include "experiments/metrics/incremental.h"
#include "experiments/metrics/offered.h"
#include "experiments/metrics/outside.h"
#include "experiments/metrics/word_perplexity.h"
#include "experiments/metrics/words_made_worse.h"

namespace noema::experiments {

const std::vector<MetricKind>& metric_kinds() {
  static const std::vector<MetricKind> kinds{
      bits_per_char_metric(),     word_perplexity_metric(),  words_made_worse_metric(),
      accuracy_metric(),          average_accuracy_metric(), average_incremental_accuracy_metric(),
      backward_transfer_metric(), forward_transfer_metric(), forgetting_metric(),
      offered_metric(),           calibration_metric(),      outside_metric(),
  };
  return kinds;
}

Metrics::Metrics(bool paired) {
  for (const MetricKind& kind : metric_kinds())
    if (kind.paired == paired) folds_.emplace_back(&kind, kind.make());
}

void Metrics::add(const Scored& scored) {
  for (const auto& [kind, fold] : folds_) fold->add(scored);
}

void Metrics::put(nlohmann::json& target) const {
  for (const auto& [kind, fold] : folds_)
    if (const auto value = fold->value(); value && std::isfinite(*value)) target[kind->name] = *value;
}

std::string shown(const MetricKind& kind, const nlohmann::json& results) {
  const auto found = results.find(kind.name);
  if (found == results.end() || !found->is_number() || !std::isfinite(found->get<double>())) return "–";
  const double value = found->get<double>();
  const auto written = [&](double number) {
    return kind.share ? fmt::format("{:.1f}", 100 * number) : fmt::format("{:.{}f}", number, kind.decimals);
  };
  std::string text = written(value);
  const auto deviations = results.find("deviation");
  if (deviations != results.end() && deviations->is_object() && deviations->contains(kind.name) &&
      deviations->at(kind.name).is_number())
    text += " ± " + written(deviations->at(kind.name).get<double>());
  return kind.share ? text + "%" : text;
}

}  // namespace noema::experiments
