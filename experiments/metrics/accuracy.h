#pragma once
// Share of labels and answers that were right.

#include "experiments/metrics/metric.h"

namespace noema::experiments {

MetricKind accuracy_metric();

}  // namespace noema::experiments
