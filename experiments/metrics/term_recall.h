#pragma once
// How many names and terms of the right translations were said.

#include "experiments/metrics/metric.h"

namespace noema::experiments {

MetricKind new_terms_metric();    ///< those that no earlier target has
MetricKind later_terms_metric();  ///< those that an earlier one has

}  // namespace noema::experiments
