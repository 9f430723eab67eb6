#pragma once
// Invented classes of texts, for tests and small runs.

#include "experiments/streams/stream.h"

namespace noema::experiments {

StreamKind inventions_stream();

}  // namespace noema::experiments
