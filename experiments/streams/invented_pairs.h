#pragma once
// Invented pairs, for tests and small runs: a source is said word by word in another way, and the told book has names
// of its own.

#include "experiments/streams/stream.h"

namespace noema::experiments {

StreamKind invented_pairs_stream();

}  // namespace noema::experiments
