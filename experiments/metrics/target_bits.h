#pragma once
// What the right translations cost before they were learned from.

#include "experiments/metrics/metric.h"

namespace noema::experiments {

MetricKind target_bits_metric();

}  // namespace noema::experiments
