#pragma once
// Bits a character of a text: what a code that is learned as it goes would need.

#include "experiments/metrics/metric.h"

namespace noema::experiments {

MetricKind bits_per_char_metric();

}  // namespace noema::experiments
