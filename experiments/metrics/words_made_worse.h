#pragma once
// Share of the words that cost more than with the static transformer.

#include "experiments/metrics/metric.h"

namespace noema::experiments {

MetricKind words_made_worse_metric();

}  // namespace noema::experiments
