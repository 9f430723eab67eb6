#pragma once
// Share of the items whose label is among the two that are offered.

#include "experiments/metrics/metric.h"

namespace noema::experiments {

MetricKind offered_metric();

}  // namespace noema::experiments
