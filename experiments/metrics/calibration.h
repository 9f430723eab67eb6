#pragma once
// How far confidence is from accuracy.

#include "experiments/metrics/metric.h"

namespace noema::experiments {

MetricKind calibration_metric();

}  // namespace noema::experiments
