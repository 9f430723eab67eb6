#pragma once
// The lines of text files, one file after another.

#include "experiments/streams/stream.h"

namespace noema::experiments {

StreamKind files_stream();

}  // namespace noema::experiments
