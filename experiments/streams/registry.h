#pragma once
// The kinds of stream that an experiment can read.

#include "experiments/streams/stream.h"

namespace noema::experiments {

const std::vector<StreamKind>& stream_kinds();

/// Throws base::Error, naming the kinds there are, for an unknown one.
const StreamKind& stream_kind(const std::string& name);

/// The stream, `before` more experiences (for the model's training) at the front. Throws base::Error if a file is
/// missing or broken, or if nothing is left to score.
Experiences read_stream(const StreamConfig& config, std::uint64_t seed, std::size_t before);

}  // namespace noema::experiments
