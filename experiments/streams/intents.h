#pragma once
// Labelled texts whose classes come task by task: CLINC150's JSON (Larson et al. 2019), or TSV files.

#include "experiments/streams/stream.h"

namespace noema::experiments {

StreamKind intents_stream();

}  // namespace noema::experiments
