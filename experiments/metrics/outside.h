#pragma once
// How well confidence tells items of known classes from those of none.

#include "experiments/metrics/metric.h"

namespace noema::experiments {

MetricKind outside_metric();

}  // namespace noema::experiments
