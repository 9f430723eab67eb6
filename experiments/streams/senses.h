#pragma once
// Word senses as classes, a word a task: sentences in which the word stands, each with the sense that it has there.

#include "experiments/streams/stream.h"

namespace noema::experiments {

StreamKind senses_stream();

}  // namespace noema::experiments
