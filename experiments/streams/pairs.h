#pragma once
// Pairs of a text and its translation from tab-separated files, one book told and the others left for training.

#include "experiments/streams/stream.h"

namespace noema::experiments {

StreamKind pairs_stream();

}  // namespace noema::experiments
