#pragma once
// How near translations come to the ones that were then told.

#include "experiments/metrics/metric.h"

namespace noema::experiments {

MetricKind bleu_metric();

}  // namespace noema::experiments
