#pragma once
// Perplexity a white-space word of a text.

#include "experiments/metrics/metric.h"

namespace noema::experiments {

MetricKind word_perplexity_metric();

}  // namespace noema::experiments
