#include "experiments/metrics/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>

#include "experiments/metrics/accuracy.h"
#include "experiments/metrics/bits_per_char.h"
#include "experiments/metrics/bleu.h"
#include "experiments/metrics/calibration.h"
#include "experiments/metrics/incremental.h"
#include "experiments/metrics/offered.h"
#include "experiments/metrics/outside.h"
#include "experiments/metrics/target_bits.h"
#include "experiments/metrics/term_recall.h"
#include "experiments/metrics/word_perplexity.h"
#include "experiments/metrics/words_made_worse.h"

namespace noema::experiments {

const std::vector<MetricKind>& metric_kinds() {
  static const std::vector<MetricKind> kinds{
      bits_per_char_metric(),
      word_perplexity_metric(),
      words_made_worse_metric(),
      accuracy_metric(),
      average_accuracy_metric(),
      average_incremental_accuracy_metric(),
      backward_transfer_metric(),
      forward_transfer_metric(),
      forgetting_metric(),
      offered_metric(),
      calibration_metric(),
      outside_metric(),
      bleu_metric(),
      target_bits_metric(),
      new_terms_metric(),
      later_terms_metric(),
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

namespace {

std::string written(const MetricKind& kind, double number) {
  return kind.share ? fmt::format("{:.1f}", 100 * number) : fmt::format("{:.{}f}", number, kind.decimals);
}

/// The finite number at a way of keys.
std::optional<double> number_at(const nlohmann::json& results, std::initializer_list<std::string> keys) {
  const nlohmann::json* at = &results;
  for (const std::string& key : keys) {
    if (!at->is_object() || !at->contains(key)) return std::nullopt;
    at = &at->at(key);
  }
  if (!at->is_number() || !std::isfinite(at->get<double>())) return std::nullopt;
  return at->get<double>();
}

}  // namespace

std::string shown(const MetricKind& kind, const nlohmann::json& results) {
  const auto value = number_at(results, {kind.name});
  if (!value) return "–";
  std::string text = written(kind, *value);
  if (const auto deviation = number_at(results, {"deviation", kind.name})) text += " ± " + written(kind, *deviation);
  return kind.share ? text + "%" : text;
}

std::string shown_with_interval(const MetricKind& kind, const nlohmann::json& results) {
  const std::string text = shown(kind, results);
  const auto low = number_at(results, {"interval", kind.name, "low"}),
             high = number_at(results, {"interval", kind.name, "high"});
  return low && high ? fmt::format("{} [{}, {}]", text, written(kind, *low), written(kind, *high)) : text;
}

std::vector<const MetricKind*> metrics_in(const nlohmann::json& arms) {
  std::vector<const MetricKind*> found;
  for (const MetricKind& kind : metric_kinds())
    if (std::any_of(arms.begin(), arms.end(), [&](const nlohmann::json& arm) { return arm.contains(kind.name); }))
      found.push_back(&kind);
  return found;
}

}  // namespace noema::experiments
